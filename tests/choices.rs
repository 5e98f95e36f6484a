//! What each way of answering grants, refuses and leaves open.

use serde_json::{Value, json};
use zhiqing_tests::Visit;

const NO_BANNER: &str = "$('.banner') === null";
const NO_SHEET: &str = "$('dialog') === null";
/// Nothing was decided: no moment, no cookie, no key.
const TRACES: &str = "[zhiqing.state().decidedAt, document.cookie, localStorage.length]";

fn no_traces() -> Value {
    json!([null, "", 0])
}

#[tokio::test]
async fn accepting_all_grants_the_general_purposes_and_no_separate_one() {
    let visit = Visit::first().await;
    visit.click_hook("accept-all").await;
    visit.until("zhiqing.state().decidedAt").await;
    let general = ["analytics", "personalisation", "ads"];
    assert_eq!(visit.purposes().await, visit.expected(&general, "denied"));
    assert_eq!(visit.value(NO_BANNER).await, true);
    let written = json!(["Hm_lvt_demo", "cna", "sensorsdata2015jssdkcross", "zq"]);
    assert_eq!(visit.value("names()").await, written);
    assert_eq!(visit.value("[...demo.done]").await, json!(general));
    let record = visit.record().await;
    assert_eq!(record["event"], "given");
    assert_eq!(record["method"], "accept_all");
    assert_eq!(record["choices"], visit.choices(&general, &[]));
    assert_eq!(record["technologies"], json!({}));
    visit.end().await;
}

#[tokio::test]
async fn refusing_all_is_one_tap_and_leaves_the_page_usable() {
    let visit = Visit::first().await;
    visit.click_hook("reject-all").await;
    visit.until("zhiqing.state().decidedAt").await;
    assert_eq!(visit.purposes().await, visit.expected(&[], "denied"));
    assert_eq!(visit.value(NO_BANNER).await, true);
    assert_eq!(visit.value("names()").await, json!(["zq"]));
    assert_eq!(visit.value("demo.done.size").await, 0);
    let record = visit.record().await;
    assert_eq!(record["event"], "refused");
    assert_eq!(record["method"], "reject_all");
    assert_eq!(record["choices"], visit.choices(&[], &[]));

    visit.again().await;
    assert_eq!(visit.value(NO_BANNER).await, true, "nobody is asked again");
    // The page's own link still works, and opens what stands.
    visit
        .tap("document.querySelector('a[data-zq=preferences]')")
        .await;
    visit.until("$('dialog.preferences')").await;
    let on = "$$('dialog [data-zq-purpose]:checked').map((input) => input.dataset.zqPurpose)";
    assert_eq!(visit.value(on).await, json!(["service"]));
    visit.click_hook("close").await;
    visit.until(NO_SHEET).await;
    assert_eq!(visit.receipts(1).await.len(), 1, "looking is no decision");
    visit.end().await;
}

#[tokio::test]
async fn a_separate_consent_is_asked_in_a_step_that_says_everything() {
    let visit = Visit::first().await;
    visit.value("zhiqing.accept(['location'])").await;
    the_step_on_location_says_everything(&visit).await;
    assert_eq!(visit.purposes().await, visit.expected(&[], "unset"));
    assert_eq!(visit.value(TRACES).await, no_traces());

    visit.click_hook("save").await;
    visit.until("zhiqing.state().decidedAt").await;
    assert_eq!(
        visit.purposes().await,
        visit.expected(&["location"], "unset")
    );
    assert_eq!(visit.value(NO_SHEET).await, true);
    assert_eq!(visit.value("[...demo.done]").await, json!(["location"]));
    assert_eq!(visit.value("names()").await, json!(["zq"]));
    assert_eq!(
        visit.value(NO_BANNER).await,
        false,
        "the others wait for an answer"
    );
    let record = visit.record().await;
    assert_eq!(record["event"], "given");
    assert_eq!(record["method"], "item");
    assert_eq!(record["choices"], visit.choices(&[], &["location"]));
    visit.end().await;
}

/// Who receives what, why and how, and what follows from refusing (PIPL 23, 30, 39).
async fn the_step_on_location_says_everything(visit: &Visit) {
    visit.until("$('dialog.step')").await;
    let notice = visit.notice();
    let find = |list: &str, id: &str| {
        let list = notice[list].as_array().expect("a list").iter();
        list.clone().find(|one| one["id"] == id).expect("an entry")
    };
    let purpose = find("purposes", "location");
    let recipient = find("recipients", "xunjing");
    let shown = visit.value("$('dialog.step').innerText").await;
    let shown = shown.as_str().expect("text");
    let strings = [
        &purpose["name"],
        &purpose["description"],
        &purpose["refusal"],
        &recipient["name"],
        &recipient["contact"],
        &recipient["purpose"],
        &recipient["method"],
        &recipient["country"],
    ];
    let lists = [&purpose["data"], &recipient["data"]];
    let lists = lists
        .iter()
        .flat_map(|list| list.as_array().expect("a list"));
    for text in strings.into_iter().chain(lists) {
        let text = text.as_str().expect("text");
        assert!(
            !text.is_empty() && shown.contains(text),
            "{text:?} is not in {shown:?}"
        );
    }
    let equal = "(() => { const [a, b] = $$('dialog .actions button')
        .map((button) => button.getBoundingClientRect());
        return Math.abs(a.width - b.width) <= 1 && Math.abs(a.height - b.height) <= 1; })()";
    assert_eq!(
        visit.value(equal).await,
        true,
        "agreeing and refusing are alike"
    );
}

