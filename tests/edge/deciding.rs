//! Decisions: what a call grants, and the record that says so.

use crate::page::{App, Page, document, ids, json, pretend, refused, text};
use crate::sample::notice;
use js_sys::JSON;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::{Environment, Event, Method, Secret, State};

/// Ids of what is granted in the cookie `zq`.
fn granted(page: &Page) -> Vec<String> {
    let decision = page.jar().expect("a decision");
    let granted = decision
        .choices()
        .iter()
        .filter(|c| c.state == State::Granted);
    granted.map(|choice| choice.purpose.clone()).collect()
}

#[wasm_bindgen_test]
async fn accepting_grants_what_is_general_and_nothing_else() {
    let page = Page::new();
    let app = page.start().await;
    let state = app.accept(&JsValue::UNDEFINED).expect("it accepts");
    assert_eq!(granted(&page), ["analytics", "ads"]);
    let decision = page.jar().expect("a decision");
    assert_eq!(decision.state("identity"), Some(State::Denied));
    assert_eq!(decision.state("child"), Some(State::Denied));
    assert!(decision.covers(&notice()));
    // The guard is told before the call returns, and what it says is the call's answer.
    let told = page.decisions();
    assert_eq!(told.len(), 1);
    assert_eq!(
        text(&state),
        json(&std::collections::BTreeMap::from([("applied", &told[0])]))
    );
    assert_eq!(page.view(), None);
}

#[wasm_bindgen_test]
async fn a_record_has_the_contracts_fields_and_passes_the_servers_check() {
    let page = Page::new();
    let app = page.start().await;
    app.accept(&JsValue::NULL).expect("it accepts");
    page.posts(1).await;

    let post = page.post(0);
    assert_eq!(post.method(), "POST");
    assert!(post.content_type().starts_with("application/json"));
    assert!(post.keepalive());
    let object = JSON::parse(&post.body()).expect("JSON");
    let mut keys: Vec<String> = js_sys::Object::keys(&object.into())
        .iter()
        .filter_map(|key| key.as_string())
        .collect();
    keys.sort();
    assert_eq!(
        keys.join(" "),
        "choices environment event guardian id method notice occurred_at policy previous schema \
         sequence signals site subject technologies"
    );
    for part in [
        r#""schema":"zhiqing/1""#,
        r#""site":"demo""#,
        r#""sequence":1,"#,
        r#""previous":null"#,
        r#""signals":{"gpc":false}"#,
        r#""technologies":{}"#,
        r#""guardian":null"#,
        r#""shown_ms":1234"#,
        r#"{"purpose":"analytics","state":"granted","separate":false}"#,
        r#"{"purpose":"identity","state":"denied","separate":false}"#,
    ] {
        assert!(post.body().contains(part), "{part} in {}", post.body());
    }

    let record = page.record(0);
    assert_eq!(record.check(&notice()), Ok(()));
    assert_eq!((record.event, record.method), (Event::Given, Method::Api));
    assert_eq!(record.environment, Environment::Headless);
    assert_eq!(record.choices.len(), 4);
    let authorization = post.authorization();
    let bearer = authorization
        .strip_prefix("Bearer ")
        .expect("a bearer token");
    let secret = Secret::from_bearer(bearer).expect("a secret");
    assert_eq!(secret.subject("demo"), record.subject);
}

/// Calls the module (`accept`, `accept analytics`), or uses a control of the page's (`@accept-all`).
fn perform(app: &App, act: &str) {
    let (call, ids) = match act.split_once(' ') {
        Some((call, id)) => (call, ids(&[id])),
        None => (act, JsValue::UNDEFINED),
    };
    match (call, call.strip_prefix('@')) {
        ("accept", _) => drop(app.accept(&ids).expect("it accepts")),
        ("reject", _) => drop(app.reject().expect("it refuses")),
        ("withdraw", _) => drop(app.withdraw(&ids).expect("it withdraws")),
        (_, Some(hook)) => {
            let link = document().create_element("a").expect("a link");
            let _ = app.act(hook, &link).expect("it acts");
        }
        _ => panic!("no call {call}"),
    }
}

