//! The banner: one sentence, one link, three equal buttons.

use crate::{Html, text};
use zhiqing_consent::{Basis, Notice};

/// The banner of a notice, rendered at build time into `zhiqing.js`.
///
/// It is no dialog that takes the page away (refusing to answer leaves the page usable), so it is
/// a labelled region. Refusing comes first in reading order: nobody passes "accept" to reach it.
pub fn banner(notice: &Notice) -> Html {
    let mut html = Html::default();
    html.open(
        "section",
        &[
            ("class", "banner"),
            ("role", "region"),
            ("aria-labelledby", "zq-banner"),
        ],
    );
    html.leaf("h2", &[("id", "zq-banner")], text::BANNER_TITLE);
    html.open("p", &[]);
    html.text(&sentence(notice));
    html.leaf(
        "button",
        &[("type", "button"), ("class", "link"), ("data-zq", "policy")],
        text::BANNER_POLICY,
    );
    html.close("p");
    // The guard shows it where the module could not be fetched.
    html.leaf(
        "p",
        &[("class", "trouble"), ("role", "status"), ("hidden", "")],
        text::TROUBLE,
    );
    html.open("div", &[("class", "actions")]);
    html.button("choice", "reject-all", text::REJECT_ALL);
    html.button("choice", "preferences", text::CHOOSE);
    html.button("choice", "accept-all", text::ACCEPT_ALL);
    html.close("div");
    html.close("section");
    html
}

/// What is asked, in one sentence that names every purpose that "accept all" would grant, and
/// says that the separate ones are not among them.
fn sentence(notice: &Notice) -> String {
    let named = |separate: bool| {
        let mut names = String::new();
        for purpose in notice
            .asked()
            .filter(|purpose| purpose.basis.needs_own_step() == separate)
        {
            if !names.is_empty() {
                names.push('、');
            }
            names.push_str(&purpose.name);
        }
        names
    };
    let general = named(false);
    let mut sentence = notice.name.clone();
    if notice
        .asked()
        .any(|purpose| purpose.basis == Basis::General)
    {
        sentence.push_str("想在您同意后，把您的信息用于");
        sentence.push_str(&general);
        sentence.push_str("。拒绝不影响基本功能。");
    } else {
        sentence.push_str("的基本功能无需您同意即可使用。");
    }
    if !named(true).is_empty() {
        sentence.push_str("需要单独同意的，用到时再单独问您。");
    }
    sentence.push_str("详见");
    sentence
}
