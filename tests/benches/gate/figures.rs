//! What was measured, and its medians.

use crate::field::{Inserted, Measured, Start, Started, State};
use std::collections::BTreeMap;

/// A median with the quartiles around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) lower: f64,
    pub(crate) upper: f64,
}

impl Spread {
    /// Of some values; none of no value.
    pub(crate) fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let last = values.len().checked_sub(1)?;
        // In quarters of the way from the first to the last, between the two next to it.
        let at = |quarters: usize| {
            let (whole, rest) = (last * quarters / 4, last * quarters % 4);
            let (below, above) = (values[whole], values[last.min(whole + 1)]);
            below + (above - below) * f64::from(u8::try_from(rest).unwrap_or_default()) / 4.0
        };
        Some(Self {
            median: at(2),
            lower: at(1),
            upper: at(3),
        })
    }
}

/// One round: without a guard beside with one.
#[derive(Debug)]
pub(crate) struct Pair {
    /// Of one page, in turns.
    pub(crate) calls: Vec<(String, (f64, f64))>,
    /// Of a page each.
    pub(crate) inserts: [Vec<(String, Inserted)>; 2],
}

impl Pair {
    pub(crate) fn of(native: Measured, guarded: Measured) -> Self {
        Self {
            calls: guarded.calls,
            inserts: [native.inserts, guarded.inserts],
        }
    }
}

/// What is told of a call or an insertion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Compared {
    pub(crate) native: Spread,
    pub(crate) guarded: Spread,
    /// How much more (calls), or how many times as much (insertions), round by round.
    pub(crate) by: Spread,
}

impl Compared {
    /// Of both sides of each round.
    fn of(pairs: &[(f64, f64)], by: fn(f64, f64) -> f64) -> Option<Self> {
        let values = |of: &dyn Fn(&(f64, f64)) -> f64| Spread::of(pairs.iter().map(of).collect());
        Some(Self {
            native: values(&|pair| pair.0)?,
            guarded: values(&|pair| pair.1)?,
            by: values(&|pair| by(pair.0, pair.1))?,
        })
    }
}

/// All rounds of one run.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// Milliseconds of the guard's start; whether the processor was slowed down.
    pub(crate) starts: BTreeMap<(State, Start, bool), Vec<Started>>,
    pub(crate) pairs: BTreeMap<State, Vec<Pair>>,
}

impl Run {
    /// One way of starting.
    pub(crate) fn start(
        &self,
        state: State,
        start: Start,
        slow: bool,
        of: fn(&Started) -> f64,
    ) -> Option<Spread> {
        let loads = self.starts.get(&(state, start, slow))?;
        Spread::of(loads.iter().map(of).collect())
    }

    /// Every call, in microseconds and how much more.
    pub(crate) fn calls(&self, state: State) -> Vec<(String, Compared)> {
        let more = |native: f64, guarded: f64| guarded - native;
        self.compared(state, |pair| pair.calls.clone(), more)
    }

    /// Every insertion, in milliseconds and as a ratio; `shown` tells whether it is laid out, too.
    pub(crate) fn inserts(&self, state: State, shown: bool) -> Vec<(String, Compared)> {
        let times = |native: f64, guarded: f64| guarded / native;
        let took = |took: &Inserted| if shown { took.shown } else { took.made };
        let of = |pair: &Pair| {
            let [native, guarded] = &pair.inserts;
            let both = native.iter().zip(guarded);
            both.map(|((name, native), (_, guarded))| (name.clone(), (took(native), took(guarded))))
                .collect()
        };
        self.compared(state, of, times)
    }

    fn compared(
        &self,
        state: State,
        of: impl Fn(&Pair) -> Vec<(String, (f64, f64))>,
        by: fn(f64, f64) -> f64,
    ) -> Vec<(String, Compared)> {
        let pairs = self.pairs.get(&state).map_or(&[][..], Vec::as_slice);
        let mut rows: Vec<(String, Vec<(f64, f64)>)> = Vec::new();
        for pair in pairs {
            for (at, (name, both)) in of(pair).into_iter().enumerate() {
                if rows.len() == at {
                    rows.push((name, Vec::new()));
                }
                rows[at].1.push(both);
            }
        }
        let told = rows.into_iter();
        told.filter_map(|(name, pairs)| Some((name, Compared::of(&pairs, by)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(values: &[f64], expected: Option<(f64, f64, f64)>) {
        let expected = expected.map(|(lower, median, upper)| Spread {
            median,
            lower,
            upper,
        });
        assert_eq!(Spread::of(values.to_vec()), expected);
    }

    #[test]
    fn quartiles_lie_between_what_is_there() {
        case(&[], None);
        case(&[7.0], Some((7.0, 7.0, 7.0)));
        case(&[4.0, 2.0], Some((2.5, 3.0, 3.5)));
        case(&[5.0, 1.0, 4.0, 2.0, 3.0], Some((2.0, 3.0, 4.0)));
    }

    #[test]
    fn what_is_compared_is_of_the_same_round() {
        let mut run = Run::default();
        // The machine was ten times as slow in the second and third.
        for (native, guarded) in [(1.0, 3.0), (10.0, 12.0), (20.0, 22.0)] {
            run.pairs.entry(State::Granted).or_default().push(Pair {
                calls: vec![("call".to_owned(), (native, guarded))],
                inserts: [Vec::new(), Vec::new()],
            });
        }
        let calls = run.calls(State::Granted);
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0].1.native.median, 10.0);
        assert_eq!((calls[0].1.by.lower, calls[0].1.by.upper), (2.0, 2.0));
        assert_eq!(run.calls(State::Undecided), []);
    }
}
