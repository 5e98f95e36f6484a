//! What may be written to a terminal.

/// Text that a terminal only shows: what would steer it, break the line or turn the direction of writing and
/// so pretend another order, is replaced by a sign that says so. Tabs stay.
pub(crate) fn visible(text: &str) -> String {
    text.replace(steers, "\u{fffd}")
}

/// The same of a text that may go over lines and cells, on one line: breaks and tabs are blanks.
pub(crate) fn on_one_line(text: &str) -> String {
    visible(&text.replace(['\n', '\r', '\t'], " "))
}

fn steers(c: char) -> bool {
    let turns = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let breaks = matches!(c, '\u{2028}' | '\u{2029}');
    turns || breaks || (c.is_control() && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, shown: &str, line: &str) {
        assert_eq!(visible(text), shown);
        assert_eq!(on_one_line(text), line);
    }

    #[test]
    fn only_what_steers_is_replaced() {
        case("表\t格 é 🙂", "表\t格 é 🙂", "表 格 é 🙂");
        case("甲\n乙\r", "甲\u{fffd}乙\u{fffd}", "甲 乙 ");
        for sign in "\u{1b}\u{7f}\u{9b}\u{61c}\u{200e}\u{202e}\u{2028}\u{2029}\u{2066}".chars() {
            case(&format!("甲{sign}乙"), "甲\u{fffd}乙", "甲\u{fffd}乙");
        }
    }
}
