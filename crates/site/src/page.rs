//! The files of a built site: what a page loads.

use crate::Site;
use crate::csp::Csp;
use crate::guard::{self, script_json};
use crate::styles;
use serde::Serialize;
use zhiqing_consent::{Basis, Notice, Technology, Tracker, digest::NotCanonical};
use zhiqing_view::Html;

/// The types of `window.zhiqing`.
const TYPES: &str = include_str!("../../../www/zhiqing.d.ts");
/// The page that `serve` shows for a site.
const PAGE: &str = include_str!("../../../www/page.html");

/// What the demonstration embeds.
const EMBEDDED: &str = "data:text/html;charset=utf-8,<meta name=color-scheme content='light dark'>\
    <body style='margin:0;height:100vh;display:grid;place-items:center;font-family:system-ui'>已载入";

/// The module and its glue, as the binding tool made them.
#[derive(Clone, Copy, Debug)]
pub struct Module<'a> {
    /// `zhiqing_bg.wasm`.
    pub wasm: &'a [u8],
    /// The script that loads it.
    pub glue: &'a [u8],
    /// The same as plain JavaScript, for pages without WebAssembly.
    pub fallback: &'a [u8],
}

/// A file of a built site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFile {
    /// Path relative to the script that loads it, with `/`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl PageFile {
    fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }

    /// The file's media type, by its name.
    pub fn content_type(&self) -> &'static str {
        match self.name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("js") => "text/javascript; charset=utf-8",
            Some("wasm") => "application/wasm",
            Some("json") => "application/json",
            Some("html") => "text/html; charset=utf-8",
            Some("ts") => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }
}

/// Renders all files of a site.
///
/// # Errors
/// Never in practice: notice and policy have a JSON form.
pub fn build(site: &Site, module: Module<'_>) -> Result<Vec<PageFile>, NotCanonical> {
    let script = guard::script(site)?;
    let csp = csp(site)?;
    let glue = [module.glue, styles::script()?.as_bytes()].concat();
    let mut files = vec![
        PageFile::new("zhiqing.inline.html", guard::inline(&script, &csp)),
        PageFile::new("zhiqing.js", script),
        PageFile::new("zhiqing.noscript.html", noscript(&site.notice, &csp)),
        PageFile::new("zhiqing_glue.js", glue),
        PageFile::new("zhiqing_bg.wasm", module.wasm),
        PageFile::new("zhiqing.fallback.js", module.fallback),
        PageFile::new("zhiqing.d.ts", TYPES),
        PageFile::new("notice.json", site.notice_json()?),
    ];
    for policy in &site.policies {
        files.push(PageFile::new(
            format!("policy/{}.json", policy.version),
            policy.json.clone(),
        ));
    }
    Ok(files)
}

/// What a page that carries the notice must allow.
///
/// # Errors
/// Never in practice: a notice has a JSON form.
pub fn csp(site: &Site) -> Result<Csp, NotCanonical> {
    Ok(Csp::of(&site.notice, &guard::script(site)?))
}

/// The built snippet for pages from which the other files are at `base`, which ends in `/`.
pub fn inline_at(inline: &str, base: &str) -> String {
    let mut attribute = Html::default();
    attribute.text(base);
    let attribute = format!("data-zq-base=\"{}\"", attribute.into_string());
    inline.replacen("data-zq-base=\"./\"", &attribute, 1)
}

/// The snippet for whoever has scripts off, with what a Content-Security-Policy needs to allow it.
///
/// It cannot know on which page it stands: the server leads back to the page by its `Referer`.
fn noscript(notice: &Notice, csp: &Csp) -> String {
    format!(
        "<!-- Put this right behind <body>, or where people with scripts off should be asked.\n     \
         Content-Security-Policy: {} -->\n{}\n",
        csp.external(),
        snippet(notice).as_str(),
    )
}

fn snippet(notice: &Notice) -> Html {
    zhiqing_view::noscript(notice, &form(notice), None)
}

/// The address of the form without script.
fn form(notice: &Notice) -> String {
    format!("{}/form", notice.report.trim_end_matches('/'))
}

/// What the demonstration on the page needs to know.
#[derive(Serialize)]
struct Demonstration<'a> {
    purposes: Vec<(&'a str, &'a str)>,
    /// A cookie each tracker would write, and the purpose it would serve.
    cookies: Vec<(String, &'a str)>,
}

