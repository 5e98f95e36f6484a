//! What the pages of the form share: the page around them, and the fields that travel unseen.

use super::{Form, Told, Way, address};
use crate::html::Attribute;
use crate::{Html, style, text::Texts};
use zhiqing_consent::Notice;

/// The form's address, seen from its own pages.
pub(super) const SELF: &str = "form";

/// Opens a page up to its title.
pub(super) fn open(html: &mut Html, notice: &Notice, title: &str) {
    html.doctype();
    html.open("html", &[("lang", &notice.locale)]);
    html.open("head", &[]);
    html.open("meta", &[("charset", "utf-8")]);
    let viewport = "width=device-width, initial-scale=1, viewport-fit=cover";
    html.open("meta", &[("name", "viewport"), ("content", viewport)]);
    html.open("meta", &[("name", "robots"), ("content", "noindex")]);
    html.leaf("title", &[], &format!("{title} · {}", notice.name));
    html.style(style::FORM_PAGE);
    html.close("head");
    html.open("body", &[("class", "zhiqing-form")]);
    html.open("main", &[]);
    html.open("header", &[]);
    html.leaf("p", &[("class", "site")], &notice.name);
    html.leaf("h1", &[], title);
    html.close("header");
}

/// Ends a page.
pub(super) fn close(html: &mut Html) {
    html.close("main");
    html.close("body");
    html.close("html");
}

/// What is said about what was sent before.
pub(super) fn told(html: &mut Html, texts: Texts<'_>, told: Option<Told>) {
    if let Some(told) = told {
        let class = match told {
            Told::Saved => "note good",
            Told::Changed | Told::Away => "note",
        };
        let attributes = [("class", class), ("role", "status")];
        html.leaf("p", &attributes, told.words(texts));
    }
}

/// Opens a form whose answer is a page of the form again, which still knows the way back.
pub(super) fn open_form(html: &mut Html, notice: &Notice, form: &Form<'_>) {
    html.open("form", &[("method", "post"), ("action", SELF)]);
    hidden(html, "site", &notice.site);
    hidden(html, "notice", &notice.digest);
    hidden(html, "shown", &form.rendered_ms.to_string());
    if let Some(back) = form.way.back {
        hidden(html, "back", back);
    }
    if let Some(origin) = form.way.origin {
        hidden(html, "from", origin);
    }
    hidden(html, "stay", "1");
}

/// A field that nobody sees.
pub(super) fn hidden(html: &mut Html, name: &str, value: &str) {
    let attributes = [("type", "hidden"), ("name", name), ("value", value)];
    html.open("input", &attributes);
}

/// One of several equal buttons, each an act of its own.
pub(super) fn act(html: &mut Html, act: &str, label: &str) {
    button(html, "choice", "act", act, label);
}

/// A button that sends the form with this value.
pub(super) fn button(html: &mut Html, class: &str, name: &str, value: &str, label: &str) {
    let attributes = [
        ("type", "submit"),
        ("class", class),
        ("name", name),
        ("value", value),
    ];
    html.leaf("button", &attributes, label);
}

/// A link to a page of the form.
pub(super) fn link(
    html: &mut Html,
    class: &str,
    (notice, way): (&Notice, Way<'_>),
    query: &[(&str, &str)],
    label: &str,
) {
    let href = address::of(SELF, notice, way, query);
    let attributes: [Attribute<'_>; 2] = [("class", class), ("href", &href)];
    html.leaf("a", &attributes, label);
}

/// The links at a page's end: to the choices, unless this is their page, and to where the person came
/// from.
pub(super) fn ways(html: &mut Html, notice: &Notice, way: Way<'_>, to_choices: bool) {
    let texts = Texts::of(notice);
    if !to_choices && way.back.is_none() {
        return;
    }
    html.open("nav", &[("class", "ways")]);
    if to_choices {
        link(html, "link", (notice, way), &[], texts.get("preferences"));
    }
    if let Some(back) = way.back {
        let href = [way.origin.unwrap_or_default(), back].concat();
        let attributes = [("class", "link"), ("href", href.as_str())];
        html.leaf("a", &attributes, texts.get("form_back"));
    }
    html.close("nav");
}
