//! The decision as sent: `POST /v1/consents`.

#[cfg(feature = "json")]
mod canonical;
mod check;

use crate::notice::PolicyRef;
use crate::{Choice, Environment, Technologies};
use serde::{Deserialize, Deserializer, Serialize};

/// The wire format's name and version.
pub const SCHEMA: &str = "zhiqing/1";

/// A UUIDv7 (RFC 9562): sortable by the time it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(
        format = "uuid",
        pattern = "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
    )
)]
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
}

/// A decision as it is reported and kept. Field by field the contract of `POST /v1/consents`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always `zhiqing/1`.
    #[cfg_attr(feature = "openapi", schema(pattern = "^zhiqing/1$"))]
    pub schema: String,
    /// UUIDv7; the same id is the same record.
    pub id: RecordId,
    /// Site id.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{1,64}$"))]
    pub site: String,
    /// The pseudonymous person: what `Secret::subject` draws from the bearer token and the site.
    #[cfg_attr(
        feature = "openapi",
        schema(pattern = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$")
    )]
    pub subject: String,
    /// 1 for the subject's first record in this container, then one more each time.
    #[cfg_attr(feature = "openapi", schema(maximum = 9_007_199_254_740_991_u64))]
    pub sequence: u64,
    /// Id of the record that this one follows; `null` for the first.
    #[serde(deserialize_with = "said")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
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
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::openapi::refused))]
    pub technologies: Technologies,
    /// The guardian's part in it, where there was one.
    #[serde(deserialize_with = "said")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub guardian: Option<Guardian>,
    /// Where the page ran.
    pub environment: Environment,
    /// Moment in UTC, RFC 3339.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::openapi::moment))]
    pub occurred_at: String,
}

/// A field that may be `null` and may not be left out, as an `Option` otherwise may: a record says everything.
fn said<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

/// What was shown before the decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Digest of `notice.json`.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::openapi::digest))]
    pub digest: String,
    /// BCP 47 language tag of what was shown.
    #[cfg_attr(
        feature = "openapi",
        schema(max_length = 35, pattern = "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$")
    )]
    pub locale: String,
    /// For how long it was in view, in milliseconds.
    #[cfg_attr(feature = "openapi", schema(maximum = 9_007_199_254_740_991_u64))]
    pub shown_ms: u64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "told apart in rules::event")]
pub enum Event {
    Given,
    Refused,
    Changed,
    Withdrawn,
    Renewed,
}

impl Event {
    /// The contract's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
            Self::Renewed => "renewed",
        }
    }
}

/// How the person did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

impl Method {
    /// The contract's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AcceptAll => "accept_all",
            Self::RejectAll => "reject_all",
            Self::Save => "save",
            Self::Item => "item",
            Self::Api => "api",
            Self::Guardian => "guardian",
            Self::Native => "native",
        }
    }
}

/// What the browser signalled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Signals {
    /// Global Privacy Control was on.
    pub gpc: bool,
}

/// Refused technologies as the wire has them: `{"etag":"refused"}`.
mod refused {
    use super::Technologies;
    use serde::de::{Error, MapAccess, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::fmt;

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
        deserializer.deserialize_map(Once)
    }

    /// Each technology once: a map would take the last of two, and say nothing of the first.
    struct Once;

    impl<'de> Visitor<'de> for Once {
        type Value = Technologies;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object of refused technologies")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Technologies, A::Error> {
            let mut refused = Technologies::default();
            while let Some((technology, Refused::Refused)) = map.next_entry()? {
                if refused.contains(technology) {
                    return Err(A::Error::duplicate_field(technology.name()));
                }
                refused.insert(technology);
            }
            Ok(refused)
        }
    }
}

/// A guardian's part in a decision (PIPL 31).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Guardian {
    /// How the guardian was reached and verified, in the site's words: 1 to 200 characters of one
    /// line.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::openapi::verified_by))]
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

#[cfg(test)]
pub(crate) mod tests;
