//! One request's decision, and what follows from it for the response.

use crate::{caching, cookies, expiry};
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue, Uri};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use zhiqing_consent::gate::{Gate, Verdict};
use zhiqing_consent::{Decision, Mode, Notice, Technology, cookie};

/// How many cookies one response expires: a browser sends what is left with the next request, and
/// a request that invents names gets no answer of any size it likes.
const MOST_EXPIRED: usize = 50;

/// What a response must keep to.
#[derive(Debug)]
pub(crate) struct Enforcement {
    notice: Arc<Notice>,
    decision: Option<Decision>,
    /// Whether the request signals Global Privacy Control.
    gpc: bool,
    /// `Set-Cookie` lines that expire what the decision no longer allows.
    expired: Vec<HeaderValue>,
}

impl Enforcement {
    /// Reads a request; `None` where the notice only reports.
    pub(crate) fn of(notice: &Arc<Notice>, uri: &Uri, headers: &HeaderMap) -> Option<Self> {
        if notice.mode == Mode::Report {
            return None;
        }
        let decision = decision(notice, headers);
        // Exactly this value, by the specification of Global Privacy Control.
        let gpc = headers.get("sec-gpc").is_some_and(|value| value == "1");
        let expired = match &decision {
            Some(decision) => {
                let gate = Gate::new(notice, Some(decision)).signalled(gpc);
                expired(&gate, uri, headers)
            }
            // Nobody has decided, so nothing was withdrawn.
            None => Vec::new(),
        };
        Some(Self {
            notice: notice.clone(),
            decision,
            gpc,
            expired,
        })
    }

    /// Enforces the decision on the headers of a response.
    pub(crate) fn apply(&self, headers: &mut HeaderMap) {
        let gate = Gate::new(&self.notice, self.decision.as_ref()).signalled(self.gpc);
        // What passes without a decision passes under each, and what is undeclared under none:
        // only the rest is judged by the decision.
        let undecided = Gate::new(&self.notice, None);
        let mut judged = !self.expired.is_empty();
        let lines: Vec<HeaderValue> = headers
            .get_all(SET_COOKIE)
            .iter()
            .filter(|line| {
                let Some(name) = cookies::name(line.as_bytes()) else {
                    return true;
                };
                judged |= matches!(judge(&undecided, name), Verdict::Held(_));
                judge(&gate, name) == Verdict::Pass
            })
            .chain(&self.expired)
            .cloned()
            .collect();
        headers.remove(SET_COOKIE);
        for line in lines {
            headers.append(SET_COOKIE, line);
        }
        if judged {
            caching::keep_private(headers);
        }
    }
}

/// The decision that a request's cookie holds.
pub(crate) fn decision(notice: &Notice, headers: &HeaderMap) -> Option<Decision> {
    let values = cookies::of_request(headers).filter(|(name, _)| *name == cookie::NAME.as_bytes());
    let values = values.filter_map(|(_, value)| std::str::from_utf8(value).ok());
    cookie::latest(notice, values, now())
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |since| since.as_secs())
}

fn expired(gate: &Gate<'_>, uri: &Uri, headers: &HeaderMap) -> Vec<HeaderValue> {
    let mut names: Vec<&[u8]> = Vec::new();
    for (name, _) in cookies::of_request(headers) {
        if names.len() < MOST_EXPIRED
            && !names.contains(&name)
            && matches!(judge(gate, name), Verdict::Held(_))
        {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    let domains = expiry::domains(uri, headers);
    names
        .into_iter()
        .flat_map(|name| expiry::lines(name, &domains))
        .collect()
}

/// A name that is no text is judged by what of it is.
fn judge<'a>(gate: &Gate<'a>, name: &[u8]) -> Verdict<'a> {
    gate.judge_key(Technology::Cookie, &String::from_utf8_lossy(name))
}
