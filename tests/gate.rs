//! What pages see of the gate: nothing, as long as all they do is needed.

#[path = "gate/stand.rs"]
mod stand;

use serde_json::{Value, json};
use stand::Stand;

/// What each file of a shop's page looks at, by groups.
const NECESSARY: [(&str, &[&str]); 2] = [
    (
        "necessary.js",
        &[
            "cookies",
            "local storage",
            "session storage",
            "storage events",
            "databases",
            "sends",
            "requests",
            "elsewhere",
        ],
    ),
    (
        "elements.js",
        &["attributes", "elements", "markup", "workers"],
    ),
];

/// All observations of a page, by their names.
async fn necessary(stand: &Stand) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (file, groups) in NECESSARY {
        for group in groups {
            let found = stand.go(file, &format!("go({})", json!(group))).await;
            let found = found.as_object().expect("observations");
            all.extend(
                found
                    .iter()
                    .map(|(name, seen)| (name.clone(), seen.clone())),
            );
            let wrong = stand.value("walkErrors.splice(0).map((text) => text.replace(/\\n[^]*| at http.*|http.*(?=\\/)/g, '')).sort()").await;
            all.push((format!("errors of {group}"), wrong));
        }
    }
    all
}

/// What differs, as lines: of lists, what differs in them.
fn differences(plain: &[(String, Value)], guarded: &[(String, Value)]) -> Vec<String> {
    assert_eq!(plain.len(), guarded.len());
    let mut found = Vec::new();
    for ((name, one), (_, other)) in plain.iter().zip(guarded) {
        differ(name, &parsed(one), &parsed(other), &mut found);
    }
    found
}

/// An observation is text; what it says.
fn parsed(seen: &Value) -> Value {
    let text = seen.as_str();
    let parsed = text.and_then(|text| serde_json::from_str(text).ok());
    parsed.unwrap_or_else(|| seen.clone())
}

fn differ(name: &str, one: &Value, other: &Value, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                differ(&format!("{name} {at}"), one, other, found);
            }
        }
        _ if one == other => {}
        _ => found.push(format!("{name}: {one}, guarded {other}")),
    }
}

#[tokio::test]
async fn what_is_needed_works_as_without_a_guard() {
    let stand = Stand::open("", "", "").await;
    let plain = necessary(&stand).await;
    let again = necessary(&stand).await;
    stand.end().await;
    assert_eq!(
        differences(&plain, &again),
        Vec::<String>::new(),
        "by chance"
    );
    assert!(plain.len() > 250, "{} observations", plain.len());
    for mode in ["listed", "strict"] {
        let stand = Stand::open(mode, "", "").await;
        for decide in ["", "reject", "accept", "withdraw"] {
            if !decide.is_empty() {
                stand.value(&format!("zhiqing.{decide}()")).await;
            }
            if decide != "withdraw" {
                stand.load().await;
            }
            let guarded = necessary(&stand).await;
            let mut found = differences(&plain, &guarded);
            if mode == "strict" {
                found.retain(|line| !line.starts_with("elsewhere: "));
            }
            assert!(found.is_empty(), "{mode} {decide}:\n{}", found.join("\n"));
        }
        stand.end().await;
    }
}

