//! Third parties' kits from runs of pairs and from sentences. Sentences are read by
//! [`super::kit_sentences`], tables by [`super::tabular`].

use std::collections::{HashMap, HashSet};

use super::columns::Column;
use super::fields::Field;
use super::kit_names::{is_head, is_maker, is_name, is_package, key, names_a_kit, names_sdk, some};
use super::kit_sentences::{self as sentences, Told};
use super::passage::Passage;
use super::reach::{tidy, value};
use super::scan::{Found, Topic};
use crate::document::SdkFact;

/// What a sentence about a kit has in it.
pub(super) const WORDS: [&str; 1] = ["SDK"];

/// What opened a run of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The name of a kit.
    Kit,
    /// A name that may be a kit's or its maker's.
    Name,
    /// A company: the kit's own name may follow.
    Company,
}

/// The kits named so far.
#[derive(Debug, Default)]
pub(super) struct Kits {
    found: Vec<SdkFact>,
    known: HashMap<String, usize>,
    /// The kit of the run of pairs that is open.
    open: Option<(usize, By)>,
    /// A short passage that may be the title of the pairs that follow.
    title: Option<(String, u32)>,
    /// Kits that sentences name as examples.
    mentioned: Vec<SdkFact>,
}

impl Kits {
    /// Reads a passage; says whether it describes a third party.
    pub(super) fn read(
        &mut self,
        passage: &Passage<'_>,
        found: &Found,
        pairs: &[Field<'_>],
    ) -> bool {
        let title = self.title.take();
        if passage.is_title {
            return false;
        }
        let told = if passage.role.is_some() && found.any(Topic::Kit) {
            sentences::company(passage, found, pairs)
        } else {
            None
        };
        let mut member = told.is_some();
        if let Some(told) = told {
            self.open = None;
            self.add_told(&told);
        } else if !names_a_kit(pairs) && !pairs.is_empty() {
            member = self.pairs(passage, pairs, title);
        }
        if !member {
            // What a kit's entry says of permissions does not end the entry.
            let within = pairs.len() == 1 && pairs[0].column == Column::Permission;
            if !within {
                self.open = None;
            }
            let kits = passage.under.kits || found.any(Topic::Kit);
            if kits && passage.text.len() <= 200 {
                let body = tidy(&passage.text[passage.start..]);
                if is_head(body) {
                    self.title = Some((body.to_owned(), passage.line()));
                }
            }
            if passage.role.is_some() && found.any(Topic::Kit) {
                member = self.sentence(passage, found, pairs);
            }
        }
        member
    }

    /// A clause that opens with a kit's name, or one that names kits as examples.
    fn sentence(&mut self, passage: &Passage<'_>, found: &Found, pairs: &[Field<'_>]) -> bool {
        if let Some(mut told) = sentences::opening(passage, found) {
            // `某推送SDK：用于推送；收集信息：设备标识`: what has a name is surer.
            let data = pairs.iter().find(|field| field.column == Column::Data);
            told.data = data.and_then(|field| some(field.value)).or(told.data);
            self.add_told(&told);
            return true;
        }
        sentences::examples(passage, found, |told| {
            self.mentioned.push(SdkFact {
                name: told.name.to_owned(),
                purpose: told.purpose.map(str::to_owned),
                data: None,
                line: told.line,
            });
        });
        false
    }

    fn add_told(&mut self, told: &Told<'_>) {
        self.add(told.name, told.line, told.purpose, told.data);
    }

