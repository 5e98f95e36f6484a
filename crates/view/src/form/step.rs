//! 单独同意 on a page of its own: who, what, why, how, for how long, and what follows from refusing.

use super::{Form, Way, frame, page};
use crate::{Html, Step, step, text::Texts};
use zhiqing_consent::{Notice, Purpose, rules};

/// The page that asks about one purpose: agreeing and refusing side by side, alike in size and weight.
pub fn form_step(notice: &Notice, purpose: &Purpose, form: &Form<'_>) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    frame::open(&mut html, notice, &purpose.name);
    frame::told(&mut html, texts, form.told);
    let may_answer = rules::may_grant_in_step(purpose);
    if may_answer {
        frame::open_form(&mut html, notice, form);
        frame::hidden(&mut html, "act", "item");
        frame::hidden(&mut html, "purpose", &purpose.id);
    }
    step::lead(&mut html, texts, purpose);
    html.open("p", &[("class", "lead")]);
    html.text(texts.get("now"));
    html.text(" ");
    page::state(&mut html, texts, purpose, form.draft);
    html.close("p");
    let asked = Step {
        purpose,
        refusal: None,
    };
    step::facts(&mut html, notice, asked);
    clause_link(&mut html, notice, purpose, form.way);
    if may_answer {
        html.open("footer", &[]);
        html.open("div", &[("class", "actions")]);
        for (answer, label) in [("denied", "step_refuse"), ("granted", "step_agree")] {
            let label = texts.get(label);
            frame::button(&mut html, "choice", "answer", answer, label);
        }
        html.close("div");
        html.close("footer");
        html.close("form");
    }
    frame::ways(&mut html, notice, form.way, true);
    frame::close(&mut html);
    html
}

/// A link to the clause of the policy that states this purpose.
pub(super) fn clause_link(html: &mut Html, notice: &Notice, purpose: &Purpose, way: Way<'_>) {
    if let Some(clause) = purpose.clauses.first() {
        let texts = Texts::of(notice);
        let page = super::address::of(frame::SELF, notice, way, &[("view", "policy")]);
        let href = format!("{page}#{clause}");
        let attributes = [("class", "link"), ("href", href.as_str())];
        html.leaf("a", &attributes, texts.get("read_clause"));
    }
}
