//! Lists: which clause opens one, and which are its items. An item means what its opening says.

use crate::structure::draft::{Draft, Role};
use crate::structure::numbering::Style;

/// A list that is open.
#[derive(Debug)]
struct Lead {
    /// Index of the clause that opens it.
    clause: usize,
    section: Option<usize>,
    /// How the opening clause is numbered, and its first item.
    style: Option<Style>,
    item: Option<Option<Style>>,
}

/// Follows the clauses of a document in order.
#[derive(Debug, Default)]
pub(super) struct Leads {
    open: Vec<Lead>,
    /// Index and end of the clause before.
    before: Option<(usize, End)>,
}

/// How a clause ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// A colon, or a full stop behind 以下, 如下: a list follows.
    Opens,
    /// 。
    Closed,
    /// ； or nothing.
    Going,
}

impl End {
    fn of(text: &str) -> Self {
        let text = text.trim_end_matches(['*', '”', '"', '）', ')', ' ']);
        if text.ends_with(['：', ':']) {
            return Self::Opens;
        }
        let closed = text.ends_with(['。', '！', '？', '.']);
        let last = text
            .trim_end_matches(['。', '！', '？', '.'])
            .rsplit(['。', '；'])
            .next();
        let announces = |last: &str| ["如下", "以下", "下列"].iter().any(|w| last.contains(w));
        match closed {
            true if last.is_some_and(announces) => Self::Opens,
            true => Self::Closed,
            false => Self::Going,
        }
    }
}

impl Leads {
    /// The clause that opens the list in which this one, the next, is an item.
    pub(super) fn of(
        &mut self,
        index: usize,
        draft: &Draft,
        section: Option<usize>,
    ) -> Option<usize> {
        let style = draft.label.map(|label| label.style);
        let table = draft.role != Role::Paragraph;
        while let Some(lead) = self.open.last_mut() {
            let first = lead.clause + 1 == index;
            let same = lead.section == section;
            let item = same
                && match (lead.item, style) {
                    // The first item says how the others are numbered.
                    (None, style) => first && (style.is_none() || style != lead.style),
                    (Some(item), Some(_)) if item == style => true,
                    // Deeper than the items, or a numbered list behind plain lines.
                    (Some(Some(item)), Some(style)) => style > item && Some(style) != lead.style,
                    (Some(None), Some(_)) => false,
                    // A line without a number goes on with an item that has not come to its end.
                    (Some(None), None) => self.before.is_some_and(|(_, end)| end != End::Closed),
                    (Some(Some(_)), None) => {
                        table || self.before.is_some_and(|(_, end)| end == End::Going)
                    }
                };
            if item {
                lead.item.get_or_insert(style);
                break;
            }
            self.open.pop();
        }
        let lead = self.open.last().map(|lead| lead.clause);
        let end = End::of(&draft.text);
        self.before = Some((index, end));
        if end == End::Opens && !table {
            self.open.push(Lead {
                clause: index,
                section,
                style,
                item: None,
            });
        }
        lead
    }

    /// Whether the clause that was asked for last opens a list.
    pub(super) fn last_opens(&self) -> bool {
        let last = self.before.map(|(index, _)| index);
        self.open.last().map(|lead| lead.clause) == last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;

    /// For each line the number of the line that opens its list, 0 for none.
    #[track_caller]
    fn case(text: &str, expected: &[usize]) {
        let mut leads = Leads::default();
        let found: Vec<usize> = lines::split(text)
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let draft = Draft::of(line, Role::Paragraph);
                leads.of(index, &draft, None).map_or(0, |lead| lead + 1)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn items_know_what_opened_their_list() {
        case("以下情形除外：\n1、甲；\n2、乙。\n另一句。", &[0, 1, 1, 0]);
        case("1、收集：\n（1）甲。\n（2）乙。\n2、共享。", &[0, 1, 1, 0]);
        case("收集：\n甲；\n乙。\n另一句。", &[0, 1, 1, 0]);
        case("有以下权利。\n（一）甲：\n1. 乙\n（二）丙", &[0, 1, 2, 1]);
        case("甲。\n乙。", &[0, 0]);
    }
}
