//! The rights: what stands, withdrawing it, the receipt, and how to reach the operator.

use crate::{Html, sheet, text};
use zhiqing_consent::{Decision, Notice};

/// What the rights sheet shows beside the notice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rights<'a> {
    /// The decision that stands.
    pub decision: Option<&'a Decision>,
    /// Whether the last record's receipt is here to be saved.
    pub receipt: bool,
    /// Keys that the last withdrawal deleted.
    pub removed: &'a [String],
    /// Keys that it could not delete, each with the reason.
    pub kept: &'a [String],
    /// A sentence to the person.
    pub note: Option<&'a str>,
}

/// The rights sheet.
pub fn rights(notice: &Notice, shown: Rights<'_>) -> Html {
    let mut html = Html::default();
    sheet::open(&mut html, "sheet rights", text::RIGHTS, shown.note);
    html.leaf("p", &[("class", "lead")], text::RIGHTS_LEAD);
    html.open("section", &[("class", "group")]);
    html.leaf("h3", &[], text::NOW);
    html.open("div", &[("class", "card")]);
    match shown.decision {
        None => html.leaf("p", &[("class", "says")], text::NOT_YET),
        Some(decision) if !decision.grants_any() => {
            html.leaf("p", &[("class", "says")], text::NOTHING_GRANTED);
        }
        Some(decision) => {
            html.open("ul", &[("class", "granted")]);
            for purpose in notice
                .asked()
                .filter(|purpose| decision.grants(&purpose.id))
            {
                html.leaf("li", &[], &purpose.name);
            }
            html.close("ul");
        }
    }
    html.open("div", &[("class", "actions")]);
    html.button("choice", "preferences", text::CHANGE);
    if shown.decision.is_some_and(Decision::grants_any) {
        html.button("choice", "withdraw", text::WITHDRAW);
    }
    html.close("div");
    html.close("div");
    keys(&mut html, text::REMOVED, shown.removed);
    keys(&mut html, text::KEPT, shown.kept);
    html.close("section");
    if shown.decision.is_some() {
        html.open("section", &[("class", "group")]);
        if shown.receipt {
            html.leaf("p", &[("class", "lead")], text::RECEIPT_LEAD);
            html.button("choice wide", "receipt", text::RECEIPT);
        } else {
            html.leaf("p", &[("class", "lead")], text::RECEIPT_WAITING);
        }
        html.close("section");
    }
    html.open("section", &[("class", "group")]);
    html.leaf("h3", &[], text::CONTACT);
    html.open("dl", &[("class", "card")]);
    if let Some(operator) = &notice.operator {
        sheet::fact(&mut html, text::WHO_WE_ARE, operator);
    }
    for contact in &notice.contacts {
        sheet::fact(&mut html, text::contact(&contact.kind), &contact.value);
    }
    sheet::fact(
        &mut html,
        text::ANSWER_WITHIN,
        &deadline(&notice.rights.deadline),
    );
    html.close("dl");
    if notice.contacts.is_empty() {
        html.leaf("p", &[("class", "lead")], text::NO_CONTACT);
    }
    html.button("link", "policy", text::READ_CLAUSE);
    html.close("section");
    sheet::close_without_foot(&mut html);
    html
}

/// `15 working days` as a person reads it; any other words as they stand.
fn deadline(words: &str) -> String {
    let mut parts = words.split(' ');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(count), Some("working"), Some("day" | "days"), None) => format!("{count} 个工作日内"),
        (Some(count), Some("day" | "days"), None, None) => format!("{count} 天内"),
        _ => words.to_owned(),
    }
}

fn keys(html: &mut Html, title: &str, keys: &[String]) {
    if keys.is_empty() {
        return;
    }
    html.leaf("p", &[("class", "lead")], title);
    html.open("ul", &[("class", "keys")]);
    for key in keys {
        html.leaf("li", &[], key);
    }
    html.close("ul");
}
