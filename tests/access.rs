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

/// Axe takes the letters' colour from the style sheet here, where the system's counts; ours are
/// measured.
const COLOURS: [(&str, Look); 5] = [
    ("dark on a desk", Look::DARK.wide(1280).high(800)),
    ("more contrast", Look::LIGHT.contrasting()),
    ("more contrast, dark", Look::DARK.contrasting()),
    ("forced colours", Look::LIGHT.forced()),
    ("forced colours, dark", Look::DARK.forced()),
];

/// Where little fits: the smallest phone with large type, a desk at four times its size (WCAG 2.2,
/// 1.4.10) and that with large type, a phone on its side.
const SMALL: [(&str, Look); 4] = [
    ("320 x 568, large type", Look::LARGE.high(568)),
    ("320 x 256", Look::LIGHT.wide(320).high(256)),
    ("320 x 256, large type", Look::LARGE.high(256)),
    ("844 x 390", Look::LIGHT.wide(844).high(390)),
];

/// The views whose states each test takes.
const BANNER: &[&str] = &["banner", "handle", "nothing"];
const PREFERENCES: &[&str] = &["preferences"];
const STEP: &[&str] = &["step"];
const POLICY: &[&str] = &["policy"];
const RIGHTS: &[&str] = &["rights"];
const FORM: &[&str] = &["form"];
const PLACEHOLDER: &[&str] = &["placeholder"];
const VIEWS: [&[&str]; 7] = [BANNER, PREFERENCES, STEP, POLICY, RIGHTS, FORM, PLACEHOLDER];

/// What axe leaves undecided and a person has looked at.
const SETTLED: [(&str, &str); 3] = [
    // `contrast` computes it for all words of ours; axe does not decide where something stands
    // before or behind them, as a sheet before the page.
    ("color-contrast", ""),
    // ✕ is a sign and no word, so nothing that is seen differs from what is said.
    ("label-content-name-mismatch", ".close"),
    // What the page's own frame shows is not ours.
    ("frame-tested", "iframe"),
];

#[tokio::test]
async fn the_banner_is_for_everybody() {
    hold(BANNER).await;
}

#[tokio::test]
async fn the_preferences_are_for_everybody() {
    hold(PREFERENCES).await;
}

#[tokio::test]
async fn the_steps_are_for_everybody() {
    hold(STEP).await;
}

#[tokio::test]
async fn the_policy_is_for_everybody() {
    hold(POLICY).await;
}

#[tokio::test]
async fn the_rights_are_for_everybody() {
    hold(RIGHTS).await;
}

#[tokio::test]
async fn the_form_without_script_is_for_everybody() {
    hold(FORM).await;
}

#[tokio::test]
async fn the_placeholders_are_for_everybody() {
    hold(PLACEHOLDER).await;
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
    found("targets", "逐项选择").await;
    found("layout", "全部同意").await;
    found("motion", "全部同意").await;
    for (answer, style, told) in [
        (
            "reject-all",
            "outline-color: #e8e8e8",
            "has an outline of contrast",
        ),
        ("reject-all", "outline-style: none", "has no outline"),
        ("preferences", "", "is behind"),
    ] {
        let focus = format!(
            "((it) => {{ it.style.cssText += '; {style}'; it.focus({{ focusVisible: true }}); }})(
                document.querySelector('zhiqing-notice').shadowRoot.querySelector('[data-zq={answer}]'))"
        );
        visit.run(&focus).await;
        found("focus", told).await;
    }
    visit.end().await;
}

#[test]
fn every_state_is_checked_above() {
    for state in STATES {
        let checked = VIEWS.iter().any(|views| views.contains(&state.view()));
        assert!(checked, "{} is not", state.name);
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
    for (name, look) in COLOURS {
        visit.look(look).await;
        let found = measured(&visit, "contrast").await;
        faults.extend(
            found
                .iter()
                .map(|fault| format!("{}, {name}: {fault}", state.name)),
        );
    }
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
