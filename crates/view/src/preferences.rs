//! The preferences: every purpose on its own switch, every technology on its own refusal.

use crate::{Html, sheet, text};
use std::collections::BTreeSet;
use zhiqing_consent::{Basis, Notice, Purpose, Technology, Tier};

/// Choices on the way, before they are saved. It starts from the decision that stands, or empty:
/// nothing is preselected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Ids of purposes that are switched on.
    pub granted: BTreeSet<String>,
    /// Ids of purposes whose own step was passed since the sheet was opened.
    pub confirmed: BTreeSet<String>,
    /// Technologies that are refused.
    pub refused: BTreeSet<Technology>,
}

/// The preferences sheet. `note` is a sentence to the person, as that nothing can be kept here.
pub fn preferences(notice: &Notice, draft: &Draft, note: Option<&str>) -> Html {
    let mut html = Html::default();
    sheet::open(&mut html, "sheet preferences", text::PREFERENCES, note);
    html.leaf("p", &[("class", "lead")], text::PREFERENCES_LEAD);
    for (tier, title, lead) in [
        (Tier::Basic, text::BASIC, text::BASIC_LEAD),
        (Tier::Extended, text::EXTENDED, text::EXTENDED_LEAD),
    ] {
        let mut purposes = notice.purposes.iter().filter(|p| p.tier == tier).peekable();
        if purposes.peek().is_none() {
            continue;
        }
        html.open("section", &[("class", "group")]);
        html.leaf("h3", &[], title);
        html.leaf("p", &[("class", "lead")], lead);
        for purpose in purposes {
            card(&mut html, notice, purpose, draft);
        }
        html.close("section");
    }
    technologies(&mut html, notice, draft);
    sheet::foot(&mut html);
    html.open("div", &[("class", "actions")]);
    html.button("choice", "reject-all", text::REJECT_ALL);
    html.button("choice", "accept-all", text::ACCEPT_ALL);
    html.close("div");
    html.button("choice strong", "save", text::SAVE);
    sheet::close(&mut html);
    html
}

fn card(html: &mut Html, notice: &Notice, purpose: &Purpose, draft: &Draft) {
    let asked = purpose.basis.is_asked();
    let name = format!("zq-p-{}", purpose.id);
    let says = format!("zq-d-{}", purpose.id);
    html.open("article", &[("class", "card")]);
    html.open("label", &[("class", "row")]);
    html.open("span", &[("class", "words")]);
    html.leaf("span", &[("class", "name"), ("id", &name)], &purpose.name);
    match purpose.basis {
        Basis::None => html.leaf("span", &[("class", "tag")], text::ALWAYS_ON),
        Basis::General => {}
        Basis::Separate | Basis::Written => {
            html.leaf("span", &[("class", "tag warm")], text::NEEDS_STEP);
        }
        Basis::Guardian => html.leaf("span", &[("class", "tag warm")], text::NEEDS_GUARDIAN),
    }
    html.leaf(
        "span",
        &[("class", "says"), ("id", &says)],
        &purpose.description,
    );
    html.close("span");
    let mut attributes = vec![
        ("type", "checkbox"),
        ("role", "switch"),
        ("class", "switch"),
        ("data-zq-purpose", purpose.id.as_str()),
        ("aria-labelledby", &name),
        ("aria-describedby", &says),
    ];
    if !asked || draft.granted.contains(&purpose.id) {
        attributes.push(("checked", ""));
    }
    if !asked || purpose.basis == Basis::Guardian {
        attributes.push(("disabled", ""));
    }
    html.open("input", &attributes);
    html.close("label");
    html.open("details", &[]);
    html.leaf("summary", &[], text::DETAILS);
    html.open("dl", &[]);
    sheet::fact(html, text::DATA, &purpose.data.join("、"));
    sheet::fact(html, text::RECIPIENTS, &recipients(notice, purpose));
    sheet::fact(
        html,
        text::IF_REFUSED,
        if asked { &purpose.refusal } else { "" },
    );
    html.close("dl");
    clause_link(html, purpose);
    html.close("details");
    html.close("article");
}

/// A link to the clause of the policy that states this purpose.
pub(crate) fn clause_link(html: &mut Html, purpose: &Purpose) {
    if let Some(clause) = purpose.clauses.first() {
        html.leaf(
            "button",
            &[
                ("type", "button"),
                ("class", "link"),
                ("data-zq", "policy"),
                ("data-zq-clause", clause),
            ],
            text::READ_CLAUSE,
        );
    }
}

/// Empty where the settings name none: that nobody receives anything is for the site to say.
fn recipients(notice: &Notice, purpose: &Purpose) -> String {
    let ids = purpose.recipients.iter();
    let found: Vec<&str> = ids
        .filter_map(|id| notice.recipient(id))
        .map(|recipient| recipient.name.as_str())
        .collect();
    found.join("、")
}

fn technologies(html: &mut Html, notice: &Notice, draft: &Draft) {
    html.open("section", &[("class", "group")]);
    html.leaf("h3", &[], text::TECHNOLOGIES);
    html.leaf("p", &[("class", "lead")], text::TECHNOLOGIES_LEAD);
    html.open("div", &[("class", "card list")]);
    for &technology in &notice.technologies {
        let (name, does) = text::technology(technology);
        html.open("label", &[("class", "row")]);
        html.open("span", &[("class", "words")]);
        html.open("span", &[("class", "name")]);
        html.text(text::REFUSE_PREFIX);
        html.text(" ");
        html.text(name);
        html.close("span");
        html.leaf("span", &[("class", "says")], does);
        html.close("span");
        let mut attributes = vec![
            ("type", "checkbox"),
            ("class", "check"),
            ("data-zq-technology", technology.name()),
        ];
        if draft.refused.contains(&technology) {
            attributes.push(("checked", ""));
        }
        html.open("input", &attributes);
        html.close("label");
    }
    html.close("div");
    html.close("section");
}
