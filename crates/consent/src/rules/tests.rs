//! The rules as tables: one line a row. Global Privacy Control (rule 7) is here, the others are beside.

use super::*;
use crate::Technology;
use crate::notice::{PolicyRef, Rights};

mod acts;
mod asking;
mod steps;
mod versions;

pub(crate) fn notice() -> Notice {
    let purpose = |id: &str, tier, basis| Purpose {
        id: id.into(),
        name: id.into(),
        description: String::new(),
        tier,
        basis,
        clauses: vec![],
        data: vec![],
        recipients: vec![],
        refusal: String::new(),
        retention: String::new(),
        gpc: matches!(id, "ads" | "identity"),
    };
    Notice {
        site: "demo".into(),
        digest: crate::digest::of_bytes(b"notice"),
        name: "Demo".into(),
        operator: None,
        contacts: vec![],
        locale: "zh-CN".into(),
        mode: crate::Mode::Listed,
        policy: PolicyRef {
            version: "2026.11".into(),
            digest: crate::digest::of_bytes(b"policy"),
        },
        previous: vec![],
        report: "/v1".into(),
        purposes: vec![
            purpose("service", Tier::Basic, Basis::None),
            purpose("analytics", Tier::Extended, Basis::General),
            purpose("ads", Tier::Extended, Basis::General),
            purpose("identity", Tier::Extended, Basis::Separate),
        ],
        recipients: vec![],
        trackers: vec![],
        permissions: vec![],
        technologies: Technology::ALWAYS_OFFERED.to_vec(),
        minors: None,
        rights: Rights::default(),
        banner: Default::default(),
        texts: Default::default(),
    }
}

fn ids(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn save(granted: &str, confirmed: &str) -> Act {
    Act::Save {
        granted: ids(granted),
        confirmed: ids(confirmed),
        refused: Technologies::default(),
    }
}

fn holding(granted: &str) -> Option<Decision> {
    (!granted.is_empty())
        .then(|| decide(&notice(), None, &save(granted, granted), 0))
        .or_else(|| Some(decide(&notice(), None, &Act::RejectAll, 0)))
}

/// What is allowed under the signal after `acts`, each with whether the signal was on.
#[track_caller]
fn under_signal(acts: &[(Act, bool)], allowed: &str) {
    let notice = notice();
    let mut decision = None;
    for (at, (act, gpc)) in acts.iter().enumerate() {
        let moment = Moment {
            seconds: at as u64,
            gpc: *gpc,
        };
        decision = Some(decide(&notice, decision.as_ref(), act, moment));
    }
    let under = Conditions {
        guarded: false,
        gpc: true,
    };
    let found: Vec<&str> = notice
        .asked()
        .filter(|purpose| is_allowed(purpose, decision.as_ref(), under))
        .map(|purpose| purpose.id.as_str())
        .collect();
    assert_eq!(found.join(" "), allowed, "{acts:?}");
}

#[test]
fn the_signal_turns_ads_off_until_an_explicit_choice() {
    let grant = |id: &str| Act::Grant { purposes: ids(id) };
    let step = |id: &str| Act::Item {
        purpose: id.into(),
        granted: true,
    };
    let withdraw = |id: &str| Act::Withdraw {
        purposes: Some(ids(id)),
    };
    under_signal(&[], "");
    // Given before the signal was on: off. Nothing else is.
    under_signal(&[(Act::AcceptAll, false)], "analytics");
    // Given under it: the explicit choice wins, and goes on to win.
    under_signal(&[(Act::AcceptAll, true)], "analytics ads");
    under_signal(
        &[(Act::AcceptAll, false), (Act::AcceptAll, true)],
        "analytics ads",
    );
    under_signal(&[(grant("ads"), true), (step("identity"), false)], "ads");
    under_signal(
        &[(save("ads", ""), true), (withdraw("analytics"), true)],
        "ads",
    );
    // An answer about something else is none about ads.
    under_signal(
        &[(Act::AcceptAll, false), (step("identity"), true)],
        "analytics identity",
    );
    under_signal(
        &[(Act::AcceptAll, false), (grant("analytics"), true)],
        "analytics",
    );
    under_signal(
        &[(Act::AcceptAll, false), (withdraw("analytics"), true)],
        "",
    );
    // "Accept all" does not switch on what needs a step of its own, even where it was granted once.
    under_signal(
        &[(step("identity"), false), (Act::AcceptAll, true)],
        "analytics ads",
    );
    under_signal(&[(step("identity"), true)], "identity");
    // Nor does a save that keeps it; its step does.
    under_signal(
        &[
            (step("identity"), false),
            (save("analytics identity", ""), true),
        ],
        "analytics",
    );
    under_signal(
        &[
            (step("identity"), false),
            (save("identity", "identity"), true),
        ],
        "identity",
    );
    // What is refused later is off whatever was said before.
    under_signal(&[(Act::AcceptAll, true), (Act::RejectAll, true)], "");
    under_signal(
        &[
            (Act::AcceptAll, true),
            (Act::RejectAll, true),
            (Act::AcceptAll, false),
        ],
        "analytics",
    );
}
