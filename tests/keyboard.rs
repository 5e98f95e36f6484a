//! Everything by keys alone (WCAG 2.2, 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11), and what a screen reader
//! is told.

use fantoccini::key::Key;
use serde_json::{Value, json};
use zhiqing_tests::{STATES, Visit};

/// See there. It defines `faults`.
const MEASURES: &str = include_str!("access.js");

/// The element that has the focus, through our shadow root.
const FOCUSED: &str = "(root?.activeElement ?? document.activeElement)";

/// What has the focus, in a word: a hook of ours, a control's purpose or technology, else the
/// element's name.
const STOP: &str = "((it) => it.dataset.zq ?? it.dataset.zqPurpose ?? it.dataset.zqTechnology
    ?? (it.id || it.localName))(root?.activeElement ?? document.activeElement)";

/// No view has more stops than this.
const MANY: usize = 400;

/// Presses Tab until the focus is on what a selector of ours, or of the page's, finds.
async fn tab_to(visit: &Visit, selector: &str) {
    let there = format!("{FOCUSED}.matches({})", json!(selector));
    let mut stops = Vec::new();
    while stops.len() < MANY {
        visit.press(&[Key::Tab]).await;
        if visit.value(&there).await == true {
            return;
        }
        stops.push(visit.value(STOP).await);
    }
    panic!("no key leads to {selector}: {stops:?}");
}

async fn use_key(visit: &Visit, selector: &str, key: Key) {
    tab_to(visit, selector).await;
    visit.press(&[key]).await;
}

/// Opens the preferences and in them the details of a separate consent.
async fn open_details(visit: &Visit) {
    use_key(visit, "[data-zq=preferences]", Key::Enter).await;
    visit.until("$('dialog.preferences')").await;
    let summary = "article:has([data-zq-purpose=overseas]) summary";
    use_key(visit, summary, Key::Enter).await;
}

async fn reached(name: &str) -> Visit {
    let state = STATES.iter().find(|state| state.name == name);
    state.expect("a state").reach().await
}

async fn stop(visit: &Visit) -> Value {
    visit.value(STOP).await
}

#[tokio::test]
async fn the_banner_is_the_first_thing_that_keys_reach_and_holds_nobody() {
    let visit = Visit::first().await;
    let mut stops = Vec::new();
    for _ in 0..6 {
        visit.press(&[Key::Tab]).await;
        stops.push(stop(&visit).await);
    }
    let banner = ["policy", "reject-all", "preferences", "accept-all"];
    let page = ["preferences", "policy"];
    assert_eq!(stops, [banner.as_slice(), &page].concat());
    assert_eq!(visit.value("document.activeElement.localName").await, "a");
    for _ in 0..2 {
        visit.press(&[Key::Shift, Key::Tab]).await;
    }
    assert_eq!(stop(&visit).await, "accept-all", "and back");
    assert_eq!(
        visit
            .value("$('.banner').contains(root.activeElement)")
            .await,
        true
    );
    let region = "[$('.banner').getAttribute('role'), $('.banner h2').id
        === $('.banner').getAttribute('aria-labelledby'), root.host.lang]";
    assert_eq!(visit.value(region).await, json!(["region", true, "zh-CN"]));
    visit.end().await;
}

#[tokio::test]
async fn refusing_takes_one_key_and_leaves_the_focus_on_the_page() {
    let visit = Visit::first().await;
    use_key(&visit, "[data-zq=reject-all]", Key::Enter).await;
    visit.until("zhiqing.state().decidedAt").await;
    assert_eq!(visit.purposes().await, visit.expected(&[], "denied"));
    visit.press(&[Key::Tab]).await;
    let next = "document.activeElement === document.querySelector('nav a')";
    assert_eq!(visit.value(next).await, true, "the page's first link");
    visit.end().await;
}

#[tokio::test]
async fn accepting_takes_one_key() {
    let visit = Visit::first().await;
    use_key(&visit, "[data-zq=accept-all]", Key::Space).await;
    visit.until("zhiqing.state().decidedAt").await;
    let general = ["analytics", "personalisation", "ads"];
    assert_eq!(visit.purposes().await, visit.expected(&general, "denied"));
    visit.end().await;
}

