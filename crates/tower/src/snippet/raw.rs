//! Elements whose content is no markup: up to their own end tag (WHATWG HTML 13.2.5.2 to 13.2.5.31).

use super::scan::is_space;

/// Whether an element's content is raw text, or text with character references alone.
///
/// `noscript` is: scripts are on, where our script runs at all.
pub(super) fn is_raw(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 9] = [
        b"script",
        b"style",
        b"title",
        b"textarea",
        b"noscript",
        b"noframes",
        b"iframe",
        b"noembed",
        b"xmp",
    ];
    NAMES.contains(&name)
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    /// After `<`.
    Open,
    /// In the name after `</`.
    End,
    /// After `<!` or `<!-` of a script.
    Bang(u8),
    /// In the name after `<` inside of a script's `<!--`.
    Start,
}

/// What a script says of a comment in it: old pages hide scripts in `<!-- … -->`, and a script
/// that is quoted in such a comment does not end the one around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Escape {
    #[default]
    None,
    /// After `<!--`.
    Comment,
    /// After `<!-- <script`.
    Script,
}

/// Reads up to an element's end tag.
#[derive(Debug, Default)]
pub(super) struct Raw {
    name: Vec<u8>,
    state: State,
    escape: Escape,
    dashes: u8,
    word: Vec<u8>,
}

impl Raw {
    pub(super) fn of(name: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Takes the next byte; the element's name where its end tag's name ended with this byte.
    pub(super) fn step(&mut self, byte: u8) -> Option<Vec<u8>> {
        match self.state {
            State::Text => self.text(byte),
            State::Open => match byte {
                b'/' => self.to(State::End),
                b'!' if self.name == b"script" && self.escape == Escape::None => {
                    self.to(State::Bang(0));
                }
                _ if byte.is_ascii_alphabetic() && self.escape == Escape::Comment => {
                    self.to(State::Start);
                    self.word.push(byte.to_ascii_lowercase());
                }
                _ => self.text(byte),
            },
            State::Bang(dashes) => match (byte, dashes) {
                (b'-', 0) => self.to(State::Bang(1)),
                (b'-', _) => {
                    self.escape = Escape::Comment;
                    self.to(State::Text);
                    self.dashes = 2;
                }
                _ => self.text(byte),
            },
            State::Start | State::End => {
                if byte.is_ascii_alphabetic() {
                    self.word.push(byte.to_ascii_lowercase());
                } else if is_space(byte) || matches!(byte, b'/' | b'>') {
                    return self.named(byte);
                } else {
                    self.text(byte);
                }
            }
        }
        None
    }

    /// After a whole name.
    fn named(&mut self, byte: u8) -> Option<Vec<u8>> {
        let is_own = self.word == self.name;
        match (self.state, self.escape) {
            (State::Start, Escape::Comment) if is_own => self.escape = Escape::Script,
            (State::End, Escape::Script) if is_own => self.escape = Escape::Comment,
            (State::End, Escape::None | Escape::Comment) if is_own => {
                return Some(std::mem::take(&mut self.name));
            }
            _ => {}
        }
        self.text(byte);
        None
    }

    fn to(&mut self, state: State) {
        self.state = state;
        self.dashes = 0;
        self.word.clear();
    }

    fn text(&mut self, byte: u8) {
        self.state = State::Text;
        match byte {
            b'<' => self.to(State::Open),
            b'-' => self.dashes = (self.dashes + 1).min(2),
            b'>' if self.dashes == 2 => {
                self.escape = Escape::None;
                self.dashes = 0;
            }
            _ => self.dashes = 0,
        }
    }
}
