//! 单独同意: one purpose, asked in a step of its own that says who, what, why, how and what follows
//! from refusing (PIPL 23, 29, 30, 39).

use crate::preferences::clause_link;
use crate::{Html, sheet, text::Texts};
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
    let texts = Texts::of(notice);
    let mut html = Html::default();
    sheet::open(&mut html, texts, "sheet step", &purpose.name, None);
    lead(&mut html, texts, purpose);
    facts(&mut html, notice, asked);
    clause_link(&mut html, texts, purpose, "zq-title");
    sheet::foot(&mut html);
    html.write(texts, r#"<div class="actions">"#, &[]);
    if purpose.basis == Basis::Guardian {
        html.button("choice", "close", texts.get("close"));
    } else {
        html.button("choice", "refuse", texts.get("step_refuse"));
        html.write(
            texts,
            r#"<button type="button" class="choice" part="button" data-zq="save" data-zq-purpose="{}">[step_agree]</button>"#,
            &[&purpose.id],
        );
    }
    html.close("div");
    sheet::close(&mut html);
    html
}

/// Why it is asked by itself.
pub(crate) fn lead(html: &mut Html, texts: Texts<'_>, purpose: &Purpose) {
    match purpose.basis {
        Basis::Guardian => html.write(texts, r#"<p class="note">[step_guardian]</p>"#, &[]),
        basis if basis.needs_own_step() => {
            let all = ("accept_all", texts.get("accept_all"));
            let lead = texts.fill("step_lead", &[all]);
            html.write(texts, r#"<p class="lead">{}</p>"#, &[&lead]);
        }
        _ => {}
    }
}

/// Who, what, why, how, for how long, and what follows from refusing.
pub(crate) fn facts(html: &mut Html, notice: &Notice, asked: Step<'_>) {
    let texts = Texts::of(notice);
    let purpose = asked.purpose;
    html.open("dl", &[("class", "facts")]);
    sheet::fact(html, texts.get("why"), &purpose.description);
    let data = texts.list(purpose.data.iter().map(String::as_str));
    sheet::fact(html, texts.get("what"), &data);
    for recipient in purpose
        .recipients
        .iter()
        .filter_map(|id| notice.recipient(id))
    {
        html.write(texts, "<div><dt>[who]</dt><dd>", &[]);
        let data = texts.list(recipient.data.iter().map(String::as_str));
        for (label, value) in [
            (None, &recipient.name),
            (Some(texts.get("contact_details")), &recipient.contact),
            (Some(texts.get("why")), &recipient.purpose),
            (Some(texts.get("what")), &data),
            (Some(texts.get("how")), &recipient.method),
            (Some(texts.get("country")), &recipient.country),
        ] {
            if value.is_empty() {
                continue;
            }
            html.write(texts, r#"<span class="line">"#, &[]);
            if let Some(label) = label {
                html.write(texts, "<small>{}</small>", &[label]);
            }
            html.breakable(value);
            html.close("span");
        }
        html.write(texts, "</dd></div>", &[]);
    }
    sheet::fact(html, texts.get("retention"), &purpose.retention);
    let refusal = asked.refusal.unwrap_or(&purpose.refusal);
    sheet::fact(html, texts.get("if_refused"), refusal);
    html.close("dl");
}
