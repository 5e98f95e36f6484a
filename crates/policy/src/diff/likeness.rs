//! Units that are alike: an edited clause is found by the pairs of characters that it still has.
//!
//! Candidates come from an index of those pairs that are rare; what is common tells nothing and is
//! left out, so that the work stays in proportion to the text.

use std::collections::{HashMap, HashSet};

use super::align::{Gaps, Pair};
use super::units::{Role, Unit, joined};

/// In how many units a pair of characters may stand and still tell them apart.
const COMMON: usize = 16;
/// How many candidates of a unit are looked at closely.
const CANDIDATES: usize = 6;
/// In a gap of so many pairs of units each is compared with each.
const FEW: usize = 64;

/// How alike units must be, from 0 to 1000: where they are the only two between the same neighbours,
/// where they are between the same neighbours, and anywhere.
const ALONE: u32 = 250;
const NEAR: u32 = 380;
const FAR: u32 = 600;

/// What is left after identity, and how it is compared.
pub(super) struct Likeness<'u> {
    old: &'u [Unit],
    new: &'u [Unit],
    gaps: &'u Gaps,
    left: Vec<(usize, Vec<u64>)>,
    right: Vec<(usize, Vec<u64>)>,
}

impl<'u> Likeness<'u> {
    pub(super) fn new(
        old: &'u [Unit],
        new: &'u [Unit],
        to_new: &[Option<usize>],
        to_old: &[Option<usize>],
        gaps: &'u Gaps,
    ) -> Self {
        let free = |units: &[Unit], taken: &[Option<usize>]| {
            let free = units
                .iter()
                .enumerate()
                .filter(|(at, _)| taken[*at].is_none());
            free.map(|(at, unit)| (at, pairs_of(&unit.words))).collect()
        };
        Self {
            old,
            new,
            gaps,
            left: free(old, to_new),
            right: free(new, to_old),
        }
    }

    /// The pairs that are alike enough, the most alike first; each unit is in one.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut scored = self.candidates();
        scored.sort_unstable_by_key(|&(score, left, right)| {
            (
                std::cmp::Reverse(score),
                self.right[right].0,
                self.left[left].0,
            )
        });
        scored.dedup();
        let mut taken = (HashSet::new(), HashSet::new());
        let mut pairs = Vec::new();
        for (_, left, right) in scored {
            if taken.0.contains(&left) || taken.1.contains(&right) {
                continue;
            }
            taken.0.insert(left);
            taken.1.insert(right);
            pairs.push((left, right));
        }
        pairs
            .into_iter()
            .map(|(left, right)| self.grown((left, right), &mut taken))
            .collect()
    }

    /// Index of left and of right, with how alike they are.
    fn candidates(&self) -> Vec<(u32, usize, usize)> {
        let mut by_gap: HashMap<usize, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (index, (at, _)) in self.left.iter().enumerate() {
            by_gap.entry(self.gaps.old[*at]).or_default().0.push(index);
        }
        for (index, (at, _)) in self.right.iter().enumerate() {
            by_gap.entry(self.gaps.new[*at]).or_default().1.push(index);
        }
        let mut found = Vec::new();
        for (left, right) in by_gap.values() {
            if left.len() * right.len() <= FEW {
                let alone = left.len() == 1 && right.len() == 1;
                for (&left, &right) in left.iter().flat_map(|l| right.iter().map(move |r| (l, r))) {
                    found.extend(self.compare(left, right, if alone { ALONE } else { NEAR }));
                }
            }
        }
        let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
        for (left, (_, pairs)) in self.left.iter().enumerate() {
            for pair in pairs {
                let places = index.entry(*pair).or_default();
                if places.len() <= COMMON {
                    places.push(left);
                }
            }
        }
        let mut votes: HashMap<usize, u32> = HashMap::new();
        for (right, (at, pairs)) in self.right.iter().enumerate() {
            votes.clear();
            for pair in pairs {
                let places = index.get(pair).filter(|places| places.len() <= COMMON);
                for left in places.into_iter().flatten() {
                    *votes.entry(*left).or_default() += 1;
                }
            }
            let mut best: Vec<(u32, usize)> = votes.iter().map(|(l, n)| (*n, *l)).collect();
            best.sort_unstable_by_key(|&(votes, left)| (std::cmp::Reverse(votes), left));
            for &(_, left) in best.iter().take(CANDIDATES) {
                let near = self.gaps.old[self.left[left].0] == self.gaps.new[*at];
                found.extend(self.compare(left, right, if near { NEAR } else { FAR }));
            }
        }
        found
    }

    /// How alike two units are, if they are alike enough. Being near counts.
    fn compare(&self, left: usize, right: usize, least: u32) -> Option<(u32, usize, usize)> {
        let ((a, left_pairs), (b, right_pairs)) = (&self.left[left], &self.right[right]);
        let (old, new) = (&self.old[*a], &self.new[*b]);
        let kind = |unit: &Unit| match unit.role {
            Role::Heading(_) => 0,
            Role::Text => 1,
            Role::Row { .. } => 2,
        };
        // A heading is no edited paragraph, a row of a table no heading.
        let least = match kind(old) == kind(new) {
            true => least,
            false => least.max(FAR),
        };
        let alike = alike(left_pairs, right_pairs);
        let near = self.gaps.old[*a] == self.gaps.new[*b];
        let row = kind(old) == 2 && kind(new) == 2 && first_cell(old) == first_cell(new);
        // Who is reached under the same number is told so again, in whatever words.
        let reached = || {
            let same = |address| addresses(&old.words).any(|other| other == address);
            addresses(&new.words).any(same)
        };
        let least = match near && alike >= ALONE && alike < least && (row || reached()) {
            true => ALONE,
            false => least,
        };
        let bonus =
            150 * u32::from(near) + 200 * u32::from(row) + 20 * u32::from(old.number == new.number);
        (alike >= least).then_some((alike + bonus, left, right))
    }

    /// A pair with a neighbour that belongs to it: one half of a clause that was split and edited.
    fn grown(
        &self,
        (left, right): (usize, usize),
        taken: &mut (HashSet<usize>, HashSet<usize>),
    ) -> Pair {
        let (a, left_pairs) = &self.left[left];
        let (b, right_pairs) = &self.right[right];
        let (mut old, mut new) = (*a..*a + 1, *b..*b + 1);
        let score = alike(left_pairs, right_pairs);
        let prose = |unit: &Unit| unit.role == Role::Text;
        let next = |list: &[(usize, Vec<u64>)], at: usize, units: &[Unit], index: usize| {
            let place = list.get(at)?.0;
            (place == index && prose(&units[place])).then_some(at)
        };
        if prose(&self.old[*a]) && prose(&self.new[*b]) {
            if let Some(more) = next(&self.right, right + 1, self.new, b + 1)
                && !taken.1.contains(&more)
                && let Some(both) = joined(&self.new[*b..b + 2])
                && alike(left_pairs, &pairs_of(&both.words)) > score + 80
            {
                taken.1.insert(more);
                new.end += 1;
            } else if let Some(more) = next(&self.left, left + 1, self.old, a + 1)
                && !taken.0.contains(&more)
                && let Some(both) = joined(&self.old[*a..a + 2])
                && alike(&pairs_of(&both.words), right_pairs) > score + 80
            {
                taken.0.insert(more);
                old.end += 1;
            }
        }
        Pair {
            old,
            new,
            same: false,
            moved: false,
        }
    }
}

