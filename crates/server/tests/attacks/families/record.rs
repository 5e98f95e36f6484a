//! One field of a good record made wrong.

use super::{leaf, object, one, pick};
use crate::attack::Attack;
use crate::house::House;
use crate::wire::submit;
use fastrand::Rng;
use serde_json::{Value, json};

/// The submission of somebody new, spoiled, which is answered with 422.
fn spoiled(house: &House, rng: &mut Rng, spoil: impl FnOnce(&mut Rng, &mut Value)) -> Attack {
    let (person, mut record) = house.submission(rng);
    let before = record.clone();
    spoil(rng, &mut record);
    assert_ne!(record, before, "an attack changes something");
    Attack::refused(&submit(&person, record.to_string()), &[422])
}

pub(super) fn wrong_site(house: &House, rng: &mut Rng) -> Attack {
    let (person, mut record) = house.submission(rng);
    let other = house.other(&record).site.clone();
    let site = match rng.u8(..7) {
        0 => other,
        1 => "elsewhere".into(),
        2 => String::new(),
        3 => "../demo".into(),
        4 => "DEMO".into(),
        5 => "demo ".into(),
        _ => "demo\0".into(),
    };
    record["subject"] = person.subject(&site).into();
    record["site"] = site.into();
    Attack::refused(&submit(&person, record.to_string()), &[422])
}

/// Another digest of the notice, and another site's.
pub(super) fn changed_notice(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| {
        let other = house.other(record).digest.clone();
        let own = record["notice"]["digest"].as_str().unwrap_or_default();
        let digest = match rng.u8(..6) {
            0 => other,
            1 => format!("sha256:{:064x}", rng.u128(..)),
            2 => own.to_uppercase(),
            3 => own[..70].to_owned(),
            4 => own[7..].to_owned(),
            _ => own.replace("sha256", "sha512"),
        };
        record["notice"]["digest"] = digest.into();
    })
}

pub(super) fn changed_policy(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| {
        let other = house.other(record).policy.clone();
        let policy = &mut record["policy"];
        match rng.u8(..6) {
            0 => *policy = json!(other),
            1 => policy["digest"] = format!("sha256:{:064x}", rng.u128(..)).into(),
            2 => policy["digest"] = "".into(),
            3 => policy["version"] = "2026.12".into(),
            4 => policy["version"] = "../2026.11".into(),
            _ => policy["version"] = "9".repeat(rng.usize(65..1000)).into(),
        }
    })
}

/// More than fifteen hours ahead of the clock.
pub(super) fn future(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| {
        let now = jiff::Timestamp::now();
        let ahead = jiff::SignedDuration::from_secs(rng.i64(15 * 3600 + 60..200 * 366 * 86_400));
        let moment = match rng.u8(..4) {
            0 => "9999-12-31T23:59:59.999999999Z".to_owned(),
            _ => format!("{:.3}", now + ahead),
        };
        record["occurred_at"] = moment.into();
    })
}

/// No moment, or not in UTC.
pub(super) fn impossible_moment(house: &House, rng: &mut Rng) -> Attack {
    const MOMENTS: [&str; 18] = [
        "",
        "Z",
        "yesterday",
        "1763690000",
        "2026-02-29T08:00:00Z",
        "2026-11-31T08:00:00Z",
        "2026-13-01T08:00:00Z",
        "2026-00-10T08:00:00Z",
        "2026-11-00T08:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T08:60:00Z",
        "2026-11-21T08:00:60Z",
        "2026-11-21T08:00:00+08:00",
        "2026-11-21t08:00:00z",
        "2026-11-21 08:00:00Z",
        "2026-11-21T08:00:00.0000000000Z",
        "-002026-11-21T08:00:00Z",
        "２０２６-11-21T08:00:00Z",
    ];
    spoiled(house, rng, |rng, record| {
        record["occurred_at"] = (one(rng, &MOMENTS)).into();
    })
}