#[tokio::test]
async fn choices_are_made_by_keys() {
    let visit = Visit::first().await;
    use_key(&visit, "[data-zq=preferences]", Key::Enter).await;
    visit.until("$('dialog.preferences')").await;
    assert_eq!(stop(&visit).await, "zq-title", "the title is read first");

    use_key(&visit, "[data-zq-purpose=analytics]", Key::Space).await;
    assert_eq!(visit.value(&format!("{FOCUSED}.checked")).await, true);
    use_key(&visit, "summary", Key::Enter).await;
    visit.until("$('details[open] dl').checkVisibility()").await;

    use_key(&visit, "[data-zq-purpose=location]", Key::Space).await;
    visit.until("$('dialog.step')").await;
    use_key(&visit, "[data-zq=save]", Key::Enter).await;
    visit.until("$('dialog.preferences')").await;
    assert_eq!(stop(&visit).await, "location", "where the step was opened");
    assert_eq!(visit.value(&format!("{FOCUSED}.checked")).await, true);
    assert_eq!(
        visit.value("$('details[open] dl').checkVisibility()").await,
        true,
        "what was open stays open"
    );

    use_key(&visit, "[data-zq-technology=etag]", Key::Space).await;
    use_key(&visit, "[data-zq=save]", Key::Enter).await;
    visit.until("zhiqing.state().decidedAt").await;
    let state = visit.value("zhiqing.state()").await;
    let granted = ["analytics", "location"];
    assert_eq!(state["purposes"], visit.expected(&granted, "denied"));
    assert_eq!(state["technologies"]["etag"], "refused");
    visit.end().await;
}

#[tokio::test]
async fn the_policy_is_read_by_keys() {
    let visit = Visit::first().await;
    use_key(&visit, "[data-zq=policy]", Key::Enter).await;
    visit.until("$('[data-zq-document]')").await;
    use_key(&visit, ".contents summary", Key::Enter).await;
    visit.until("$('.contents ol').checkVisibility()").await;
    visit.press(&[Key::PageDown]).await;
    visit.until("$('.body').scrollTop > 100").await;

    let third = "[data-zq=goto]";
    for _ in 0..3 {
        tab_to(&visit, third).await;
    }
    let title = visit.value(&format!("{FOCUSED}.textContent")).await;
    visit.press(&[Key::Enter]).await;
    visit.until("$('.body').scrollTop > 300").await;
    let read = format!("{FOCUSED}.closest('[data-zq-document]') && {FOCUSED}.textContent");
    assert_eq!(
        visit.value(&read).await,
        title,
        "reading goes on at the section"
    );

    visit.press(&[Key::Escape]).await;
    visit.until("$('dialog') === null").await;
    assert_eq!(stop(&visit).await, "policy");
    visit.end().await;
}

#[tokio::test]
async fn escape_closes_the_sheet_in_view_and_the_focus_returns_to_what_opened_it() {
    let visit = Visit::first().await;
    open_details(&visit).await;
    use_key(&visit, "[data-zq-clause]", Key::Enter).await;
    visit.until("$('dialog.policy .found')").await;
    assert_eq!(
        visit.value(&format!("{FOCUSED}.className")).await,
        "sensitive found"
    );

    visit.press(&[Key::Escape]).await;
    visit.until("$('dialog.preferences')").await;
    let link =
        format!("{FOCUSED}.matches('article:has([data-zq-purpose=overseas]) [data-zq-clause]')");
    assert_eq!(visit.value(&link).await, true, "{}", stop(&visit).await);
    let seen = format!("{FOCUSED}.checkVisibility()");
    assert_eq!(visit.value(&seen).await, true);

    visit.press(&[Key::Escape]).await;
    visit.until("$('dialog') === null").await;
    let banner = "$('.banner').contains(root.activeElement)";
    assert_eq!(visit.value(banner).await, true);
    assert_eq!(stop(&visit).await, "preferences");
    assert_eq!(visit.value("zhiqing.state().decidedAt").await, json!(null));
    visit.end().await;
}

/// What the page sends to the server waits until it says `go()`.
const HELD: &str = "const reached = fetch;
    window.fetch = async (input, init) => {
        if (String(input.url ?? input).includes('/v1/consents')) {
            await new Promise((go) => { window.go = go; });
        }
        return reached(input, init);
    };";

#[tokio::test]
async fn a_receipt_that_comes_while_the_rights_are_read_moves_no_focus() {
    // The receipt's button comes between the two.
    for control in ["preferences", "policy"] {
        let visit = Visit::prepared(|browser| browser.before_pages(HELD)).await;
        visit.click_hook("accept-all").await;
        visit.until("window.go").await;
        visit.value("zhiqing.show('rights')").await;
        tab_to(&visit, &format!("dialog [data-zq={control}]")).await;
        assert_eq!(visit.value("$('[data-zq=receipt]') === null").await, true);
        visit.run("go()").await;
        visit.until("$('[data-zq=receipt]')").await;
        assert_eq!(stop(&visit).await, control);
        visit.end().await;
    }
}

#[tokio::test]
async fn the_pages_own_links_work_by_keys() {
    let visit = Visit::first().await;
    use_key(&visit, "nav [data-zq=rights]", Key::Enter).await;
    visit.until("$('dialog.rights')").await;
    use_key(&visit, "[data-zq=close]", Key::Enter).await;
    visit.until("$('dialog') === null").await;
    assert_eq!(
        visit.value("document.activeElement.dataset.zq").await,
        "rights"
    );
    visit.end().await;
}

