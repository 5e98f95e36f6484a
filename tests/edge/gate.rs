//! The guard judges by itself, before the module is here: it must judge as the module.

use crate::guard::{Dice, read, state, value};
use crate::page::json;
use crate::sample::notice;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::gate::{Gate, Verdict};
use zhiqing_consent::rules::{Act, decide};
use zhiqing_consent::{
    Decision, Glob, Mode, Notice, Technologies, Technology, Tracker, Use, cookie,
};

/// Decision and gate of the guard as they are written: what is shipped lets nobody in.
///
/// `config` as a build writes it, `given` as a worker is given it; the page is one of
/// <https://a.cn/shop/>, and its host is not told, as in workers made of text. The object has
/// `judge(way, value)`, which gives the purpose that holds it back, `uncached` or `pass`, and `state(value)`,
/// as `zhiqing.state()` is under this value of the cookie.
fn written(config: &str, given: &str) -> JsValue {
    let gate = include_str!("../../www/guard/gate.js");
    let (gate, _) = gate
        .split_once("// ---- The gate: what is watched")
        .expect("its second half");
    let decision = include_str!("../../www/guard/decision.js");
    let body = format!(
        "const config = {config};
        const given = {given};
        const page = {{ location: {{ origin: 'https://a.cn', href: 'https://a.cn/shop/', hostname: '' }} }};
        const Address = URL;
        const [Pattern, Table, Names] = [RegExp, Map, Set];
        const doc = undefined;
        const warn = () => {{}};
        const base = () => page.location.href;
        const quietly = (act) => {{ try {{ return act(); }} catch (_) {{ return null; }} }};
        const home = () => page.location.href;
        const from = home();
        {decision}
        {gate}
        return {{
            judge: (way, value) => judge(way, value) || (bare ? 'uncached' : 'pass'),
            state(value) {{
                know();
                const found = decode(value);
                decision = found && found.at < Date.now() / 1000 + 86400 ? found : null;
                settle();
                return JSON.stringify(state());
            }}
        }};"
    );
    let make = Function::new_no_args(&body);
    make.call0(&JsValue::NULL).expect("the guard's own code")
}

fn asked(of: &JsValue, method: &str, arguments: &[&str]) -> String {
    let method: Function = Reflect::get(of, &method.into())
        .expect("an object")
        .unchecked_into();
    let arguments: js_sys::Array = arguments.iter().map(|text| JsValue::from(*text)).collect();
    let answer = method.apply(of, &arguments).expect("nothing is thrown");
    answer.as_string().expect("text")
}

fn config(notice: &Notice) -> String {
    let purposes: Vec<(&str, u8)> = notice
        .purposes
        .iter()
        .map(|purpose| (purpose.id.as_str(), purpose.kind_for_guard()))
        .collect();
    let uses: Vec<(&str, Technology, &Vec<Glob>)> = notice
        .trackers
        .iter()
        .flat_map(|tracker| {
            let rows = tracker.uses.iter();
            rows.map(|used| (tracker.purpose.as_str(), used.technology, &used.patterns))
        })
        .collect();
    let mode = Some(notice.mode).filter(|mode| *mode != Mode::Listed);
    format!(
        r#"{{"site":"demo","version":"2026.11","mode":{},"purposes":{},"technologies":{},"uses":{}}}"#,
        json(&mode),
        json(&purposes),
        json(&notice.technologies),
        json(&uses)
    )
}

const STORES: [Technology; 4] = [
    Technology::Cookie,
    Technology::LocalStorage,
    Technology::SessionStorage,
    Technology::IndexedDb,
];
/// By which a page loads and sends.
const WAYS: [Technology; 5] = [
    Technology::Script,
    Technology::Iframe,
    Technology::Request,
    Technology::Beacon,
    Technology::Pixel,
];

/// Some can name an address of the page's own host, and some only look so.
const PATTERNS: &[&str] = &[
    "a.cn/*",
    "a.cn/x",
    "*.cn/x",
    "k*",
    "key",
    "*",
    "b.cn/*",
    "*.b.cn/*",
    "*/x",
    "a.c*",
    "c*/shop/x",
    "*.cn/shop/*",
    "b.*/x",
];

/// How a page writes addresses, and what they are: host and path, and whether they are the page's own.
const ADDRESSES: &[(&str, &str, bool)] = &[
    ("https://a.cn/x?query=b.cn/x#k", "a.cn/x", true),
    ("https://a.cn/y", "a.cn/y", true),
    ("https://A.cn/x", "a.cn/x", true),
    ("https://a.cn.b.cn/x", "a.cn.b.cn/x", false),
    ("https://a.cn@b.cn/x", "b.cn/x", false),
    ("https://a.cn:8443/x", "a.cn/x", false),
    ("http://a.cn/x", "a.cn/x", false),
    ("https://b.cn/x", "b.cn/x", false),
    ("//b.cn/x", "b.cn/x", false),
    ("/\\b.cn/x", "b.cn/x", false),
    ("/\n/b.cn/x", "b.cn/x", false),
    (" //b.cn/x", "b.cn/x", false),
    ("https://c.com/z", "c.com/z", false),
    ("https:x", "a.cn/shop/x", true),
    ("/x", "a.cn/x", true),
    ("x", "a.cn/shop/x", true),
    ("./x", "a.cn/shop/x", true),
    ("../x", "a.cn/x", true),
    ("/y/../x", "a.cn/x", true),
    ("/%2e%2e/x", "a.cn/x", true),
    ("/x.b.cn/x", "a.cn/x.b.cn/x", true),
    ("?x", "a.cn/shop/", true),
    ("", "a.cn/shop/", true),
];