#[tokio::test]
async fn refusing_in_the_step_grants_nothing() {
    let visit = Visit::first().await;
    visit.value("zhiqing.accept(['location'])").await;
    visit.click_hook("refuse").await;
    visit.until("zhiqing.state().decidedAt").await;
    let mut expected = visit.expected(&[], "unset");
    expected["location"] = "denied".into();
    assert_eq!(visit.purposes().await, expected);
    assert_eq!(visit.value("demo.done.size").await, 0);
    let record = visit.record().await;
    assert_eq!(record["event"], "refused");
    assert_eq!(record["method"], "item");
    assert_eq!(record["choices"], visit.choices(&[], &[]));
    visit.end().await;
}

#[tokio::test]
async fn a_switch_of_a_separate_consent_leads_through_its_step() {
    let visit = Visit::first().await;
    visit.click_hook("preferences").await;
    let switch = "[data-zq-purpose=location]";
    let is_on = "$('dialog.preferences [data-zq-purpose=location]').checked";
    visit.click(switch).await;
    visit.until("$('dialog.step')").await;
    visit.click_hook("refuse").await;
    visit.until("$('dialog.preferences')").await;
    assert_eq!(visit.value(is_on).await, false, "refused in the step");
    visit.click(switch).await;
    visit.until("$('dialog.step')").await;
    visit.click_hook("save").await;
    visit.until("$('dialog.preferences')").await;
    assert_eq!(visit.value(is_on).await, true, "agreed in the step");
    assert_eq!(visit.value(TRACES).await, no_traces(), "and not saved yet");

    visit.click_hook("save").await;
    visit.until("zhiqing.state().decidedAt").await;
    assert_eq!(
        visit.purposes().await,
        visit.expected(&["location"], "denied")
    );
    let record = visit.record().await;
    assert_eq!(record["method"], "save");
    assert_eq!(record["choices"], visit.choices(&[], &["location"]));
    visit.end().await;
}

#[tokio::test]
async fn leaving_the_preferences_decides_nothing() {
    let visit = Visit::first().await;
    visit.click_hook("preferences").await;
    visit.click("[data-zq-purpose=analytics]").await;
    visit.escape().await;
    visit.until(NO_SHEET).await;
    nothing_is_decided(&visit).await;

    visit.click_hook("preferences").await;
    visit.until("$('dialog.preferences')").await;
    let on = "$$('dialog [data-zq-purpose]:checked').map((input) => input.dataset.zqPurpose)";
    assert_eq!(
        visit.value(on).await,
        json!(["service"]),
        "the draft is forgotten"
    );
    visit.click("[data-zq-purpose=ads]").await;
    visit.click_hook("close").await;
    visit.until(NO_SHEET).await;
    nothing_is_decided(&visit).await;
    visit.end().await;
}

async fn nothing_is_decided(visit: &Visit) {
    assert_eq!(visit.purposes().await, visit.expected(&[], "unset"));
    assert_eq!(visit.value(TRACES).await, no_traces());
    assert_eq!(visit.value("demo.done.size").await, 0);
    assert_eq!(visit.value("$('.banner').checkVisibility()").await, true);
}

#[tokio::test]
async fn a_permission_is_asked_for_just_in_time() {
    let visit = Visit::first().await;
    // The page waits for the answer as a function would; `value` would wait with it.
    visit
        .value("void (window.answer = zhiqing.permission('location'))")
        .await;
    the_step_is_closed_with(&visit, "close").await;
    assert_eq!(visit.value("answer").await, "denied");
    assert_eq!(
        visit.value(TRACES).await,
        no_traces(),
        "closing is no answer"
    );

    // The page may not put the same question again by itself, but a tap of the person may.
    assert_eq!(
        visit.value("zhiqing.permission('location')").await,
        "denied"
    );
    visit.tap("document.querySelector('h1')").await;
    visit
        .value("void (window.answer = zhiqing.permission('location'))")
        .await;
    the_step_is_closed_with(&visit, "save").await;
    assert_eq!(visit.value("answer").await, "granted");
    assert_eq!(
        visit.purposes().await,
        visit.expected(&["location"], "unset")
    );
    // What is granted is not asked again.
    assert_eq!(
        visit.value("zhiqing.permission('location')").await,
        "granted"
    );
    assert_eq!(visit.value(NO_SHEET).await, true);
    visit.end().await;
}

