//! Which purposes a clause states.

use super::candidates::{Aside, Candidate, asides, candidates, index};
use super::reading::{Reading, Topic};
use super::sentences::{only_unused, stated_terms, states};
use super::words::{any, has};
use zhiqing_consent::Basis;
use zhiqing_policy::{Category, Clause, Kind, Term};

/// What of a clause's data a purpose processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    Whole,
    /// The sensitive data have a purpose that asks for them.
    Ordinary,
    /// What is sensitive whoever writes the policy.
    Sensitive,
}

/// How much a clause says for a purpose: those that say more come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It calls for the consent, or states the processing where policies state it.
    States,
    /// It tells of it: enough to draft the purpose.
    Tells,
    /// It adds to what others state.
    Adds,
}

/// That a clause states a purpose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stating {
    /// Which candidate it is.
    pub(super) candidate: usize,
    pub(super) share: Share,
    pub(super) weight: Weight,
}

/// What becomes of a clause.
#[derive(Clone, Debug)]
pub(super) enum Placing {
    /// It states these purposes; none where it speaks of something else.
    Purposes(Vec<Stating>),
    /// It calls for consent, but for no act that could be asked for now.
    Aside(&'static str),
    /// It calls for separate consent to an act that no candidate knows.
    OwnStep,
    /// It speaks of consent; to what, a person has to say.
    Open,
}

/// Places the clause of this index.
pub(super) fn place(reading: &Reading<'_>, at: usize) -> Placing {
    if reading.clause(at).kinds.contains(&Kind::SeparateConsent) {
        return separate(reading, at);
    }
    Placing::Purposes(if reading.is_entry(at) {
        Vec::new()
    } else {
        plain(reading, at)
    })
}

fn stating(candidate: usize, weight: Weight) -> Stating {
    Stating {
        candidate,
        share: Share::Whole,
        weight,
    }
}

fn is_any(clause: &Clause, kinds: &[Kind]) -> bool {
    kinds.iter().any(|kind| clause.kinds.contains(kind))
}

/// Whether a datum is one that a purpose with an own step asks for. A policy may call other data
/// sensitive as well.
pub(super) fn is_grouped(term: &Term) -> bool {
    let asks = |candidate: &Candidate| {
        candidate.categories.contains(&term.category)
            && (term.sensitive || any(&term.text, &candidate.also))
    };
    (term.sensitive && term.category == Category::Minor) || candidates().iter().any(asks)
}

/// Where the sensitive data of a clause belong: where the first of them does.
fn sensitive(terms: &[&Term]) -> Option<usize> {
    terms
        .iter()
        .filter(|term| is_grouped(term))
        .find_map(|term| {
            let asks = |candidate: &Candidate| candidate.categories.contains(&term.category);
            candidates().iter().position(asks)
        })
}

/// A clause that calls for separate or explicit consent.
fn separate(reading: &Reading<'_>, at: usize) -> Placing {
    let clause = reading.clause(at);
    let topic = reading.topic(at);
    if let Some(aside) = asides().iter().find(|aside| sets(aside, clause, topic)) {
        return Placing::Aside(&aside.reason);
    }
    let one = |candidate: usize| Placing::Purposes(vec![stating(candidate, Weight::States)]);
    if clause.kinds.contains(&Kind::Minors)
        && has(&clause.text, "guardian")
        && let Some(guardian) = index("guardian")
    {
        return one(guardian);
    }
    let lead = reading.lead(at);
    let abroad = |clause: &Clause| clause.kinds.contains(&Kind::CrossBorder);
    if (abroad(clause) || lead.is_some_and(abroad) || topic == Some(Topic::Abroad))
        && let Some(candidate) = index("abroad")
    {
        return one(candidate);
    }
    let mut found: Vec<usize> = sensitive(&stated_terms(clause)).into_iter().collect();
    found.extend(given_away(clause, topic));
    let collects = matches!(topic, None | Some(Topic::Collection | Topic::Cookies));
    let mut general = general(clause, topic, collects);
    general.retain(|one| one.weight < Weight::Adds);
    let literal = has(&clause.text, "separate");
    if found.is_empty() && (literal || general.is_empty()) {
        found.extend(worded(clause));
    }
    if found.is_empty() && !general.is_empty() {
        return Placing::Purposes(general);
    }
    if found.is_empty() {
        let titled = |c: &Candidate| topic.is_some_and(|topic| c.topics.contains(&topic));
        let led = || lead.and_then(|lead| given_away(lead, topic).first().copied());
        found.extend(candidates().iter().position(titled).or_else(led));
    }
    if found.is_empty() {
        return if literal {
            Placing::OwnStep
        } else {
            Placing::Open
        };
    }
    let states = |candidate| stating(candidate, Weight::States);
    Placing::Purposes(found.into_iter().map(states).collect())
}

fn sets(aside: &Aside, clause: &Clause, topic: Option<Topic>) -> bool {
    let opens = |words: &String| {
        clause
            .text
            .char_indices()
            .take(8)
            .any(|(at, _)| clause.text[at..].starts_with(words))
    };
    let about = is_any(clause, &aside.kinds) || topic.is_some_and(|t| aside.topics.contains(&t));
    let of_itself = aside.kinds.is_empty() && aside.topics.is_empty();
    if aside.words.is_empty() {
        return about || aside.opening.iter().any(opens);
    }
    any(&clause.text, &aside.words) && (about || of_itself)
}

/// Separate purposes of giving data away that the clause's kinds name; the part it stands in decides
/// between two.
fn given_away(clause: &Clause, topic: Option<Topic>) -> Vec<usize> {
    let all = candidates().iter().enumerate();
    let named: Vec<(usize, &Candidate)> = all
        .filter(|(_, c)| c.basis == Basis::Separate && is_any(clause, &c.kinds))
        .collect();
    let here = |(_, candidate): &&(usize, &Candidate)| {
        topic.is_some_and(|topic| candidate.topics.contains(&topic))
    };
    match named.iter().find(here) {
        Some((at, _)) => vec![*at],
        None => named.into_iter().map(|(at, _)| at).collect(),
    }
}

/// The separate purpose whose words the clause has.
fn worded(clause: &Clause) -> Option<usize> {
    candidates()
        .iter()
        .position(|candidate| any(&clause.text, &candidate.consent))
}

/// Kinds of clauses that speak about processing without saying that it is done.
const BESIDE: [Kind; 2] = [Kind::Exception, Kind::Update];
/// Kinds of clauses that do something beside defining a word.
const PROCESSING: [Kind; 5] = [
    Kind::Collection,
    Kind::Profiling,
    Kind::Tracking,
    Kind::Permission,
    Kind::Marketing,
];

/// A clause that calls for no separate consent.
fn plain(reading: &Reading<'_>, at: usize) -> Vec<Stating> {
    let clause = reading.clause(at);
    let topic = reading.topic(at);
    let beside = [
        Topic::Exceptions,
        Topic::Definitions,
        Topic::Update,
        Topic::Contact,
    ];
    if reading.is_preamble(at) {
        return Vec::new();
    }
    let defines = clause.kinds.contains(&Kind::Definition) && !is_any(clause, &PROCESSING);
    if defines || is_any(clause, &BESIDE) || topic.is_some_and(|topic| beside.contains(&topic)) {
        return Vec::new();
    }
    if clause.kinds.contains(&Kind::Minors) || topic == Some(Topic::Minors) {
        let asked = has(&clause.text, "guardian")
            && has(&clause.text, "agreement")
            && !has(&clause.text, "no-children");
        let guardian = index("guardian").filter(|_| asked && clause.kinds.contains(&Kind::Minors));
        return guardian
            .map(|g| stating(g, Weight::Tells))
            .into_iter()
            .collect();
    }
    let terms = stated_terms(clause);
    let collects = matches!(topic, None | Some(Topic::Collection | Topic::Cookies));
    let mut found = given(clause, topic);
    let asks = sensitive(&terms).filter(|_| collects);
    let ordinary = terms.iter().any(|term| !is_grouped(term));
    if let Some(candidate) = asks {
        found.push(Stating {
            candidate,
            share: Share::Sensitive,
            weight: Weight::Tells,
        });
    }
    let general = general(clause, topic, collects);
    let serves = collects && general.is_empty() && is_collecting(clause, topic, &terms);
    if serves
        && (asks.is_none() || ordinary)
        && let Some(service) = index("service")
    {
        let says = clause.kinds.contains(&Kind::Collection) && ordinary && asks.is_none();
        let weight = if says { Weight::States } else { Weight::Tells };
        found.push(Stating {
            candidate: service,
            share: Share::Ordinary,
            weight,
        });
    }
    found.extend(general);
    found
}

/// Whether a clause says that data are collected.
fn is_collecting(clause: &Clause, topic: Option<Topic>, terms: &[&Term]) -> bool {
    let says = clause.kinds.contains(&Kind::Collection);
    let names =
        topic == Some(Topic::Collection) && !terms.is_empty() && !has(&clause.text, "anonymous");
    names || (says && (!terms.is_empty() || !has(&clause.text, "denial")))
}

/// Purposes of giving data away that a clause tells of without calling for consent.
fn given(clause: &Clause, topic: Option<Topic>) -> Vec<Stating> {
    let mut found = Vec::new();
    let tells = |id: &str| {
        let at = index(id)?;
        let candidate = &candidates()[at];
        // Moved in a merger, data are not given away.
        let named = is_any(clause, &candidate.kinds) && !clause.kinds.contains(&Kind::Transfer);
        (named && states(&clause.text, &candidate.consent)).then(|| stating(at, Weight::Tells))
    };
    if matches!(topic, None | Some(Topic::Sharing)) {
        found.extend(tells("sharing"));
    }
    if topic == Some(Topic::Publishing) {
        found.extend(tells("publishing"));
    }
    // Of the part about giving abroad whatever names data, elsewhere what speaks of it.
    let there = topic == Some(Topic::Abroad) && !clause.terms.is_empty();
    let speaks = clause.kinds.contains(&Kind::CrossBorder)
        && !matches!(topic, Some(Topic::Protection | Topic::Rights));
    if let Some(abroad) = index("abroad").filter(|_| there || speaks) {
        found.push(stating(abroad, Weight::Tells));
    }
    found
}

/// Whether a clause speaks of technologies only to say that they are not used.
fn is_unused(clause: &Clause, candidate: &Candidate) -> bool {
    let tracks = candidate.kinds.contains(&Kind::Tracking);
    tracks && clause.kinds.contains(&Kind::Tracking) && only_unused(&clause.text)
}

/// General purposes that a clause states.
fn general(clause: &Clause, topic: Option<Topic>, collects: bool) -> Vec<Stating> {
    // How to object, and how data are kept safe, adds to what is stated elsewhere.
    let aside = matches!(
        topic,
        Some(Topic::Rights | Topic::Protection | Topic::Keeping)
    ) || (topic != Some(Topic::Cookies)
        && is_any(clause, &[Kind::Security, Kind::Liability]));
    let mut found = Vec::new();
    for (at, candidate) in candidates().iter().enumerate() {
        if candidate.basis != Basis::General {
            continue;
        }
        let of_kind = is_any(clause, &candidate.kinds) && !is_unused(clause, candidate);
        let worded = (of_kind || collects) && any(&clause.text, &candidate.words);
        // Where the words stand they decide: they may be denied.
        let holds = if worded {
            states(&clause.text, &candidate.words)
        } else {
            of_kind
        };
        if holds {
            let weight = match collects {
                _ if aside || candidate.hints => Weight::Adds,
                true => Weight::States,
                false => Weight::Tells,
            };
            found.push(stating(at, weight));
        }
    }
    found
}