/// What the last of these acts makes of event and method, and what is granted then.
async fn case(acts: &[&str], event: Event, method: Method, still: &str) {
    let page = Page::new();
    let app = page.start().await;
    let mut count = 0;
    for act in acts {
        perform(&app, act);
        count += 1;
        page.posts(count).await;
    }
    let record = page.record(count - 1);
    assert_eq!((record.event, record.method), (event, method), "{acts:?}");
    assert_eq!(record.check(&notice()), Ok(()), "{acts:?}");
    assert_eq!(granted(&page).join(" "), still, "{acts:?}");
}

#[wasm_bindgen_test]
async fn each_act_has_its_event_and_method() {
    use Event::{Changed, Given, Refused, Renewed, Withdrawn};
    use Method::{AcceptAll, Api, Item, RejectAll};
    case(&["accept"], Given, Api, "analytics ads").await;
    case(&["@accept-all"], Given, AcceptAll, "analytics ads").await;
    case(&["accept ads"], Given, Api, "ads").await;
    case(&["reject"], Refused, Api, "").await;
    case(&["@reject-all"], Refused, RejectAll, "").await;
    case(&["withdraw"], Refused, Api, "").await;
    case(&["accept", "accept"], Renewed, Api, "analytics ads").await;
    case(&["accept ads", "accept"], Changed, Api, "analytics ads").await;
    case(&["accept", "withdraw ads"], Withdrawn, Api, "analytics").await;
    case(&["accept", "withdraw"], Withdrawn, Api, "").await;
    case(&["accept", "@withdraw"], Withdrawn, Item, "").await;
    case(&["accept", "@reject-all"], Refused, RejectAll, "").await;
    case(&["reject", "accept ads"], Given, Api, "ads").await;
}

#[wasm_bindgen_test]
async fn a_second_decision_follows_the_first() {
    let page = Page::new();
    let app = page.start().await;
    perform(&app, "accept");
    page.posts(1).await;
    perform(&app, "reject");
    page.posts(2).await;
    let (first, second) = (page.record(0), page.record(1));
    assert_eq!((first.sequence, second.sequence), (1, 2));
    assert_eq!(first.previous, None);
    assert_eq!(second.previous, Some(first.id.clone()));
    assert_ne!(second.id, first.id);
    assert_eq!(second.subject, first.subject);
}

#[wasm_bindgen_test]
async fn ids_that_are_none_decide_nothing() {
    let page = Page::new();
    let app = page.start().await;
    for bad in [
        ids(&["analytics", "nonsense"]),
        ids(&["service"]),
        ids(&[""]),
        "nonsense".into(),
        5.into(),
        true.into(),
        js_sys::Object::new().into(),
        js_sys::Array::of1(&5.into()).into(),
        js_sys::Array::of1(&JsValue::NULL).into(),
    ] {
        assert_eq!(refused(app.accept(&bad)), "argument", "{bad:?}");
        assert_eq!(refused(app.withdraw(&bad)), "argument", "{bad:?}");
    }
    page.posts(0).await;
    assert_eq!(page.jar(), None);
    assert_eq!(page.decisions(), [""; 0]);
    assert_eq!(page.view(), None);
}

#[wasm_bindgen_test]
async fn a_purpose_of_its_own_step_is_asked_about_and_not_granted() {
    let page = Page::new();
    let app = page.start().await;
    app.accept(&ids(&["identity", "analytics"]))
        .expect("it asks");
    assert_eq!(granted(&page), ["analytics"]);
    assert_eq!(page.view().as_deref(), Some("step"));
    page.press(&app, "save");
    assert_eq!(page.view(), None);
    page.posts(2).await;
    assert_eq!(granted(&page), ["analytics", "identity"]);
    let record = page.record(1);
    assert_eq!(record.method, Method::Item);
    let separate = record.choices.iter().filter(|choice| choice.separate);
    assert_eq!(
        separate.map(|c| c.purpose.as_str()).collect::<Vec<_>>(),
        ["identity"]
    );
}

#[wasm_bindgen_test]
async fn a_signal_of_the_browser_is_in_the_record_and_an_explicit_choice_wins_over_it() {
    let page = Page::new();
    pretend("globalPrivacyControl", &true.into());
    let app = page.start().await;
    page.posts(0).await;
    assert_eq!(page.jar(), None);
    perform(&app, "accept");
    page.posts(1).await;
    assert!(page.record(0).signals.gpc);
    assert_eq!(granted(&page), ["analytics", "ads"]);
}