/// A notice with a few trackers that claim the same things again and again.
fn claiming(dice: &mut Dice) -> Notice {
    let etag = [Technology::Etag; 6];
    let technologies = [&STORES[..], &WAYS, &etag, &[Technology::EmailPixel]].concat();
    let mut trackers = Vec::new();
    for id in 0..dice.below(5) {
        let uses = (0..1 + dice.below(3)).map(|_| Use {
            technology: technologies[dice.below(technologies.len())],
            patterns: (0..1 + dice.below(2))
                .map(|_| Glob::new(dice.pick(PATTERNS)))
                .collect(),
        });
        trackers.push(Tracker {
            id: id.to_string(),
            vendor: "某公司".into(),
            uses: uses.collect(),
            purpose: dice.pick(&["service", "analytics", "ads"]).into(),
            signals: Default::default(),
        });
    }
    let mode = [Mode::Listed, Mode::Strict, Mode::Report][dice.below(3)];
    Notice {
        mode,
        trackers,
        ..notice()
    }
}

fn decided(dice: &mut Dice, notice: &Notice) -> Option<Decision> {
    let refusable = [
        Technology::Cookie,
        Technology::Pixel,
        Technology::Beacon,
        Technology::Etag,
    ];
    let act = match dice.below(5) {
        0 => return None,
        1 => Act::RejectAll,
        2 => Act::AcceptAll,
        3 => Act::Save {
            granted: vec!["analytics".into(), "ads".into()],
            confirmed: vec![],
            refused: Technologies::from([Technology::Etag]),
        },
        _ => Act::Save {
            granted: (0..dice.below(3))
                .map(|_| dice.pick(&["analytics", "ads"]).to_owned())
                .collect(),
            confirmed: vec![],
            refused: (0..dice.below(3))
                .map(|_| refusable[dice.below(refusable.len())])
                .collect::<Technologies>(),
        },
    };
    Some(decide(notice, None, &act, 1_763_690_000))
}

#[wasm_bindgen_test]
fn the_guard_judges_as_the_module_does() {
    let mut dice = Dice(6);
    let mut told = [0; 4];
    for _ in 0..4000 {
        let notice = claiming(&mut dice);
        let decision = decided(&mut dice, &notice);
        let text = decision
            .as_ref()
            .map(|decision| cookie::encode(&notice.site, decision));
        let guard = written(&config(&notice), &json(&[text]));
        let gate = Gate::new(&notice, decision.as_ref());
        for _ in 0..4 {
            let (way, value, verdict) = if dice.below(2) == 0 {
                let (store, key) = (
                    STORES[dice.below(4)],
                    dice.pick(&["key", "k2", "other", "zq.x", ""]),
                );
                (store, key.to_owned(), gate.judge_key(store, key))
            } else {
                let way = WAYS[[2, dice.below(5)][dice.below(2)]];
                let (url, address, own) = ADDRESSES[dice.below(ADDRESSES.len())];
                let verdict = gate.judge_address(way, address, own);
                (way, url.to_owned(), verdict)
            };
            let expected = match verdict {
                Verdict::Pass => "pass".to_owned(),
                Verdict::Uncached => "uncached".to_owned(),
                Verdict::Undeclared => "-".to_owned(),
                Verdict::Held(tracker) => tracker.purpose.clone(),
            };
            told[match verdict {
                Verdict::Pass => 0,
                Verdict::Uncached => 1,
                Verdict::Undeclared => 2,
                Verdict::Held(_) => 3,
            }] += 1;
            let found = asked(&guard, "judge", &[way.name(), &value]);
            assert_eq!(
                found,
                expected,
                "{way:?} {value}; {} {decision:?}",
                config(&notice)
            );
        }
    }
    assert!(
        told.iter().all(|count| *count > 10),
        "all of them came: {told:?}"
    );
}

#[wasm_bindgen_test]
fn ten_thousand_values_of_the_cookie_are_read_as_the_module_reads_them() {
    let notice = notice();
    let guard = written(&config(&notice), "undefined");
    let mut dice = Dice(10_000);
    let mut decisions = 0;
    for _ in 0..10_000 {
        let value = value(&mut dice);
        let expected = read(&notice, &value);
        decisions += usize::from(expected.is_some());
        assert_eq!(
            asked(&guard, "state", &[&value]),
            state(expected.as_ref()),
            "{value:?}"
        );
    }
    assert!(
        (2000..8000).contains(&decisions),
        "{decisions} are decisions"
    );
}

#[wasm_bindgen_test]
fn patterns_of_ten_thousand_characters_end() {
    let mut notice = notice();
    let long = |piece: &str| piece.repeat(10_000 / piece.len());
    let patterns = [
        long("*a"),
        long("a") + "*",
        format!("*{}b", long("a")),
        long("*"),
        long("a*b*"),
    ];
    notice.trackers = vec![Tracker {
        id: "long".into(),
        vendor: "某公司".into(),
        purpose: "ads".into(),
        uses: vec![Use {
            technology: Technology::Cookie,
            patterns: patterns.into_iter().map(Glob::new).collect(),
        }],
        signals: Default::default(),
    }];
    let guard = written(&config(&notice), "undefined");
    let gate = Gate::new(&notice, None);
    for key in [
        long("a"),
        long("ab"),
        long("b"),
        "a".into(),
        long("a") + "b",
    ] {
        let expected = match gate.judge_key(Technology::Cookie, &key) {
            Verdict::Held(tracker) => tracker.purpose.as_str(),
            _ => "pass",
        };
        assert_eq!(
            asked(&guard, "judge", &["cookie", &key]),
            expected,
            "{}",
            &key[..1]
        );
    }
}
