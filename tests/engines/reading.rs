//! The policy, the rights, and everything by keys.

use crate::asking::RAN;
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::fs;
use zhiqing_tests::remote::Remote;
use zhiqing_tests::stay::Stay;
use zhiqing_tests::text::{assert_same, squeezed};

const NO_SHEET: &str = "$('dialog') === null";
/// The element that has the focus, through our shadow root.
const FOCUSED: &str = "((root && root.activeElement) || document.activeElement)";

fn text(value: &Value) -> String {
    squeezed(value.as_str().expect("text"))
}

pub(crate) async fn the_policy_is_complete_and_opens_at_a_clause(browser: &Remote) {
    let stay = Stay::first(browser).await;
    stay.click_hook("policy").await;
    let shown = "$('dialog.policy [data-zq-document]') && $('[data-zq-document]').textContent";
    let shown = stay.until(shown).await;
    let policy = fs::read_to_string(stay.site.folder().join("policy.txt")).expect("the policy");
    assert_same(&text(&shown), &squeezed(&policy), "the policy's sheet");
    let marked = "$$('[data-zq-document] .sensitive mark').filter(seen).length";
    stay.until(marked).await;
    let wide = stay.value("document.documentElement.scrollWidth <= innerWidth");
    assert_eq!(wide.await, true, "the page scrolls sideways");
    stay.click_hook("close").await;
    stay.until(NO_SHEET).await;

    let policy = stay.server.json("/v1/policies/youtu/2026.11");
    let clauses = policy["clauses"].as_array().expect("clauses");
    // Far down, and long enough to be told from others.
    let mut long = clauses
        .iter()
        .rev()
        .filter(|clause| text(&clause["text"]).chars().count() > 30);
    let clause = long.next().expect("a long clause");
    let id = clause["id"].as_str().expect("an id");
    let link = format!(
        "document.querySelector('nav').insertAdjacentHTML('beforeend', '<a href=\"#x\" data-zq=\"policy\" data-zq-clause=\"{id}\">there</a>')"
    );
    stay.value(&link).await;
    stay.tap(&format!(
        "document.querySelector('[data-zq-clause=\"{id}\"]')"
    ))
    .await;
    stay.until("$('dialog.policy [data-zq-document]')").await;
    let there = format!(
        "((clause, body) => $('dialog .body').scrollTop > 0 && clause.bottom > body.top
            && clause.top < body.bottom)($('#{id}').getBoundingClientRect(),
            $('dialog .body').getBoundingClientRect())"
    );
    stay.until(&there).await;
    let found = stay.value(&format!("$('#{id}').textContent")).await;
    assert_eq!(text(&found), text(&clause["text"]));
}

pub(crate) async fn the_rights_lead_to_receipt_and_withdrawal(browser: &Remote) {
    let stay = Stay::first(browser).await;
    stay.click_hook("accept-all").await;
    stay.receipts(1).await;
    stay.tap("document.querySelector('nav [data-zq=rights]')")
        .await;
    stay.until("$('dialog.rights [data-zq=receipt]')").await;
    let hooks = stay
        .value("$$('dialog.rights [data-zq]').map((it) => it.dataset.zq)")
        .await;
    for hook in ["receipt", "withdraw", "preferences", "policy", "close"] {
        let hooks = hooks.as_array().expect("hooks");
        assert!(hooks.contains(&hook.into()), "{hook} is not in {hooks:?}");
    }
    stay.click_hook("withdraw").await;
    stay.until("zhiqing.state().purposes.ads === 'denied'")
        .await;
    assert_eq!(stay.purposes().await, stay.expected(&[], "denied"));
    let history = stay.receipts(2).await;
    assert_eq!(history[1]["record"]["event"], "withdrawn");
    stay.again().await;
    assert_eq!(stay.value(RAN).await, json!([]));
    assert_eq!(stay.value("names()").await, json!(["zq"]));
}

/// No view has more stops than this.
const MANY: usize = 120;

/// Presses Tab until the focus is on what a selector of ours, or of the page's, finds.
async fn tab_to(stay: &Stay<'_>, selector: &str) {
    let there = format!("{FOCUSED}.matches({})", json!(selector));
    let stop = format!("{FOCUSED}.outerHTML.slice(0, 60)");
    let mut stops = Vec::new();
    while stops.len() < MANY {
        stay.press(&[Key::Tab]).await;
        if stay.value(&there).await == true {
            return;
        }
        stops.push(stay.value(&stop).await);
    }
    panic!("no key leads to {selector}: {stops:?}");
}

async fn use_key(stay: &Stay<'_>, selector: &str, key: Key) {
    tab_to(stay, selector).await;
    stay.press(&[key]).await;
}

pub(crate) async fn keys_reach_and_leave_everything(browser: &Remote) {
    let stay = Stay::first(browser).await;
    // What is in the page's own view first has the focus.
    stay.value("document.body.focus()").await;
    let mut stops = Vec::new();
    for _ in 0..5 {
        stay.press(&[Key::Tab]).await;
        stops.push(stay.value(&format!("{FOCUSED}.dataset.zq")).await);
    }
    let expected = [
        "policy",
        "reject-all",
        "preferences",
        "accept-all",
        "preferences",
    ];
    assert_eq!(stops, expected, "the banner, then the page");
    stay.press(&[Key::Shift, Key::Tab]).await;
    let back = stay.value(&format!("{FOCUSED}.dataset.zq")).await;
    assert_eq!(back, "accept-all", "and back");
    stay.press(&[Key::Shift, Key::Tab]).await;

    stay.press(&[Key::Enter]).await;
    stay.until("$('dialog.preferences')").await;
    stay.until("$('dialog').contains(root.activeElement)").await;
    use_key(&stay, "[data-zq-purpose=analytics]", Key::Space).await;
    assert_eq!(stay.value(&format!("{FOCUSED}.checked")).await, true);
    stay.press(&[Key::Escape]).await;
    stay.until(NO_SHEET).await;
    let stop = stay.value(&format!("{FOCUSED}.dataset.zq")).await;
    assert_eq!(stop, "preferences", "the focus is back where it was");
    assert_eq!(stay.value("zhiqing.state().decidedAt").await, Value::Null);

    stay.press(&[Key::Enter]).await;
    stay.until("$('dialog.preferences')").await;
    use_key(&stay, "[data-zq-purpose=analytics]", Key::Space).await;
    use_key(&stay, "[data-zq-purpose=location]", Key::Space).await;
    stay.until("$('dialog.step')").await;
    use_key(&stay, "[data-zq=save]", Key::Enter).await;
    stay.until("$('dialog.preferences')").await;
    let stop = format!("{FOCUSED}.dataset.zqPurpose");
    assert_eq!(stay.value(&stop).await, "location");
    use_key(&stay, "[data-zq=save]", Key::Enter).await;
    stay.until("zhiqing.state().decidedAt").await;
    let granted = ["analytics", "location"];
    assert_eq!(stay.purposes().await, stay.expected(&granted, "denied"));
}
