//! What a person is asked, and what becomes of the answer.

use serde_json::{Value, json};
use zhiqing_tests::remote::Remote;
use zhiqing_tests::stay::Stay;

const NO_BANNER: &str = "$('.banner') === null";
const NO_SHEET: &str = "$('dialog') === null";
/// Nothing was decided: no moment, no cookie, no key.
const TRACES: &str = "[zhiqing.state().decidedAt, document.cookie, localStorage.length]";

/// Purposes whose held script of the page ran.
pub(crate) const RAN: &str = "Array.from(document.querySelectorAll('#scripts li'))
    .filter((row) => row.dataset.on === 'true').map((row) => row.dataset.demo)";

const GENERAL: [&str; 3] = ["analytics", "personalisation", "ads"];

fn no_traces() -> Value {
    json!([null, "", 0])
}

pub(crate) async fn the_banner_is_seen_and_nothing_is_kept(browser: &Remote) {
    let stay = Stay::at_the_door(browser).await;
    stay.until("seen($('.banner'))").await;
    // Wherever it came from, it stands still in the end.
    let inside = "(({ left, top, right, bottom }) => left >= 0 && top >= 0
        && right <= innerWidth && bottom <= innerHeight)($('.banner').getBoundingClientRect())";
    stay.until(inside).await;
    let width = stay.value("innerWidth").await;
    assert!(
        width.as_u64().is_some_and(|width| width <= 500),
        "a phone's: {width}"
    );

    let buttons = "$$('.banner .actions button').map((button) => {
        const { left, top, width, height } = button.getBoundingClientRect();
        const front = root.elementFromPoint(left + width / 2, top + height / 2);
        const { fontSize, fontWeight, color, backgroundColor } = getComputedStyle(button);
        return { hook: button.dataset.zq, width, height, front: front === button,
            look: [fontSize, fontWeight, color, backgroundColor].join() };
    })";
    let buttons = stay.value(buttons).await;
    let buttons = buttons.as_array().expect("buttons");
    let hooks: Vec<&Value> = buttons.iter().map(|button| &button["hook"]).collect();
    assert_eq!(hooks, ["reject-all", "preferences", "accept-all"]);
    for button in buttons {
        assert_eq!(button["front"], true, "{button} is covered");
        for side in ["width", "height"] {
            let length = |button: &Value| button[side].as_f64().expect("a length");
            let apart = (length(button) - length(&buttons[0])).abs();
            assert!(apart <= 1.0, "{side}: {buttons:?}");
            assert!(length(button) >= 44.0, "too small for a thumb: {button}");
        }
    }
    assert_eq!(
        buttons[0]["look"], buttons[2]["look"],
        "refusing looks as agreeing does"
    );

    // The page itself tried to write these when it loaded.
    let tried =
        "Array.from(document.querySelectorAll('#cookies li')).map((row) => row.dataset.demo)";
    assert_eq!(
        stay.value(tried).await,
        json!(["Hm_lvt_demo", "sensorsdata2015jssdkcross", "cna"])
    );
    nothing_is_kept(&stay).await;
    assert_eq!(stay.value(RAN).await, json!([]));
    let elsewhere = "performance.getEntriesByType('resource').map((entry) => entry.name)
        .filter((name) => !name.startsWith(location.origin + '/sites/') && !name.startsWith('data:'))";
    assert_eq!(stay.value(elsewhere).await, json!([]));

    stay.ready().await;
    nothing_is_kept(&stay).await;
    assert_eq!(stay.purposes().await, stay.expected(&[], "unset"));
    assert_eq!(stay.value("seen($('.banner'))").await, true);
}

async fn nothing_is_kept(stay: &Stay<'_>) {
    assert_eq!(
        stay.value(TRACES).await,
        no_traces(),
        "moment, cookies, keys"
    );
    assert_eq!(stay.value("sessionStorage.length").await, 0);
    let databases = "indexedDB.databases ? indexedDB.databases() : []";
    assert_eq!(stay.value(databases).await, json!([]));
    let caches = "window.caches ? caches.keys() : []";
    assert_eq!(stay.value(caches).await, json!([]));
}

