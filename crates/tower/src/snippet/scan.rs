//! Bytes to the tokens that tell where `<head>` and `<body>` open.
//!
//! The tokenizer of WHATWG HTML 13.2.5, byte by byte, so that it does not matter how the bytes
//! were cut into chunks; without what cannot move a token's borders: character references, and
//! the difference between a DOCTYPE and a bogus comment. It reads every encoding in which markup
//! is ASCII: `<`, `>`, quotes, `=`, `/`, `!` and white space are part of a longer character in none
//! of them, and the letters of a name stand behind one of these.
//!
//! Why not a kept rewriter: lol_html tells neither of end tags without a start nor of where its
//! chunks of text were cut, writes text anew once it is looked at, and brings four crates under
//! the MPL into what we ship. All that is asked here ends where the body opens.

use super::raw::{Raw, is_raw};

/// What a byte completed. It began [`Scanner::length`] bytes ago.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A character of text that is no white space.
    Text,
    Doctype,
    Start(Tag),
    /// The name, in lower case.
    End(Vec<u8>),
}

/// A start tag. Names are in lower case; values as they stand, character references and all.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: Vec<u8>,
    attributes: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Tag {
    /// The first attribute of this name: the parser drops the others.
    pub(super) fn attribute(&self, name: &str) -> Option<&[u8]> {
        let found = self.attributes.iter().find(|(n, _)| n == name.as_bytes());
        found.map(|(_, value)| value.as_slice())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Data,
    /// After `<`.
    Open,
    /// After `</`.
    EndOpen,
    Name,
    BeforeAttribute,
    Attribute,
    AfterAttribute,
    BeforeValue,
    Quoted(u8),
    Unquoted,
    /// After `<!`.
    Declaration,
    /// After `<!-`.
    Dash,
    /// A DOCTYPE, or what is read as a comment up to the next `>`.
    Bogus,
    Comment(Dashes),
    /// After `--!`.
    Bang,
    Raw,
}

/// Which part of a comment's end was just read. `<!-->` and `<!--->` are whole comments, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dashes {
    /// Right after `<!--`.
    Start,
    /// After `<!---`.
    StartDash,
    None,
    One,
    Two,
}

/// Reads a document byte by byte.
#[derive(Debug)]
pub(super) struct Scanner {
    state: State,
    length: usize,
    tag: Tag,
    is_end: bool,
    declared: Vec<u8>,
    raw: Raw,
}

impl Scanner {
    pub(super) fn new() -> Self {
        Self {
            state: State::Data,
            length: 0,
            tag: Tag::default(),
            is_end: false,
            declared: Vec::new(),
            raw: Raw::default(),
        }
    }

    /// How many bytes of an unfinished tag were read; 0 elsewhere.
    pub(super) const fn open(&self) -> usize {
        match self.state {
            State::Data | State::Bogus | State::Comment(_) | State::Bang | State::Raw => 0,
            _ => self.length,
        }
    }

    /// Whether what is put at the end of the document, or in front of the unfinished tag there,
    /// would be read as markup.
    pub(super) const fn is_markup(&self) -> bool {
        match self.state {
            State::Data => true,
            State::Declaration | State::Dash => false,
            _ => self.open() > 0,
        }
    }

    /// Takes the next byte: the token that it completes, with the number of its bytes so far.
    pub(super) fn step(&mut self, byte: u8) -> Option<(Token, usize)> {
        self.length += 1;
        match self.state {
            State::Data => self.data(byte),
            State::Open => match byte {
                b'a'..=b'z' | b'A'..=b'Z' => self.begin(false, byte),
                b'/' => self.to(State::EndOpen),
                b'!' => {
                    self.declared.clear();
                    self.to(State::Declaration)
                }
                b'?' => self.to(State::Bogus),
                // The `<` was text, and this byte stands on its own.
                _ => {
                    let length = self.length;
                    let _ = self.data(byte);
                    Some((Token::Text, length))
                }
            },
            State::EndOpen => match byte {
                b'a'..=b'z' | b'A'..=b'Z' => self.begin(true, byte),
                b'>' => self.to(State::Data),
                _ => self.to(State::Bogus),
            },
            State::Name => match byte {
                b'>' => self.close(),
                _ if is_space(byte) || byte == b'/' => self.to(State::BeforeAttribute),
                _ => {
                    self.tag.name.push(byte.to_ascii_lowercase());
                    None
                }
            },
            State::BeforeAttribute | State::Attribute | State::AfterAttribute => {
                self.attribute(byte)
            }
            State::BeforeValue => match byte {
                b'>' => self.close(),
                b'"' | b'\'' => self.to(State::Quoted(byte)),
                _ if is_space(byte) => None,
                _ => {
                    self.state = State::Unquoted;
                    self.value(byte)
                }
            },
            State::Quoted(quote) if byte == quote => self.to(State::BeforeAttribute),
            State::Quoted(_) => self.value(byte),
            State::Unquoted => match byte {
                b'>' => self.close(),
                _ if is_space(byte) => self.to(State::BeforeAttribute),
                _ => self.value(byte),
            },
            State::Declaration => self.declaration(byte),
            State::Dash if byte == b'-' => self.to(State::Comment(Dashes::Start)),
            State::Dash | State::Bogus => match byte {
                b'>' => self.to(State::Data),
                _ => self.to(State::Bogus),
            },
            State::Comment(dashes) => self.comment(dashes, byte),
            State::Bang => match byte {
                b'>' => self.to(State::Data),
                b'-' => self.to(State::Comment(Dashes::One)),
                _ => self.to(State::Comment(Dashes::None)),
            },
            State::Raw => match self.raw.step(byte) {
                None => None,
                Some(name) => {
                    // Its end tag; attributes may follow, and nobody reads them.
                    self.tag = Tag {
                        name,
                        attributes: Vec::new(),
                    };
                    self.is_end = true;
                    self.length = self.tag.name.len() + 3;
                    self.state = State::Name;
                    match byte {
                        b'>' => self.close(),
                        _ => self.to(State::BeforeAttribute),
                    }
                }
            },
        }
    }

