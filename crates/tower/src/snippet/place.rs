//! Where the parser opens `<head>` and `<body>`, written or not (WHATWG HTML 13.2.6.4.1 to 13.2.6.4.6).

use super::scan::Token;

/// On which side of a token an element opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// What a token opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Opened {
    pub(super) head: Option<Side>,
    pub(super) body: Option<Side>,
    /// No body will come: it is a document of frames.
    pub(super) is_frameset: bool,
}

/// Follows the tokens of a document until its body opens. Whatever is not white space, comment,
/// DOCTYPE, `<html>` or `<head>` opens the head by itself: no string in a script, no template and
/// no drawing can stand in front of it.
#[derive(Debug, Default)]
pub(super) struct Places {
    in_head: bool,
    /// Templates that are open.
    templates: usize,
}

impl Places {
    /// Whether the head has opened.
    pub(super) const fn is_in_head(&self) -> bool {
        self.in_head
    }

    pub(super) fn opened(&mut self, token: &Token) -> Opened {
        let mut opened = Opened::default();
        if !self.in_head {
            opened.head = match token {
                Token::Doctype => None,
                Token::Start(tag) if tag.name == b"html" => None,
                Token::Start(tag) if tag.name == b"head" => Some(Side::After),
                Token::End(name) if !is_acting_end(name) && name != b"head" => None,
                Token::Text | Token::Start(_) | Token::End(_) => Some(Side::Before),
            };
            if opened.head.is_none() {
                return opened;
            }
            self.in_head = true;
        }
        if self.templates > 0 {
            match token {
                Token::Start(tag) if tag.name == b"template" => self.templates += 1,
                Token::End(name) if name == b"template" => self.templates -= 1,
                _ => {}
            }
            return opened;
        }
        match token {
            Token::Text => opened.body = Some(Side::Before),
            Token::Start(tag) => match tag.name.as_slice() {
                b"template" => self.templates = 1,
                b"body" => opened.body = Some(Side::After),
                b"frameset" => opened.is_frameset = true,
                name if !is_of_head(name) => opened.body = Some(Side::Before),
                _ => {}
            },
            Token::End(name) if is_acting_end(name) => opened.body = Some(Side::Before),
            Token::End(_) | Token::Doctype => {}
        }
        opened
    }
}

/// End tags that open what is missing. Others without a start tag are nothing.
fn is_acting_end(name: &[u8]) -> bool {
    matches!(name, b"body" | b"html" | b"br")
}

/// What may stand in the head, and after its end without opening the body.
fn is_of_head(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 12] = [
        b"html",
        b"head",
        b"base",
        b"basefont",
        b"bgsound",
        b"link",
        b"meta",
        b"title",
        b"noscript",
        b"noframes",
        b"style",
        b"script",
    ];
    NAMES.contains(&name)
}
