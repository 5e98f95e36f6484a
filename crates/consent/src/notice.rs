//! What a person is asked: `notice.json`.

use crate::{Glob, Technology, Words};
use serde::{Deserialize, Serialize};

/// Everything a page needs in order to ask, and a server to check the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Site id.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{1,64}$"))]
    pub site: String,
    /// Digest of this notice without this field; empty until `Notice::seal` (feature `json`).
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::openapi::digest))]
    pub digest: String,
    /// The site's name, as people know it.
    pub name: String,
    /// Who processes the data, as the policy names it (PIPL 17).
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub operator: Option<String>,
    /// How to reach them (PIPL 17).
    pub contacts: Vec<ContactPoint>,
    /// BCP 47 language tag of the texts.
    pub locale: String,
    /// How strictly the gate works.
    pub mode: Mode,
    /// The policy that is asked about.
    pub policy: PolicyRef,
    /// Earlier versions of it, and what those who decided on them must be asked again (rule 5).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub previous: Vec<PreviousVersion>,
    /// Base of the consent API.
    pub report: String,
    /// The units of choice, in the order in which they are shown.
    pub purposes: Vec<Purpose>,
    /// Third parties that purposes name.
    pub recipients: Vec<Recipient>,
    /// Vendors' tools, each held back until its purpose is granted.
    pub trackers: Vec<Tracker>,
    /// Device permissions.
    pub permissions: Vec<Permission>,
    /// Technologies that the person can refuse.
    pub technologies: Vec<Technology>,
    /// The rule for minors.
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub minors: Option<Minors>,
    /// How requests are answered.
    pub rights: Rights,
    /// How the banner is shown.
    #[serde(default, skip_serializing_if = "Banner::is_default")]
    pub banner: Banner,
    /// The interface's own words in the notice's language, by their keys: they are part of what is
    /// shown, and so of the digest. A notice from before they were has none.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub texts: Words,
}

/// How the banner is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Banner {
    /// Where.
    pub place: Place,
    /// Whether a handle leads back to the choices.
    pub handle: Handle,
}

impl Banner {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Where the banner stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// At the bottom, beside the page, which stays usable.
    #[default]
    Bottom,
    /// At the top, likewise.
    Top,
    /// Over the page, which waits for an answer: the only place that covers it.
    Over,
}

/// The handle: a small button that opens the choices again, because withdrawing must be as easy as
/// agreeing (PIPL 15).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Handle {
    /// Where the page has no link of its own (`data-zq`) that leads there.
    #[default]
    Auto,
    /// On every page.
    Always,
    /// On none: the site has another way.
    Never,
}

/// A way to reach the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactPoint {
    /// `email`, `phone`, `address` or `postcode`.
    pub kind: String,
    /// As the policy has it.
    pub value: String,
}

/// Which policy: its version and the digest of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyRef {
    /// The site's own name for the version.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9._-]{1,64}$"))]
    pub version: String,
    /// `sha256:` and lower-case hexadecimal digits.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::openapi::digest))]
    pub digest: String,
}

/// An earlier version of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviousVersion {
    /// The site's own name for it.
    pub version: String,
    /// Ids of the purposes that changed materially since (PIPL 14): a choice on any other stands.
    pub ask_again: Vec<String>,
}

/// What the gate does with what no tracker of the notice claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Only listed trackers are held back.
    #[default]
    Listed,
    /// Every third party and every undeclared key is held back.
    Strict,
    /// Nothing is held back; what would be is listed.
    Report,
}

/// 处理目的: the unit of choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Purpose {
    /// Lower-case letters, digits, `-` and `_`.
    pub id: String,
    /// A few words.
    pub name: String,
    /// One plain sentence.
    pub description: String,
    /// Basic functions never wait for extended ones.
    pub tier: Tier,
    /// On what ground the data is processed (PIPL 13, 29).
    pub basis: Basis,
    /// Ids of the clauses that state it.
    pub clauses: Vec<String>,
    /// What is processed.
    pub data: Vec<String>,
    /// Ids of the recipients.
    pub recipients: Vec<String>,
    /// What follows from refusing (PIPL 16, 30).
    pub refusal: String,
    /// For how long the data is kept (PIPL 17).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub retention: String,
    /// Whether Global Privacy Control turns it off (rule 7): advertising, and what third parties
    /// receive.
    #[serde(default, skip_serializing_if = "is_false")]
    pub gpc: bool,
}

