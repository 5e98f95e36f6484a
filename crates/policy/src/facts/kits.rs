//! Third parties' kits from runs of pairs and from sentences. Tables are read by
//! [`super::tabular`].

use std::collections::HashMap;

use super::columns::Column;
use super::cues::{Cue, cues};
use super::fields::Field;
use super::passage::Passage;
use super::reach::{after, has, is_filler, starts, tidy, value};
use super::scan::{Found, Topic};
use crate::document::SdkFact;

/// What a sentence about a kit has in it.
pub(super) const WORDS: [&str; 1] = ["SDK"];

/// The kits named so far.
#[derive(Debug, Default)]
pub(super) struct Kits {
    found: Vec<SdkFact>,
    known: HashMap<String, usize>,
    /// The kit of the run of pairs that is open, and whether only its company is known.
    open: Option<(usize, bool)>,
    /// A short passage that may be the title of the pairs that follow.
    title: Option<(String, u32)>,
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
        let mut member = !pairs.is_empty() && self.pairs(passage, pairs, title);
        if !member {
            self.open = None;
            let kits = passage.under.kits || found.any(Topic::Kit);
            if kits && passage.text.len() <= 120 {
                let body = tidy(&passage.text[passage.start..]);
                if (2..=75).contains(&body.len()) && !body.contains(['。', '，', '；']) {
                    self.title = Some((body.to_owned(), passage.line()));
                }
            }
            if passage.role.is_some() && found.any(Topic::Kit) {
                member = self.sentence(passage, found);
            }
        }
        member
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
        let mine = has(Column::Kit)
            || has(Column::Name) && (passage.under.kits || tells && has(Column::Data))
            || (has(Column::Company) && (passage.under.kits || owned && tells));
        let titled = title
            .filter(|_| tells || has(Column::Company))
            .filter(|_| !has(Column::Kit) && !has(Column::Name));
        if !mine && self.open.is_none() && titled.is_none() {
            return false;
        }
        if let Some((name, line)) = titled
            && self.open.is_none()
            && is_name(&name)
        {
            self.open = self.add(&name, line, None, None).map(|at| (at, false));
        }
        for field in pairs {
            match (field.column, self.open) {
                (Column::Kit | Column::Name, open) => {
                    let line = passage.line_at(field.start);
                    // Company first, then the kit: the kit's name is the better one.
                    if let (Some((at, true)), true) = (open, is_name(field.value)) {
                        self.rename(at, field.value, line);
                        self.open = Some((at, false));
                    } else {
                        self.open = self
                            .add(field.value, line, None, None)
                            .map(|at| (at, false));
                    }
                }
                // A company opens a kit where none is open, or where the open one is told.
                (Column::Company, open) if open.map_or(mine, |open| self.is_told(open)) => {
                    let line = passage.line_at(field.start);
                    self.open = self.add(field.value, line, None, None).map(|at| (at, true));
                }
                (Column::Purpose, Some((at, _))) => self.fill(at, some(field.value), None),
                (Column::Data, Some((at, _))) => self.fill(at, None, some(field.value)),
                _ => {}
            }
        }
        !pairs.is_empty()
    }

    /// Whether a run that only names a company has told what it does: the next company opens another.
    fn is_told(&self, (at, by_company): (usize, bool)) -> bool {
        let told = |kit: &SdkFact| kit.purpose.is_some() || kit.data.is_some();
        by_company && self.found.get(at).is_some_and(told)
    }

    /// A clause that opens with a kit's name: `某某SDK，收集…，提供…`.
    fn sentence(&mut self, passage: &Passage<'_>, found: &Found) -> bool {
        let body = &passage.text[passage.start..];
        let lead = body.len()
            - body
                .trim_start_matches(|c| is_filler(c) || matches!(c, '“' | '"' | '·' | '•'))
                .len();
        let start = passage.start + lead;
        let Some(hit) = found
            .of(Topic::Kit)
            .iter()
            .find(|hit| hit.end() > start + 3)
        else {
            return false;
        };
        if hit.end() < start || hit.end() - start > 90 {
            return false;
        }
        let name = &passage.text[start..hit.end()];
        let mut rest =
            after(passage.text, hit.end(), 900).trim_start_matches(['”', '"', '*', ' ', '】']);
        if let Some(inside) = rest.strip_prefix(['（', '(']) {
            rest = inside.find(['）', ')']).map_or(inside, |close| {
                inside[close..].trim_start_matches(['）', ')'])
            });
        }
        let opens = rest.starts_with(['，', '：', ':', ',', '—', '。', '；'])
            || starts(
                rest,
                &[
                    "由", "用于", "会", "需要", "将", "可能", "为", "提供", "收集", "是",
                ],
            );
        let wrong = name.contains(['，', '。', '：', '、', '；', ':', '的'])
            || !is_name(name)
            || is_generic(name);
        if !opens || wrong || rest.trim_start_matches(['，', '：', '。', ':']).is_empty() {
            return false;
        }
        let part = |words: &[&str]| {
            let (at, word) = words
                .iter()
                .filter_map(|word| rest.find(word).map(|at| (at, *word)))
                .min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))?;
            let part = rest[at + word.len()..]
                .split(['，', '。', '；', '）'])
                .next()?;
            let part = value(part);
            some(
                ["您的", "用户的", "你的"]
                    .iter()
                    .find_map(|word| part.strip_prefix(word))
                    .unwrap_or(part),
            )
        };
        let purpose = part(&["用于", "提供", "实现", "以便", "为了", "帮助"]);
        let data = part(&["收集", "采集", "获取", "读取"]);
        if purpose.is_none() && data.is_none() {
            return false;
        }
        self.add(name, passage.line_at(start), purpose, data);
        true
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
        self.found.sort_by_key(|fact| fact.line);
        self.found
    }
}

fn key(name: &str) -> String {
    name.chars()
        .filter(|&c| !is_filler(c))
        .collect::<String>()
        .to_ascii_lowercase()
}

/// A value that says something.
pub(super) fn some(text: &str) -> Option<&str> {
    let none = matches!(
        text,
        "" | "无" | "暂无" | "/" | "-" | "—" | "--" | "——" | "N/A" | "不涉及" | "不适用"
    );
    Some(text).filter(|_| !none)
}

fn is_name(name: &str) -> bool {
    let name = value(name);
    some(name).is_some()
        && name.len() <= 240
        && !has(name, &["如下", "暂无", "。"])
        && !matches!(name, "SDK" | "第三方SDK" | "名称" | "第三方")
}

/// Words that speak of kits in general.
fn is_generic(name: &str) -> bool {
    starts(name, cues(Cue::KitGeneral)) || has(name, cues(Cue::KitWithin))
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
    fn kits_are_read_from_the_clauses_that_open_with_them() {
        case(
            "（1）某某推送SDK，需要收集设备标识，提供消息推送功能。\n我们使用SDK，保障安全。",
            &[("某某推送SDK", Some("消息推送功能"), Some("设备标识"), 1)],
        );
        case(
            "某某地图 SDK（提供方：某某公司）用于定位，会收集您的位置信息。",
            &[("某某地图 SDK", Some("定位"), Some("位置信息"), 1)],
        );
        case("第三方SDK，用于推送。", &[]);
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
