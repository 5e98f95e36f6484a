//! A browser that forgot what was decided asks the server, where it is known who decides; and nobody
//! guesses.

use crate::page::{Page, json, local, text, wait};
use crate::sample::notice;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::rules::{self, Act};
use zhiqing_consent::{Decision, Record, Secret};

/// 2026-11-21T08:00:00Z, when the last record says that it was made.
const OCCURRED: u64 = 1_795_248_000;

fn secret() -> Secret {
    Secret::new([7; 32])
}

/// The record of an act, as a server has it.
fn record(act: &Act, sequence: u64) -> Record {
    let notice = notice();
    let decision = rules::decide(&notice, None, act, OCCURRED);
    let json = format!(
        r#"{{"schema":"zhiqing/1","id":"01920000-0001-7fff-bfff-ffffffffff0{sequence}","site":"demo",
        "subject":"{}","sequence":{sequence},"previous":null,"policy":{},
        "notice":{{"digest":"","locale":"zh-CN","shown_ms":1}},"event":"given","method":"save",
        "signals":{{"gpc":false}},"choices":{},"technologies":{{"etag":"refused"}},"guardian":null,
        "environment":"h5","occurred_at":"2026-11-21T08:00:00.000Z"}}"#,
        secret().subject("demo"),
        json(&notice.policy),
        json(&decision.choices().to_vec()),
    );
    let value = js_sys::JSON::parse(&json).expect("JSON");
    serde_wasm_bindgen::from_value(value).expect("a record")
}

fn analytics() -> Act {
    Act::Grant {
        purposes: vec!["analytics".into()],
    }
}

/// A page whose site knows who is there; the server has these records.
fn known(records: &[Record]) -> Page {
    let page = Page::new();
    page.set_token(&secret().bearer());
    page.set_history(&json(records));
    page
}

/// What stands once the server has answered.
async fn recalled(page: &Page) -> Option<Decision> {
    for _ in 0..50 {
        if page.jar().is_some() {
            break;
        }
        wait(10).await;
    }
    page.jar()
}

#[wasm_bindgen_test]
async fn what_an_account_decided_elsewhere_stands_here() {
    let page = known(&[record(&Act::RejectAll, 1), record(&analytics(), 2)]);
    let app = page.start().await;
    let decision = recalled(&page).await.expect("a decision");
    assert!(decision.grants("analytics") && !decision.grants("ads"));
    assert_eq!(decision.decided_at(), OCCURRED);
    assert_eq!(decision.refused().iter().count(), 1);
    assert_eq!(page.decisions().len(), 1, "the guard was told");
    let asked = page.asked().expect("the server was asked");
    assert_eq!(
        asked,
        [
            secret().subject("demo"),
            format!("Bearer {}", secret().bearer())
        ]
    );
    assert!(text(&app.receipt()).contains("\"sequence\":2"));

    // The next record goes on from there.
    app.reject().expect("it refuses");
    page.posts(1).await;
    let next = page.record(0);
    assert_eq!(next.check(&notice()), Ok(()));
    assert_eq!(next.sequence, 3);
    assert_eq!(next.subject, secret().subject("demo"));
    assert_eq!(next.previous, Some(record(&analytics(), 2).id));
}

