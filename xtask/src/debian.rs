//! Packages of Debian: installed where that is ours to do, as root, with `apt-get`.

use anyhow::Result;

use crate::program;

/// Whether packages can be installed here.
pub(crate) fn installs() -> bool {
    program::find("apt-get").is_some() && is_root()
}

/// Installs packages by their names.
///
/// # Errors
/// When `apt-get` fails; its own words stand above.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut command = program::command("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        // Another installation may be under way on a machine that has just started.
        command.args(["--quiet", "--option", "DPkg::Lock::Timeout=300"]);
        command
    };
    program::run(
        "bring the list of Debian packages up to date",
        apt().arg("update"),
    )?;
    program::run(
        &format!("install {}", packages.join(", ")),
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )
}

fn is_root() -> bool {
    let answer = program::output("ask who we are", program::command("id").arg("-u"));
    answer.is_ok_and(|id| id.trim() == "0")
}