impl Purpose {
    /// How the guard knows it: 0 where nobody is asked, 1 where the person is, 2 where the browser's
    /// signal turns it off, too (rule 7).
    pub const fn kind_for_guard(&self) -> u8 {
        match (self.basis.is_asked(), self.gpc) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => 2,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_false(value: &bool) -> bool {
    !value
}

/// GB/T 35273-2020 annex C: basic and extended functions are asked apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// What the service is for.
    Basic,
    /// What it can also do.
    Extended,
}

/// The ground of processing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// PIPL 13 (2)–(7): no consent is needed, none is asked.
    None,
    /// Consent, PIPL 13 (1).
    #[default]
    General,
    /// 单独同意: in a step of its own (PIPL 23, 25, 26, 29, 39).
    Separate,
    /// 书面同意, where a law asks for it (PIPL 29).
    Written,
    /// A guardian's consent (PIPL 31).
    Guardian,
}

impl Basis {
    /// Whether the person has a choice at all.
    pub const fn is_asked(self) -> bool {
        !matches!(self, Self::None)
    }

    /// Whether a grant needs a step of its own, which "accept all" never is.
    pub const fn needs_own_step(self) -> bool {
        matches!(self, Self::Separate | Self::Written | Self::Guardian)
    }
}

/// A third party: the facts PIPL 23 and 39 want told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the contract's words")]
pub struct Recipient {
    pub id: String,
    pub name: String,
    pub contact: String,
    pub data: Vec<String>,
    pub purpose: String,
    pub method: String,
    pub country: String,
}

/// A vendor's tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tracker {
    /// Id of the tracker.
    pub id: String,
    /// Who runs it.
    pub vendor: String,
    /// Id of the purpose it serves.
    pub purpose: String,
    /// How it stores, sends and loads.
    pub uses: Vec<Use>,
    /// How a decision is told to the tool itself.
    #[serde(default, skip_serializing_if = "Signals::is_none")]
    pub signals: Signals,
}

/// How a decision is told to a tool itself, beside being enforced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = TrackerSignals))]
pub struct Signals {
    /// Calls of the page's own objects, made where they are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
    /// The types of Google's Consent Mode that follow the purpose, as `analytics_storage`; `None` for
    /// what is not Google's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_mode: Option<Vec<String>>,
}

impl Signals {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// A call of a tool's own switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The function's path from `window`, as `_paq.push`.
    pub call: String,
    /// Its arguments when the purpose is granted: a JSON array. `None` calls nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<String>,
    /// Its arguments when the purpose is denied, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denied: Option<String>,
}

/// One way in which a tracker works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Use {
    /// By what technology.
    pub technology: Technology,
    /// Over the key's name for stores, over host and path for the rest; any one suffices.
    #[serde(rename = "match")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub patterns: Vec<Glob>,
}

/// A device permission and the purpose that needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Permission {
    /// The page's name for it.
    pub id: String,
    /// Id of the purpose that needs it.
    pub purpose: String,
    /// What follows from refusing it.
    pub refusal: String,
}

/// The rule for minors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Minors {
    /// Age of consent in years: 14 under PIPL 31.
    pub age: u8,
    /// What is asked below it.
    pub rule: String,
}

/// How requests are answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rights {
    /// For example `15 working days`.
    pub deadline: String,
}

impl Notice {
    /// The beginning of the digest, enough to tell one notice of a site from another: every visitor
    /// loads it.
    pub fn short_digest(&self) -> &str {
        self.digest.get(..23).unwrap_or(&self.digest)
    }

    /// The purpose of this id.
    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.id == id)
    }

    /// The recipient of this id.
    pub fn recipient(&self, id: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|recipient| recipient.id == id)
    }

    /// The purposes that a person decides on: all whose basis is not none.
    pub fn asked(&self) -> impl Iterator<Item = &Purpose> {
        self.purposes
            .iter()
            .filter(|purpose| purpose.basis.is_asked())
    }

    /// Earlier versions of the policy on which every choice stands: nobody who decided on one of them
    /// is asked again.
    pub fn standing_versions(&self) -> Vec<&str> {
        let stands = |previous: &&PreviousVersion| {
            let mut asked = self.asked();
            !asked.any(|purpose| previous.ask_again.contains(&purpose.id))
        };
        let standing = self.previous.iter().filter(stands);
        standing.map(|previous| previous.version.as_str()).collect()
    }

    /// The same notice with its digest filled in.
    ///
    /// # Errors
    /// Only if the notice cannot be written as JSON.
    #[cfg(feature = "json")]
    pub fn seal(mut self) -> Result<Self, crate::digest::NotCanonical> {
        let mut value = serde_json::to_value(&self)?;
        if let Some(object) = value.as_object_mut() {
            object.remove("digest");
        }
        self.digest = crate::digest::of_json(&value)?;
        Ok(self)
    }
}
