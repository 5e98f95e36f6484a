//! Files that are given to whoever runs the server.

use crate::{Cluster, Error};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

impl Cluster {
    /// Gives whatever lies in the data directory to whoever runs the server, which is down: where it was
    /// replaced by other files.
    ///
    /// # Errors
    /// Files that cannot be given away.
    pub fn own_data(&self) -> Result<(), Error> {
        let data = self.data();
        // It starts on no folder that others can read.
        let mode = Permissions::from_mode(0o700);
        fs::set_permissions(&data, mode).map_err(Error::of(&data))?;
        self.own(&data)
    }

    fn own(&self, path: &Path) -> Result<(), Error> {
        self.account.owns(path)?;
        if path.is_dir() {
            for entry in fs::read_dir(path).map_err(Error::of(path))? {
                self.own(&entry.map_err(Error::of(path))?.path())?;
            }
        }
        Ok(())
    }

    /// Gives it a file or a folder of ours.
    ///
    /// # Errors
    /// One that cannot be given away.
    pub fn give(&self, path: &Path) -> Result<(), Error> {
        self.account.owns(path)
    }
}