/// The page that `serve` shows for a site; `base` is where its files are, ending in `/`.
///
/// It behaves as a site's own page would: the snippet in front, tags held back by purpose, and
/// scripts that try to write the trackers' cookies. With scripts off it asks by a form.
///
/// # Errors
/// Never in practice: names have a JSON form.
pub fn page(site: &Site, base: &str) -> Result<String, NotCanonical> {
    page_with(site, base, snippet(&site.notice))
}

/// The same for who has decided: it does not ask with scripts off (rule 4).
///
/// # Errors
/// Never in practice: names have a JSON form.
pub fn decided_page(site: &Site, base: &str) -> Result<String, NotCanonical> {
    page_with(site, base, Html::default())
}

fn page_with(site: &Site, base: &str, noscript: Html) -> Result<String, NotCanonical> {
    let notice = &site.notice;
    let demonstration = Demonstration {
        purposes: notice
            .purposes
            .iter()
            .map(|p| (p.id.as_str(), p.name.as_str()))
            .collect(),
        cookies: notice
            .trackers
            .iter()
            .filter_map(demonstrated_cookie)
            .collect(),
    };
    let mut held = Html::default();
    for purpose in notice.asked() {
        let attributes = [
            ("type", "text/plain"),
            ("data-purpose", purpose.id.as_str()),
        ];
        // The id is a word: letters, digits, dash and underscore.
        held.leaf(
            "script",
            &attributes,
            &format!("demo.ran('{}')", purpose.id),
        );
    }
    let embedded = notice.asked().find(|it| it.basis == Basis::General);
    let plain = |text: &str| {
        let mut html = Html::default();
        html.text(text);
        html.into_string()
    };
    let script = guard::script(site)?;
    let inline = guard::inline(&script, &Csp::of(notice, &script));
    let values = [
        ("snippet", inline_at(&inline, base)),
        // Where the links lead with scripts off.
        (
            "form",
            plain(&format!("{}?site={}", form(notice), notice.site)),
        ),
        ("held", held.into_string()),
        (
            "embedded",
            embedded.map_or_else(String::new, |it| embed(&it.id)),
        ),
        ("demonstration", script_json(&demonstration)?),
        ("locale", plain(&notice.locale)),
        ("noscript", noscript.into_string()),
        ("name", plain(&notice.name)),
    ];
    Ok(filled(PAGE, &values))
}

/// A frame that waits for a purpose. What it shows is in its address: the demonstration fetches nothing
/// from anybody.
fn embed(purpose: &str) -> String {
    let mut html = Html::default();
    html.open("section", &[]);
    html.leaf("h2", &[], "嵌入的内容");
    let told = "地图、视频这样的框架，同意之前不会载入；原处会说明它是谁的、用于什么。";
    html.leaf("p", &[], told);
    let attributes = [
        ("data-purpose", purpose),
        ("title", "嵌入的内容"),
        ("data-src", EMBEDDED),
    ];
    html.leaf("iframe", &attributes, "");
    html.close("section");
    html.into_string()
}

/// A template with its holes filled. What is filled in is not read again: braces in a name are its
/// own.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut parts = template.split("{{");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hole, after) = part.split_once("}}").unwrap_or((part, ""));
        let value = values.iter().find(|(name, _)| *name == hole);
        page.push_str(value.map_or("", |(_, value)| value));
        page.push_str(after);
    }
    page
}

fn demonstrated_cookie(tracker: &Tracker) -> Option<(String, &str)> {
    let used = tracker
        .uses
        .iter()
        .find(|used| used.technology == Technology::Cookie)?;
    let name = used.patterns.first()?.as_str().replace('*', "demo");
    Some((name, &tracker.purpose))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_once() {
        let values = [("a", "{{b}}\\".to_owned()), ("b", "2".to_owned())];
        assert_eq!(filled("<{{a}}>{{b}}{{a}}", &values), "<{{b}}\\>2{{b}}\\");
        assert_eq!(filled("no holes", &values), "no holes");
    }

    #[test]
    fn the_snippet_names_the_folder_it_is_told() {
        let built = "<!-- data-zq-base -->\n<script data-zq-base=\"./\">x</script>\n";
        let case = |base, expected: &str| {
            let found = inline_at(built, base);
            assert!(found.ends_with(&format!("<script data-zq-base=\"{expected}\">x</script>\n")));
        };
        case("/sites/demo/", "/sites/demo/");
        case("/a\"b/", "/a&quot;b/");
    }
}
