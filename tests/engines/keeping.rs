//! What is sent to the server, what stays in the browser, and what a withdrawal leaves of it.

use crate::asking::RAN;
use serde_json::json;
use std::fs;
use std::time::Duration;
use zhiqing_tests::remote::Remote;
use zhiqing_tests::stay::Stay;
use zhiqing_tests::zhiqing;

/// A key that is nobody's here: RFC 8037, appendix A.2.
const OTHER_KEY: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

pub(crate) async fn a_record_arrives_and_its_receipt_verifies(browser: &Remote) {
    let stay = Stay::first(browser).await;
    stay.click_hook("accept-all").await;
    let receipt = stay.receipts(1).await.remove(0);
    assert_eq!(stay.value("zhiqing.receipt()").await, receipt);
    let record = &receipt["record"];
    assert_eq!(record["event"], "given");
    assert_eq!(record["method"], "accept_all");
    assert_eq!(record["notice"]["digest"], stay.notice()["digest"]);
    let general = ["analytics", "personalisation", "ads"];
    assert_eq!(record["choices"], stay.choices(&general, &[]));
    assert!(record["notice"]["shown_ms"].as_u64() > Some(0), "{record}");
    let age = stay.value("Date.now() - Date.parse(zhiqing.state().decidedAt)");
    let age = age.await.as_f64().expect("a moment");
    assert!((0.0..120_000.0).contains(&age), "decided {age} ms ago");

    let (good, bad) = (
        stay.site.folder().join("receipt.json"),
        stay.site.folder().join("altered.json"),
    );
    fs::write(&good, receipt.to_string()).expect("a file");
    let mut altered = receipt.clone();
    altered["record"]["choices"][0]["state"] = "denied".into();
    fs::write(&bad, altered.to_string()).expect("a file");
    let key = stay.site.public_key();
    let case = |key: &str, file: &std::path::Path, code: i32| {
        let outcome = zhiqing(["verify", "--key", key, file.to_str().expect("UTF-8")]);
        assert_eq!(outcome.code, code, "{outcome:?}");
    };
    case(&key, &good, 0);
    case(&key, &bad, 1);
    case(OTHER_KEY, &good, 1);

    stay.value("zhiqing.withdraw().then(() => null)").await;
    let history = stay.receipts(2).await;
    let second = &history[1]["record"];
    assert_eq!(history[0], receipt, "the first stays as it was");
    assert_eq!(second["event"], "withdrawn");
    assert_eq!(second["previous"], record["id"]);
    assert_eq!(second["subject"], record["subject"]);
    assert_eq!(second["choices"], stay.choices(&[], &[]));

    // The page goes before the answer comes, and the next one sends the record again.
    stay.front.answer_after(Duration::from_secs(20));
    stay.value("zhiqing.accept().then(() => null)").await;
    stay.until(&format!("{WAITING}.then((count) => count === 1)"))
        .await;
    stay.front.answer_after(Duration::ZERO);
    stay.again().await;
    let history = stay.receipts(3).await;
    assert_eq!(history[2]["record"]["previous"], second["id"]);
    stay.until(&format!("{WAITING}.then((count) => count === 0)"))
        .await;
}

/// How many records wait in the page's database.
const WAITING: &str = "new Promise((done) => {
    const opening = indexedDB.open('zq.youtu', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('records');
    opening.onsuccess = () => {
        const count = opening.result.transaction('records').objectStore('records').count();
        count.onsuccess = () => done(count.result);
        opening.result.close();
    };
})";

/// Keeps one thing in every store, of nobody and of a tracker.
const KEEP: &str = "(localStorage.setItem('cart', '1'), sessionStorage.setItem('step', '2'),
    localStorage.setItem('sawebjssdk-a', '1'), document.cookie = 'theme=dark; Path=/',
    caches.open('pages').then(() => new Promise((done) => {
        indexedDB.open('offline').onsuccess = (event) => { event.target.result.close(); done(1); };
    })))";

