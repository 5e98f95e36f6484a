//! Sentences that name permissions, and what they and those around them say.

use std::ops::Range;

use super::{Permissions, TRIES};
use crate::facts::cues::{Cue, cues};
use crate::facts::passage::Passage;
use crate::facts::reach::{after, around, before, ends, has, is_comma, is_stop};
use crate::facts::scan::{Hit, longest};
use crate::facts::words::{self, Sure};
use crate::facts::{asked, lists, purposes, refusals};

/// Bytes behind the begin of a sentence in which its refusal is told.
const REACH: usize = 900;

/// Refusals that are looked at: more of them are not told of one permission.
const REFUSALS: usize = 6;

/// Two names of one permission of the system.
const TWINS: [[&str; 2]; 2] = [["相机", "摄像头"], ["电话", "电话状态"]];

/// Permissions of the system and what texts call them as well.
const KIN: [[&str; 2]; 17] = [
    ["电话", "拨打电话"],
    ["电话", "电话状态"],
    ["相册", "照片"],
    ["相机", "CAMERA"],
    ["麦克风", "RECORD_AUDIO"],
    ["位置", "ACCESS_FINE_LOCATION"],
    ["位置", "ACCESS_COARSE_LOCATION"],
    ["存储", "READ_EXTERNAL_STORAGE"],
    ["存储", "WRITE_EXTERNAL_STORAGE"],
    ["通讯录", "READ_CONTACTS"],
    ["电话状态", "READ_PHONE_STATE"],
    ["电话", "READ_PHONE_STATE"],
    ["日历", "WRITE_CALENDAR"],
    ["日志", "READ_LOGS"],
    ["通知", "POST_NOTIFICATIONS"],
    ["悬浮窗", "SYSTEM_ALERT_WINDOW"],
    ["应用列表", "QUERY_ALL_PACKAGES"],
];

/// Whether two names are of one permission: 相册 and 相册/存储, 日志 and READ_LOGS.
fn is_kin(name: &str, other: &str) -> bool {
    let known = |name| lists::name(name).map_or(name, |(name, _)| name);
    let name = known(name);
    let mut parts = other.split(['/', '、', '（', '(', '）', ')', '和', '及']);
    let part = parts.any(|part| known(part) == name);
    // Constants are also written small: read_logs.
    let (name, other) = (name.to_ascii_uppercase(), other.to_ascii_uppercase());
    let pair = |[one, two]: &[&str; 2]| {
        *one == name && other.ends_with(two) || *two == name && other == *one
    };
    part || TWINS.iter().chain(&KIN).any(pair)
}

