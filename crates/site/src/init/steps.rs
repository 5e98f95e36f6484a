//! Own steps: consents of one kind of data that are different acts, and those that no candidate
//! knows. PIPL's separate consent is to one act; what can be asked apart must be.

use super::candidates::candidates;
use super::placing::{Share, Stating, Weight};
use super::plan::{Drafted, Plan};
use super::reading::{Place, Reading};
use super::write::on_one_line;
use zhiqing_policy::Clause;

/// A longer head is no name, in characters.
const LONGEST: usize = 20;
/// How many acts of one kind a fact is held against.
const HELD: usize = 16;

impl<'a> Plan<'a> {
    /// Puts a clause to the purpose that it states: one of its own, where another clause under
    /// another head calls for the same kind of consent.
    pub(super) fn state(&mut self, reading: &Reading<'a>, stating: Stating, at: usize) {
        let Stating {
            candidate,
            share,
            weight,
        } = stating;
        let clause = reading.clause(at);
        let calls = weight == Weight::States && candidates()[candidate].is_of_data();
        let Some(head) = head(clause).filter(|_| calls) else {
            return self.add(candidate, weight, at, share);
        };
        let drafted = &mut self.purposes[candidate];
        match &drafted.head {
            None => drafted.head = Some(head),
            Some(first) if *first == head => {}
            Some(_) => {
                let number = self.acts.get(&candidate).map_or(0, Vec::len) + 2;
                let mut act = Drafted::of(&candidates()[candidate]);
                act.id = format!("{}-{number}", act.id);
                act.name.clone_from(&head);
                act.head = Some(head);
                self.acts
                    .entry(candidate)
                    .or_default()
                    .push(self.purposes.len());
                self.purposes.push(act);
                return self.add(self.purposes.len() - 1, weight, at, share);
            }
        }
        self.add(candidate, weight, at, share);
    }

    /// A separate consent that no candidate knows is named by the words that open its clause.
    pub(super) fn own_step(&mut self, clause: &Clause, at: usize) {
        self.unknown += 1;
        let number = self.unknown;
        let name = head(clause).unwrap_or_else(|| format!("单独同意事项{number}"));
        self.purposes
            .push(Drafted::unknown(format!("consent-{number}"), name));
        self.add(self.purposes.len() - 1, Weight::States, at, Share::Whole);
    }

    /// Among the acts of one kind, the one that a fact serves: that of its clause, else that whose
    /// clause has most of its aim's words, else the first.
    pub(super) fn act(
        &self,
        reading: &Reading<'_>,
        candidate: usize,
        place: Place<'_>,
        aim: &str,
    ) -> usize {
        let Some(others) = self.acts.get(&candidate) else {
            return candidate;
        };
        let acts = || {
            std::iter::once(candidate)
                .chain(others.iter().copied())
                .take(HELD)
        };
        let here = place
            .clause
            .map_or(&[][..], |clause| self.stated_by(clause));
        if let Some(act) = acts().find(|act| here.contains(act)) {
            return act;
        }
        let said = |act: &usize| {
            let clause = self.purposes[*act].clauses.first();
            let text = clause.map_or("", |&(_, at, _)| reading.clause(at).text.as_str());
            let parts = aim.split(['、', '，', '；', '。']);
            parts
                .filter(|part| !part.is_empty() && text.contains(part))
                .count()
        };
        // The last of equals is taken: from behind, that is the first.
        let mut acts: Vec<usize> = acts().collect();
        acts.reverse();
        acts.into_iter().max_by_key(said).unwrap_or(candidate)
    }

    /// Acts of one kind are called by their heads.
    pub(super) fn name_acts(&mut self) {
        let first: Vec<usize> = self.acts.keys().copied().collect();
        for at in first {
            let drafted = &mut self.purposes[at];
            if let Some(head) = &drafted.head {
                drafted.name.clone_from(head);
            }
        }
    }
}

/// The words that open the clause and name it, without a mark such as 【敏感】.
fn head(clause: &Clause) -> Option<String> {
    let [from, to] = clause.head?.map(|at| at as usize);
    let head: String = clause.text.chars().take(to).skip(from).collect();
    let head = head
        .trim_start_matches("【敏感】")
        .trim_matches(['【', '】', '*', ' ']);
    let head = on_one_line(head);
    let fits = (2..=LONGEST).contains(&head.chars().count()) && head != "敏感" && head != "重点";
    fits.then_some(head)
}
