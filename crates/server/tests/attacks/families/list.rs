//! Lists, which are kept as a whole or not at all.

use super::one;
use crate::attack::Attack;
use crate::house::House;
use crate::wire::submit;
use fastrand::Rng;
use serde_json::{Value, json};
use zhiqing_consent::{RecordId, Secret};

/// Good records of one person at one site.
fn several(house: &House, rng: &mut Rng, count: usize) -> (Secret, Vec<Value>) {
    let (person, record) = house.submission(rng);
    let mut records = Vec::with_capacity(count);
    for _ in 0..count {
        let mut random = [0; 10];
        rng.fill(&mut random);
        let mut next = record.clone();
        next["id"] = RecordId::new(1_763_690_000_000, random).as_str().into();
        records.push(next);
    }
    (person, records)
}

pub(super) fn too_many(house: &House, rng: &mut Rng) -> Attack {
    let count = one(rng, &[0, 101, 102, 130]);
    let (person, records) = several(house, rng, count);
    let body = match rng.bool() {
        true => json!(records),
        false => json!([records]),
    };
    Attack::refused(&submit(&person, body.to_string()), &[422])
}

pub(super) fn one_bad(house: &House, rng: &mut Rng) -> Attack {
    let count = rng.usize(2..20);
    let (person, mut records) = several(house, rng, count);
    let bad = &mut records[rng.usize(..count)];
    match rng.u8(..5) {
        0 => bad["event"] = "refused".into(),
        1 => bad["extra"] = 1.into(),
        2 => bad["previous"] = bad["id"].clone(),
        3 => *bad = json!(null),
        _ => bad["occurred_at"] = "2999-01-01T00:00:00Z".into(),
    }
    Attack::refused(&submit(&person, json!(records).to_string()), &[422])
}

/// A record of another person, or of the same at another site.
pub(super) fn mixed(house: &House, rng: &mut Rng) -> Attack {
    let count = rng.usize(1..20);
    let (person, mut records) = several(house, rng, count);
    if rng.bool() {
        let site = &house.notices[usize::from(records[0]["site"] == house.notices[1].site)];
        let other = loop {
            let (other, record) = house.submission(rng);
            if record["site"] == site.site {
                assert_ne!(other, person);
                break record;
            }
        };
        records.insert(rng.usize(..=count), other);
        return Attack::refused(&submit(&person, json!(records).to_string()), &[401]);
    }
    let mut elsewhere = records[0].clone();
    let other = house.other(&elsewhere);
    elsewhere["site"] = other.site.as_str().into();
    elsewhere["subject"] = person.subject(&other.site).into();
    elsewhere["policy"] = json!(other.policy);
    elsewhere["notice"]["digest"] = other.digest.as_str().into();
    elsewhere["id"] = RecordId::new(1, [rng.u8(..); 10]).as_str().into();
    records.insert(rng.usize(..=count), elsewhere);
    Attack::refused(&submit(&person, json!(records).to_string()), &[422])
}

pub(super) fn id_twice(house: &House, rng: &mut Rng) -> Attack {
    let count = rng.usize(1..20);
    let (person, mut records) = several(house, rng, count);
    let mut again = records[rng.usize(..count)].clone();
    again["method"] = "api".into();
    records.push(again);
    Attack::refused(&submit(&person, json!(records).to_string()), &[409])
}

/// As many elements as fit the limit, of a list where one may be and where none may.
pub(super) fn huge_array(house: &House, rng: &mut Rng) -> Attack {
    let (person, mut record) = house.submission(rng);
    let many = |element: &str| format!("[{}]", vec![element; 50_000].join(","));
    let element = one(rng, &["0", "[]", "{}", "null", "\"\""]);
    let place = one(rng, &["choices", "technologies", "previous", "extra"]);
    let body = match rng.u8(..4) {
        0 => many(element),
        _ => {
            record[place] = "PLACE".into();
            record.to_string().replace("\"PLACE\"", &many(element))
        }
    };
    Attack::refused(&submit(&person, body), &[422])
}
