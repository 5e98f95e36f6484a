//! `[[recipient]]`: to whom data go.

use super::fields::{Fields, enumerated};
use super::plan::{Class, Kit, Named, Plan};
use super::reading::{Place, Reading};
use super::sentences::{aim, sentences, stated_terms};
use super::write::{Writer, excerpt_at};

/// More data than these are an enumeration that a person should make.
const MANY: usize = 12;
/// How many of a clause's data are looked for in a sentence.
const LOOKED_AT: usize = 256;

pub(super) fn write(out: &mut Writer, reading: &Reading<'_>, plan: &Plan<'_>) {
    out.part("Recipients: who receives data (PIPL 23)");
    if plan.kits.is_empty() && plan.classes.is_empty() && plan.named.is_empty() {
        out.question("the policy names no recipient. Does nobody receive data, no SDK, no processor (PIPL 23)?");
        return;
    }
    out.comment(
        "Who decides what becomes of the data needs separate consent (PIPL 23); who works on your",
    );
    out.comment("commission needs none: put the former under a purpose with basis = \"separate\".");
    for kit in &plan.kits {
        write_kit(out, reading, plan, kit);
    }
    for named in &plan.named {
        write_named(out, reading, plan, named);
    }
    for class in &plan.classes {
        write_class(out, reading, plan, class);
    }
}

fn write_kit(out: &mut Writer, reading: &Reading<'_>, plan: &Plan<'_>, kit: &Kit<'_>) {
    let fields = Fields::beside(reading, kit.place);
    let name = &kit.fact.name;
    out.gap();
    out.comment(&format!("SDK, {}", told(kit.place, name)));
    out.comment(&format!(
        "Under purpose {:?}.",
        plan.purposes[kit.purpose].id
    ));
    let said = Fields {
        data: kit.fact.data.clone().or(fields.data),
        purpose: kit.fact.purpose.clone().or(fields.purpose),
        // An SDK collects by itself: that much its being one tells.
        method: fields.method.or_else(|| Some("SDK采集".to_owned())),
        ..fields
    };
    let provider = said
        .company
        .as_deref()
        .filter(|company| !name.contains(company));
    let name = provider.map_or_else(|| name.clone(), |company| format!("{company}（{name}）"));
    recipient(out, &kit.id, &name, &said, "");
}

fn write_named(out: &mut Writer, reading: &Reading<'_>, plan: &Plan<'_>, named: &Named) {
    let clause = reading.clause(named.clause);
    out.gap();
    out.comment(&format!(
        "Line {}: {}",
        clause.line,
        excerpt_at(&clause.text, &named.name)
    ));
    out.comment(&format!(
        "Under purpose {:?}.",
        plan.purposes[named.purpose].id
    ));
    // To whom nothing is given today, nothing is given in the settings either.
    let is_given = plan.purposes[named.purpose].is_active();
    if !is_given {
        out.mute();
    }
    recipient(out, &named.id, &named.name, &named.fields, "");
    out.unmute();
}

fn write_class(out: &mut Writer, reading: &Reading<'_>, plan: &Plan<'_>, class: &Class<'_>) {
    out.gap();
    let place = told(class.place, &class.fact.class);
    let Some((id, purpose)) = &class.given else {
        out.comment(&format!(
            "Not a recipient to ask about: {}, {place}",
            class.name
        ));
        out.comment("What a law obliges you to hand over needs no consent (PIPL 13 (3)).");
        return;
    };
    out.comment(&format!("A class of recipients, {place}"));
    out.comment(&format!("Under purpose {:?}.", plan.purposes[*purpose].id));
    let mut said = Fields::beside(reading, class.place);
    let sentence =
        sentences(class.place.text).find(|sentence| sentence.contains(&class.fact.class));
    said.purpose = said.purpose.or_else(|| sentence.and_then(aim));
    said.data = said.data.or_else(|| data(reading, class.place, sentence?));
    recipient(
        out,
        id,
        &class.name,
        &said,
        "who exactly, one [[recipient]] for each?",
    );
}

fn told(place: Place<'_>, name: &str) -> String {
    format!("line {}: {}", place.line, excerpt_at(place.text, name))
}

/// The data that the clause names in the sentence.
fn data(reading: &Reading<'_>, place: Place<'_>, sentence: &str) -> Option<String> {
    let mut named: Vec<&str> = Vec::new();
    for term in stated_terms(reading.clause(place.clause?))
        .into_iter()
        .take(LOOKED_AT)
    {
        if sentence.contains(&term.text)
            && !named.contains(&term.text.as_str())
            && named.len() < MANY
        {
            named.push(&term.text);
        }
    }
    (!named.is_empty()).then(|| named.join("、"))
}

/// `who` is what else is asked about it.
fn recipient(out: &mut Writer, id: &str, name: &str, said: &Fields, who: &str) {
    let data = said.data.as_deref().map(enumerated).unwrap_or_default();
    let missing: Vec<&str> = [
        ("contact", said.contact.is_none()),
        ("data", data.is_empty()),
        ("purpose", said.purpose.is_none()),
        ("method", said.method.is_none()),
    ]
    .into_iter()
    .filter_map(|(field, is_missing)| is_missing.then_some(field))
    .collect();
    let missing = match missing.as_slice() {
        [] => String::new(),
        missing => format!("What is its {}? (PIPL 23)", missing.join(", ")),
    };
    if !who.is_empty() || !missing.is_empty() {
        out.question(format!("{who} {missing}").trim());
    }
    out.line("[[recipient]]");
    out.pair("id", id);
    out.pair("name", name);
    if let Some(contact) = &said.contact {
        out.pair("contact", contact);
    }
    if !data.is_empty() {
        out.list("data", &data);
    }
    let rest = [
        ("purpose", &said.purpose),
        ("method", &said.method),
        ("country", &said.country),
    ];
    for (key, value) in rest {
        if let Some(value) = value {
            out.pair(key, value);
        }
    }
}
