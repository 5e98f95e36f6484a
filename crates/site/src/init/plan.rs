//! What is drafted: every clause and every fact put to the purpose that it states or serves.

use super::candidates::{Candidate, candidates, index, the};
use super::fields::Fields;
use super::placing::{self, Placing, Share, Weight};
use super::reading::{Place, Reading};
use super::sentences::only_foreseen;
use super::words::any;
use crate::catalogue::Definition;
use std::collections::{HashMap, HashSet};
use zhiqing_consent::Basis;
use zhiqing_policy::{Kind, PermissionFact, RecipientFact, SdkFact};

/// The fewest purposes that a draft has.
const FEWEST: usize = 3;

/// A purpose, and what the policy says of it.
#[derive(Debug)]
pub(super) struct Drafted {
    pub(super) id: String,
    pub(super) name: String,
    /// `None` for a separate consent of this policy alone.
    pub(super) candidate: Option<&'static Candidate>,
    /// Its clauses; [`Plan::draw`] sorts them, those that say most first.
    pub(super) clauses: Vec<(Weight, usize, Share)>,
    /// Aims of the permissions that serve it.
    pub(super) aims: Vec<String>,
    /// What the permissions that serve it say of refusing.
    pub(super) refusals: Vec<String>,
    pub(super) recipients: Vec<String>,
    /// What is given to whom, where it is one recipient's.
    pub(super) giving: Option<Giving>,
    /// The words that open the first clause that calls for it.
    pub(super) head: Option<String>,
    pub(super) state: State,
    told: bool,
}

/// What is given to a recipient that a clause names.
#[derive(Debug)]
pub(super) struct Giving {
    pub(super) name: String,
    pub(super) data: Option<String>,
    pub(super) purpose: Option<String>,
}

/// Whether the policy states a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Stated,
    /// It says what would be if it ever came to that.
    Foreseen,
    /// Drafted because a draft has three purposes.
    Filler,
    /// Not drafted.
    Absent,
}

impl Drafted {
    pub(super) fn of(candidate: &'static Candidate) -> Self {
        Self {
            candidate: Some(candidate),
            ..Self::unknown(candidate.id.clone(), candidate.name.clone())
        }
    }

    /// A separate consent of this policy alone.
    pub(super) fn unknown(id: String, name: String) -> Self {
        Self {
            id,
            name,
            candidate: None,
            clauses: Vec::new(),
            aims: Vec::new(),
            refusals: Vec::new(),
            recipients: Vec::new(),
            giving: None,
            head: None,
            state: State::Absent,
            told: false,
        }
    }

    pub(super) fn basis(&self) -> Basis {
        self.candidate
            .map_or(Basis::Separate, |candidate| candidate.basis)
    }

    /// Whether it stands in the settings as a purpose.
    pub(super) fn is_active(&self) -> bool {
        matches!(self.state, State::Stated | State::Filler)
    }

    /// Its clauses belong elsewhere.
    pub(super) fn withdraw(&mut self) {
        self.clauses.clear();
        self.told = false;
    }

    /// Whether a clause does more than add to it.
    pub(super) fn is_told(&self) -> bool {
        self.told
    }
}

/// An SDK as a recipient.
#[derive(Debug)]
pub(super) struct Kit<'a> {
    pub(super) fact: &'a SdkFact,
    pub(super) id: String,
    pub(super) place: Place<'a>,
    pub(super) purpose: usize,
}

/// A class of recipients.
#[derive(Debug)]
pub(super) struct Class<'a> {
    pub(super) fact: &'a RecipientFact,
    pub(super) name: String,
    pub(super) place: Place<'a>,
    /// Id and purpose; `None` for an authority, to which the law gives the data.
    pub(super) given: Option<(String, usize)>,
}

/// A recipient that a clause names with its facts.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) fields: Fields,
    pub(super) clause: usize,
    pub(super) purpose: usize,
}

/// A device permission, under whichever names the policy has for it.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) id: String,
    pub(super) facts: Vec<(&'a PermissionFact, Place<'a>)>,
    pub(super) purpose: usize,
    /// Whether it serves other purposes too.
    pub(super) mixed: bool,
}

/// A known tool that the policy names.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) tool: &'static Definition,
    pub(super) clause: usize,
    pub(super) purpose: usize,
}

