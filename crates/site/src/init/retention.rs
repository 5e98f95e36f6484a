//! For how long the data of each purpose is kept, as far as the policy tells.

use super::fields::enumerated;
use super::keeping::{ended, entry, in_general, is_end, is_label, terms};
use super::placing::Weight;
use super::plan::Drafted;
use super::reading::{Reading, Topic};
use super::words::{any, has, words};
use zhiqing_policy::{Clause, Kind, Table};

/// More entries than a policy has, data than are compared, terms than a purpose shows.
const ENTRIES: usize = 256;
const COMPARED: usize = 64;
const SHOWN: usize = 6;

/// How many rows on a row's cells are looked for: rows without a term lie between.
const CELLS: usize = 16;

/// What the policy tells of terms outside the purposes' own clauses.
#[derive(Debug, Default)]
pub(super) struct Kept {
    entries: Vec<Entry>,
    /// What it says of all data: the clause and its words.
    general: Option<(usize, String)>,
    /// The clauses that are cells, table by table: from the first to the one after the last.
    cells: Vec<[u32; 2]>,
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
        let mut kept = Self {
            cells: reading
                .document
                .tables
                .iter()
                .map(|table| table.clauses)
                .collect(),
            ..Self::default()
        };
        for table in &reading.document.tables {
            kept.table(reading, table);
        }
        for (at, clause) in reading.document.clauses.iter().enumerate() {
            let is_part = reading.topic(at) == Some(Topic::Keeping);
            let is_told = is_part || clause.kinds.contains(&Kind::Storage);
            if is_told && !reading.is_entry(at) && !kept.is_cell(at) {
                kept.clause(at, clause, is_part);
            }
        }
        kept
    }

    /// Whether the clause is a table's cell: what it says is about its row alone.
    fn is_cell(&self, at: usize) -> bool {
        let after = self.cells.partition_point(|cells| cells[0] as usize <= at);
        let table = after.checked_sub(1).and_then(|table| self.cells.get(table));
        table.is_some_and(|cells| at < cells[1] as usize)
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
                .flat_map(|(_, (cell, _))| enumerated(&cell.replace("**", "")))
                .collect();
            let Some(term) = row.get(column).filter(|term| is_end(term)) else {
                continue;
            };
            // The rows' cells are clauses in their order; one may have its column's name before it.
            let near = (at..end).take(CELLS * table.header.len());
            let mut near = near.filter(|&at| reading.clause(at).text.ends_with(term.as_str()));
            let here = near.next();
            at = here.unwrap_or(at);
            self.push(Entry {
                names,
                term: ended(&term.replace("**", "")),
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
            let follows = names.is_empty() && clause.terms.is_empty();
            if is_part && names.is_empty() && has(term, "kept-all") {
                self.general.get_or_insert_with(|| (at, term.to_owned()));
            } else if follows || !names.is_empty() {
                self.push(Entry {
                    follows,
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

    /// What is told of a purpose: by its own clauses, else by entries that name what it is called by,
    /// else by those that name its data, else of all data. Empty where nothing is.
    pub(super) fn of(&self, reading: &Reading<'_>, drafted: &Drafted, data: &[String]) -> Found {
        let own = drafted.clauses.iter();
        let own = own.filter(|&&(weight, at, _)| {
            weight < Weight::Adds && !reading.is_entry(at) && !self.is_cell(at)
        });
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
        let told = |entry: &Entry| (entry.clause, entry.told());
        let called = self.entries.iter().filter(|entry| entry.calls(drafted));
        let found = Found::new(called.map(told), Source::Entry);
        if !found.terms.is_empty() {
            return found;
        }
        let named = self.entries.iter();
        let named = named.filter(|entry| entry.names(data) || after(entry));
        let found = Found::new(named.map(told), Source::Entry);
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
    /// The parts of its names: `统计和推荐记录` is of both. What is said of some data only
    /// (`选中的姓名`) is no such part.
    fn parts(&self) -> impl Iterator<Item = &str> {
        let whole = self.names.iter().filter(|name| !name.contains('的'));
        let parts = whole.flat_map(|name| name.split(['和', '与', '及', '或']));
        parts.map(stem).filter(|part| is_telling(part))
    }

    /// Whether it names what the purpose is called by.
    fn calls(&self, drafted: &Drafted) -> bool {
        let words = drafted.candidate.map_or(&[][..], |c| c.words.as_slice());
        let mut parts = self.parts();
        parts.any(|part| drafted.name.contains(part) || any(part, words))
    }

    /// Whether it names one of the data.
    fn names(&self, data: &[String]) -> bool {
        let data = data.iter().take(COMPARED).map(|name| stem(name));
        let data: Vec<&str> = data.filter(|datum| is_telling(datum)).collect();
        let holds = |part: &str| data.iter().any(|d| is_of(d, part) || is_of(part, d));
        let some = |name: &String| {
            let of = name.rsplit_once('的').map_or("", |(_, of)| stem(of));
            data.contains(&of)
        };
        self.parts().any(holds) || self.names.iter().any(some)
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

/// Whether a name holds another one: anywhere a long one, at its beginning or end a short one.
fn is_of(name: &str, other: &str) -> bool {
    let is_long = other.chars().nth(2).is_some();
    name.starts_with(other) || name.ends_with(other) || (is_long && name.contains(other))
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
        #[track_caller]
        fn case(table: &str, told: &[(&str, u32)]) {
            let policy = zhiqing_policy::parse(&format!("某某隐私政策\n一、保存期限\n{table}"));
            let kept = Kept::read(&Reading::new(&policy));
            let entries = kept.entries.iter();
            let found = entries.map(|entry| (entry.told(), policy.clauses[entry.clause].line));
            let told = told.iter().map(|(term, line)| ((*term).to_owned(), *line));
            assert_eq!(
                found.collect::<Vec<_>>(),
                told.collect::<Vec<_>>(),
                "{table}"
            );
        }
        case(
            "| 信息种类 | 保存期限 |\n| --- | --- |\n| 网络日志 | 六个月 |\n| 头像 | 见下 |\n| 订单、地址 | 三年 |\n",
            &[("网络日志：六个月", 5), ("订单、地址：三年", 7)],
        );
        case(
            "信息种类：账户资料        保存期限：账户存续期间        到期处理：删除\n\
             信息种类：网络日志        保存期限：六个月        到期处理：删除\n",
            &[("账户资料：账户存续期间", 3), ("网络日志：六个月", 4)],
        );
    }
}
