//! Pages under the policies that a strict site sets.

use super::{READY, served};
use crate::words::Words;
use zhiqing_tests::{Browser, Page, Pages, Site};

/// A page with the built files beside it, under the line that `build` prints for its form.
pub(crate) fn strict(site: &Site, form: &str) -> Pages {
    under(site, form, None)
}

/// The same with a nonce in place of the hashes.
fn with_nonce(site: &Site, form: &str) -> Pages {
    under(site, form, Some("bm9uY2U"))
}

fn under(site: &Site, form: &str, nonce: Option<&str>) -> Pages {
    let (report, files) = site.built();
    let printed = report["content_security_policy"][form].as_str();
    let line = match nonce {
        Some(nonce) => format!(
            "script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'nonce-{nonce}'; \
             connect-src 'self' data: http://127.0.0.1:*; \
             require-trusted-types-for 'script'; trusted-types zhiqing"
        ),
        None => printed.expect("a line").to_owned(),
    };
    let line = format!("default-src 'self'; {line}");
    let tag = match form {
        "inline" => {
            let snippet = files.iter().find(|(name, _)| name == "zhiqing.inline.html");
            String::from_utf8(snippet.expect("a snippet").1.clone()).expect("UTF-8")
        }
        _ => "<script src=\"zhiqing.js\"></script>".to_owned(),
    };
    let tag = match nonce {
        Some(nonce) => tag.replacen("<script", &format!("<script nonce=\"{nonce}\""), 1),
        None => tag,
    };
    let html =
        format!("<!doctype html><html><head>{tag}<title>strict</title></head><p>text</html>");
    let page = Page::html(&html).with("Content-Security-Policy", &line);
    let files = files
        .into_iter()
        .map(|(name, bytes)| (format!("/{name}"), Page::file(&name, bytes)));
    Pages::serve(files.chain([("/".to_owned(), page)]))
}

/// As in Safari before 16.4 and Chrome before 73.
const NO_SHEETS: &str = "delete CSSStyleSheet.prototype.replaceSync";

#[tokio::test]
async fn where_style_sheets_cannot_be_constructed_the_style_elements_pass_by_their_hashes() {
    let (site, _, _server) = served(Words::Plain);
    for form in ["external", "inline"] {
        styled(&strict(&site, form), form, NO_SHEETS).await;
    }
}

#[tokio::test]
async fn a_nonce_on_the_tag_is_enough_for_all_that_it_brings() {
    let (site, _, _server) = served(Words::Plain);
    for form in ["external", "inline"] {
        for before in ["", NO_SHEETS] {
            styled(&with_nonce(&site, form), form, before).await;
        }
    }
}

/// Walks past every style sheet of ours; the page sees no violated policy.
async fn styled(pages: &Pages, form: &str, before: &str) {
    let browser = Browser::start().await;
    browser.before_pages(before);
    browser.goto(&pages.url("/")).await;
    browser.until("$('.banner').checkVisibility()").await;
    let styled = |selector: &str| format!("getComputedStyle($('{selector}')).position");
    assert_eq!(browser.value(&styled(".banner")).await, "fixed", "{form}");
    browser.until(READY).await;
    let constructed = browser.value("root.adoptedStyleSheets.length > 0").await;
    assert_eq!(constructed, before.is_empty(), "{form}");
    let held = "document.body.append(Object.assign(document.createElement('iframe'), { title: 'ad' }));
        Object.assign(document.querySelector('iframe').dataset, { purpose: 'ads', src: 'about:blank' })";
    browser.run(held).await;
    let placed = "((it) => getComputedStyle(it.shadowRoot.querySelector('.held')).display)(
        document.querySelector('zhiqing-placeholder'))";
    assert_eq!(browser.until(placed).await, "flex", "{form}");
    browser.click_hook("preferences").await;
    browser.until("$('dialog.preferences')").await;
    let body = "getComputedStyle($('dialog .body')).overflowY";
    assert_eq!(browser.value(body).await, "auto", "{form}");
    browser.click_hook("close").await;
    browser.click_hook("accept-all").await;
    browser.until("$('.handle')").await;
    assert_eq!(browser.value(&styled(".handle")).await, "fixed", "{form}");
    browser.end().await;
}