#[wasm_bindgen_test]
async fn a_token_that_was_kept_tells_who_it_is() {
    let page = Page::new();
    let kept = format!(r#"{{"secret":"{}"}}"#, secret().bearer());
    local().set_item("zq.demo", &kept).expect("storage");
    page.set_history(&json(&[record(&analytics(), 1)]));
    page.start().await;
    assert!(
        recalled(&page)
            .await
            .is_some_and(|it| it.grants("analytics"))
    );
}

#[wasm_bindgen_test]
async fn nothing_is_guessed() {
    let from_the_future = {
        let mut record = record(&analytics(), 1);
        record.occurred_at = "2126-11-21T08:00:00.000Z".into();
        record
    };
    for (name, history, network) in [
        ("nothing there", "[]".to_owned(), "up"),
        ("no server", json(&[record(&analytics(), 1)]), "down"),
        ("garbage", r#"[{"choices":"all"}]"#.to_owned(), "up"),
        ("another clock", json(&[from_the_future]), "up"),
    ] {
        let page = known(&[]);
        page.set_history(&history);
        page.set_network(network);
        page.start().await;
        wait(50).await;
        assert!(page.asked().is_some(), "{name}");
        assert_eq!((page.jar(), page.decisions().len()), (None, 0), "{name}");
        assert_eq!(local().length(), Ok(0), "{name}");
    }
}

#[wasm_bindgen_test]
async fn who_decides_meanwhile_has_decided() {
    let page = known(&[record(&analytics(), 1)]);
    page.set_network("held");
    let app = page.start().await;
    app.reject().expect("it refuses");
    page.set_network("up");
    page.release();
    wait(50).await;
    let decision = page.jar().expect("a decision");
    assert!(!decision.grants_any());
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
}

#[wasm_bindgen_test]
async fn an_answer_that_comes_late_undoes_nothing_that_was_decided_meanwhile() {
    let page = Page::new();
    page.set_token(&secret().bearer());
    // Of another device, in the same second.
    let now = String::from(js_sys::Date::new_0().to_iso_string());
    let history = json(&[record(&analytics(), 1)]).replace("2026-11-21T08:00:00.000Z", &now);
    page.set_history(&history);
    page.set_network("held");
    let app = page.start().await;
    while page.asked().is_none() {
        wait(10).await;
    }
    page.set_network("up");
    app.reject().expect("it refuses");
    page.posts(1).await;
    assert!(page.lying().await.is_empty());
    page.release();
    wait(50).await;
    let decision = page.jar().expect("a decision");
    assert!(!decision.grants_any());
}

#[wasm_bindgen_test]
async fn nobody_is_asked_about_who_has_decided_or_is_unknown() {
    let page = Page::new();
    page.start().await;
    wait(20).await;
    assert_eq!(page.asked(), None);
    let app = page.start().await;
    app.reject().expect("it refuses");
    page.posts(1).await;
    page.start().await;
    wait(20).await;
    assert_eq!(page.asked(), None);
}

#[wasm_bindgen_test]
async fn the_tag_tells_who_decides_from_the_first_decision_on() {
    let page = known(&[]);
    let app = page.start().await;
    app.reject().expect("it refuses");
    page.posts(1).await;
    assert_eq!(page.record(0).subject, secret().subject("demo"));
    assert_eq!(
        page.post(0).authorization(),
        format!("Bearer {}", secret().bearer())
    );
}

#[wasm_bindgen_test]
async fn who_signs_in_later_decides_under_the_account_from_then_on() {
    let page = Page::new();
    let app = page.start().await;
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
    page.posts(1).await;
    assert_ne!(page.record(0).subject, secret().subject("demo"));
    drop(app);

    page.set_token(&secret().bearer());
    let app = page.start().await;
    wait(50).await;
    assert!(page.asked().is_some());
    assert!(
        page.jar().is_some_and(|it| it.grants("ads")),
        "the server knew nothing"
    );
    app.withdraw(&JsValue::UNDEFINED).expect("it withdraws");
    page.posts(2).await;
    let record = page.record(1);
    assert_eq!((record.sequence, record.previous.clone()), (1, None));
    assert_eq!(record.subject, secret().subject("demo"));
    assert_eq!(record.check(&notice()), Ok(()));
}

#[wasm_bindgen_test]
async fn what_an_account_decided_last_takes_the_place_of_what_was_decided_here_before() {
    let page = known(&[record(&analytics(), 1)]);
    let older = format!("1~demo~2026.11~{}~ads~~", OCCURRED - 10);
    local()
        .set_item("zq.demo", &format!(r#"{{"decision":"{older}"}}"#))
        .expect("storage");
    page.start().await;
    for _ in 0..50 {
        wait(10).await;
        if page.jar().is_some_and(|it| it.decided_at() == OCCURRED) {
            break;
        }
    }
    let decision = page.jar().expect("a decision");
    assert!(decision.grants("analytics") && !decision.grants("ads"));
}