fn first_cell(unit: &Unit) -> &str {
    let end = unit.parts.get(1).map_or(unit.text.len(), |&(_, at)| at);
    &unit.text[..end]
}

/// How many addresses of a unit are looked at.
const ADDRESSES: usize = 4;

/// Telephone numbers and email addresses.
fn addresses(words: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || "-._@+".contains(c);
    let runs = words.split(move |c| !inside(c));
    let is_address = |run: &&str| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        run.contains('@') || digits >= 7 && run.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    };
    runs.filter(is_address).take(ADDRESSES)
}

/// The pairs of neighbouring characters, sorted, each once.
fn pairs_of(words: &str) -> Vec<u64> {
    let code = |a: char, b: char| u64::from(u32::from(a)) << 32 | u64::from(u32::from(b));
    let mut pairs: Vec<u64> = words
        .chars()
        .zip(words.chars().skip(1))
        .map(|(a, b)| code(a, b))
        .collect();
    if pairs.is_empty() {
        pairs.extend(words.chars().map(|c| code(c, '\0')));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Twice the pairs that both have, in a thousandth of all (Dice).
fn alike(a: &[u64], b: &[u64]) -> u32 {
    let (mut x, mut y, mut both) = (0, 0, 0_usize);
    while let (Some(one), Some(other)) = (a.get(x), b.get(y)) {
        both += usize::from(one == other);
        x += usize::from(one <= other);
        y += usize::from(other <= one);
    }
    let all = a.len() + b.len();
    u32::try_from((2000 * both).checked_div(all).unwrap_or(0)).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_what_two_texts_share() {
        let of = |a: &str, b: &str| alike(&pairs_of(a), &pairs_of(b));
        assert_eq!(of("收集位置信息", "收集位置信息"), 1000);
        assert_eq!(of("收集位置信息", "投诉与诉讼"), 0);
        assert!(of("收集位置信息", "读取位置信息") > 500);
        assert_eq!(of("", ""), 0);
        assert_eq!(of("甲", "甲"), 1000);
    }
}
