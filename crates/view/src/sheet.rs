//! The frame that all views but the banner share: a dialog with a head, a body and a foot.

use crate::{Html, text::Texts};

/// Opens a sheet up to its body. `class` names the view.
pub(crate) fn open(
    html: &mut Html,
    texts: Texts<'_>,
    class: &'static str,
    title: &str,
    note: Option<&str>,
) {
    let mut attributes = vec![
        ("class", class),
        ("part", "sheet"),
        ("aria-labelledby", "zq-title"),
    ];
    if note.is_some() {
        // Read with the title when the sheet opens: a live region that comes with its words is not.
        attributes.push(("aria-describedby", "zq-note"));
    }
    html.open("dialog", &attributes);
    html.open("header", &[("part", "header")]);
    let attributes = [("id", "zq-title"), ("part", "title"), ("tabindex", "-1")];
    html.leaf("h2", &attributes, title);
    html.leaf(
        "button",
        &[
            ("type", "button"),
            ("class", "close"),
            ("part", "close"),
            ("data-zq", "close"),
            ("aria-label", texts.get("close")),
        ],
        "✕",
    );
    html.close("header");
    html.open("div", &[("class", "body"), ("part", "body")]);
    if let Some(note) = note {
        html.leaf("p", &[("class", "note"), ("id", "zq-note")], note);
    }
}

/// Ends the body and opens the foot.
pub(crate) fn foot(html: &mut Html) {
    html.close("div");
    html.open("footer", &[("part", "footer")]);
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
        html.open("dd", &[]);
        html.breakable(value);
        html.close("dd");
        html.close("div");
    }
}
