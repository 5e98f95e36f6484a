//! `site.toml`: its shape, and errors that name file, line and field.

mod check;
mod error;
mod tracker;

pub use error::SettingsError;
pub(crate) use error::Source;
pub(crate) use tracker::{TrackerSection, draw_trackers};

use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;
use zhiqing_consent::{Banner, Basis, Glob, Mode, Technology, Tier};

/// The settings as written; [`Settings::read`] has checked them as far as the file alone tells.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) site: SiteSection,
    pub(crate) policy: PolicySection,
    #[serde(default)]
    pub(crate) report: ReportSection,
    #[serde(default)]
    pub(crate) purpose: Vec<PurposeSection>,
    #[serde(default)]
    pub(crate) recipient: Vec<RecipientSection>,
    #[serde(default)]
    pub(crate) tracker: Vec<TrackerSection>,
    #[serde(default)]
    pub(crate) permission: Vec<PermissionSection>,
    pub(crate) minors: Option<MinorsSection>,
    #[serde(default)]
    pub(crate) rights: RightsSection,
    #[serde(default)]
    pub(crate) limits: LimitsSection,
    #[serde(default)]
    pub(crate) banner: Banner,
    /// Words of the interface that the site says otherwise.
    #[serde(default)]
    pub(crate) texts: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteSection {
    pub(crate) id: Spanned<String>,
    pub(crate) name: Spanned<String>,
    #[serde(default)]
    pub(crate) origins: Vec<Spanned<String>>,
    #[serde(default = "default_locale")]
    pub(crate) locale: Spanned<String>,
    #[serde(default)]
    pub(crate) mode: Mode,
    /// A file with all words of the interface, for a language that does not come with us.
    pub(crate) texts: Option<Spanned<PathBuf>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicySection {
    pub(crate) file: Spanned<PathBuf>,
    pub(crate) version: Spanned<String>,
    #[serde(default)]
    pub(crate) previous: Vec<PreviousSection>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviousSection {
    pub(crate) file: Spanned<PathBuf>,
    pub(crate) version: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ReportSection {
    pub(crate) url: Spanned<String>,
}

impl Default for ReportSection {
    fn default() -> Self {
        Self {
            url: Spanned::new(0..0, "/v1".to_owned()),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PurposeSection {
    pub(crate) id: Spanned<String>,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    pub(crate) tier: Tier,
    #[serde(default)]
    pub(crate) basis: Basis,
    #[serde(default)]
    pub(crate) clauses: Vec<Spanned<String>>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(crate) data: Vec<String>,
    #[serde(default)]
    pub(crate) recipients: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) refusal: String,
    /// For how long the data is kept.
    #[serde(default)]
    pub(crate) retention: String,
    /// Whether Global Privacy Control turns it off; by default what third parties receive.
    pub(crate) gpc: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipientSection {
    pub(crate) id: Spanned<String>,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) contact: String,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(crate) data: Vec<String>,
    #[serde(default)]
    pub(crate) purpose: String,
    #[serde(default)]
    pub(crate) method: String,
    #[serde(default)]
    pub(crate) country: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UseSection {
    pub(crate) technology: Technology,
    #[serde(rename = "match", deserialize_with = "patterns")]
    pub(crate) patterns: Vec<Glob>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PermissionSection {
    pub(crate) id: Spanned<String>,
    pub(crate) purpose: Spanned<String>,
    #[serde(default)]
    pub(crate) refusal: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MinorsSection {
    pub(crate) age: Spanned<u8>,
    #[serde(default)]
    pub(crate) rule: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RightsSection {
    #[serde(default)]
    pub(crate) deadline: String,
}

/// Without a number the server's own holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LimitsSection {
    pub(crate) per_address: Option<Spanned<u32>>,
    pub(crate) per_site: Option<Spanned<u32>>,
    pub(crate) spare_loopback: Option<bool>,
}

fn default_locale() -> Spanned<String> {
    Spanned::new(0..0, "zh-CN".to_owned())
}

/// One pattern or several. They are held against a key's name, or against host and path: one with
/// a scheme would never match.
fn patterns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Glob>, D::Error> {
    let patterns: Vec<Glob> = one_or_many(deserializer)?;
    match patterns
        .iter()
        .find(|pattern| pattern.as_str().contains("://"))
    {
        Some(pattern) => Err(serde::de::Error::custom(format!(
            "{:?} can never match: leave out the scheme, as in \"hm.baidu.com/hm.js\"",
            pattern.as_str()
        ))),
        None => Ok(patterns),
    }
}

/// A single value where a list would do.
pub(crate) fn one_or_many<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a string or a list of strings")]
    enum OneOrMany<T> {
        One(T),
        Many(Vec<T>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    })
}

impl Settings {
    /// Reads and checks the settings.
    pub(crate) fn read(source: &Source<'_>) -> Result<Self, SettingsError> {
        let deserializer = toml::Deserializer::parse(source.text).map_err(|error| {
            source.error(error.span().unwrap_or_default(), "TOML", error.message())
        })?;
        let settings: Self = serde_path_to_error::deserialize(deserializer).map_err(|error| {
            let path = error.path().to_string();
            let inner = error.into_inner();
            source.error(
                inner.span().unwrap_or_default(),
                field(&path),
                inner.message(),
            )
        })?;
        settings.check(source)?;
        Ok(settings)
    }
}

/// The field's path as people write it: serde_path_to_error writes a dot for the root, and
/// `Spanned` adds a segment of its own.
fn field(path: &str) -> &str {
    match path.split(".$__serde_spanned").next() {
        Some(path) if path != "." => path,
        _ => "settings",
    }
}
