//! The run as a table for people, and as JSON.

use crate::budgets::{Unit, Verdict};
use crate::figures::{Run, Sample, Spread};
use crate::hosts::PAGES;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A figure of a load, with its name as a column and in JSON.
struct Figure {
    title: &'static str,
    name: &'static str,
    of: fn(&Sample) -> Option<f64>,
    /// Decimals that mean something.
    decimals: usize,
}

const FIGURES: [Figure; 7] = [
    Figure {
        title: "first paint",
        name: "first_paint_ms",
        of: |sample| Some(sample.first_paint),
        decimals: 0,
    },
    Figure {
        title: "banner",
        name: "banner_ms",
        of: |sample| sample.banner,
        decimals: 0,
    },
    Figure {
        title: "ready",
        name: "ready_ms",
        of: |sample| sample.ready,
        decimals: 0,
    },
    Figure {
        title: "longest task",
        name: "longest_task_ms",
        of: |sample| Some(sample.longest_task()),
        decimals: 0,
    },
    Figure {
        title: "blocked",
        name: "blocked_ms",
        of: |sample| Some(sample.blocked()),
        decimals: 0,
    },
    Figure {
        title: "shift",
        name: "layout_shift",
        of: |sample| Some(sample.shifts),
        decimals: 3,
    },
    Figure {
        title: "bytes before",
        name: "bytes_before_banner",
        of: |sample| Some(sample.bytes),
        decimals: 0,
    },
];

/// Medians with their extremes, then every budget.
pub(crate) fn text(run: &Run, verdicts: &[Verdict]) -> String {
    let mut text = format!(
        "medians of {} rounds (least-most), ms; processor slowed down {:.1} times\n\n{:<20}",
        run.rounds(),
        run.slowdown,
        "page"
    );
    // Writing to a string cannot fail.
    for figure in &FIGURES {
        let _ = write!(text, " {:>18}", figure.title);
    }
    text.push('\n');
    for page in PAGES {
        let _ = write!(text, "{page:<20}");
        for figure in &FIGURES {
            let cell = run
                .spread(page, figure.of)
                .map_or_else(|| "-".to_owned(), |spread| cell(spread, figure.decimals));
            let _ = write!(text, " {cell:>18}");
        }
        text.push('\n');
    }
    text.push('\n');
    for verdict in verdicts {
        let value = verdict
            .value
            .map_or_else(|| "not seen".to_owned(), |value| told(value, verdict.unit));
        let verb = if verdict.holds() {
            "holds"
        } else {
            "does not hold"
        };
        let (what, budget) = (&verdict.what, told(verdict.budget, verdict.unit));
        let _ = writeln!(text, "{what:<52} {value:>10}  <= {budget:<10} {verb}");
    }
    text
}

fn cell(spread: Spread, decimals: usize) -> String {
    let Spread {
        median,
        least,
        most,
    } = spread;
    format!("{median:.decimals$} ({least:.decimals$}-{most:.decimals$})")
}

fn told(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Ratio => format!("{value:.2}"),
        Unit::Milliseconds => format!("{value:.0} ms"),
        Unit::Bytes => format!("{value:.0} B"),
        Unit::Score => format!("{value:.3}"),
    }
}

/// Everything: each load, the medians, the verdicts.
pub(crate) fn json(run: &Run, verdicts: &[Verdict]) -> Value {
    let pages = PAGES.map(|page| {
        let figures: serde_json::Map<String, Value> = FIGURES
            .iter()
            .map(|figure| {
                let loads: Vec<_> = run.samples(page).iter().map(figure.of).collect();
                let spread = run.spread(page, figure.of).map(|spread| {
                    let Spread {
                        median,
                        least,
                        most,
                    } = spread;
                    json!({ "median": median, "min": least, "max": most })
                });
                let told = json!({ "spread": spread, "loads": loads });
                (figure.name.to_owned(), told)
            })
            .collect();
        let tasks: Vec<_> = run.samples(page).iter().map(|load| &load.tasks).collect();
        json!({ "page": page, "figures": figures, "tasks": tasks })
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
        "rounds": run.rounds(),
        "slowdown": run.slowdown,
        "compared_with": run.peer(),
        "pages": pages,
        "verdicts": verdicts.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(value: Option<f64>, budget: f64, unit: Unit, line: &str) {
        let what = "it".to_owned();
        let verdict = Verdict {
            what,
            value,
            budget,
            unit,
        };
        let text = text(&Run::new(0, 6.0), &[verdict]);
        let last = text.lines().last().unwrap_or_default();
        let words: Vec<_> = last.split_whitespace().collect();
        assert_eq!(words.join(" "), line);
    }

    #[test]
    fn a_verdict_is_told_with_its_unit() {
        case(Some(1.1), 1.2, Unit::Ratio, "it 1.10 <= 1.20 holds");
        case(
            Some(70.4),
            50.0,
            Unit::Milliseconds,
            "it 70 ms <= 50 ms does not hold",
        );
        case(None, 0.5, Unit::Ratio, "it not seen <= 0.50 does not hold");
        case(Some(0.0), 0.0, Unit::Score, "it 0.000 <= 0.000 holds");
        case(
            Some(8192.0),
            8192.0,
            Unit::Bytes,
            "it 8192 B <= 8192 B holds",
        );
    }

    #[test]
    fn json_holds_every_load() {
        let mut run = Run::new(0, 6.0);
        for banner in [3.0, 1.0] {
            let banner = Some(banner);
            run.add(
                PAGES[1],
                Sample {
                    banner,
                    ..Sample::default()
                },
            );
        }
        let told = json(&run, &[]);
        let banner = &told["pages"][1]["figures"]["banner_ms"];
        assert_eq!(banner["loads"], json!([3.0, 1.0]));
        assert_eq!(
            banner["spread"],
            json!({ "median": 2.0, "min": 1.0, "max": 3.0 })
        );
        assert_eq!(told["rounds"], 2);
    }
}
