//! The path without script: what a person with scripts off does, and what the ledger says of it.

use serde_json::Value;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Scriptless, Server, Site, Visit};

/// What differs between two people who do the same.
fn told(receipt: &Value) -> Value {
    let mut record = receipt["record"].clone();
    let fields = record.as_object_mut().expect("a record");
    for name in ["id", "subject", "previous", "occurred_at"] {
        fields.remove(name).expect("it is there");
    }
    let notice = fields["notice"].as_object_mut().expect("what was shown");
    notice.remove("shown_ms").expect("it is there");
    record
}

/// Refuses all, accepts all, keeps one of them, agrees to a separate one and withdraws, on a page that
/// runs its scripts.
async fn with_scripts() -> Vec<Value> {
    let visit = Visit::first().await;
    visit.click_hook("reject-all").await;
    visit.receipts(1).await;
    visit.value("zhiqing.show('preferences')").await;
    visit.click_hook("accept-all").await;
    visit.receipts(2).await;
    visit.value("zhiqing.show('preferences')").await;
    for purpose in ["personalisation", "ads"] {
        visit.click(&format!("[data-zq-purpose={purpose}]")).await;
    }
    visit.click("[data-zq-technology=etag]").await;
    visit.click_hook("save").await;
    visit.receipts(3).await;
    visit.value("void zhiqing.accept(['face'])").await;
    visit.click_hook("save").await;
    visit.receipts(4).await;
    visit.value("zhiqing.show('rights')").await;
    visit.click_hook("withdraw").await;
    let receipts = visit.receipts(5).await;
    visit.end().await;
    receipts
}

/// What stands last on the page of the choices: what is not there by then is not on it.
const LAST: &str = "section.group:last-of-type article:last-child a.choice";

/// The same with scripts off.
async fn without_scripts() -> Vec<Value> {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let browser = Scriptless::start().await;
    browser.goto(&server.url("/")).await;
    browser
        .shown("section.zhiqing-form", "您的隐私，由您决定")
        .await;

    browser.press(".zhiqing-form [value=reject-all]").await;
    browser.shown(".note.good", "您的选择已记下。").await;
    browser.shown("p.says", "您没有同意任何扩展功能。").await;
    browser.press(".ways [href='/']").await;

    // Who has answered is not asked again (rule 4); the page's own link leads back.
    browser.shown("a[data-zq=preferences]", "隐私设置").await;
    assert_eq!(browser.markup("section.zhiqing-form"), [""; 0]);
    browser.press("a[data-zq=preferences]").await;
    browser.press("[name=act][value=accept-all]").await;
    let standing = browser.shown(".granted", "<li>").await;
    assert_eq!(standing.matches("<li>").count(), 3, "{standing}");
    browser.shown(LAST, "<").await;
    for purpose in ["analytics", "personalisation", "ads"] {
        assert!(is_ticked(&browser, purpose), "{purpose}");
    }
    for choice in ["personalisation", "ads", "etag"] {
        browser.press(&format!("input[value={choice}]")).await;
    }
    browser.press("[name=act][value=save]").await;
    browser.shown("input[value=etag]", "checked").await;
    let standing = browser.shown(".granted", "<li>").await;
    assert_eq!(standing.matches("<li>").count(), 1, "{standing}");

    browser.shown(LAST, "<").await;
    let switch = browser.markup("input[value=face]");
    assert_eq!(switch, [""; 0], "a separate consent is no switch");
    browser.press("a.choice[href*='purpose=face']").await;
    let facts = browser.shown("dl.facts", "用来做什么").await;
    for fact in ["哪些信息", "交给谁", "怎样提供", "如果拒绝"] {
        assert!(facts.contains(fact), "{fact} in {facts}");
    }
    browser.press("[name=answer][value=granted]").await;
    let standing = browser.shown(".granted", "<li>").await;
    assert_eq!(standing.matches("<li>").count(), 2, "{standing}");

    browser.press("[name=act][value=withdraw]").await;
    browser.shown("p.says", "您没有同意任何扩展功能。").await;
    let mut cookies = browser.cookies().into_iter();
    let (_, secret) = cookies
        .find(|(name, _)| name == "zq-key")
        .expect("a secret");
    browser.end().await;
    server.history(SITE, &secret)
}

#[tokio::test]
async fn the_form_records_the_same_decisions_as_the_scripted_page() {
    let (scripted, plain) = (with_scripts().await, without_scripts().await);
    let methods: Vec<&Value> = plain.iter().map(|it| &it["record"]["method"]).collect();
    assert_eq!(
        methods,
        ["reject_all", "accept_all", "save", "item", "item"]
    );
    for (scripted, plain) in scripted.iter().zip(&plain) {
        assert_eq!(told(plain), told(scripted));
    }
    assert_eq!(plain.len(), scripted.len());
    for pair in plain.windows(2) {
        assert_eq!(pair[1]["record"]["previous"], pair[0]["record"]["id"]);
    }
}

/// Whether the control of this value was ticked as the page came.
fn is_ticked(browser: &Scriptless, value: &str) -> bool {
    let control = browser.markup(&format!("input[value={value}]"));
    control.iter().any(|html| html.contains(" checked"))
}

#[tokio::test]
async fn looking_leaves_no_trace_and_nothing_is_preselected() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let browser = Scriptless::start().await;
    browser.goto(&server.url("/")).await;
    browser.press(".zhiqing-form [formmethod=get]").await;
    browser.shown("h1", "隐私设置").await;
    browser.shown(LAST, "<").await;
    assert!(!browser.markup("input[name=purpose]").is_empty());
    let ticked = browser.markup("input[checked]:not([disabled])");
    assert_eq!(ticked, [""; 0]);
    browser.press("p.lead > a").await;
    let policy = browser.shown("[data-zq-document]", "</p>").await;
    assert!(policy.chars().count() > 10_000, "{policy}");
    assert_eq!(browser.cookies(), []);
    browser.end().await;
}

#[tokio::test]
async fn enter_in_a_switch_saves_what_is_switched() {
    let site = Site::sample();
    let server = Server::start(&site.settings());
    let browser = Scriptless::start().await;
    browser.goto(&server.url("/")).await;
    browser.press(".zhiqing-form [formmethod=get]").await;
    browser.press("input[value=analytics]").await;
    browser.enter("input[value=analytics]").await;
    let standing = browser.shown(".granted", "<li>").await;
    assert_eq!(standing.matches("<li>").count(), 1, "{standing}");
    assert!(is_ticked(&browser, "analytics"));
    browser.end().await;
}
