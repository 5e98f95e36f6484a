//! What a run is told to do.

use crate::population::Population;
use crate::store::Kind;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// How many people's records are asked for again, unless told otherwise.
const CHECKED: usize = 100_000;

/// How much is checked afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Everything that was acknowledged.
    All,
    /// That of so many people.
    People(usize),
    /// Nothing.
    None,
}

impl FromStr for Check {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Self::All),
            "none" => Ok(Self::None),
            number => number
                .parse()
                .map(Self::People)
                .map_err(|_| format!("{text:?} is neither all nor none nor a number of people")),
        }
    }
}

/// The server that is tried, and who loads it.
#[derive(Clone, Debug, clap::Args)]
pub struct Setting {
    /// The store: sqlite or postgres for a fresh one, or sqlite:FILE, postgres://….
    #[arg(long, default_value = "sqlite")]
    pub store: Kind,
    /// The command zhiqing in release form; `cargo xtask` builds it.
    #[arg(
        long,
        env = "ZHIQING_BIN",
        value_name = "PROGRAM",
        default_value = "zhiqing"
    )]
    pub zhiqing: PathBuf,
    /// The site's settings; a copy is served.
    #[arg(
        long,
        value_name = "SITE.toml",
        default_value = "policy-text/travel-benefits/site.toml"
    )]
    pub settings: PathBuf,
    /// Connections, each with one request at a time.
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub connections: usize,
    /// Decides who sends what; drawn and told where it is not given.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}

impl Setting {
    /// The people of this run: of its seed, or of one that is drawn.
    pub fn people(&self) -> (u64, Population) {
        let seed = self.seed.unwrap_or_else(|| fastrand::u64(..));
        (seed, Population::new(seed))
    }
}

/// What a run does.
#[derive(Clone, Debug, clap::Args)]
pub struct Plan {
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would print it")]
    pub setting: Setting,
    /// A server that runs already; --store and --zhiqing are not used then.
    #[arg(long, value_name = "http://HOST:PORT")]
    pub url: Option<String>,
    /// How long is measured.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 20.0,
        conflicts_with = "count"
    )]
    pub seconds: f64,
    /// Measures so many records instead of a time.
    #[arg(long, value_name = "N")]
    pub count: Option<u64>,
    /// Seconds before that are not measured.
    #[arg(long, value_name = "N", default_value_t = 2.0)]
    pub warm_up: f64,
    /// Records in a request, all of one person.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub lists: u16,
    /// Brings a fresh store up to so many records before.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub fill: u64,
    /// Records in a request while it is filled, all of one person.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub fill_lists: u16,
    /// Looks people up so many times afterwards.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub lookups: u64,
    /// Connections that do.
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub lookup_connections: usize,
    /// Whose records are asked for again: all, none, or those of so many people.
    #[arg(long, value_name = "all|none|N", default_value_t = Check::People(CHECKED))]
    pub check: Check,
    /// Then loads a server that answers at once: what the load costs by itself.
    #[arg(long)]
    pub alone: bool,
    /// Fails where fewer records a second are acknowledged.
    #[arg(long, value_name = "N")]
    pub at_least: Option<f64>,
    /// Fails where the 99th percentile of a request is not below so many milliseconds.
    #[arg(long, value_name = "MS")]
    pub p99_below: Option<f64>,
    /// Fails where the 99th percentile of a lookup is not below so many milliseconds.
    #[arg(long, value_name = "MS")]
    pub lookup_p99_below: Option<f64>,
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::None => f.write_str("none"),
            Self::People(people) => write!(f, "{people}"),
        }
    }
}
