//! A document as plain text again.

use crate::document::{Document, Passage};

/// One passage a line, in source order: the same non-blank characters as the source, no page
/// layout. What `zhiqing parse --format text` prints.
///
/// ```
/// let document = zhiqing_policy::parse("隐私政策\n\n一、适用范围\n本政策适用于某某应用，\n请您阅读。\n");
/// assert_eq!(
///     zhiqing_policy::to_text(&document),
///     "隐私政策\n一、适用范围\n本政策适用于某某应用，请您阅读。\n"
/// );
/// ```
pub fn to_text(document: &Document) -> String {
    let mut text = String::new();
    for passage in document.passages() {
        match passage {
            Passage::Heading(heading) => {
                let [before, between, after] = marks(heading.markup.as_deref());
                if !before.is_empty() {
                    text.push_str(before);
                    text.push(' ');
                }
                text.push_str(&heading.label);
                // `第一部分 总则`, `# 总则`: numbers that end in a letter or sign need the blank.
                if heading
                    .label
                    .ends_with(|c: char| c.is_alphanumeric() || "#?-".contains(c))
                {
                    text.push(' ');
                }
                text.push_str(between);
                text.push_str(&heading.title);
                text.push_str(after);
            }
            Passage::Contents(line) => {
                let [before, after] = marks(line.markup.as_deref());
                text.extend([before, &line.text, after]);
            }
            Passage::Clause(clause) => {
                let [before, after] = marks(clause.markup.as_deref());
                text.extend([before, &clause.text, after]);
            }
        }
        text.push('\n');
    }
    text
}

fn marks<const N: usize>(markup: Option<&[String; N]>) -> [&str; N] {
    markup.map_or([""; N], |markup| markup.each_ref().map(String::as_str))
}
