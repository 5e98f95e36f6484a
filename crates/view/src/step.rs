//! 单独同意: one purpose, asked in a step of its own that says who, what, why, how and what follows
//! from refusing (PIPL 23, 29, 30, 39).

use crate::preferences::clause_link;
use crate::{Html, sheet, text};
use zhiqing_consent::{Basis, Notice, Purpose};

/// What is asked about in a step.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The purpose.
    pub purpose: &'a Purpose,
    /// What follows from refusing, where a device permission says it closer than the purpose.
    pub refusal: Option<&'a str>,
}

/// The step's sheet: agreeing and refusing side by side, alike in size and weight.
pub fn step(notice: &Notice, asked: Step<'_>) -> Html {
    let purpose = asked.purpose;
    let mut html = Html::default();
    sheet::open(&mut html, "sheet step", &purpose.name, None);
    match purpose.basis {
        Basis::Guardian => html.leaf("p", &[("class", "note")], text::STEP_GUARDIAN),
        basis if basis.needs_own_step() => html.leaf("p", &[("class", "lead")], text::STEP_LEAD),
        _ => {}
    }
    html.open("dl", &[("class", "facts")]);
    sheet::fact(&mut html, text::WHY, &purpose.description);
    sheet::fact(&mut html, text::WHAT, &purpose.data.join("、"));
    for recipient in purpose
        .recipients
        .iter()
        .filter_map(|id| notice.recipient(id))
    {
        html.open("div", &[]);
        html.leaf("dt", &[], text::WHO);
        html.open("dd", &[]);
        let data = recipient.data.join("、");
        for (label, value) in [
            (None, &recipient.name),
            (Some(text::CONTACT_DETAILS), &recipient.contact),
            (Some(text::WHY), &recipient.purpose),
            (Some(text::WHAT), &data),
            (Some(text::HOW), &recipient.method),
            (Some(text::COUNTRY), &recipient.country),
        ] {
            if value.is_empty() {
                continue;
            }
            html.open("span", &[("class", "line")]);
            if let Some(label) = label {
                html.leaf("small", &[], label);
            }
            html.text(value);
            html.close("span");
        }
        html.close("dd");
        html.close("div");
    }
    sheet::fact(
        &mut html,
        text::IF_REFUSED,
        asked.refusal.unwrap_or(&purpose.refusal),
    );
    html.close("dl");
    clause_link(&mut html, purpose);
    sheet::foot(&mut html);
    html.open("div", &[("class", "actions")]);
    if purpose.basis == Basis::Guardian {
        html.button("choice", "close", text::CLOSE);
    } else {
        html.button("choice", "refuse", text::STEP_REFUSE);
        let agree = [
            ("type", "button"),
            ("class", "choice"),
            ("data-zq", "save"),
            ("data-zq-purpose", purpose.id.as_str()),
        ];
        html.leaf("button", &agree, text::STEP_AGREE);
    }
    html.close("div");
    sheet::close(&mut html);
    html
}
