//! What must hold: ratios of one run, because its machine is as slow for all alike.

use crate::figures::{LONG, Run, Sample};
use crate::hosts::{EXTERNAL, INLINED, WITHOUT};

/// Banner to the first paint of the page alone, and to the peer's banner.
const INLINED_TO_PAINT: f64 = 1.2;
const INLINED_TO_PEER: f64 = 0.5;
/// One round trip and 60 ms after that first paint.
const EXTERNAL_AFTER_PAINT: f64 = 210.0;
const EXTERNAL_TO_PEER: f64 = 0.7;
const SCRIPT: f64 = 8192.0;

/// A figure beside its budget.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) what: String,
    /// None where it could not be measured: that does not hold.
    pub(crate) value: Option<f64>,
    pub(crate) budget: f64,
    pub(crate) unit: Unit,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Ratio,
    Milliseconds,
    Bytes,
    /// Layout shift has no unit.
    Score,
}

impl Verdict {
    pub(crate) fn holds(&self) -> bool {
        self.value.is_some_and(|value| value <= self.budget)
    }
}

/// Every budget of the first paint.
pub(crate) fn judge(run: &Run) -> Vec<Verdict> {
    let median = |page: &str, figure: fn(&Sample) -> Option<f64>| {
        run.spread(page, figure).map(|spread| spread.median)
    };
    let banner = |page: &str| median(page, |sample| sample.banner);
    let paint = median(WITHOUT, |sample| Some(sample.first_paint));
    let peer = banner(run.peer());
    let mut verdicts = Vec::new();
    let mut say = |what: String, value: Option<f64>, budget: f64, unit: Unit| {
        verdicts.push(Verdict {
            what,
            value,
            budget,
            unit,
        });
    };

    let compared = |page: &str, to: Option<f64>| Some(banner(page)? / to?);
    say(
        format!("{INLINED}: banner / first paint of the page alone"),
        compared(INLINED, paint),
        INLINED_TO_PAINT,
        Unit::Ratio,
    );
    say(
        format!("{INLINED}: banner / vanilla-cookieconsent's"),
        compared(INLINED, peer),
        INLINED_TO_PEER,
        Unit::Ratio,
    );
    let after = |page: &str| Some(banner(page)? - paint?);
    say(
        format!("{EXTERNAL}: banner - first paint of the page alone"),
        after(EXTERNAL),
        EXTERNAL_AFTER_PAINT,
        Unit::Milliseconds,
    );
    say(
        format!("{EXTERNAL}: banner / vanilla-cookieconsent's"),
        compared(EXTERNAL, peer),
        EXTERNAL_TO_PEER,
        Unit::Ratio,
    );
    for page in [INLINED, EXTERNAL] {
        // A shift is no noise of the machine: the worst load counts.
        let shifts = run.spread(page, |sample| Some(sample.shifts));
        let worst = shifts.map(|spread| spread.most);
        say(format!("{page}: layout shift"), worst, 0.0, Unit::Score);
        say(
            format!("{page}: longest task"),
            median(page, |sample| Some(sample.longest_task())),
            LONG,
            Unit::Milliseconds,
        );
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a script has less than 2^52 bytes"
    )]
    let script = run.script_bytes as f64;
    say(
        "zhiqing.js, brotli".to_owned(),
        Some(script),
        SCRIPT,
        Unit::Bytes,
    );
    verdicts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hosts::PEERS;

    /// A run of one round: what our pages and the peer's needed, in milliseconds.
    fn run(inlined: f64, external: f64, peer: f64) -> Run {
        let mut run = Run::new(8192, 6.0);
        let load = |banner: f64| Sample {
            first_paint: 400.0,
            banner: Some(banner),
            ..Sample::default()
        };
        run.add(
            WITHOUT,
            Sample {
                banner: None,
                ..load(0.0)
            },
        );
        run.add(INLINED, load(inlined));
        run.add(EXTERNAL, load(external));
        run.add(PEERS[0], load(peer));
        run.add(PEERS[1], load(peer + 100.0));
        run
    }

    #[track_caller]
    fn case(run: &Run, broken: &[&str]) {
        let verdicts = judge(run);
        let found: Vec<_> = verdicts.iter().filter(|verdict| !verdict.holds()).collect();
        let found: Vec<_> = found.iter().map(|verdict| verdict.what.as_str()).collect();
        assert_eq!(found, broken);
    }

    #[test]
    fn a_figure_at_its_budget_holds() {
        case(&run(480.0, 610.0, 960.0), &[]);
    }

    #[test]
    fn every_budget_that_is_exceeded_is_named() {
        case(
            &run(481.0, 611.0, 960.0),
            &[
                "inlined: banner / first paint of the page alone",
                "inlined: banner / vanilla-cookieconsent's",
                "external: banner - first paint of the page alone",
            ],
        );
        case(
            &run(100.0, 500.0, 700.0),
            &["external: banner / vanilla-cookieconsent's"],
        );
        let mut long = run(400.0, 500.0, 960.0);
        long.script_bytes = 8193;
        for _ in 0..2 {
            long.add(
                EXTERNAL,
                Sample {
                    tasks: vec![(700.0, 50.1), (900.0, 50.0)],
                    banner: Some(500.0),
                    ..Sample::default()
                },
            );
        }
        case(&long, &["external: longest task", "zhiqing.js, brotli"]);
    }

    #[test]
    fn one_shift_in_one_load_is_too_many() {
        let mut run = run(400.0, 500.0, 960.0);
        for shifts in [0.0, 0.001, 0.0] {
            run.add(
                INLINED,
                Sample {
                    shifts,
                    banner: Some(400.0),
                    ..Sample::default()
                },
            );
        }
        case(&run, &["inlined: layout shift"]);
    }

    #[test]
    fn a_banner_that_was_not_seen_holds_nothing() {
        let mut run = run(400.0, 500.0, 960.0);
        run.add(INLINED, Sample::default());
        case(
            &run,
            &[
                "inlined: banner / first paint of the page alone",
                "inlined: banner / vanilla-cookieconsent's",
            ],
        );
    }
}
