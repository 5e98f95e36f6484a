//! HTML to blocks.
//!
//! A kept tokenizer (html5gum, which follows WHATWG HTML 13.2.5) gives tags and text; from them the
//! [`reader`] keeps only what a policy's text needs: which elements are open, how deep the lists
//! are, what is emphasised, what is hidden, where cells begin. There is no tree and no recursion,
//! so the time is linear in the length of the source and a document nested a hundred thousand deep
//! is as good as any other.

mod ends;
mod flow;
mod grid;
mod open;
mod place;
mod reader;
mod sniff;
mod style;
mod tags;
#[cfg(test)]
mod tests;
mod tokens;
pub(crate) mod verbatim;

use html5gum::Tokenizer;

use super::Source;
use reader::Reader;
use tokens::Tokens;

/// Reads HTML: each visible character that is not blank, in order. Any text gives blocks.
///
/// A page that hides all its text until a script shows it is read as if it hid nothing.
pub(crate) fn read(html: &str) -> Source {
    let source = read_once(html, true);
    if source.blocks.is_empty() {
        return read_once(html, false);
    }
    source
}

/// Whether a text is HTML, see [`sniff`].
pub(crate) fn looks_like_html(text: &str) -> bool {
    sniff::is_html(text)
}

fn read_once(html: &str, hiding: bool) -> Source {
    let mut reader = Reader::new(html, hiding);
    let tokens = Tokens::new(html, &mut reader);
    // Reading from memory cannot fail.
    let Ok(()) = Tokenizer::new_with_emitter(html, tokens).finish();
    reader.finish()
}
