//! What attributes say that the text needs: hidden, emphasised, how blanks count, spans of cells.

/// How blanks and line breaks of the source count (CSS Text 3, `white-space`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Space {
    /// Runs are one blank.
    #[default]
    Collapsed,
    /// Runs are one blank, a line break ends the line.
    Lines,
    /// All count.
    Kept,
}

/// A `style` attribute, read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: Option<bool>,
    pub(super) underline: Option<bool>,
    pub(super) space: Option<Space>,
    pub(super) hidden: bool,
}

/// The attributes of a start tag.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attributes {
    pub(super) style: Style,
    pub(super) hidden: bool,
    pub(super) rows: Option<u32>,
    pub(super) columns: Option<u32>,
    /// `role="presentation"` or `none`: the author says that a table is for layout.
    pub(super) presentation: bool,
    /// An address that is not on the same page.
    pub(super) leads_away: bool,
}

/// An attribute that is read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Style,
    Hidden,
    Rows,
    Columns,
    Role,
    Href,
}

impl Attribute {
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"style" => Self::Style,
            b"hidden" => Self::Hidden,
            b"rowspan" => Self::Rows,
            b"colspan" => Self::Columns,
            b"role" => Self::Role,
            b"href" => Self::Href,
            _ => return None,
        })
    }
}

impl Attributes {
    pub(super) fn set(&mut self, attribute: Attribute, value: &str) {
        match attribute {
            Attribute::Style => self.style = read(value),
            // What a search in the page may find is text of the page.
            Attribute::Hidden => {
                self.hidden = !value.trim().eq_ignore_ascii_case("until-found");
            }
            Attribute::Rows => self.rows = self.rows.or_else(|| number(value)),
            Attribute::Columns => self.columns = self.columns.or_else(|| number(value)),
            Attribute::Role => self.presentation = matches!(value.trim(), "presentation" | "none"),
            Attribute::Href => {
                let address = value.trim();
                self.leads_away = !address.is_empty() && !address.starts_with('#');
            }
        }
    }
}

/// Leading digits (WHATWG HTML, 2.3.4.2); what does not fit is the greatest number.
fn number(value: &str) -> Option<u32> {
    let value = value.trim_start();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| value[..digits].parse().unwrap_or(u32::MAX))
}

/// Reads the declarations that count; the last of a kind wins.
///
/// `visibility` and `opacity` are left alone: WeChat serves each article with both at nothing and
/// shows it by script.
fn read(value: &str) -> Style {
    let mut style = Style::default();
    for declaration in value.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let name = name.trim();
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        let value = value.split('!').next().unwrap_or_default().trim();
        let says = |other: &str| value.eq_ignore_ascii_case(other);
        let words = || value.split_ascii_whitespace();
        if is("display") {
            style.hidden = says("none");
        } else if is("font-weight") {
            style.bold = weight(value).or(style.bold);
        } else if is("font") && !says("inherit") {
            style.bold = Some(words().any(|word| weight(word) == Some(true)));
        } else if is("text-decoration") || is("text-decoration-line") {
            style.underline = Some(words().any(|word| word.eq_ignore_ascii_case("underline")));
        } else if is("white-space") {
            style.space = if says("pre") || says("pre-wrap") || says("break-spaces") {
                Some(Space::Kept)
            } else if says("pre-line") {
                Some(Space::Lines)
            } else if says("normal") || says("nowrap") {
                Some(Space::Collapsed)
            } else {
                style.space
            };
        }
    }
    style
}

fn weight(value: &str) -> Option<bool> {
    if value.eq_ignore_ascii_case("bold") || value.eq_ignore_ascii_case("bolder") {
        return Some(true);
    }
    if value.eq_ignore_ascii_case("normal") || value.eq_ignore_ascii_case("lighter") {
        return Some(false);
    }
    // 600 is what design tools write for the bold of fonts that have no 700.
    let weight: u32 = value.parse().ok()?;
    (1..=1000).contains(&weight).then_some(weight >= 600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(value: &str, expected: Style) {
        assert_eq!(read(value), expected, "{value}");
    }

    #[test]
    fn declarations_that_count_are_read() {
        let none = Style::default();
        let bold = Style {
            bold: Some(true),
            ..none
        };
        let plain = Style {
            bold: Some(false),
            ..none
        };
        case("", none);
        case(
            "color: red; background: url(data:image/png;base64,AA==)",
            none,
        );
        case("font-weight:bold", bold);
        case("FONT-WEIGHT: 700 !important;", bold);
        case("font: bold 14px/1.5 宋体", bold);
        case("font: 7.0pt \"Times New Roman\"", plain);
        case("font-weight: 400", plain);
        case("font-weight: inherit", none);
        case(
            "text-decoration: underline dotted",
            Style {
                underline: Some(true),
                ..none
            },
        );
        case(
            "text-decoration-line:none",
            Style {
                underline: Some(false),
                ..none
            },
        );
        case(
            "display : none",
            Style {
                hidden: true,
                ..none
            },
        );
        case("display:none;display:block", none);
        case("visibility: hidden; opacity: 0", none);
        case(
            "white-space: pre-wrap",
            Style {
                space: Some(Space::Kept),
                ..none
            },
        );
    }

    #[test]
    fn spans_are_leading_digits() {
        assert_eq!(number(" 3x"), Some(3));
        assert_eq!(number("99999999999"), Some(u32::MAX));
        assert_eq!(number("x"), None);
    }
}