pub(crate) async fn a_decision_is_kept_and_enforced(browser: &Remote) {
    let cookies = ["Hm_lvt_demo", "cna", "sensorsdata2015jssdkcross", "zq"];
    let stay = Stay::first(browser).await;
    stay.click_hook("accept-all").await;
    decided(&stay, &GENERAL, &cookies).await;

    let stay = Stay::first(browser).await;
    stay.click_hook("reject-all").await;
    decided(&stay, &[], &["zq"]).await;
    // The page's own link still works, and opens what stands.
    stay.tap("document.querySelector('a[data-zq=preferences]')")
        .await;
    stay.until("$('dialog.preferences')").await;
    let on = "$$('dialog [data-zq-purpose]:checked').map((input) => input.dataset.zqPurpose)";
    assert_eq!(stay.value(on).await, json!(["service"]));

    let stay = Stay::first(browser).await;
    stay.click_hook("preferences").await;
    stay.click("[data-zq-purpose=analytics]").await;
    stay.click("[data-zq-technology=etag]").await;
    stay.click_hook("save").await;
    decided(&stay, &["analytics"], &["Hm_lvt_demo", "zq"]).await;
    let etag = stay.value("zhiqing.state().technologies.etag").await;
    assert_eq!(etag, "refused");
}

/// These purposes are granted, and these cookies are there; so it is when the page is loaded again.
async fn decided(stay: &Stay<'_>, granted: &[&str], cookies: &[&str]) {
    stay.until("zhiqing.state().decidedAt").await;
    let state = stay.value("zhiqing.state()").await;
    assert_eq!(state["purposes"], stay.expected(granted, "denied"));
    let held = async || {
        stay.until(NO_BANNER).await;
        stay.until(&format!("({RAN}).length === {}", granted.len()))
            .await;
        assert_eq!(stay.value(RAN).await, json!(granted));
        assert_eq!(stay.value("names()").await, json!(cookies));
    };
    held().await;
    stay.again().await;
    assert_eq!(stay.value("zhiqing.state()").await, state);
    held().await;
}

pub(crate) async fn nothing_is_preselected_and_leaving_decides_nothing(browser: &Remote) {
    let stay = Stay::first(browser).await;
    stay.click_hook("preferences").await;
    stay.until("$('dialog.preferences')").await;
    let on = "$$('dialog :checked').map((input) => input.dataset.zqPurpose)";
    assert_eq!(stay.value(on).await, json!(["service"]));
    let fixed = "$$('dialog [data-zq-purpose]:disabled').map((input) => input.dataset.zqPurpose)";
    // What needs no consent, and what only a guardian can give.
    assert_eq!(stay.value(fixed).await, json!(["service", "child"]));
    let offered = "$$('dialog [data-zq-technology]').map((input) => input.dataset.zqTechnology)";
    assert_eq!(stay.value(offered).await, stay.notice()["technologies"]);

    stay.click("[data-zq-purpose=analytics]").await;
    stay.click_hook("close").await;
    stay.until(NO_SHEET).await;
    assert_eq!(stay.value(TRACES).await, no_traces());
    assert_eq!(stay.value("seen($('.banner'))").await, true);
    stay.click_hook("preferences").await;
    stay.until("$('dialog.preferences')").await;
    assert_eq!(
        stay.value(on).await,
        json!(["service"]),
        "the draft is forgotten"
    );

    // Details of a purpose open in their place.
    stay.click("article summary").await;
    stay.until("seen($('details[open] dl'))").await;
    stay.click("[data-zq-purpose=ads]").await;
    stay.click_hook("save").await;
    stay.until("zhiqing.state().decidedAt").await;
    assert_eq!(stay.purposes().await, stay.expected(&["ads"], "denied"));
}

