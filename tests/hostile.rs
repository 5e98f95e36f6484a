//! Whatever settings, policies and pages say, it is shown as text: nothing of it is markup, runs, or
//! breaks the policies that a strict page sets.

#[path = "hostile/strict.rs"]
mod strict;
#[path = "hostile/words.rs"]
mod words;

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use strict::strict;
use words::{MARKUP, PURPOSES, Words, site};
use zhiqing_tests::text::squeezed;
use zhiqing_tests::{Browser, Server, Site, server};

const READY: &str = "zhiqing.ready.then(() => true)";

/// Whether anything of it ran.
const HIT: &str = "window.hit ?? null";

/// What a visit saw: of each element of the whole page its name and those of its attributes; every
/// text and value.
#[derive(Default)]
struct Seen {
    shapes: BTreeSet<String>,
    texts: String,
}

impl Seen {
    async fn look(&mut self, browser: &Browser) {
        let shown = browser
            .value(
                "(() => {
                    const roots = [root, ...[...document.querySelectorAll('zhiqing-placeholder')].map((it) => it.shadowRoot)];
                    const inside = roots.flatMap((root) => [...root.querySelectorAll('*')]);
                    const all = [...document.querySelectorAll('*'), ...inside];
                    const shape = (it) => [it.localName, ...it.getAttributeNames().sort()].join(' ');
                    const values = inside.flatMap((it) => [...it.attributes].map((one) => one.value));
                    return [all.map(shape), [...roots.map((root) => root.textContent), ...values].join('\\n')];
                })()",
            )
            .await;
        let shapes = shown[0].as_array().expect("shapes");
        self.shapes.extend(
            shapes
                .iter()
                .map(|shape| shape.as_str().expect("a shape").to_owned()),
        );
        self.texts += shown[1].as_str().expect("texts");
        assert_eq!(browser.value(HIT).await, Value::Null, "a script ran");
    }
}

/// Frames that the page adds, of two purposes and of none.
const FRAMES: &str = "for (const purpose of ['general', 'separate', 'nothing']) {
        const frame = document.createElement('iframe');
        frame.title = purpose;
        Object.assign(frame.dataset, { purpose, src: 'https://player.example/' });
        document.body.append(frame);
    }";
const PLACED: &str = "document.querySelectorAll('zhiqing-placeholder').length";

/// Walks through every view.
async fn walk(browser: &Browser, words: Words) -> Seen {
    let mut seen = Seen::default();
    browser.until("$('.banner').checkVisibility()").await;
    seen.look(browser).await;
    browser.until(READY).await;
    browser.run(FRAMES).await;
    browser.until(&format!("{PLACED} === 3")).await;
    seen.look(browser).await;
    browser
        .run("document.querySelectorAll('iframe').forEach((it) => it.remove())")
        .await;
    browser.until(&format!("{PLACED} === 0")).await;

    // The page keeps things under names of such words, some of them a tracker's.
    let key = json!(words.key());
    let keep = format!(
        "(async (key) => {{
            localStorage.setItem(key, key);
            sessionStorage.setItem(key, key);
            document.cookie = {} + '=1; Path=/';
            await caches.open(key);
            await new Promise((done) => {{ indexedDB.open(key).onsuccess = (event) => {{
                window.held = event.target.result; done(); }}; }});
            return true;
        }})({key})",
        json!(format!("x{}", words.cookie()))
    );
    browser.value(&keep).await;
    browser.click_hook("preferences").await;
    browser.until("$$('#zq-stored li').length === 5").await;
    browser
        .value("$$('details').forEach((it) => { it.open = true; })")
        .await;
    seen.look(browser).await;
    browser.click_hook("delete-all").await;
    browser
        .until("$('[data-zq=delete-all]').textContent.includes('再点一次')")
        .await;
    seen.look(browser).await;
    browser.click_hook("delete-all").await;
    browser
        .until("$('.told').textContent.includes('1 项删不掉')")
        .await;
    seen.look(browser).await;
    browser.value("(held.close(), true)").await;

    browser.click("[data-zq-purpose=separate]").await;
    browser.until("$('dialog.step')").await;
    seen.look(browser).await;
    browser.click_hook("refuse").await;
    browser.until("$('dialog.preferences')").await;
    browser.click_hook("close").await;
    // A permission says what follows from refusing it.
    browser.value("void zhiqing.permission('camera')").await;
    browser.until("$('dialog.step')").await;
    seen.look(browser).await;
    browser.click_hook("close").await;
    browser.value("void zhiqing.accept(['guardian'])").await;
    browser.until("$('dialog.step .note')").await;
    seen.look(browser).await;
    browser.click_hook("close").await;
    browser.value("zhiqing.show('rights')").await;
    browser.until("$('dialog.rights')").await;
    seen.look(browser).await;
    browser.click_hook("close").await;

    browser.click_hook("policy").await;
    browser.until("$('[data-zq-document]')").await;
    seen.look(browser).await;
    let shown = browser.value("$('[data-zq-document]').textContent").await;
    let shown = squeezed(shown.as_str().expect("text"));
    // What Markdown writes around headings and cells is not shown.
    let signs = ['#', '|', '-'];
    let shown = shown.replace(signs, "");
    let policy = squeezed(&words.policy()).replace(signs, "");
    zhiqing_tests::text::assert_same(&shown, &policy, "the policy");
    browser.click_hook("close").await;

    browser.click_hook("accept-all").await;
    browser.until("zhiqing.receipt()").await;
    let keep = format!(
        "(localStorage.setItem('tool' + {key}, '1'), document.cookie = {} + '=1; Path=/', true)",
        json!(words.cookie())
    );
    browser.value(&keep).await;
    browser.value("zhiqing.show('preferences')").await;
    browser.until("$$('#zq-stored li').length > 3").await;
    seen.look(browser).await;
    browser.click_hook("close").await;
    browser.until("$('dialog') === null").await;
    browser.value("zhiqing.show('rights')").await;
    browser.until("$('dialog.rights .granted')").await;
    seen.look(browser).await;
    browser.click_hook("withdraw").await;
    browser
        .until("zhiqing.state().purposes.general === 'denied'")
        .await;
    browser.until("zhiqing.receipt()").await;
    browser.until("$('.handle')").await;
    browser.value("zhiqing.show('rights')").await;
    browser.until("$('dialog.rights .keys')").await;
    seen.look(browser).await;
    let removed = browser.value("$('dialog.rights .keys').textContent").await;
    let removed = removed.as_str().expect("text");
    for name in [format!("tool{}", words.key()), words.cookie().to_owned()] {
        // Told up to 120 characters.
        let name: String = name.chars().take(120).collect();
        assert!(removed.contains(&name), "{name} is not in {removed:?}");
    }
    browser.click_hook("close").await;
    seen
}

