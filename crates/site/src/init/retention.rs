//! For how long the data of each purpose is kept, as far as the policy tells.

use super::keeping::{ended, entry, in_general, is_end, is_label, terms};
use super::placing::Weight;
use super::plan::Drafted;
use super::reading::{Reading, Topic};
use super::words::words;
use zhiqing_policy::{Clause, Kind, Table};

/// More entries than a policy has, data than are compared, terms than a purpose shows.
const ENTRIES: usize = 256;
const COMPARED: usize = 64;
const SHOWN: usize = 6;

/// What the policy tells of terms outside the purposes' own clauses.
#[derive(Debug, Default)]
pub(super) struct Kept {
    entries: Vec<Entry>,
    /// What it says of all data: the clause and its words.
    general: Option<(usize, String)>,
}

/// Some data, and for how long they are kept.
#[derive(Debug)]
struct Entry {
    names: Vec<String>,
    term: String,
    clause: usize,
    /// A clause that names no data says it of the one before it in its section.
    follows: bool,
}

/// What was found for a purpose.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) terms: Vec<String>,
    /// Where each was found.
    pub(super) clauses: Vec<usize>,
    pub(super) source: Source,
}

/// By what a term was put to a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A clause of the purpose says it.
    Own,
    /// An entry names a datum of the purpose, or what the purpose is called by.
    Entry,
    /// The policy says it of all data.
    General,
}

impl Kept {
    pub(super) fn read(reading: &Reading<'_>) -> Self {
        let mut kept = Self::default();
        for table in &reading.document.tables {
            kept.table(reading, table);
        }
        for (at, clause) in reading.document.clauses.iter().enumerate() {
            let is_part = reading.topic(at) == Some(Topic::Keeping);
            if (is_part || clause.kinds.contains(&Kind::Storage)) && !reading.is_entry(at) {
                kept.clause(at, clause, is_part);
            }
        }
        kept
    }

    /// A column that tells how long; the data stand in the first column and in one that is called so.
    fn table(&mut self, reading: &Reading<'_>, table: &Table) {
        let Some(column) = table.header.iter().position(|name| is_label(name)) else {
            return;
        };
        let of_data = |name: &str| words("field-data").iter().any(|word| name.ends_with(word));
        let [mut at, end] = table.clauses.map(|at| at as usize);
        let end = end.min(reading.document.clauses.len());
        for row in &table.rows {
            let names = row.iter().zip(&table.header).enumerate();
            let names =
                names.filter(|(n, (_, head))| *n != column && (*n == 0 || of_data(head.trim())));
            let names: Vec<String> = names
                .flat_map(|(_, (cell, _))| super::fields::enumerated(cell))
                .collect();
            let Some(term) = row.get(column).filter(|term| is_end(term)) else {
                continue;
            };
            // The rows' cells are clauses in their order.
            let here = (at..end).find(|&at| reading.clause(at).text == *term);
            at = here.unwrap_or(at);
            self.push(Entry {
                names,
                term: ended(term),
                clause: at,
                follows: false,
            });
            at = (at + usize::from(here.is_some())).min(end.saturating_sub(1));
        }
    }

    fn clause(&mut self, at: usize, clause: &Clause, is_part: bool) {
        if let Some((names, term)) = entry(&clause.text) {
            self.push(Entry {
                names,
                term,
                clause: at,
                follows: false,
            });
            return;
        }
        for term in terms(&clause.text) {
            let named = clause.terms.iter().map(|named| named.text.as_str());
            let names: Vec<String> = named
                .filter(|name| term.contains(name))
                .map(str::to_owned)
                .collect();
            if is_part && names.is_empty() {
                self.general.get_or_insert_with(|| (at, term.to_owned()));
            } else {
                self.push(Entry {
                    follows: names.is_empty(),
                    names,
                    term: term.to_owned(),
                    clause: at,
                });
            }
        }
        if let Some(rule) = in_general(&clause.text) {
            self.general.get_or_insert_with(|| (at, rule.to_owned()));
        }
    }

    fn push(&mut self, entry: Entry) {
        if self.entries.len() < ENTRIES {
            self.entries.push(entry);
        }
    }

