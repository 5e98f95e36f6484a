//! Programs that single tests need and other systems than Linux do not have: one shows what a server syncs before it
//! answers, the other sets its clock.

use anyhow::Result;

use crate::{debian, program};

/// A program, which is its Debian package's name too, and what is not tried without it.
const EXTRAS: [(&str, &str); 2] = [
    ("strace", "what a server syncs"),
    ("faketime", "a clock that is set while the server runs"),
];

/// Sees to them where that is ours to do: as root on Debian. Elsewhere the tests that need one say that they
/// cannot, and pass.
pub(crate) fn ensure() -> Result<()> {
    let missing = || {
        let extras = EXTRAS.iter();
        extras.filter(|(name, _)| program::find(name).is_none())
    };
    let packages: Vec<&str> = missing().map(|(name, _)| *name).collect();
    if !packages.is_empty() && debian::installs() {
        return debian::install(&packages);
    }
    for (name, what) in missing() {
        eprintln!(
            "xtask: there is no {name}, so {what} is not tried; on Debian run `sudo apt-get install {name}`"
        );
    }
    Ok(())
}
