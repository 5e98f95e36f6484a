//! What a permission is for where its own sentence is silent: the sentence behind it, the data it gives
//! access to, the kit that asks for it, the head of its clause.

use std::collections::HashMap;
use std::ops::Range;

use super::columns::Column;
use super::fields::Field;
use super::passage::Passage;
use super::reach::{after, around, before, ends, first_part, has, is_comma, is_stop, starts};
use super::{asked, lists, purposes, refusals};

/// How often the text is asked what a datum is for.
const LOOKS: usize = 24;

/// What is told around the permissions of a section.
#[derive(Debug, Default)]
pub(super) struct Around<'a> {
    section: u32,
    data: HashMap<&'static str, Datum<'a>>,
    /// The purpose of the list of data that is open.
    lead: Option<&'a str>,
    /// What the open run of pairs says of its purpose.
    run: Option<&'a str>,
    /// Permissions of the passage whose own sentences are silent.
    asked: Vec<Asked>,
}

/// A permission whose own sentence does not say what it is for.
#[derive(Debug)]
pub(super) struct Asked {
    /// Its number.
    pub(super) at: usize,
    /// Whether it was not named before.
    fresh: bool,
    /// Where its sentence ends.
    end: usize,
    spot: Range<usize>,
}

/// A datum that a permission gives access to. What it is for is asked only where the permission is silent,
/// which few are.
#[derive(Debug, Default)]
struct Datum<'a> {
    looks: u8,
    section: u32,
    /// Where the section names it, as far as that has not been looked at.
    spots: Vec<Spot<'a>>,
    purpose: Option<&'a str>,
}

#[derive(Debug)]
struct Spot<'a> {
    text: &'a str,
    place: Range<usize>,
    /// The purpose of the list of data that it is an item of.
    lead: Option<&'a str>,
}

impl<'a> Datum<'a> {
    fn purpose(&mut self) -> Option<&'a str> {
        let mut spots = std::mem::take(&mut self.spots).into_iter();
        if self.purpose.is_none() {
            self.purpose = spots.find_map(|Spot { text, place, lead }| {
                self.looks += 1;
                let range = around(text, place.start, (200, 300), is_stop);
                let from = range.start;
                purposes::purpose(&text[range], place.start - from, place.end - from).or(lead)
            });
        }
        self.purpose
    }
}

impl<'a> Around<'a> {
    /// Enters a passage.
    pub(super) fn enter(&mut self, passage: &Passage<'a>, pairs: &[Field<'a>]) {
        if passage.role.is_none() {
            self.section += 1;
            self.lead = None;
        } else if passage.text.trim_end().ends_with(['：', ':']) {
            self.lead = purposes::leading(&passage.text[passage.start..]);
        }
        if pairs.is_empty() {
            self.run = None;
        }
        // A remark behind sentences is no purpose: `…。说明：部分机型…`.
        let purpose = pairs.iter().find(|field| {
            field.column == Column::Purpose
                && (field.name != "说明" || field.start <= passage.start || pairs.len() > 1)
        });
        if let Some(field) = purpose.filter(|field| !field.value.is_empty()) {
            self.run = Some(field.value);
        }
    }

    /// A datum that stands at `spot`: what it is for, the permission will be for as well.
    pub(super) fn datum(&mut self, passage: &Passage<'a>, name: &'static str, spot: Range<usize>) {
        let datum = self.data.entry(name).or_default();
        if datum.section != self.section {
            datum.section = self.section;
            datum.purpose = None;
            datum.spots.clear();
        }
        if datum.purpose.is_some() || usize::from(datum.looks) + datum.spots.len() >= LOOKS {
            return;
        }
        let heads = spot.start < passage.start + 12;
        datum.spots.push(Spot {
            text: passage.text,
            place: spot,
            lead: self.lead.filter(|_| heads),
        });
    }

    /// Notes a permission at `spot` whose sentence, which ends at `end`, is silent.
    pub(super) fn ask(&mut self, at: usize, fresh: bool, end: usize, spot: Range<usize>) {
        self.asked.push(Asked {
            at,
            fresh,
            end,
            spot,
        });
    }

    /// Takes the permissions that were noted.
    pub(super) fn asked(&mut self) -> Vec<Asked> {
        std::mem::take(&mut self.asked)
    }

    /// The purpose of the permission `name` that was noted.
    pub(super) fn purpose(
        &mut self,
        passage: &Passage<'a>,
        name: &str,
        asked: &Asked,
    ) -> Option<&'a str> {
        let datum = self.data.get_mut(name);
        let datum = datum.filter(|datum| datum.section == self.section);
        behind(passage.text, name, asked.end)
            .or_else(|| datum?.purpose())
            // What a kit needs a permission for, the operator may not; and data are no permissions.
            .or_else(|| {
                let run = self.run.filter(|_| asked.fresh && says_so(passage, asked));
                let told = run.map(refusals::before_it);
                // 经您同意，我们会读取相册，以便…: the aim of a sentence, and not all of it.
                let aim = told.filter(|told| purposes::is_leave(told));
                let aim = aim.and_then(|told| purposes::purpose(told, 0, 0));
                aim.or(told).filter(|told| !told.is_empty())
            })
            .or_else(|| head(passage, &asked.spot))
            .or_else(|| with(after(passage.text, asked.spot.end, 240)))
            .or_else(|| continued(passage, asked.spot.start))
    }
}

