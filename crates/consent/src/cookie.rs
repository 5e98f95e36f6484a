//! The first-party cookie `zq`: the decision, short enough for every request.
//!
//! `1~SITE~VERSION~SECONDS~granted.ids~denied.ids~refused.technologies`, and where something was
//! granted although the browser signalled Global Privacy Control, `~granted.despite.it`. It lets a
//! server see the choices before any script runs. It is no security boundary: whoever can write cookies can
//! write this one, and anything that does not read as a decision is no decision.

use crate::{Decision, Notice, State, Technology};
use std::collections::BTreeSet;

/// Name of the cookie.
pub const NAME: &str = "zq";

/// Longer values are not ours: a browser keeps 4,096 bytes a cookie.
const LONGEST: usize = 4000;

/// Whether a site id, purpose id or version can stand in the cookie: 1 to 64 ASCII letters,
/// digits, `-` or `_`; a version may have dots too.
pub fn is_word(text: &str, dots: bool) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_') || (dots && b == b'.'))
}

/// The cookie's value.
pub fn encode(site: &str, decision: &Decision) -> String {
    let with = |state: State| {
        let ids = decision
            .choices()
            .iter()
            .filter(|choice| choice.state == state);
        join(ids.map(|choice| choice.purpose.as_str()))
    };
    let seconds = decision.decided_at().to_string();
    let granted = with(State::Granted);
    let denied = with(State::Denied);
    let refused = join(
        decision
            .refused()
            .iter()
            .map(|technology| technology.name()),
    );
    let mut parts = vec![
        "1",
        site,
        decision.policy_version(),
        &seconds,
        &granted,
        &denied,
        &refused,
    ];
    let despite = join(decision.granted_despite_signal().iter().map(String::as_str));
    if !despite.is_empty() {
        parts.push(&despite);
    }
    parts.join("~")
}

/// The decision in a cookie's value, as far as `notice` asks about it. `None` for another site's
/// decision and for anything that is not one.
pub fn decode(notice: &Notice, value: &str) -> Option<Decision> {
    if value.len() > LONGEST {
        return None;
    }
    let mut parts = value.split('~');
    let mut next = || parts.next();
    let (form, site, version, seconds) = (next()?, next()?, next()?, next()?);
    let (granted, denied, refused) = (next()?, next()?, next()?);
    let despite = words(next().unwrap_or_default())?;
    if next().is_some() || form != "1" || site != notice.site || !is_word(version, true) {
        return None;
    }
    if !(1..=12).contains(&seconds.len()) || !seconds.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds: u64 = seconds.parse().ok()?;
    let (granted, denied) = (words(granted)?, words(denied)?);
    if granted.iter().any(|id| denied.contains(id)) {
        return None;
    }
    // A technology that this version does not know cannot be used by anything it lets pass.
    let refused: BTreeSet<Technology> = words(refused)?
        .into_iter()
        .filter_map(Technology::refusable)
        .collect();
    let state = |id: &str| match (granted.contains(&id), denied.contains(&id)) {
        (true, _) => Some(State::Granted),
        (_, true) => Some(State::Denied),
        _ => None,
    };
    let decision = Decision::restored(notice, version, seconds, state, refused);
    Some(decision.despite_signal(notice, |id| despite.contains(&id)))
}

/// The value of the cookie `zq` in a `Cookie` request header.
///
/// ```
/// assert_eq!(zhiqing_consent::cookie::find("a=1; zq=x; b=2"), Some("x"));
/// ```
pub fn find(header: &str) -> Option<&str> {
    header
        .split(';')
        .find_map(|pair| pair.trim().strip_prefix("zq="))
}

fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(word);
    }
    text
}

fn words(text: &str) -> Option<Vec<&str>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    text.split('.')
        .map(|word| is_word(word, false).then_some(word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::notice;
    use crate::rules::{self, Act};
    use proptest::prelude::*;

    #[track_caller]
    fn garbage(value: &str) {
        assert_eq!(decode(&notice(), value), None, "{value}");
    }

    #[test]
    fn a_decision_comes_back() {
        let notice = notice();
        let act = Act::Save {
            granted: vec!["analytics".into()],
            confirmed: vec![],
            refused: BTreeSet::from([Technology::Etag]),
        };
        let decision = rules::decide(&notice, None, &act, 1_763_690_000);
        let value = encode(&notice.site, &decision);
        assert_eq!(
            value,
            "1~demo~2026.11~1763690000~analytics~ads.identity~etag"
        );
        assert_eq!(decode(&notice, &value), Some(decision));
    }

    #[test]
    fn garbage_is_undecided() {
        garbage("");
        garbage("1");
        garbage("accepted");
        garbage("2~demo~2026.11~1~~ads~");
        garbage("1~other~2026.11~1~~ads~");
        garbage("1~demo~2026.11~-1~~ads~");
        garbage("1~demo~2026.11~1~ads~ads~");
        garbage("1~demo~2026.11~+1~~ads~");
        garbage("1~demo~2026.11~1~~ads~e tag");
        garbage("1~demo~2026.11~1~ads~~~~");
        garbage("1~demo~2026.11~1~ads~~~a b");
        garbage("1~demo~2026 11~1~~ads~");
        garbage("1~demo~2026.11~99999999999999~~ads~");
        garbage(&format!("1~demo~2026.11~1~{}~~", "a.".repeat(4000)));
    }

    #[test]
    fn what_was_granted_despite_the_signal_comes_back_and_nothing_else_does() {
        let notice = notice();
        let moment = rules::Moment {
            seconds: 1_763_690_000,
            gpc: true,
        };
        let decision = rules::decide(&notice, None, &Act::AcceptAll, moment);
        let value = encode(&notice.site, &decision);
        assert_eq!(
            value,
            "1~demo~2026.11~1763690000~analytics.ads~identity~~ads"
        );
        assert_eq!(decode(&notice, &value), Some(decision));
        let claimed = decode(&notice, "1~demo~2026.11~1~ads~~~analytics.identity").expect("one");
        assert!(claimed.granted_despite_signal().is_empty());
    }

    #[test]
    fn purposes_that_the_cookie_does_not_know_are_unset() {
        let notice = notice();
        let decision = decode(&notice, "1~demo~2026.10~1~analytics.gone~~").expect("a decision");
        assert!(decision.grants("analytics"));
        assert_eq!(decision.state("ads"), None);
        assert_eq!(decision.state("gone"), None);
        assert!(!decision.covers(&notice));
    }

    proptest! {
        #[test]
        fn no_value_panics(value in ".{0,200}") {
            let _ = decode(&notice(), &value);
        }
    }
}
