//! The frame that all views but the banner share: a dialog with a head, a body and a foot.

use crate::{Html, text};

/// Opens a sheet up to its body. `class` names the view.
pub(crate) fn open(html: &mut Html, class: &'static str, title: &str, note: Option<&str>) {
    html.open(
        "dialog",
        &[("class", class), ("aria-labelledby", "zq-title")],
    );
    html.open("header", &[]);
    html.leaf("h2", &[("id", "zq-title"), ("tabindex", "-1")], title);
    html.leaf(
        "button",
        &[
            ("type", "button"),
            ("class", "close"),
            ("data-zq", "close"),
            ("aria-label", text::CLOSE),
        ],
        "✕",
    );
    html.close("header");
    html.open("div", &[("class", "body")]);
    if let Some(note) = note {
        html.leaf("p", &[("class", "note"), ("role", "status")], note);
    }
}

/// Ends the body and opens the foot.
pub(crate) fn foot(html: &mut Html) {
    html.close("div");
    html.open("footer", &[]);
}

/// Ends the sheet after its foot.
pub(crate) fn close(html: &mut Html) {
    html.close("footer");
    html.close("dialog");
}

/// Ends a sheet that has no foot.
pub(crate) fn close_without_foot(html: &mut Html) {
    html.close("div");
    html.close("dialog");
}

/// A row of a list of facts; nothing where there is nothing to say.
pub(crate) fn fact(html: &mut Html, name: &str, value: &str) {
    if !value.is_empty() {
        html.open("div", &[]);
        html.leaf("dt", &[], name);
        html.leaf("dd", &[], value);
        html.close("div");
    }
}
