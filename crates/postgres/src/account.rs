//! Who runs the server: PostgreSQL refuses root.

use crate::Error;
use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

/// Another account that we take, or ourselves.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Account {
    Ourselves,
    Other { user: u32, group: u32 },
}

impl Account {
    /// Ourselves, unless we are root: then the package's own user, or nobody.
    pub(crate) fn unprivileged() -> Result<Self, Error> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Ourselves);
        }
        let path = Path::new("/etc/passwd");
        let users = fs::read_to_string(path).map_err(Error::of(path))?;
        let other = ["postgres", "nobody"]
            .iter()
            .find_map(|name| listed(&users, name));
        other.ok_or(Error::NoAccount)
    }

    /// Makes a command run as this account.
    pub(crate) fn runs(self, command: &mut Command) -> &mut Command {
        match self {
            Self::Ourselves => command,
            Self::Other { user, group } => command.uid(user).gid(group),
        }
    }

    /// Gives this account a file or a folder.
    pub(crate) fn owns(self, path: &Path) -> Result<(), Error> {
        match self {
            Self::Ourselves => Ok(()),
            Self::Other { user, group } => {
                chown(path, Some(user), Some(group)).map_err(Error::of(path))
            }
        }
    }
}

/// The account `name` in the text of `/etc/passwd`.
fn listed(users: &str, name: &str) -> Option<Account> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        let user = fields.nth(1)?.parse().ok()?;
        let group = fields.next()?.parse().ok()?;
        Some(Account::Other { user, group })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read_by_their_whole_name() {
        let users = "root:x:0:0:root:/root:/bin/sh\npostgresql:x:7:8::/:\npostgres:x:101:104::/:\n";
        let found = listed(users, "postgres");
        let (user, group) = (101, 104);
        assert!(
            matches!(found, Some(Account::Other { user: u, group: g }) if (u, g) == (user, group))
        );
        assert!(listed(users, "nobody").is_none());
    }
}
