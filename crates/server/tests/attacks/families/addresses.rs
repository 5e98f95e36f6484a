//! Addresses, methods and the form.

use super::{noise, one, pick};
use crate::attack::Attack;
use crate::house::House;
use crate::wire::{Request, get, submit};
use fastrand::Rng;

pub(super) fn traversal(house: &House, rng: &mut Rng) -> Attack {
    const ROOTS: [&str; 5] = [
        "/sites/demo/",
        "/v1/policies/demo/",
        "/v1/sites/",
        "/sites/",
        "/v1/sites/demo/",
    ];
    const STEPS: [&str; 10] = [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..%5c",
        "..\\",
        "....//",
        "%252e%252e%252f",
        "..%00/",
        "%c0%ae%c0%ae/",
    ];
    const FILES: [&str; 6] = [
        "etc/passwd",
        "zhiqing.db",
        "site.key",
        "zhiqing.js%00.png",
        "demo/zhiqing.js/",
        ".git/config",
    ];
    let step = one(rng, &STEPS).repeat(rng.usize(1..12));
    let target = format!("{}{step}{}", one(rng, &ROOTS), one(rng, &FILES));
    let bytes = get(&target).bearer(&pick(rng, &house.kept).person).bytes();
    Attack::raw(bytes, &[400, 401, 404])
}

/// Methods that are not there, and headers that would make another out of one.
pub(super) fn method(house: &House, rng: &mut Rng) -> Attack {
    const NAMES: [&str; 3] = [
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
    ];
    const METHODS: [&str; 9] = [
        "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "CONNECT", "post", "LINK", "G",
    ];
    let kept = pick(rng, &house.kept);
    let site = kept.record["site"].as_str().unwrap_or_default();
    let subject = format!("/v1/consents/{}", kept.person.subject(site));
    let (person, record) = house.submission(rng);
    let mut request = submit(&person, record.to_string());
    match rng.u8(..3) {
        0 => request.method = (one(rng, &METHODS)).into(),
        1 => {
            request.target = subject;
            request = request.header(one(rng, &NAMES), one(rng, &METHODS));
        }
        _ => {
            request.method = "GET".into();
            request = request.header(one(rng, &NAMES), "POST");
        }
    }
    Attack::refused(&request, &[400, 404, 405, 501])
}

/// What another site's page can make a browser send.
pub(super) fn foreign_form(house: &House, rng: &mut Rng) -> Attack {
    const SENDERS: [&[(&str, &str)]; 9] = [
        &[],
        &[("Origin", "null")],
        &[("Origin", "https://evil.example")],
        &[("Referer", "https://evil.example/https://demo.example/")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[
            ("Sec-Fetch-Site", "same-site"),
            ("Referer", "https://demo.example/"),
        ],
        &[
            ("Sec-Fetch-Site", "same-origin"),
            ("Sec-Fetch-Site", "cross-site"),
        ],
        &[("Sec-Fetch-Site", "SAME-ORIGIN"), ("Origin", "null")],
        &[
            ("Sec-Fetch-Site", "none"),
            ("Origin", "https://evil.example"),
        ],
    ];
    let kept = pick(rng, &house.kept);
    let mut request = form(house, "act=accept-all");
    for (name, value) in one(rng, &SENDERS) {
        request = request.header(name, *value);
    }
    let cookie = format!("zq-key={}", kept.person.bearer());
    Attack::refused(&request.header("Cookie", cookie), &[403])
}

/// A form of the site's own page that is not as a form must be.
pub(super) fn malformed_form(house: &House, rng: &mut Rng) -> Attack {
    const FIELDS: [&str; 9] = [
        "",
        "act=destroy",
        "act=save&act=save",
        "act=save&purpose=unknown",
        "act=save&purpose=identity",
        "act=save&purpose=%ff",
        "act=save&refuse=script",
        "act=item&purpose=identity&purpose=ads&answer=granted",
        "act=item&purpose=child&answer=granted",
    ];
    let own = |request: Request| request.header("Sec-Fetch-Site", "same-origin");
    let (request, statuses): (_, &[u16]) = match rng.u8(..6) {
        0 => {
            let wrong = form(house, "act=accept-all").without("Content-Type");
            (wrong.header("Content-Type", "text/plain"), &[415])
        }
        1 => (form(house, &format!("x={}", "a".repeat(20_000))), &[413]),
        2 => {
            let noise = noise(rng, 2_000);
            let request = form(house, "").without("Content-Length");
            (
                request.body([b"act=".as_slice(), &noise].concat()),
                &[404, 422],
            )
        }
        _ => (form(house, one(rng, &FIELDS)), &[422]),
    };
    Attack::refused(&own(request), statuses)
}

fn form(house: &House, fields: &str) -> Request {
    let notice = &house.notices[0];
    let body = format!("site={}&notice={}&{fields}", notice.site, notice.digest);
    let request = Request::new("POST", "/v1/form");
    request
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body)
}
