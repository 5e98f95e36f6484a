//! Device permissions that sentences, lists of pairs and headings name. Tables are read by
//! [`super::tabular`].

use std::collections::HashMap;

use super::columns::Column;
use super::cues::{Cue, cues};
use super::fields::{self, Field};
use super::passage::Passage;
use super::purposes;
use super::reach::{after, around, before, has, is_comma, is_stop, starts, tidy};
use super::scan::{Found, Hit, Topic, longest};
use super::words::{self, Sure};
use crate::document::PermissionFact;
use crate::structure::draft::Role;
use crate::text::trim;

/// Sentences in which a permission is looked at: who has not said by then what it is for will not.
const TRIES: u8 = 24;

/// The permissions named so far.
#[derive(Debug, Default)]
pub(super) struct Permissions {
    found: Vec<PermissionFact>,
    known: HashMap<String, usize>,
    /// How often the text was asked what a permission is for.
    tries: HashMap<&'static str, u8>,
    /// Those of the last passage that wait for what the next one says of them.
    waiting: Vec<usize>,
    /// The row of pairs that is open.
    open: Option<usize>,
}

impl Permissions {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        let hits = found.of(Topic::Permission);
        let waiting = std::mem::take(&mut self.waiting);
        if !passage.is_prose() || passage.is_title {
            return;
        }
        let text = passage.text;
        if !waiting.is_empty() && passage.role == Some(Role::Paragraph) {
            self.complete(&waiting, text);
        }
        if found.any(Topic::Field) && self.pairs(passage, found) {
            return;
        }
        self.open = None;
        if hits.is_empty() {
            return;
        }
        if passage.role.is_none() {
            self.heading(passage, hits);
            return;
        }
        let hits = longest(hits);
        for hit in &hits {
            self.sentence(passage, *hit);
        }
    }

    /// A permission of a sentence, with what the clause says of it.
    fn sentence(&mut self, passage: &Passage<'_>, hit: Hit) {
        let text = passage.text;
        let name = given(text, hit);
        let tries = self
            .tries
            .entry(words::permission(hit.word).name)
            .or_default();
        if *tries >= TRIES || !counts(passage, hit, words::permission(hit.word).sure) {
            return;
        }
        *tries += 1;
        let range = around(text, hit.start(), (300, 600), is_stop);
        let sentence = &text[range.clone()];
        let known = self.known.get(name).and_then(|&at| self.found.get(at));
        let (told, refused) = known.map_or((false, false), |fact| {
            (fact.purpose.is_some(), fact.refusal.is_some())
        });
        let spot = hit.start() - range.start..hit.end() - range.start;
        // 相机权限：用于… opens a list of permissions: what follows the name is said of it.
        let purpose = (!told)
            .then(|| {
                purposes::purpose(sentence, spot.start, spot.end)
                    .or_else(|| stated(after(text, hit.end(), 300)))
            })
            .flatten();
        let refusal = (!refused)
            .then(|| purposes::refusal(after(text, range.start, 900)))
            .flatten();
        let (told, refused) = (told || purpose.is_some(), refused || refusal.is_some());
        if told && refused {
            *tries = TRIES;
        }
        let at = self.add(name, passage.line_at(hit.start()), purpose, refusal);
        if !told || !refused {
            self.waiting.push(at);
        }
    }

    /// A heading that is the name of a permission: the clause below says what it is for.
    fn heading(&mut self, passage: &Passage<'_>, hits: &[Hit]) {
        let text = passage.text;
        if text.len() > 75 {
            return;
        }
        for hit in longest(hits) {
            let sure = words::permission(hit.word).sure;
            let tail = tidy(&text[hit.end()..]);
            let bare =
                tail.is_empty() || starts(tail, &["权限", "功能", "访问", "、", "和", "（", "("]);
            let head = tidy(&text[..hit.start()]);
            let plain = head.is_empty()
                || has(
                    head,
                    &["权限", "访问", "获取", "读取", "开启", "、", "使用"],
                );
            if bare
                && plain
                && (passage.under.permissions || sure == Sure::Own || text.contains("权限"))
            {
                let at = self.add(given(text, hit), passage.line(), None, None);
                self.waiting.push(at);
            }
        }
    }

    /// Rows of pairs: `权限名称：相机；权限用途：扫码`, in one passage or in a run of them.
    fn pairs(&mut self, passage: &Passage<'_>, found: &Found) -> bool {
        let mut pairs = fields::read(passage, found);
        // 相机权限：… is the name itself and no label of one.
        let hits = found.of(Topic::Permission);
        pairs.retain(|field| {
            let end = field.start + field.name.len();
            let from = hits.partition_point(|hit| hit.end() <= field.start);
            let mut near = hits[from..].iter().take_while(|hit| hit.end() <= end);
            field.column != Column::Permission || !near.any(|hit| hit.start() >= field.start)
        });
        let named = pairs
            .iter()
            .any(|field| field.column == Column::Permission && name_of(field.value).is_some());
        if !named && self.open.is_none() {
            return false;
        }
        // 功能 tells less than 权限用途, whichever comes first.
        let plainer =
            |field: &Field<'_>| field.column == Column::Purpose && !field.name.contains("功能");
        let plain = pairs.iter().any(plainer);
        for field in &pairs {
            let value = Some(field.value).filter(|value| !value.is_empty());
            match (field.column, self.open) {
                (Column::Permission, _) => {
                    if let Some(name) = name_of(field.value) {
                        self.open = Some(self.add(name, passage.line_at(field.start), None, None));
                    }
                }
                (Column::Purpose, Some(_)) if plain && !plainer(field) => {}
                (Column::Purpose, Some(at)) => self.fill(at, value, None),
                (Column::Refusal, Some(at)) => self.fill(at, None, value),
                _ => {}
            }
        }
        !pairs.is_empty()
    }

    /// Gives the permissions of the last passage what this one says of them.
    fn complete(&mut self, waiting: &[usize], text: &str) {
        let head = after(text, 0, 600);
        for &at in waiting {
            let Some(fact) = self.found.get(at) else {
                continue;
            };
            let mine = head.contains(fact.name.as_str())
                || has(head, &["权限", "该功能", "上述", "此功能", "定位"])
                || fact.purpose.is_none() && fact.refusal.is_none();
            if !mine {
                continue;
            }
            let first = &head[..head.find(is_stop).unwrap_or(head.len())];
            let purpose = if fact.purpose.is_none() {
                purposes::purpose(first, 0, 0)
            } else {
                None
            };
            let refusal = if fact.refusal.is_none() {
                purposes::refusal(head)
            } else {
                None
            };
            self.fill(at, purpose, refusal);
        }
    }

    /// Adds a permission, or completes the one of that name, and gives its place.
    pub(super) fn add(
        &mut self,
        name: &str,
        line: u32,
        purpose: Option<&str>,
        refusal: Option<&str>,
    ) -> usize {
        if let Some(&at) = self.known.get(name) {
            self.fill(at, purpose, refusal);
            return at;
        }
        let at = self.found.len();
        self.known.insert(name.to_owned(), at);
        self.found.push(PermissionFact {
            name: name.to_owned(),
            purpose: purpose.map(str::to_owned),
            refusal: refusal.map(str::to_owned),
            line,
        });
        at
    }

    fn fill(&mut self, at: usize, purpose: Option<&str>, refusal: Option<&str>) {
        if let Some(fact) = self.found.get_mut(at) {
            if fact.purpose.is_none() {
                fact.purpose = purpose.map(str::to_owned);
            }
            if fact.refusal.is_none() {
                fact.refusal = refusal.map(str::to_owned);
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<PermissionFact> {
        self.found.sort_by_key(|fact| fact.line);
        self.found
    }
}

/// Whether a word names a permission where it stands.
fn counts(passage: &Passage<'_>, hit: Hit, sure: Sure) -> bool {
    let text = passage.text;
    let sentence = || &text[around(text, hit.start(), (200, 200), is_stop)];
    let named = match sure {
        Sure::Own | Sure::Constant => true,
        Sure::Device => has(sentence(), cues(Cue::PermissionAsking)),
        _ => {
            let right = after(text, hit.end(), 18);
            let right = right.trim_start_matches(['”', '"', '」', '】', '*', ' ', '（']);
            let left = before(text, hit.start(), 48);
            let left = left.rsplit(is_stop).next().unwrap_or(left);
            right.starts_with("权限")
                || has(left, cues(Cue::PermissionClose))
                || (passage.under.permissions && sentence().contains("权限"))
                || is_listed(text, hit)
        }
    };
    let part = around(text, hit.start(), (120, 0), is_comma).start;
    named && !has(&text[part..hit.start()], cues(Cue::PermissionNever))
}

/// Whether the word stands in a list that 权限： opens.
fn is_listed(text: &str, hit: Hit) -> bool {
    let list = before(text, hit.start(), 120);
    let list = list.rsplit(is_stop).next().unwrap_or(list);
    let open = list.rfind("权限").map(|at| &list[at + "权限".len()..]);
    open.is_some_and(|rest| starts(rest, &["：", ":", "（", "包括", "有", "如下", "，包括"]))
}

/// The name to give: the list's, or a constant as written with what stands before it.
fn given(text: &str, hit: Hit) -> &str {
    let known = words::permission(hit.word);
    if known.sure != Sure::Constant {
        return known.name;
    }
    let left = before(text, hit.start(), 20);
    let start = if left.ends_with("android.permission.") {
        hit.start() - "android.permission.".len()
    } else {
        hit.start()
    };
    &text[start..hit.end()]
}

/// What a list says right behind a name: `：扫描二维码。`, `——扫描二维码`.
fn stated(right: &str) -> Option<&str> {
    let right = right.strip_prefix("权限").unwrap_or(right);
    let right = right.trim_start_matches(['】', '”', '*', ' ']);
    let rest = ["：", ":", "——", "】"]
        .iter()
        .find_map(|mark| right.strip_prefix(mark))?;
    let rest = rest.split(is_stop).next().unwrap_or(rest);
    let refused =
        purposes::refusal(rest).is_some() && starts(trim(rest), &["如", "若", "拒", "关"]);
    purposes::clean(rest).filter(|_| !refused)
}

/// The name in a cell or behind a label; `None` where it says that there is none.
pub(super) fn name_of(cell: &str) -> Option<&str> {
    let name = trim(cell);
    let none = [
        "无需",
        "无法",
        "不采集",
        "不需要",
        "不涉及",
        "暂无",
        "不适用",
    ]
    .iter()
    .any(|word| name.contains(word));
    let empty = matches!(name, "" | "无" | "/" | "-" | "—" | "--" | "——" | "N/A");
    (!none && !empty && name.len() <= 180 && !name.contains('。')).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::facts::over;

    type Row<'a> = (&'a str, Option<&'a str>, Option<&'a str>, u32);

    #[track_caller]
    fn case(text: &str, expected: &[Row<'_>]) {
        let found = over(text).facts.permissions;
        let found: Vec<Row<'_>> = found
            .iter()
            .map(|p| {
                (
                    p.name.as_str(),
                    p.purpose.as_deref(),
                    p.refusal.as_deref(),
                    p.line,
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn permissions_are_read_with_purpose_and_refusal() {
        case(
            "扫码需要相机权限。如您不同意，将无法扫码。\n相机很好。",
            &[("相机", None, Some("如您不同意，将无法扫码"), 1)],
        );
        case(
            "我们会请求您授权麦克风权限，用于语音搜索。关闭该权限后无法使用语音。",
            &[(
                "麦克风",
                Some("语音搜索"),
                Some("关闭该权限后无法使用语音"),
                1,
            )],
        );
        case(
            "为确保功能实现，我们会调用权限，包括位置信息、相册。\n如您拒绝授权上述权限，将无法使用该功能。",
            &[
                (
                    "位置",
                    Some("确保功能实现"),
                    Some("如您拒绝授权上述权限，将无法使用该功能"),
                    1,
                ),
                (
                    "相册",
                    Some("确保功能实现"),
                    Some("如您拒绝授权上述权限，将无法使用该功能"),
                    1,
                ),
            ],
        );
        case(
            "通讯录权限：邀请好友。",
            &[("通讯录", Some("邀请好友"), None, 1)],
        );
        case(
            "android.permission.RECORD_AUDIO，用于语音通话",
            &[("android.permission.RECORD_AUDIO", Some("语音通话"), None, 1)],
        );
    }

    #[test]
    fn pairs_and_headings_name_them_too() {
        case(
            "权限名称：相机；权限用途：扫码；拒绝的影响：无法扫码\n权限名称：日历\n使用目的：提醒",
            &[
                ("相机", Some("扫码"), Some("无法扫码"), 1),
                ("日历", Some("提醒"), None, 2),
            ],
        );
        case(
            "#设备权限\n#位置权限\n用于推荐附近的门店。如您拒绝，将无法推荐。",
            &[(
                "位置",
                Some("推荐附近的门店"),
                Some("如您拒绝，将无法推荐"),
                2,
            )],
        );
    }

    #[test]
    fn data_and_staff_access_are_no_permissions() {
        case("我们会收集您的位置信息和照片。", &[]);
        case("我们严格控制员工的访问权限。", &[]);
        case("我们不会访问您的通讯录。", &[]);
        case("您上传的照片会公开显示。", &[]);
        case("短信推送可以退订。", &[]);
    }
}