    /// A run of pairs, in one passage or in several.
    fn pairs(
        &mut self,
        passage: &Passage<'_>,
        pairs: &[Field<'_>],
        title: Option<(String, u32)>,
    ) -> bool {
        let has = |column: Column| pairs.iter().any(|field| field.column == column);
        let tells = has(Column::Purpose) || has(Column::Data);
        let owned = has(Column::Company)
            && pairs
                .iter()
                .any(|field| field.name.contains("第三方") || field.name.contains("SDK"));
        if has(Column::Permission) {
            return false;
        }
        let title = title.filter(|(name, _)| is_name(name));
        let mine = has(Column::Kit)
            || has(Column::Name) && (passage.under.kits || tells && has(Column::Data))
            || (has(Column::Company) && (passage.under.kits || owned && tells));
        let sdk = title.as_ref().is_some_and(|(name, _)| names_sdk(name));
        let named = pairs.iter().any(|field| match field.column {
            Column::Kit => true,
            Column::Name => !(sdk && is_maker(field)),
            _ => false,
        });
        let (titled, head) = match title {
            Some(title) if named => (None, Some(title)),
            title => {
                let maker = has(Column::Company) || has(Column::Name);
                (title.filter(|_| tells || maker), None)
            }
        };
        if !mine && self.open.is_none() && titled.is_none() {
            return false;
        }
        if let Some((name, line)) = titled
            && self.open.is_none()
        {
            self.open = self.add(&name, line, None, None).map(|at| (at, By::Kit));
        }
        for field in pairs {
            match (field.column, self.open) {
                (Column::Name, Some((_, By::Kit))) if is_maker(field) => {}
                (Column::Kit | Column::Name, open) => {
                    let by = if field.column == Column::Kit {
                        By::Kit
                    } else {
                        By::Name
                    };
                    let line = passage.line_at(field.start);
                    // The line above says in words what the field gives as a package.
                    let head = head
                        .as_ref()
                        .filter(|(name, _)| open.is_none() && is_package(field.value, name));
                    let (name, line) =
                        head.map_or((field.value, line), |(name, line)| (name.as_str(), *line));
                    // Company first, then the kit: the kit's name is the better one.
                    if let (Some((at, By::Company)), true) = (open, is_name(name)) {
                        self.rename(at, name, line);
                        self.open = Some((at, by));
                    } else {
                        self.open = self.add(name, line, None, None).map(|at| (at, by));
                    }
                }
                // A company opens a kit where none is open, or where the open one is told.
                (Column::Company, open) if open.map_or(mine, |open| self.is_told(open)) => {
                    let line = passage.line_at(field.start);
                    self.open = self.open_company(field.value, line);
                }
                (Column::Purpose, Some((at, _))) => self.fill(at, some(field.value), None),
                (Column::Data, Some((at, _))) => self.fill(at, None, some(field.value)),
                _ => {}
            }
        }
        !pairs.is_empty()
    }

    /// Opens the entry of a company. What a company offers next is another entry.
    fn open_company(&mut self, name: &str, line: u32) -> Option<(usize, By)> {
        let at = self.add(name, line, None, None)?;
        if !self.is_told((at, By::Company)) {
            return Some((at, By::Company));
        }
        let name = self.found[at].name.clone();
        self.found.push(SdkFact {
            name,
            purpose: None,
            data: None,
            line,
        });
        Some((self.found.len() - 1, By::Company))
    }

    /// Whether a run that only names a company has told what it does: the next company opens another.
    fn is_told(&self, (at, by): (usize, By)) -> bool {
        let told = |kit: &SdkFact| kit.purpose.is_some() || kit.data.is_some();
        by == By::Company && self.found.get(at).is_some_and(told)
    }

    /// Adds a kit, or completes the one of that name, and gives its place.
    pub(super) fn add(
        &mut self,
        name: &str,
        line: u32,
        purpose: Option<&str>,
        data: Option<&str>,
    ) -> Option<usize> {
        let name = value(name);
        if !is_name(name) {
            return None;
        }
        let key = key(name);
        if let Some(&at) = self.known.get(&key) {
            self.fill(at, purpose, data);
            return Some(at);
        }
        let at = self.found.len();
        self.known.insert(key, at);
        self.found.push(SdkFact {
            name: name.to_owned(),
            purpose: purpose.map(str::to_owned),
            data: data.map(str::to_owned),
            line,
        });
        Some(at)
    }

    fn rename(&mut self, at: usize, name: &str, line: u32) {
        self.known.remove(&key(&self.found[at].name));
        self.known.insert(key(name), at);
        name.clone_into(&mut self.found[at].name);
        self.found[at].line = line;
    }

    fn fill(&mut self, at: usize, purpose: Option<&str>, data: Option<&str>) {
        if let Some(fact) = self.found.get_mut(at) {
            if fact.purpose.is_none() {
                fact.purpose = purpose.map(str::to_owned);
            }
            if fact.data.is_none() {
                fact.data = data.map(str::to_owned);
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<SdkFact> {
        // Where a kit has an entry of its own, its mention among others adds nothing.
        for told in std::mem::take(&mut self.mentioned) {
            if !self.known.contains_key(&key(&told.name)) {
                self.add(&told.name, told.line, told.purpose.as_deref(), None);
            }
        }
        let mut seen = HashSet::new();
        self.found.sort_by_key(|fact| fact.line);
        self.found.retain(|fact| {
            seen.insert((fact.name.clone(), fact.purpose.clone(), fact.data.clone()))
        });
        self.found
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::{over, over_table};

    type Row<'a> = (&'a str, Option<&'a str>, Option<&'a str>, u32);

    #[track_caller]
    fn case(text: &str, expected: &[Row<'_>]) {
        let found = over(text).facts.sdks;
        let found: Vec<Row<'_>> = found
            .iter()
            .map(|kit| {
                (
                    kit.name.as_str(),
                    kit.purpose.as_deref(),
                    kit.data.as_deref(),
                    kit.line,
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn kits_are_read_from_runs_of_pairs() {
        case(
            "1. SDK名称：某推送\n使用目的：消息推送\n收集的个人信息类型：设备标识\n隐私政策链接：https://a.example\n2. SDK名称：某地图\n使用目的：定位\n其他话。",
            &[
                ("某推送", Some("消息推送"), Some("设备标识"), 1),
                ("某地图", Some("定位"), None, 5),
            ],
        );
        case(
            "#第三方SDK清单\n名称：某推送；目的：推送；类型：设备标识",
            &[("某推送", Some("推送"), None, 2)],
        );
        case(
            "#第三方SDK目录\n#某支付SDK\n使用目的：支付\n收集信息：订单号",
            &[("某支付SDK", Some("支付"), Some("订单号"), 2)],
        );
        case("SDK名称：暂无\n使用目的：无", &[]);
    }

    #[test]
    fn a_line_above_the_pairs_names_their_kit() {
        let pairs = "收集使用目的：用于收款\n收集信息类型或申请的权限：订单号、存储权限\n第三方机构名称：某某有限公司\n处理方式：加密";
        let kit = |name| [(name, Some("用于收款"), Some("订单号、存储权限"), 2)];
        for head in [
            "【甲付SDK】",
            "甲付SDK",
            "甲付SDK：",
            "#甲付SDK",
            "#【甲付SDK】",
        ] {
            case(&format!("第三方SDK：\n{head}\n{pairs}"), &kit("甲付SDK"));
        }
        case(
            &format!("清单：\n【甲付SDK（新版，内含乙付SDK）】\n{pairs}"),
            &kit("甲付SDK（新版，内含乙付SDK）"),
        );
        // One company may offer several.
        case(
            &format!("【甲付SDK】\n{pairs}\n【甲图SDK】\n使用目的：定位\n公司名称：某某有限公司"),
            &[
                ("甲付SDK", Some("用于收款"), Some("订单号、存储权限"), 1),
                ("甲图SDK", Some("定位"), None, 6),
            ],
        );
        case(
            "甲推送 SDK\nSDK名称：com.jia.push\n使用目的：推送\n乙统计 SDK\nSDK名称：统计大师\n使用目的：统计",
            &[
                ("甲推送 SDK", Some("推送"), None, 1),
                ("统计大师", Some("统计"), None, 5),
            ],
        );
        case(
            "甲推送SDK\n使用目的：推送\n申请权限：存储\n收集信息：设备标识",
            &[("甲推送SDK", Some("推送"), Some("设备标识"), 1)],
        );
    }

    #[test]
    fn a_third_party_named_within_an_entry_is_its_maker() {
        case(
            "#清单\n甲图SDK(Android 端、iOS 端)\n第三方名称：甲图有限公司\n使用目的：定位",
            &[("甲图SDK(Android 端、iOS 端)", Some("定位"), None, 2)],
        );
        case(
            "SDK名称：甲付SDK\n第三方名称：甲付有限公司\n使用目的：收款\nSDK名称：乙付SDK\n使用目的：退款",
            &[
                ("甲付SDK", Some("收款"), None, 1),
                ("乙付SDK", Some("退款"), None, 4),
            ],
        );
    }

    #[test]
    fn what_one_company_offers_is_told_apart() {
        case(
            "#第三方SDK目录\n公司名称：某某有限公司\n使用目的：推送\n公司名称：某某有限公司\n使用目的：地图",
            &[
                ("某某有限公司", Some("推送"), None, 2),
                ("某某有限公司", Some("地图"), None, 4),
            ],
        );
    }

    #[test]
    fn kits_are_read_from_tables() {
        let found = over_table(
            "接入的第三方SDK如下：",
            &["SDK名称", "公司名称", "使用目的", "收集信息"],
            &[
                &["某推送SDK", "某某有限公司", "推送", "设备标识"],
                &["暂无", "无", "无", "无"],
            ],
        );
        let kits: Vec<_> = found
            .facts
            .sdks
            .iter()
            .map(|kit| (kit.name.as_str(), kit.line))
            .collect();
        assert_eq!(kits, [("某推送SDK", 6)]);
        assert_eq!(found.facts.sdks[0].purpose.as_deref(), Some("推送"));
        assert_eq!(found.facts.operator, None);
    }
}
