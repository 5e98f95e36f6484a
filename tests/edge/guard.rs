//! The guard runs before the module and decides by itself: it must read and match as the module.

use crate::page::{guard_asks, guard_reads, json};
use crate::sample::notice;
use js_sys::{Date, Function, JSON, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::{Decision, Glob, Notice, State, Technology, cookie};

/// The guard with the settings of the sample site, as a build would write them.
fn guard() -> String {
    standing(&[])
}

/// The same, where choices on these earlier versions of the policy stand.
fn standing(versions: &[&str]) -> String {
    let notice = notice();
    let purposes: Vec<(&str, u8)> = notice
        .purposes
        .iter()
        .map(|purpose| (purpose.id.as_str(), purpose.kind_for_guard()))
        .collect();
    let config = format!(
        r#"{{"site":"demo","version":"2026.11","standing":{},"purposes":{},"technologies":{},"uses":[],"banner":"<section class=banner></section>","css":""}}"#,
        json(versions),
        json(&purposes),
        json(&notice.technologies)
    );
    zhiqing_guard::script(&config, zhiqing_guard::Extras::default())
}

/// `zhiqing.state()` as it must be under this decision.
pub(crate) fn state(decision: Option<&Decision>) -> String {
    let notice = notice();
    let purposes: Vec<String> = notice
        .purposes
        .iter()
        .map(|purpose| {
            let state = match decision.and_then(|decision| decision.state(&purpose.id)) {
                _ if !purpose.basis.is_asked() => "granted",
                Some(State::Granted) => "granted",
                Some(State::Denied) => "denied",
                None => "unset",
            };
            format!(r#""{}":"{state}""#, purpose.id)
        })
        .collect();
    let refused =
        |technology: &Technology| decision.is_some_and(|d| d.refused().contains(*technology));
    let technologies: Vec<String> = notice
        .technologies
        .iter()
        .map(|technology| {
            let state = if refused(technology) {
                "refused"
            } else {
                "allowed"
            };
            format!(r#""{}":"{state}""#, technology.name())
        })
        .collect();
    let moment = decision.map_or("null".to_owned(), |decision| {
        let seconds = u32::try_from(decision.decided_at() / 1000).expect("12 digits at most");
        let rest = u32::try_from(decision.decided_at() % 1000).expect("small");
        let ms = (f64::from(seconds) * 1000.0 + f64::from(rest)) * 1000.0;
        json(&String::from(Date::new(&ms.into()).to_iso_string()))
    });
    format!(
        r#"{{"policyVersion":"{}","purposes":{{{}}},"technologies":{{{}}},"decidedAt":{moment}}}"#,
        decision.map_or("2026.11", Decision::policy_version),
        purposes.join(","),
        technologies.join(",")
    )
}

/// Numbers that are the same each time (xorshift).
pub(crate) struct Dice(pub(crate) u32);

impl Dice {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % end
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Mostly one that is good.
    fn part<'a>(&mut self, good: &[&'a str], bad: &[&'a str]) -> &'a str {
        if self.below(10) == 0 {
            self.pick(bad)
        } else {
            self.pick(good)
        }
    }
}

const LONG: &str = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg";
const TOO_LONG: &str = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggh";

/// A cookie's value, three times in ten with something wrong in it.
pub(crate) fn value(dice: &mut Dice) -> String {
    let ids = [
        "",
        "analytics",
        "ads",
        "identity",
        "service",
        "gone",
        "analytics.ads",
        "child",
    ];
    let more = [
        "ads.ads",
        "identity.gone.analytics",
        LONG,
        "a-b_C9",
        "constructor",
        "__proto__",
    ];
    let ids = [&ids[..], &more].concat();
    let no_ids = [
        ".", "ads.", ".ads", "a..b", "a b", " ads", "广告", TOO_LONG, "a,b", "%61ds", "ads\t",
    ];
    let parts = [
        dice.part(&["1"], &["", "2", "01", " 1", "１"]),
        dice.part(&["demo"], &["", "other", "Demo", "demo "]),
        dice.part(
            &["2026.11", "2026.10", "v-1_", LONG, "."],
            &["", "a b", TOO_LONG, "版", "1\n"],
        ),
        dice.part(
            &["1763690000", "0", "000000000001", "999999999999"],
            &[
                "",
                "-1",
                "+1",
                "1.5",
                "1e3",
                "0x1",
                "1000000000000",
                "１",
                " 1",
                "1763690000\n",
            ],
        ),
        dice.part(&ids, &no_ids),
        dice.part(&ids, &no_ids),
        dice.part(
            &["", "cookie", "etag", "cookie.etag", "fingerprint"],
            &no_ids,
        ),
    ];
    let value = parts.join("~");
    match dice.below(12) {
        0 => format!("{value}~"),
        1 => value.chars().take(value.len() / 2).collect(),
        2 => dice
            .pick(&[
                "",
                "~~~~~~",
                "1~demo",
                "accepted",
                "null",
                "[object Object]",
            ])
            .to_owned(),
        _ => value,
    }
}

/// What the module takes for a decision: one that was made, not one that is to come.
pub(crate) fn read(notice: &Notice, value: &str) -> Option<Decision> {
    let now = format!("{:.0}", Date::now() / 1000.0);
    let now = now.parse().expect("seconds");
    cookie::decode(notice, value).filter(|decision| decision.is_past(now))
}

/// Compares guard and module on one value, in the cookie and in local storage.
fn compare(guard: &str, value: &str) {
    let notice = notice();
    let reading = guard_reads(guard, Some(value), None);
    let about: String = value.chars().take(120).collect();
    // The browser has the first word on what a cookie may hold.
    let jar = reading.jar();
    let expected = cookie::named(&jar, cookie::NAME)
        .next()
        .and_then(|value| read(&notice, value));
    assert_eq!(
        reading.state(),
        state(expected.as_ref()),
        "as a cookie: {about:?}"
    );
    let reading = guard_reads(guard, None, Some(value));
    let expected = read(&notice, value);
    assert_eq!(
        reading.state(),
        state(expected.as_ref()),
        "in storage: {about:?}"
    );
}

#[wasm_bindgen_test]
fn the_guard_reads_a_decision_as_the_module_does() {
    let (guard, mut dice) = (guard(), Dice(2026));
    let values: Vec<String> = (0..200).map(|_| value(&mut dice)).collect();
    let decisions = values
        .iter()
        .filter(|v| cookie::decode(&notice(), v).is_some());
    let decisions = decisions.count();
    assert!(
        (40..160).contains(&decisions),
        "{decisions} of 200 are decisions"
    );
    for value in values {
        compare(&guard, &value);
    }
}

#[wasm_bindgen_test]
async fn the_guard_asks_nobody_whose_choices_on_an_earlier_version_stand() {
    let all = "analytics~ads.identity.child~";
    let earlier = format!("1~demo~2026.10~1763690000~{all}");
    let now = format!("1~demo~2026.11~1763690000~{all}");
    // What was never answered is asked all the same.
    let partly = "1~demo~2026.10~1763690000~analytics~ads~";
    for (versions, cookie, asks) in [
        (&["2026.10"][..], earlier.as_str(), false),
        (&["2026.9", "2026.10"], &earlier, false),
        (&[], &earlier, true),
        (&["2026.9"], &earlier, true),
        (&["2026.10"], partly, true),
        (&[], &now, false),
    ] {
        let found = guard_asks(&standing(versions), cookie).await;
        assert_eq!(found, asks, "{versions:?} {cookie}");
    }
}

#[wasm_bindgen_test]
fn the_guard_takes_no_refusal_of_what_is_no_technology() {
    let guard = guard();
    for technology in [
        "nonsense",
        "script",
        "iframe",
        "request",
        "Cookie",
        "cookie.nonsense",
    ] {
        compare(
            &guard,
            &format!("1~demo~2026.11~9~analytics~ads~{technology}"),
        );
    }
}

#[wasm_bindgen_test]
fn the_guard_takes_no_decision_that_is_longer_than_a_cookie() {
    let guard = guard();
    for count in [60, 61, 62, 63, 64] {
        let gone = vec![LONG; count].join(".");
        compare(&guard, &format!("1~demo~2026.11~9~analytics~{gone}~"));
    }
}

#[wasm_bindgen_test]
fn the_guard_knows_the_technologies_by_the_same_names() {
    let guard = guard();
    for technology in Technology::REFUSABLE {
        compare(
            &guard,
            &format!("1~demo~2026.11~9~ads~~{}", technology.name()),
        );
    }
}

#[wasm_bindgen_test]
fn the_guard_matches_patterns_as_the_module_does() {
    // As it is written: what is shipped lets nobody in.
    let gate = include_str!("../../www/guard/gate.js");
    let (_, rest) = gate.split_once("const matches = ").expect("its matching");
    let (matches, _) = rest.split_once("\n};").expect("its end");
    let matches = Function::new_no_args(&format!("return {matches}\n}}"));
    let matches = Function::from(matches.call0(&JsValue::NULL).expect("a function"));
    let (letters, signs) = (["a", "员", "😀"], ["*", "*", "a", "员", "😀"]);
    let mut dice = Dice(7);
    let mut fits = 0;
    for _ in 0..2000 {
        let pattern: String = (0..dice.below(6)).map(|_| dice.pick(&signs)).collect();
        let text: String = (0..dice.below(7)).map(|_| dice.pick(&letters)).collect();
        let found = matches.call2(&JsValue::NULL, &(&pattern).into(), &(&text).into());
        let expected = Glob::new(pattern.clone()).matches(&text);
        assert_eq!(found, Ok(expected.into()), "{pattern} on {text}");
        fits += usize::from(expected);
    }
    assert!((300..1700).contains(&fits), "{fits} of 2000 fit");
}

#[wasm_bindgen_test]
fn the_guards_state_is_what_the_types_say() {
    let state = JSON::parse(&guard_reads(&guard(), None, None).state()).expect("JSON");
    let decided = Reflect::get(&state, &"decidedAt".into());
    assert_eq!(decided, Ok(JsValue::NULL));
}
