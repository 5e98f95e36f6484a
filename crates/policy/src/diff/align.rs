//! Which unit of the old document is which of the new one.
//!
//! First by identity: units whose words are the same, wherever they stand. Then, between those,
//! units that were split or joined. Then by likeness, what is left. Every step takes time in
//! proportion to the length of the text.

use std::collections::HashMap;
use std::ops::Range;

use super::likeness::Likeness;
use super::units::Unit;

/// Units of the old document that became units of the new one. Both ranges are of one unit unless a
/// clause was split, or joined from several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// Whether they say the same.
    pub(super) same: bool,
    /// Whether they stand elsewhere among the others now.
    pub(super) moved: bool,
}

/// The pairs, in the order of the new document. What is in none was removed or added.
pub(super) fn align(old: &[Unit], new: &[Unit]) -> Vec<Pair> {
    let mut alignment = Alignment {
        old,
        new,
        to_new: vec![None; old.len()],
        to_old: vec![None; new.len()],
    };
    alignment.unique();
    alignment.neighbours();
    alignment.repeated();
    let mut pairs = alignment.kept_and_moved();
    let regrouped = alignment.regroup(&pairs);
    pairs.extend(regrouped);
    let gaps = alignment.gaps(&pairs);
    let like = Likeness::new(old, new, &alignment.to_new, &alignment.to_old, &gaps);
    for pair in like.pairs() {
        for at in pair.old.clone() {
            alignment.to_new[at] = Some(pair.new.start);
        }
        for at in pair.new.clone() {
            alignment.to_old[at] = Some(pair.old.start);
        }
        pairs.push(pair);
    }
    pairs.sort_by_key(|pair| pair.new.start);
    pairs
}

pub(super) struct Alignment<'u> {
    pub(super) old: &'u [Unit],
    pub(super) new: &'u [Unit],
    /// For each unit, the first of those that it became, and the other way round.
    pub(super) to_new: Vec<Option<usize>>,
    pub(super) to_old: Vec<Option<usize>>,
}

/// For units between the same kept pairs, the number of that gap.
pub(super) struct Gaps {
    pub(super) old: Vec<usize>,
    pub(super) new: Vec<usize>,
}

