//! The banner: one sentence, one link, three equal buttons.

use crate::{Html, text::Texts};
use zhiqing_consent::{Basis, Notice, Place};

/// The banner of a notice, rendered at build time into `zhiqing.js`.
///
/// Beside the page it is a labelled region: refusing to answer leaves the page usable. Only where the
/// site puts it over the page it is a dialog. Refusing comes first in reading order: nobody passes
/// "accept" to reach it.
pub fn banner(notice: &Notice) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    let (element, class) = match notice.banner.place {
        Place::Bottom => ("section", "banner"),
        Place::Top => ("section", "banner top"),
        Place::Over => ("dialog", "banner over"),
    };
    let role = match element {
        // A browser that does not know the element (iOS before 15.4) knows the role.
        "dialog" => "dialog",
        _ => "region",
    };
    html.write(
        texts,
        r#"<{} class="{}" part="banner" aria-labelledby="zq-banner" role="{}"><h2 id="zq-banner" part="title">[banner_title]</h2>"#,
        &[element, class, role],
    );
    sentence(&mut html, notice, texts);
    if notice.asked().any(|purpose| purpose.gpc) {
        // The module says it where the browser sends the signal: few do, and every visitor would load it.
        html.write(texts, r#"<p class="gpc" hidden></p>"#, &[]);
    }
    // The guard shows it where the module could not be fetched: beside the buttons, because those
    // stay in view on a screen of any size. An alert is said when it is shown.
    html.write(
        texts,
        r#"<div class="actions"><p class="trouble" role="alert" hidden>[trouble]</p>"#,
        &[],
    );
    html.button("choice", "reject-all", texts.get("reject_all"));
    html.button("choice", "preferences", texts.get("choose"));
    html.button("choice", "accept-all", texts.get("accept_all"));
    html.close("div");
    html.close(element);
    html
}

/// The handle: a small button that opens the choices again.
pub fn handle(notice: &Notice) -> Html {
    let mut html = Html::default();
    html.write(
        Texts::of(notice),
        r#"<button type="button" class="handle" part="handle" data-zq="preferences">[handle]</button>"#,
        &[],
    );
    html
}

/// What is asked, in one sentence that names every purpose that "accept all" would grant, and
/// says that the separate ones are not among them.
fn sentence(html: &mut Html, notice: &Notice, texts: Texts<'_>) {
    html.open("p", &[("part", "text")]);
    html.text(&ask(notice));
    let (before, after) = texts.around("banner_see");
    html.text(before);
    html.button("link", "policy", texts.get("policy"));
    html.text(after);
    html.close("p");
}

/// The sentence without its link.
pub(crate) fn ask(notice: &Notice) -> String {
    let texts = Texts::of(notice);
    let general = notice.asked().filter(|p| p.basis == Basis::General);
    let general = texts.list(general.map(|purpose| purpose.name.as_str()));
    let site = ("site", notice.name.as_str());
    let mut sentence = match general.as_str() {
        "" => texts.fill("banner_nothing", &[site]),
        general => texts.fill("banner_ask", &[site, ("purposes", general)]),
    };
    if notice.asked().any(|purpose| purpose.basis.needs_own_step()) {
        sentence.push_str(texts.get("banner_separate"));
    }
    sentence
}
