//! Chromiums of old, and a driver of their time: no system has them any more, but packages do that
//! were made for functions in a cloud. Fetched by npm and pip in fixed versions, unpacked below the
//! target folder, and never shipped.

use std::fs;
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::workspace::Workspace;
use crate::{debian, npm, program};

/// A Chromium inside a version of the npm package [`PACKAGE`].
struct Old {
    engine: &'static str,
    variable: &'static str,
    version: &'static str,
    /// As npm writes it.
    integrity: &'static str,
    /// Its file in the package, compressed.
    file: &'static str,
}

const PACKAGE: &str = "chrome-aws-lambda";

const OLD: [Old; 3] = [
    Old {
        engine: "chromium-92",
        variable: "CHROMIUM_92",
        version: "10.1.0",
        integrity: "sha512-NZQVf+J4kqG4sVhRm3WNmOfzY0OtTSm+S8rg77pwePa9RCYHzhnzRs8YvNI6L9tALIW6RpmefWiPURt3vURXcw==",
        file: "chromium.br",
    },
    Old {
        engine: "chromium-80",
        variable: "CHROMIUM_80",
        version: "2.1.1",
        integrity: "sha512-Wer2QuygxsCov5bM2+8CLa6qYpNsc5AxYTlgTne00aFoxFP491LGJRxOQtGnYtsJP6UG4pB0SfrwTyPnLys1Lw==",
        file: "chromium.br",
    },
    Old {
        engine: "chromium-67",
        variable: "CHROMIUM_67",
        version: "1.3.0",
        integrity: "sha512-kNGV95y0tzawwR3+yA9Wq5hxEA1/+6SUrUbTK9c2Msp35FNQZf2yqq0oq9cYSt+D/o4mp80bzQx/v8W9L5CYMQ==",
        file: "chromium-67.0.3391.0.br",
    },
];

/// A package of pip's that carries ChromeDriver 2.38. It drives all three; those of today drive none of
/// them, because they look for targets and contexts that these do not have.
const DRIVER: &str = "helium==3.0.5 \
    --hash=sha256:74b074fbdc2ddc485a9e0e792b2d0ac3d52a8fcaf4a8ab855b690633590a0104\n";
const DRIVER_ARCHIVE: &str = "helium-3.0.5.tar.gz";
const DRIVER_FILE: &str = "helium-3.0.5/helium/_impl/webdrivers/linux/chromedriver";

/// Tells what was unpacked. It is written last.
const UNPACKED: &str = "unpacked";

/// Whether an engine is one of them.
pub(crate) fn is_one(engine: &str) -> bool {
    OLD.iter().any(|old| old.engine == engine)
}

/// The programs of those that are among these engines, each with the variable by which the tests find
/// it.
///
/// # Errors
/// One sentence where npm, pip or what they fetch fails.
pub(crate) fn ensure(
    workspace: &Workspace,
    engines: &[&str],
) -> Result<Vec<(&'static str, PathBuf)>> {
    let asked = OLD.iter().filter(|old| engines.contains(&old.engine));
    let mut programs = Vec::new();
    for old in asked {
        programs.push((old.variable, browser(workspace, old)?));
    }
    if !programs.is_empty() {
        programs.push(("CHROMEDRIVER_OLD", driver(workspace)?));
    }
    Ok(programs)
}

fn browser(workspace: &Workspace, old: &Old) -> Result<PathBuf> {
    let folder = workspace.target(&format!("tools/{}", old.engine));
    let program = folder.join("chromium");
    if is_unpacked(&folder, old.integrity) {
        return Ok(program);
    }
    npm::there("Chromiums of old")?;
    fresh(&folder)?;
    let package = format!("{PACKAGE}@{}", old.version);
    eprintln!("xtask: fetch {} with npm ({package})", old.engine);
    let told = program::output(
        &format!("fetch {package} with npm"),
        program::command("npm").current_dir(&folder).args([
            "pack",
            "--json",
            "--ignore-scripts",
            &package,
        ]),
    )?;
    ensure!(
        told.contains(&format!("\"{}\"", old.integrity)),
        "{package} is not what it was: its digest is another than {}",
        old.integrity
    );
    let archive = format!("{PACKAGE}-{}.tgz", old.version);
    let packed = format!("package/bin/{}", old.file);
    unpack(&folder, &archive, &packed)?;
    let packed = folder.join(packed);
    decompress(&packed, &program).with_context(|| format!("cannot unpack {}", packed.display()))?;
    fs::remove_dir_all(folder.join("package"))?;
    done(&folder, &archive, old.integrity)?;
    Ok(program)
}

fn driver(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target("tools/chromedriver-2.38");
    let program = folder.join(DRIVER_FILE);
    if is_unpacked(&folder, DRIVER) {
        return Ok(program);
    }
    pip()?;
    fresh(&folder)?;
    // Digests are taken from a file alone.
    fs::write(folder.join("requirements.txt"), DRIVER)?;
    program::run(
        "fetch a ChromeDriver of old with pip",
        program::command("python3").current_dir(&folder).args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-binary=:all:",
            "--require-hashes",
            "--requirement=requirements.txt",
        ]),
    )?;
    unpack(&folder, DRIVER_ARCHIVE, DRIVER_FILE)?;
    done(&folder, DRIVER_ARCHIVE, DRIVER)?;
    Ok(program)
}

fn is_unpacked(folder: &Path, what: &str) -> bool {
    fs::read_to_string(folder.join(UNPACKED)).is_ok_and(|text| text == what)
}

/// A folder with nothing of an attempt before in it.
fn fresh(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

fn unpack(folder: &Path, archive: &str, file: &str) -> Result<()> {
    program::run(
        &format!("unpack {archive}"),
        program::command("tar")
            .current_dir(folder)
            .args(["-xzf", archive, file]),
    )
}

fn done(folder: &Path, archive: &str, what: &str) -> Result<()> {
    fs::remove_file(folder.join(archive))?;
    Ok(fs::write(folder.join(UNPACKED), what)?)
}

/// Writes the program that lies in a file compressed with brotli.
fn decompress(packed: &Path, program: &Path) -> io::Result<()> {
    let mut from = BufReader::new(fs::File::open(packed)?);
    let mut to = BufWriter::new(fs::File::create(program)?);
    brotli::BrotliDecompress(&mut from, &mut to)?;
    make_executable(program)
}

#[cfg(unix)]
fn make_executable(program: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(program, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes sure of pip, which on Debian comes apart from Python.
fn pip() -> Result<()> {
    let is_there = || {
        let mut ask = program::command("python3");
        program::output("ask for pip", ask.args(["-m", "pip", "--version"])).is_ok()
    };
    if !is_there() && debian::installs() {
        debian::install(&["python3-pip"])?;
    }
    ensure!(
        is_there(),
        "pip fetches the driver of Chromiums of old, but there is none for python3: on Debian run `sudo \
         apt-get install python3-pip`; elsewhere install Python with pip"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fetched_is_held_to_the_digit() {
        for old in OLD {
            assert!(old.integrity.starts_with("sha512-"), "{}", old.engine);
            assert_eq!(old.integrity.len(), "sha512-".len() + 88, "{}", old.engine);
        }
        assert!(DRIVER.starts_with("helium==") && DRIVER.contains(" --hash=sha256:"));
    }
}
