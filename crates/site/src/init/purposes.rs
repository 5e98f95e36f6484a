//! `[[purpose]]`: what a person chooses.

use super::placing::{Share, Weight};
use super::plan::{Drafted, Plan, State};
use super::reading::Reading;
use super::sentences::{aim, refusal, stated_terms};
use super::words::has;
use super::write::{Writer, excerpt, quoted};
use std::collections::HashSet;
use zhiqing_consent::{Basis, Tier};
use zhiqing_policy::{Category, Clause, Kind};

/// How many data a description names.
const NAMED: usize = 4;
/// How many data are compared with each other.
const COMPARED: usize = 64;

pub(super) fn write(out: &mut Writer, reading: &Reading<'_>, plan: &Plan<'_>) {
    out.part("Purposes: what a person chooses");
    out.comment(
        "The first clause of a purpose is the one that \"read the clause\" opens in the page.",
    );
    for drafted in plan.purposes.iter().filter(|p| p.state != State::Absent) {
        out.gap();
        purpose(out, reading, drafted);
    }
    asides(out, reading, plan);
}

fn purpose(out: &mut Writer, reading: &Reading<'_>, drafted: &Drafted) {
    let clauses: Vec<&Clause> = drafted
        .clauses
        .iter()
        .map(|&(_, at, _)| reading.clause(at))
        .collect();
    let data = data(reading, drafted);
    let refused = refused(reading, drafted);
    remarks(out, drafted, &clauses);
    if drafted.basis().is_asked() && data.is_empty() && drafted.state == State::Stated {
        out.question("which data? The clauses below name none that is known by name.");
    }
    if drafted.state == State::Foreseen {
        out.mute();
    }
    out.line("[[purpose]]");
    out.pair("id", &drafted.id);
    out.pair("name", &drafted.name);
    out.pair("description", &description(reading, drafted, &data));
    out.pair("tier", tier(drafted));
    out.pair("basis", basis(drafted.basis()));
    if clauses.is_empty() {
        out.line("clauses = []");
    } else {
        out.line("clauses = [");
        for clause in &clauses {
            let id = quoted(&clause.id);
            out.line(&format!(
                "  {id}, # line {}: {}",
                clause.line,
                excerpt(&clause.text)
            ));
        }
        out.line("]");
    }
    out.list("data", &data);
    out.list("recipients", &drafted.recipients);
    let silent = drafted.candidate.map_or(
        "不同意的，不办理这一事项，其他功能不受影响。",
        |c| c.refusal.as_str(),
    );
    if refused.is_none() && drafted.basis().is_asked() && drafted.state == State::Stated {
        out.question("the policy does not say what follows from refusing; is this true?");
    }
    out.pair("refusal", refused.as_deref().unwrap_or(silent));
    out.unmute();
}

/// The ground of asking, and what is open about it.
fn remarks(out: &mut Writer, drafted: &Drafted, clauses: &[&Clause]) {
    let Some(candidate) = drafted.candidate else {
        out.comment("The policy calls for separate consent here.");
        out.question("what exactly is done, with which data? Name it.");
        return;
    };
    out.comment(&candidate.law);
    match drafted.state {
        State::Filler => {
            out.question(
                "the policy does not state this. Do you do it? Then write it into the policy; else strike the purpose.",
            );
            return;
        }
        State::Foreseen => {
            out.comment("The policy only foresees it: nothing to ask today. Should it come to that, take the # away.");
        }
        State::Stated | State::Absent => {
            if !candidate.question.is_empty() {
                out.question(&candidate.question);
            }
        }
    }
    if drafted.state == State::Foreseen || candidate.basis != Basis::Separate {
        return;
    }
    if !clauses
        .iter()
        .any(|clause| clause.kinds.contains(&Kind::SeparateConsent))
    {
        out.question("no clause below calls for separate consent (单独同意): write it into the policy, or strike the purpose.");
    }
    let tells = |list: &str| clauses.iter().any(|clause| has(&clause.text, list));
    let is_sensitive = !candidate.categories.is_empty();
    if is_sensitive && (!tells("necessity") || !tells("effect")) {
        out.question(
            "why is it necessary, and what does it mean for the person? PIPL 30 wants both told.",
        );
    }
}

fn tier(drafted: &Drafted) -> &'static str {
    match drafted
        .candidate
        .map_or(Tier::Extended, |candidate| candidate.tier)
    {
        Tier::Basic => "basic",
        Tier::Extended => "extended",
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::None => "none",
        Basis::General => "general",
        Basis::Separate => "separate",
        Basis::Written => "written",
        Basis::Guardian => "guardian",
    }
}

/// The data that the purpose's clauses name, in order, each once; the sensitive ones first where
/// they are what is asked for.
fn data(reading: &Reading<'_>, drafted: &Drafted) -> Vec<String> {
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

fn is_of(drafted: &Drafted, term: &zhiqing_policy::Term) -> bool {
    drafted.candidate.is_none_or(|candidate| {
        candidate.categories.is_empty() || candidate.categories.contains(&term.category)
    })
}

/// A sentence from what the policy says, where it says it plainly; else the candidate's own.
fn description(reading: &Reading<'_>, drafted: &Drafted, data: &[String]) -> String {
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
            let more = if data.len() > NAMED { "等信息" } else { "" };
            format!(
                "处理您的{}{more}，用于{aim}。",
                data[..data.len().min(NAMED)].join("、")
            )
        }
        _ => candidate.description.clone(),
    }
}

/// What the policy says follows from refusing.
fn refused(reading: &Reading<'_>, drafted: &Drafted) -> Option<String> {
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

/// Clauses that call for consent and are no purpose.
fn asides(out: &mut Writer, reading: &Reading<'_>, plan: &Plan<'_>) {
    if plan.asides.is_empty() {
        return;
    }
    out.gap();
    out.comment(
        "These clauses call for consent as well, but for nothing that a page could ask now:",
    );
    for &(at, reason) in &plan.asides {
        let clause = reading.clause(at);
        let told = format!(
            "line {} ({}): {}",
            clause.line,
            clause.id,
            excerpt(&clause.text)
        );
        match reason {
            Some(reason) => {
                out.comment(&told);
                out.detail(&format!("{reason}."));
            }
            None => {
                out.question(&format!("to what? {told}"));
                out.detail("If it is an act of yours, give it a [[purpose]].");
            }
        }
    }
}
