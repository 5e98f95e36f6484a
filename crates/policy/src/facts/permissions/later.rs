//! What later passages say of the permissions that were named before.

use super::Permissions;
use crate::facts::passage::Passage;
use crate::facts::reach::{after, before, ends, first_part, has, is_comma, is_stop};
use crate::facts::scan::{Found, Hit, Topic, longest};
use crate::facts::words::{self, Sure};
use crate::facts::{asked, lists, purposes, refusals};
use crate::structure::draft::Role;

/// Words that point back to the permissions of a list.
const THESE: [&str; 20] = [
    "这些权限",
    "这些授权",
    "上述权限",
    "上述授权",
    "以上权限",
    "以上授权",
    "该等权限",
    "前述权限",
    "前述授权",
    "此等权限",
    "任一权限",
    "任何权限",
    "任意权限",
    "任一授权",
    "任何授权",
    "任一项权限",
    "任何一项权限",
    "任意一项权限",
    "前述任",
    "上述任",
];

/// Words that point forward to the permissions of a list.
const NEXT: [&str; 9] = [
    "以下权限",
    "下列权限",
    "如下权限",
    "以下任",
    "下列任",
    "下述权限",
    "以下设备权限",
    "以下系统权限",
    "下述设备权限",
];

impl Permissions<'_> {
    /// Notes what the words before a list of permissions say of the refusal of any of them.
    pub(super) fn lead(&mut self, passage: &Passage<'_>, found: &Found) {
        if passage.label.is_none() || !found.of(Topic::Listing).is_empty() {
            self.led = None;
        }
        if found.of(Topic::Listing).is_empty() {
            return;
        }
        let text = before(passage.text, passage.text.len(), 900);
        let leads = (self.listing || passage.under.permissions) && has(text, &NEXT);
        let refusal = leads.then(|| refusals::refusal(text)).flatten();
        let all = refusal.filter(|refusal| has(refusal, &NEXT) || has(refusal, &THESE));
        self.led = all.map(|refusal| refusal.trim_end_matches(['：', ':']).to_owned());
    }

    /// Gives the permissions of the list that ends before this passage the refusal that it tells of all
    /// of them.
    pub(super) fn close(&mut self, passage: &Passage<'_>) {
        if passage.label.is_some() || self.group.is_empty() && self.bare.is_empty() {
            return;
        }
        let group = std::mem::take(&mut self.group);
        let bare = std::mem::take(&mut self.bare);
        if passage.role != Some(Role::Paragraph) {
            return;
        }
        let text = refusals::whole_sentences(passage.text, 0, 900);
        if !points_back(text) {
            return;
        }
        if let Some(refusal) = refusals::refusal(text) {
            let bare: Vec<usize> = bare
                .into_iter()
                .map(|(name, line)| self.add(name, line))
                .collect();
            for at in group.into_iter().chain(bare) {
                self.fill(at, None, Some(refusal));
            }
        }
    }

    /// What a further paragraph below headings of permissions says of their refusal is said of each of them:
    /// `拒绝该权限将无法使用上述功能`.
    pub(super) fn told_below(&mut self, passage: &Passage<'_>, hits: &[Hit]) {
        let other = || {
            let mut hits = hits.iter();
            hits.any(|hit| words::permission(hit.word).sure != Sure::Data)
        };
        let family = &mut self.family;
        if family.members.is_empty() || passage.role.is_none() {
            return;
        }
        if passage.label.is_some() || passage.role != Some(Role::Paragraph) || other() {
            family.members.clear();
            return;
        }
        if !std::mem::replace(&mut family.told, true) {
            return;
        }
        let text = refusals::whole_sentences(passage.text, 0, 600);
        if !has(text, &["该权限", "此权限", "上述权限", "该等权限"]) {
            return;
        }
        if let Some(refusal) = refusals::refusal(text) {
            for at in std::mem::take(&mut family.members) {
                self.fill(at, None, Some(refusal));
            }
        }
    }

    /// Notes an item that is nothing but the getting of a datum: `1、位置信息获取`. Says whether it is.
    pub(super) fn bare(&mut self, passage: &Passage<'_>, hits: &[Hit]) -> bool {
        const MOST: usize = 30;
        let Some(hit) = hits.first().filter(|_| passage.label.is_some()) else {
            return false;
        };
        let known = words::permission(hit.word);
        let tail = after(passage.text, hit.end(), 30).trim_end();
        let whole = tail.len() == passage.text.trim_end().len() - hit.end();
        let gets = matches!(tail, "获取" | "读取" | "访问" | "信息获取");
        let head = passage.text[passage.start.min(hit.start())..hit.start()].trim();
        let counts = known.sure == Sure::Data && head.is_empty() && whole && gets;
        if counts && self.bare.len() < MOST {
            self.bare.push((known.name, passage.line()));
        }
        counts
    }

    /// Adds a permission whose name is all that an item of a list says: the next passage may tell of it.
    pub(super) fn alone(&mut self, passage: &Passage<'_>) -> bool {
        let text = passage.text[passage.start..].trim();
        let name = (text.len() <= 60).then(|| lists::name(text)).flatten();
        if let Some((name, _)) = name {
            let at = self.enter(name, passage.line(), None);
            self.waiting.push(at);
            self.group.push(at);
        }
        name.is_some()
    }

    /// Gives the permissions of the last passage what this one says of them.
    /// A `sibling` is the next item of their list, which speaks of something else.
    pub(super) fn complete(
        &mut self,
        waiting: &[usize],
        passage: &Passage<'_>,
        hits: &[Hit],
        sibling: bool,
    ) {
        if passage.under.web {
            return;
        }
        let hits = &longest(hits)[..];
        let head = after(passage.text, 0, 600);
        let first = &head[..head.find(is_stop).unwrap_or(head.len())];
        let topic = topic(after(passage.text, passage.start, 90));
        for &at in waiting {
            let Some(fact) = self.found.get(at) else {
                continue;
            };
            // A clause about other permissions speaks of those.
            let near = || {
                hits.iter()
                    .map_while(|hit| (hit.end() <= 600).then(|| words::permission(hit.word)))
            };
            let same = near().any(|known| known.name == fact.name);
            let other = near().any(|known| known.sure != Sure::Data);
            if other && !same {
                continue;
            }
            let blank = fact.purpose.is_none() && fact.refusal.is_none();
            let about = |part: &str, words: &[&str]| {
                asked::mention(part, &fact.name).is_some() || has(part, words)
            };
            // 用于推荐的信息：… is the head of another item.
            let own = |topic: &str| {
                let data = ends(topic, &["信息", "数据"]) && !topic.contains("权限");
                topic.contains(fact.name.as_str())
                    || !data
                        && about(
                            topic,
                            &[
                                "权限", "目的", "用途", "影响", "后果", "拒绝", "关闭", "用于",
                            ],
                        )
            };
            // What a numbered passage calls 上述 may be its own.
            let above = match passage.label {
                // The next item of the list speaks of its own.
                Some(_) if sibling => "该权限",
                Some(_) => "上述功能",
                None => "上述",
            };
            let words = ["权限", "该功能", above, "此功能", "定位"];
            // The next item of the list asks for its own.
            let asks = sibling && !same && has(head_of(first), &ASKS);
            let stranger = !blank || sibling && topic.is_none();
            if asks && asked::mention(first, &fact.name).is_none() {
                continue;
            }
            if topic.is_some_and(|topic| !own(topic)) || stranger && !about(head, &words) {
                continue;
            }
            // Data that the next sentence collects are others.
            let other = has(first, &["收集", "采集"]) && !about(first, &words[..2]);
            let purpose = if fact.purpose.is_none() && !other {
                let spot = hits.iter().take_while(|hit| hit.end() <= first.len());
                let spot = spot
                    .filter(|hit| words::permission(hit.word).name == fact.name)
                    .map(|hit| (hit.start(), hit.end()))
                    .next();
                let (start, end) = spot.unwrap_or_default();
                purposes::purpose(first, start, end)
                    .or_else(|| purposes::here(head))
                    .or_else(|| purposes::given(first.trim_start()))
                    .or_else(|| purposes::occasion(first).filter(|_| !first.contains(is_comma)))
            } else {
                None
            };
            // A refusal told elsewhere gives way to the one that is told with the purpose.
            let pair = same && fact.refusal.is_some() && purpose.is_some();
            let refusal = if fact.refusal.is_none() || pair {
                refusals::refusal(refusals::whole_sentences(passage.text, 0, 600))
            } else {
                None
            };
            if pair {
                self.pair(at, refusal);
            }
            self.fill(at, purpose, refusal);
        }
    }
}

