//! A response as the page's browser gets it, after a service under the layer has answered.

use http::header::{CACHE_CONTROL, COOKIE, HOST, SET_COOKIE, VARY};
use http::{HeaderName, HeaderValue, Request, Response};
use std::convert::Infallible;
use std::sync::Arc;
use tower::{Layer, ServiceExt, service_fn};
use zhiqing_consent::{
    Basis, Glob, Mode, Notice, PolicyRef, Purpose, Rights, Technology, Tier, Tracker, Use,
};
use zhiqing_tower::ConsentLayer;

fn notice(mode: Mode) -> Notice {
    let purpose = |id: &str, basis| Purpose {
        id: id.into(),
        name: id.into(),
        description: String::new(),
        tier: Tier::Extended,
        basis,
        clauses: vec![],
        data: vec![],
        recipients: vec![],
        refusal: String::new(),
        retention: String::new(),
        gpc: false,
    };
    let tracker = |purpose: &str, pattern: &str| Tracker {
        id: pattern.into(),
        vendor: pattern.into(),
        purpose: purpose.into(),
        uses: vec![Use {
            technology: Technology::Cookie,
            patterns: vec![Glob::new(pattern)],
        }],
        signals: Default::default(),
    };
    Notice {
        site: "demo".into(),
        digest: String::new(),
        name: "示例".into(),
        operator: None,
        contacts: vec![],
        locale: "zh-CN".into(),
        mode,
        policy: PolicyRef {
            version: "2026.11".into(),
            digest: String::new(),
        },
        previous: vec![],
        report: "/v1".into(),
        purposes: vec![
            purpose("service", Basis::None),
            purpose("analytics", Basis::General),
            purpose("ads", Basis::General),
        ],
        recipients: vec![],
        trackers: vec![
            tracker("service", "session"),
            tracker("analytics", "Hm_lvt_*"),
            tracker("ads", "cna"),
        ],
        permissions: vec![],
        technologies: Technology::ALWAYS_OFFERED.to_vec(),
        minors: None,
        rights: Rights::default(),
        banner: Default::default(),
        texts: Default::default(),
    }
}

const ACCEPTED: &str = "zq=1~demo~2026.11~9~analytics.ads~~";
const REFUSED: &str = "zq=1~demo~2026.11~9~~analytics.ads~";
const NO_COOKIES: &str = "zq=1~demo~2026.11~9~analytics.ads~~cookie";

fn value(bytes: impl AsRef<[u8]>) -> HeaderValue {
    HeaderValue::from_bytes(bytes.as_ref()).expect("a header")
}

/// What comes back for a request with these `Cookie` headers from a service that answers with
/// these headers. The body is of a type of its own: the layer must not care.
async fn answer<C: AsRef<[u8]>>(
    mode: Mode,
    cookies: &[C],
    answered: &[(HeaderName, &[u8])],
) -> Response<&'static str> {
    let mut request = Request::get("/").header(HOST, "m.example.cn:8080");
    for line in cookies {
        request = request.header(COOKIE, value(line));
    }
    let service = service_fn(|_: Request<[u8; 0]>| {
        let mut response = Response::new("body");
        for (name, line) in answered {
            response.headers_mut().append(name, value(line));
        }
        std::future::ready(Ok::<_, Infallible>(response))
    });
    let service = ConsentLayer::new(Arc::new(notice(mode))).layer(service);
    let request = request.body([]).expect("a request");
    service.oneshot(request).await.expect("an answer")
}

fn lines(response: &Response<&str>, name: &HeaderName) -> Vec<String> {
    let lines = response.headers().get_all(name).iter();
    lines
        .map(|line| line.as_bytes().escape_ascii().to_string())
        .collect()
}

/// Cookies of the request, what the service sets, what reaches the browser, whether the response
/// was judged by the decision.
#[track_caller]
fn case(mode: Mode, cookies: &[&str], set: &[&str], reaches: &[&str], judged: bool) {
    let set: Vec<_> = set
        .iter()
        .map(|line| (SET_COOKIE, line.as_bytes()))
        .collect();
    let response = block_on(answer(mode, cookies, &set));
    assert_eq!(
        lines(&response, &SET_COOKIE),
        reaches,
        "{mode:?} {cookies:?}"
    );
    assert_eq!(response.headers().contains_key(VARY), judged, "{cookies:?}");
    assert_eq!(
        response.headers().contains_key(CACHE_CONTROL),
        judged,
        "{cookies:?}"
    );
}

fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

const SET: [&str; 5] = [
    "cart=1",
    "Hm_lvt_1=2; HttpOnly",
    "session=3",
    "cna=4",
    "zqx=5",
];

#[test]
fn what_is_held_is_dropped_and_the_rest_stays_in_order() {
    use Mode::{Listed, Strict};
    let basic = ["cart=1", "session=3", "zqx=5"];
    case(Listed, &[], &SET, &basic, true);
    case(Listed, &[REFUSED], &SET, &basic, true);
    case(Listed, &[NO_COOKIES], &SET, &basic, true);
    case(Listed, &["zq=garbage"], &SET, &basic, true);
    case(
        Listed,
        &["zq=1~other~2026.11~9~analytics.ads~~"],
        &SET,
        &basic,
        true,
    );
    case(Listed, &[ACCEPTED], &SET, &SET, true);
    case(
        Listed,
        &["zq=1~demo~2025.1~9~ads~~"],
        &SET,
        &["cart=1", "session=3", "cna=4", "zqx=5"],
        true,
    );
    case(Strict, &[REFUSED], &SET, &["session=3", "zqx=5"], true);
    case(Strict, &[ACCEPTED], &SET, &SET[1..], true);
}

