//! An SDK, and a page that starts it.

use std::env;
use std::fs;
use std::path::Path;
use zhiqing_consent::Glob;
use zhiqing_tests::{Collector, Page};

/// A tracker's SDK. `ORIGIN` in its scripts stands for the collector's.
pub(crate) struct Sdk {
    /// The id of its tracker.
    pub(crate) name: &'static str,
    /// What stands in the page before its file.
    pub(crate) before: &'static str,
    /// Its file, by its path among npm's modules.
    pub(crate) file: &'static str,
    /// What the page says to start it, as its documentation has it.
    pub(crate) starts: &'static str,
    /// What the page tells it later.
    pub(crate) tells: &'static str,
    /// What its maker's host answers, by paths; a name after `@` is a file among npm's modules.
    pub(crate) answers: &'static [(&'static str, &'static str)],
    /// What it uses, as its tracker's settings list it: each technology with its patterns.
    pub(crate) uses: &'static [(&'static str, &'static [&'static str])],
    /// Patterns of addresses, each of which is asked for when the SDK does its work.
    pub(crate) hits: &'static [&'static str],
    /// Patterns of what it keeps, each with its technology in front.
    pub(crate) keeps: &'static [&'static str],
}

/// For files that are CommonJS modules: what they export is `module.exports`.
pub(crate) const COMMON_JS: &str = "var module = { exports: {} }, exports = module.exports;";

/// Technologies whose patterns are over addresses.
const ADDRESSED: [&str; 4] = ["beacon", "pixel", "request", "script"];

impl Sdk {
    /// The page at `/` that starts it behind `tag`, and its file.
    pub(crate) fn pages(&self, tag: &str, collector: &Collector) -> [(String, Page); 3] {
        let Self { before, starts, .. } = self;
        let html = format!(
            "<!doctype html><html><head>{tag}<title>{}</title></head><body><h1>A page</h1>
            <button id='buy'>Buy</button> <a id='go' href='#there'>Go</a>
            <script>{before}</script><script src='/sdk.js'></script><script>{starts}</script></body></html>",
            self.name,
        );
        let html = html.replace("ORIGIN", &collector.origin());
        [
            ("/".to_owned(), Page::html(&html)),
            ("/sdk.js".to_owned(), module(self.file)),
            ("/next".to_owned(), Page::html("<!doctype html>next")),
        ]
    }

    /// Its maker's host.
    pub(crate) fn collector(&self) -> Collector {
        Collector::start(self.answers.iter().map(|(path, answer)| {
            let page = match answer.strip_prefix('@') {
                Some(file) => module(file),
                None => Page::file("x.json", answer.as_bytes().to_vec()),
            };
            (path.to_string(), page)
        }))
    }

    /// Its `[[tracker]]`.
    pub(crate) fn tracker(&self) -> String {
        let uses = self.uses.iter().map(|(technology, patterns)| {
            format!("  {{ technology = \"{technology}\", match = {patterns:?} }},\n")
        });
        let uses: String = uses.collect();
        format!(
            "[[tracker]]\nid = \"{0}\"\nvendor = \"{0}\"\npurpose = \"analytics\"\nuses = [\n{uses}]\n",
            self.name
        )
    }

    /// Whether its settings list an address.
    pub(crate) fn lists_address(&self, address: &str) -> bool {
        self.lists(|technology| ADDRESSED.contains(&technology), address)
    }

    /// Whether its settings list what is kept, as `local_storage cart`.
    pub(crate) fn lists_kept(&self, kept: &str) -> bool {
        let (technology, name) = kept.split_once(' ').expect("a technology and a name");
        // Decided: caches are judged as databases are.
        let technology = technology.replace("cache", "indexed_db");
        self.lists(|listed| listed == technology, name)
    }

    fn lists(&self, is_of: impl Fn(&str) -> bool, name: &str) -> bool {
        let mut uses = self.uses.iter().filter(|(technology, _)| is_of(technology));
        uses.any(|(_, patterns)| patterns.iter().any(|pattern| fits(pattern, name)))
    }
}

/// Whether a pattern fits.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    Glob::new(pattern).matches(text)
}

/// A file of an SDK, as npm brought it.
fn module(file: &str) -> Page {
    let folder = env::var_os("ZHIQING_SDKS");
    let folder =
        folder.expect("ZHIQING_SDKS names no folder: run `cargo xtask test`, which fetches");
    let path = Path::new(&folder).join(file);
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Page::file("x.js", bytes)
}