async fn the_step_is_closed_with(visit: &Visit, hook: &str) {
    visit.until("$('dialog.step')").await;
    visit.click_hook(hook).await;
    visit.until(NO_SHEET).await;
}

#[tokio::test]
async fn withdrawing_one_purpose_leaves_the_others() {
    let visit = Visit::first().await;
    visit.value("zhiqing.accept()").await;
    visit.receipts(1).await;
    let state = visit.value("zhiqing.withdraw(['analytics'])").await;
    let left = ["personalisation", "ads"];
    assert_eq!(state["purposes"], visit.expected(&left, "denied"));
    assert_eq!(visit.purposes().await, state["purposes"]);
    let kept = json!(["cna", "sensorsdata2015jssdkcross", "zq"]);
    assert_eq!(visit.value("names()").await, kept);
    let history = visit.receipts(2).await;
    assert_eq!(history[1]["record"]["event"], "withdrawn");
    assert_eq!(history[1]["record"]["choices"], visit.choices(&left, &[]));
    visit.end().await;
}

#[tokio::test]
async fn a_wrong_id_is_an_error_and_changes_nothing() {
    let visit = Visit::first().await;
    for call in [
        "accept(['analytics', 'nonsense'])",
        "withdraw(['service'])",
        "permission('x')",
        "show('x')",
    ] {
        let code = format!(
            "zhiqing.{call}.then(() => 'done', (error) => error instanceof Error && error.code)"
        );
        assert_eq!(visit.value(&code).await, "argument", "{call}");
    }
    assert_eq!(visit.purposes().await, visit.expected(&[], "unset"));
    assert_eq!(visit.value(TRACES).await, no_traces());
    visit.end().await;
}

#[tokio::test]
async fn garbage_in_the_cookie_is_undecided() {
    let visit = Visit::first().await;
    for garbage in [
        "",
        "granted",
        "1~youtu~2026.11~1763690000~analytics~analytics~",
        "1~youtu~2026.11~1763690000~analytics.ads~",
        "1~other~2026.11~1763690000~analytics.ads~~",
        "2~youtu~2026.11~1763690000~analytics.ads~~",
        "1~youtu~2026.11~-1~analytics.ads~~",
        "%00%ff",
    ] {
        visit
            .value(&format!("document.cookie = 'zq={garbage}; Path=/'"))
            .await;
        visit.again().await;
        assert_eq!(
            visit.value("names()").await,
            json!(["zq"]),
            "{garbage:?} is there"
        );
        assert_eq!(
            visit.purposes().await,
            visit.expected(&[], "unset"),
            "{garbage:?}"
        );
        assert_eq!(
            visit.value("$('.banner').checkVisibility()").await,
            true,
            "{garbage:?}"
        );
        assert_eq!(visit.value("demo.done.size").await, 0, "{garbage:?}");
    }
    // The same form with nothing wrong in it is a decision: the cases above fail for their faults.
    let good = "1~youtu~2026.11~1763690000~analytics.ads~~";
    visit
        .value(&format!("document.cookie = 'zq={good}; Path=/'"))
        .await;
    visit.again().await;
    assert_eq!(
        visit.purposes().await,
        visit.expected(&["analytics", "ads"], "unset")
    );
    visit.end().await;
}

#[tokio::test]
async fn the_policy_opens_at_a_clause() {
    let visit = Visit::first().await;
    let policy = visit.server.json("/v1/policies/youtu/2026.11");
    let clauses = policy["clauses"].as_array().expect("clauses");
    // Far down, and long enough to be told from others.
    let long = |clause: &&Value| {
        clause["text"]
            .as_str()
            .is_some_and(|text| text.chars().count() > 30)
    };
    let clause = clauses.iter().rev().find(long).expect("a long clause");
    let id = clause["id"].as_str().expect("an id");
    let link = format!(
        "document.querySelector('nav').insertAdjacentHTML('beforeend', '<a href=\"#x\" data-zq=\"policy\" data-zq-clause=\"{id}\">there</a>')"
    );
    visit.value(&link).await;
    visit
        .tap(&format!(
            "document.querySelector('[data-zq-clause=\"{id}\"]')"
        ))
        .await;
    visit.until("$('dialog.policy [data-zq-document]')").await;
    let there = format!(
        "(() => {{ const {{ top, bottom }} = $('#{id}').getBoundingClientRect();
        const body = $('dialog .body').getBoundingClientRect();
        return $('dialog .body').scrollTop > 0 && bottom > body.top && top < body.bottom; }})()"
    );
    visit.until(&there).await;
    let text = visit.value(&format!("$('#{id}').textContent")).await;
    let squeezed = |text: &Value| zhiqing_tests::text::squeezed(text.as_str().expect("text"));
    assert_eq!(squeezed(&text), squeezed(&clause["text"]));
    visit.end().await;
}
