//! What tools are told: Google's Consent Mode by the guard, the tools' own switches by the module.

use serde_json::{Value, json};
use zhiqing_tests::{Browser, Site, Visit};

/// The sample site with these tools of the catalogue, each for a purpose.
fn site_with(tools: &[(&str, &str)]) -> Site {
    let tracker = |(tool, purpose): &(&str, &str)| {
        format!("[[tracker]]\nuse = \"{tool}\"\npurpose = \"{purpose}\"\n")
    };
    let trackers: String = tools.iter().map(tracker).collect();
    let site = Site::sample();
    site.edit("\n[minors]\n", &format!("\n{trackers}\n[minors]\n"));
    site
}

async fn opened(site: Site, prepare: impl FnOnce(&Browser)) -> Visit {
    let visit = Visit::opened(site, "/", prepare).await;
    visit.until("zhiqing.ready.then(() => true)").await;
    visit
}

const GOOGLE: [(&str, &str); 2] = [("google-analytics", "analytics"), ("google-ads", "ads")];

/// An entry of the layer: the command, and what it says of advertising and of statistics.
fn consent(command: &str, ads: &str, analytics: &str) -> Value {
    json!(["consent", command, {
        "ad_storage": ads, "ad_user_data": ads, "ad_personalization": ads,
        "analytics_storage": analytics,
    }])
}

const LAYER: &str = "Array.from(window.dataLayer ?? [], (entry) => Array.from(entry))";

#[tokio::test]
async fn consent_mode_is_denied_before_a_decision_and_follows_each_change_of_it() {
    let visit = opened(site_with(&GOOGLE), |_| ()).await;
    let first = consent("default", "denied", "denied");
    assert_eq!(visit.value(LAYER).await, json!([first]));

    visit.click_hook("accept-all").await;
    visit.until("zhiqing.receipt()").await;
    let granted = consent("update", "granted", "granted");
    assert_eq!(visit.value(LAYER).await, json!([first, granted]));
    visit.value("zhiqing.accept()").await;
    assert_eq!(
        visit.value(LAYER).await,
        json!([first, granted]),
        "nothing changed"
    );

    visit.value("zhiqing.withdraw(['ads'])").await;
    let withdrawn = consent("update", "denied", "granted");
    assert_eq!(visit.value(LAYER).await, json!([first, granted, withdrawn]));

    visit.again().await;
    let again = consent("default", "denied", "granted");
    assert_eq!(visit.value(LAYER).await, json!([again]));
    visit.value("zhiqing.withdraw()").await;
    let none = consent("update", "denied", "denied");
    assert_eq!(visit.value(LAYER).await, json!([again, none]));
    visit.end().await;
}

#[tokio::test]
async fn storage_is_denied_to_google_where_cookies_are_refused() {
    let visit = opened(site_with(&GOOGLE), |_| ()).await;
    visit.click_hook("preferences").await;
    visit.click("[data-zq-purpose=analytics]").await;
    visit.click("[data-zq-technology=cookie]").await;
    visit.click_hook("save").await;
    visit.until("zhiqing.receipt()").await;
    let state = visit.value("zhiqing.state()").await;
    assert_eq!(state["purposes"]["analytics"], "granted");
    assert_eq!(state["technologies"]["cookie"], "refused");
    let first = consent("default", "denied", "denied");
    assert_eq!(visit.value(LAYER).await, json!([first]), "nothing changed");
    visit.end().await;
}

