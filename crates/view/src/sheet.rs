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
    html.write(
        texts,
        r#"<dialog class="{}" part="sheet" aria-labelledby="zq-title""#,
        &[class],
    );
    if note.is_some() {
        // Read with the title when the sheet opens: a live region that comes with its words is not.
        html.write(texts, r#" aria-describedby="zq-note""#, &[]);
    }
    html.write(
        texts,
        r#"><header part="header"><h2 id="zq-title" part="title" tabindex="-1">{}</h2><button type="button" class="close" part="close" data-zq="close" aria-label="[close]">✕</button></header><div class="body" part="body">"#,
        &[title],
    );
    if let Some(note) = note {
        html.write(texts, r#"<p class="note" id="zq-note">{}</p>"#, &[note]);
    }
}

/// Ends the body and opens the foot.
pub(crate) fn foot(html: &mut Html) {
    html.markup(r#"</div><footer part="footer">"#);
}

/// Ends the sheet after its foot.
pub(crate) fn close(html: &mut Html) {
    html.markup("</footer></dialog>");
}

/// Ends a sheet that has no foot.
pub(crate) fn close_without_foot(html: &mut Html) {
    html.markup("</div></dialog>");
}

/// A row of a list of facts; nothing where there is nothing to say.
pub(crate) fn fact(html: &mut Html, name: &str, value: &str) {
    if !value.is_empty() {
        html.markup("<div><dt>");
        html.text(name);
        html.markup("</dt><dd>");
        html.breakable(value);
        html.markup("</dd></div>");
    }
}
