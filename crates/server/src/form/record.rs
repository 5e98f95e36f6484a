//! The record of an answer: field by field what the page's module would send.

use super::answer::Answer;
use super::fields::Fields;
use crate::entry::moment;
use axum::http::{HeaderMap, HeaderValue, header};
use zhiqing_consent::environment::Signs;
use zhiqing_consent::record::{SCHEMA, Shown, Signals};
use zhiqing_consent::rules::{self, Moment};
use zhiqing_consent::{Decision, Environment, Notice, Receipt, Record, RecordId, Secret};

/// For how long, in milliseconds, a page may have been open: longer, nobody looked at it all the time.
const LONGEST: i64 = 24 * 60 * 60 * 1000;

/// Who answered what, and when.
pub(crate) struct Answered<'a> {
    pub(crate) notice: &'a Notice,
    pub(crate) before: Option<&'a Decision>,
    pub(crate) answer: &'a Answer,
    pub(crate) secret: &'a Secret,
    /// The subject's last receipt.
    pub(crate) last: Option<&'a Receipt>,
    pub(crate) gpc: bool,
    pub(crate) shown_ms: u64,
    pub(crate) environment: Environment,
    /// Milliseconds since 1970.
    pub(crate) now: i64,
    /// Of the record's id.
    pub(crate) random: [u8; 10],
}

impl Answered<'_> {
    /// The decision that follows and its record; `None` beyond the year 9999.
    pub(crate) fn record(&self) -> Option<(Decision, Record)> {
        let (notice, act) = (self.notice, &self.answer.act);
        let now = u64::try_from(self.now).ok()?;
        let at = Moment {
            seconds: now / 1000,
            gpc: self.gpc,
        };
        let decision = rules::decide(notice, self.before, act, at);
        let record = Record {
            schema: SCHEMA.into(),
            id: RecordId::new(now, self.random),
            site: notice.site.clone(),
            subject: self.secret.subject(&notice.site),
            sequence: self.last.map_or(0, |last| last.record.sequence) + 1,
            previous: self.last.map(|last| last.record.id.clone()),
            policy: notice.policy.clone(),
            notice: Shown {
                digest: notice.digest.clone(),
                locale: notice.locale.clone(),
                shown_ms: self.shown_ms,
            },
            event: rules::event(notice, self.before, &decision, act),
            method: self.answer.method,
            signals: Signals { gpc: self.gpc },
            choices: decision.complete(notice),
            technologies: decision.refused(),
            guardian: None,
            environment: self.environment,
            occurred_at: moment(self.now)?,
        };
        Some((decision, record))
    }
}

/// For how long the page was there, as far as its form says when it was rendered.
pub(crate) fn shown_ms(fields: &Fields, now: i64) -> u64 {
    let rendered = fields
        .first("shown")
        .and_then(|text| text.parse::<i64>().ok());
    let span = rendered.and_then(|rendered| now.checked_sub(rendered));
    let sane = span.filter(|span| (0..=LONGEST).contains(span));
    sane.and_then(|span| u64::try_from(span).ok())
        .unwrap_or_default()
}

/// Whether the browser signals Global Privacy Control: exactly this value, by its specification.
pub(crate) fn gpc(headers: &HeaderMap) -> bool {
    headers.get("sec-gpc").is_some_and(|value| value == "1")
}

/// Where the page ran.
pub(crate) fn environment(headers: &HeaderMap) -> Environment {
    let agent = headers.get(header::USER_AGENT).map(HeaderValue::as_bytes);
    let agent = String::from_utf8_lossy(agent.unwrap_or_default());
    Environment::of(&agent, Signs::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_sane_time_counts_as_shown() {
        #[track_caller]
        fn case(query: &str, expected: u64) {
            let fields = Fields::of_query(Some(query));
            assert_eq!(shown_ms(&fields, 1_763_690_000_000), expected, "{query}");
        }
        case("shown=1763689998800", 1_200);
        case("shown=1763690000000", 0);
        case("shown=1763690000001", 0);
        case("shown=1763600000000", 0);
        case("shown=-9223372036854775808", 0);
        case("shown=99999999999999999999", 0);
        case("shown=x", 0);
        case("", 0);
    }
}
