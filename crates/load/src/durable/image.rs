//! Folders, read and written as a whole.

use crate::Error;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

/// Files by their paths, and folders (`None`).
pub(super) type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// Files before a trace, all of them on the disk.
#[derive(Debug, Default)]
pub(super) struct Image {
    /// Below these everything is followed, and nothing else.
    pub(super) roots: Vec<PathBuf>,
    /// `None` is a folder.
    pub(super) entries: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Image {
    /// Reads folders with all that is in them.
    pub(super) fn read(roots: Vec<PathBuf>) -> Result<Self, Error> {
        let mut image = Self::default();
        for root in &roots {
            image.add(root)?;
        }
        image.roots = roots;
        Ok(image)
    }

    fn add(&mut self, folder: &Path) -> Result<(), Error> {
        for entry in fs::read_dir(folder).map_err(Error::of(folder))? {
            let path = entry.map_err(Error::of(folder))?.path();
            let kind = fs::symlink_metadata(&path).map_err(Error::of(&path))?;
            if kind.is_dir() {
                self.entries.push((path.clone(), None));
                self.add(&path)?;
            } else if kind.is_file() && is_kept(&path) {
                let bytes = fs::read(&path).map_err(Error::of(&path))?;
                self.entries.push((path, Some(bytes)));
            }
        }
        Ok(())
    }

    /// Files, and folders (`None`).
    pub(super) fn entries(&self) -> impl Iterator<Item = (&Path, Option<&[u8]>)> {
        let entries = self.entries.iter();
        entries.map(|(path, bytes)| (path.as_path(), bytes.as_deref()))
    }
}

/// Whether a file belongs to the store. What a server says on stderr goes to one that does not.
pub(super) fn is_kept(path: &Path) -> bool {
    path.file_name() != Some("stderr".as_ref())
}

/// Writes what lies below `root` into another folder, which is there.
pub(super) fn write(tree: &Tree, root: &Path, to: &Path) -> Result<(), Error> {
    for (path, bytes) in tree {
        let Ok(rest) = path.strip_prefix(root) else {
            continue;
        };
        let path = to.join(rest);
        let folder = if bytes.is_some() {
            path.parent()
        } else {
            Some(&*path)
        };
        if let Some(folder) = folder {
            fs::create_dir_all(folder).map_err(Error::of(folder))?;
        }
        if let Some(bytes) = bytes {
            fs::write(&path, bytes).map_err(Error::of(&path))?;
            // A key that others could read is refused.
            let mode = fs::Permissions::from_mode(0o600);
            fs::set_permissions(&path, mode).map_err(Error::of(&path))?;
        }
    }
    Ok(())
}
