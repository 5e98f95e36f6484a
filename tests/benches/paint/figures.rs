//! What was measured, and its medians.

use crate::hosts::PEERS;
use std::collections::BTreeMap;

/// From how many milliseconds on a task is long.
pub(crate) const LONG: f64 = 50.0;

/// One load of a page; times in milliseconds since its navigation began.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    /// The browser's own `first-paint`.
    pub(crate) first_paint: f64,
    /// When the banner was visible; none where there was none.
    pub(crate) banner: Option<f64>,
    /// When `zhiqing.ready` came true.
    pub(crate) ready: Option<f64>,
    /// Beginning and duration of the tasks of the main thread that took 50 ms or more; the browser
    /// tells no others.
    pub(crate) tasks: Vec<(f64, f64)>,
    /// Sum of all layout shifts.
    pub(crate) shifts: f64,
    /// What had come over the network, heads included, by the time of the banner, or at rest where
    /// there is none.
    pub(crate) bytes: f64,
}

impl Sample {
    /// The longest task, 0 where none took 50 ms.
    pub(crate) fn longest_task(&self) -> f64 {
        let durations = self.tasks.iter().map(|&(_, duration)| duration);
        durations.fold(0.0, f64::max)
    }

    /// For how long a tap would have waited: what the tasks took beyond 50 ms each, in all.
    pub(crate) fn blocked(&self) -> f64 {
        let durations = self.tasks.iter().map(|&(_, duration)| duration);
        // From 0, for the sum of nothing is -0 otherwise.
        durations.fold(0.0, |sum, duration| sum + duration - LONG)
    }
}

/// A median with the extremes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Spread {
    /// Of some values; none of no value.
    pub(crate) fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        let upper = values.len() / 2;
        let lower = (values.len() - 1) / 2;
        Some(Self {
            median: f64::midpoint(values[lower], values[upper]),
            least,
            most,
        })
    }
}

/// All loads of one run.
#[derive(Debug)]
pub(crate) struct Run {
    /// Size of `zhiqing.js` as it is sent.
    pub(crate) script_bytes: usize,
    /// By how much the processor was found to be slowed down.
    pub(crate) slowdown: f64,
    samples: BTreeMap<&'static str, Vec<Sample>>,
}

impl Run {
    pub(crate) fn new(script_bytes: usize, slowdown: f64) -> Self {
        Self {
            script_bytes,
            slowdown,
            samples: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, page: &'static str, sample: Sample) {
        self.samples.entry(page).or_default().push(sample);
    }

    /// How often each page was loaded.
    pub(crate) fn rounds(&self) -> usize {
        self.samples.values().map(Vec::len).max().unwrap_or(0)
    }

    /// The loads of a page, in their order.
    pub(crate) fn samples(&self, page: &str) -> &[Sample] {
        self.samples.get(page).map_or(&[], Vec::as_slice)
    }

    /// One figure of a page; none unless every load has it.
    pub(crate) fn spread(
        &self,
        page: &str,
        figure: impl Fn(&Sample) -> Option<f64>,
    ) -> Option<Spread> {
        let values: Option<Vec<f64>> = self.samples(page).iter().map(figure).collect();
        Spread::of(values?)
    }

    /// The peer's page whose banner was visible sooner, so that it is measured at its best.
    pub(crate) fn peer(&self) -> &'static str {
        let banner = |page: &str| {
            let spread = self.spread(page, |sample| sample.banner);
            spread.map_or(f64::INFINITY, |spread| spread.median)
        };
        if banner(PEERS[1]) < banner(PEERS[0]) {
            PEERS[1]
        } else {
            PEERS[0]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(values: &[f64], expected: Option<(f64, f64, f64)>) {
        let expected = expected.map(|(median, least, most)| Spread {
            median,
            least,
            most,
        });
        assert_eq!(Spread::of(values.to_vec()), expected);
    }

    #[test]
    fn a_median_is_the_middle_or_between_the_two() {
        case(&[], None);
        case(&[7.0], Some((7.0, 7.0, 7.0)));
        case(&[9.0, 1.0, 2.0], Some((2.0, 1.0, 9.0)));
        case(&[4.0, 1.0, 2.0, 9.0], Some((3.0, 1.0, 9.0)));
    }

    #[test]
    fn tasks_are_told_by_the_longest_and_by_what_is_too_long() {
        let mut sample = Sample::default();
        assert_eq!((sample.longest_task(), sample.blocked()), (0.0, 0.0));
        sample.tasks = vec![(300.0, 50.0), (400.0, 90.0), (900.0, 61.0)];
        assert_eq!((sample.longest_task(), sample.blocked()), (90.0, 51.0));
    }

    fn banner(run: &mut Run, page: &'static str, banner: Option<f64>) {
        run.add(
            page,
            Sample {
                banner,
                ..Sample::default()
            },
        );
    }

    #[test]
    fn a_figure_that_one_load_lacks_is_none() {
        let mut run = Run::new(0, 6.0);
        banner(&mut run, "x", Some(1.0));
        assert!(run.spread("x", |sample| sample.banner).is_some());
        banner(&mut run, "x", None);
        assert_eq!(run.spread("x", |sample| sample.banner), None);
        assert_eq!(run.rounds(), 2);
    }

    #[test]
    fn the_peer_is_taken_at_its_best() {
        let mut run = Run::new(0, 6.0);
        banner(&mut run, PEERS[0], Some(2.0));
        banner(&mut run, PEERS[1], None);
        assert_eq!(run.peer(), PEERS[0]);
        let mut run = Run::new(0, 6.0);
        banner(&mut run, PEERS[0], Some(2.0));
        banner(&mut run, PEERS[1], Some(1.0));
        assert_eq!(run.peer(), PEERS[1]);
    }
}
