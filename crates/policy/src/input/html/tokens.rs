//! The tokenizer's events as whole tags and runs of text.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State};

use super::reader::Reader;
use super::style::{Attribute, Attributes};
use super::tags::{self, Tag};

/// A value longer than this is no style anybody wrote; what is beyond is not read.
const VALUE: usize = 16 * 1024;
/// No name that is looked at is as long.
const NAME: usize = 64;

/// Feeds a [`Reader`]. Nothing is kept of what it does not ask for.
pub(super) struct Tokens<'r, 'a> {
    source: &'a str,
    reader: &'r mut Reader<'a>,
    /// Offset behind what the tokenizer has read.
    position: usize,
    /// Offset at which the next text begins.
    text: usize,
    /// Bytes of a character read before the rest of it.
    halved: usize,
    /// The tag being read.
    name: Vec<u8>,
    is_end: bool,
    self_closing: bool,
    attributes: Attributes,
    /// The attributes already set: the first of a name counts (WHATWG HTML, 13.2.5.33).
    set: Vec<Attribute>,
    attribute: Vec<u8>,
    value: Vec<u8>,
    /// What the value being read is of, once its name is complete.
    wanted: Option<Option<Attribute>>,
    /// The element whose end tag alone ends the text being read.
    raw: Vec<u8>,
}

impl<'r, 'a> Tokens<'r, 'a> {
    pub(super) fn new(source: &'a str, reader: &'r mut Reader<'a>) -> Self {
        Self {
            source,
            reader,
            position: 0,
            text: 0,
            halved: 0,
            name: Vec::new(),
            is_end: false,
            self_closing: false,
            attributes: Attributes::default(),
            set: Vec::new(),
            attribute: Vec::new(),
            value: Vec::new(),
            wanted: None,
            raw: Vec::new(),
        }
    }

    fn begin_tag(&mut self, is_end: bool) {
        self.name.clear();
        self.is_end = is_end;
        self.self_closing = false;
        self.attributes = Attributes::default();
        self.set.clear();
        self.attribute.clear();
        self.value.clear();
        self.wanted = None;
    }

    fn wanted(&mut self) -> Option<Attribute> {
        if self.is_end {
            return None;
        }
        let attribute = &self.attribute;
        *self.wanted.get_or_insert_with(|| Attribute::of(attribute))
    }

    fn end_attribute(&mut self) {
        if let Some(attribute) = self.wanted()
            && !self.set.contains(&attribute)
        {
            self.set.push(attribute);
            self.attributes
                .set(attribute, &String::from_utf8_lossy(&self.value));
        }
        self.attribute.clear();
        self.value.clear();
        self.wanted = None;
    }
}

/// Adds what fits.
fn extend(buffer: &mut Vec<u8>, bytes: &[u8], limit: usize) {
    let room = limit.saturating_sub(buffer.len());
    buffer.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

impl Emitter for Tokens<'_, '_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.raw.clear();
        self.raw.extend_from_slice(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {}

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn init_string(&mut self) {
        self.text = self.position;
    }

    fn emit_string(&mut self, text: &[u8]) {
        // After `<` that begins no tag, the next byte comes on its own, also where it is the first
        // of several that make a character: they are taken together.
        if text.len() == 1 && !text.is_ascii() {
            self.halved = 1;
            return;
        }
        let reference = std::mem::replace(&mut self.text, self.position);
        let halved = std::mem::take(&mut self.halved);
        let start = self.position.saturating_sub(text.len());
        // Nearly always the text is the source's own, and known to be UTF-8.
        let own = self.source.as_bytes().get(start..self.position);
        if own.is_some_and(|own| own.as_ptr() == text.as_ptr()) {
            let start = start.saturating_sub(halved);
            if let Some(own) = self.source.get(start..self.position) {
                self.reader.text(own, start, true);
                return;
            }
        }
        // The parser drops NULs (WHATWG HTML, 13.2.6.4.7).
        if text != b"\0" {
            let text = String::from_utf8_lossy(text);
            self.reader.text(&text, reference, false);
        }
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        if !self.attribute.is_empty() {
            self.end_attribute();
        }
        self.text = self.position;
        let tag = Tag::of(&self.name);
        let key = if tag == Tag::Other {
            tags::key(&self.name)
        } else {
            0
        };
        if self.is_end {
            self.raw.clear();
            self.reader.end(tag, key);
            return None;
        }
        let next = self
            .reader
            .start(tag, key, &self.attributes, self.self_closing);
        if next.is_some() {
            self.raw.clone_from(&self.name);
        }
        next
    }

    fn emit_current_comment(&mut self) {
        self.text = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.text = self.position;
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        extend(&mut self.name, name, NAME);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        if !self.attribute.is_empty() {
            self.end_attribute();
        }
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        extend(&mut self.attribute, name, NAME);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.wanted().is_some() {
            extend(&mut self.value, value, VALUE);
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.raw.is_empty() && self.raw == self.name
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }
}
