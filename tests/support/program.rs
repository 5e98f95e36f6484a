//! The programs under test, named by the environment.

use std::env;
use std::path::PathBuf;

/// The program that an environment variable names, where it is there.
pub(crate) fn found(variable: &str) -> Option<PathBuf> {
    let path = env::var_os(variable).map(PathBuf::from);
    path.filter(|path| path.is_file())
}

/// The program that an environment variable names. A test that cannot run has not passed, so
/// nothing is skipped where it is missing.
pub(crate) fn named(variable: &str) -> PathBuf {
    let path = found(variable);
    path.unwrap_or_else(|| {
        panic!("{variable} names no program: run `cargo xtask test`, which builds and installs it")
    })
}
