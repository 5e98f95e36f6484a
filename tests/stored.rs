//! What is stored now and by whom: listed while it changes, deleted one by one or all at once.

use serde_json::json;
use zhiqing_tests::Visit;

/// Key, store and whose of each entry in the list.
const LIST: &str = "$$('#zq-stored li').map((row) => [row.querySelector('.key').textContent,
    row.querySelector('.tag').textContent, row.querySelector('.says').textContent])";

#[tokio::test]
async fn what_is_stored_is_listed_kept_up_to_date_and_deleted() {
    let visit = Visit::first().await;
    visit
        .value(
            "(localStorage.setItem('cart', '1'), sessionStorage.setItem('step', '2'),
            document.cookie = 'theme=dark; Path=/', caches.open('pages'),
            new Promise((done) => { indexedDB.open('offline').onsuccess = (event) => {
                event.target.result.close(); done(1); }; }))",
        )
        .await;
    visit.click_hook("accept-all").await;
    visit.until("zhiqing.receipt()").await;
    visit.value("zhiqing.show('preferences')").await;
    visit.until("$$('#zq-stored li').length === 12").await;
    let list = visit.value(LIST).await;
    let list = list.as_array().expect("entries");
    let row = |key: &str, store: &str, who: &str| {
        let row = json!([key, store, who]);
        assert!(list.contains(&row), "{row} is not in {list:?}");
    };
    let vendor = visit.notice()["trackers"][0]["vendor"].clone();
    let vendor = vendor.as_str().expect("a vendor");
    row("Hm_lvt_demo", "Cookie", &format!("{vendor} · 访问统计"));
    row("theme", "Cookie", "没有登记用途");
    row("zq", "Cookie", "记住您的选择");
    row("cart", "本地存储", "没有登记用途");
    row("step", "会话存储", "没有登记用途");
    row("offline", "浏览器数据库", "没有登记用途");
    row("pages", "页面缓存", "没有登记用途");
    row("zq.youtu", "本地存储", "记住您的选择");
    row("zq.youtu.receipt", "本地存储", "记住您的选择");
    row("zq.youtu", "浏览器数据库", "记住您的选择");

    // It follows what the page does.
    visit.value("localStorage.setItem('later', '1')").await;
    visit
        .until("$$('#zq-stored .key').some((key) => key.textContent === 'later')")
        .await;

    visit.click("[data-zq=delete][data-zq-key=theme]").await;
    visit.until("!names().includes('theme')").await;
    visit
        .until("$('.told').textContent === '已删除 1 项。'")
        .await;
    let focused = "root.activeElement?.dataset.zq";
    assert_eq!(
        visit.value(focused).await,
        "delete",
        "the focus is on what took its place"
    );
    visit.click("[data-zq=delete][data-zq-key=offline]").await;
    visit
        .until("indexedDB.databases().then((all) => all.every((it) => it.name === 'zq.youtu'))")
        .await;

    // All: asked twice, because it may sign the person out.
    visit.click_hook("delete-all").await;
    visit
        .until("$('[data-zq=delete-all]').textContent.includes('再点一次')")
        .await;
    assert_eq!(visit.value("localStorage.getItem('cart')").await, "1");
    visit.click_hook("delete-all").await;
    visit.until("$('[data-zq=delete-all]') === null").await;
    assert_eq!(visit.value("names()").await, json!(["zq"]));
    let keys = "Object.keys(localStorage).sort()";
    assert_eq!(
        visit.value(keys).await,
        json!(["zq.youtu", "zq.youtu.receipt"]),
        "what remembers the choice stays"
    );
    assert_eq!(visit.value("sessionStorage.length").await, 0);
    assert_eq!(visit.value("caches.keys()").await, json!([]));
    visit.again().await;
    assert_eq!(
        visit.value("zhiqing.state().purposes.ads").await,
        "granted",
        "deleting is no decision"
    );
    visit.end().await;
}

#[tokio::test]
async fn what_cannot_be_deleted_is_told() {
    let visit = Visit::first().await;
    // A database that the page holds open.
    visit
        .value(
            "new Promise((done) => { indexedDB.open('held').onsuccess = (event) => {
                window.held = event.target.result; done(1); }; })",
        )
        .await;
    visit.click_hook("preferences").await;
    visit.click("[data-zq=delete][data-zq-key=held]").await;
    visit
        .until("$('.told').textContent === '已删除 0 项。有 1 项删不掉：held'")
        .await;
    visit.end().await;
}