/// How an item begins that asks for something itself.
const ASKS: [&str; 6] = ["获取", "读取", "申请", "访问", "调用", "请求"];

/// The part of a sentence in which an item says what it is about.
fn head_of(sentence: &str) -> &str {
    let part = first_part(sentence, is_comma);
    if has(part, &["该权限", "此权限", "上述", "此项"]) {
        ""
    } else {
        part
    }
}

/// Whether a text points back to the permissions of a list. It is long: a character that the words have is
/// looked for first.
fn points_back(text: &str) -> bool {
    let mut leave = text.match_indices('权').map(|(at, _)| at);
    let mut any = text.match_indices('任').map(|(at, _)| at);
    // 权限 begins with the character, 授权 ends with it.
    leave.any(|at| {
        let permission = text[at..].starts_with("权限");
        let end = at + "权".len();
        let named = permission && ends(&text[..at + "权限".len()], &THESE);
        named || text[..end].ends_with("授权") && ends(&text[..end], &THESE)
    }) || any.any(|at| ends(&text[..at], &["前述", "上述"]))
}

/// The words before the colon with which a passage opens.
fn topic(open: &str) -> Option<&str> {
    let end = open.find(|c| is_comma(c) || matches!(c, '：' | ':'))?;
    open[end..].starts_with(['：', ':']).then(|| &open[..end])
}
