//! The plots of ledgers that grew, from the JSON that was written of them.

use crate::Error;
use crate::plot::{Bound, Line, Plot};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// As much of a [report](crate::Grown) as is drawn.
#[derive(Deserialize)]
struct Grown {
    store: String,
    sizes: Vec<Size>,
}

#[derive(Deserialize)]
struct Size {
    records: f64,
    bytes_beyond_json: Option<f64>,
    load: Load,
    lookups: Lookups,
}

#[derive(Deserialize)]
struct Load {
    rate: f64,
    latency: Latency,
}

#[derive(Deserialize)]
struct Lookups {
    latency: Latency,
}

#[derive(Deserialize)]
struct Latency {
    p99_ms: f64,
}

/// The file's name, its title, what is wanted, and what is drawn of a size.
type Drawing = (
    &'static str,
    &'static str,
    (&'static str, f64),
    fn(&Size) -> Option<f64>,
);

/// Draws `ledger-*.svg` into a folder; gives their names.
///
/// # Errors
/// A file that is no such report, a folder that cannot be written to.
pub fn draw(reports: &[PathBuf], folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let read = |path: &PathBuf| {
        let text = fs::read(path).map_err(Error::of(path))?;
        serde_json::from_slice::<Grown>(&text).map_err(Error::json("a report of `ledger`"))
    };
    let grown = reports.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let plots: [Drawing; 4] = [
        (
            "ledger-rate",
            "Consents acknowledged a second, at 64 connections",
            ("wanted of SQLite", 15_000.0),
            |size| Some(size.load.rate),
        ),
        (
            "ledger-p99",
            "99th percentile of a consent, in milliseconds",
            ("wanted", 50.0),
            |size| Some(size.load.latency.p99_ms),
        ),
        (
            "ledger-lookups",
            "99th percentile of a lookup, in milliseconds",
            ("wanted", 5.0),
            |size| Some(size.lookups.latency.p99_ms),
        ),
        (
            "ledger-bytes",
            "Bytes on disk for a record beyond its JSON",
            ("wanted", 400.0),
            |size| size.bytes_beyond_json,
        ),
    ];
    let mut drawn = Vec::new();
    fs::create_dir_all(folder).map_err(Error::of(folder))?;
    for (name, title, bound, of) in plots {
        let line = |grown: &Grown| {
            let points = grown
                .sizes
                .iter()
                .filter_map(|size| Some((size.records, of(size)?)));
            Line {
                name: called(&grown.store).to_owned(),
                points: points.collect(),
            }
        };
        let plot = Plot {
            title: title.to_owned(),
            lines: grown
                .iter()
                .map(line)
                .filter(|line| !line.points.is_empty())
                .collect(),
            bound: Some(Bound {
                name: bound.0.to_owned(),
                value: bound.1,
            }),
        };
        let path = folder.join(format!("{name}.svg"));
        fs::write(&path, plot.svg()).map_err(Error::of(&path))?;
        drawn.push(path);
    }
    Ok(drawn)
}

/// The name of a store's kind; an address may hold a password.
fn called(store: &str) -> &'static str {
    match store.starts_with("postgres") {
        true => "PostgreSQL",
        false => "SQLite",
    }
}
