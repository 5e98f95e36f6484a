//! What must hold.

use crate::field::{Start, State};
use crate::figures::Run;

/// Milliseconds of the guard's start.
pub(crate) const START: f64 = 3.0;
/// Microseconds that a call may take more.
pub(crate) const CALL: f64 = 5.0;
/// How many times as long the insertion of 2,000 elements may take.
pub(crate) const INSERT: f64 = 1.1;

/// A figure beside its budget.
#[derive(Debug, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) what: String,
    pub(crate) value: f64,
    pub(crate) budget: f64,
}

impl Verdict {
    pub(crate) fn holds(&self) -> bool {
        self.value <= self.budget
    }
}

/// Every budget of the gate: medians of the rounds.
pub(crate) fn judge(run: &Run) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for state in State::ALL {
        let mut say = |what: &str, value: f64, budget: f64| {
            let what = format!("{}: {what}", state.name());
            verdicts.push(Verdict {
                what,
                value,
                budget,
            });
        };
        for start in Start::ALL {
            // The processor of a phone has no budget of its own.
            if let Some(spread) = run.start(state, start, false, |started| started.whole) {
                say(&format!("start, {}", start.name()), spread.median, START);
            }
        }
        for (name, compared) in run.calls(state) {
            say(&name, compared.by.median, CALL);
        }
        for (name, compared) in run.inserts(state, true) {
            say(&format!("2,000: {name}"), compared.by.median, INSERT);
        }
    }
    verdicts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{Inserted, Started};
    use crate::figures::Pair;

    #[track_caller]
    fn case(start: f64, call: f64, insert: f64, broken: &[&str]) {
        // What no person waits for is told and not judged.
        let inserted = |shown: f64| {
            let made = shown * shown;
            vec![("rows".to_owned(), Inserted { made, shown })]
        };
        let mut run = Run::default();
        for (slow, whole) in [(false, start), (true, start * 6.0)] {
            let started = Started {
                whole,
                thread: 9.0,
                greeting: 9.0,
            };
            let key = (State::Undecided, Start::Cold, slow);
            run.starts.insert(key, vec![started]);
        }
        let pair = Pair {
            calls: vec![("call".to_owned(), (100.0, 100.0 + call))],
            inserts: [inserted(10.0), inserted(10.0 * insert)],
        };
        run.pairs.insert(State::Undecided, vec![pair]);
        let verdicts = judge(&run);
        assert_eq!(verdicts.len(), 3);
        let found = verdicts.iter().filter(|verdict| !verdict.holds());
        let found: Vec<_> = found.map(|verdict| verdict.what.as_str()).collect();
        assert_eq!(found, broken);
    }

    #[test]
    fn a_figure_at_its_budget_holds_and_one_above_is_named() {
        case(3.0, 5.0, 1.1, &[]);
        case(3.1, 5.0, 1.1, &["undecided: start, external, first visit"]);
        case(3.0, 5.1, 1.1, &["undecided: call"]);
        case(3.0, -1.0, 1.2, &["undecided: 2,000: rows"]);
    }
}