/// A server of such a site, whose page is elsewhere.
fn served(words: Words) -> (Site, Map<String, Value>, Server) {
    let address = server::free_address();
    let (site, texts) = site(words, &format!("http://{address}/v1"));
    let server = Server::start_at(&site.settings(), &address);
    (site, texts, server)
}

async fn visited(words: Words, form: &str, before: &str) -> (Seen, Map<String, Value>) {
    let (site, texts, _server) = served(words);
    let pages = strict(&site, form);
    let browser = Browser::start().await;
    browser.before_pages(before);
    browser.goto(&pages.url("/")).await;
    let seen = walk(&browser, words).await;
    browser.end().await;
    (seen, texts)
}

/// Texts that no view of this walk shows: those of browsers and networks that deny things, of sites
/// that ask nothing, of deadlines in numbers, of cells that span rows, of the signal after an agreement,
/// of another page, of a picture whose technology is refused.
const ELSEWHERE: &[&str] = &[
    "policy_missing",
    "receipt_waiting",
    "record_returned",
    "not_kept",
    "kept_in_cookie",
    "not_removed",
    "unreachable",
    "undeletable",
    "in_use",
    "returned",
    "returned_times",
    "banner_nothing",
    "stored_nothing",
    "no_contact",
    "within_days",
    "within_working_days",
    "same",
    "all_silenced",
    "gpc",
    "held_refused",
];

#[tokio::test]
async fn hostile_words_are_shown_as_text_and_a_strict_page_reports_nothing() {
    let (plain, _) = visited(Words::Plain, "external", "").await;
    let (hostile, texts) = visited(Words::Hostile, "external", "").await;
    let names = |seen: &Seen| seen.shapes.iter().cloned().collect::<Vec<_>>().join("\n");
    assert_eq!(names(&hostile), names(&plain), "elements and attributes");

    let mut fields: Vec<String> = Vec::new();
    for (id, ..) in PURPOSES {
        for field in ["name", "description", "data", "refusal", "retention"] {
            fields.push(format!("{id} {field}"));
        }
    }
    // What follows from refusing what cannot be refused is not told.
    fields.retain(|field| field != "service refusal");
    for field in ["name", "contact", "data", "purpose", "method", "country"] {
        fields.push(format!("recipient {field}"));
    }
    for field in [
        "site name",
        "tracker vendor",
        "permission refusal",
        "rights deadline",
    ] {
        fields.push(field.to_owned());
    }
    let missing: Vec<&String> = fields
        .iter()
        .filter(|field| !hostile.texts.contains(&Words::Hostile.any(field)))
        .collect();
    assert_eq!(missing, Vec::<&String>::new(), "fields that are not shown");
    for field in ["operator", "address"] {
        let line = Words::Hostile.line(field);
        assert!(
            hostile.texts.matches(&line).count() > 1,
            "{field} is not among the rights"
        );
    }
    let missing: Vec<&String> = texts
        .keys()
        .filter(|key| !ELSEWHERE.contains(&key.as_str()))
        // Of the pages without script, which the server's own tests read.
        .filter(|key| !key.starts_with("form_"))
        .filter(|key| !hostile.texts.contains(&Words::Hostile.line(key)))
        .collect();
    assert_eq!(missing, Vec::<&String>::new(), "texts that are not shown");
}

