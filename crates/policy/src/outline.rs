//! Levels from numbering: the same style of number is the same level, a new style one level
//! further in, and counting on (（二） after （一）) decides where the same style stands at two levels.

use crate::numbering::{Label, Style};

/// A heading that is still open.
#[derive(Debug)]
struct Open {
    style: Style,
    number: u32,
    level: u8,
    id: String,
}

/// The headings above the current line.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    open: Vec<Open>,
    /// Id of the document's title, which heads whatever no other heading does.
    title: Option<String>,
    /// Last number of each style among the clauses under the current heading.
    items: Vec<(Style, u32)>,
    /// The style of the document's outermost numbers, when they are counted once through.
    top: Option<Style>,
}

impl Outline {
    /// `labels` are those of all headings, in order.
    pub(crate) fn new(labels: impl IntoIterator<Item = Label>) -> Self {
        let mut top: Option<(Style, u32)> = None;
        for label in labels.into_iter().filter(|label| label.number > 0) {
            let first = u32::from(label.number == 1);
            match &mut top {
                Some((style, _)) if *style < label.style => {}
                Some((style, ones)) if *style == label.style => *ones += first,
                _ => top = Some((label.style, first)),
            }
        }
        Self {
            top: top.filter(|(_, ones)| *ones <= 1).map(|(style, _)| style),
            ..Self::default()
        }
    }

    /// Opens the document's title.
    pub(crate) fn title(&mut self, id: &str) {
        self.title = Some(id.to_owned());
    }

    /// Closes what a heading ends and gives its level. To be followed by [`Self::push`].
    pub(crate) fn level(&mut self, label: Option<Label>) -> u8 {
        let (style, number) = label.map_or((Style::Plain, 0), |label| (label.style, label.number));
        self.items.clear();
        if Some(style) == self.top {
            self.open.clear();
        } else if let Some(at) = self.same(style, number) {
            self.open.truncate(at);
        } else if number != 1 && style != Style::Plain {
            // Its elder siblings were clauses: it stands where its style usually stands.
            while self.open.last().is_some_and(|open| open.style > style) {
                self.open.pop();
            }
        }
        self.open
            .last()
            .map_or(1, |open| open.level.saturating_add(1))
    }

    /// Opens the heading for which [`Self::level`] was asked.
    pub(crate) fn push(&mut self, label: Option<Label>, level: u8, id: &str) {
        let (style, number) = label.map_or((Style::Plain, 0), |label| (label.style, label.number));
        self.open.push(Open {
            style,
            number,
            level,
            id: id.to_owned(),
        });
    }

    /// Where an open heading of the same count stands: counted on, else counted past, innermost
    /// first. A count that begins again inside another one opens a level of its own.
    fn same(&self, style: Style, number: u32) -> Option<usize> {
        let find = |fits: &dyn Fn(u32) -> bool| {
            self.open
                .iter()
                .rposition(|open| open.style == style && fits(open.number))
        };
        if number == 0 {
            return find(&|_| true);
        }
        let on =
            find(&|last| last.saturating_add(1) == number).or_else(|| find(&|last| last < number));
        let again = || {
            let innermost = find(&|_| true)?;
            // Twice at most: a text that numbers everything `1.` must not sink ever deeper.
            let count = self.open.iter().filter(|open| open.style == style).count();
            (count >= 2 || innermost + 1 == self.open.len()).then_some(innermost)
        };
        on.or_else(again)
    }

    /// Id of the heading a clause stands under. A numbered clause that counts on from a heading is
    /// that heading's sibling, so it stands under the heading above.
    pub(crate) fn section(&mut self, label: Option<Label>) -> Option<String> {
        if let Some(label) = label.filter(|label| label.number > 0) {
            let item = self
                .items
                .iter_mut()
                .find(|(style, _)| *style == label.style);
            let counted_on = item
                .as_ref()
                .is_some_and(|(_, last)| last.saturating_add(1) == label.number);
            let sibling = self.open.iter().rposition(|open| {
                open.style == label.style && open.number.saturating_add(1) == label.number
            });
            match (item, sibling) {
                (Some(item), _) if counted_on => item.1 = label.number,
                (_, Some(at)) => {
                    self.open.truncate(at);
                    self.items.clear();
                    self.items.push((label.style, label.number));
                }
                (Some(item), None) => item.1 = label.number,
                (None, None) => self.items.push((label.style, label.number)),
            }
        }
        self.open
            .last()
            .map(|open| open.id.clone())
            .or_else(|| self.title.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbering;

    #[track_caller]
    fn case(headings: &[&str], levels: &[u8]) {
        let labels: Vec<Option<Label>> =
            headings.iter().map(|text| numbering::read(text)).collect();
        let mut outline = Outline::new(labels.iter().copied().flatten());
        let found: Vec<u8> = labels
            .iter()
            .map(|&label| {
                let level = outline.level(label);
                outline.push(label, level, "s");
                level
            })
            .collect();
        assert_eq!(found, levels);
    }

    #[test]
    fn levels_follow_style_and_count() {
        case(
            &["一、甲", "（一）乙", "1. 丙", "（二）丁", "二、戊"],
            &[1, 2, 3, 2, 1],
        );
        case(
            &["第一部分 甲", "第二部分 乙", "一、丙", "二、丁"],
            &[1, 1, 2, 2],
        );
        case(&["提示", "一、甲", "说明", "（一）乙"], &[1, 1, 2, 3]);
        case(&["一、甲", "（一）乙", "（1）丙", "3.丁"], &[1, 2, 3, 3]);
        case(
            &["信息收集", "1. 甲", "2. 乙", "信息共享", "1. 丙"],
            &[1, 2, 2, 1, 2],
        );
        case(&["# 甲", "## 乙", "## 丙", "# 丁"], &[1, 2, 2, 1]);
        case(&["1. 甲", "1.1 乙", "1.2 丙", "2. 丁"], &[1, 2, 2, 1]);
    }

    #[test]
    fn a_count_inside_a_count_returns_to_the_outer_one() {
        case(
            &["一、甲", "（一）乙", "（二）丙", "2. 丁", "（三）戊"],
            &[1, 2, 2, 3, 2],
        );
    }

    #[test]
    fn counts_that_never_count_on_do_not_sink() {
        case(
            &[
                "1.甲",
                "（1）乙",
                "1.丙",
                "（1）丁",
                "1.戊",
                "（1）己",
                "1.庚",
                "（1）辛",
            ],
            &[1, 2, 3, 4, 3, 4, 3, 4],
        );
    }

    #[test]
    fn a_clause_that_counts_on_from_a_heading_leaves_its_section() {
        let mut outline = Outline::default();
        for (text, id) in [("一、甲", "s-1"), ("1、乙", "s-2")] {
            let label = numbering::read(text);
            let level = outline.level(label);
            outline.push(label, level, id);
        }
        assert_eq!(outline.section(None).as_deref(), Some("s-2"));
        assert_eq!(
            outline
                .section(numbering::read("2、您可以联系我们。"))
                .as_deref(),
            Some("s-1")
        );
        assert_eq!(
            outline
                .section(numbering::read("3、您可以投诉。"))
                .as_deref(),
            Some("s-1")
        );
    }
}
