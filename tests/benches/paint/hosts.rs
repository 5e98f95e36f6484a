//! The pages that are measured: two pages of a host, each alone and with each banner.

use brotli::enc::BrotliEncoderParams;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use zhiqing_tests::{Page, Pages, Site, zhiqing};

/// The page alone: its first paint is the yardstick.
pub(crate) const WITHOUT: &str = "without";
/// With a script that does nothing: what any script in front of a page costs.
pub(crate) const EMPTY: &str = "empty script";
/// With `zhiqing.inline.html`.
pub(crate) const INLINED: &str = "inlined";
/// With `zhiqing.js`.
pub(crate) const EXTERNAL: &str = "external";
/// The same, announced in a header of the page.
pub(crate) const ANNOUNCED: &str = "external, announced";
/// vanilla-cookieconsent in two ways that its documentation gives; the quicker one is compared with.
pub(crate) const PEERS: [&str; 2] = ["vanilla, deferred", "vanilla, at the end"];

/// All of them.
pub(crate) const PAGES: [&str; 7] = [
    WITHOUT, EMPTY, INLINED, EXTERNAL, ANNOUNCED, PEERS[0], PEERS[1],
];

/// What carries them: a page that is read, and what a page is that a script draws.
pub(crate) const HOSTS: [(&str, &str); 2] = [
    ("article", include_str!("article.html")),
    ("shell", include_str!("shell.html")),
];
const PEER_INIT: &str = include_str!("vanilla-init.js");

/// The pages, served until this is dropped.
pub(crate) struct Hosts {
    pages: Pages,
    /// Size of `zhiqing.js` as it is sent.
    pub(crate) script_bytes: usize,
}

impl Hosts {
    /// Builds the sample site and serves the pages; `peer` holds the files of vanilla-cookieconsent.
    pub(crate) fn serve(peer: &Path) -> Self {
        let built = build();
        let snippet = read(&built.path().join("zhiqing.inline.html"));
        assert!(
            snippet.contains(r#"data-zq-base="./""#),
            "the snippet tells its base in another way"
        );
        let snippet = snippet.replace(r#"data-zq-base="./""#, r#"data-zq-base="/zhiqing/""#);

        let mut pages = vec![
            file("/empty.js", b"// nothing"),
            file("/peer/init.js", PEER_INIT.as_bytes()),
        ];
        for (host, html) in HOSTS {
            pages.extend(carriers(host, html, &snippet));
        }
        for name in ["cookieconsent.css", "cookieconsent.umd.js"] {
            let text = read(&peer.join(name));
            pages.push(file(&format!("/peer/{name}"), text.as_bytes()));
        }
        let mut script_bytes = 0;
        for name in [
            "zhiqing.js",
            "zhiqing_glue.js",
            "zhiqing_bg.wasm",
            "notice.json",
        ] {
            let path = built.path().join(name);
            let content = fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
            if name == "zhiqing.js" {
                script_bytes = packed(&content).len();
            }
            pages.push(file(&format!("/zhiqing/{name}"), &content));
        }
        Self {
            pages: Pages::serve(pages),
            script_bytes,
        }
    }

    /// The address of a page.
    pub(crate) fn url(&self, host: &str, page: &str) -> String {
        self.pages.url(&path(host, page))
    }
}

/// A host's page alone, and with each of what is measured.
fn carriers(host: &str, html: &str, snippet: &str) -> [(String, Page); 7] {
    // The host's page with something first in its head, last in its head, and last in its body.
    let page = |name: &str, first: &str, head: &str, end: &str| {
        let html = html
            .replace("<!-- first -->", first)
            .replace("<!-- head -->", head)
            .replace("<!-- end -->", end);
        (path(host, name), sent("x.html", html.as_bytes()))
    };
    let tag = r#"<script src="/zhiqing/zhiqing.js"></script>"#;
    let style = r#"<link rel="stylesheet" href="/peer/cookieconsent.css">"#;
    let deferred = r#"<script defer src="/peer/cookieconsent.umd.js"></script>
<script defer src="/peer/init.js"></script>"#;
    let at_the_end = format!(
        "<script src=\"/peer/cookieconsent.umd.js\"></script>\n<script>{PEER_INIT}</script>"
    );
    let announced = {
        let (path, page) = page(ANNOUNCED, tag, "", "");
        let link = "</zhiqing/zhiqing.js>; rel=preload; as=script";
        (path, page.with("Link", link))
    };
    [
        page(WITHOUT, "", "", ""),
        page(EMPTY, r#"<script src="/empty.js"></script>"#, "", ""),
        page(INLINED, snippet, "", ""),
        page(EXTERNAL, tag, "", ""),
        announced,
        page(PEERS[0], "", &format!("{style}\n{deferred}"), ""),
        page(PEERS[1], "", style, &at_the_end),
    ]
}

fn build() -> TempDir {
    let (site, built) = (Site::sample(), TempDir::new().expect("a folder"));
    let arguments = [
        "build".as_ref(),
        site.settings().as_os_str(),
        "--out".as_ref(),
        built.path().as_os_str(),
    ]
    .map(std::ffi::OsStr::to_owned);
    let outcome = zhiqing(arguments);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    built
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn path(host: &str, page: &str) -> String {
    format!("/{host}/{}", page.replace(", ", "-").replace(' ', "-"))
}

fn file(path: &str, content: &[u8]) -> (String, Page) {
    (path.to_owned(), sent(path, content))
}

/// As a server sends what does not change: compressed at its best, once.
fn sent(name: &str, content: &[u8]) -> Page {
    Page::file(name, packed(content)).with("Content-Encoding", "br")
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let best = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*content, &mut packed, &best).expect("memory takes it");
    packed
}