#[tokio::test]
async fn the_inline_snippet_reports_nothing_either() {
    let (seen, _) = visited(Words::Hostile, "inline", "").await;
    assert!(seen.texts.contains(&Words::Hostile.any("site name")));
}

#[tokio::test]
async fn the_page_that_serve_shows_says_hostile_names_as_they_are() {
    let (site, _) = site(Words::Hostile, "/v1");
    let server = Server::start(&site.settings());
    let browser = Browser::start().await;
    browser.goto(&server.url("/")).await;
    browser.until(READY).await;
    browser.click_hook("accept-all").await;
    browser.until("zhiqing.receipt()").await;
    let name = Words::Hostile.any("site name");
    assert_eq!(
        browser
            .value("document.querySelector('h1').textContent")
            .await,
        name
    );
    let listed = "[...document.querySelectorAll('#scripts b')].map((it) => it.textContent)";
    let asked = ["general", "separate", "guardian"];
    let names = asked.map(|id| Words::Hostile.any(&format!("{id} name")));
    assert_eq!(browser.value(listed).await, json!(names));
    assert_eq!(browser.value("[...demo.done]").await, json!(["general"]));
    let strange =
        "[...document.querySelectorAll('img, svg, iframe:not([data-purpose=general]), [onfocus], [onclick], [srcdoc]')]
        .map((it) => it.outerHTML)";
    assert_eq!(browser.value(strange).await, json!([]));
    assert_eq!(browser.value(HIT).await, Value::Null, "a script ran");
    browser.end().await;
}

#[tokio::test]
async fn of_a_policy_in_html_only_the_words_are_kept() {
    let escaped = MARKUP.replace('&', "&amp;").replace('<', "&lt;");
    let html = format!(
        "<!doctype html><html><head><script>top.hit = 8</script><style>p {{}}</style></head>\
         <body onload=top.hit=9><h1>隐私政策</h1><h2>一、收集{escaped}</h2>\
         <p onclick=top.hit=10>我们会收集您的人脸图像{escaped}，用于核验。<img src=x onerror=top.hit=11>\
         <a href='javascript:top.hit=12'>详见</a></p>\
         <table><tr><th>名称{escaped}</th><th>目的</th></tr><tr><td>甲</td><td>{escaped}</td></tr></table>\
         <script>top.hit = 13</script></body></html>"
    );
    let settings = "[site]\nid = \"demo\"\nname = \"Demo\"\n[policy]\nfile = \"policy.html\"\n\
        version = \"1\"\n[[purpose]]\nid = \"a\"\nname = \"A\"\ntier = \"extended\"\n";
    let site = Site::written(&[("site.toml", settings), ("policy.html", &html)]);
    let pages = strict(&site, "external");
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.click_hook("policy").await;
    browser.until("$('[data-zq-document]')").await;
    let shown = browser.value("$('[data-zq-document]').textContent").await;
    let shown = shown.as_str().expect("text");
    assert_eq!(
        squeezed(shown).matches(&squeezed(MARKUP)).count(),
        4,
        "{shown}"
    );
    assert!(
        !shown.contains("top.hit = 8") && !shown.contains("top.hit = 13"),
        "{shown}"
    );
    let elements = "[...new Set($$('[data-zq-document] *').map((it) => it.localName))].sort()";
    let ours = json!([
        "div", "h3", "h4", "mark", "p", "table", "tbody", "td", "th", "tr"
    ]);
    let found = browser.value(elements).await;
    let found = found.as_array().expect("names");
    let ours = ours.as_array().expect("names");
    assert!(found.iter().all(|name| ours.contains(name)), "{found:?}");
    let handlers = "$$('*').flatMap((it) => it.getAttributeNames()).filter((name) => /^(on|href|src)/.test(name))";
    assert_eq!(browser.value(handlers).await, json!([]));
    assert_eq!(browser.value(HIT).await, Value::Null, "a script ran");
    browser.end().await;
}
