//! Device permissions that sentences, lists of pairs and headings name. Tables are read by
//! [`super::tabular`].

use std::collections::HashMap;
use std::ops::Range;

use super::columns::Column;
use super::fields::Field;
use super::passage::Passage;
use super::reach::{after, around, has, is_stop, starts, tidy};
use super::scan::{Found, Hit, Topic, longest};
use super::words::{self, Sure};
use super::{asked, lists, purposes};
use crate::document::PermissionFact;
use crate::structure::draft::Role;

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
    /// The row of pairs that is open, and whether its purpose is only a function.
    open: Option<(usize, bool)>,
}

impl Permissions {
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found, pairs: Vec<Field<'_>>) {
        let hits = found.of(Topic::Permission);
        let waiting = std::mem::take(&mut self.waiting);
        if !passage.is_prose() || passage.is_title {
            return;
        }
        let text = passage.text;
        if !waiting.is_empty() && passage.role == Some(Role::Paragraph) {
            self.complete(&waiting, text, hits);
        }
        if !pairs.is_empty() && self.pairs(passage, found, pairs) {
            return;
        }
        self.open = None;
        if hits.is_empty() && !found.any(Topic::Listing) {
            return;
        }
        if passage.role.is_none() {
            self.heading(passage, hits);
            return;
        }
        let mut last = 0;
        for hit in longest(hits) {
            let known = words::permission(hit.word);
            let spent = self
                .tries
                .get(known.name)
                .is_some_and(|tries| *tries >= TRIES);
            if !spent && asked::counts(passage, hit, known.sure) {
                self.sentence(
                    passage,
                    asked::given(text, hit),
                    known.name,
                    hit.start()..hit.end(),
                );
            }
        }
        for hit in found.of(Topic::Listing) {
            if hit.start() >= last {
                last = lists::each(text, *hit, |name, spot| {
                    self.sentence(passage, name, name, spot)
                });
            }
        }
    }

    /// A permission that stands at `spot`, with what the clause says of it.
    fn sentence(
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
        // 相机权限：用于… opens a list of permissions: what follows the name is said of it.
        let aim = || {
            let sentence = &text[range.clone()];
            purposes::purpose(sentence, spot.start - range.start, spot.end - range.start)
                .or_else(|| asked::stated(after(text, spot.end, 300)))
        };
        let purpose = if told { None } else { aim() };
        let refusal = if refused {
            None
        } else {
            purposes::refusal(after(text, range.start, 900))
        };
        let (told, refused) = (told || purpose.is_some(), refused || refusal.is_some());
        if told && refused {
            *tries = TRIES;
        }
        let at = self.add(name, passage.line_at(spot.start), purpose, refusal);
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
                let at = self.add(asked::given(text, hit), passage.line(), None, None);
                self.waiting.push(at);
            }
        }
    }

    /// Rows of pairs: `权限名称：相机；权限用途：扫码`, in one passage or in a run of them.
    fn pairs(&mut self, passage: &Passage<'_>, found: &Found, mut pairs: Vec<Field<'_>>) -> bool {
        // 相机权限：… is the name itself and no label of one.
        let hits = found.of(Topic::Permission);
        pairs.retain(|field| {
            let end = field.start + field.name.len();
            let from = hits.partition_point(|hit| hit.start() < field.start);
            let mut near = hits[from..].iter().take_while(|hit| hit.start() < end);
            field.column != Column::Permission || !near.any(|hit| hit.end() <= end)
        });
        let named = pairs.iter().any(|field| {
            field.column == Column::Permission && asked::name_of(field.value).is_some()
        });
        if !named && self.open.is_none() {
            return false;
        }
        // 功能 tells less than 权限用途, whichever comes first.
        let plainer =
            |field: &Field<'_>| field.column == Column::Purpose && !field.name.contains("功能");
        for field in &pairs {
            let value = Some(field.value).filter(|value| !value.is_empty());
            match (field.column, self.open) {
                (Column::Permission, _) => {
                    if let Some(name) = asked::name_of(field.value) {
                        let at = self.add(name, passage.line_at(field.start), None, None);
                        self.open = Some((at, false));
                    }
                }
                (Column::Purpose, Some((at, weak))) => {
                    if weak
                        && plainer(field)
                        && let Some(fact) = self.found.get_mut(at)
                    {
                        fact.purpose = None;
                    }
                    let empty = self
                        .found
                        .get(at)
                        .is_some_and(|fact| fact.purpose.is_none());
                    self.fill(at, value, None);
                    self.open = Some((at, if empty { !plainer(field) } else { weak }));
                }
                (Column::Refusal, Some((at, _))) => self.fill(at, None, value),
                _ => {}
            }
        }
        !pairs.is_empty()
    }

    /// Gives the permissions of the last passage what this one says of them.
    fn complete(&mut self, waiting: &[usize], text: &str, hits: &[Hit]) {
        let head = after(text, 0, 600);
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
    fn items_of_a_list_of_permissions_are_named() {
        case(
            "您可以关闭系统权限（如蓝牙、位置和通知等），但可能影响部分功能。",
            &[
                ("蓝牙", None, None, 1),
                ("位置", None, None, 1),
                ("通知", None, None, 1),
            ],
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
        case("允许会员提交宠物照片。", &[]);
        case("短信推送可以退订。", &[]);
    }
}
