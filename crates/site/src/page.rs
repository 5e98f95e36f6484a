//! The files of a built site: what a page loads.

use crate::Site;
use base64ct::{Base64, Encoding};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zhiqing_consent::{Mode, Notice, Technology, Tracker, digest::NotCanonical};
use zhiqing_view::Html;

/// The guard and loader: plain script, see its own head.
const GUARD: &str = include_str!("../../../www/guard.js");
/// The types of `window.zhiqing`.
const TYPES: &str = include_str!("../../../www/zhiqing.d.ts");
/// The page that `serve` shows for a site.
const PAGE: &str = include_str!("../../../www/page.html");

/// The module and its glue, as the binding tool made them.
#[derive(Clone, Copy, Debug)]
pub struct Module<'a> {
    /// `zhiqing_bg.wasm`.
    pub wasm: &'a [u8],
    /// The script that loads it.
    pub glue: &'a [u8],
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

/// What the guard knows before anything else has arrived: short names, because every visitor
/// downloads it.
#[derive(Serialize)]
struct GuardConfig<'a> {
    site: &'a str,
    version: &'a str,
    /// Earlier versions on which a decision stands.
    standing: Vec<&'a str>,
    locale: &'a str,
    /// Of the notice that this was rendered from.
    digest: &'a str,
    mode: Mode,
    /// Ids of purposes, and whether the person decides on them.
    purposes: Vec<(&'a str, bool)>,
    technologies: &'a [Technology],
    /// Purpose, technology, patterns.
    uses: Vec<(&'a str, Technology, Vec<&'a str>)>,
    banner: String,
    css: &'static str,
}

/// Renders all files of a site.
///
/// # Errors
/// Never in practice: notice and policy have a JSON form.
pub fn build(site: &Site, module: Module<'_>) -> Result<Vec<PageFile>, NotCanonical> {
    let script = script(&site.notice)?;
    let mut files = vec![
        PageFile::new("zhiqing.inline.html", inline(&script, &site.notice.report)),
        PageFile::new("zhiqing.js", script),
        PageFile::new("zhiqing_glue.js", module.glue),
        PageFile::new("zhiqing_bg.wasm", module.wasm),
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

/// `zhiqing.js`: the guard with this site's settings and its banner.
fn script(notice: &Notice) -> Result<String, NotCanonical> {
    let config = GuardConfig {
        site: &notice.site,
        version: &notice.policy.version,
        standing: notice.standing_versions(),
        locale: &notice.locale,
        digest: &notice.digest,
        mode: notice.mode,
        purposes: notice
            .purposes
            .iter()
            .map(|p| (p.id.as_str(), p.basis.is_asked()))
            .collect(),
        technologies: &notice.technologies,
        uses: notice
            .trackers
            .iter()
            .flat_map(|tracker| tracker.uses.iter().map(move |used| (tracker, used)))
            .map(|(tracker, used)| {
                let patterns = used
                    .patterns
                    .iter()
                    .map(zhiqing_consent::Glob::as_str)
                    .collect();
                (tracker.purpose.as_str(), used.technology, patterns)
            })
            .collect(),
        banner: zhiqing_view::banner(notice).into_string(),
        css: zhiqing_view::style::BANNER,
    };
    Ok(lean(GUARD).replacen("__CONFIG__", &script_json(&config)?, 1))
}

/// JSON that may stand inside a `<script>`: no `<` that could end it, and none of the two line
/// separators that JSON allows and old engines do not.
fn script_json<T: Serialize>(value: &T) -> Result<String, NotCanonical> {
    Ok(serde_json::to_string(value)?
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029"))
}

/// The script without comment lines and indentation: what a reader needs and a phone does not.
/// The guard's own rules make this safe: comments stand on lines of their own, no string or
/// template spans lines.
fn lean(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The snippet to put first into `<head>`, with what a Content-Security-Policy needs to allow it.
fn inline(script: &str, report: &str) -> String {
    let script = script.trim_end();
    let hash = Base64::encode_string(&Sha256::digest(script));
    // Where the API is elsewhere, the page must be allowed to reach it.
    let mut parts = report.splitn(4, '/');
    let api = match (parts.next(), parts.next(), parts.next()) {
        (Some(scheme @ ("http:" | "https:")), Some(""), Some(host)) => format!(" {scheme}//{host}"),
        _ => String::new(),
    };
    format!(
        "<!-- Put this first into <head>. data-zq-base: the folder of the other built files, seen \
         from the page.\n     Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval' \
         'sha256-{hash}'; connect-src 'self'{api} -->\n<script data-zq-base=\"./\">{script}</script>\n"
    )
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
/// It behaves as a site's own page would: one script tag in front, tags held back by purpose, and
/// scripts that try to write the trackers' cookies.
///
/// # Errors
/// Never in practice: names have a JSON form.
pub fn page(site: &Site, base: &str) -> Result<String, NotCanonical> {
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
    let plain = |text: &str| {
        let mut html = Html::default();
        html.text(text);
        html.into_string()
    };
    let mut page = PAGE.to_owned();
    for (hole, value) in [
        ("{{held}}", held.into_string()),
        ("{{demonstration}}", script_json(&demonstration)?),
        ("{{base}}", plain(base)),
        ("{{locale}}", plain(&notice.locale)),
        // Last, because it is the only one that may hold braces.
        ("{{name}}", plain(&notice.name)),
    ] {
        page = page.replace(hole, &value);
    }
    Ok(page)
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
    fn what_a_phone_does_not_need_is_left_out() {
        assert_eq!(
            lean("// why\n  const a = 1;\n\n    // more\n  b('//');\n"),
            "const a = 1;\nb('//');\n"
        );
    }

    #[test]
    fn the_guard_keeps_the_rules_that_make_it_lean() {
        for (at, line) in GUARD.lines().enumerate() {
            assert_eq!(
                line.matches('`').count() * usize::from(!line.trim().starts_with("//")),
                0,
                "line {}",
                at + 1
            );
            assert!(
                !line.contains("/*"),
                "line {}: comments stand on lines of their own",
                at + 1
            );
        }
    }

    #[test]
    fn json_cannot_end_its_script() {
        assert_eq!(
            script_json(&"</script>\u{2028}").expect("JSON"),
            r#""\u003c/script>\u2028""#
        );
    }

    #[test]
    fn the_snippets_hash_is_of_what_stands_between_the_tags() {
        let snippet = inline("alert(1)\n", "https://api.example/v1");
        let script = snippet.split_once("\"./\">").expect("a script").1;
        let script = script.strip_suffix("</script>\n").expect("its end");
        let hash = Base64::encode_string(&Sha256::digest(script));
        assert!(snippet.contains(&format!("'sha256-{hash}'")), "{snippet}");
        assert!(
            snippet.contains("connect-src 'self' https://api.example -->"),
            "{snippet}"
        );
        assert!(inline("", "/v1").contains("connect-src 'self' -->"));
    }
}
