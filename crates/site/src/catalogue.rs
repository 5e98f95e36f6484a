//! The catalogue: vendors' tools whose keys and addresses are known (`data/trackers/*.toml`). Settings
//! take one over by `use = "ID"`, `init` drafts that line where a policy names the tool.

use crate::settings::one_or_many;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use zhiqing_consent::{Call, Glob, Signals, Technology, Use};

const FILES: [(&str, &str); 5] = [
    ("china", include_str!("../data/trackers/china.toml")),
    ("analytics", include_str!("../data/trackers/analytics.toml")),
    ("errors", include_str!("../data/trackers/errors.toml")),
    ("ads", include_str!("../data/trackers/ads.toml")),
    ("embeds", include_str!("../data/trackers/embeds.toml")),
];

/// No more names than these are offered for one that is unknown.
const OFFERED: usize = 3;

/// A tool that pages load, as its vendor publishes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// What settings call it.
    pub id: String,
    /// Who runs it, as people know it.
    pub vendor: String,
    /// The tool's own page.
    pub home: String,
    /// Id of the purpose that a draft gives it (`data/purposes.toml`): a hint, a site decides.
    pub purpose: String,
    /// By which names policies call it; none where the name alone does not tell that a page loads it.
    #[serde(default)]
    pub names: Vec<String>,
    /// Where the keys and addresses come from: public documentation, or a script and its version.
    pub source: String,
    /// When that was looked at, `YYYY-MM-DD`.
    pub checked: String,
    /// Patterns that nothing public told.
    #[serde(default)]
    pub unverified: Vec<Glob>,
    /// What a site has to add itself.
    #[serde(default)]
    pub note: String,
    /// How it stores, sends and loads.
    #[serde(deserialize_with = "uses")]
    pub uses: Vec<Use>,
    /// Calls that tell it a decision.
    #[serde(default)]
    signals: Vec<Call>,
    /// The types of Google's Consent Mode that it stands for; none where it is not Google's.
    #[serde(default)]
    consent_mode: Option<Vec<String>>,
}

impl Definition {
    /// How a decision is told to it.
    pub fn signals(&self) -> Signals {
        Signals {
            calls: self.signals.clone(),
            consent_mode: self.consent_mode.clone(),
        }
    }
}

static ALL: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    let read = |(file, text): &(&str, &str)| {
        let mut tables: BTreeMap<String, Vec<Definition>> =
            toml::from_str(text).unwrap_or_else(|error| panic!("data/trackers/{file}: {error}"));
        tables.remove("tracker").unwrap_or_default()
    };
    FILES.iter().flat_map(read).collect()
});

/// Every definition.
pub fn all() -> &'static [Definition] {
    &ALL
}

/// The definition of this id.
pub fn find(id: &str) -> Option<&'static Definition> {
    all().iter().find(|definition| definition.id == id)
}

/// The ids that are most like a name, the best first: those that hold it or are held by it, then those
/// with the fewest letters to change.
pub(crate) fn nearest(name: &str) -> Vec<&'static str> {
    let name = name.to_lowercase();
    let mut ids: Vec<(usize, &str)> = all()
        .iter()
        .map(|definition| {
            let id = definition.id.as_str();
            let holds = name.len() > 2 && (id.contains(&name) || name.contains(id));
            (if holds { 0 } else { distance(&name, id) }, id)
        })
        .collect();
    ids.sort_unstable();
    ids.truncate(OFFERED);
    ids.into_iter().map(|(_, id)| id).collect()
}

/// How many letters have to be put in, taken out or changed.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for n in 0..to.len() {
            let changed = diagonal + usize::from(letter != to[n]);
            diagonal = row[n + 1];
            row[n + 1] = changed.min(diagonal + 1).min(row[n] + 1);
        }
    }
    row[to.len()]
}

fn uses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Use>, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        technology: Technology,
        #[serde(rename = "match", deserialize_with = "one_or_many")]
        patterns: Vec<Glob>,
    }
    let rows = Vec::<Row>::deserialize(deserializer)?;
    let used = |row: Row| Use {
        technology: row.technology,
        patterns: row.patterns,
    };
    Ok(rows.into_iter().map(used).collect())
}