pub(crate) async fn what_is_stored_is_listed_and_deleted(browser: &Remote) {
    let stay = Stay::first(browser).await;
    stay.click_hook("accept-all").await;
    stay.until("zhiqing.receipt()").await;
    stay.value(KEEP).await;
    stay.value("zhiqing.show('preferences').then(() => null)")
        .await;
    let keys = "$$('#zq-stored li .key').map((it) => it.textContent)";
    let expected = [
        "Hm_lvt_demo",
        "cart",
        "cna",
        "offline",
        "pages",
        "sawebjssdk-a",
        "sensorsdata2015jssdkcross",
        "step",
        "theme",
        "zq",
        "zq.youtu",
        // The outbox.
        "zq.youtu",
        "zq.youtu.receipt",
    ];
    stay.until(&format!("({keys}).length === {}", expected.len()))
        .await;
    assert_eq!(
        stay.value(&format!("({keys}).sort()")).await,
        json!(expected)
    );
    // It follows what the page does.
    stay.value("localStorage.setItem('later', '1')").await;
    stay.until(&format!("({keys}).includes('later')")).await;

    stay.click("[data-zq=delete][data-zq-key=theme]").await;
    stay.until("!names().includes('theme')").await;
    stay.click("[data-zq=delete][data-zq-key=offline]").await;
    stay.until("indexedDB.databases().then((all) => all.every((it) => it.name === 'zq.youtu'))")
        .await;
    // All: asked twice, because it may sign the person out.
    stay.click_hook("delete-all").await;
    stay.until("$('[data-zq=delete-all]').textContent.includes('再点一次')")
        .await;
    assert_eq!(stay.value("localStorage.getItem('cart')").await, "1");
    stay.click_hook("delete-all").await;
    stay.until("$('[data-zq=delete-all]') === null").await;
    assert_eq!(stay.value("names()").await, json!(["zq"]));
    let kept = stay.value("Object.keys(localStorage).sort()").await;
    let ours = json!(["zq.youtu", "zq.youtu.receipt"]);
    assert_eq!(kept, ours, "what remembers the choice stays");
    assert_eq!(stay.value("sessionStorage.length").await, 0);
    assert_eq!(stay.value("caches.keys()").await, json!([]));
    stay.again().await;
    let ads = stay.value("zhiqing.state().purposes.ads").await;
    assert_eq!(ads, "granted", "deleting is no decision");
}

pub(crate) async fn a_withdrawal_removes_what_was_kept(browser: &Remote) {
    let stay = Stay::first(browser).await;
    stay.value("zhiqing.accept().then(() => null)").await;
    stay.receipts(1).await;
    stay.value(KEEP).await;
    stay.value("sessionStorage.setItem('youtu.recent', '1')")
        .await;

    // One purpose first: the others stand.
    let state = stay.value("zhiqing.withdraw(['analytics'])").await;
    let left = ["personalisation", "ads"];
    assert_eq!(state["purposes"], stay.expected(&left, "denied"));
    let kept = json!(["cna", "sensorsdata2015jssdkcross", "theme", "zq"]);
    assert_eq!(stay.value("names()").await, kept);
    let removed = json!({ "technology": "cookie", "key": "Hm_lvt_demo" });
    let told = stay.value("zhiqing.removed()").await;
    assert_eq!(
        told,
        json!({ "removed": [removed], "kept": [], "returned": [] })
    );

    stay.value("zhiqing.withdraw().then(() => null)").await;
    stay.receipts(3).await;
    assert_eq!(stay.value("names()").await, json!(["theme", "zq"]));
    let keys = "Object.keys(localStorage).concat(Object.keys(sessionStorage)).sort()";
    let kept = json!([
        "cart",
        "step",
        "zq.youtu",
        "zq.youtu.receipt",
        "zq.youtu.removal"
    ]);
    assert_eq!(stay.value(keys).await, kept);
    let told = "zhiqing.removed().then((it) => [it.removed.map((row) => row.key).sort(), it.kept])";
    let gone = [
        "cna",
        "sawebjssdk-a",
        "sensorsdata2015jssdkcross",
        "youtu.recent",
    ];
    assert_eq!(stay.value(told).await, json!([gone, []]));
    stay.again().await;
    assert_eq!(stay.value("$('.banner') === null").await, true);
    assert_eq!(stay.value(RAN).await, json!([]));
    assert_eq!(stay.value("names()").await, json!(["theme", "zq"]));

    // The answer to the one comes when the other is decided already: it must not bring it back.
    stay.value("zhiqing.accept().then(() => null)").await;
    stay.receipts(4).await;
    stay.front.answer_after(Duration::from_millis(500));
    stay.value("zhiqing.withdraw(['ads']).then(() => null)")
        .await;
    stay.value("zhiqing.withdraw().then(() => null)").await;
    stay.receipts(6).await;
    stay.again().await;
    assert_eq!(stay.purposes().await, stay.expected(&[], "denied"));
    assert_eq!(stay.value(RAN).await, json!([]));
    // Servers go by the cookie.
    let same = "('; ' + document.cookie).split('; zq=')[1].split(';')[0]
        === JSON.parse(localStorage.getItem('zq.youtu')).decision";
    stay.until(same).await;
}
