//! Who speaks for whom.

use super::{noise, pick};
use crate::attack::Attack;
use crate::house::{House, SITES};
use crate::wire::{self, submit};
use fastrand::Rng;
use zhiqing_consent::Secret;

fn somebody(rng: &mut Rng) -> Secret {
    let mut bytes = [0; 32];
    rng.fill(&mut bytes);
    Secret::new(bytes)
}

/// One's own token, and a subject that is another's, nobody's or no subject at all.
pub(super) fn foreign_subject(house: &House, rng: &mut Rng) -> Attack {
    let (person, mut record) = house.submission(rng);
    let site = record["site"].as_str().unwrap_or_default().to_owned();
    let own = person.subject(&site);
    let known = pick(rng, &house.kept).person.subject(&site);
    record["subject"] = match rng.u8(..6) {
        0 => known,
        1 => somebody(rng).subject(&site),
        2 => format!("{own}="),
        3 => own.to_lowercase() + "-",
        4 => String::new(),
        _ => person.bearer(),
    }
    .into();
    Attack::refused(&submit(&person, record.to_string()), &[401])
}

pub(super) fn anothers_token(house: &House, rng: &mut Rng) -> Attack {
    let (_, record) = house.submission(rng);
    let other = match rng.bool() {
        true => pick(rng, &house.kept).person.clone(),
        false => somebody(rng),
    };
    Attack::refused(&submit(&other, record.to_string()), &[401])
}

/// The subject under which the same secret is known elsewhere.
pub(super) fn token_of_another_site(house: &House, rng: &mut Rng) -> Attack {
    let (person, mut record) = house.submission(rng);
    let other = house.other(&record);
    record["subject"] = person.subject(&other.site).into();
    Attack::refused(&submit(&person, record.to_string()), &[401])
}

pub(super) fn bad_token(house: &House, rng: &mut Rng) -> Attack {
    let (person, record) = house.submission(rng);
    let good = person.bearer();
    let (head, last) = good.split_at(good.len() - 1);
    // 43 characters hold two bits more than 32 bytes: another last one may mean the same bytes.
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let at = ALPHABET.iter().position(|byte| [*byte] == last.as_bytes());
    let spare = ALPHABET[at.expect("base64url") | rng.usize(1..4)] as char;
    let value = match rng.u8(..14) {
        0 => format!("Bearer {head}{spare}"),
        1 => format!("Bearer {head}"),
        2 => format!("Bearer {good}="),
        3 => format!("Bearer {good}{good}"),
        4 => format!("Bearer {}", "A".repeat(rng.usize(44..6_000))),
        5 => format!("Basic {good}"),
        6 => format!("Bearer{good}"),
        7 => format!("Bearer \"{good}\""),
        8 => format!("Bearer {good}, Bearer {good}"),
        9 => good.clone(),
        10 => String::new(),
        11 => "Bearer ".to_owned(),
        12 => format!("Bearer {}", "%41".repeat(43)),
        _ => format!("Token {good}"),
    };
    let request = submit(&person, record.to_string()).without("Authorization");
    let request = match rng.u8(..15) {
        0 => request,
        _ => request.header("Authorization", value),
    };
    Attack::refused(&request, &[401])
}

pub(super) fn two_tokens(house: &House, rng: &mut Rng) -> Attack {
    let (person, record) = house.submission(rng);
    let request = submit(&person, record.to_string());
    let second = match rng.u8(..3) {
        0 => request.bearer(&person),
        1 => request.bearer(&somebody(rng)),
        _ => request.header("Authorization", "Basic eDp5"),
    };
    Attack::refused(&second, &[401])
}

/// The id of another's record.
pub(super) fn stolen_id(house: &House, rng: &mut Rng) -> Attack {
    let (person, mut record) = house.submission(rng);
    record["id"] = pick(rng, &house.kept).record["id"].clone();
    Attack::refused(&submit(&person, record.to_string()), &[409])
}

/// The same again, in one spelling or another.
pub(super) fn replay(house: &House, rng: &mut Rng) -> Attack {
    let kept = pick(rng, &house.kept);
    let body = match rng.u8(..3) {
        0 => kept.record.to_string(),
        1 => serde_json::to_string_pretty(&kept.record).expect("JSON"),
        _ => format!("[ {} ]", kept.record),
    };
    Attack::replayed(&submit(&kept.person, body), &kept.answer)
}