/// In each state: the sheet is modal and keeps the focus, every control of the view is a stop, and
/// each stop is seen.
#[tokio::test]
async fn keys_reach_every_control_of_every_state_and_it_is_seen_where_they_are() {
    let mut faults = Vec::new();
    for state in STATES {
        let visit = state.reach().await;
        let found = walked(&visit).await;
        faults.extend(found.iter().map(|fault| format!("{}: {fault}", state.name)));
        visit.end().await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Where the focus is, and what keeps a person from seeing it there.
const SIGHT: &str = "((it) => {
    const controls = view ? [view, ...view.querySelectorAll('*')].filter((it) => it.checkVisibility()
        && it.matches('button, input:enabled, summary, a[href], [tabindex=\"0\"]')) : [];
    return {
        at: controls.indexOf(it), of: controls.length, inside: !!view?.contains(it),
        body: it === document.body || it === document.documentElement,
        what: it.outerHTML.slice(0, 80), unseen: view?.contains(it) ? faults.focus() : [],
        modal: $('dialog')?.matches(':modal') ?? false,
    };
})(document.activeElement.shadowRoot?.activeElement ?? document.activeElement)";

async fn walked(visit: &Visit) -> Vec<String> {
    let mut faults = Vec::new();
    visit.run(MEASURES).await;
    let start = visit.value(SIGHT).await;
    let is_sheet = visit.value("$('dialog') !== null").await == true;
    if is_sheet && start["modal"] != true {
        faults.push("the sheet is not modal".to_owned());
    }
    let count = |sight: &Value| sight["of"].as_u64().unwrap_or_default() as usize;
    let mut met = vec![false; count(&start)];
    let (mut last, mut round, mut pressed) = (None, false, 0);
    // Once round, with the stops that a browser may put between the last and the first.
    while pressed < met.len() + 2 {
        visit.press(&[Key::Tab]).await;
        pressed += 1;
        let sight = visit.value(SIGHT).await;
        // What is stored is listed a moment after the rest.
        met.resize(count(&sight).max(met.len()), false);
        let at = sight["at"].as_u64();
        if at.is_some() {
            round |= last.is_some() && at <= last;
            last = at;
        }
        match at {
            Some(at) => {
                met[at as usize] = true;
                let unseen = sight["unseen"].as_array().into_iter().flatten();
                faults.extend(unseen.filter_map(Value::as_str).map(str::to_owned));
            }
            None if is_sheet && sight["body"] != true && sight["inside"] != true => {
                faults.push(format!("the focus left the sheet for {}", sight["what"]));
            }
            None => {}
        }
    }
    if is_sheet && !round {
        faults.push("the keys do not come round".to_owned());
    }
    for (at, _) in met.iter().enumerate().filter(|(_, met)| !**met) {
        faults.push(format!("no key leads to the control {at} of {}", met.len()));
    }
    faults
}

#[tokio::test]
async fn what_changes_without_the_focus_is_told() {
    let visit = reached("banner-trouble").await;
    let role = "$('.banner .trouble').getAttribute('role')";
    assert_eq!(visit.value(role).await, "alert");
    visit.end().await;
    // What comes with a sheet is read with its title.
    for state in ["preferences-denied", "preferences-gpc", "policy-missing"] {
        let visit = reached(state).await;
        let described =
            "root.getElementById($('dialog').getAttribute('aria-describedby'))?.className";
        assert_eq!(visit.value(described).await, "note", "{state}");
        visit.end().await;
    }
}

#[tokio::test]
async fn details_and_clauses_say_of_what() {
    let visit = reached("preferences-details").await;
    let named = |selector: &str| {
        format!(
            "$('{selector}').getAttribute('aria-labelledby').split(' ')
            .map((id) => root.getElementById(id).textContent)"
        )
    };
    let details = visit.value(&named("details[open] summary")).await;
    assert_eq!(details, json!(["详情", "访问统计"]));
    let clause = visit.value(&named("details[open] [data-zq-clause]")).await;
    assert_eq!(clause, json!(["查看政策原文", "访问统计"]));
    visit.end().await;
}

#[tokio::test]
async fn an_agreement_by_the_page_leaves_the_person_where_they_are() {
    let visit = Visit::first().await;
    open_details(&visit).await;
    let scrolled = visit.until("$('.body').scrollTop").await;
    visit.value("zhiqing.accept(['ads'])").await;
    visit
        .until("$('dialog [data-zq-purpose=ads]').checked")
        .await;
    let place = "[$('.body').scrollTop, $('details[open]').closest('article')
        .contains(root.activeElement), $$('details[open]').length]";
    assert_eq!(visit.value(place).await, json!([scrolled, true, 1]));
    visit.end().await;
}
