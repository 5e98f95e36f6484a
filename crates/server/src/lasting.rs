//! The cookie `zq` of a page of this origin, set by the server, too.
//!
//! What a script stores is deleted by Safari after seven days of use without a visit; what a first-party
//! server sets is not. So whoever has decided is not asked again after a holiday. The value is the page's
//! own: the record that was just kept says the same, or the page could write none.

use crate::form::identity;
use crate::origin::Caller;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use jiff::Timestamp;
use zhiqing_consent::{Decision, Notice, Record, cookie};

/// Whether a caller's cookies are this host's.
pub(crate) const fn is_for(caller: &Caller) -> bool {
    matches!(caller, Caller::SameOrigin)
}

/// The header `Set-Cookie` for the last record of a submission. `None` for a page of another origin, whose
/// cookies are not this host's, and where the page has decided otherwise since.
pub(crate) fn cookie(
    caller: &Caller,
    (headers, uri): (&HeaderMap, &Uri),
    notice: &Notice,
    record: &Record,
    now: Timestamp,
) -> Option<(header::HeaderName, HeaderValue)> {
    if !is_for(caller) {
        return None;
    }
    let now = u64::try_from(now.as_second()).ok()?;
    let decision = match identity::decision(notice, headers, now) {
        Some(decision) => decision
            .is_reported_by(notice, record)
            .then_some(decision)?,
        None => {
            let at: Timestamp = record.occurred_at.parse().ok()?;
            Decision::of_record(notice, record, u64::try_from(at.as_second()).ok()?)
        }
    };
    let value = cookie::encode(&notice.site, &decision);
    let line = cookie::line(&value, identity::is_secure(headers, uri));
    Some((header::SET_COOKIE, HeaderValue::from_str(&line).ok()?))
}