/// The person's own record, changed after it was kept.
pub(super) fn other_content(house: &House, rng: &mut Rng) -> Attack {
    let kept = pick(rng, &house.kept);
    let mut record = kept.record.clone();
    match rng.u8(..5) {
        0 => record["sequence"] = (record["sequence"].as_u64().unwrap_or(1) - 1).into(),
        1 => record["notice"]["shown_ms"] = 100_000.into(),
        2 => record["method"] = "accept_all".into(),
        3 => record["technologies"] = serde_json::json!({}),
        _ => record["occurred_at"] = "2026-11-21T08:00:00.001Z".into(),
    }
    Attack::refused(&submit(&kept.person, record.to_string()), &[409])
}

/// A record of one site, for another: with as much of it adapted as the attacker can.
pub(super) fn replay_to_another_site(house: &House, rng: &mut Rng) -> Attack {
    let kept = pick(rng, &house.kept);
    let mut record = kept.record.clone();
    let other = house.other(&record);
    record["site"] = other.site.as_str().into();
    let adapted = rng.u8(..3);
    if adapted > 0 {
        record["subject"] = kept.person.subject(&other.site).into();
    }
    if adapted > 1 {
        record["policy"] = serde_json::json!(other.policy);
        record["notice"]["digest"] = other.digest.as_str().into();
    }
    let statuses: &[u16] = match adapted {
        0 => &[401],
        1 => &[422],
        _ => &[409],
    };
    Attack::refused(&submit(&kept.person, record.to_string()), statuses)
}

pub(super) fn replay_under_another_subject(house: &House, rng: &mut Rng) -> Attack {
    let mut record = pick(rng, &house.kept).record.clone();
    let thief = somebody(rng);
    let site = record["site"].as_str().unwrap_or_default().to_owned();
    record["subject"] = thief.subject(&site).into();
    Attack::refused(&submit(&thief, record.to_string()), &[409])
}

pub(super) fn anothers_history(house: &House, rng: &mut Rng) -> Attack {
    let kept = pick(rng, &house.kept);
    let site = kept.record["site"].as_str().unwrap_or_default();
    let subject = kept.person.subject(site);
    let other = if site == SITES[0] { SITES[1] } else { SITES[0] };
    let thief = somebody(rng);
    let (target, request) = match rng.u8(..6) {
        0 => (subject, wire::get("").bearer(&thief)),
        1 => (subject, wire::get("")),
        2 => (
            subject.replacen(&subject[..1], "%41", 1),
            wire::get("").bearer(&thief),
        ),
        3 => (format!("{subject}="), wire::get("").bearer(&kept.person)),
        4 => (
            format!("{}%00", kept.person.subject(other)),
            wire::get("").bearer(&kept.person),
        ),
        _ => (
            "%27%20OR%201=1--".into(),
            wire::get("").bearer(&kept.person),
        ),
    };
    let target = format!("/v1/consents/{target}");
    Attack::refused(&wire::Request { target, ..request }, &[401])
}

/// Cookies are no identity, and what is no cookie of ours is passed over.
pub(super) fn replay_with_garbage_cookies(house: &House, rng: &mut Rng) -> Attack {
    let kept = pick(rng, &house.kept);
    let visible = |bytes: Vec<u8>| bytes.into_iter().map(|b| b % 94 + 33).collect::<Vec<u8>>();
    let value = match rng.u8(..6) {
        0 => visible(noise(rng, 4_000)),
        1 => [b"zq=".as_slice(), &visible(noise(rng, 400))].concat(),
        2 => b"zq=1~demo~2026.11~99999999999999999999~analytics~~".to_vec(),
        3 => "zq=;".repeat(500).into_bytes(),
        4 => [b"zq=".as_slice(), &[0xff; 200]].concat(),
        _ => b"zq-key=x; zq=1~shop~~-1~~~~~".to_vec(),
    };
    let request = submit(&kept.person, kept.record.to_string());
    let request = request.header("Origin", "http://demo.example");
    Attack::replayed(&request.header("Cookie", value), &kept.answer)
}
