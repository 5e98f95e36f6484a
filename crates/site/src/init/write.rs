//! TOML with comments. Whatever the policy's text holds, it stays text.

use std::fmt::Write;

/// How much of a clause is quoted, in characters.
const EXCERPT: usize = 40;

/// The file as it grows.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) text: String,
    pub(super) questions: usize,
    /// Whether tables are written as comments.
    muted: bool,
}

impl Writer {
    /// A blank line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    pub(super) fn comment(&mut self, text: &str) {
        let _ = writeln!(self.text, "# {}", on_one_line(text));
    }

    /// A comment that belongs to the one above it.
    pub(super) fn detail(&mut self, text: &str) {
        let _ = writeln!(self.text, "#   {}", on_one_line(text));
    }

    /// A line that parts the file.
    pub(super) fn part(&mut self, title: &str) {
        let _ = write!(self.text, "\n# ---- {title} ");
        let dashes = 86_usize.saturating_sub(title.chars().count());
        let _ = writeln!(self.text, "{}", "-".repeat(dashes.max(3)));
    }

    /// What a person has to answer.
    pub(super) fn question(&mut self, text: &str) {
        self.questions += 1;
        self.comment(&format!("Question: {text}"));
    }

    /// Writes tables as comments until [`Writer::unmute`].
    pub(super) fn mute(&mut self) {
        self.muted = true;
    }

    pub(super) fn unmute(&mut self) {
        self.muted = false;
    }

    pub(super) fn line(&mut self, text: &str) {
        if self.muted {
            self.text.push_str("# ");
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    pub(super) fn pair(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {}", quoted(value)));
    }

    pub(super) fn list<S: AsRef<str>>(&mut self, key: &str, values: &[S]) {
        self.line(&format!("{key} = [{}]", joined(values)));
    }
}

/// TOML strings, a comma between them.
pub(super) fn joined<S: AsRef<str>>(values: &[S]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value.as_ref())).collect();
    values.join(", ")
}

/// A TOML string on one line.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(on_one_line(text)).to_string()
}

/// What cannot stand in a comment, or would make it look like something else, becomes a blank;
/// runs of blanks become one.
pub(super) fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !(c.is_control() || c.is_whitespace() || is_invisible(c)) {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.trim().to_owned()
}

/// Marks that turn the direction of writing or have no width.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The beginning of a text, fit for a comment.
pub(super) fn excerpt(text: &str) -> String {
    // Blanks and marks fall away: what is cut off before that is more than is wanted.
    let head: String = text.chars().take(8 * EXCERPT).collect();
    let line = on_one_line(&head);
    let mut excerpt: String = line.chars().take(EXCERPT).collect();
    if line.chars().count() > EXCERPT {
        excerpt.push('…');
    }
    excerpt
}

/// Where `needle` stands in `text`: the beginning, where it is near, else a part of the sentence.
pub(super) fn excerpt_at(text: &str, needle: &str) -> String {
    let Some(at) = text.find(needle).filter(|_| !needle.is_empty()) else {
        return excerpt(text);
    };
    let before: Vec<char> = text[..at].chars().rev().take(EXCERPT).collect();
    if before.len() + needle.chars().count() <= EXCERPT {
        return excerpt(text);
    }
    let lead: String = before.iter().take(EXCERPT / 3).rev().collect();
    format!("…{}", excerpt(&format!("{lead}{}", &text[at..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_on_its_line() {
        assert_eq!(on_one_line(" a\n# [x]\u{202e}\u{7f}b "), "a # [x] b");
        assert_eq!(quoted("a\"\nb"), "'a\" b'");
        assert_eq!(excerpt("一二"), "一二");
        assert_eq!(excerpt(&"字".repeat(41)).chars().count(), 41);
        let long = format!("{}相机权限", "前".repeat(60));
        assert!(excerpt_at(&long, "相机").contains("相机权限"));
        assert_eq!(excerpt_at("相机", "麦克风"), "相机");
        let name = "名".repeat(EXCERPT);
        assert!(excerpt_at(&format!("前{name}"), &name).starts_with("…前名"));
    }

    #[test]
    fn a_muted_table_is_a_comment() {
        let mut out = Writer::default();
        out.mute();
        out.pair("a", "b");
        out.unmute();
        out.list("c", &["d", "e"]);
        assert_eq!(out.text, "# a = \"b\"\nc = [\"d\", \"e\"]\n");
    }
}
