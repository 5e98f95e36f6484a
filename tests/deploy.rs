//! How the server is deployed: several sites, settings that may only be read, the container file and the
//! systemd unit.

#[path = "deploy/container.rs"]
mod container;
#[path = "deploy/keys.rs"]
mod keys;
#[path = "deploy/unit.rs"]
mod unit;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with what one server of these sites needs, as `zhiqing.toml` names it.
struct House {
    folder: TempDir,
}

impl House {
    /// Sites by their ids, each in a folder of its own, and more lines of the file.
    fn of(ids: &[&str], more: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        for id in ids {
            let site = zhiqing_tests::Site::of_one_purpose("listed", "127.0.0.1:1", "");
            site.edit("id = \"field\"", &format!("id = {id:?}"));
            fs::create_dir_all(folder.path().join(id)).expect("a folder");
            for name in ["site.toml", "policy.md"] {
                let to = folder.path().join(id).join(name);
                fs::copy(site.folder().join(name), to).expect("a copy");
            }
        }
        let sites: Vec<_> = ids.iter().map(|id| format!("{id}/site.toml")).collect();
        let text = format!("sites = {sites:?}\n{more}\n");
        fs::write(folder.path().join("zhiqing.toml"), text).expect("a file");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The file, and the variable that names it.
    fn file(&self) -> PathBuf {
        self.path("zhiqing.toml")
    }
}

/// A file of the repository.
fn repository(name: &str) -> String {
    let path = zhiqing_tests::site::workspace().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("no {}: {error}", path.display()))
}

fn os(path: &Path) -> &OsStr {
    path.as_os_str()
}
