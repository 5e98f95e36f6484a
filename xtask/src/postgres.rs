//! PostgreSQL, which tests and measurements start for a while.

use std::fs;

use anyhow::{Result, ensure};

use crate::{debian, program};

/// The server and its programs, in whatever version this Debian has.
const PACKAGE: &str = "postgresql";

/// Makes sure that it is here; as root on Debian it is installed.
pub(crate) fn ensure() -> Result<()> {
    if is_here() {
        return Ok(());
    }
    if debian::installs() {
        debian::install(&[PACKAGE])?;
    }
    ensure!(
        is_here(),
        "the tests need PostgreSQL: on Debian run `sudo apt-get install {PACKAGE}`; elsewhere install \
         the like, with initdb or pg_config on the PATH"
    );
    Ok(())
}

/// Where `crates/postgres` looks, too.
fn is_here() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut versions = versions.flatten();
    versions.any(|version| version.path().join("bin/initdb").is_file())
        || ["initdb", "pg_config"]
            .iter()
            .any(|name| program::find(name).is_some())
}
