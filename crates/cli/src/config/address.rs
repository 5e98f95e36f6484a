//! The address of a store, and where it was named.

use super::environment::variable;
use super::said::Said;
use anyhow::{Context, Result, bail};
use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::{Path, PathBuf};

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The command line.
    Arguments,
    /// The environment.
    Environment,
    /// This file.
    File(PathBuf),
}

impl Place {
    /// A setting as it is written there.
    fn name(&self, key: &str) -> String {
        match self {
            Self::Arguments => format!("--{}", key.replace('_', "-")),
            Self::Environment => variable(key),
            Self::File(file) => format!("{}: {key}", file.display()),
        }
    }
}

/// How a store was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// By its address.
    Store { address: String, by: String },
    /// By a file that holds the address.
    File { file: PathBuf, by: String },
    /// Not at all: it is beside these settings.
    Beside(PathBuf),
}

impl Named {
    /// What one place says of it.
    pub(super) fn by(place: &Place, said: &Said) -> Result<Option<Self>> {
        let by = |key: &str| place.name(key);
        match (&said.store, &said.store_file) {
            (Some(_), Some(_)) => bail!(
                "{} and {} both name the store; leave one out",
                by("store"),
                by("store_file")
            ),
            (Some(address), None) => Ok(Some(Self::Store {
                address: address.clone(),
                by: by("store"),
            })),
            (None, Some(file)) => Ok(Some(Self::File {
                file: file.clone(),
                by: by("store_file"),
            })),
            (None, None) => Ok(None),
        }
    }

    /// The address itself.
    pub(super) fn address(&self) -> Result<Address> {
        let (url, by) = match self {
            Self::Store { address, by } => (address.clone(), by.clone()),
            Self::File { file, by } => (held(file, by)?, format!("{by} {}", file.display())),
            Self::Beside(settings) => {
                let folder = settings.parent().unwrap_or(Path::new(""));
                let file = folder.join("zhiqing.sqlite");
                let by = "no store is named (--store), so it is beside the settings".to_owned();
                (format!("sqlite:{}", file.display()), by)
            }
        };
        Ok(Address { url, by })
    }
}

/// The address that a file holds.
fn held(file: &Path, by: &str) -> Result<String> {
    let text = fs::read_to_string(file)
        .with_context(|| format!("{by}: cannot read {}", file.display()))?;
    let address = text.trim();
    // Another store in its place would seem as if nobody had ever consented.
    if address.is_empty() {
        bail!(
            "{by}: {} is empty; write the store's address into it",
            file.display()
        );
    }
    Ok(address.to_owned())
}

/// The address of a store. It is told without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// As [`Store::open`](zhiqing_server::Store::open) takes it.
    pub(crate) url: String,
    /// Where it was named, as `--store`.
    pub(crate) by: String,
}

impl Display for Address {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.by, without_password(&self.url))
    }
}

/// An address as it may be told: the password of `postgres://USER:PASSWORD@HOST/…?password=PASSWORD` is left out,
/// with all else that is asked of PostgreSQL behind the `?`.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (user, host) = rest.rsplit_once('@').unwrap_or(("", rest));
    let host = host.split_once('?').map_or(host, |(host, _)| host);
    match user.split([':', '/', '?']).next() {
        None | Some("") => format!("{scheme}://{host}"),
        Some(name) => format!("{scheme}://{name}@{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(url: &str, expected: &str) {
        assert_eq!(without_password(url), expected);
    }

    #[test]
    fn a_password_is_not_told() {
        case("postgres://u:p@h:5/d", "postgres://u@h:5/d");
        case("postgres://u:p@w@h/d?a=b", "postgres://u@h/d");
        case("postgres://h/d?user=u&password=p@w", "postgres://h@w");
        case("postgres://h/d?user=u&password=p", "postgres://h/d");
        case("postgres://u:p?w@h/d", "postgres://u@h/d");
        case("postgres://u@h/d", "postgres://u@h/d");
        case("sqlite:a:b@c.db", "sqlite:a:b@c.db");
    }
}
