//! `[[purpose]]`: what a person chooses.

use super::plan::{Drafted, Plan, State};
use super::reading::Reading;
use super::retention::{Kept, Source};
use super::wording::{Data, carried, data, description, refused};
use super::words::{has, words};
use super::write::{Writer, excerpt, quoted};
use std::collections::HashSet;
use zhiqing_consent::{Basis, Tier};
use zhiqing_policy::{Clause, Kind};

pub(super) fn write(out: &mut Writer, reading: &Reading<'_>, plan: &Plan<'_>) {
    out.part("Purposes: what a person chooses");
    out.comment(
        "The first clause of a purpose is the one that \"read the clause\" opens in the page.",
    );
    let carried = carried(reading, plan);
    let kept = Kept::read(reading);
    for drafted in plan.in_order() {
        if drafted.state == State::Absent {
            continue;
        }
        out.gap();
        purpose(out, reading, drafted, &carried, &kept);
    }
    asides(out, reading, plan);
}

fn purpose(
    out: &mut Writer,
    reading: &Reading<'_>,
    drafted: &Drafted,
    carried: &HashSet<&str>,
    kept: &Kept,
) {
    let clauses: Vec<&Clause> = drafted
        .clauses
        .iter()
        .map(|&(_, at, _)| reading.clause(at))
        .collect();
    let Data { names, own } = data(reading, drafted, carried);
    let guess = drafted.candidate.map_or("", |candidate| &candidate.datum);
    let guessed = names.is_empty() && !guess.is_empty() && drafted.state == State::Stated;
    let data = if guessed {
        vec![guess.to_owned()]
    } else {
        names.clone()
    };
    let refused = refused(reading, drafted);
    remarks(out, drafted, &clauses);
    if drafted.basis().is_asked() && names.is_empty() && drafted.state == State::Stated {
        out.question("which data exactly? The clauses below name none that is known by name.");
    }
    if !own.is_empty() {
        out.question(&format!(
            "the policy itself calls {} sensitive, which then needs separate consent (PIPL 29). Is its definition meant so?",
            own.join("、")
        ));
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
    retention(out, reading, drafted, &data, kept);
    out.unmute();
}

/// For how long the data is kept, with the lines that say it (PIPL 17).
fn retention(
    out: &mut Writer,
    reading: &Reading<'_>,
    drafted: &Drafted,
    data: &[String],
    kept: &Kept,
) {
    let found = kept.of(reading, drafted, data);
    if found.terms.is_empty() && drafted.state == State::Stated {
        out.question("for how long is this data kept? The policy does not tell (PIPL 17).");
    }
    let mut told: Vec<usize> = found.clauses;
    told.dedup();
    for at in told {
        let clause = reading.clause(at);
        let of = match found.source {
            Source::Own => "",
            Source::Entry => ", by the name of the data or the purpose",
            Source::General => ", of all data",
        };
        let said = excerpt(&clause.text);
        out.comment(&format!("For how long, line {}{of}: {said}", clause.line));
    }
    out.pair("retention", &found.terms.join("；"));
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
            let kind = drafted.id == candidate.id;
            if kind && !candidate.question.is_empty() {
                out.question(&candidate.question);
            }
            if !kind && drafted.giving.is_none() {
                out.question(&format!(
                    "is it another act than {:?}? Its clause has a head of its own; if it is the same, make them one.",
                    candidate.id
                ));
            }
        }
    }
    if candidate.basis == Basis::None {
        let told: Vec<String> = clauses
            .iter()
            .filter_map(|clause| consents(clause))
            .collect();
        if !told.is_empty() {
            out.question(&format!(
                "{}. What asks for consent is no part of what needs none: move the clause to a purpose that asks, or is the word about something else?",
                told.join(", ")
            ));
        }
    }
    let called = clauses.iter().find(|clause| {
        clause.kinds.contains(&Kind::SeparateConsent) && has(&clause.text, "separate")
    });
    if let Some(clause) = called.filter(|_| candidate.basis == Basis::General) {
        out.question(&format!(
            "line {} calls for separate consent (单独同意). Set basis = \"separate\", or is it about a part of this only?",
            clause.line
        ));
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

/// Where a clause speaks of consent, and by which word.
fn consents(clause: &Clause) -> Option<String> {
    let mut words = words("consent-words").iter();
    let word = words.find(|word| clause.text.contains(**word))?;
    Some(format!("line {} says {word}", clause.line))
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
                out.question(&format!("consent to what? {told}"));
                out.detail("If it is an act of yours, give it a [[purpose]].");
            }
        }
    }
}
