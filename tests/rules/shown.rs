//! Rule 9: what was shown, and for how long, is part of the record.

use serde_json::{Value, json};
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Browser, Server, Site, Visit};

#[tokio::test]
async fn rule_9_the_record_says_what_was_shown_and_for_how_long() {
    let visit = Visit::first().await;
    let shown = "performance.now()";
    let least = "new Promise((done) => setTimeout(done, 300, true))";
    visit.until(least).await;
    visit.click_hook("reject-all").await;
    let most = visit.value(shown).await.as_f64().expect("milliseconds");
    visit.until("zhiqing.receipt()").await;
    let record = visit.record().await;
    let notice = visit.notice();
    assert_eq!(record["notice"]["digest"], notice["digest"]);
    assert_eq!(record["notice"]["locale"], "zh-CN");
    let ms = record["notice"]["shown_ms"].as_f64().expect("milliseconds");
    assert!((300.0..=most).contains(&ms), "{ms} of {most}");
    visit.end().await;
}

#[tokio::test]
async fn rule_9_the_words_on_the_screen_are_those_of_the_notice() {
    let visit = Visit::first().await;
    let notice = visit.notice();
    let text = |key: &str| notice["texts"][key].as_str().expect("a text");
    let purposes = notice["purposes"].as_array().expect("purposes");
    let general = purposes.iter().filter(|it| it["basis"] == "general");
    let names: Vec<&str> = general.filter_map(|it| it["name"].as_str()).collect();
    let sentence = text("banner_ask")
        .replace("{site}", notice["name"].as_str().expect("a name"))
        .replace("{purposes}", &names.join(text("comma")))
        + text("banner_separate")
        + &text("banner_see").replace("{policy}", text("policy"));
    let seen = "['h2', 'p', ...['reject-all', 'preferences', 'accept-all'].map((hook) => `[data-zq=${hook}]`)]
        .map((selector) => $('.banner').querySelector(selector).innerText)";
    let words = [
        text("banner_title"),
        &sentence,
        text("reject_all"),
        text("choose"),
        text("accept_all"),
    ];
    assert_eq!(visit.value(seen).await, json!(words));
    visit.end().await;
}

/// Moves the page into the background, or back.
fn put(state: &str) -> String {
    format!(
        "(Object.defineProperty(document, 'visibilityState', {{ configurable: true, value: '{state}' }}),
        document.dispatchEvent(new Event('visibilitychange')), performance.now())"
    )
}

const SOME_TIME: &str = "new Promise((done) => setTimeout(done, 500, performance.now()))";

#[tokio::test]
async fn rule_9_what_was_in_view_counts_from_the_last_decision_and_only_while_it_is_seen() {
    let visit = Visit::first().await;
    let ms = |value: Value| value.as_f64().expect("milliseconds");
    let shown = |record: &Value| ms(record["record"]["notice"]["shown_ms"].clone());
    // In the background nobody reads.
    let hidden = ms(visit.value(&put("hidden")).await);
    visit.value(SOME_TIME).await;
    let seen = ms(visit.value(&put("visible")).await);
    visit.click_hook("reject-all").await;
    let end = ms(visit.value("performance.now()").await);
    let first = shown(&visit.receipts(1).await[0]);
    assert!(
        first <= end - (seen - hidden) + 1.0,
        "{first} of {end}, hidden from {hidden} to {seen}"
    );
    // Between the two questions nothing is asked, and what was counted is told.
    visit.value(SOME_TIME).await;
    let start = ms(visit.value("performance.now()").await);
    visit.value("zhiqing.show('preferences')").await;
    visit.value(SOME_TIME).await;
    visit.click("[data-zq-purpose=analytics]").await;
    visit.click_hook("save").await;
    let end = ms(visit.value("performance.now()").await);
    visit
        .until("zhiqing.receipt().then((it) => it.record.sequence === 2)")
        .await;
    let second = shown(&visit.receipts(2).await[1]);
    assert!(
        (500.0..=end - start + 1.0).contains(&second),
        "{second} from {start} to {end}"
    );
    visit.end().await;
}

#[tokio::test]
async fn rule_9_another_word_is_another_notice() {
    let site = Site::sample();
    let before = Server::start(&site.settings()).json(&format!("/v1/sites/{SITE}/notice"));
    site.edit(
        "# ---- Purposes: what a person chooses",
        "[texts]\nreject_all = \"一项也不同意\"\n# ---- Purposes: what a person chooses",
    );
    let server = Server::start(&site.settings());
    let after = server.json(&format!("/v1/sites/{SITE}/notice"));
    assert_ne!(before["digest"], after["digest"]);
    let browser = Browser::start().await;
    browser.goto(&server.url("/")).await;
    browser.until("$('.banner').checkVisibility()").await;
    let label = "$('.banner [data-zq=reject-all]').textContent";
    assert_eq!(browser.value(label).await, "一项也不同意");
    browser.end().await;
}