#[tokio::test]
async fn what_is_watched_looks_as_in_a_browser_without_a_guard() {
    let mut seen = Vec::new();
    for mode in ["", "listed"] {
        let stand = Stand::open(mode, "", "").await;
        let mut found = Vec::new();
        for call in ["shapes()", "wrongs()"] {
            let all = stand.go("shapes.js", call).await;
            let all = all.as_object().expect("shapes").clone();
            found.extend(all);
        }
        seen.push(found);
        stand.value("walkErrors.splice(0)").await;
        stand.end().await;
    }
    let [plain, guarded] = &seen[..] else {
        unreachable!()
    };
    let names =
        |all: &[(String, Value)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(plain), names(guarded));
    let found = differences(plain, guarded);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What the gate itself needs of what all scripts share, where it is made to throw or to give garbage: it
/// judges nothing then, and lets the page have what it asked for.
const NEEDED: [&str; 13] = [
    "WeakMap.get",
    "WeakMap.set",
    "WeakSet.add",
    "Array.indexOf",
    "String.indexOf",
    "String.lastIndexOf",
    "String.replace",
    "String.slice",
    "String.substr",
    "String.toLowerCase",
    "RegExp.exec",
    "RegExp.test",
    "RegExp.Symbol(Symbol.replace)",
];

#[tokio::test]
async fn what_a_page_breaks_of_its_own_breaks_little_of_the_gate() {
    let stand = Stand::open("listed", "", "").await;
    let found = stand.go("tampering.js", "tamper(AWAY + '/c/')").await;
    let texts = |name: &str| -> Vec<String> {
        let list = found[name].as_array().expect("a list").iter();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let names = texts("names");
    assert!(names.len() > 200, "{names:?}");
    assert_eq!(texts("threw"), Vec::<String>::new());
    // All begin with the number of what was broken.
    let leaks = stand.leaks().into_iter().chain(texts("kept"));
    let numbers = leaks.map(|leak| {
        let digits: String = leak
            .chars()
            .skip_while(|sign| !sign.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse::<usize>().expect("a number")
    });
    let mut leaky: Vec<&str> = numbers.map(|at| names[at].as_str()).collect();
    leaky.retain(|name| !NEEDED.contains(name));
    assert_eq!(leaky, Vec::<&str>::new());
    stand.value("walkErrors.splice(0)").await;
    stand.end().await;
}

#[tokio::test]
async fn what_is_broken_before_the_decision_is_read_grants_nothing() {
    case("Array.prototype", "sort").await;
    case("Array.prototype", "map").await;
    case("String.prototype", "split").await;
    case("Map.prototype", "forEach").await;
    case("window", "Map").await;
    case("window", "Set").await;

    async fn case(owner: &str, name: &str) {
        let script = format!(
            "<script>(() => {{
                const native = {owner}.{name};
                {owner}.{name} = () => {{ throw new TypeError('broken'); }};
                document.cookie = 't_cookie=1';
                new Image().src = AWAY + '/c/image';
                navigator.sendBeacon(AWAY + '/c/beacon', 'x');
                {owner}.{name} = native;
            }})()</script>"
        );
        let stand = Stand::open("listed", "", &script).await;
        assert_eq!(stand.leaks(), Vec::<String>::new(), "{owner}.{name}");
        let cookies = stand.value("document.cookie").await;
        assert!(
            !cookies.to_string().contains("t_"),
            "{owner}.{name}: {cookies}"
        );
        stand.end().await;
    }
}

/// Old libraries bring a `Map` and an `Array.from` of their own.
#[tokio::test]
async fn a_page_with_names_of_its_own_is_asked_all_the_same() {
    let own = "<script>window.Map = function () { this.keys = () => []; this.get = () => {}; }; \
               Array.from = () => [];</script>";
    let stand = Stand::open("listed", "", own).await;
    let banner = "!!document.querySelector('zhiqing-notice')?.shadowRoot.querySelector('.banner')";
    assert_eq!(stand.value(banner).await, true);
    assert_eq!(stand.value("zhiqing.state().purposes.ads").await, "unset");
    stand.end().await;
}

/// What a page does with a tracker's things, and what it is told; then whether its own work.
const HOLD: &str = "(async (C) => {
    const wrong = [];
    const go = (act) => { try { act(); } catch (error) { wrong.push(String(error)); } };
    go(() => { document.cookie = 't_cookie=1'; });
    go(() => localStorage.setItem('t_method', '1'));
    go(() => { localStorage.t_property = '1'; });
    go(() => fetch(C + 'fetch', { mode: 'no-cors' }).catch(() => {}));
    go(() => { const it = new XMLHttpRequest(); it.open('GET', C + 'xhr'); it.send(); });
    go(() => navigator.sendBeacon(C + 'beacon', 'x'));
    go(() => { new Image().src = C + 'image'; });
    go(() => document.createElement('img').setAttribute('src', C + 'attribute'));
    go(() => { document.createElement('div').innerHTML = `<img src='${C}markup'>`; });
    go(() => { document.createElement('div').innerHTML = `<img srcset=\"/dot.svg?w=1 1x, ${C}set 2x\">`; });
    go(() => { localStorage.setItem('shop', '1'); document.cookie = 'shop=1'; });
    go(() => { if (localStorage.getItem('shop') !== '1') wrong.push('not kept'); });
    go(() => { if (!document.cookie.includes('shop=1')) wrong.push('no cookie'); });
    if ((await fetch('/ok.json')).status !== 200) wrong.push('not fetched');
    const img = document.createElement('img');
    img.setAttribute('src', '/dot.svg');
    if (!img.src.endsWith('/dot.svg')) wrong.push('no picture');
    await new Promise((done) => setTimeout(done, 300));
    return [wrong, document.cookie + Object.keys(localStorage)];
})(AWAY + '/c/')";

