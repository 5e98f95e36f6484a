//! What stands in the place of a frame, a picture or a player that is held back, and asks there.

use crate::{Html, text::Texts};
use zhiqing_consent::{Basis, Notice, Purpose, Technology};

/// Something of the page that is held back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held<'a> {
    /// Host and path of its address, as the gate judges it; empty where it has none.
    pub place: &'a str,
    /// Whether the page's own host gives it.
    pub own: bool,
    /// What it is for; `None` where the page names no purpose of the notice.
    pub purpose: Option<&'a Purpose>,
    /// The technology that the person refused, where the purpose itself is allowed.
    pub refused: Option<Technology>,
    /// Whether it makes sense by itself, in a tab of its own.
    pub opens: bool,
}

/// The placeholder: who would load, what for, that nothing was sent, and one button that agrees to
/// this purpose. What needs a step of its own says so before it is tapped.
///
/// It is said twice, in full and in short: the style shows the one that fits.
pub fn held(notice: &Notice, held: Held<'_>) -> Html {
    let texts = Texts::of(notice);
    let vendor = vendor(notice, held);
    let what = texts.fill("held_what", &[("vendor", vendor)]);
    let named = |key, name| texts.fill(key, &[("vendor", vendor), ("purpose", name)]);
    let (why, short) = match (held.purpose, held.refused) {
        (None, _) => (texts.get("held_unknown").to_owned(), what.clone()),
        (Some(purpose), Some(technology)) => {
            let technology = ("technology", texts.technology(technology));
            let why = texts.fill("held_refused", &[technology]);
            (why, named("held_short", &purpose.name))
        }
        (Some(purpose), None) => {
            let why = named("held_why", &purpose.name);
            let more = match purpose.basis {
                Basis::Guardian => texts.get("step_guardian"),
                basis if basis.needs_own_step() => texts.get("held_step"),
                _ => "",
            };
            let why = texts.sentences([why.as_str(), more]);
            (why, named("held_short", &purpose.name))
        }
    };
    let mut html = Html::default();
    html.write(
        texts,
        r#"<div class="held" part="placeholder" role="group" aria-label="{}"><p class="what" part="title">{}</p><p class="why" part="text">{}</p><p class="short" part="text">{}</p><div class="do">"#,
        &[&short, &what, &why, &short],
    );
    let agrees = |purpose: &&Purpose| purpose.basis != Basis::Guardian && held.refused.is_none();
    if let Some(purpose) = held.purpose.filter(agrees) {
        let label = match purpose.basis.needs_own_step() {
            true => "held_ask",
            false => "held_agree",
        };
        html.write(
            texts,
            r#"<button type="button" class="choice" part="button" data-zq="load" data-zq-purpose="{}">{}</button>"#,
            &[&purpose.id, texts.get(label)],
        );
    }
    html.button("link", "preferences", texts.get("preferences"));
    if held.opens {
        html.button("link", "open", texts.get("held_open"));
    }
    html.write(texts, "</div></div>", &[]);
    html
}

/// Whose it is: the vendor of a tracker that claims the address, one of its purpose first, or else its
/// host.
fn vendor<'a>(notice: &'a Notice, held: Held<'a>) -> &'a str {
    use Technology::{Beacon, Etag, Iframe, Pixel, Request, Script};
    let claims = |tracker: &&zhiqing_consent::Tracker| {
        let uses = tracker.uses.iter();
        let mut uses = uses.filter(|used| {
            matches!(
                used.technology,
                Beacon | Etag | Iframe | Pixel | Request | Script
            )
        });
        uses.any(|used| used.patterns.iter().any(|it| it.matches(held.place)))
    };
    let of_purpose = |tracker: &zhiqing_consent::Tracker| {
        held.purpose.is_some_and(|it| it.id == tracker.purpose)
    };
    let claiming = notice.trackers.iter().filter(claims);
    let found = claiming.max_by_key(|tracker| of_purpose(tracker));
    match found {
        Some(tracker) => &tracker.vendor,
        None if held.own || held.place.is_empty() => &notice.name,
        None => held.place.split('/').next().unwrap_or_default(),
    }
}
