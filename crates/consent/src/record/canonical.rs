//! A record as RFC 8785 canonical JSON, written in one pass.
//!
//! Every record that a server takes is written so, and the general way (`digest::canonical`) sorts the keys of
//! each object anew. Here they are declared in their order; the tests hold the two against each other.

use super::{Environment, Event, Guardian, Method, Record, RecordId, Shown, Signals};
use crate::{State, digest::NotCanonical};
use serde::Serialize;
use std::collections::BTreeMap;

/// The largest number that canonical JSON, whose numbers are doubles, has to the digit.
const MOST: u64 = 1 << 53;

#[derive(Serialize)]
struct Canonical<'a> {
    choices: Vec<Choice<'a>>,
    environment: Environment,
    event: Event,
    guardian: &'a Option<Guardian>,
    id: &'a RecordId,
    method: Method,
    notice: &'a Shown,
    occurred_at: &'a str,
    policy: Policy<'a>,
    previous: &'a Option<RecordId>,
    schema: &'a str,
    sequence: u64,
    signals: Signals,
    site: &'a str,
    subject: &'a str,
    technologies: BTreeMap<&'static str, &'static str>,
}

#[derive(Serialize)]
struct Choice<'a> {
    purpose: &'a str,
    separate: bool,
    state: State,
}

#[derive(Serialize)]
struct Policy<'a> {
    digest: &'a str,
    version: &'a str,
}

impl Record {
    /// RFC 8785 canonical JSON of the record.
    ///
    /// # Errors
    /// A number of 2^53 or more, which [`Record::check`] refuses, too.
    pub fn canonical(&self) -> Result<Vec<u8>, NotCanonical> {
        if self.sequence >= MOST || self.notice.shown_ms >= MOST {
            return crate::digest::canonical(self);
        }
        let choices = self.choices.iter().map(|choice| Choice {
            purpose: &choice.purpose,
            separate: choice.separate,
            state: choice.state,
        });
        let refused = self.technologies.iter();
        Ok(serde_json::to_vec(&Canonical {
            choices: choices.collect(),
            environment: self.environment,
            event: self.event,
            guardian: &self.guardian,
            id: &self.id,
            method: self.method,
            notice: &self.notice,
            occurred_at: &self.occurred_at,
            policy: Policy {
                digest: &self.policy.digest,
                version: &self.policy.version,
            },
            previous: &self.previous,
            schema: &self.schema,
            sequence: self.sequence,
            signals: self.signals,
            site: &self.site,
            subject: &self.subject,
            technologies: refused.map(|it| (it.name(), "refused")).collect(),
        })?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::record;
    use crate::{Choice as Chosen, Technologies, Technology, digest};
    use proptest::prelude::*;

    #[test]
    fn it_is_what_the_general_way_writes() {
        let record = record();
        let general = digest::canonical(&record).expect("JSON");
        assert_eq!(record.canonical().expect("JSON"), general);
    }

    proptest! {
        #[test]
        fn whatever_the_record_says(
            text in "\\PC*|[\\x00-\\x20\"\\\\\u{7f}\u{2028}\u{fffd}\u{10ffff}]*",
            number in any::<u64>(),
            shown_ms in 0..MOST,
            some in any::<bool>(),
            granted in any::<bool>(),
            refused in proptest::sample::subsequence(Technology::ALWAYS_OFFERED.to_vec(), 0..5),
        ) {
            let mut record = record();
            record.site = text.clone();
            record.sequence = number;
            record.notice.shown_ms = shown_ms;
            record.notice.locale = text.clone();
            record.policy.version = text.clone();
            record.previous = some.then(|| RecordId::from_kept(text.clone()));
            record.guardian = some.then(|| Guardian { verified_by: text.clone() });
            record.signals.gpc = granted;
            record.choices.push(Chosen {
                purpose: text,
                state: if granted { State::Granted } else { State::Denied },
                separate: some,
            });
            record.technologies = refused.into_iter().collect::<Technologies>();
            let general = digest::canonical(&record).expect("JSON");
            prop_assert_eq!(record.canonical().expect("JSON"), general);
        }
    }
}
