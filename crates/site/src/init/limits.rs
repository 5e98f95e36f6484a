//! `[minors]` and `[rights]`: the ages and terms that the policy sets.

use super::reading::Reading;
use super::write::{Writer, excerpt};
use zhiqing_policy::{Deadline, MinorsRule, Unit};

/// PIPL 31: 不满十四周岁.
const LEGAL_AGE: u8 = 14;
/// Complaints are answered within 15 working days.
const USUAL_DAYS: u32 = 15;
/// What the settings can hold.
const GROWN_UP: u8 = 18;

pub(super) fn write(out: &mut Writer, reading: &Reading<'_>) {
    out.part("Minors and rights");
    minors(out, reading);
    rights(out, reading);
}

fn minors(out: &mut Writer, reading: &Reading<'_>) {
    let facts = &reading.document.facts.minors;
    out.comment("Under this age everything extended stays off until a guardian has agreed; the law's is 14, for");
    out.comment("people who are not yet 14 (不满十四周岁, PIPL 31).");
    for fact in facts {
        let bound = if fact.inclusive {
            " and those of exactly that age"
        } else {
            ""
        };
        let text = reading.place(fact.line, "").text;
        out.comment(&format!(
            "Under {}{bound}, line {}: {}",
            fact.age,
            fact.line,
            excerpt(text)
        ));
    }
    let age = age(facts);
    if facts.is_empty() {
        out.question("the policy names no age. From which age do people use the service alone?");
    }
    if let Some(fact) = facts.iter().find(|fact| fact.inclusive) {
        out.question(&format!(
            "line {} takes in those of exactly {}, the law does not. Mend the policy, or set age = {}.",
            fact.line,
            fact.age,
            fact.age.saturating_add(1).min(GROWN_UP)
        ));
    }
    let odd = facts.iter().find(|fact| fact.age < LEGAL_AGE);
    if let Some(fact) = odd {
        out.question(&format!(
            "line {} says {}; the law protects everybody under 14.",
            fact.line, fact.age
        ));
    } else if age > LEGAL_AGE {
        out.question(&format!(
            "the policy speaks of {age} and not of 14. Does a guardian have to agree up to {age}?"
        ));
    }
    out.line("[minors]");
    out.line(&format!("age = {age}"));
    out.pair("rule", "guardian");
}

/// The law's age where the policy names it or a lower one, else the lowest that the policy names.
fn age(facts: &[MinorsRule]) -> u8 {
    let lowest = facts.iter().map(|fact| fact.age).min();
    lowest.map_or(LEGAL_AGE, |age| age.clamp(LEGAL_AGE, GROWN_UP))
}

fn rights(out: &mut Writer, reading: &Reading<'_>) {
    let all = &reading.document.facts.deadlines;
    let answers: Vec<&Deadline> = all.iter().filter(|due| due.what == "response").collect();
    out.gap();
    out.comment("By when requests and complaints are answered.");
    for due in all {
        let text = reading.place(due.line, "").text;
        out.comment(&format!(
            "{}: {}, line {}: {}",
            due.what.replace('_', " "),
            term(due),
            due.line,
            excerpt(text)
        ));
    }
    if let Some(due) = answers.iter().find(|due| is_late(due)) {
        out.question(&format!(
            "line {} takes {}; complaints are to be answered within 15 working days. Can you keep that?",
            due.line,
            term(due)
        ));
    }
    let first = answers.first().copied();
    if let Some(first) = first
        && let Some(other) = answers
            .iter()
            .find(|due| (due.count, due.unit) != (first.count, first.unit))
    {
        out.question(&format!(
            "lines {} and {} differ: which holds?",
            first.line, other.line
        ));
    }
    if first.is_none() {
        out.question("the policy gives no time for answers. Is this one kept?");
    }
    out.line("[rights]");
    out.pair(
        "deadline",
        &first.map_or_else(|| format!("{USUAL_DAYS} working days"), term),
    );
}

/// Fifteen working days are some three weeks.
fn is_late(due: &Deadline) -> bool {
    match due.unit {
        Unit::WorkingDay => due.count > USUAL_DAYS,
        Unit::Day => due.count > USUAL_DAYS / 5 * 7,
    }
}

fn term(due: &Deadline) -> String {
    match due.unit {
        Unit::Day => format!("{} days", due.count),
        Unit::WorkingDay => format!("{} working days", due.count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(age: u8) -> MinorsRule {
        MinorsRule {
            age,
            inclusive: false,
            line: 1,
        }
    }

    #[test]
    fn ages() {
        assert_eq!(age(&[]), 14);
        assert_eq!(age(&[rule(18), rule(14)]), 14);
        assert_eq!(age(&[rule(13)]), 14);
        assert_eq!(age(&[rule(18)]), 18);
        assert_eq!(age(&[rule(21)]), 18);
    }

    #[test]
    fn late_answers() {
        let due = |count, unit| Deadline {
            what: "response".into(),
            count,
            unit,
            line: 1,
        };
        assert!(is_late(&due(30, Unit::Day)));
        assert!(!is_late(&due(15, Unit::WorkingDay)));
        assert!(!is_late(&due(15, Unit::Day)));
    }
}
