//! `/v1/form`: what goes on from an earlier answer, and what a cookie alone cannot say.

use crate::app::{TestApp, notice};
use crate::database::Database;
use crate::form::{OWN, body, get, jar, post, post_again, post_with, records};
use axum::http::StatusCode;
use serde_json::Value;
use zhiqing_consent::{Notice, PreviousVersion};

const AGREE: &str = "act=item&purpose=identity&answer=granted";

fn app(notice: Notice) -> TestApp {
    let notice = notice.seal().expect("a digest");
    TestApp::with(Database::new(), &[notice]).expect("a server")
}

/// Ids that the last record of whoever holds these cookies grants, a separate consent with a `!`.
async fn granted(app: &TestApp, jar: &str) -> String {
    let records = records(app, jar).await;
    let choices = records.last().expect("a record")["choices"].clone();
    let choices = choices.as_array().expect("choices").iter();
    let granted = choices.filter(|choice| choice["state"] == "granted");
    let id = |choice: &Value| {
        let mark = if choice["separate"] == true { "!" } else { "" };
        format!("{}{mark}", choice["purpose"].as_str().expect("an id"))
    };
    granted.map(id).collect::<Vec<_>>().join(" ")
}

async fn page(app: &TestApp, query: &str, headers: &[(&str, &str)]) -> String {
    let answer = get(app, query, headers).await;
    assert_eq!(answer.status, StatusCode::OK);
    String::from_utf8(answer.body).expect("UTF-8")
}

