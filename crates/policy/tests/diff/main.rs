//! One change planted into a whole policy must come out as that change alone, with its kind and
//! whether it is material: over five policies of our own, and over the five real ones where they
//! are at hand (nothing of whose text is repeated here: lines stand for it).

mod ours;
mod seeds;

use std::fmt::Write as _;

use zhiqing_policy::diff::{self, Diff};
use zhiqing_policy::parse;

/// Kind and materiality of each change: `data !`, `wording -`.
fn told(diff: &Diff) -> String {
    let words = diff.changes.iter().map(|change| {
        let material = if change.material { "!" } else { "-" };
        format!("{} {material}", change.kind.name())
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The changes with their places, for a failing test.
fn shown(diff: &Diff) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        let line = |place: &Option<diff::Place>| place.as_ref().map_or(0, |place| place.line);
        let lines = (line(&change.before), line(&change.after));
        let _ = writeln!(
            text,
            "{} {} {lines:?} {:?}",
            change.kind.name(),
            change.nature.name(),
            change.words
        );
    }
    text
}

/// Collects what went wrong, so that one run shows all of it.
#[derive(Default)]
struct Planted {
    count: usize,
    wrong: String,
}

impl Planted {
    fn plant(&mut self, what: &str, old: &str, new: &str, expected: &str) {
        self.count += 1;
        let (old, new) = (parse(old), parse(new));
        let (diff, back) = (diff::compare(&old, &new), diff::compare(&new, &old));
        if told(&diff) != expected {
            let _ = writeln!(
                self.wrong,
                "{what}: expected {expected:?}, found\n{}",
                shown(&diff)
            );
        }
        // Read backwards, what was put in is taken out, at the same places.
        let places = |diff: &Diff, back: bool| {
            let mut places: Vec<_> = diff
                .changes
                .iter()
                .map(|change| match back {
                    true => (change.after.clone(), change.before.clone()),
                    false => (change.before.clone(), change.after.clone()),
                })
                .map(|(a, b)| (a.map(|place| place.line), b.map(|place| place.line)))
                .collect();
            places.sort_unstable();
            places
        };
        let moved = diff
            .changes
            .iter()
            .any(|change| change.nature.name() == "moved");
        if !moved && places(&diff, false) != places(&back, true) {
            let _ = writeln!(self.wrong, "{what}: read backwards\n{}", shown(&back));
        }
    }

    #[track_caller]
    fn done(self, least: usize) {
        assert!(self.wrong.is_empty(), "\n{}", self.wrong);
        assert!(self.count >= least, "{} planted changes", self.count);
    }
}
