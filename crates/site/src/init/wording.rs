//! What is said of a purpose: its data, a sentence about it, and what follows from refusing.

use super::fields::enumerated;
use super::placing::{Share, Weight};
use super::plan::Drafted;
use super::reading::Reading;
use super::sentences::{aim, refusal, stated_terms};
use std::collections::HashSet;
use zhiqing_policy::{Category, Term};

/// How many data a description names.
const NAMED: usize = 4;
/// How many data are compared with each other.
const COMPARED: usize = 64;

/// The data that the purpose's clauses name, in order, each once; the sensitive ones first where
/// they are what is asked for.
pub(super) fn data(reading: &Reading<'_>, drafted: &Drafted) -> Vec<String> {
    if let Some(giving) = &drafted.giving {
        return giving.data.as_deref().map(enumerated).unwrap_or_default();
    }
    let mut seen = HashSet::new();
    let mut data: Vec<(bool, String)> = Vec::new();
    for &(weight, at, share) in &drafted.clauses {
        // An entry of a list tells the recipient's data.
        if weight == Weight::Adds || reading.is_entry(at) {
            continue;
        }
        for term in stated_terms(reading.clause(at)) {
            let fits = match share {
                Share::Whole => true,
                Share::Ordinary => !term.sensitive,
                Share::Sensitive => term.sensitive && is_of(drafted, term),
            };
            let name = term
                .text
                .trim_start_matches(['您', '你'])
                .trim_start_matches('的');
            // 儿童 is a person, 儿童信息 a datum.
            let fits = fits
                && (drafted.basis().needs_own_step() || !term.sensitive)
                && (term.category != Category::Minor || term.text.ends_with("信息"));
            if fits && !name.is_empty() && seen.insert(name.to_owned()) {
                data.push((!term.sensitive, name.to_owned()));
            }
        }
    }
    data.sort_by_key(|(ordinary, _)| *ordinary);
    let data: Vec<String> = data.into_iter().map(|(_, name)| name).collect();
    let within = |name: &String| {
        data.iter()
            .any(|other| other != name && other.contains(name.as_str()))
    };
    // 位置 says nothing beside 位置信息. A list too long to compare is long anyway.
    let kept = |name: &&String| data.len() > COMPARED || !within(name);
    data.iter().filter(kept).cloned().collect()
}

fn is_of(drafted: &Drafted, term: &Term) -> bool {
    drafted.candidate.is_none_or(|candidate| {
        candidate.categories.is_empty() || candidate.categories.contains(&term.category)
    })
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
    // What follows for one of several recipients does not follow for the others.
    if !own && drafted.recipients.len() > 1 {
        return None;
    }
    let said = drafted
        .clauses
        .iter()
        .filter(|(weight, ..)| *weight < Weight::Adds)
        .find_map(|&(_, at, _)| refusal(&reading.clause(at).text));
    let permission = drafted.refusals.first().map(String::as_str).filter(|_| own);
    let sentence = said
        .or(permission)?
        .trim_end_matches(['。', '；', ';', '，']);
    Some(format!("{sentence}。"))
}