/// What is no UUIDv7 in lower case.
fn no_id(rng: &mut Rng, id: &str) -> String {
    let mut text = id.to_owned();
    match rng.u8(..9) {
        // The last of a UUIDv7 without letters is made one with them.
        0 => text = (text[..35].to_owned() + "f").to_uppercase(),
        1 => text.replace_range(14..15, one(rng, &["0", "1", "4", "6", "8", "f"])),
        2 => text.replace_range(19..20, one(rng, &["0", "7", "c", "f"])),
        3 => text = text.replace('-', ""),
        4 => text = format!("{{{text}}}"),
        5 => text = format!("urn:uuid:{text}"),
        6 => text.truncate(rng.usize(..36)),
        7 => text.push(one(rng, &['0', ' ', '\n', '\0']).to_owned()),
        _ => text.replace_range(8..9, "_"),
    }
    text
}

pub(super) fn no_uuid(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| {
        let id = record["id"].as_str().unwrap_or_default().to_owned();
        record["id"] = no_id(rng, &id).into();
    })
}

pub(super) fn previous(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| {
        let id = record["id"].as_str().unwrap_or_default().to_owned();
        record["previous"] = match rng.u8(..3) {
            0 => id.into(),
            1 => no_id(rng, &id).into(),
            _ => pick(
                rng,
                &[json!(0), json!(false), json!([]), json!("null"), json!("")],
            )
            .clone(),
        };
    })
}

/// Numbers that a double cannot count, or that are no whole ones.
pub(super) fn number(house: &House, rng: &mut Rng) -> Attack {
    const NUMBERS: [&str; 13] = [
        "9007199254740992",
        "9007199254740993",
        "18446744073709551615",
        "18446744073709551616",
        "-1",
        "-0",
        "1.5",
        "1.0",
        "1e3",
        "1E400",
        "\"1\"",
        "true",
        "null",
    ];
    let (person, mut record) = house.submission(rng);
    let mark = "NUMBER";
    match rng.bool() {
        true => record["sequence"] = mark.into(),
        false => record["notice"]["shown_ms"] = mark.into(),
    }
    let body = record.to_string().replace("\"NUMBER\"", one(rng, &NUMBERS));
    Attack::refused(&submit(&person, body), &[422])
}

/// Purposes that are not asked about, twice or not there.
pub(super) fn choices(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| {
        let list = record["choices"].as_array_mut().expect("choices");
        let at = rng.usize(..list.len());
        match rng.u8(..6) {
            0 => list[at]["purpose"] = "service".into(),
            1 => list[at]["purpose"] = "unknown".into(),
            2 => list.push(list[at].clone()),
            3 => drop(list.remove(at)),
            4 => list.clear(),
            _ => list[at]["purpose"] = "analytics\u{200b}".into(),
        }
    })
}

/// A separate consent under "accept all", and a guardian's without a guardian.
pub(super) fn without_step(house: &House, rng: &mut Rng) -> Attack {
    const NOBODY: [&str; 5] = ["", " ", "\u{3000}\t", "a\u{0}b", "sms\r\nx"];
    spoiled(house, rng, |rng, record| match rng.u8(..3) {
        0 => {
            record["choices"][2]["state"] = "granted".into();
            record["choices"][2]["separate"] = false.into();
            // So that it is another record even where the step was taken before.
            record["method"] = "accept_all".into();
        }
        1 => {
            record["choices"][3]["state"] = "granted".into();
            record["choices"][3]["separate"] = rng.bool().into();
        }
        _ => {
            record["choices"][3] =
                json!({ "purpose": "child", "state": "granted", "separate": true });
            let nobody = (one(rng, &NOBODY)).to_owned();
            let long = "证".repeat(rng.usize(201..2000));
            record["guardian"] = json!({ "verified_by": pick(rng, &[nobody, long]) });
        }
    })
}

