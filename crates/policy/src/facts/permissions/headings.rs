//! Permissions that headings name.

use super::Permissions;
use crate::facts::passage::Passage;
use crate::facts::reach::{after, ends, has, starts, tidy};
use crate::facts::scan::{Hit, longest};
use crate::facts::words::{self, Sure};
use crate::facts::{asked, purposes};
use crate::structure::draft::Role;

/// Longest heading that is read, in bytes.
const LONGEST: usize = 75;

/// Permissions of which a paragraph below the last of their headings may tell.
#[derive(Debug, Default)]
pub(super) struct Family {
    /// The level of their headings.
    pub(super) level: u8,
    /// Whether they stand below one that names a permission.
    pub(super) nested: bool,
    /// Whether a clause stands below the last of them.
    pub(super) told: bool,
    pub(super) members: Vec<usize>,
}

impl Permissions<'_> {
    /// A heading that is the name of a permission: the clause below says what it is for.
    pub(super) fn heading(&mut self, passage: &Passage<'_>, hits: &[Hit]) {
        self.titled = None;
        let text = passage.text;
        if text.len() > LONGEST {
            return;
        }
        for hit in longest(hits) {
            let known = words::permission(hit.word);
            let tail = tidy(&text[hit.end()..]);
            let bare =
                tail.is_empty() || starts(tail, &["权限", "功能", "访问", "、", "和", "（", "("]);
            let head = tidy(&text[..hit.start()]);
            // 基于相机权限的附加服务
            let based = head.starts_with("基于") && has(tail, &["服务", "功能", "业务"]);
            let bare = bare || based;
            let plain = head.is_empty()
                || based
                || has(
                    head,
                    &["权限", "访问", "获取", "读取", "开启", "、", "使用"],
                )
                || is_owned(head);
            if bare
                && plain
                && (passage.under.permissions || known.sure == Sure::Own || text.contains("权限"))
            {
                let at = self.add(asked::given(text, hit), passage.line());
                self.waiting.push(at);
            } else if is_use(tail, head) {
                self.titled = Some((known.name, passage.line()));
            }
        }
        // Labelled items below it tell of them: 使用目的：…
        if !self.waiting.is_empty() {
            self.titled = None;
            self.open = Some((self.waiting.clone(), false));
        }
    }

    /// Notes the permissions of a heading beside those of the headings before it that stand with it below one
    /// of a permission.
    pub(super) fn family(&mut self, passage: &Passage<'_>) {
        let family = &mut self.family;
        if self.waiting.is_empty() {
            family.members.clear();
            return;
        }
        let level = passage.level;
        let below = !family.members.is_empty() && !family.told && family.level < level;
        if !(family.nested && family.level == level) {
            family.members.clear();
            family.nested = below;
        }
        family.level = level;
        family.told = false;
        family.members.extend(&self.waiting);
    }

    /// The permission of the heading above, where the passage calls it one: `应用会申请此权限`.
    pub(super) fn below(&mut self, passage: &Passage<'_>, hits: &[Hit]) -> Option<usize> {
        let (name, line) = self.titled?;
        if passage.role != Some(Role::Paragraph) {
            return None;
        }
        let near = after(passage.text, 0, 600);
        // Another permission in the passage is what it speaks of.
        let other = hits.iter().any(|hit| {
            let known = words::permission(hit.word);
            known.sure != Sure::Data && known.name != name
        });
        if other || !purposes::points(near) {
            return None;
        }
        self.titled = None;
        Some(self.add(name, line))
    }
}

/// Whether words before a permission only say whose it is: `手机`, `某某相册的`.
fn is_owned(head: &str) -> bool {
    ends(head, &["手机", "设备", "系统", "的", "您", "应用"]) && !is_other(head)
}

/// Whether a heading is about the use of what it names: `某某的麦克风使用`, `使用相机`.
fn is_use(tail: &str, head: &str) -> bool {
    let uses = matches!(
        tail,
        "使用" | "的使用" | "调用" | "的调用" | "获取" | "的获取" | "访问" | "的访问"
    );
    let used = tail.is_empty() && ends(head, &["使用", "调用", "获取", "访问", "读取"]);
    (uses || used) && !is_other(head)
}

/// Whether words before a permission speak of something else than asking for it.
fn is_other(head: &str) -> bool {
    has(
        head,
        &[
            "关闭",
            "第三方",
            "SDK",
            "撤回",
            "取消",
            "管理",
            "如何",
            "不",
            "员工",
            "无需",
            "拒绝",
        ],
    )
}