/// A library that wraps what is watched, in the way of many, and can take it back.
const LIBRARY: &str = "<script>(() => {
    const back = [];
    const wrap = (owner, name, kind = 'value') => {
        const found = Object.getOwnPropertyDescriptor(owner, name);
        const native = found[kind];
        Object.defineProperty(owner, name, { ...found, [kind]: function (...given) { calls[name] = (calls[name] || 0) + 1; return native.apply(this, given); } });
        back.push(() => Object.defineProperty(owner, name, found));
    };
    window.calls = {};
    (window.unwrap = window.unwrap || []).push(() => back.forEach((act) => act()));
    wrap(window, 'fetch');
    wrap(XMLHttpRequest.prototype, 'open');
    wrap(XMLHttpRequest.prototype, 'send');
    wrap(Navigator.prototype, 'sendBeacon');
    wrap(Element.prototype, 'setAttribute');
    wrap(Element.prototype, 'innerHTML', 'set');
    wrap(HTMLImageElement.prototype, 'src', 'set');
    wrap(Document.prototype, 'cookie', 'set');
    wrap(Storage.prototype, 'setItem');
    wrap(window, 'localStorage', 'get');
})();</script>";

#[tokio::test]
async fn libraries_that_wrap_the_same_work_and_the_gate_holds() {
    for (before, after) in [(LIBRARY, ""), ("", LIBRARY), (LIBRARY, LIBRARY)] {
        let stand = Stand::open("listed", before, after).await;
        for turn in ["wrapped", "unwrapped"] {
            let found = stand.value(HOLD).await;
            assert_eq!(found[0], json!([]), "{turn}");
            let kept = found[1].as_str().expect("names");
            assert!(
                !kept.contains("t_") && kept.contains("shop"),
                "{turn}: {kept}"
            );
            assert_eq!(stand.leaks(), Vec::<String>::new(), "{turn}");
            if !after.is_empty() && turn == "wrapped" {
                assert_eq!(stand.value("Object.keys(calls).length").await, 10);
                stand.value("(unwrap.pop()(), true)").await;
            }
        }
        stand.end().await;
    }
}

/// A page that lets nobody change what it has.
const FROZEN: &str = "<script>
    window.warned = [];
    const warn = console.warn;
    console.warn = (text) => { warned.push(text); warn.call(console, text); };
    Object.defineProperty(window, 'fetch', { value: fetch, configurable: false, writable: false });
    Object.freeze(PROTOTYPE);
</script>";

#[tokio::test]
async fn a_page_that_freezes_its_own_hears_a_warning_and_the_rest_is_held() {
    // What they watch, and so what passes; the fetch of the page itself is frozen in all.
    case("Storage.prototype", &["t_method", "t_property"]).await;
    case("Element.prototype", &["attribute", "markup"]).await;
    case("XMLHttpRequest.prototype", &["xhr"]).await;
    case("Navigator.prototype", &["beacon"]).await;
    case("HTMLImageElement.prototype", &["image"]).await;
    case("Document.prototype", &["t_cookie"]).await;

    #[track_caller]
    fn case(prototype: &str, passes: &[&str]) -> impl Future<Output = ()> {
        let (before, passes) = (FROZEN.replace("PROTOTYPE", prototype), passes.to_vec());
        let prototype = prototype.to_owned();
        async move {
            let stand = Stand::open("listed", &before, "").await;
            let found = stand.value(HOLD).await;
            assert_eq!(found[0], json!([]), "{prototype}");
            let warned = stand
                .value("warned.filter((text) => text.startsWith('[zhiqing] cannot watch')).length")
                .await;
            assert!(warned.as_u64() > Some(1), "{prototype}");
            let kept = found[1].as_str().expect("names");
            let leaks = stand.leaks().join(" ");
            for name in [
                "t_cookie",
                "t_method",
                "t_property",
                "fetch",
                "xhr",
                "beacon",
                "image",
                "attribute",
                "markup",
            ] {
                let came = kept.contains(name) || leaks.contains(name);
                assert_eq!(
                    came,
                    name == "fetch" || passes.contains(&name),
                    "{prototype}: {name}"
                );
            }
            stand.end().await;
        }
    }
}

#[tokio::test]
async fn texts_become_the_same_elements_and_none_that_load_what_is_listed() {
    let mut seen = Vec::new();
    for mode in ["", "listed"] {
        let stand = Stand::open(mode, "", "").await;
        let mut all = Vec::new();
        for seed in 1..=10 {
            let found = stand
                .go("markup.js", &format!("become({seed}, 30, '/dot.svg?')"))
                .await;
            let found = found.as_object().expect("texts");
            all.extend(
                found
                    .iter()
                    .map(|(name, seen)| (name.clone(), seen.clone())),
            );
        }
        seen.push(all);
        let before = stand.leaks();
        for seed in 11..=20 {
            stand
                .go(
                    "markup.js",
                    &format!("become({seed}, 30, AWAY + '/c/{seed}-')"),
                )
                .await;
        }
        let leaks = stand.leaks();
        assert_eq!(before, Vec::<String>::new());
        match mode {
            "" => assert!(leaks.len() > 100, "the control: {leaks:?}"),
            _ => assert_eq!(leaks, Vec::<String>::new()),
        }
        stand.value("walkErrors.splice(0)").await;
        stand.end().await;
    }
    let found = differences(&seen[0], &seen[1]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
