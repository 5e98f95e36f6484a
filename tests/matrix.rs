//! The gate in a real browser: every technology, in every state and mode, by every way in.
//!
//! A collector on another origin, the browser's own log of its network and its stores must agree.

#[path = "matrix/field.rs"]
mod field;

use field::{Field, State};
use serde_json::{Value, json};

const WITHHELD: [State; 3] = [State::Undecided, State::Refused, State::Withdrawn];

#[tokio::test]
async fn without_a_guard_every_way_leads_there() {
    let field = Field::bare().await;
    let seen = field.go("c", "t").await;
    assert_eq!(seen.missing(), Vec::<String>::new());
    field.end().await;
}

#[tokio::test]
async fn what_is_listed_is_held_back_until_it_is_granted() {
    for state in WITHHELD {
        let field = Field::guarded("listed", state).await;
        let seen = field.go("c", "t").await;
        assert_eq!(seen.there(), Vec::<String>::new(), "{state:?}");
        assert_eq!(seen.errors, json!([]), "{state:?}");
        field.end().await;
    }
    let field = Field::guarded("listed", State::Granted).await;
    let seen = field.go("c", "t").await;
    assert_eq!(seen.missing(), Vec::<String>::new());
    assert_eq!(field.value("zhiqing.held()").await, json!([]));
    field.end().await;
}

#[tokio::test]
async fn a_strict_site_holds_back_what_nobody_declared_too() {
    for state in WITHHELD {
        let field = Field::guarded("strict", state).await;
        let seen = field.go("c", "t").await;
        assert_eq!(seen.there(), Vec::<String>::new(), "{state:?}");
        assert_eq!(seen.errors, json!([]), "{state:?}");
        field.end().await;
    }
    let field = Field::guarded("strict", State::Granted).await;
    let seen = field.go("c", "t").await;
    assert_eq!(seen.missing(), Vec::<String>::new(), "listed and granted");
    let seen = field.go("nobodys", "n").await;
    assert_eq!(seen.there(), Vec::<String>::new(), "of nobody");
    assert_eq!(seen.errors, json!([]));
    field.end().await;
}

#[tokio::test]
async fn what_nobody_lists_passes_where_the_site_is_not_strict() {
    let field = Field::guarded("listed", State::Undecided).await;
    let seen = field.go("nobodys", "n").await;
    assert_eq!(seen.missing(), Vec::<String>::new());
    assert_eq!(seen.errors, json!([]));
    field.end().await;
}

#[tokio::test]
async fn a_site_that_reports_lets_everything_pass_and_lists_it() {
    let field = Field::guarded("report", State::Undecided).await;
    let seen = field.go("c", "t").await;
    assert_eq!(seen.missing(), Vec::<String>::new());
    let held = field.value("zhiqing.held()").await;
    let held = held.as_array().expect("a list");
    // What workers do is told by none of them.
    let told = seen.ways();
    let told = told.iter().filter(|name| !name.contains("worker"));
    let declared = held.iter().filter(|row| row["purpose"] == "ads");
    assert_eq!(declared.count(), told.count(), "{held:?}");
    let first = json!({ "technology": "request", "key": "localhost/c/0", "purpose": "ads" });
    assert_eq!(held[0], first);
    let nobody = json!({ "technology": "request", "key": "0.invalid/", "purpose": null });
    assert!(held.contains(&nobody), "{held:?}");
    field.end().await;
}

/// Loads in the order in which a page makes them, and sends.
const MADE: &str = "(async () => {
    const C = PLACE;
    const put = (tag, properties) => document.body.appendChild(Object.assign(document.createElement(tag), properties));
    put('img', { src: C + 'first' });
    put('iframe', { src: C + 'second' });
    put('script', { async: false, src: C + 'third' });
    put('script', { async: false, src: C + 'fourth' });
    put('div', {}).innerHTML = '<img src=\"' + C + 'fifth\">';
    fetch(C + 'sent', { mode: 'no-cors' });
    navigator.sendBeacon(C + 'sent', 'x');
    new Image().src = C + 'sent';
    document.cookie = 't_early=1';
    localStorage.t_early = '1';
    return document.querySelectorAll('[data-purpose=ads]').length;
})()";

#[tokio::test]
async fn loads_wait_and_come_in_their_order_and_sends_and_writes_are_dropped() {
    let field = Field::guarded("listed", State::Undecided).await;
    let made = MADE.replace("PLACE", &json!(field.address("c")).to_string());
    assert_eq!(field.value(&made).await, 5);
    field
        .value("new Promise((done) => setTimeout(done, 300))")
        .await;
    assert_eq!(field.paths(), Vec::<String>::new());
    field.value("zhiqing.accept()").await;
    field.until_received("/c/fifth").await;
    field.until("window.ran?.length === 2").await;
    assert_eq!(field.value("ran").await, json!(["third", "fourth"]));
    // What is asked for at once may overtake on its way.
    let mut paths = field.paths();
    paths.sort();
    assert_eq!(
        paths,
        ["/c/fifth", "/c/first", "/c/fourth", "/c/second", "/c/third"]
    );
    assert_eq!(
        field.value("document.cookie.includes('early')").await,
        false
    );
    assert_eq!(
        field
            .value("Object.keys(localStorage).filter((key) => key.startsWith('t_'))")
            .await,
        json!([])
    );
    field.end().await;
}

#[tokio::test]
async fn a_refused_technology_goes_by_no_way_of_its_own_and_by_all_others() {
    let field = Field::guarded("listed", State::Granted).await;
    field.refuse(&["beacon", "cookie"]).await;
    let seen = field.go("c", "t").await;
    let refused: Vec<String> = seen
        .ways()
        .into_iter()
        .filter(|way| way.starts_with("beacon") || way.starts_with("cookie"))
        .collect();
    assert!(refused.len() > 5, "{refused:?}");
    assert_eq!(seen.missing(), refused);
    field.end().await;
}

/// What a browser says to a server about what its cache remembers.
fn conditions(field: &Field, path: &str) -> Vec<Value> {
    field.headers(path, "if-none-match")
}

#[tokio::test]
async fn a_refused_etag_is_never_sent_back() {
    let ask = "(async (address) => {
        for (let at = 0; at < 3; at++) {
            await fetch(address);
            await new Promise((done) => {
                const request = new XMLHttpRequest();
                request.open('GET', address);
                request.onloadend = done;
                request.send();
            });
        }
    })";
    let field = Field::guarded("listed", State::Granted).await;
    let address = json!(field.address("etag") + "id").to_string();
    field.value(&format!("{ask}({address})")).await;
    let sent = conditions(&field, "/etag/id");
    assert_eq!(sent.len(), 6);
    assert!(sent.iter().any(Value::is_string), "the control: {sent:?}");
    field.refuse(&["etag"]).await;
    field.value(&format!("{ask}({address})")).await;
    let sent = conditions(&field, "/etag/id");
    assert_eq!(sent.len(), 12, "{sent:?}");
    assert_eq!(sent[6..], vec![Value::Null; 6], "{sent:?}");
    field.end().await;
}