pub(crate) async fn a_separate_consent_has_its_own_step(browser: &Remote) {
    let stay = Stay::first(browser).await;
    stay.value("zhiqing.accept(['location']) && null").await;
    the_step_on_location_says_everything(&stay).await;
    assert_eq!(stay.value(TRACES).await, no_traces());
    stay.click_hook("save").await;
    stay.until("zhiqing.state().decidedAt").await;
    assert_eq!(stay.purposes().await, stay.expected(&["location"], "unset"));
    assert_eq!(stay.value(NO_SHEET).await, true);
    assert_eq!(stay.value(RAN).await, json!(["location"]));
    assert_eq!(stay.value(NO_BANNER).await, false, "the others wait");
    let record = stay.record().await;
    assert_eq!(record["method"], "item");
    assert_eq!(record["choices"], stay.choices(&[], &["location"]));

    // A switch leads through the same step.
    stay.click_hook("preferences").await;
    stay.click("[data-zq-purpose=voice]").await;
    stay.until("$('dialog.step')").await;
    stay.click_hook("refuse").await;
    stay.until("$('dialog.preferences')").await;
    let is_on = "$('dialog.preferences [data-zq-purpose=voice]').checked";
    assert_eq!(stay.value(is_on).await, false, "refused in the step");
}

/// Who receives what, why and how, and what follows from refusing (PIPL 23, 30, 39).
async fn the_step_on_location_says_everything(stay: &Stay<'_>) {
    stay.until("$('dialog.step')").await;
    let notice = stay.notice();
    let find = |list: &str, id: &str| {
        let mut list = notice[list].as_array().expect("a list").iter();
        list.find(|one| one["id"] == id).expect("an entry").clone()
    };
    let purpose = find("purposes", "location");
    let recipient = find("recipients", "xunjing");
    let shown = stay.value("$('dialog.step').textContent").await;
    let shown = shown.as_str().expect("text");
    for text in [
        &purpose["name"],
        &purpose["description"],
        &purpose["refusal"],
        &recipient["name"],
        &recipient["contact"],
        &recipient["purpose"],
        &recipient["method"],
        &recipient["country"],
    ] {
        let text = text.as_str().expect("text");
        assert!(shown.contains(text), "{text:?} is not in {shown:?}");
    }
    let alike =
        "(([a, b]) => Math.abs(a.width - b.width) <= 1 && Math.abs(a.height - b.height) <= 1)
        ($$('dialog .actions button').map((button) => button.getBoundingClientRect()))";
    assert_eq!(
        stay.value(alike).await,
        true,
        "agreeing and refusing are alike"
    );
}

pub(crate) async fn a_permission_is_asked_for_just_in_time(browser: &Remote) {
    let stay = Stay::first(browser).await;
    // The page waits for the answer as a function would; `value` would wait with it.
    let ask = "void (window.answer = '', zhiqing.permission('location').then((it) => { window.answer = it; }))";
    let answered = async |hook: &str| {
        stay.value(ask).await;
        stay.until("$('dialog.step')").await;
        stay.click_hook(hook).await;
        stay.until(NO_SHEET).await;
        stay.until("window.answer").await
    };
    assert_eq!(answered("close").await, "denied");
    assert_eq!(
        stay.value(TRACES).await,
        no_traces(),
        "closing is no answer"
    );
    // The page may not put the same question again by itself, but a tap of the person may.
    let again = stay.value("zhiqing.permission('location')").await;
    assert_eq!(again, "denied");
    stay.tap("document.querySelector('h1')").await;
    assert_eq!(answered("save").await, "granted");
    assert_eq!(stay.purposes().await, stay.expected(&["location"], "unset"));
    // What is granted is not asked again.
    let again = stay.value("zhiqing.permission('location')").await;
    assert_eq!(again, "granted");
    assert_eq!(stay.value(NO_SHEET).await, true);
}
