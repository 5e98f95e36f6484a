//! Which purpose each fact serves.

use super::candidates::{candidates, index, the};
use super::fields::Fields;
use super::known;
use super::permissions;
use super::placing::{Share, Weight};
use super::plan::{Asked, Class, Drafted, Giving, Kit, Loaded, Named, Plan};
use super::reading::{Place, Reading};
use super::sentences::plain_aim;
use super::words::{any, has};
use super::write::on_one_line;
use std::collections::{HashMap, HashSet};
use zhiqing_consent::Basis;
use zhiqing_policy::PermissionFact;

/// How many recipients' purposes tell what holds for all.
const SHARED: usize = 16;

impl<'a> Plan<'a> {
    /// The purpose that the words of an aim serve. Purposes that are told already, and those of
    /// sensitive data, which need their own step wherever they occur.
    fn served(&self, aim: &str) -> Option<usize> {
        let fits = |at: &usize| {
            let candidate = &candidates()[*at];
            let open = self.purposes[*at].is_told() || candidate.basis != Basis::Separate;
            let open = open || !candidate.categories.is_empty();
            open && any(aim, &candidate.serves)
        };
        (0..candidates().len()).rev().find(fits)
    }

    /// The purpose that the policy has for the first sensitive data among these.
    fn asked_for(&self, data: &str) -> Option<usize> {
        let asks = |at: &usize| {
            let candidate = &candidates()[*at];
            let sensitive = !candidate.categories.is_empty() && self.purposes[*at].is_told();
            sensitive && any(data, &candidate.consent)
        };
        (0..candidates().len()).find(asks)
    }

    pub(super) fn permissions(&mut self, reading: &Reading<'a>) {
        let mut ids: HashMap<String, usize> = HashMap::new();
        for fact in &reading.document.facts.permissions {
            let place = reading.place(fact.line, &fact.name);
            let known = permissions::known(&fact.name);
            let id = known.map_or_else(
                || format!("permission-{}", ids.len() + 1),
                |k| k.id.to_owned(),
            );
            let at = *ids.entry(id.clone()).or_insert(self.permissions.len());
            if let Some(asked) = self.permissions.get_mut(at) {
                asked.facts.push((fact, place));
                let purpose = asked.purpose;
                self.serve(purpose, fact, place);
                continue;
            }
            let (purpose, mixed) = self.home_of(reading, &id, fact, place);
            self.permissions.push(Asked {
                id,
                facts: vec![(fact, place)],
                purpose,
                mixed,
            });
            self.serve(purpose, fact, place);
        }
    }

    fn serve(&mut self, purpose: usize, fact: &PermissionFact, place: Place<'_>) {
        if let Some(clause) = place.clause {
            let general = self.purposes[purpose].basis() == Basis::General;
            let share = if general {
                Share::Ordinary
            } else {
                Share::Sensitive
            };
            self.add(purpose, Weight::Tells, clause, share);
            if self.purposes[purpose].basis().is_asked() {
                self.extended.insert(clause);
            }
        }
        let drafted = &mut self.purposes[purpose];
        drafted
            .aims
            .extend(fact.purpose.as_deref().and_then(plain_aim));
        drafted.refusals.extend(fact.refusal.clone());
    }

    /// The purpose that a permission serves, and whether it serves others too.
    fn home_of(
        &self,
        reading: &Reading<'_>,
        id: &str,
        fact: &PermissionFact,
        place: Place<'_>,
    ) -> (usize, bool) {
        let by_id = candidates().iter().position(|candidate| {
            candidate
                .permissions
                .iter()
                .any(|permission| permission == id)
        });
        // A list of contacts is sensitive only where the policy has it so.
        let open = |at: &usize| {
            let candidate = &candidates()[*at];
            !candidate.categories.is_empty()
                || candidate.basis == Basis::General
                || self.purposes[*at].is_told()
        };
        let features = the("features");
        let aim = fact.purpose.as_deref().unwrap_or_default();
        if let Some(at) = by_id.filter(open) {
            return (self.act(reading, at, place, aim), false);
        }
        let homes: Vec<Option<usize>> = aim
            .split(['、', '，', '；'])
            .filter(|part| !part.trim().is_empty())
            .map(|part| self.served(part))
            .collect();
        match homes.as_slice() {
            [] => (self.stated_there(place).unwrap_or(features), false),
            [first, rest @ ..] if rest.iter().all(|home| home == first) => {
                let act = first.map(|kind| self.act(reading, kind, place, aim));
                let home = act.or_else(|| self.stated_there(place));
                (home.unwrap_or(features), false)
            }
            _ => (features, true),
        }
    }

    /// The general purpose that is stated where a fact stands.
    fn stated_there(&self, place: Place<'_>) -> Option<usize> {
        let mut stated = self.stated_by(place.clause?).iter().copied();
        stated.find(|&at| self.purposes[at].basis() == Basis::General)
    }

    pub(super) fn kits(&mut self, reading: &Reading<'a>) {
        let features = the("features");
        let mut ids: HashMap<String, usize> = HashMap::new();
        for fact in &reading.document.facts.sdks {
            let place = reading.place(fact.line, &fact.name);
            let said = fact.purpose.as_deref().and_then(|aim| self.served(aim));
            let said = said.or_else(|| self.served(&fact.name));
            // What its purpose does not tell, sensitive data may.
            let taken = || fact.data.as_deref().and_then(|data| self.asked_for(data));
            let kind = said.or_else(taken).unwrap_or(features);
            let aim = fact.purpose.as_deref().unwrap_or(&fact.name);
            let purpose = self.act(reading, kind, place, aim);
            let tool = known::in_text(&fact.name);
            let count = ids.len() + 1;
            let id = tool.map_or_else(|| format!("sdk-{count}"), |tool| tool.id.clone());
            let id = if ids.contains_key(&id) {
                format!("sdk-{count}")
            } else {
                id
            };
            ids.insert(id.clone(), purpose);
            if let Some(clause) = place.clause {
                self.add(purpose, Weight::Tells, clause, Share::Sensitive);
            }
            self.purposes[purpose].recipients.push(id.clone());
            self.kits.push(Kit {
                fact,
                id,
                place,
                purpose,
            });
        }
    }