    fn to(&mut self, state: State) -> Option<(Token, usize)> {
        self.state = state;
        None
    }

    fn data(&mut self, byte: u8) -> Option<(Token, usize)> {
        self.length = 1;
        self.state = State::Data;
        match byte {
            b'<' => self.to(State::Open),
            _ if is_space(byte) => None,
            _ => Some((Token::Text, 1)),
        }
    }

    fn begin(&mut self, is_end: bool, byte: u8) -> Option<(Token, usize)> {
        self.tag = Tag {
            name: vec![byte.to_ascii_lowercase()],
            attributes: Vec::new(),
        };
        self.is_end = is_end;
        self.to(State::Name)
    }

    fn attribute(&mut self, byte: u8) -> Option<(Token, usize)> {
        match (byte, self.state) {
            (b'>', _) => self.close(),
            (b'/', _) => self.to(State::BeforeAttribute),
            (b'=', State::Attribute | State::AfterAttribute) => self.to(State::BeforeValue),
            (byte, State::Attribute) if is_space(byte) => self.to(State::AfterAttribute),
            (byte, _) if is_space(byte) => None,
            (byte, State::Attribute) => {
                if let Some((name, _)) = self.tag.attributes.last_mut() {
                    name.push(byte.to_ascii_lowercase());
                }
                None
            }
            (byte, _) => {
                let name = vec![byte.to_ascii_lowercase()];
                self.tag.attributes.push((name, Vec::new()));
                self.to(State::Attribute)
            }
        }
    }

    fn value(&mut self, byte: u8) -> Option<(Token, usize)> {
        if let Some((_, value)) = self.tag.attributes.last_mut() {
            value.push(byte);
        }
        None
    }

    fn close(&mut self) -> Option<(Token, usize)> {
        self.state = State::Data;
        let tag = std::mem::take(&mut self.tag);
        if self.is_end {
            return Some((Token::End(tag.name), self.length));
        }
        if is_raw(&tag.name) {
            self.raw = Raw::of(&tag.name);
            self.state = State::Raw;
        }
        Some((Token::Start(tag), self.length))
    }

    fn declaration(&mut self, byte: u8) -> Option<(Token, usize)> {
        if byte == b'-' && self.declared.is_empty() {
            return self.to(State::Dash);
        }
        self.declared.push(byte.to_ascii_lowercase());
        if self.declared == b"doctype" {
            self.state = State::Bogus;
            return Some((Token::Doctype, self.length));
        }
        if b"doctype".starts_with(&self.declared) {
            return None;
        }
        match byte {
            b'>' => self.to(State::Data),
            _ => self.to(State::Bogus),
        }
    }

    fn comment(&mut self, dashes: Dashes, byte: u8) -> Option<(Token, usize)> {
        self.to(match (dashes, byte) {
            (Dashes::Start | Dashes::StartDash | Dashes::Two, b'>') => State::Data,
            (Dashes::Start, b'-') => State::Comment(Dashes::StartDash),
            (Dashes::None, b'-') => State::Comment(Dashes::One),
            (_, b'-') => State::Comment(Dashes::Two),
            (Dashes::Two, b'!') => State::Bang,
            _ => State::Comment(Dashes::None),
        })
    }
}

/// White space of the tokenizer.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}
