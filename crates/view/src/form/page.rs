//! The choices as one form: every purpose with all its facts open, every technology.

use super::{Form, frame};
use crate::preferences::{recipients, technologies};
use crate::rights::allowed;
use crate::{Draft, Html, sheet, text::Texts};
use zhiqing_consent::{Basis, Notice, Purpose, Tier};

/// The page of the choices.
///
/// What "save" sends are the switches of this form. A separate consent is none of them: each has a page
/// of its own (rule 2), to which a button leads.
pub fn form_page(notice: &Notice, form: &Form<'_>) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    frame::open(&mut html, notice, texts.get("preferences"));
    frame::told(&mut html, texts, form.told);
    // At the top: who has just answered has read the rest.
    frame::ways(&mut html, notice, form.way, false);
    html.open("p", &[("class", "lead")]);
    html.text(texts.get("form_lead"));
    let label = texts.get("policy");
    html.text(" ");
    let query = [("view", "policy")];
    frame::link(&mut html, "link", (notice, form.way), &query, label);
    html.close("p");
    if form.gpc && notice.asked().any(|purpose| purpose.gpc) {
        html.leaf("p", &[("class", "note")], texts.get("gpc"));
    }
    now(&mut html, notice, form);
    frame::open_form(&mut html, notice, form);
    html.leaf("p", &[("class", "lead")], texts.get("preferences_lead"));
    purposes(&mut html, notice, form);
    technologies(&mut html, notice, form.draft, "h2", |technology| {
        [("name", "refuse"), ("value", technology.name())]
    });
    html.open("footer", &[]);
    // First, to the eye, too: Enter in a switch presses a form's first button (WHATWG HTML 4.10.21.2).
    let save = texts.get("save");
    frame::button(&mut html, "choice strong", "act", "save", save);
    html.open("div", &[("class", "actions")]);
    frame::act(&mut html, "reject-all", texts.get("reject_all"));
    frame::act(&mut html, "accept-all", texts.get("accept_all"));
    html.close("div");
    html.close("footer");
    html.close("form");
    separate(&mut html, notice, form);
    frame::close(&mut html);
    html
}

/// What stands, and one tap that takes all of it back (PIPL 15).
fn now(html: &mut Html, notice: &Notice, form: &Form<'_>) {
    let Some(decision) = form.decision else {
        return;
    };
    let texts = Texts::of(notice);
    html.open("section", &[("class", "group")]);
    html.leaf("h2", &[], texts.get("now"));
    html.open("div", &[("class", "card")]);
    allowed(html, notice, decision, form.gpc);
    if decision.grants_any() {
        frame::open_form(html, notice, form);
        html.open("div", &[("class", "actions")]);
        frame::act(html, "withdraw", texts.get("withdraw"));
        html.close("div");
        html.close("form");
    }
    html.close("div");
    html.close("section");
}

/// The purposes by tier, but those that need a page of their own.
fn purposes(html: &mut Html, notice: &Notice, form: &Form<'_>) {
    let texts = Texts::of(notice);
    for (tier, title, lead) in [
        (Tier::Basic, "basic", "basic_lead"),
        (Tier::Extended, "extended", "extended_lead"),
    ] {
        let own = |p: &&Purpose| p.tier == tier && !has_own_page(p);
        let mut purposes = notice.purposes.iter().filter(own).peekable();
        if purposes.peek().is_none() {
            continue;
        }
        html.open("section", &[("class", "group")]);
        html.leaf("h2", &[], texts.get(title));
        html.leaf("p", &[("class", "lead")], texts.get(lead));
        for purpose in purposes {
            html.open("article", &[("class", "card")]);
            switch(html, texts, purpose, form.draft);
            facts(html, notice, purpose, form);
            html.close("article");
        }
        html.close("section");
    }
}

fn has_own_page(purpose: &Purpose) -> bool {
    matches!(purpose.basis, Basis::Separate | Basis::Written)
}

/// A purpose's name, what it is for, and its switch.
fn switch(html: &mut Html, texts: Texts<'_>, purpose: &Purpose, draft: &Draft) {
    let name = format!("zq-p-{}", purpose.id);
    let says = format!("zq-d-{}", purpose.id);
    html.open("label", &[("class", "row")]);
    html.open("span", &[("class", "words")]);
    html.leaf("span", &[("class", "name"), ("id", &name)], &purpose.name);
    match purpose.basis {
        Basis::None => html.leaf("span", &[("class", "tag")], texts.get("always_on")),
        Basis::Guardian => {
            let tag = [("class", "tag warm")];
            html.leaf("span", &tag, texts.get("needs_guardian"));
        }
        Basis::General | Basis::Separate | Basis::Written => {}
    }
    let attributes = [("class", "says"), ("id", says.as_str())];
    html.leaf("span", &attributes, &purpose.description);
    html.close("span");
    let mut attributes = vec![
        ("type", "checkbox"),
        ("role", "switch"),
        ("class", "switch"),
        ("name", "purpose"),
        ("value", purpose.id.as_str()),
        ("aria-labelledby", &name),
        ("aria-describedby", &says),
    ];
    let fixed = purpose.basis == Basis::None;
    if fixed || draft.granted.contains(&purpose.id) {
        attributes.push(("checked", ""));
    }
    if fixed || purpose.basis == Basis::Guardian {
        attributes.push(("disabled", ""));
    }
    html.open("input", &attributes);
    html.close("label");
}

fn facts(html: &mut Html, notice: &Notice, purpose: &Purpose, form: &Form<'_>) {
    let texts = Texts::of(notice);
    html.open("dl", &[]);
    let data = texts.list(purpose.data.iter().map(String::as_str));
    sheet::fact(html, texts.get("data"), &data);
    sheet::fact(html, texts.get("recipients"), &recipients(notice, purpose));
    sheet::fact(html, texts.get("retention"), &purpose.retention);
    if purpose.basis.is_asked() {
        sheet::fact(html, texts.get("if_refused"), &purpose.refusal);
    }
    html.close("dl");
    super::step::clause_link(html, notice, purpose, form.way);
}

/// The separate consents, each behind a button to its own page.
fn separate(html: &mut Html, notice: &Notice, form: &Form<'_>) {
    let texts = Texts::of(notice);
    let mut purposes = notice
        .purposes
        .iter()
        .filter(|p| has_own_page(p))
        .peekable();
    if purposes.peek().is_none() {
        return;
    }
    html.open("section", &[("class", "group")]);
    html.leaf("h2", &[], texts.get("needs_step"));
    html.leaf("p", &[("class", "lead")], texts.get("form_separate"));
    for purpose in purposes {
        html.open("article", &[("class", "card")]);
        html.open("div", &[("class", "row")]);
        html.open("span", &[("class", "words")]);
        html.leaf("span", &[("class", "name")], &purpose.name);
        state(html, texts, purpose, form.draft);
        html.leaf("span", &[("class", "says")], &purpose.description);
        html.close("span");
        html.close("div");
        html.open("div", &[("class", "actions")]);
        let query = [("purpose", purpose.id.as_str())];
        let label = texts.fill("form_ask", &[("purpose", &purpose.name)]);
        frame::link(html, "choice", (notice, form.way), &query, &label);
        html.close("div");
        html.close("article");
    }
    html.close("section");
}

/// Whether a separate consent stands.
pub(super) fn state(html: &mut Html, texts: Texts<'_>, purpose: &Purpose, draft: &Draft) {
    let (class, key) = match draft.granted.contains(&purpose.id) {
        true => ("tag", "form_granted"),
        false => ("tag off", "form_denied"),
    };
    html.leaf("span", &[("class", class)], texts.get(key));
}
