//! The first-party cookie `zq`: the decision, short enough for every request.
//!
//! `1~SITE~VERSION~SECONDS~granted.ids~denied.ids~refused.technologies`, and where something was
//! granted although the browser signalled Global Privacy Control, `~granted.despite.it`. It lets a
//! server see the choices before any script runs. It is no security boundary: whoever can write cookies can
//! write this one, and anything that does not read as a decision is no decision.

use crate::{Decision, Notice, State, Technologies, Technology};

/// Name of the cookie.
pub const NAME: &str = "zq";

/// For how long it asks to be kept, in seconds: a year. Browsers keep it shorter as they see fit.
pub const MAX_AGE: u32 = 365 * 24 * 60 * 60;

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
    let refused = join(decision.refused().iter().map(Technology::name));
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
    let refused: Technologies = words(refused)?
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

/// The latest decision among the values of several cookies `zq`, as the page's guard takes it: there
/// are several where another path or domain has one too. Of equals the first counts; what claims to
/// come from after `now` (seconds since 1970) does not.
pub fn latest<'a>(
    notice: &Notice,
    values: impl IntoIterator<Item = &'a str>,
    now: u64,
) -> Option<Decision> {
    values
        .into_iter()
        .filter_map(|value| decode(notice, value))
        .filter(|decision| decision.is_past(now))
        .reduce(|first, next| match next.decided_at() > first.decided_at() {
            true => next,
            false => first,
        })
}

/// What sets the cookie, for `document.cookie` and for a `Set-Cookie` header alike. `secure`: the
/// page came over TLS.
///
/// ```
/// let line = zhiqing_consent::cookie::line("x", true);
/// assert_eq!(line, "zq=x; Path=/; Max-Age=31536000; SameSite=Lax; Secure");
/// ```
pub fn line(value: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    let age = MAX_AGE.to_string();
    [
        NAME,
        "=",
        value,
        "; Path=/; Max-Age=",
        &age,
        "; SameSite=Lax",
        secure,
    ]
    .concat()
}

/// The values of the cookies of this name in a `Cookie` request header, in order.
///
/// ```
/// let values = zhiqing_consent::cookie::named("a=1; zq=x; zq = y; b=zq", "zq");
/// assert_eq!(values.collect::<Vec<_>>(), ["x", "y"]);
/// ```
pub fn named<'a>(header: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    header.split(';').filter_map(move |pair| {
        let (found, value) = pair.split_once('=')?;
        (found.trim() == name).then(|| value.trim())
    })
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
            refused: Technologies::from([Technology::Etag]),
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
    fn of_several_the_latest_counts_and_none_from_the_future() {
        let notice = notice();
        let case = |values: &[&str], granted: Option<bool>| {
            let found = latest(&notice, values.iter().copied(), 1_000);
            assert_eq!(found.map(|d| d.grants("ads")), granted, "{values:?}");
        };
        let (on, off) = ("1~demo~2026.11~20~ads~~", "1~demo~2026.11~10~~ads~");
        case(&[], None);
        case(&["x", ""], None);
        case(&[off, on], Some(true));
        case(&[on, off], Some(true));
        case(&["1~demo~2026.11~20~~ads~", on], Some(false));
        case(&["1~demo~2026.11~99999999~ads~~", off], Some(false));
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