    /// What is told of a purpose: by its own clauses, else by entries that name its data, else of all
    /// data. Empty where nothing is.
    pub(super) fn of(&self, reading: &Reading<'_>, drafted: &Drafted, data: &[String]) -> Found {
        let own = drafted.clauses.iter();
        let own = own.filter(|&&(weight, at, _)| weight < Weight::Adds && !reading.is_entry(at));
        let own: Vec<usize> = own.map(|&(_, at, _)| at).collect();
        let said = own.iter().flat_map(|&at| {
            let terms = terms(&reading.clause(at).text).into_iter();
            terms.map(move |term| (at, term.to_owned()))
        });
        let found = Found::new(said, Source::Own);
        if !found.terms.is_empty() {
            return found;
        }
        let after = |entry: &&Entry| {
            let before = entry.clause.checked_sub(1).filter(|_| entry.follows);
            let section = |at: usize| reading.clause(at).section.as_deref();
            before.is_some_and(|at| own.contains(&at) && section(at) == section(entry.clause))
        };
        let named = self.entries.iter();
        let named = named.filter(|entry| entry.names(drafted, data) || after(entry));
        let named = named.map(|entry| (entry.clause, entry.told()));
        let found = Found::new(named, Source::Entry);
        if !found.terms.is_empty() {
            return found;
        }
        Found::new(self.general.iter().cloned(), Source::General)
    }
}

impl Found {
    fn new(told: impl Iterator<Item = (usize, String)>, source: Source) -> Self {
        let mut found = Self {
            terms: Vec::new(),
            clauses: Vec::new(),
            source,
        };
        for (at, term) in told {
            if found.terms.len() < SHOWN && !found.terms.contains(&term) {
                found.terms.push(term);
                found.clauses.push(at);
            }
        }
        found
    }
}

impl Entry {
    /// Whether it names one of the data, or what the purpose is called by: `统计和推荐记录` is of
    /// both. `选中的姓名` is not every name: what is said of some only must be that datum.
    fn names(&self, drafted: &Drafted, data: &[String]) -> bool {
        let data = data.iter().take(COMPARED).map(|name| stem(name));
        let data: Vec<&str> = data.filter(|datum| is_telling(datum)).collect();
        self.names.iter().any(|name| match name.rsplit_once('的') {
            Some((_, of)) if is_telling(of) => data
                .iter()
                .any(|datum| *datum == stem(of) || datum.contains(name.as_str())),
            _ => {
                let mut parts = name.split(['和', '与', '及', '或']).map(stem);
                parts.any(|part| {
                    let same = |datum: &&str| datum.contains(part) || part.contains(datum);
                    is_telling(part) && (drafted.name.contains(part) || data.iter().any(same))
                })
            }
        })
    }

    /// Its words as a purpose has them.
    fn told(&self) -> String {
        if self.names.is_empty() || self.names.iter().any(|name| self.term.contains(name)) {
            return self.term.clone();
        }
        format!("{}：{}", self.names.join("、"), self.term)
    }
}

/// A datum's name without what every datum is called.
fn stem(name: &str) -> &str {
    let mut name = name.trim();
    for ending in ["的记录", "记录", "信息", "资料", "数据", "的"] {
        let rest = name.strip_suffix(ending).unwrap_or(name);
        name = if is_telling(rest) { rest } else { name };
    }
    name
}

/// One character alone names nothing.
fn is_telling(name: &str) -> bool {
    name.chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        for (name, expected) in [
            ("位置信息", "位置"),
            ("观看的记录", "观看"),
            ("个人信息", "个人"),
            ("信息", "信息"),
            ("", ""),
        ] {
            assert_eq!(stem(name), expected);
        }
    }

    #[test]
    fn columns_tell_terms() {
        let policy = zhiqing_policy::parse(
            "某某隐私政策\n一、保存\n| 信息种类 | 保存期限 |\n| --- | --- |\n| 网络日志 | 六个月 |\n| 订单、地址 | 交易完成后三年 |\n",
        );
        let kept = Kept::read(&Reading::new(&policy));
        let told: Vec<String> = kept.entries.iter().map(Entry::told).collect();
        assert_eq!(told, ["网络日志：六个月", "订单、地址：交易完成后三年"]);
        let lines = kept
            .entries
            .iter()
            .map(|entry| policy.clauses[entry.clause].line);
        assert_eq!(lines.collect::<Vec<_>>(), [5, 6]);
    }
}