#[test]
fn a_response_that_no_decision_changes_is_not_marked() {
    case(Mode::Listed, &[REFUSED], &[], &[], false);
    case(Mode::Listed, &[REFUSED], &["cart=1"], &["cart=1"], false);
    case(Mode::Listed, &[], &["session=1"], &["session=1"], false);
    case(Mode::Listed, &["Hm_lvt_1=1"], &["zq=1"], &["zq=1"], false);
    case(Mode::Strict, &[ACCEPTED], &["cart=1"], &[], false);
}

#[test]
fn the_decision_is_found_in_whichever_header_it_comes() {
    let set = ["cna=1"];
    case(
        Mode::Listed,
        &["a=1", "b=2; zq=x", ACCEPTED],
        &set,
        &set,
        true,
    );
    case(
        Mode::Listed,
        &[&format!("a=1;{ACCEPTED} ;b")],
        &set,
        &set,
        true,
    );
    // The latest counts, as in the page's guard; of equals the first.
    let later = "zq=1~demo~2026.11~10~~analytics.ads~";
    case(Mode::Listed, &[ACCEPTED, later], &set, &[], true);
    case(Mode::Listed, &[later, ACCEPTED], &set, &[], true);
    case(Mode::Listed, &[ACCEPTED, REFUSED], &set, &set, true);
}

#[test]
fn malformed_lines_are_left_alone() {
    let odd = ["", "Hm_lvt_1", "=Hm_lvt_1=2", "; Hm_lvt_1=2"];
    case(Mode::Listed, &[REFUSED], &odd, &odd, false);
    case(Mode::Strict, &[REFUSED], &odd, &odd, false);
}

#[test]
fn bytes_that_are_no_text_hide_nothing() {
    let cookies = [&b"a=\xff\xfe; \xff=1"[..], REFUSED.as_bytes()];
    let set = [
        (SET_COOKIE, &b"cart=\xff"[..]),
        (SET_COOKIE, b"Hm_lvt_1=\xff"),
        (SET_COOKIE, b"Hm_lvt_\xff=1"),
    ];
    let response = block_on(answer(Mode::Listed, &cookies, &set));
    assert_eq!(lines(&response, &SET_COOKIE), [r"cart=\xff"]);
    let response = block_on(answer(
        Mode::Listed,
        &[b"Hm_lvt_\xff=1; zq=1~demo~1~9~~analytics~"],
        &[],
    ));
    assert_eq!(
        lines(&response, &SET_COOKIE)[0],
        r"Hm_lvt_\xff=; Max-Age=0; Path=/"
    );
}

#[test]
fn a_withdrawn_purposes_cookies_are_expired_for_every_domain_above() {
    let expired = |name: &str| {
        ["", "; Domain=m.example.cn", "; Domain=example.cn"]
            .map(|domain| format!("{name}=; Max-Age=0; Path=/{domain}"))
    };
    let (hm, cna) = (expired("Hm_lvt_1"), expired("cna"));
    let all: Vec<&str> = hm.iter().chain(&cna).map(String::as_str).collect();
    let held = "Hm_lvt_1=7; cart=1; cna=8; session=2; Hm_lvt_1=9";
    case(Mode::Listed, &[held, REFUSED], &[], &all, true);
    case(Mode::Listed, &[held, NO_COOKIES], &[], &all, true);
    case(Mode::Strict, &[held, REFUSED], &[], &all, true);
    case(Mode::Listed, &[held, ACCEPTED], &[], &[], false);
    case(
        Mode::Listed,
        &[held, "zq=1~demo~2026.11~9~ads~analytics~"],
        &[],
        &all[..3],
        true,
    );
    // Unset since the notice asks about more: not granted either.
    case(
        Mode::Listed,
        &[held, "zq=1~demo~2026.10~9~ads~~"],
        &[],
        &all[..3],
        true,
    );
    let mut after = vec!["cart=1"];
    after.extend(&all);
    case(
        Mode::Listed,
        &[held, REFUSED],
        &["cna=9", "cart=1"],
        &after,
        true,
    );
}

#[test]
fn nothing_is_expired_while_nothing_is_decided() {
    case(Mode::Listed, &["Hm_lvt_1=7; cna=8"], &[], &[], false);
    case(Mode::Listed, &["Hm_lvt_1=7; zq=accepted"], &[], &[], false);
}

#[test]
fn a_request_that_invents_names_does_not_choose_the_size_of_its_answer() {
    let many: Vec<String> = (0..1000).map(|n| format!("Hm_lvt_{n}=1")).collect();
    let response = block_on(answer(Mode::Listed, &[many.join(";"), REFUSED.into()], &[]));
    assert_eq!(lines(&response, &SET_COOKIE).len(), 50 * 3);
}

#[test]
fn report_mode_touches_nothing() {
    case(Mode::Report, &[REFUSED, "cna=1"], &SET, &SET, false);
}

#[test]
fn a_shared_cache_learns_that_the_response_is_one_persons() {
    let answered = [
        (SET_COOKIE, &b"cna=1"[..]),
        (VARY, b"Accept-Encoding"),
        (CACHE_CONTROL, b"public, max-age=600"),
    ];
    let response = block_on(answer(Mode::Listed, &[ACCEPTED], &answered));
    assert_eq!(lines(&response, &VARY), ["Accept-Encoding, Cookie"]);
    assert_eq!(lines(&response, &CACHE_CONTROL), ["private, max-age=600"]);
    assert_eq!(*response.body(), "body");
}

#[test]
fn errors_of_the_service_pass_as_they_are() {
    let service = service_fn(|_: Request<()>| std::future::ready(Err::<Response<()>, _>("away")));
    let service = ConsentLayer::new(Arc::new(notice(Mode::Listed))).layer(service);
    assert_eq!(
        block_on(service.oneshot(Request::new(()))).err(),
        Some("away")
    );
}
