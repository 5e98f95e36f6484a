//! The pages that are measured: one page of a host, alone and with each banner.

use brotli::enc::BrotliEncoderParams;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use zhiqing_tests::{Page, Pages, Site, zhiqing};

/// The page alone: its first paint is the yardstick.
pub(crate) const WITHOUT: &str = "without";
/// With `zhiqing.inline.html`.
pub(crate) const INLINED: &str = "inlined";
/// With `zhiqing.js`.
pub(crate) const EXTERNAL: &str = "external";
/// vanilla-cookieconsent in two ways that its documentation gives; the quicker one is compared with.
pub(crate) const PEERS: [&str; 2] = ["vanilla, deferred", "vanilla, at the end"];

/// All of them.
pub(crate) const PAGES: [&str; 5] = [WITHOUT, INLINED, EXTERNAL, PEERS[0], PEERS[1]];

const HOST: &str = include_str!("host.html");
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
            page(WITHOUT, "", "", ""),
            page(INLINED, &snippet, "", ""),
            page(
                EXTERNAL,
                r#"<script src="/zhiqing/zhiqing.js"></script>"#,
                "",
                "",
            ),
            page(
                PEERS[0],
                "",
                r#"<link rel="stylesheet" href="/peer/cookieconsent.css">
<script defer src="/peer/cookieconsent.umd.js"></script>
<script defer src="/peer/init.js"></script>"#,
                "",
            ),
            page(
                PEERS[1],
                "",
                r#"<link rel="stylesheet" href="/peer/cookieconsent.css">"#,
                &format!(
                    "<script src=\"/peer/cookieconsent.umd.js\"></script>\n<script>{PEER_INIT}</script>"
                ),
            ),
            file("/peer/init.js", PEER_INIT.as_bytes()),
        ];
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
    pub(crate) fn url(&self, page: &str) -> String {
        self.pages.url(&path(page))
    }
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

fn path(page: &str) -> String {
    format!("/{}", page.replace(", ", "-").replace(' ', "-"))
}

/// The host's page with something first in its head, last in its head, and last in its body.
fn page(name: &str, first: &str, head: &str, end: &str) -> (String, Page) {
    let html = HOST
        .replace("<!-- first -->", first)
        .replace("<!-- head -->", head)
        .replace("<!-- end -->", end);
    (path(name), sent("x.html", html.as_bytes()))
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
