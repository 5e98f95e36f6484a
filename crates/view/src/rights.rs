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
    html.leaf("p", &[("class", "lead")], texts.get("rights_lead"));
    html.open("section", &[("class", "group")]);
    html.leaf("h3", &[], texts.get("now"));
    html.open("div", &[("class", "card"), ("part", "card")]);
    match shown.decision {
        None => html.leaf("p", &[("class", "says")], texts.get("not_yet")),
        Some(decision) => allowed(&mut html, notice, decision, shown.gpc),
    }
    html.open("div", &[("class", "actions")]);
    let change = match shown.decision {
        None => "choose",
        Some(_) => "change",
    };
    html.button("choice", "preferences", texts.get(change));
    if shown.decision.is_some_and(Decision::grants_any) {
        html.button("choice", "withdraw", texts.get("withdraw"));
    }
    html.close("div");
    html.close("div");
    html.close("section");
    if let Some(removal) = shown.removal.filter(|removal| !removal.is_empty()) {
        erased(&mut html, notice, removal);
    }
    receipt(&mut html, texts, shown.receipt);
    html.open("section", &[("class", "group")]);
    html.leaf("h3", &[], texts.get("contact"));
    html.open("dl", &[("class", "card"), ("part", "card")]);
    contacts(&mut html, notice);
    sheet::fact(
        &mut html,
        texts.get("answer_within"),
        &deadline(texts, &notice.rights.deadline),
    );
    html.close("dl");
    if notice.contacts.is_empty() {
        html.leaf("p", &[("class", "lead")], texts.get("no_contact"));
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
        html.open("ul", &[("class", "granted")]);
        purposes.for_each(|purpose| html.leaf("li", &[], &purpose.name));
        html.close("ul");
    } else {
        let says = match decision.grants_any() {
            true => "all_silenced",
            false => "nothing_granted",
        };
        html.leaf("p", &[("class", "says")], texts.get(says));
    }
}

fn receipt(html: &mut Html, texts: Texts<'_>, delivery: Delivery) {
    if delivery == Delivery::Absent {
        return;
    }
    html.open("section", &[("class", "group")]);
    if delivery == Delivery::Here {
        html.leaf("p", &[("class", "lead")], texts.get("receipt_lead"));
        html.button("choice wide", "receipt", texts.get("receipt"));
    } else {
        html.leaf("p", &[("class", "lead")], texts.get("receipt_waiting"));
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
    html.open("section", &[("class", "group erased")]);
    html.leaf("h3", &[], texts.get("erased"));
    html.open("div", &[("class", "card"), ("part", "card")]);
    let Removal {
        removed,
        kept,
        returned,
    } = removal;
    if !kept.is_empty() {
        html.leaf(
            "p",
            &[("class", "says")],
            &counted(texts, "not_removed", kept.len()),
        );
        keys(
            html,
            notice,
            kept,
            |it| (it.technology, it.key.as_str()),
            |it| texts.get(reason(it.reason)).to_owned(),
        );
    }
    if !returned.is_empty() {
        html.leaf(
            "p",
            &[("class", "says")],
            &counted(texts, "returned", returned.len()),
        );
        keys(
            html,
            notice,
            returned,
            |it| (it.technology, it.key.as_str()),
            |it| texts.fill("returned_times", &[("count", &it.times.to_string())]),
        );
    }
    if !removed.is_empty() {
        html.open("details", &[]);
        html.leaf("summary", &[], &counted(texts, "removed", removed.len()));
        keys(
            html,
            notice,
            removed,
            |it| (it.technology, it.key.as_str()),
            |_| String::new(),
        );
        html.close("details");
    }
    html.close("div");
    html.close("section");
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

/// A list of keys: its name, where it is or was, what there is to say of it, whose it is.
fn keys<T>(
    html: &mut Html,
    notice: &Notice,
    rows: &[T],
    named: impl Fn(&T) -> (Technology, &str),
    says: impl Fn(&T) -> String,
) {
    let texts = Texts::of(notice);
    html.open("ul", &[("class", "keys")]);
    for row in rows {
        let (technology, key) = named(row);
        html.open("li", &[]);
        html.leaf("span", &[("class", "key")], key);
        html.leaf("span", &[("class", "tag")], texts.get(technology.name()));
        let says = says(row);
        if !says.is_empty() {
            html.leaf("small", &[], &says);
        }
        if let Some(whose) = whose(notice, technology, key) {
            html.leaf("small", &[], &whose);
        }
        html.close("li");
    }
    html.close("ul");
}
