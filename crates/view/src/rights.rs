//! The rights: what stands, withdrawing it, the receipt, and how to reach the operator.

use crate::stored::whose;
use crate::{Html, sheet, text::Texts};
use zhiqing_consent::removal::Reason;
use zhiqing_consent::rules::{self, Conditions};
use zhiqing_consent::{Decision, Notice, Purpose, Removal, Technology};

/// Where the receipt of a record is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// Nowhere in this browser, and none is expected: the server returned the record, or has it from
    /// the form, or the receipt was deleted here.
    #[default]
    Absent,
    /// The record is still to be sent.
    Waiting,
    /// Here, to be saved.
    Here,
}

/// What the rights sheet shows beside the notice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rights<'a> {
    /// The decision that stands.
    pub decision: Option<&'a Decision>,
    /// Whether the browser signals Global Privacy Control.
    pub gpc: bool,
    /// Where the last record's receipt is.
    pub receipt: Delivery,
    /// Whether the server returned any record, which is kept here.
    pub returned: bool,
    /// What was deleted since the last refusal or withdrawal, what could not be, what was there again.
    pub removal: Option<&'a Removal>,
    /// A sentence to the person.
    pub note: Option<&'a str>,
}

/// The rights sheet.
pub fn rights(notice: &Notice, shown: Rights<'_>) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    let title = texts.get("rights");
    sheet::open(&mut html, texts, "sheet rights", title, shown.note);
    html.write(
        texts,
        r#"<p class="lead">[rights_lead]</p><section class="group"><h3>[now]</h3><div class="card" part="card">"#,
        &[],
    );
    match shown.decision {
        None => html.write(texts, r#"<p class="says">[not_yet]</p>"#, &[]),
        Some(decision) => allowed(&mut html, notice, decision, shown.gpc),
    }
    html.write(texts, r#"<div class="actions">"#, &[]);
    let change = match shown.decision {
        None => "choose",
        Some(_) => "change",
    };
    html.button("choice", "preferences", texts.get(change));
    if shown.decision.is_some_and(Decision::grants_any) {
        html.button("choice", "withdraw", texts.get("withdraw"));
    }
    html.write(texts, "</div></div></section>", &[]);
    if let Some(removal) = shown.removal.filter(|removal| !removal.is_empty()) {
        erased(&mut html, notice, removal);
    }
    receipt(&mut html, texts, shown.receipt);
    if shown.returned {
        html.write(texts, r#"<p class="lead">[record_returned]</p>"#, &[]);
    }
    html.write(
        texts,
        r#"<section class="group"><h3>[contact]</h3><dl class="card" part="card">"#,
        &[],
    );
    contacts(&mut html, notice);
    sheet::fact(
        &mut html,
        texts.get("answer_within"),
        &deadline(texts, &notice.rights.deadline),
    );
    html.close("dl");
    if notice.contacts.is_empty() {
        html.write(texts, r#"<p class="lead">[no_contact]</p>"#, &[]);
    }
    html.button("link", "policy", texts.get("read_clause"));
    html.close("section");
    sheet::close_without_foot(&mut html);
    html
}

/// What may be done now by what the person agreed to, as the gate has it.
pub(crate) fn allowed(html: &mut Html, notice: &Notice, decision: &Decision, gpc: bool) {
    let texts = Texts::of(notice);
    let under = Conditions {
        guarded: false,
        gpc,
    };
    let is_allowed = |purpose: &&Purpose| rules::is_allowed(purpose, Some(decision), under);
    let mut purposes = notice.asked().filter(is_allowed).peekable();
    if purposes.peek().is_some() {
        html.write(texts, r#"<ul class="granted">"#, &[]);
        purposes.for_each(|purpose| html.write(texts, "<li>{}</li>", &[&purpose.name]));
        html.close("ul");
    } else {
        let says = match decision.grants_any() {
            true => "all_silenced",
            false => "nothing_granted",
        };
        html.write(texts, r#"<p class="says">{}</p>"#, &[texts.get(says)]);
    }
}

fn receipt(html: &mut Html, texts: Texts<'_>, delivery: Delivery) {
    if delivery == Delivery::Absent {
        return;
    }
    html.write(texts, r#"<section class="group"><p class="lead">"#, &[]);
    if delivery == Delivery::Here {
        html.write(texts, "[receipt_lead]</p>", &[]);
        html.button("choice wide", "receipt", texts.get("receipt"));
    } else {
        html.write(texts, "[receipt_waiting]</p>", &[]);
    }
    html.close("section");
}

/// Who the operator is, and how to reach them, as rows of a list of facts.
pub(crate) fn contacts(html: &mut Html, notice: &Notice) {
    let texts = Texts::of(notice);
    if let Some(operator) = &notice.operator {
        sheet::fact(html, texts.get("operator"), operator);
    }
    for contact in &notice.contacts {
        let kind = contact_kind(texts, &contact.kind);
        sheet::fact(html, kind, &contact.value);
    }
}

/// `15 working days` as a person reads it; any other words as they stand.
fn deadline(texts: Texts<'_>, words: &str) -> String {
    let mut parts = words.split(' ');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(count), Some("working"), Some("day" | "days"), None) => {
            texts.fill("within_working_days", &[("count", count)])
        }
        (Some(count), Some("day" | "days"), None, None) => {
            texts.fill("within_days", &[("count", count)])
        }
        _ => words.to_owned(),
    }
}

/// A contact's kind, for people.
fn contact_kind<'a>(texts: Texts<'a>, kind: &str) -> &'a str {
    match kind {
        "email" => texts.get("email"),
        "phone" => texts.get("phone"),
        "address" => texts.get("address"),
        "postcode" => texts.get("postcode"),
        _ => texts.get("contact_details"),
    }
}

/// What wants attention stands open; what went as it should is counted, and opened by who wants to
/// read it.
fn erased(html: &mut Html, notice: &Notice, removal: &Removal) {
    let texts = Texts::of(notice);
    html.write(
        texts,
        r#"<section class="group erased"><h3>[erased]</h3><div class="card" part="card">"#,
        &[],
    );
    let Removal {
        removed,
        kept,
        returned,
    } = removal;
    if !kept.is_empty() {
        let rows = kept.iter().map(|it| Row {
            technology: it.technology,
            key: &it.key,
            says: texts.get(reason(it.reason)).to_owned(),
        });
        says(html, texts, "not_removed", kept.len());
        keys(html, notice, &rows.collect::<Vec<_>>());
    }
    if !returned.is_empty() {
        let rows = returned.iter().map(|it| Row {
            technology: it.technology,
            key: &it.key,
            says: texts.fill("returned_times", &[("count", &it.times.to_string())]),
        });
        says(html, texts, "returned", returned.len());
        keys(html, notice, &rows.collect::<Vec<_>>());
    }
    if !removed.is_empty() {
        let rows = removed.iter().map(|it| Row {
            technology: it.technology,
            key: &it.key,
            says: String::new(),
        });
        let count = counted(texts, "removed", removed.len());
        html.write(texts, "<details><summary>{}</summary>", &[&count]);
        keys(html, notice, &rows.collect::<Vec<_>>());
        html.close("details");
    }
    html.write(texts, "</div></section>", &[]);
}

fn says(html: &mut Html, texts: Texts<'_>, key: &'static str, count: usize) {
    let words = counted(texts, key, count);
    html.write(texts, r#"<p class="says">{}</p>"#, &[&words]);
}

fn counted(texts: Texts<'_>, key: &'static str, count: usize) -> String {
    texts.fill(key, &[("count", &count.to_string())])
}

/// The key of the words for it.
const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Unreachable => "unreachable",
        Reason::Undeletable => "undeletable",
        Reason::Open => "in_use",
    }
}

/// A key in a list.
struct Row<'a> {
    /// Where it is or was.
    technology: Technology,
    key: &'a str,
    /// What there is to say of it.
    says: String,
}

/// A list of keys: its name, where it is or was, what there is to say of it, whose it is.
fn keys(html: &mut Html, notice: &Notice, rows: &[Row<'_>]) {
    let texts = Texts::of(notice);
    html.write(texts, r#"<ul class="keys">"#, &[]);
    for row in rows {
        html.write(
            texts,
            r#"<li><span class="key">{}</span><span class="tag">{}</span>"#,
            &[row.key, texts.get(row.technology.name())],
        );
        let whose = whose(notice, row.technology, row.key);
        for more in [row.says.as_str(), whose.as_deref().unwrap_or_default()] {
            if !more.is_empty() {
                html.write(texts, "<small>{}</small>", &[more]);
            }
        }
        html.close("li");
    }
    html.close("ul");
}
