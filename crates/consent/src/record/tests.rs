//! Every fault names its field.

use super::*;
use crate::rules::{self, Act, tests::notice};
use crate::{Basis, Secret, State, Technology, digest};

pub(crate) fn record() -> Record {
    let notice = notice();
    let act = Act::Grant {
        purposes: vec!["analytics".into()],
    };
    let decision = rules::decide(&notice, None, &act, 1);
    Record {
        schema: SCHEMA.into(),
        id: RecordId::new(1, [1; 10]),
        site: notice.site.clone(),
        subject: Secret::new([7; 32]).subject(&notice.site),
        sequence: 1,
        previous: None,
        policy: notice.policy.clone(),
        notice: Shown {
            digest: notice.digest.clone(),
            locale: "zh-CN".into(),
            shown_ms: 1200,
        },
        event: Event::Given,
        method: Method::Save,
        signals: Signals::default(),
        choices: decision.complete(&notice),
        technologies: Technologies::from([Technology::Etag]),
        guardian: None,
        environment: Environment::Headless,
        occurred_at: "2026-11-21T08:00:00.000Z".into(),
    }
}

#[track_caller]
fn case(field: Option<&str>, spoil: impl FnOnce(&mut Record)) {
    let mut record = record();
    spoil(&mut record);
    let fault = record.check(&notice()).err().map(|fault| fault.field);
    assert_eq!(fault.as_deref(), field);
}

#[test]
fn a_fault_names_its_field() {
    case(None, |_| ());
    case(Some("schema"), |r| r.schema = "zhiqing/2".into());
    case(Some("id"), |r| {
        r.id = RecordId("01920000-0001-4fff-bfff-ffffffffffff".into())
    });
    case(Some("site"), |r| r.site = "other".into());
    case(Some("sequence"), |r| r.sequence = u64::MAX);
    case(Some("previous"), |r| {
        r.previous = Some(RecordId("x".into()))
    });
    case(Some("previous"), |r| r.previous = Some(r.id.clone()));
    case(Some("policy.version"), |r| r.policy.version = "a b".into());
    case(Some("policy.digest"), |r| {
        r.policy.digest = "sha256:00".into()
    });
    case(Some("policy"), |r| r.policy.version = "2025.1".into());
    case(Some("notice.digest"), |r| {
        r.notice.digest = digest::of_bytes(b"another")
    });
    case(Some("notice.locale"), |r| r.notice.locale = "zh CN".into());
    for tag in [
        "",
        "-",
        "zh-",
        "-zh",
        "zh--CN",
        "zh_CN",
        "1-zh",
        "zh-Hanssssss",
        "语",
    ] {
        case(Some("notice.locale"), |r| r.notice.locale = tag.into());
    }
    for tag in ["zh", "zh-Hant-HK", "de-1996", "x-own", "i-klingon"] {
        case(None, |r| r.notice.locale = tag.into());
    }
    let long = "证".repeat(201);
    for how in ["", " \u{3000}", "a\0", "a\nb", &long] {
        case(Some("guardian.verified_by"), |r| {
            r.guardian = Some(Guardian {
                verified_by: how.into(),
            });
        });
    }
    case(None, |r| {
        r.guardian = Some(Guardian {
            verified_by: long[3..].into(),
        });
    });
    case(Some("occurred_at"), |r| r.occurred_at = "yesterday".into());
    case(Some("choices"), |r| drop(r.choices.pop()));
    case(Some("choices[0].purpose"), |r| {
        r.choices[0].purpose = "service".into()
    });
    case(Some("choices[1].purpose"), |r| {
        r.choices[1].purpose = "analytics".into()
    });
    case(Some("choices[2].separate"), |r| {
        r.choices[2].state = State::Granted
    });
    case(None, |r| {
        r.choices[2].state = State::Granted;
        r.choices[2].separate = true;
    });
    case(Some("technologies.fingerprint"), |r| {
        r.technologies.insert(Technology::Fingerprint);
    });
    case(Some("event"), |r| r.event = Event::Refused);
    case(Some("event"), |r| r.choices[0].state = State::Denied);
}

#[test]
fn a_guardians_purpose_needs_a_guardian() {
    let mut notice = notice();
    notice.purposes[3].basis = Basis::Guardian;
    let mut record = record();
    record.choices[2].state = State::Granted;
    record.choices[2].separate = true;
    assert_eq!(
        record.check(&notice).expect_err("no guardian").field,
        "choices[2].state"
    );
    record.guardian = Some(Guardian {
        verified_by: "sms".into(),
    });
    assert_eq!(record.check(&notice), Ok(()));
}

#[test]
fn the_wire_format_is_the_contracts() {
    let json = serde_json::to_value(record()).expect("JSON");
    assert_eq!(json["choices"][0]["state"], "granted");
    assert_eq!(
        json["technologies"],
        serde_json::json!({ "etag": "refused" })
    );
    assert_eq!(json["environment"], "headless");
    assert_eq!(json["previous"], serde_json::Value::Null);
    assert_eq!(json["signals"]["gpc"], false);
    let mut more = json.clone();
    more["extra"] = 1.into();
    assert!(serde_json::from_value::<Record>(more).is_err());
    let doubled = json.to_string();
    let once = r#"{"etag":"refused"}"#;
    let doubled = doubled.replace(once, r#"{"etag":"refused","etag":"refused"}"#);
    let error = serde_json::from_str::<Record>(&doubled).expect_err("twice");
    assert!(error.to_string().contains("duplicate field `etag`"));
    assert_eq!(
        serde_json::from_value::<Record>(json).expect("a record"),
        record()
    );
}

#[test]
fn names_are_those_of_the_wire() {
    #[track_caller]
    fn case(value: impl Serialize, name: &str) {
        assert_eq!(serde_json::to_value(value).expect("JSON"), name);
    }
    use Environment::{AlipayMiniprogram, App, H5, Headless, WechatMiniprogram};
    use Event::{Changed, Given, Refused, Renewed, Withdrawn};
    use Method::{AcceptAll, Api, Guardian, Item, Native, RejectAll, Save};
    for event in [Given, Refused, Changed, Withdrawn, Renewed] {
        case(event, event.name());
    }
    for method in [AcceptAll, RejectAll, Save, Item, Api, Guardian, Native] {
        case(method, method.name());
    }
    for environment in [H5, WechatMiniprogram, AlipayMiniprogram, App, Headless] {
        case(environment, environment.name());
    }
    for state in [State::Granted, State::Denied] {
        case(state, state.name());
    }
    for technology in Technology::ALL {
        case(technology, technology.name());
    }
}
