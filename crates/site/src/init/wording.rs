//! What is said of a purpose: its data, a sentence about it, and what follows from refusing.

use super::fields::enumerated;
use super::placing::{Share, Weight, is_grouped};
use super::plan::{Drafted, Plan};
use super::reading::Reading;
use super::sentences::{aim, refusal, stated_terms};
use super::words::{has, words};
use std::collections::HashSet;
use zhiqing_policy::{Category, Term};

/// How many data a description names.
const NAMED: usize = 4;
/// How many data are compared with each other.
const COMPARED: usize = 64;

/// What a purpose processes.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// Each name once; the sensitive ones first where they are what is asked for.
    pub(super) names: Vec<String>,
    /// Those that the policy alone calls sensitive, under a purpose without an own step.
    pub(super) own: Vec<String>,
}

/// The data of the purpose's clauses, as far as no purpose with an own step carries them.
pub(super) fn data(reading: &Reading<'_>, drafted: &Drafted, carried: &HashSet<&str>) -> Data {
    if let Some(giving) = &drafted.giving {
        let names = giving.data.as_deref().map(enumerated).unwrap_or_default();
        return Data {
            names,
            own: Vec::new(),
        };
    }
    let apart = drafted.basis().needs_own_step();
    let gives = drafted.candidate.is_some_and(|c| !c.topics.is_empty());
    let mut seen = HashSet::new();
    let mut own = Vec::new();
    let mut data: Vec<(bool, &str)> = Vec::new();
    for (term, share) in terms(reading, drafted) {
        let name = name(term);
        let fits = match share {
            Share::Whole if apart => true,
            Share::Sensitive if apart => is_grouped(term),
            _ => !is_grouped(term) && !carried.contains(name),
        };
        // 儿童 is a person, 儿童信息 a datum.
        let is_datum = term.category != Category::Minor || term.text.ends_with("信息");
        // 联系方式 is what is told of a recipient, not what it receives.
        let is_told = gives && has(name, "attribute");
        if fits && is_datum && !is_told && !name.is_empty() && seen.insert(name) {
            data.push((!is_grouped(term), name));
            if term.sensitive && !apart {
                own.push(name.to_owned());
            }
        }
    }
    data.sort_by_key(|(ordinary, _)| *ordinary);
    let data: Vec<&str> = data.into_iter().map(|(_, name)| name).collect();
    let within = |name: &str| {
        data.iter()
            .any(|other| *other != name && other.contains(name))
    };
    // 位置 says nothing beside 位置信息. A list too long to compare is long anyway.
    let kept = data
        .iter()
        .filter(|name| data.len() > COMPARED || !within(name));
    let names = kept.map(|name| (*name).to_owned()).collect();
    Data { names, own }
}

/// The sensitive data that purposes with an own step carry.
pub(super) fn carried<'a>(reading: &Reading<'a>, plan: &Plan<'_>) -> HashSet<&'a str> {
    let apart = |drafted: &&Drafted| drafted.is_active() && drafted.basis().needs_own_step();
    let all = plan.purposes.iter().filter(apart);
    let all = all.flat_map(|drafted| terms(reading, drafted));
    let carries = |(term, share): &(&Term, Share)| match share {
        Share::Whole => term.sensitive || is_grouped(term),
        Share::Sensitive => is_grouped(term),
        Share::Ordinary => false,
    };
    all.filter(carries).map(|(term, _)| name(term)).collect()
}

/// The terms of a purpose's clauses. An entry of a list tells the recipient's data.
fn terms<'a>(reading: &Reading<'a>, drafted: &Drafted) -> impl Iterator<Item = (&'a Term, Share)> {
    let own = drafted.clauses.iter();
    let own = own.filter(|&&(weight, at, _)| weight < Weight::Adds && !reading.is_entry(at));
    own.flat_map(|&(_, at, share)| {
        let terms = stated_terms(reading.clause(at)).into_iter();
        terms.map(move |term| (term, share))
    })
}

/// A datum's name, without whose it is.
fn name(term: &Term) -> &str {
    let name = term.text.trim_start_matches(['您', '你']);
    name.trim_start_matches('的')
}

/// A sentence from what the policy says, where it says it plainly; else the candidate's own.
pub(super) fn description(reading: &Reading<'_>, drafted: &Drafted, data: &[String]) -> String {
    let more = if data.len() > NAMED { "等信息" } else { "" };
    let first = data[..data.len().min(NAMED)].join("、");
    if let Some(giving) = &drafted.giving {
        let what = if data.is_empty() {
            "个人信息"
        } else {
            &first
        };
        let aim = giving.purpose.as_deref().map(|aim| format!("，用于{aim}"));
        let aim = aim.unwrap_or_default();
        return format!("把您的{what}{more}提供给{}{aim}。", giving.name);
    }
    let Some(candidate) = drafted.candidate else {
        let stated = drafted
            .clauses
            .first()
            .and_then(|&(_, at, _)| aim(&reading.clause(at).text));
        return stated.map_or_else(
            || format!("经您单独同意，办理“{}”。", drafted.name),
            |aim| format!("用于{aim}。"),
        );
    };
    let mut stated = drafted
        .clauses
        .iter()
        .filter(|&&(weight, at, _)| weight == Weight::States && !reading.is_entry(at));
    let stated = stated.find_map(|&(_, at, _)| aim(&reading.clause(at).text));
    match drafted.aims.first().cloned().or(stated) {
        Some(aim) if candidate.is_of_data() && !data.is_empty() => {
            format!("处理您的{first}{more}，用于{aim}。")
        }
        _ => candidate.description.clone(),
    }
}

/// What the policy says follows from refusing.
pub(super) fn refused(reading: &Reading<'_>, drafted: &Drafted) -> Option<String> {
    if !drafted.basis().is_asked() {
        return None;
    }
    let own = drafted
        .candidate
        .is_none_or(super::candidates::Candidate::is_of_data);
    // What follows for one of several recipients or permissions does not follow for the others.
    if !own && (drafted.recipients.len() > 1 || drafted.refusals.len() > 1) {
        return None;
    }
    let said = drafted
        .clauses
        .iter()
        .filter(|(weight, ..)| *weight < Weight::Adds)
        .find_map(|&(_, at, _)| refusal(&reading.clause(at).text));
    let permission = drafted.refusals.first().map(String::as_str).filter(|_| own);
    let sentence = said.or(permission)?;
    let sentence = sentence.trim_end_matches(['。', '；', ';', '，']);
    // A label and its value: 拒绝的结果：改为自取.
    let labelled = words("field-refusal").iter().find_map(|label| {
        let value = sentence.strip_prefix(label)?;
        value.strip_prefix(['：', ':'])
    });
    Some(labelled.map_or_else(
        || format!("{sentence}。"),
        |outcome| format!("拒绝的，{outcome}。"),
    ))
}