impl Alignment<'_> {
    fn join(&mut self, old: usize, new: usize) {
        self.to_new[old] = Some(new);
        self.to_old[new] = Some(old);
    }

    fn can_join(&self, old: usize, new: usize) -> bool {
        let free = |list: &[Option<usize>], at: usize| list.get(at).is_some_and(Option::is_none);
        free(&self.to_new, old)
            && free(&self.to_old, new)
            && self.old[old].hash == self.new[new].hash
    }

    /// Units whose words stand once on either side.
    fn unique(&mut self) {
        let mut places: HashMap<u64, [(u32, usize); 2]> = HashMap::with_capacity(self.old.len());
        for (side, units) in [self.old, self.new].into_iter().enumerate() {
            for (at, unit) in units.iter().enumerate() {
                let place = &mut places.entry(unit.hash).or_default()[side];
                *place = (place.0 + 1, at);
            }
        }
        for [(here, old), (there, new)] in places.into_values() {
            if here == 1 && there == 1 {
                self.join(old, new);
            }
        }
    }

    /// Units beside a pair whose words are the same: of a text that comes again and again, the one
    /// among the same neighbours.
    fn neighbours(&mut self) {
        for at in 0..self.old.len() {
            if let Some(new) = self.to_new[at]
                && self.can_join(at + 1, new + 1)
            {
                self.join(at + 1, new + 1);
            }
        }
        for at in (1..self.old.len()).rev() {
            if let Some(new) = self.to_new[at]
                && new > 0
                && self.can_join(at - 1, new - 1)
            {
                self.join(at - 1, new - 1);
            }
        }
    }

    /// The others whose words are the same, in order: first between kept pairs, then anywhere.
    fn repeated(&mut self) {
        let kept = self.in_order();
        let gaps = self.gaps_between(&kept);
        for gap in [Some(&gaps), None] {
            let number = |list: &[usize], at: usize| list.get(at).copied().unwrap_or(0);
            let mut waiting: HashMap<(u64, usize), Vec<usize>> = HashMap::new();
            for at in (0..self.old.len())
                .rev()
                .filter(|&at| self.to_new[at].is_none())
            {
                let gap = gap.map_or(0, |gaps| number(&gaps.old, at));
                waiting
                    .entry((self.old[at].hash, gap))
                    .or_default()
                    .push(at);
            }
            for at in 0..self.new.len() {
                if self.to_old[at].is_some() {
                    continue;
                }
                let gap = gap.map_or(0, |gaps| number(&gaps.new, at));
                if let Some(old) = waiting
                    .get_mut(&(self.new[at].hash, gap))
                    .and_then(Vec::pop)
                {
                    self.join(old, at);
                }
            }
        }
    }

    /// The pairs so far that keep their order: a longest increasing run of places.
    fn in_order(&self) -> Vec<(usize, usize)> {
        let pairs: Vec<(usize, usize)> = self
            .to_old
            .iter()
            .enumerate()
            .filter_map(|(new, old)| Some(((*old)?, new)))
            .collect();
        // The pair on which a run of each length ends with the least place, and what stands before
        // each pair in its run.
        let mut ends: Vec<usize> = Vec::new();
        let mut before = vec![None; pairs.len()];
        for (at, &(old, _)) in pairs.iter().enumerate() {
            let length = ends.partition_point(|&end| pairs[end].0 < old);
            before[at] = length.checked_sub(1).map(|last| ends[last]);
            match ends.get_mut(length) {
                Some(end) => *end = at,
                None => ends.push(at),
            }
        }
        let mut kept = Vec::with_capacity(ends.len());
        let mut next = ends.last().copied();
        while let Some(at) = next {
            kept.push(pairs[at]);
            next = before[at];
        }
        kept.reverse();
        kept
    }

    fn kept_and_moved(&self) -> Vec<Pair> {
        let mut kept = self.in_order().into_iter().peekable();
        let found = self.to_old.iter().enumerate();
        found
            .filter_map(|(new, old)| {
                let old = (*old)?;
                Some(Pair {
                    old: old..old + 1,
                    new: new..new + 1,
                    same: true,
                    moved: kept.next_if_eq(&(old, new)).is_none(),
                })
            })
            .collect()
    }

    pub(super) fn gaps(&self, pairs: &[Pair]) -> Gaps {
        let mut kept: Vec<(usize, usize)> = pairs
            .iter()
            .filter(|pair| !pair.moved)
            .map(|pair| (pair.old.start, pair.new.start))
            .collect();
        kept.sort_unstable();
        self.gaps_between(&kept)
    }

    fn gaps_between(&self, kept: &[(usize, usize)]) -> Gaps {
        let number = |length: usize, places: &mut dyn Iterator<Item = usize>| {
            let mut places = places.peekable();
            let mut gap = 0;
            (0..length)
                .map(|at| {
                    while places.next_if(|&place| place <= at).is_some() {
                        gap += 1;
                    }
                    gap
                })
                .collect()
        };
        Gaps {
            old: number(self.old.len(), &mut kept.iter().map(|pair| pair.0)),
            new: number(self.new.len(), &mut kept.iter().map(|pair| pair.1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(old: &str, new: &str, expected: &[&str]) {
        let units = |text: &str| super::super::units::of(&crate::parse(text));
        let (a, b) = (units(old), units(new));
        let pairs = align(&a, &b);
        let mut told: Vec<String> = pairs
            .iter()
            .filter(|pair| !pair.same || pair.moved || pair.old.len() + pair.new.len() > 2)
            .map(|pair| {
                let lines = |units: &[Unit], range: &Range<usize>| {
                    let lines = units[range.clone()]
                        .iter()
                        .map(|unit| unit.line.to_string());
                    lines.collect::<Vec<_>>().join("+")
                };
                let how = match (pair.same, pair.moved) {
                    (true, true) => "moved",
                    (true, false) => "same",
                    _ => "edited",
                };
                format!("{}→{} {how}", lines(&a, &pair.old), lines(&b, &pair.new))
            })
            .collect();
        let free = |taken: Vec<Range<usize>>, units: &[Unit], sign: &str| {
            let taken: Vec<usize> = taken.into_iter().flatten().collect();
            (0..units.len())
                .filter(|at| !taken.contains(at))
                .map(|at| format!("{sign}{}", units[at].line))
                .collect::<Vec<_>>()
        };
        told.extend(free(
            pairs.iter().map(|pair| pair.old.clone()).collect(),
            &a,
            "-",
        ));
        told.extend(free(
            pairs.iter().map(|pair| pair.new.clone()).collect(),
            &b,
            "+",
        ));
        assert_eq!(told, expected, "{old}\n→\n{new}");
    }

    const BASE: &str = "某某隐私政策\n\n一、收集\n1、登录时我们收集手机号码。\n2、下单时我们收集收货地址。\n\n二、共享\n1、我们向快递公司提供收货地址。\n\n三、联系我们\n请拨打400-000-0000。\n";

    #[test]
    fn units_are_found_again() {
        case(BASE, BASE, &[]);
        case(
            BASE,
            &BASE.replace("1、登", "（1）登").replace("2、", "（2）"),
            &[],
        );
        case(
            BASE,
            &BASE.replace("我们收集手机", "我们会收集手机"),
            &["4→4 edited"],
        );
        case(
            BASE,
            &BASE.replace("2、下单时我们收集收货地址。\n", ""),
            &["-5"],
        );
        case(
            BASE,
            &BASE.replace("\n二、", "3、开票时我们收集税号。\n\n二、"),
            &["+6"],
        );
        let (before, after) = BASE.split_once("二、共享").expect("the part");
        let (moved, after) = after.split_once("三、").expect("the part");
        let swapped = format!("{before}二、{after}\n三、共享{moved}");
        case(BASE, &swapped, &["10→7 moved", "11→8 moved"]);
    }

    #[test]
    fn a_clause_that_was_split_is_the_same() {
        let old = "一、保存\n我们保存您的订单。到期以后我们删除它。\n二、其他\n没有。\n";
        let new = "一、保存\n我们保存您的订单。\n到期以后我们删除它。\n二、其他\n没有。\n";
        case(old, new, &["2→2+3 same"]);
        case(new, old, &["2+3→2 same"]);
    }
}
