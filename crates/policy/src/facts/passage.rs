//! What an extractor is shown: one heading or clause, and where it stands.

use std::cell::OnceCell;

use crate::document::Heading;
use crate::structure::draft::{Draft, Role};
use crate::structure::numbering::Style;
use crate::text::Glance;

/// What the headings above a clause speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Under {
    /// Device permissions.
    pub(super) permissions: bool,
    /// Third parties' kits.
    pub(super) kits: bool,
    /// Who receives data.
    pub(super) sharing: bool,
    /// How to reach the operator.
    pub(super) contact: bool,
    /// Cookies and what is like them.
    pub(super) web: bool,
    /// What words mean.
    pub(super) terms: bool,
}

impl Under {
    pub(super) fn of(title: &str) -> Self {
        let title = Glance::at(title);
        let third = title.sees(&["第三方", "合作方", "合作伙伴", "共享"]);
        Self {
            permissions: title.text().contains("权限")
                && !title.sees(&["访问权限控制", "权限管理制度"]),
            kits: title.sees(&["SDK", "sdk", "软件开发包", "软件工具开发包", "插件"])
                || (third && title.sees(&["清单", "目录", "列表", "名单"])),
            sharing: third
                || title.sees(&[
                    "委托",
                    "对外提供",
                    "提供、",
                    "提供和",
                    "分享",
                    "披露",
                    "转移",
                    "转让",
                ]),
            contact: title.sees(&["联系", "聯繫", "聯絡"]),
            web: title.sees(&["Cookie", "cookie", "同类技术", "类似技术", "同類技術"]),
            terms: title.sees(&["定义", "术语", "释义", "名词解释"])
                && !title.text().contains("自定义"),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            permissions: self.permissions || other.permissions,
            kits: self.kits || other.kits,
            sharing: self.sharing || other.sharing,
            contact: self.contact || other.contact,
            web: self.web || other.web,
            terms: self.terms || other.terms,
        }
    }
}

/// The headings that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Place {
    open: Vec<(u8, Under)>,
}

impl Place {
    /// Enters the section of a heading and says what stands above its own title.
    pub(super) fn enter(&mut self, heading: &Heading) -> Under {
        while self
            .open
            .pop_if(|(level, _)| *level >= heading.level)
            .is_some()
        {}
        let above = self.under();
        // The document's own title says nothing of one clause more than of another.
        if heading.level > 0 {
            self.open
                .push((heading.level, above.and(Under::of(&heading.title))));
        }
        above
    }

    pub(super) fn under(&self) -> Under {
        self.open
            .last()
            .map_or_else(Under::default, |(_, under)| *under)
    }
}

/// A heading or a clause.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    pub(super) text: &'a str,
    /// Where its words begin, behind the numbering.
    pub(super) start: usize,
    /// The style of its numbering; `None` for a heading.
    pub(super) label: Option<Style>,
    /// `None` for a heading.
    pub(super) role: Option<Role>,
    /// The level of a heading; 0 for a clause.
    pub(super) level: u8,
    /// Whether it is the document's title.
    pub(super) is_title: bool,
    pub(super) under: Under,
    /// Whether it describes a third party: what it names is not the operator's.
    pub(super) foreign: bool,
    /// Whether it is a cell of a table none of whose columns names permissions, kits or recipients.
    pub(super) plain_cell: bool,
    /// Whether it is a cell of a column that tells how long data is kept.
    pub(super) kept: bool,
    /// The passage before it; empty for the first.
    pub(super) previous: &'a str,
    line: u32,
    draft: Option<&'a Draft>,
    /// Characters before every [`STEP`] bytes of the text.
    steps: OnceCell<Vec<u32>>,
}

const STEP: usize = 1024;

impl<'a> Passage<'a> {
    pub(super) fn clause(draft: &'a Draft, under: Under, previous: &'a str) -> Self {
        // The words begin behind the blank behind the number.
        let words = |number: usize| {
            let rest = &draft.text[number..];
            number + rest.len() - rest.trim_start_matches(' ').len()
        };
        Self {
            text: &draft.text,
            start: draft.label.map_or(0, |label| words(label.length)),
            label: draft.label.map(|label| label.style),
            role: Some(draft.role),
            level: 0,
            is_title: false,
            under,
            foreign: false,
            plain_cell: false,
            kept: false,
            previous,
            line: draft.line(),
            draft: Some(draft).filter(|draft| draft.is_joined()),
            steps: OnceCell::new(),
        }
    }

    pub(super) fn heading(heading: &'a Heading, under: Under, previous: &'a str) -> Self {
        Self {
            text: &heading.title,
            start: 0,
            label: None,
            role: None,
            level: heading.level,
            is_title: heading.level == 0,
            under,
            foreign: false,
            plain_cell: false,
            kept: false,
            previous,
            line: heading.line,
            draft: None,
            steps: OnceCell::new(),
        }
    }

    /// Whether it is a statement: no cell, no caption.
    pub(super) fn is_prose(&self) -> bool {
        matches!(self.role, None | Some(Role::Paragraph))
    }

    /// First line of the source.
    pub(super) fn line(&self) -> u32 {
        self.line
    }

    /// Line of the source on which the byte `at` stands.
    pub(super) fn line_at(&self, at: usize) -> u32 {
        let Some(draft) = self.draft else {
            return self.line;
        };
        let steps = self.steps.get_or_init(|| {
            let mut count = 0;
            let starts = self.text.as_bytes().chunks(STEP).map(|chunk| {
                let before = count;
                // A byte that does not continue a character begins one.
                let begun = chunk.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
                count += u32::try_from(begun).unwrap_or(0);
                before
            });
            starts.collect()
        });
        let whole = steps.get(at / STEP).copied().unwrap_or(0) as usize;
        let part = &self.text.as_bytes()[at / STEP * STEP..at];
        let begun = part.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        draft.line_at(whole + begun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_from_bytes() {
        let text = format!("\n\n{}\n乙丙", "甲".repeat(700));
        let lines = crate::input::lines::split(&text);
        let mut draft = Draft::of(&lines[0], Role::Paragraph);
        draft.append(&lines[1]);
        let passage = Passage::clause(&draft, Under::default(), "");
        assert_eq!(passage.line_at(0), 3);
        assert_eq!(passage.line_at(2097), 3);
        assert_eq!(passage.line_at(2100), 4);
        assert_eq!(passage.line_at(2103), 4);
        let single = Draft::new(7, "甲", Role::Paragraph);
        assert_eq!(Passage::clause(&single, Under::default(), "").line_at(0), 7);
    }
}
