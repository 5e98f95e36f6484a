//! The run as tables for people, and as JSON.

use crate::budgets::{CALL, INSERT, START, Verdict};
use crate::field::{Start, State};
use crate::figures::{Compared, Run, Spread};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Medians with their quartiles, each beside its budget.
pub(crate) fn text(run: &Run) -> String {
    let rounds = run.pairs.values().map(Vec::len).max().unwrap_or(0);
    let mut text = format!("medians of {rounds} rounds (quartiles)\n");
    // Writing to a string cannot fail.
    for state in State::ALL {
        let name = state.name();
        let _ = writeln!(
            text,
            "\n{name}: the guard's start, ms: its thread's, its first frame's, the whole"
        );
        for (start, slow) in Start::ALL
            .into_iter()
            .flat_map(|it| [(it, false), (it, true)])
        {
            let of = |of| run.start(state, start, slow, of);
            let whole = of(|started| started.whole);
            let (Some(whole), Some(thread), Some(greeting)) = (
                whole,
                of(|started| started.thread),
                of(|started| started.greeting),
            ) else {
                continue;
            };
            let processor = if slow { ", CPU / 6" } else { "" };
            let what = format!("{}{processor}", start.name());
            let line = beside(whole, (!slow).then_some(START), 2);
            let (thread, greeting) = (thread.median, greeting.median);
            let _ = writeln!(text, "{what:<38}{thread:>10.2}{greeting:>10.2}{line}");
        }
        let _ = writeln!(text, "\n{name}: a call, µs: native, guarded, more");
        for (what, compared) in run.calls(state) {
            row(&mut text, &what, &compared, Some(CALL));
        }
        for (shown, until) in [(true, "until it is laid out"), (false, "without layout")] {
            let title = "2,000 elements, ms: native, guarded, ratio";
            let _ = writeln!(text, "\n{name}: {title}, {until}");
            for (what, compared) in run.inserts(state, shown) {
                row(&mut text, &what, &compared, shown.then_some(INSERT));
            }
        }
    }
    text
}

fn row(text: &mut String, what: &str, compared: &Compared, budget: Option<f64>) {
    let (native, guarded) = (compared.native.median, compared.guarded.median);
    let by = beside(compared.by, budget, 2);
    let _ = writeln!(text, "{what:<38}{native:>10.2}{guarded:>10.2}{by}");
}

fn beside(spread: Spread, budget: Option<f64>, decimals: usize) -> String {
    let Spread {
        median,
        lower,
        upper,
    } = spread;
    let quartiles = format!("({lower:.decimals$} to {upper:.decimals$})");
    let verdict = match budget {
        Some(budget) if median <= budget => format!("<= {budget}  holds"),
        Some(budget) => format!("<= {budget}  does not hold"),
        None => String::new(),
    };
    let line = format!("{median:>10.decimals$} {quartiles:<20} {verdict}");
    line.trim_end().to_owned()
}

/// Everything: medians, quartiles, verdicts.
pub(crate) fn json(run: &Run, verdicts: &[Verdict]) -> Value {
    let spread = |spread: Spread| {
        let Spread {
            median,
            lower,
            upper,
        } = spread;
        json!({ "median": median, "lower": lower, "upper": upper })
    };
    let rows = |rows: Vec<(String, Compared)>| {
        let rows = rows.into_iter().map(|(what, compared)| {
            json!({
                "what": what,
                "native": spread(compared.native),
                "guarded": spread(compared.guarded),
                "by": spread(compared.by),
            })
        });
        rows.collect::<Vec<_>>()
    };
    let starts = run.starts.iter().map(|((state, start, slow), loads)| {
        let loads = loads
            .iter()
            .map(|load| json!([load.whole, load.thread, load.greeting]));
        json!({
            "state": state.name(),
            "start": start.name(),
            "slowed_down": slow,
            "whole_thread_and_greeting": loads.collect::<Vec<_>>(),
        })
    });
    let states = State::ALL.map(|state| {
        json!({
            "state": state.name(),
            "calls_us": rows(run.calls(state)),
            "inserts_ms": rows(run.inserts(state, true)),
            "inserts_without_layout_ms": rows(run.inserts(state, false)),
        })
    });
    let verdicts = verdicts.iter().map(|verdict| {
        json!({
            "what": verdict.what,
            "value": verdict.value,
            "budget": verdict.budget,
            "holds": verdict.holds(),
        })
    });
    json!({
        "starts_ms": starts.collect::<Vec<_>>(),
        "states": states,
        "verdicts": verdicts.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(median: f64, budget: Option<f64>, line: &str) {
        let spread = Spread {
            median,
            lower: 0.5,
            upper: 9.0,
        };
        let told = beside(spread, budget, 2);
        let words: Vec<_> = told.split_whitespace().collect();
        assert_eq!(words.join(" "), line);
    }

    #[test]
    fn a_figure_is_told_beside_its_budget() {
        case(5.0, Some(5.0), "5.00 (0.50 to 9.00) <= 5 holds");
        case(1.11, Some(1.1), "1.11 (0.50 to 9.00) <= 1.1 does not hold");
        case(2.0, None, "2.00 (0.50 to 9.00)");
    }
}
