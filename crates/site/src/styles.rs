//! The style sheets as they are shipped: small, and named by their hashes in the Content-Security-Policy.

use crate::guard::script_json;
use serde::Serialize;
use zhiqing_consent::{Notice, digest::NotCanonical};
use zhiqing_view::style;

/// What is added to the banner's, by the names by which `www/loader` adds it.
#[derive(Serialize)]
struct Later {
    sheets: String,
    handle: String,
    top: String,
    held: String,
}

impl Later {
    fn new() -> Self {
        Self {
            sheets: small(style::SHEETS),
            handle: small(style::HANDLE),
            top: small(style::TOP),
            held: small(style::HELD),
        }
    }
}

/// The banner's, which `zhiqing.js` carries.
pub(crate) fn banner(notice: &Notice) -> String {
    small(&[style::BANNER, &style::banner_extra(notice)].concat())
}

/// Every sheet that a page may be given.
pub(crate) fn all(notice: &Notice) -> Vec<String> {
    let Later {
        sheets,
        handle,
        top,
        held,
    } = Later::new();
    // The last is the snippet's for whoever has scripts off.
    let form = style::FORM.to_owned();
    vec![banner(notice), sheets, handle, top, held, form]
}

/// The script that gives the loader its sheets, behind the glue.
pub(crate) fn script() -> Result<String, NotCanonical> {
    Ok(format!("zqModule.css={};\n", script_json(&Later::new())?))
}

fn small(css: &str) -> String {
    let small = minifier::css::minify(css).expect("our own sheet can be read");
    small.to_string().replace(";}", "}")
}
