//! The elements that matter to the flow of text; every other one is [`Tag::Other`] and inline.

use html5gum::State;

macro_rules! tags {
    ($($tag:ident $name:literal),* $(,)?) => {
        /// An element's name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag { $($tag,)* Other }

        impl Tag {
            /// How many there are.
            pub(super) const COUNT: usize = Self::Other as usize + 1;

            /// The element of this name, in lower case.
            pub(super) fn of(name: &[u8]) -> Self {
                match name {
                    $($name => Self::$tag,)*
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    A b"a", Address b"address", Area b"area", Article b"article", Aside b"aside", Audio b"audio",
    B b"b", Base b"base", Big b"big", Blockquote b"blockquote", Body b"body", Br b"br",
    Canvas b"canvas", Caption b"caption", Center b"center", Code b"code", Col b"col",
    Colgroup b"colgroup", Datalist b"datalist", Dd b"dd", Details b"details", Dialog b"dialog",
    Dir b"dir", Div b"div", Dl b"dl", Dt b"dt", Em b"em", Embed b"embed", Fieldset b"fieldset",
    Figcaption b"figcaption", Figure b"figure", Font b"font", Footer b"footer", Form b"form",
    H1 b"h1", H2 b"h2", H3 b"h3", H4 b"h4", H5 b"h5", H6 b"h6", Head b"head", Header b"header",
    Hgroup b"hgroup", Hr b"hr", Html b"html", I b"i", Iframe b"iframe", Img b"img",
    Input b"input", Legend b"legend", Li b"li", Link b"link", Listing b"listing", Main b"main",
    Mark b"mark", Menu b"menu", Meta b"meta", Nav b"nav", Noembed b"noembed",
    Noframes b"noframes", Noscript b"noscript", Ol b"ol",
    P b"p", Param b"param", Plaintext b"plaintext", Pre b"pre", Rp b"rp", S b"s",
    Script b"script", Search b"search", Section b"section", Select b"select", Small b"small",
    Source b"source", Span b"span", Strike b"strike", Strong b"strong", Style b"style",
    Sub b"sub", Summary b"summary", Sup b"sup", Svg b"svg", Table b"table", Tbody b"tbody",
    Td b"td", Template b"template", Textarea b"textarea", Tfoot b"tfoot", Th b"th",
    Thead b"thead", Title b"title", Tr b"tr", Track b"track", Tt b"tt", U b"u", Ul b"ul",
    Video b"video", Wbr b"wbr", Xmp b"xmp",
}

/// What an element does to the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Runs on within the line.
    Inline,
    /// Begins a line of its own; whether it is set apart by a margin too (WHATWG HTML, 15.3). The
    /// parts of a page count as set apart although the style sheet gives them no margin.
    Block { gap: bool },
    /// A list.
    List,
    /// A list's item, a term or a description.
    Item,
    /// A heading of this level.
    Heading(u8),
    /// A table or a part of one.
    Table,
    /// No content and no end tag (WHATWG HTML, 13.1.2, void elements).
    Void,
    /// The tokenizer reads it up to its end tag, and nobody sees what it holds.
    Raw(State),
    /// The same, but seen.
    RawShown(State),
    /// Never shown as text, though it holds elements.
    Unseen,
    /// Where the document begins and ends: text before and after counts all the same.
    Frame,
}

impl Tag {
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::P | Self::Blockquote | Self::Figure | Self::Pre | Self::Listing => {
                Kind::Block { gap: true }
            }
            Self::Address | Self::Article | Self::Aside | Self::Details | Self::Dialog => {
                Kind::Block { gap: true }
            }
            Self::Fieldset | Self::Footer | Self::Form | Self::Header | Self::Hgroup => {
                Kind::Block { gap: true }
            }
            Self::Main | Self::Nav | Self::Search | Self::Section | Self::Figcaption => {
                Kind::Block { gap: true }
            }
            Self::Div | Self::Center | Self::Legend | Self::Summary => Kind::Block { gap: false },
            Self::Ul | Self::Ol | Self::Dl | Self::Menu | Self::Dir => Kind::List,
            Self::Li | Self::Dt | Self::Dd => Kind::Item,
            Self::H1 => Kind::Heading(1),
            Self::H2 => Kind::Heading(2),
            Self::H3 => Kind::Heading(3),
            Self::H4 => Kind::Heading(4),
            Self::H5 => Kind::Heading(5),
            Self::H6 => Kind::Heading(6),
            Self::Table | Self::Caption | Self::Colgroup | Self::Tbody | Self::Thead => Kind::Table,
            Self::Tfoot | Self::Tr | Self::Td | Self::Th => Kind::Table,
            Self::Area | Self::Base | Self::Br | Self::Col | Self::Embed | Self::Hr => Kind::Void,
            Self::Img | Self::Input | Self::Link | Self::Meta | Self::Param => Kind::Void,
            Self::Source | Self::Track | Self::Wbr => Kind::Void,
            Self::Script => Kind::Raw(State::ScriptData),
            // A browser that runs scripts reads <noscript> as raw text and shows none of it.
            Self::Style | Self::Iframe | Self::Noembed | Self::Noframes | Self::Noscript => {
                Kind::Raw(State::RawText)
            }
            Self::Title | Self::Textarea => Kind::Raw(State::RcData),
            Self::Xmp => Kind::RawShown(State::RawText),
            Self::Plaintext => Kind::RawShown(State::PlainText),
            Self::Audio | Self::Canvas | Self::Datalist | Self::Rp => Kind::Unseen,
            Self::Select | Self::Svg | Self::Template | Self::Video => Kind::Unseen,
            Self::Html | Self::Head | Self::Body => Kind::Frame,
            _ => Kind::Inline,
        }
    }

    /// Whether it ends an `<svg>` that was not closed (WHATWG HTML, 13.2.6.5).
    pub(super) fn breaks_out(self) -> bool {
        match self.kind() {
            Kind::Block { .. } | Kind::List | Kind::Item | Kind::Heading(_) | Kind::Table => true,
            Kind::Inline => !matches!(self, Self::A | Self::Font | Self::Other),
            Kind::Void => matches!(self, Self::Br | Self::Hr | Self::Img | Self::Meta),
            _ => false,
        }
    }

    /// Whether it goes on in the next block if it is not closed: the formatting elements (WHATWG
    /// HTML, 13.2.4.3) that emphasise.
    pub(super) fn carries_on(self) -> bool {
        matches!(self, Self::B | Self::Strong | Self::U)
    }

    /// Whether its name says that a file is HTML. Markdown, too, has its `<br>`, `<b>`, `<u>`.
    pub(super) fn is_telling(self) -> bool {
        match self.kind() {
            Kind::Inline => matches!(self, Self::Span | Self::Font),
            Kind::Void => matches!(self, Self::Meta | Self::Link),
            _ => true,
        }
    }
}

/// Tells names that are no [`Tag`] apart (FNV-1a).
pub(super) fn key(name: &[u8]) -> u32 {
    name.iter().fold(0x811c_9dc5, |hash, &byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