/// A page with a layer of its own that notes, whenever it is told something, whether a held picture
/// was let go already.
const WATCHED_LAYER: &str = "window.dataLayer = [];
    window.free = [];
    window.dataLayer.push = function (entry) {
        const held = document.querySelector('img[data-purpose=analytics]');
        window.free.push(!!held && held.hasAttribute('src'));
        return Array.prototype.push.call(this, entry);
    };
    addEventListener('DOMContentLoaded', () => {
        const held = document.createElement('img');
        held.alt = '';
        held.setAttribute('data-purpose', 'analytics');
        held.setAttribute('data-src', 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=');
        document.body.append(held);
    });";

#[tokio::test]
async fn google_is_told_before_what_waited_is_let_go() {
    let visit = opened(site_with(&GOOGLE), |browser| {
        browser.before_pages(WATCHED_LAYER);
    })
    .await;
    visit.click_hook("accept-all").await;
    visit
        .until("document.querySelector('img[data-purpose=analytics]').hasAttribute('src')")
        .await;
    assert_eq!(visit.value("free").await, json!([false, false]));
    assert_eq!(
        visit.value(LAYER).await[1],
        consent("update", "granted", "granted")
    );
    visit.end().await;
}

#[tokio::test]
async fn a_layer_that_throws_stops_nothing() {
    let visit = opened(site_with(&GOOGLE), |browser| {
        browser.before_pages(
            "Object.defineProperty(window, 'dataLayer', { get() { throw new Error('mine'); } });",
        );
    })
    .await;
    visit.click_hook("accept-all").await;
    visit.until("zhiqing.receipt()").await;
    assert_eq!(visit.purposes().await["ads"], "granted");
    visit.end().await;
}

const TOOLS: [(&str, &str); 4] = [
    ("meta-pixel", "ads"),
    ("posthog", "analytics"),
    ("matomo", "analytics"),
    ("amplitude", "ads"),
];

/// Two tools that note what they are told, one of which throws, and a queue; the fourth is not here.
const SWITCHES: &str = "window.told = [];
    window.fbq = (...said) => { told.push(['fbq', ...said]); throw new Error('mine'); };
    window.posthog = {
        opt_in_capturing(...said) { told.push(['in', this === posthog, ...said]); },
        opt_out_capturing(...said) { told.push(['out', this === posthog, ...said]); },
    };
    window._paq = [];";

/// What was told since the last look.
const TOLD: &str = "[told.splice(0), _paq.splice(0)]";

#[tokio::test]
async fn a_decision_is_told_to_the_tools_own_switches_once_for_each_change() {
    let visit = opened(site_with(&TOOLS), |browser| browser.before_pages(SWITCHES)).await;
    let nothing = json!([[], []]);
    assert_eq!(visit.value(TOLD).await, nothing, "before a decision");

    visit.click_hook("accept-all").await;
    visit.until("zhiqing.receipt()").await;
    let granted = json!([
        [
            ["fbq", "consent", "grant"],
            ["in", true, { "captureEventName": false }]
        ],
        [["setConsentGiven"]]
    ]);
    assert_eq!(visit.value(TOLD).await, granted);
    visit.value("zhiqing.accept()").await;
    assert_eq!(visit.value(TOLD).await, nothing, "nothing changed");

    // A tool that comes later is told when its script is there.
    visit
        .value(
            "(window.amplitude = { setOptOut(off) { told.push(['amplitude', off]); } },
            document.querySelector('script').dispatchEvent(new Event('load')))",
        )
        .await;
    let later = json!([[["amplitude", false]], []]);
    assert_eq!(visit.value(TOLD).await, later);

    visit.value("zhiqing.withdraw(['ads'])").await;
    let withdrawn = json!([[["fbq", "consent", "revoke"], ["amplitude", true]], []]);
    assert_eq!(visit.value(TOLD).await, withdrawn);

    visit.again().await;
    let standing = json!([
        [
            ["fbq", "consent", "revoke"],
            ["in", true, { "captureEventName": false }]
        ],
        [["setConsentGiven"]]
    ]);
    assert_eq!(visit.value(TOLD).await, standing, "once at the start");
    visit.value("zhiqing.withdraw()").await;
    let none = json!([[["out", true]], [["forgetConsentGiven"]]]);
    assert_eq!(visit.value(TOLD).await, none);
    visit.end().await;
}

#[tokio::test]
async fn a_site_that_only_reports_tells_no_tool_anything() {
    let site = site_with(&[GOOGLE.as_slice(), TOOLS.as_slice()].concat());
    site.edit("mode = \"listed\"", "mode = \"report\"");
    let visit = opened(site, |browser| browser.before_pages(SWITCHES)).await;
    visit.click_hook("accept-all").await;
    visit.until("zhiqing.receipt()").await;
    assert_eq!(visit.value(TOLD).await, json!([[], []]));
    assert_eq!(visit.value("'dataLayer' in window").await, false);
    visit.end().await;
}
