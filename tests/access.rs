//! Whoever sees, hears, points or reads otherwise than most: each state of the interface is checked
//! by axe-core, and by measure where axe does not look or cannot decide.

use serde_json::Value;
use zhiqing_tests::{Look, STATES, State, Visit};

/// See there. It defines `faults`.
const MEASURES: &str = include_str!("access.js");

/// A form without script has a page, or a place in one, and no element of its own.
const NOTICE: &str = "(document.querySelector('zhiqing-notice') ?? document)";

const LOOKS: [(&str, Look); 3] = [
    ("light", Look::LIGHT.wide(320)),
    ("dark", Look::DARK),
    ("large type", Look::LARGE),
];

/// Where little fits: the smallest phone with large type, a desk at four times its size (WCAG 2.2,
/// 1.4.10), a phone on its side.
const SMALL: [(&str, Look); 3] = [
    ("320 x 568, large type", Look::LARGE.high(568)),
    ("320 x 256", Look::LIGHT.wide(320).high(256)),
    ("844 x 390", Look::LIGHT.wide(844).high(390)),
];

/// What axe leaves undecided and a person has looked at.
const SETTLED: [(&str, &str); 2] = [
    // `contrast` computes it for all words of ours; axe does not decide where something stands
    // before or behind them, as a sheet before the page.
    ("color-contrast", ""),
    // ✕ is a sign and no word, so nothing that is seen differs from what is said.
    ("label-content-name-mismatch", ".close"),
];

#[tokio::test]
async fn the_banner_is_for_everybody() {
    hold(&["banner", "handle", "nothing"]).await;
}

#[tokio::test]
async fn the_preferences_are_for_everybody() {
    hold(&["preferences"]).await;
}

#[tokio::test]
async fn the_steps_are_for_everybody() {
    hold(&["step"]).await;
}

#[tokio::test]
async fn the_policy_is_for_everybody() {
    hold(&["policy"]).await;
}

#[tokio::test]
async fn the_rights_are_for_everybody() {
    hold(&["rights"]).await;
}

#[tokio::test]
async fn the_form_without_script_is_for_everybody() {
    hold(&["form"]).await;
}

#[tokio::test]
async fn planted_faults_are_found() {
    let visit = STATES[0].reach().await;
    visit.run(MEASURES).await;
    assert_eq!(broken(&visit, NOTICE).await, [""; 0]);
    let plant = "{
        const banner = document.querySelector('zhiqing-notice').shadowRoot.querySelector('.banner');
        const [refuse, choose, accept] = banner.querySelectorAll('.choice');
        refuse.textContent = '';
        choose.style.color = '#7aa';
        banner.querySelector('h2').style.color = '#aaa';
        accept.style.cssText = 'min-height: 20px; padding: 0; margin-top: -3em; transition: opacity 1s';
    }";
    visit.run(plant).await;
    visit.look(Look::LARGE).await;
    let found = |what: &'static str, told: &'static str| {
        let visit = &visit;
        async move {
            let faults = match what {
                "axe" => broken(visit, NOTICE).await,
                _ => measured(visit, what).await,
            };
            assert!(
                faults.iter().any(|fault| fault.contains(told)),
                "{told}: {faults:?}"
            );
        }
    };
    found("axe", "button-name").await;
    found("axe", "color-contrast").await;
    found("contrast", "逐项选择").await;
    found("targets", "全部同意").await;
    found("layout", "全部同意").await;
    found("motion", "全部同意").await;
    visit.end().await;
}

#[test]
fn every_state_is_checked_above() {
    let views = [
        "banner",
        "handle",
        "nothing",
        "preferences",
        "step",
        "policy",
        "rights",
        "form",
    ];
    for state in STATES {
        assert!(views.contains(&state.view()), "{} is not", state.name);
    }
}

/// Panics with every fault of the states of these views.
async fn hold(views: &[&str]) {
    let mut faults = Vec::new();
    for state in STATES.iter().filter(|state| views.contains(&state.view())) {
        faults.extend(of_state(state).await);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

async fn of_state(state: &State) -> Vec<String> {
    let visit = state.reach().await;
    visit.run(MEASURES).await;
    let mut faults = Vec::new();
    for (name, look) in LOOKS {
        visit.look(look).await;
        state.show(&visit).await;
        let mut found = broken(&visit, NOTICE).await;
        found.extend(measured(&visit, "contrast").await);
        if look.width == 320 {
            found.extend(measured(&visit, "layout").await);
            found.extend(measured(&visit, "targets").await);
            found.extend(measured(&visit, "motion").await);
        }
        faults.extend(
            found
                .iter()
                .map(|fault| format!("{}, {name}: {fault}", state.name)),
        );
    }
    // Axe takes the letters' colour from the style sheet here, where the system's counts.
    visit.look(Look::FORCED).await;
    let found = measured(&visit, "contrast").await;
    faults.extend(
        found
            .iter()
            .map(|fault| format!("{}, forced colours: {fault}", state.name)),
    );
    for (name, look) in SMALL {
        visit.look(look).await;
        let found = measured(&visit, "layout").await;
        faults.extend(
            found
                .iter()
                .map(|fault| format!("{}, {name}: {fault}", state.name)),
        );
    }
    // Landmarks, headings and names are the page's, too.
    visit.look(Look::LIGHT).await;
    let found = broken(&visit, "document").await;
    faults.extend(
        found
            .iter()
            .map(|fault| format!("{}, page: {fault}", state.name)),
    );
    visit.end().await;
    faults
}

/// What axe finds, and what it leaves undecided and nobody has settled.
async fn broken(visit: &Visit, context: &str) -> Vec<String> {
    let audit = visit.audit(context).await;
    let settled = |(rule, place): &(String, String)| {
        let mut settled = SETTLED.iter();
        settled.any(|(id, end)| rule == id && place.ends_with(end))
    };
    let open = audit.undecided.iter().filter(|case| !settled(case));
    let told = open.map(|(rule, place)| format!("{rule}: axe cannot decide on {place}"));
    audit.violations.iter().cloned().chain(told).collect()
}

async fn measured(visit: &Visit, what: &str) -> Vec<String> {
    let found = visit.value(&format!("faults.{what}()")).await;
    let found = found.as_array().into_iter().flatten();
    found.filter_map(Value::as_str).map(str::to_owned).collect()
}
