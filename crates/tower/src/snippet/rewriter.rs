//! A document on its way, with the snippet put in.

use super::Snippet;
use super::charset;
use super::place::{Opened, Places, Side};
use super::scan::{Scanner, Tag, Token};
use encoding_rs::{Encoding, UTF_8};
use std::sync::Arc;

/// How many bytes of the head are held back at most while the encoding is looked for: as many as
/// browsers look at (WHATWG HTML 13.2.3.2).
const MOST_HELD: usize = 1024;
/// The longest tag that is read. A document with a longer one in front of its head passes unchanged;
/// one with a longer one behind the head's part gets no body's part.
const LONGEST_TAG: usize = 1 << 16;

/// What is known of the encoding.
#[derive(Clone, Copy, Debug)]
enum Charset {
    /// From the `Content-Type` or the byte order mark.
    Known(&'static Encoding),
    /// From a `<meta>`, which browsers look for in the first kilobyte: the snippet pushes it out
    /// of there, so it comes with one of its own.
    Meta(&'static Encoding),
    Unknown,
}

/// Puts a snippet into one document.
#[derive(Debug)]
pub(super) struct Rewriter {
    snippet: Arc<Snippet>,
    charset: Charset,
    scanner: Scanner,
    places: Places,
    /// The first bytes while they may be a byte order mark.
    mark: Option<Vec<u8>>,
    /// What was read and not let go.
    held: Vec<u8>,
    /// Where the head opens in `held`.
    head: Option<usize>,
    is_empty: bool,
    /// Only what says itself that it is a document gets the snippet.
    must_declare: bool,
    done: bool,
}

impl Rewriter {
    /// `charset`: what the `Content-Type` says. `is_navigation`: whether the browser asked for a
    /// page; a script may ask for a part of one, too.
    pub(super) fn new(
        snippet: Arc<Snippet>,
        charset: Option<&'static Encoding>,
        is_navigation: bool,
    ) -> Self {
        Self {
            snippet,
            charset: charset.map_or(Charset::Unknown, Charset::Known),
            scanner: Scanner::new(),
            places: Places::default(),
            mark: Some(Vec::new()),
            held: Vec::new(),
            head: None,
            is_empty: true,
            must_declare: !is_navigation,
            done: false,
        }
    }

    /// Whether the rest passes as it is: nothing is held, and `push` would give back what it gets.
    pub(super) const fn is_done(&self) -> bool {
        self.done
    }

    /// How many bytes are held back.
    pub(super) fn held(&self) -> usize {
        self.held.len() + self.mark.as_ref().map_or(0, Vec::len)
    }

    /// How many bytes may come in addition.
    pub(super) fn most_added(&self) -> usize {
        // The name of an encoding, and what is around it.
        const META: usize = 64;
        // A character of 2 bytes takes up to 7 where it is escaped (`&#1024;`); no other grows more.
        const GROWTH: usize = 4;
        match self.done {
            true => 0,
            false => (self.snippet.head.len() + self.snippet.body.len()) * GROWTH + META,
        }
    }

    /// Takes the next bytes of the document; what can go on.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.done {
                self.held.extend_from_slice(&bytes[at..]);
                break;
            }
            self.is_empty = false;
            match self.mark.take() {
                Some(mark) => self.begin(mark, byte),
                None => self.step(byte),
            }
        }
        let kept = match (self.done, self.head) {
            (true, _) => self.held.len(),
            (false, Some(head)) => head,
            (false, None) => self.held.len().saturating_sub(self.scanner.open()),
        };
        // What waits for its encoding is first now.
        self.head = self.head.map(|at| at - kept);
        self.held.drain(..kept).collect()
    }

    /// The document is over; what is left of it.
    pub(super) fn finish(&mut self) -> Vec<u8> {
        for byte in self.mark.take().unwrap_or_default() {
            self.step(byte);
        }
        // The parser opens at the end what is missing. In an unfinished comment or script it would
        // not be markup.
        if !self.done && !self.is_empty && !self.must_declare && self.scanner.is_markup() {
            let end = self.held.len().saturating_sub(self.scanner.open());
            if !self.places.is_in_head() {
                self.head = Some(end);
            }
            self.put_body(Side::Before, self.scanner.open());
        }
        self.settle();
        self.done = true;
        std::mem::take(&mut self.held)
    }

    /// The first bytes: a byte order mark counts more than anything else, and stays first.
    fn begin(&mut self, mut mark: Vec<u8>, byte: u8) {
        const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";
        const UTF_16_MARKS: [&[u8]; 2] = [b"\xfe\xff", b"\xff\xfe"];
        mark.push(byte);
        if mark == UTF_8_MARK {
            self.charset = Charset::Known(UTF_8);
            self.held = mark;
        } else if UTF_16_MARKS.contains(&mark.as_slice()) {
            self.done = true;
            self.held = mark;
        } else if UTF_8_MARK.starts_with(&mark) || UTF_16_MARKS.iter().any(|m| m.starts_with(&mark))
        {
            self.mark = Some(mark);
        } else {
            for byte in mark {
                self.step(byte);
            }
        }
    }

    fn step(&mut self, byte: u8) {
        self.held.push(byte);
        if self.done {
            return;
        }
        if let Some((token, length)) = self.scanner.step(byte) {
            self.token(&token, length);
        }
        if self.scanner.open() > LONGEST_TAG {
            self.head = None;
            self.done = true;
        } else if self
            .head
            .is_some_and(|at| self.held.len() - at >= MOST_HELD)
        {
            self.settle();
        }
    }

    fn token(&mut self, token: &Token, length: usize) {
        if self.must_declare {
            let declares = match token {
                Token::Doctype => true,
                Token::Start(tag) => matches!(tag.name.as_slice(), b"html" | b"head"),
                Token::Text | Token::End(_) => false,
            };
            self.must_declare = false;
            if !declares {
                self.done = true;
                return;
            }
        }
        let Opened {
            head,
            body,
            is_frameset,
        } = self.places.opened(token);
        if let Some(side) = head {
            self.head = Some(self.at(side, length));
        }
        if let Token::Start(tag) = token {
            self.in_head(tag);
        }
        if let Some(side) = body {
            self.put_body(side, length);
        }
        if is_frameset {
            self.settle();
            self.done = true;
        }
    }

    /// A tag while the head is held back: it may tell the encoding, or that our script is there.
    fn in_head(&mut self, tag: &Tag) {
        if self.head.is_none() {
            return;
        }
        match tag.name.as_slice() {
            b"html" | b"head" => {}
            b"meta" => {
                if let (Charset::Unknown, Some(encoding)) = (self.charset, charset::of_meta(tag)) {
                    self.charset = Charset::Meta(encoding);
                }
            }
            b"script" if is_ours(tag) => {
                self.head = None;
                self.done = true;
            }
            _ => {
                if !matches!(self.charset, Charset::Unknown) {
                    self.settle();
                }
            }
        }
    }

    fn at(&self, side: Side, length: usize) -> usize {
        match side {
            Side::Before => self.held.len().saturating_sub(length),
            Side::After => self.held.len(),
        }
    }

    /// Puts the head's part in, if it waits.
    fn settle(&mut self) {
        let Some(at) = self.head.take() else {
            return;
        };
        let (mut bytes, encoding) = match self.charset {
            Charset::Known(encoding) => (Vec::new(), Some(encoding)),
            Charset::Meta(encoding) => {
                let meta = format!("<meta charset=\"{}\">", encoding.name());
                (meta.into_bytes(), Some(encoding))
            }
            Charset::Unknown => (Vec::new(), None),
        };
        if encoding.is_some_and(|encoding| !charset::is_readable(encoding)) {
            self.done = true;
            return;
        }
        bytes.extend(charset::encode(&self.snippet.head, encoding));
        self.held.splice(at..at, bytes);
        self.done = self.snippet.body.is_empty();
    }

    fn put_body(&mut self, side: Side, length: usize) {
        self.settle();
        if self.done {
            return;
        }
        let encoding = match self.charset {
            Charset::Known(encoding) | Charset::Meta(encoding) => Some(encoding),
            Charset::Unknown => None,
        };
        let at = self.at(side, length);
        let bytes = charset::encode(&self.snippet.body, encoding);
        self.held.splice(at..at, bytes);
        self.done = true;
    }
}

/// Whether this tag is our script's, put there by hand, and runs where it stands: before all that
/// follows.
fn is_ours(tag: &Tag) -> bool {
    let src = tag.attribute("src");
    let is_late = src.is_some()
        && ["async", "defer"]
            .iter()
            .any(|it| tag.attribute(it).is_some());
    let is_classic = tag.attribute("type").is_none_or(|kind| {
        let kind = kind.trim_ascii().to_ascii_lowercase();
        kind.is_empty() || kind.ends_with(b"/javascript")
    });
    let path = src.and_then(|src| src.split(|byte| matches!(byte, b'?' | b'#')).next());
    let name = path.and_then(|path| path.rsplit(|&byte| byte == b'/').next());
    let is_named = name.is_some_and(|name| name.trim_ascii() == b"zhiqing.js");
    (tag.attribute("data-zq-base").is_some() || is_named) && is_classic && !is_late
}