impl Permissions<'_> {
    /// Drops those of which nothing is told, or nothing else on the line, where the same is told of under
    /// another name.
    pub(super) fn drop_kin(&mut self) {
        let told = self.found.iter().filter(|fact| fact.purpose.is_some());
        let told: Vec<_> = told
            .map(|fact| (fact.name.clone(), fact.line, fact.purpose.clone()))
            .collect();
        self.found.retain(|fact| {
            let mut others = told.iter().take_while(|other| other.0 != fact.name);
            let again = |(other, line, purpose): &(String, u32, Option<String>)| {
                *line == fact.line && *purpose == fact.purpose && is_kin(&fact.name, other)
            };
            if fact.purpose.is_some() {
                !others.any(again)
            } else {
                fact.refusal.is_some() || !told.iter().any(|(other, ..)| is_kin(&fact.name, other))
            }
        });
    }

    /// The number of a permission that was named before, by this name or its twin.
    fn place(&self, name: &str) -> Option<usize> {
        let known = |name: &str| self.known.get(name).copied();
        let twin = || {
            let mut pairs = TWINS.iter();
            pairs.find_map(|&[first, second]| match name {
                _ if name == first => known(second),
                _ if name == second => known(first),
                _ => None,
            })
        };
        known(name).or_else(twin)
    }

    /// Adds a permission under a name whose twin may be known: it is the same one, but where the text
    /// tells another purpose of each.
    pub(super) fn enter(&mut self, name: &str, line: u32, purpose: Option<&str>) -> usize {
        if let Some(at) = self.place(name).filter(|_| !self.known.contains_key(name)) {
            let told = self.found.get(at).and_then(|fact| fact.purpose.as_deref());
            if told.is_none() || purpose.is_none() || told == purpose {
                self.known.insert(name.to_owned(), at);
            }
        }
        self.add(name, line)
    }

    /// Permissions that a sentence in a cell asks for, where no column names any.
    pub(super) fn cell(&mut self, passage: &Passage<'_>, hits: &[Hit]) {
        const ASKS: [&str; 8] = [
            "获取", "申请", "请求", "调用", "访问", "开启", "授权", "使用",
        ];
        if hits.is_empty() || passage.under.kits || passage.under.sharing {
            return;
        }
        let text = passage.text;
        for hit in longest(hits) {
            let known = words::permission(hit.word);
            let open = around(text, hit.start(), (200, 0), is_stop).start;
            let left = &text[open..hit.start()];
            let asked = has(left, &["我们", "我方", "应用"]) && has(left, &ASKS);
            let own = known.sure == Sure::Own && text[..hit.end()].ends_with("权限");
            if own && asked && asked::counts(passage, hit, known.sure) {
                self.sentence(passage, known.name, known.name, hit.start()..hit.end());
            }
        }
        self.around.asked();
        self.waiting.clear();
    }

    /// A permission that stands at `spot`, with what the clause says of it.
    pub(super) fn sentence(
        &mut self,
        passage: &Passage<'_>,
        name: &str,
        key: &'static str,
        spot: Range<usize>,
    ) {
        let text = passage.text;
        let tries = self.tries.entry(key).or_default();
        if *tries >= TRIES {
            return;
        }
        *tries += 1;
        let mut range = around(text, spot.start, (300, 600), is_stop);
        range.start = range.start.max(passage.start.min(spot.start));
        let known = self.known.get(name).and_then(|&at| self.found.get(at));
        let (told, refused) = known.map_or((false, false), |fact| {
            (fact.purpose.is_some(), fact.refusal.is_some())
        });
        // What follows where a kit is refused something does not follow for what is told of us.
        if told && asked::is_of_kit(text, spot.start) {
            return;
        }
        // 相机权限：用于… opens a list of permissions: what follows the name is said of it.
        let aim = || {
            let sentence = &text[range.clone()];
            purposes::purpose(sentence, spot.start - range.start, spot.end - range.start)
                .or_else(|| asked::stated(after(text, spot.end, 300)))
        };
        let purpose = if told { None } else { aim() };
        // A refusal told elsewhere gives way to the one that is told with the purpose.
        let pair = refused && purpose.is_some();
        let refusal = if refused && !pair {
            None
        } else {
            self.refusal(name, text, range.start)
        };
        // What is told here of another use of it does not follow for the first.
        let known_at = self.known.get(name).copied();
        let line = passage.line_at(spot.start);
        let far = known.is_some_and(|fact| fact.line != line);
        let other = told && far && refusal.is_some();
        let other = other && known_at.is_some_and(|at| self.is_for_another(at, aim()));
        let refusal = refusal.filter(|_| !other);
        let (told, refused) = (told || purpose.is_some(), refused || refusal.is_some());
        if told && refused {
            self.tries.insert(key, TRIES);
        }
        let fresh = known.is_none();
        let at = self.enter(name, line, purpose);
        if pair {
            self.pair(at, refusal);
        }
        self.fill(at, purpose, refusal);
        if passage.label.is_some() {
            self.group.push(at);
        }
        if !other && (!told || !refused) {
            self.waiting.push(at);
        }
        if !told {
            self.around.ask(at, fresh, range.end, spot);
        }
    }

    /// Whether a permission is told to be for something else already, of which no refusal is told: what
    /// follows here does not follow there.
    pub(super) fn is_for_another(&self, at: usize, purpose: Option<&str>) -> bool {
        let told = self.found.get(at).filter(|fact| fact.refusal.is_none());
        let told = told.and_then(|fact| fact.purpose.as_deref());
        // 以达到撤回同意的目的 is no use of it.
        let purpose = purpose.filter(|purpose| !has(purpose, &["撤回", "关闭", "授权", "权限"]));
        told.is_some_and(|told| {
            !refusals::is_general(told) && purpose.is_some_and(|purpose| purpose != told)
        })
    }

    /// Makes room for the refusal that is told with the purpose.
    pub(super) fn pair(&mut self, at: usize, refusal: Option<&str>) {
        if let Some(fact) = self.found.get_mut(at) {
            fact.refusal.take_if(|_| refusal.is_some());
        }
    }

    /// The refusal that the sentence at `start` and those behind it tell of a permission; what the last
    /// sentence of a long passage tells of all that was said is told of it as well.
    fn refusal<'a>(&self, name: &str, text: &'a str, start: usize) -> Option<&'a str> {
        const ALL: [&str; 6] = ["上述", "前述", "以上", "这些", "该等", "此类"];
        let mut near = refusals::whole_sentences(text, start, REACH);
        let mut tries = 0..REFUSALS;
        while tries.next().is_some()
            && let Some(refusal) = refusals::refusal(near)
        {
            if !self.is_of_another(name, refusal) {
                return Some(refusal);
            }
            let end = near.find(refusal)? + refusal.len();
            near = &near[end..];
        }
        let reached = start + REACH + purposes::LONGEST;
        if reached >= text.len() {
            return None;
        }
        let last = before(text, text.len(), purposes::LONGEST).trim_end();
        let last = last.trim_end_matches(is_stop);
        let last = &last[last.rfind(is_stop)?..];
        let last = last.trim_start_matches(is_stop);
        refusals::refusal(last).filter(|refusal| has(refusal, &ALL))
    }

    /// Whether a refusal names other permissions than this one: `如拒绝存储权限，…`.
    fn is_of_another(&self, name: &str, refusal: &str) -> bool {
        let glance = after(refusal, 0, 90);
        let outcome = cues(Cue::Outcome).iter();
        let outcome = outcome.filter_map(|word| glance.find(word)).min();
        let head = &glance[..outcome.unwrap_or(glance.len())];
        // What others take is not ours.
        if has(head, &["拒绝第三方", "拒绝该第三方", "不同意第三方"]) {
            return true;
        }
        if let Some(other) = closed(head) {
            return !self.is_same(name, other);
        }
        let Some(end) = head.find("权限").or_else(|| head.find("授权")) else {
            return false;
        };
        let mut row = lists::row(head, end);
        if row.is_empty() {
            let item = head[..end].trim_end_matches('的');
            row.extend(lists::last_name(item).map(|(name, _)| (name, 0..0)));
        }
        !row.is_empty() && !row.iter().any(|(other, _)| self.is_same(name, other))
    }

    /// Whether two names are of one permission, as far as the text has told.
    fn is_same(&self, name: &str, other: &str) -> bool {
        let at = self.place(name);
        let is_kin = |kin: &[&str; 2]| kin.contains(&other) && kin.contains(&name);
        let kin = TWINS.iter().chain(&[["相册", "照片"]]).any(is_kin);
        other == name || at.is_some() && self.place(other) == at || kin
    }
}

/// The permission that is closed without being called one: `请不要关闭存储信息，否则…`.
fn closed(head: &str) -> Option<&'static str> {
    let part = head.split(is_comma).next()?;
    let words = ["关闭", "禁用", "拒绝"];
    let rest = words
        .iter()
        .find_map(|word| Some(part.split_once(word)?.1))?;
    let rest = rest.strip_prefix("您的").unwrap_or(rest);
    let rest = ["之后", "后", "的"]
        .iter()
        .find_map(|tail| rest.strip_suffix(tail))
        .unwrap_or(rest);
    let plain = ends(rest, &["信息", "功能", "服务"]) && !has(rest, &["、", "和", "及", "或"]);
    let (name, _) = lists::name(rest).filter(|_| plain)?;
    (!matches!(name, "设备信息" | "手机号码")).then_some(name)
}