/// Whether the word itself says that it is a permission.
fn says_so(passage: &Passage<'_>, asked: &Asked) -> bool {
    let word = &passage.text[asked.spot.clone()];
    word.ends_with("权限") || passage.text[asked.spot.end..].starts_with("权限")
}

/// The purpose that the next sentence gives where it names the same again or points back to it.
fn behind<'a>(text: &'a str, name: &str, end: usize) -> Option<&'a str> {
    let next = after(text, end, 300).trim_start_matches(is_stop);
    let next = first_part(next, is_stop);
    let at = asked::mention(next, name);
    at.and_then(|at| purposes::purpose(next, at, at + name.len()))
        .or_else(|| purposes::pointed(next))
}

/// The purpose with which the sentence before opens, where it asks for permissions and this one goes on
/// with it: `为了登录，我们需要调用…权限。我们还需要调用电话权限`, or where this one is for that:
/// `为便于您找伴，我们会展示附近的人。为此，我们需要位置权限`.
fn continued<'a>(passage: &Passage<'a>, start: usize) -> Option<&'a str> {
    const ON: [&str; 7] = ["我们", "此外", "同时", "另外", "还", "并", "也"];
    const BACK: usize = 600;
    let open = around(passage.text, start, (BACK, 0), is_stop).start;
    let near = passage.text[open..start].trim_start();
    let for_it = near.starts_with("为此");
    if open <= passage.start || !for_it && (near.len() > 150 || !starts(near, &ON)) {
        return None;
    }
    let reach = if for_it { BACK } else { 300 };
    let left = before(passage.text, open, reach.min(open - passage.start));
    let left = left.trim_end_matches(is_stop);
    let last = left.rsplit(is_stop).next()?;
    let whole = last.len() < left.len() || passage.start + reach >= open;
    (whole && (for_it || last.contains("权限")))
        .then(|| purposes::leading(last))
        .flatten()
}

/// The head of a clause that begins with asking for the permission: `邀请好友：读取通讯录…`.
fn head<'a>(passage: &Passage<'a>, spot: &Range<usize>) -> Option<&'a str> {
    const OTHER: [&str; 23] = [
        "信息", "数据", "权限", "授权", "设备", "说明", "提示", "注意", "撤回", "关闭", "管理",
        "同意", "拒绝", "方式", "偏好", "方", "SDK", "设置", "如下", "包括", "以下", "我们", "您",
    ];
    let open = after(passage.text, passage.start, 48);
    let end = open.find(is_comma_or_colon)?;
    let head = &open[..end];
    let body = passage.start + end;
    if !open[end..].starts_with(['：', ':'])
        || spot.start <= body
        || has(head, &OTHER)
        || lists::name(head).is_some()
    {
        return None;
    }
    let between = before(passage.text, spot.start, 90.min(spot.start - body));
    let asks = has(between, &["读取", "访问", "调用", "请求", "申请", "需"]);
    let first = !between.contains(is_stop) && spot.start - body <= 90;
    let negated = starts(between, &["：不", ":不"]) || has(between, &["不会", "不得"]);
    (asks && first && !negated)
        .then(|| purposes::clean(head))
        .flatten()
}

/// What the permission is used with: `开启定位功能并使用附近服务时，…`,
/// `开启定位功能、后台定位功能并使用相关服务（包括找伴、计程）`.
fn with(right: &str) -> Option<&str> {
    let names = ["功能", "权限", "服务"];
    let head = first_part(right, is_comma);
    let (others, part) = head.split_once("并使用")?;
    if let Some(open) = part.find(['（', '(']) {
        let inside = part[open..].trim_start_matches(['（', '(']);
        let inside = ["包括", "如", "例如"]
            .iter()
            .find_map(|word| inside.strip_prefix(word));
        let inside = inside.and_then(|inside| inside.split(['）', ')']).next());
        let vague = ends(
            &part[..open],
            &["相关服务", "相关功能", "相应服务", "相应功能"],
        );
        if vague && (others.is_empty() || ends(others, &names)) && inside.is_some() {
            return inside.and_then(purposes::clean);
        }
    }
    let right = right.strip_prefix("功能").unwrap_or(right);
    let part = right.strip_prefix("并使用")?;
    let part = &part[..part.find("时，").or_else(|| part.find("时,"))?];
    (!part.contains(is_stop))
        .then(|| purposes::clean(purposes::without_brackets(part)))
        .flatten()
}

fn is_comma_or_colon(c: char) -> bool {
    is_comma(c) || matches!(c, '：' | ':')
}