pub(super) fn technologies(house: &House, rng: &mut Rng) -> Attack {
    const NAMES: [&str; 6] = ["fingerprint", "script", "steam", "ETAG", "", "etag "];
    spoiled(house, rng, |rng, record| match rng.u8(..3) {
        0 => record["technologies"][one(rng, &NAMES)] = "refused".into(),
        1 => record["technologies"]["etag"] = "allowed".into(),
        _ => {
            record["technologies"] =
                pick(rng, &[json!(["etag"]), json!("etag"), json!(null)]).clone()
        }
    })
}

pub(super) fn event(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| match rng.bool() {
        true => record["event"] = "refused".into(),
        false => {
            for choice in record["choices"].as_array_mut().expect("choices") {
                choice["state"] = "denied".into();
            }
        }
    })
}

pub(super) fn unknown_field(house: &House, rng: &mut Rng) -> Attack {
    const NAMES: [&str; 7] = [
        "extra",
        "",
        "__proto__",
        "ID",
        "$ref",
        "received_at",
        "salt",
    ];
    spoiled(house, rng, |rng, record| {
        let at = object(rng, record);
        let object = record.pointer_mut(&at).expect("an object");
        object[one(rng, &NAMES)] = pick(rng, &[json!(null), json!({}), json!("x")]).clone();
    })
}

pub(super) fn missing_field(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| {
        let object = loop {
            let at = object(rng, record);
            // The one object that may be empty.
            if at != "/technologies" {
                break record.pointer_mut(&at).expect("an object");
            }
        };
        let fields = object.as_object_mut().expect("an object");
        let names: Vec<String> = fields.keys().cloned().collect();
        fields.remove(pick(rng, &names));
    })
}

pub(super) fn wrong_type(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| {
        let at = leaf(rng, record);
        let leaf = record.pointer_mut(&at).expect("a leaf");
        let others = [
            json!(0.5),
            json!([]),
            json!([null]),
            json!({}),
            json!({ "a": 1 }),
        ];
        *leaf = pick(rng, &others).clone();
    })
}

/// What serde would read as well: a struct as a list, a word as an object.
pub(super) fn another_shape(house: &House, rng: &mut Rng) -> Attack {
    const ORDERS: [(&str, &[&str]); 4] = [
        ("/policy", &["version", "digest"]),
        ("/notice", &["digest", "locale", "shown_ms"]),
        ("/signals", &["gpc"]),
        ("/choices/0", &["purpose", "state", "separate"]),
    ];
    const WORDS: [&str; 5] = [
        "/event",
        "/method",
        "/environment",
        "/choices/1/state",
        "/technologies/etag",
    ];
    spoiled(house, rng, |rng, record| {
        if rng.bool() {
            let (at, order) = one(rng, &ORDERS);
            let object = record.pointer_mut(at).expect("an object");
            *object = order.iter().map(|name| object[*name].clone()).collect();
        } else {
            let word = record.pointer_mut(one(rng, &WORDS)).expect("a word");
            *word = json!({ word.as_str().expect("a word"): null });
        }
    })
}

pub(super) fn wrong_word(house: &House, rng: &mut Rng) -> Attack {
    const WORDS: [&str; 5] = [
        "/schema",
        "/event",
        "/method",
        "/environment",
        "/choices/0/state",
    ];
    spoiled(house, rng, |rng, record| {
        let word = record.pointer_mut(one(rng, &WORDS)).expect("a word");
        let text = word.as_str().unwrap_or_default();
        *word = match rng.u8(..4) {
            0 => text.to_uppercase().into(),
            1 => format!(" {text}").into(),
            2 => "".into(),
            _ => "zhiqing/2".into(),
        };
    })
}

pub(super) fn text(house: &House, rng: &mut Rng) -> Attack {
    spoiled(house, rng, |rng, record| {
        let locale = match rng.u8(..6) {
            0 => String::new(),
            1 => "zh_CN".into(),
            2 => "-".into(),
            3 => "a".repeat(rng.usize(9..2000)),
            4 => "zh-CN\0".into(),
            _ => "简体中文".into(),
        };
        record["notice"]["locale"] = locale.into();
    })
}
