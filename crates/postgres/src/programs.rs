//! Where PostgreSQL's programs are: Debian keeps the server's off the `PATH`.

use crate::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// Where Debian puts a folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder of `initdb`, `postgres` and the rest: Debian's highest version, else what `pg_config`
/// names, else what is on the `PATH`.
pub(crate) fn folder() -> Result<PathBuf, Error> {
    let debian = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let debian = debian.map(|version| version.path().join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    newest(debian.filter(|folder| is_whole(folder)))
        .or_else(|| configured().filter(|folder| is_whole(folder)))
        .or_else(|| env::split_paths(&path).find(|folder| is_whole(folder)))
        .ok_or(Error::NotInstalled)
}

fn is_whole(folder: &Path) -> bool {
    ["initdb", "postgres", "psql", "pg_basebackup"]
        .iter()
        .all(|name| folder.join(name).is_file())
}

/// Of folders like `…/9.6/bin` and `…/15/bin` the one of the highest version, by its numbers.
fn newest(folders: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    folders.max_by_key(|folder| {
        let version = folder.parent().and_then(Path::file_name);
        let version = version.unwrap_or_default().to_string_lossy().into_owned();
        let numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
        numbers.collect::<Vec<u32>>()
    })
}

fn configured() -> Option<PathBuf> {
    let mut ask = Command::new("pg_config");
    let output = ask.arg("--bindir").stderr(Stdio::null()).output().ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    Some(folder.trim_end().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let folders = ["/p/9.6/bin", "/p/15/bin", "/p/9.10/bin"].map(PathBuf::from);
        assert_eq!(newest(folders.into_iter()), Some("/p/15/bin".into()));
        let old = ["/p/9.6/bin", "/p/9.10/bin"].map(PathBuf::from);
        assert_eq!(newest(old.into_iter()), Some("/p/9.10/bin".into()));
    }
}
