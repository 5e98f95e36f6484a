//! Changes of names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A change of names.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// When it was done.
    pub(super) end: usize,
    /// Of which file or folder.
    pub(super) node: usize,
    /// The name that it loses, and the one that it gets.
    pub(super) from: Option<PathBuf>,
    pub(super) to: Option<PathBuf>,
}

impl Naming {
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.from.iter().chain(&self.to).map(PathBuf::as_path)
    }

    pub(super) fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        if let Some(from) = &self.from {
            // A folder's name is part of the names of all that is in it.
            let below: Vec<_> = { names.range(from.clone()..) }
                .map(|(path, _)| path.clone())
                .take_while(|path| path.starts_with(from))
                .collect();
            for path in below {
                let node = names.remove(&path);
                if let (Some(to), Some(node), Ok(rest)) = (&self.to, node, path.strip_prefix(from))
                {
                    let path: PathBuf = to.join(rest).components().collect();
                    names.insert(path, node);
                }
            }
        }
        if let Some(to) = &self.to {
            names.insert(to.clone(), self.node);
        }
    }
}
