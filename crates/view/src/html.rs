//! HTML as text, escaped by construction.

use crate::text::Texts;

/// An HTML fragment under construction.
///
/// Names of elements and attributes come from the program, texts and values from anywhere: only
/// the latter are escaped, and nothing else can be written.
///
/// ```
/// use zhiqing_view::Html;
/// let mut html = Html::default();
/// html.leaf("p", &[("title", "a \"b\"")], "1 < 2 & 3");
/// assert_eq!(html.as_str(), r#"<p title="a &quot;b&quot;">1 &lt; 2 &amp; 3</p>"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

/// An attribute: a name and a value.
pub(crate) type Attribute<'a> = (&'static str, &'a str);

impl Html {
    /// Opens an element. An attribute with an empty value is a boolean one.
    pub fn open(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            if !value.is_empty() {
                self.0.push_str("=\"");
                self.text(value);
                self.0.push('"');
            }
        }
        self.0.push('>');
    }

    /// Closes an element.
    pub fn close(&mut self, name: &'static str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Markup of the program's own, with two kinds of holes: `[key]` is filled with the words under that
    /// key, `{}` with the next of `values`. What is filled in is text, wherever it comes from.
    ///
    /// ```
    /// # use zhiqing_view::{Html, Texts};
    /// # let words = [("save".into(), "保存".into())].into();
    /// # let texts = Texts::new(&words);
    /// let mut html = Html::default();
    /// html.write(texts, r#"<p title="{}">[save]</p>"#, &["a < b"]);
    /// assert_eq!(html.as_str(), r#"<p title="a &lt; b">保存</p>"#);
    /// ```
    pub fn write(&mut self, texts: Texts<'_>, template: &'static str, values: &[&str]) {
        let mut values = values.iter();
        let mut rest = template;
        while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'[' | b'{')) {
            let (before, hole) = rest.split_at(at);
            self.0.push_str(before);
            let end = hole.bytes().position(|byte| matches!(byte, b']' | b'}'));
            let (hole, after) = hole.split_at(end.map_or(hole.len(), |end| end + 1));
            match hole {
                "{}" => self.text(values.next().copied().unwrap_or_default()),
                key => self.text(texts.get(key.trim_matches(['[', ']']))),
            }
            rest = after;
        }
        self.0.push_str(rest);
        debug_assert!(values.next().is_none(), "too many values: {template}");
    }

    /// Markup of the program's own.
    pub(crate) fn markup(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Text, escaped for element content and quoted attribute values alike.
    pub fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // The HTML parser drops U+0000 and turns a carriage return into a line feed.
                '\0' => self.0.push('\u{fffd}'),
                '\r' => self.0.push_str("&#13;"),
                other => self.0.push(other),
            }
        }
    }

    /// Text in which an address may break after `@`, `.` and `/`, so that no line ends within a word of it.
    pub(crate) fn breakable(&mut self, text: &str) {
        for (at, part) in text.split_inclusive(['@', '.', '/']).enumerate() {
            if at > 0 {
                self.open("wbr", &[]);
            }
            self.text(part);
        }
    }

    /// Begins a whole page.
    pub(crate) fn doctype(&mut self) {
        self.0.push_str("<!doctype html>");
    }

    /// A style sheet of the program's own: inside `<style>` nothing may be escaped.
    pub(crate) fn style(&mut self, css: &'static str) {
        self.open("style", &[]);
        self.0.push_str(css);
        self.close("style");
    }

    /// An element that holds text alone.
    pub fn leaf(&mut self, name: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// A button that the contract's hook `data-zq` names.
    ///
    /// To the page all buttons are one part, and all links are one: nobody can style "accept" so that
    /// it outweighs "refuse".
    pub(crate) fn button(&mut self, class: &'static str, hook: &'static str, label: &str) {
        let part = if class == "link" { "link" } else { "button" };
        let attributes = [
            ("type", "button"),
            ("class", class),
            ("part", part),
            ("data-zq", hook),
        ];
        self.leaf("button", &attributes, label);
    }

    /// Another fragment.
    pub(crate) fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::markup::content;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_becomes_markup(text in "[<>&\"'a ;#\u{0}-\u{1f}]{0,40}") {
            let mut html = Html::default();
            html.leaf("p", &[("title", &text)], &text);
            let inner = html.as_str();
            prop_assert_eq!(inner.matches('<').count(), 2);
            prop_assert_eq!(inner.matches('>').count(), 2);
            prop_assert_eq!(content(inner), text.replace('\0', "\u{fffd}"));
        }
    }
}
