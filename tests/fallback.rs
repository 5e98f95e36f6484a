//! Where there is no WebAssembly the page loads the same as plain JavaScript, and only there.

use serde_json::{Value, json};
use zhiqing_tests::carrying::tag;
use zhiqing_tests::server::reporting;
use zhiqing_tests::{Browser, Page, Pages, Site, Visit};

const READY: &str = "zhiqing.ready.then(() => true)";

/// Which of the two forms the page asked for.
const FORMS: &str = "performance.getEntriesByType('resource').map((it) => it.name.split('/').pop())
    .filter((name) => /^zhiqing(_bg\\.wasm|\\.fallback\\.js)$/.test(name)).sort()";

/// Pages in which WebAssembly is not there, or does not work.
const WITHOUT: [(&str, &str); 4] = [
    ("missing", "delete window.WebAssembly"),
    (
        "refused",
        "WebAssembly.instantiate = WebAssembly.instantiateStreaming =
            () => Promise.reject(new WebAssembly.CompileError('no'))",
    ),
    (
        "broken",
        "WebAssembly.instantiate = WebAssembly.instantiateStreaming = () => { throw 5; }",
    ),
    ("half there", "window.WebAssembly = {}"),
];

#[tokio::test]
async fn without_webassembly_choices_are_asked_kept_proven_and_withdrawn() {
    for (name, script) in WITHOUT {
        let visit = Visit::prepared(|browser| browser.before_pages(script)).await;
        let forms = visit.value(FORMS).await;
        assert!(
            forms
                .as_array()
                .is_some_and(|it| it.contains(&json!("zhiqing.fallback.js"))),
            "{name}: {forms}"
        );
        visit.click_hook("preferences").await;
        visit.click("[data-zq-purpose=analytics]").await;
        visit.click("[data-zq-technology=etag]").await;
        visit.click_hook("save").await;
        visit.until("zhiqing.state().decidedAt").await;
        assert_eq!(
            visit.purposes().await,
            visit.expected(&["analytics"], "denied"),
            "{name}"
        );
        let record = visit.record().await;
        assert_eq!(record["choices"], visit.choices(&["analytics"], &[]));
        assert_eq!(record["technologies"], json!({ "etag": "refused" }));
        visit.value("zhiqing.show('policy')").await;
        let length = visit
            .until("$('[data-zq-document]')?.textContent.length")
            .await;
        assert!(length.as_u64() > Some(2000), "{name}: {length}");
        visit.click_hook("close").await;
        visit.value("zhiqing.withdraw()").await;
        assert_eq!(
            visit.purposes().await,
            visit.expected(&[], "denied"),
            "{name}"
        );
        visit.again().await;
        assert_eq!(visit.value("$('.banner') === null").await, true, "{name}");
        visit.end().await;
    }
}

#[tokio::test]
async fn with_webassembly_nobody_loads_it() {
    let visit = Visit::first().await;
    visit.value("zhiqing.reject()").await;
    assert_eq!(visit.value(FORMS).await, json!(["zhiqing_bg.wasm"]));
    visit.end().await;
}

#[tokio::test]
async fn a_policy_that_forbids_webassembly_allows_the_plain_form() {
    let (_site, server) = reporting();
    let policy = format!(
        "default-src 'none'; script-src {0}; style-src 'unsafe-inline'; connect-src {0}; \
         require-trusted-types-for 'script'; trusted-types zhiqing",
        server.url("").trim_end_matches('/')
    );
    let html = format!("<!doctype html><title>x</title>{}", tag(&server));
    let pages = Pages::one(Page::html(&html).with("Content-Security-Policy", &policy));
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    browser.until(READY).await;
    browser.value("zhiqing.accept()").await;
    let forms: Value = browser.value(FORMS).await;
    assert_eq!(forms, json!(["zhiqing.fallback.js", "zhiqing_bg.wasm"]));
    assert!(browser.until("zhiqing.receipt()").await.is_object());
    // That it was tried is reported: nothing else tells whether it may be.
    let violated = browser.value("walkErrors.splice(0)").await;
    assert_eq!(
        violated.to_string().matches("wasm-eval").count(),
        1,
        "{violated}"
    );
    browser.end().await;
}

#[tokio::test]
async fn what_cannot_be_loaded_at_all_is_told() {
    let (_, files) = Site::sample().built();
    let files = files
        .into_iter()
        .filter(|(name, _)| name != "zhiqing.fallback.js")
        .map(|(name, bytes)| (format!("/{name}"), Page::file(&name, bytes)));
    let html =
        "<!doctype html><script>delete window.WebAssembly</script><script src=zhiqing.js></script>";
    let pages = Pages::serve(files.chain([("/".to_owned(), Page::html(html))]));
    let browser = Browser::start().await;
    browser.goto(&pages.url("/")).await;
    let told = browser
        .until("zhiqing.ready.catch((error) => [error.code, error.message])")
        .await;
    assert_eq!(told[0], "module");
    let words = told[1].as_str().expect("words");
    assert!(
        words.contains("zhiqing.fallback.js cannot be loaded"),
        "{words}"
    );
    assert!(words.contains("WebAssembly"), "{words}");
    browser.value("walkErrors.splice(0)").await;
    browser.end().await;
}
