//! The pages that are measured: the same page without a guard, with one inlined, with one as a script.

use zhiqing_tests::{Page, Pages, Site};

/// Without a guard: what the browser itself needs.
pub(crate) const NATIVE: &str = "native";
/// With `zhiqing.js`.
pub(crate) const EXTERNAL: &str = "external";
/// With `zhiqing.inline.html`.
pub(crate) const INLINED: &str = "inlined";

/// The same, whose natives are kept beside it.
pub(crate) const SWAPPED: &str = "swapped";

const MEASURE: &str = include_str!("measure.js");
const NATIVES: &str = include_str!("natives.js");

/// The smallest picture there is.
const PICTURE: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\
    \x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// The pages, served until this is dropped.
pub(crate) struct Hosts {
    pages: Pages,
}

impl Hosts {
    /// Builds the sample site and serves the pages.
    pub(crate) fn serve() -> Self {
        let (_, files) = Site::sample().built();
        let text = |name: &str| {
            let found = files.iter().find(|(file, _)| file == name);
            let (_, bytes) = found.unwrap_or_else(|| panic!("no {name} was built"));
            String::from_utf8(bytes.clone()).expect("it is text")
        };
        let snippet = text("zhiqing.inline.html");
        let snippet = snippet.replace(r#"data-zq-base="./""#, r#"data-zq-base="/zhiqing/""#);
        let external = r#"<script src="/zhiqing/zhiqing.js"></script>"#;
        let natives = r#"<script src="/own/natives.js"></script>"#;
        let swapped = [natives, external].concat();
        let mut pages = Vec::new();
        for (name, head) in [
            (NATIVE, ""),
            (EXTERNAL, external),
            (SWAPPED, &swapped),
            (INLINED, &snippet),
        ] {
            let html = format!(
                "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">{head}<title>\
                 页</title><link rel=\"icon\" href=\"data:,\"></head><body><p>页</p><script \
                 src=\"/own/measure.js\"></script></body></html>"
            );
            pages.push((format!("/{name}"), Page::html(&html)));
        }
        let own = |name: &str, content: &[u8]| {
            let page = Page::file(name, content.to_vec());
            // Asked for once: what is measured is the page, not this server.
            let page = page.with("Cache-Control", "max-age=3600");
            (format!("/own/{name}"), page)
        };
        pages.extend([
            own("measure.js", MEASURE.as_bytes()),
            own("natives.js", NATIVES.as_bytes()),
            own("worker.js", b"0"),
            own("nothing.js", b"0"),
            own("sent", b""),
        ]);
        let (path, picture) = own("picture.gif", PICTURE);
        pages.push((path, picture.of_type("image/gif")));
        for (name, content) in &files {
            let page = Page::file(name, content.clone()).with("Cache-Control", "max-age=3600");
            pages.push((format!("/zhiqing/{name}"), page));
        }
        // A page that is isolated gets a clock of 5 microseconds in place of 100.
        let pages = pages.into_iter().map(|(path, page)| {
            let page = page.with("Cross-Origin-Opener-Policy", "same-origin");
            (
                path,
                page.with("Cross-Origin-Embedder-Policy", "require-corp"),
            )
        });
        Self {
            pages: Pages::serve(pages),
        }
    }

    /// The address of a page.
    pub(crate) fn url(&self, page: &str) -> String {
        self.pages.url(&format!("/{page}"))
    }
}
