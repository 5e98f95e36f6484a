//! The page that says why nothing was recorded.

use super::{Way, frame};
use crate::{Html, text::Texts};
use zhiqing_consent::Notice;

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormFault<'a> {
    /// What was sent does not come from a page of the site.
    Foreign,
    /// There is no such page.
    Unknown,
    /// This field is not as it must be.
    Malformed(&'a str),
}

/// The page of a fault, with a link to the choices.
pub fn form_fault(notice: &Notice, fault: FormFault<'_>) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    frame::open(&mut html, notice, texts.get("preferences"));
    let words = match fault {
        FormFault::Foreign => texts.get("form_foreign").to_owned(),
        FormFault::Unknown => texts.get("form_unknown").to_owned(),
        FormFault::Malformed(field) => texts.fill("form_malformed", &[("field", field)]),
    };
    html.leaf("p", &[("class", "note"), ("role", "status")], &words);
    frame::ways(&mut html, notice, Way::default(), true);
    frame::close(&mut html);
    html
}