/// The jar with another cookie `zq`, as whoever can write cookies writes it.
fn forged(jar: &str, zq: &str) -> String {
    let kept = jar.split("; ").filter(|pair| !pair.starts_with("zq="));
    kept.chain([zq]).collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn a_separate_consent_that_the_signal_silences_outlives_the_saving_of_something_else() {
    let mut notice = notice("demo", "示例");
    // What recipients receive the signal turns off; `notice` has the separate consent last.
    notice.purposes[2].gpc = true;
    let app = app(notice);
    let first = jar(&post(&app, AGREE).await);
    let signals: Vec<_> = OWN
        .iter()
        .copied()
        .chain([("cookie", first.as_str()), ("sec-gpc", "1")])
        .collect();
    let shown = page(&app, "site=demo", &signals).await;
    assert!(shown.contains("form_denied"), "the signal holds: {shown}");
    let fields = body(&app.notice, "act=save&purpose=analytics");
    let then = jar(&post_with(&app, &signals, &fields).await);
    assert_eq!(granted(&app, &then).await, "analytics identity!");
    let records = records(&app, &then).await;
    assert_eq!(records[1]["event"], "changed");
    assert_eq!(records[1]["signals"]["gpc"], true);
    // Kept is not granted despite the signal: nothing was answered about it.
    let zq = then.split("; ").find(|pair| pair.starts_with("zq="));
    assert_eq!(zq.and_then(|zq| zq.split('~').nth(7)), None);
    let shown = page(&app, "site=demo", &[("cookie", &then)]).await;
    assert!(shown.contains("form_granted"), "it stands again: {shown}");
}

#[tokio::test]
async fn a_cookie_alone_grants_nothing_in_a_record() {
    let app = TestApp::new();
    let claims = "zq=1~demo~2026.11~1~analytics.identity~~";
    for (fields, expected) in [
        ("act=save", ""),
        ("act=save&purpose=analytics", "analytics"),
        ("act=accept-all", "analytics"),
        ("act=reject-all", ""),
        ("act=item&purpose=identity&answer=denied", ""),
        ("act=item&purpose=analytics&answer=granted", "analytics"),
        (AGREE, "identity!"),
        ("act=withdraw", ""),
    ] {
        let refused = jar(&post(&app, "act=reject-all").await);
        let refused = forged(&refused, claims);
        // Of nobody, and of somebody who has refused all.
        for (cookies, earlier) in [(claims, false), (&refused, true)] {
            let then = jar(&post_again(&app, cookies, fields).await);
            assert_eq!(granted(&app, &then).await, expected, "{fields}");
            let records = records(&app, &then).await;
            let last = records.last().expect("a record");
            assert_eq!(last["previous"].is_null(), !earlier, "{fields}");
            let named = then.split("; ").find(|pair| pair.starts_with("zq="));
            let named = named.and_then(|pair| pair.split('~').nth(4));
            assert_eq!(named, Some(&*expected.replace('!', "")), "{fields}");
        }
    }
}

#[tokio::test]
async fn a_record_proves_a_consent_on_its_own_version_alone() {
    for (ask_again, version, expected) in [
        (&[][..], "2026.11", "identity!"),
        (&["identity"][..], "2026.11", ""),
        // The cookie says that what changed was answered.
        (&["identity"], "2027.1", ""),
    ] {
        let old = TestApp::new();
        let first = jar(&post(&old, AGREE).await);
        let mut notice = notice("demo", "示例");
        notice.policy.version = "2027.1".into();
        notice.previous = vec![PreviousVersion {
            version: "2026.11".into(),
            ask_again: ask_again.iter().map(|&id| id.to_owned()).collect(),
        }];
        let notice = notice.seal().expect("a digest");
        let app = TestApp::with(old.database, &[notice]).unwrap();
        let cookies = forged(&first, &format!("zq=1~demo~{version}~1~identity~~"));
        let then = jar(&post_again(&app, &cookies, "act=save").await);
        assert_eq!(
            granted(&app, &then).await,
            expected,
            "{ask_again:?} {version}"
        );
    }
}

#[tokio::test]
async fn what_a_page_with_scripts_took_back_is_not_given_again() {
    let app = TestApp::new();
    let first = jar(&post(&app, AGREE).await);
    let later = forged(&first, "zq=1~demo~2026.11~1~~analytics.identity~");
    let then = jar(&post_again(&app, &later, "act=save&purpose=analytics").await);
    assert_eq!(granted(&app, &then).await, "analytics");
}

#[tokio::test]
async fn a_separate_consent_from_elsewhere_is_asked_again_and_nothing_false_is_said() {
    let app = TestApp::new();
    let shown = async |zq: &str| page(&app, "site=demo", &[("cookie", zq)]).await;
    let item = "<li>analytics</li>";
    let both = shown("zq=1~demo~2026.11~1~analytics.identity~~").await;
    assert!(both.contains(item) && both.contains("aria-describedby=\"zq-d-analytics\" checked"));
    assert!(!both.contains("<li>identity</li>") && both.contains("form_denied"));
    let separate = shown("zq=1~demo~2026.11~1~identity~analytics~etag").await;
    assert!(!separate.contains("nothing_granted") && !separate.contains("form_granted"));
    assert!(separate.contains("value=\"etag\" checked"), "{separate}");
    let nothing = shown("zq=1~demo~2026.11~1~~analytics.identity~").await;
    assert!(nothing.contains("nothing_granted"), "{nothing}");
    let own = jar(&post(&app, AGREE).await);
    let own = shown(&own).await;
    assert!(own.contains("<li>identity</li>") && own.contains("form_granted"));
}

#[tokio::test]
async fn while_the_ledger_is_away_the_form_shows_what_the_site_acts_by() {
    let app = TestApp::new();
    let own = jar(&post(&app, AGREE).await);
    app.database.take_away();
    let shown = page(&app, "site=demo", &[("cookie", &own)]).await;
    assert!(shown.contains("form_granted"), "{shown}");
    let answer = post_again(&app, &own, "act=save&purpose=analytics").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("set-cookie"), "");
    let again = String::from_utf8(answer.body).expect("UTF-8");
    assert!(again.contains("<li>identity</li>"), "{again}");
    assert!(again.contains("form_granted") && !again.contains("form_denied"));
    assert!(again.contains("aria-describedby=\"zq-d-analytics\" checked"));
}

#[tokio::test]
async fn of_a_long_history_the_last_record_is_read_alone() {
    let app = TestApp::new();
    let first = jar(&post(&app, AGREE).await);
    let then = jar(&post_again(&app, &first, "act=save&purpose=analytics").await);
    app.database
        .execute("UPDATE records SET record = salt WHERE position = 0");
    let shown = page(&app, "site=demo", &[("cookie", &then)]).await;
    assert!(shown.contains("<li>analytics</li>") && shown.contains("<li>identity</li>"));
    let answer = post_again(&app, &then, "act=withdraw").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

/// The stores look for a subject in parts of the ledger, the last part first.
#[tokio::test]
async fn the_last_answer_is_gone_on_from_however_much_came_between() {
    let app = TestApp::new();
    let mut jar = jar(&post(&app, AGREE).await);
    for (place, fields) in [
        (1 << 20, "act=save&purpose=analytics"),
        (1 << 21, "act=item&purpose=analytics&answer=denied"),
    ] {
        let move_end = format!("UPDATE sites SET size = {place}");
        app.database.execute(&move_end);
        let answer = post_again(&app, &jar, fields).await;
        jar = self::jar(&answer);
    }
    assert_eq!(granted(&app, &jar).await, "identity!");
    let records = records(&app, &jar).await;
    assert_eq!(records.len(), 3);
    for pair in records.windows(2) {
        assert_eq!(pair[1]["previous"], pair[0]["id"]);
    }
}
