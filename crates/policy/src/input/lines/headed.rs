//! Headings of Markdown whose signs have no blank behind them.

use super::{Line, count, label, small};
use crate::input::signs::Signs;
use crate::text::is_sentence_mark;

impl Line<'_> {
    /// Whether it may be a heading whose signs have no blank behind them: `##Words`, and no `#topic#`.
    pub(super) fn may_be_headed(&self) -> bool {
        // What stands further in is code (CommonMark 4.4).
        const DEEPEST: u32 = 3;
        const LONGEST: usize = 40;
        let words = self.text.trim_start_matches('#');
        self.gap
            && self.indent <= DEEPEST
            && self.text.len() - words.len() <= 6
            && self.length as usize <= LONGEST
            && words.starts_with(|c: char| c.is_alphanumeric() || "（【《".contains(c))
            && words.contains(char::is_alphabetic)
            && !words.contains(['#', '|'])
            && !words.contains(is_sentence_mark)
    }

    /// Takes the signs before its words for those of a heading.
    pub(super) fn head(&mut self) {
        let signs = Signs::of_heading(&self.text);
        (self.lead, self.trail) = (small(signs.lead), small(signs.trail));
        (self.hint, self.bold) = (signs.hint, signs.bold);
        self.length = count(self.words().chars());
        self.label = label(self.words(), self.hint);
    }
}
