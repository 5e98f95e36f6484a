//! What must be true of a record.

use super::{Event, Fault, Guardian, Record, RecordId, SCHEMA};
use crate::{Basis, Notice, State, cookie, digest, timestamp};

impl Record {
    /// Checks everything that can be told from the record and the notice it was made under.
    ///
    /// # Errors
    /// The first field that is not as it must be.
    pub fn check(&self, notice: &Notice) -> Result<(), Fault> {
        let is = |good: bool, field: &str, message: &str| match good {
            true => Ok(()),
            false => Err(Fault {
                field: field.into(),
                message: message.into(),
            }),
        };
        is(self.schema == SCHEMA, "schema", "must be zhiqing/1")?;
        is(
            self.id.is_well_formed(),
            "id",
            "must be a UUIDv7 in lower case",
        )?;
        is(
            self.site == notice.site,
            "site",
            "is not the site of the notice",
        )?;
        is(
            self.sequence < 1 << 53,
            "sequence",
            "must be less than 2^53",
        )?;
        let previous = self.previous.as_ref();
        is(
            previous.is_none_or(RecordId::is_well_formed),
            "previous",
            "must be a UUIDv7 or null",
        )?;
        is(
            previous != Some(&self.id),
            "previous",
            "must be another record",
        )?;
        is(
            cookie::is_word(&self.policy.version, true),
            "policy.version",
            "is not a version",
        )?;
        is(
            digest::is_digest(&self.policy.digest),
            "policy.digest",
            "must be sha256: and 64 hex digits",
        )?;
        is(
            self.policy == notice.policy,
            "policy",
            "is not the policy of the notice",
        )?;
        is(
            self.notice.digest == notice.digest,
            "notice.digest",
            "is not the digest of the notice",
        )?;
        is(
            is_tag(&self.notice.locale),
            "notice.locale",
            "must be a BCP 47 language tag",
        )?;
        is(
            self.notice.shown_ms < 1 << 53,
            "notice.shown_ms",
            "must be less than 2^53",
        )?;
        is(
            timestamp::is_utc(&self.occurred_at),
            "occurred_at",
            "must be an RFC 3339 moment in UTC",
        )?;
        let guardian = self.guardian.as_ref();
        is(
            guardian.is_none_or(Guardian::says_how),
            "guardian.verified_by",
            "must say how, in 1 to 200 characters of one line",
        )?;
        self.check_choices(notice)?;
        for technology in self.technologies.iter() {
            let field = format!("technologies.{}", technology.name());
            is(
                notice.technologies.contains(&technology),
                &field,
                "is not offered by the notice",
            )?;
        }
        let granted = self
            .choices
            .iter()
            .any(|choice| choice.state == State::Granted);
        match self.event {
            Event::Given => is(granted, "event", "given needs a granted purpose"),
            Event::Refused => is(!granted, "event", "refused has no granted purpose"),
            Event::Changed | Event::Withdrawn | Event::Renewed => Ok(()),
        }
    }

    fn check_choices(&self, notice: &Notice) -> Result<(), Fault> {
        for (at, choice) in self.choices.iter().enumerate() {
            let fault = |leaf: &str, message: String| {
                Err(Fault {
                    field: format!("choices[{at}].{leaf}"),
                    message,
                })
            };
            let id = &choice.purpose;
            let Some(purpose) = notice.purpose(id).filter(|p| p.basis.is_asked()) else {
                return fault("purpose", format!("the notice does not ask about {id:?}"));
            };
            if self.choices[..at]
                .iter()
                .any(|before| before.purpose == *id)
            {
                return fault("purpose", format!("{id:?} is there twice"));
            }
            let granted = choice.state == State::Granted;
            if granted && purpose.basis.needs_own_step() && !choice.separate {
                return fault(
                    "separate",
                    format!("{id:?} can only be granted in a step of its own"),
                );
            }
            if granted && purpose.basis == Basis::Guardian && self.guardian.is_none() {
                return fault("state", format!("{id:?} needs a guardian's consent"));
            }
        }
        let missing = notice
            .asked()
            .find(|p| self.choices.iter().all(|c| c.purpose != p.id));
        match missing {
            Some(purpose) => Err(Fault {
                field: "choices".into(),
                message: format!("{:?} is missing", purpose.id),
            }),
            None => Ok(()),
        }
    }
}

impl RecordId {
    fn is_well_formed(&self) -> bool {
        let bytes = self.0.as_bytes();
        bytes.len() == 36
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => *byte == b'-',
                14 => *byte == b'7',
                19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
                _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(byte),
            })
    }
}

impl Guardian {
    /// Whether it says anything, and no more than a word on it: what a person wrote elsewhere is
    /// not for the ledger.
    fn says_how(&self) -> bool {
        let text = &self.verified_by;
        text.chars().count() <= 200
            && !text.chars().any(char::is_control)
            && !text.chars().all(char::is_whitespace)
    }
}

/// Whether `text` has the form of a language tag (RFC 5646, 2.1): up to 35 characters, in parts of up
/// to eight letters and digits between hyphens, the first of letters alone.
fn is_tag(text: &str) -> bool {
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let first = text.split('-').next().unwrap_or_default();
    text.len() <= 35 && first.bytes().all(|b| b.is_ascii_alphabetic()) && text.split('-').all(part)
}
