//! The module's own reader says what serde says of the same JSON, and where a mistake is.

use crate::page::{json, text};
use crate::sample::{document, notice};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing::reading::{read_document, read_notice};
use zhiqing_consent::notice::{ContactPoint, Minors};
use zhiqing_consent::{
    Banner, Call, Glob, Handle, Mode, Notice, Permission, Place, PreviousVersion, Recipient,
    Signals, Technology, Tracker, Use,
};

/// Everything that a notice can say.
fn full() -> Notice {
    let mut full = notice();
    let texts = |texts: &[&str]| texts.iter().map(|&it| it.to_owned()).collect::<Vec<_>>();
    full.operator = Some("某公司".into());
    full.contacts = vec![ContactPoint {
        kind: "email".into(),
        value: "a@example.com".into(),
    }];
    full.mode = Mode::Strict;
    full.previous = vec![PreviousVersion {
        version: "2026.1".into(),
        ask_again: texts(&["ads"]),
    }];
    full.recipients = vec![Recipient {
        id: "one".into(),
        name: "甲".into(),
        contact: "乙".into(),
        data: texts(&["丙", ""]),
        purpose: "丁".into(),
        method: "戊".into(),
        country: "己".into(),
    }];
    full.trackers.push(Tracker {
        id: "t".into(),
        vendor: "V".into(),
        purpose: "ads".into(),
        uses: Technology::ALL
            .map(|technology| Use {
                technology,
                patterns: vec![Glob::new("a*"), Glob::new("")],
            })
            .into(),
        signals: Signals {
            calls: vec![Call {
                call: "_paq.push".into(),
                granted: Some("[1]".into()),
                denied: None,
            }],
            consent_mode: Some(texts(&["ad_storage"])),
        },
    });
    full.permissions = vec![Permission {
        id: "camera".into(),
        purpose: "ads".into(),
        refusal: "不能拍照".into(),
    }];
    full.minors = Some(Minors {
        age: 14,
        rule: "监护人".into(),
    });
    full.banner = Banner {
        place: Place::Over,
        handle: Handle::Never,
    };
    full
}

#[wasm_bindgen_test]
fn a_notice_is_read_as_it_was_written() {
    for mut notice in [notice(), full()] {
        let text = json(&notice);
        // What the tools are told the loader reads by itself.
        for tracker in &mut notice.trackers {
            tracker.signals = Signals::default();
        }
        assert_eq!(read_notice(&text), Ok(notice));
    }
}

#[wasm_bindgen_test]
fn what_is_wrong_in_a_notice_is_told_with_its_place() {
    #[track_caller]
    fn spoilt(path: &str, value: &str) -> String {
        let whole = json(&full());
        let code = format!("const it = {whole}; it.{path} = {value}; return it;");
        let spoil = js_sys::Function::new_no_args(&code);
        text(&spoil.call0(&JsValue::NULL).expect("an object"))
    }
    for (path, value, expected) in [
        ("site", "5", "site: a text is missing"),
        ("texts.save", "null", "texts: an object of texts is missing"),
        ("policy", "null", "policy: an object is missing"),
        ("policy.digest", "{}", "policy.digest: a text is missing"),
        (
            "purposes[1].tier",
            "'Basic'",
            "purposes[1].tier: one of basic, extended is missing",
        ),
        ("purposes", "'all'", "purposes: a list is missing"),
        (
            "trackers[0].uses[0].match",
            "[1]",
            "trackers[0].uses[0].match: a list of texts is missing",
        ),
        ("minors.age", "'14'", "minors.age: a number is missing"),
        ("mode", "undefined", "mode: a text is missing"),
        (
            "technologies",
            "undefined",
            "technologies: a list is missing",
        ),
    ] {
        let error = read_notice(&spoilt(path, value)).err();
        assert_eq!(error.as_deref(), Some(expected), "{path} = {value}");
    }
}

#[wasm_bindgen_test]
fn a_document_is_read_as_far_as_it_is_shown() {
    let written = document();
    let read = read_document(&json(&written)).expect("it is read");
    assert_eq!(
        zhiqing_policy::to_text(&read),
        zhiqing_policy::to_text(&written)
    );
    assert_eq!(read.outline.len(), written.outline.len());
    assert_eq!(read.tables, written.tables);
    for (read, written) in read.clauses.iter().zip(&written.clauses) {
        assert_eq!((&read.id, &read.text), (&written.id, &written.text));
        assert_eq!(
            (&read.head, &read.emphasis),
            (&written.head, &written.emphasis)
        );
        let sensitive =
            |it: &zhiqing_policy::Clause| it.kinds.contains(&zhiqing_policy::Kind::Sensitive);
        assert_eq!(sensitive(read), sensitive(written));
    }
    let error = read_document("{}").err();
    assert_eq!(error.as_deref(), Some("outline: a list is missing"));
    let error = read_document("<!doctype html>").err();
    assert_eq!(error.as_deref(), Some("no JSON at byte 0"));
}