/// What is drafted.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) purposes: Vec<Drafted>,
    /// Clauses that call for consent and are no purpose, each with the reason where it is known.
    pub(super) asides: Vec<(usize, Option<&'static str>)>,
    pub(super) kits: Vec<Kit<'a>>,
    pub(super) named: Vec<Named>,
    pub(super) classes: Vec<Class<'a>>,
    pub(super) permissions: Vec<Asked<'a>>,
    pub(super) tools: Vec<Loaded>,
    /// Clauses that ask for a permission of an extended function: no basic service's.
    pub(super) extended: HashSet<usize>,
    /// By candidate, the other acts of its kind.
    pub(super) acts: HashMap<usize, Vec<usize>>,
    /// Purposes of giving to one recipient.
    pub(super) givings: Vec<usize>,
    /// How many own steps no candidate knows.
    pub(super) unknown: usize,
    /// By clause, the purposes that it states.
    stated: HashMap<usize, Vec<usize>>,
}

impl<'a> Plan<'a> {
    /// Puts everything to its purpose.
    pub(super) fn draw(reading: &Reading<'a>) -> Self {
        let mut plan = Self {
            purposes: candidates().iter().map(Drafted::of).collect(),
            asides: Vec::new(),
            kits: Vec::new(),
            named: Vec::new(),
            classes: Vec::new(),
            permissions: Vec::new(),
            tools: Vec::new(),
            extended: HashSet::new(),
            acts: HashMap::new(),
            givings: Vec::new(),
            unknown: 0,
            stated: HashMap::new(),
        };
        plan.clauses(reading);
        plan.permissions(reading);
        plan.kits(reading);
        plan.tools(reading);
        plan.classes(reading);
        plan.named(reading);
        plan.share_out();
        plan.name_acts();
        plan.settle(reading);
        plan
    }

    fn clauses(&mut self, reading: &Reading<'a>) {
        for at in 0..reading.document.clauses.len() {
            match placing::place(reading, at) {
                Placing::Purposes(stating) => {
                    for one in stating {
                        self.state(reading, one, at);
                    }
                }
                Placing::Aside(reason) => self.asides.push((at, Some(reason))),
                Placing::Open => self.asides.push((at, None)),
                Placing::OwnStep => self.own_step(reading.clause(at), at),
            }
        }
    }

    pub(super) fn add(&mut self, purpose: usize, weight: Weight, clause: usize, share: Share) {
        let stated = self.stated.entry(clause).or_default();
        if !stated.contains(&purpose) {
            stated.push(purpose);
            let drafted = &mut self.purposes[purpose];
            drafted.clauses.push((weight, clause, share));
            drafted.told |= weight < Weight::Adds;
        }
    }

    /// The purposes in the order of the draft: acts of one kind stand together, unknown ones last.
    pub(super) fn in_order(&self) -> Vec<&Drafted> {
        let mut purposes: Vec<&Drafted> = self.purposes.iter().collect();
        let place = |id: &str| index(id).unwrap_or(usize::MAX);
        purposes.sort_by_cached_key(|p| p.candidate.map_or(usize::MAX, |c| place(&c.id)));
        purposes
    }

    /// The purposes that a clause states.
    pub(super) fn stated_by(&self, clause: usize) -> &[usize] {
        self.stated.get(&clause).map_or(&[], Vec::as_slice)
    }

    /// Says what each purpose is worth, and drafts more where there are too few.
    fn settle(&mut self, reading: &Reading<'_>) {
        let service = the("service");
        // What was moved away still told of the service.
        let extended = std::mem::take(&mut self.extended);
        self.purposes[service]
            .clauses
            .retain(|(_, at, _)| !extended.contains(at));
        for drafted in &mut self.purposes {
            drafted.clauses.sort_by_key(|&(weight, at, _)| (weight, at));
            if drafted.is_told() || !drafted.recipients.is_empty() {
                drafted.state = State::Stated;
            }
            let Some(candidate) = drafted.candidate.filter(|candidate| candidate.foreseen) else {
                continue;
            };
            let foreseen = |&(_, at, _): &(Weight, usize, Share)| {
                let clause = reading.clause(at);
                let alone = any(&clause.text, &candidate.consent);
                let text = reading.lead(at).filter(|_| !alone).unwrap_or(clause);
                only_foreseen(&text.text, &candidate.consent)
                    || !(alone || text.kinds.contains(&Kind::CrossBorder))
            };
            if drafted.state == State::Stated && drafted.clauses.iter().all(foreseen) {
                drafted.state = State::Foreseen;
            }
        }
        // What something is put to is there, even if no clause stands behind it.
        let asked = self.permissions.iter().map(|asked| asked.purpose);
        for at in asked.chain(self.tools.iter().map(|loaded| loaded.purpose)) {
            self.purposes[at].state = State::Stated;
        }
        for at in std::iter::once(service).chain(0..candidates().len()) {
            let active = self
                .purposes
                .iter()
                .filter(|drafted| drafted.is_active())
                .count();
            let drafted = &mut self.purposes[at];
            if (at == service || (candidates()[at].filler && active < FEWEST))
                && !drafted.is_active()
            {
                drafted.state = State::Filler;
            }
        }
    }
}
