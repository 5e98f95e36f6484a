//! The path without script: the snippet that asks in a page, and the pages of `GET /v1/form`.
//!
//! The straight line: [`noscript`] stands in the site's page and posts to the form's address, or
//! leads there; [`form_page`] shows every choice as controls of one form; [`form_step`] asks for one
//! separate consent on a page of its own; [`form_policy`] is the policy; [`form_fault`] says why
//! nothing was recorded. Links on the pages are relative to the form's own address, so that they hold
//! behind any proxy. Nothing here needs a script, an inline style attribute or another file.

mod address;
mod fault;
mod frame;
mod page;
mod policy;
mod step;

pub use fault::{FormFault, form_fault};
pub use page::form_page;
pub use policy::form_policy;
pub use step::form_step;

use crate::{Draft, Html, banner, style, text::Texts};
use zhiqing_consent::{Decision, Notice};

/// What a page of the form knows beside the notice.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// What the controls show.
    pub draft: &'a Draft,
    /// The decision that stands, if there is one.
    pub decision: Option<&'a Decision>,
    /// Where the person came from.
    pub way: Way<'a>,
    /// When the page was rendered, in milliseconds since 1970.
    pub rendered_ms: u64,
    /// Whether the browser signals Global Privacy Control.
    pub gpc: bool,
    /// What is to be said first.
    pub told: Option<Told>,
}

/// Where a person came from, and goes back to. Both are checked by whoever fills them in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way<'a> {
    /// The origin of the page where it is not the form's own, as `https://shop.example`.
    pub origin: Option<&'a str>,
    /// The page's path with its query, which begins with one `/`.
    pub back: Option<&'a str>,
}

/// What a page of the form says about what was sent before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is recorded.
    Saved,
    /// It is not: the notice that was shown is not known here.
    Changed,
    /// It is not: the ledger is away.
    Away,
}

impl Told {
    fn words(self, texts: Texts<'_>) -> &str {
        texts.get(match self {
            Self::Saved => "form_saved",
            Self::Changed => "form_changed",
            Self::Away => "form_away",
        })
    }
}

/// The snippet for whoever has scripts off: the banner's sentence and its three equal buttons, in the
/// flow of the page.
///
/// `action` is the address of the form, as `/v1/form`; `back` is the page's own path where whoever puts
/// the snippet in knows it: the server leads there at once after the answer. From a page in a frame it
/// leads out of it, since nothing of the form may be framed.
pub fn noscript(notice: &Notice, action: &str, back: Option<&str>) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    html.open("noscript", &[]);
    html.style(style::FORM);
    let attributes = [
        ("class", "zhiqing-form"),
        ("lang", notice.locale.as_str()),
        ("aria-labelledby", "zhiqing-form"),
    ];
    html.open("section", &attributes);
    html.leaf("h2", &[("id", "zhiqing-form")], texts.get("banner_title"));
    html.open("p", &[]);
    html.text(&banner::ask(notice));
    let (before, after) = texts.around("banner_see");
    html.text(before);
    let way = Way { origin: None, back };
    let href = address::of(action, notice, way, &[("view", "policy")]);
    let link = [
        ("class", "link"),
        ("href", href.as_str()),
        ("target", "_top"),
    ];
    html.leaf("a", &link, texts.get("policy"));
    html.text(after);
    html.close("p");
    let form = [("method", "post"), ("action", action), ("target", "_top")];
    html.open("form", &form);
    frame::hidden(&mut html, "site", &notice.site);
    frame::hidden(&mut html, "notice", &notice.digest);
    if let Some(back) = back {
        frame::hidden(&mut html, "back", back);
    }
    html.open("div", &[("class", "actions")]);
    frame::act(&mut html, "reject-all", texts.get("reject_all"));
    // The same form, sent the other way: a button like its neighbours.
    let choose = [
        ("type", "submit"),
        ("class", "choice"),
        ("formmethod", "get"),
    ];
    html.leaf("button", &choose, texts.get("choose"));
    frame::act(&mut html, "accept-all", texts.get("accept_all"));
    html.close("div");
    html.close("form");
    html.close("section");
    html.close("noscript");
    html
}