    pub(super) fn tools(&mut self, reading: &Reading<'a>) {
        for (tool, clause) in known::named(reading) {
            let kit = self
                .kits
                .iter()
                .find(|kit| kit.id == tool.id)
                .map(|kit| kit.purpose);
            let asked = kit.filter(|&at| self.purposes[at].basis().is_asked());
            let Some(purpose) = asked.or_else(|| index(&tool.purpose)) else {
                continue;
            };
            self.add(purpose, Weight::Tells, clause, Share::Sensitive);
            self.tools.push(Loaded {
                tool,
                clause,
                purpose,
            });
        }
    }

    pub(super) fn classes(&mut self, reading: &Reading<'a>) {
        let mut count = 0;
        for fact in &reading.document.facts.recipients {
            let place = reading.place(fact.line, &fact.class);
            let name = on_one_line(&fact.class);
            let given = (!has(&name, "authority")).then(|| {
                count += 1;
                (format!("recipient-{count}"), self.receiving(place, &name))
            });
            if let Some((id, purpose)) = &given {
                if let Some(clause) = place.clause {
                    self.add(*purpose, Weight::Tells, clause, Share::Sensitive);
                }
                self.purposes[*purpose].recipients.push(id.clone());
            }
            self.classes.push(Class {
                fact,
                name,
                place,
                given,
            });
        }
    }

    /// The purpose for which a class receives: giving away where the clause tells of it, else what
    /// the class is there for.
    fn receiving(&self, place: Place<'_>, name: &str) -> usize {
        let sharing = the("sharing");
        let stated = place
            .clause
            .map_or(&[][..], |clause| self.stated_by(clause));
        let candidate = |at: usize| self.purposes[at].candidate;
        let open = |at: &usize| !candidate(*at).is_some_and(|candidate| candidate.foreseen);
        let serves = |at: &usize| candidate(*at).is_some_and(|c| any(name, &c.serves));
        let stated = || stated.iter().copied().filter(open);
        stated()
            .find(|at| *at == sharing)
            .or_else(|| stated().find(serves))
            .or_else(|| stated().next())
            .unwrap_or(sharing)
    }

    /// Recipients that clauses name with their facts, beside SDKs and classes.
    pub(super) fn named(&mut self, reading: &Reading<'_>) {
        let told = self.kits.iter().map(|kit| kit.place.clause);
        let told: HashSet<usize> = told
            .chain(self.classes.iter().map(|class| class.place.clause))
            .flatten()
            .collect();
        let sharing = the("sharing");
        for (at, clause) in reading.document.clauses.iter().enumerate() {
            if told.contains(&at) || !has(&clause.text, "field-method") {
                continue;
            }
            let Some((name, fields)) = Fields::labelled(&clause.text) else {
                continue;
            };
            let stated = self.stated_by(at).iter().copied();
            let separate = |at: &usize| self.purposes[*at].basis() == Basis::Separate;
            let served = fields.purpose.as_deref().and_then(|aim| self.served(aim));
            let own = stated
                .chain(served)
                .find(|at| separate(at) && *at != sharing);
            let id = format!("partner-{}", self.named.len() + 1);
            // Work on commission serves the purpose it is done for, and is none.
            let served = || served.filter(|_| reading.is_entrusted(at));
            let service = || index("service").filter(|_| reading.is_entrusted(at));
            let purpose = own
                .or_else(served)
                .or_else(service)
                .unwrap_or_else(|| self.giving_to(&id, &name, &fields));
            self.add(purpose, Weight::Tells, at, Share::Sensitive);
            self.purposes[purpose].recipients.push(id.clone());
            self.named.push(Named {
                id,
                name,
                fields,
                clause: at,
                purpose,
            });
        }
    }

    /// Giving to one recipient, with its own data and aim, is one act.
    fn giving_to(&mut self, id: &str, name: &str, fields: &Fields) -> usize {
        let mut drafted = Drafted::unknown(id.to_owned(), format!("向{name}提供个人信息"));
        drafted.candidate = index("sharing").map(|at| &candidates()[at]);
        drafted.giving = Some(Giving {
            name: name.to_owned(),
            data: fields.data.clone(),
            purpose: fields.purpose.as_deref().and_then(plain_aim),
        });
        self.purposes.push(drafted);
        self.givings.push(self.purposes.len() - 1);
        self.purposes.len() - 1
    }

    /// What the policy says of all recipients belongs to each that has a purpose of its own; where
    /// all have, nothing is left to share.
    pub(super) fn share_out(&mut self) {
        let Some(sharing) = index("sharing").filter(|_| !self.givings.is_empty()) else {
            return;
        };
        let drafted = &mut self.purposes[sharing];
        let mut common = drafted.clauses.clone();
        if drafted.recipients.is_empty() {
            drafted.withdraw();
        } else {
            common.retain(|(weight, ..)| *weight == Weight::States);
        }
        for (nth, giving) in self.givings.clone().into_iter().take(SHARED).enumerate() {
            // All stand with the first; a long policy is not told over and over.
            let told = if nth == 0 {
                common.len()
            } else {
                SHARED.min(common.len())
            };
            for &(_, clause, share) in &common[..told] {
                self.add(giving, Weight::Adds, clause, share);
            }
        }
    }
}
