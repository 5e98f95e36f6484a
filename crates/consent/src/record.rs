//! The decision as sent: `POST /v1/consents`.

use crate::notice::PolicyRef;
use crate::{
    Choice, Environment, Notice, State, Technologies, Technology, cookie, digest, timestamp,
};
use serde::{Deserialize, Serialize};

/// The wire format's name and version.
pub const SCHEMA: &str = "zhiqing/1";

/// A UUIDv7 (RFC 9562): sortable by the time it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(String);

impl RecordId {
    /// An id from a moment in milliseconds since 1970 and ten random bytes.
    ///
    /// ```
    /// use zhiqing_consent::RecordId;
    /// let id = RecordId::new(0x0192_0000_0001, [0xff; 10]);
    /// assert_eq!(id.as_str(), "01920000-0001-7fff-bfff-ffffffffffff");
    /// ```
    pub fn new(unix_ms: u64, random: [u8; 10]) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&unix_ms.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        bytes[6] = (bytes[6] & 0x0f) | 0x70;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let mut text = String::with_capacity(36);
        for (at, byte) in bytes.into_iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            for nibble in [byte >> 4, byte & 0x0f] {
                text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
        }
        Self(text)
    }

    /// An id that was kept as text; [`Record::check`] tells whether it is well formed.
    pub fn from_kept(text: String) -> Self {
        Self(text)
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

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

/// A decision as it is reported and kept. Field by field the contract of `POST /v1/consents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// UUIDv7; the same id is the same record.
    pub id: RecordId,
    /// Site id.
    pub site: String,
    /// The pseudonymous person: see [`crate::Secret::subject`].
    pub subject: String,
    /// 1 for the subject's first record in this container, then one more each time.
    pub sequence: u64,
    /// Id of the record that this one follows; `null` for the first.
    pub previous: Option<RecordId>,
    /// The policy that was decided on.
    pub policy: PolicyRef,
    /// What was shown.
    pub notice: Shown,
    /// What happened.
    pub event: Event,
    /// How the person did it.
    pub method: Method,
    /// What the browser signalled.
    pub signals: Signals,
    /// Every purpose whose basis is not none.
    pub choices: Vec<Choice>,
    /// Only those refused: an object of their names, `"refused"` each.
    #[serde(with = "refused")]
    pub technologies: Technologies,
    /// The guardian's part in it, where there was one.
    pub guardian: Option<Guardian>,
    /// Where the page ran.
    pub environment: Environment,
    /// Moment in UTC, RFC 3339.
    pub occurred_at: String,
}

/// What was shown before the decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Digest of `notice.json`.
    pub digest: String,
    /// BCP 47 language tag of what was shown.
    pub locale: String,
    /// For how long it was in view, in milliseconds.
    pub shown_ms: u64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "told apart in rules::event")]
pub enum Event {
    Given,
    Refused,
    Changed,
    Withdrawn,
    Renewed,
}

/// How the person did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the contract's words")]
pub enum Method {
    AcceptAll,
    RejectAll,
    Save,
    Item,
    Api,
    Guardian,
    Native,
}

/// What the browser signalled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signals {
    /// Global Privacy Control was on.
    pub gpc: bool,
}

/// Refused technologies as the wire has them: `{"etag":"refused"}`.
mod refused {
    use super::{Technologies, Technology};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::BTreeMap;

    /// The one thing that can be said of a technology.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Refused {
        Refused,
    }

    pub(super) fn serialize<S: Serializer>(
        refused: &Technologies,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(refused.iter().map(|it| (it.name(), Refused::Refused)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Technologies, D::Error> {
        let refused = BTreeMap::<Technology, Refused>::deserialize(deserializer)?;
        Ok(refused.into_keys().collect())
    }
}

/// A guardian's part in a decision (PIPL 31).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guardian {
    /// How the guardian was reached and verified, in the site's words.
    pub verified_by: String,
}

/// What is wrong with a record, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct Fault {
    /// Path of the field, as `choices[2].purpose`.
    pub field: String,
    /// What is wrong and what was expected.
    pub message: String,
}

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
        let locale = &self.notice.locale;
        let tag = (1..=35).contains(&locale.len())
            && locale
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        is(tag, "notice.locale", "must be a BCP 47 language tag")?;
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
            if granted && purpose.basis == crate::Basis::Guardian && self.guardian.is_none() {
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

#[cfg(test)]
pub(crate) mod tests;
