//! A page of somebody else's that carries the tag of the sample site.

use crate::visit::SITE;
use crate::{Browser, Page, Pages, Server};

/// As pages for phones have it.
pub const VIEWPORT: &str = "<meta name=viewport content='width=device-width'>";

/// The tag of the sample site.
pub fn tag(server: &Server) -> String {
    let script = server.url(&format!("/sites/{SITE}/zhiqing.js"));
    format!("<script src='{script}'></script>")
}

/// A page that carries the tag first in its head, and these.
pub fn page(server: &Server, head: &str, body: &str) -> Page {
    let tag = tag(server);
    Page::html(&format!(
        "<!doctype html><html><head>{tag}{VIEWPORT}<title>page</title>{head}</head><body>{body}</body></html>"
    ))
}

/// A browser on the one page.
///
/// # Panics
/// Where anything does not start.
pub async fn opened(page: Page) -> (Browser, Pages) {
    let pages = Pages::one(page);
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    (browser, pages)
}
