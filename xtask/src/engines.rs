//! The engines of the matrix beside Chromium: found, or installed where that is ours to do.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};

use crate::browser::{self, Browser};
use crate::workspace::Workspace;
use crate::{debian, old, program, tools};

/// Every engine, as tests/support/engine.rs names them.
pub(crate) const ALL: [&str; 8] = [
    "chromium",
    "firefox",
    "webkit",
    "no-wasm",
    "no-eval",
    "chromium-92",
    "chromium-80",
    "chromium-67",
];

/// What every change is walked through: the three engines there are, and the oldest that is walked.
pub(crate) const ALWAYS: [&str; 4] = ["chromium", "firefox", "webkit", "chromium-67"];

/// The crate whose program drives Firefox, in the version that the tests were written for.
const GECKODRIVER: (&str, &str) = ("geckodriver", "0.37.1");

/// A program that comes with the system.
struct Need {
    engine: &'static str,
    /// The variable by which the tests find it, and by which another can be named.
    variable: &'static str,
    what: &'static str,
    /// Debian's name.
    package: &'static str,
    find: fn() -> Option<PathBuf>,
}

const NEEDS: [Need; 4] = [
    Need {
        engine: "firefox",
        variable: "FIREFOX",
        what: "Firefox",
        package: "firefox-esr",
        find: || program::find("firefox-esr").or_else(|| program::find("firefox")),
    },
    Need {
        engine: "webkit",
        variable: "WEBKIT_DRIVER",
        what: "WebKitWebDriver",
        package: "webkit2gtk-driver",
        find: || program::find("WebKitWebDriver"),
    },
    Need {
        engine: "webkit",
        variable: "MINIBROWSER",
        what: "WebKitGTK's MiniBrowser",
        package: "webkit2gtk-driver",
        find: mini_browser,
    },
    Need {
        engine: "webkit",
        variable: "XVFB",
        what: "Xvfb",
        package: "xvfb",
        find: || program::find("Xvfb"),
    },
];

/// The programs of these engines, each with the variable by which the tests find it.
///
/// # Errors
/// One sentence that names what is missing and how to get it.
pub(crate) fn ensure(
    workspace: &Workspace,
    engines: &[&str],
) -> Result<Vec<(&'static str, PathBuf)>> {
    let has = |engine: &str| engines.contains(&engine);
    let mut programs = Vec::new();
    if ["chromium", "no-wasm", "no-eval"].into_iter().any(has) {
        let Browser { chromium, driver } = browser::ensure()?;
        programs.extend([("CHROMIUM", chromium), ("CHROMEDRIVER", driver)]);
    }
    let needs: Vec<&Need> = NEEDS.iter().filter(|need| has(need.engine)).collect();
    programs.extend(system(&needs)?);
    if has("firefox") {
        programs.push(("GECKODRIVER", geckodriver(workspace)?));
    }
    programs.extend(old::ensure(workspace, engines)?);
    Ok(programs)
}

/// Whether there is such an engine for this system at all.
pub(crate) fn can_be_here(engine: &str) -> bool {
    let linux = cfg!(target_os = "linux");
    match engine {
        "webkit" => linux,
        _ => linux && cfg!(target_arch = "x86_64") || !old::is_one(engine),
    }
}

/// Finds these, or installs their packages.
fn system(needs: &[&Need]) -> Result<Vec<(&'static str, PathBuf)>> {
    let found = |need: &Need| named(need.variable).or_else(need.find);
    let missing = || needs.iter().filter(|need| found(need).is_none());
    let mut packages: Vec<&str> = missing().map(|need| need.package).collect();
    packages.dedup();
    if !packages.is_empty() && debian::installs() {
        debian::install(&packages)?;
    }
    let absent: Vec<&Need> = missing().copied().collect();
    ensure!(absent.is_empty(), "{}", advice(&absent, &packages));
    let programs = needs
        .iter()
        .filter_map(|need| Some((need.variable, found(need)?)));
    Ok(programs.collect())
}

/// What is missing and how to get it, in one sentence.
fn advice(needs: &[&Need], packages: &[&str]) -> String {
    let what: Vec<&str> = needs.iter().map(|need| need.what).collect();
    let variables: Vec<&str> = needs.iter().map(|need| need.variable).collect();
    format!(
        "the matrix of engines needs {}: on Debian run `sudo apt-get install {}`; elsewhere install the \
         like, and name programs that are not on the PATH in {}",
        what.join(" and "),
        packages.join(" "),
        variables.join(" and "),
    )
}

/// The file that an environment variable names, when it is there.
fn named(variable: &str) -> Option<PathBuf> {
    let path = env::var_os(variable).map(PathBuf::from);
    path.filter(|path| path.is_file())
}

/// WebKitGTK's own small browser, which lies beside the library and not on the PATH: the newest.
fn mini_browser() -> Option<PathBuf> {
    let folders = |parent: PathBuf| {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        entries.map(|entry| entry.path())
    };
    let parents = folders("/usr/lib".into()).chain(["/usr/libexec".into(), "/usr/lib".into()]);
    let mut found: Vec<PathBuf> = parents
        .flat_map(folders)
        .filter(|folder| {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("webkit2gtk-") || name.starts_with("webkitgtk-")
        })
        .map(|folder| folder.join("MiniBrowser"))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.pop()
}

/// The driver of Firefox, built from source where there is none of the version.
fn geckodriver(workspace: &Workspace) -> Result<PathBuf> {
    let (name, version) = GECKODRIVER;
    let own = workspace.target(&format!("tools/bin/{name}{}", env::consts::EXE_SUFFIX));
    let find = || {
        let there = [named("GECKODRIVER"), program::find(name), Some(own.clone())];
        there.into_iter().flatten().find(|path| {
            let mut ask = program::command(path);
            let answer = program::output("ask for a version", ask.arg("--version"));
            answer.is_ok_and(|text| tools::reported(&text) == Some(version))
        })
    };
    if let Some(program) = find() {
        return Ok(program);
    }
    tools::install(workspace, name, version, &["--locked"])?;
    find().with_context(|| format!("{name} {version} was installed but does not run"))
}

/// These engines, or one sentence about the first that is unknown or cannot be here.
pub(crate) fn known(names: &[String]) -> Result<Vec<&'static str>> {
    let find = |name: &String| match ALL.into_iter().find(|engine| engine == name) {
        Some(engine) if can_be_here(engine) => Ok(engine),
        Some(engine) => bail!("there is no {engine} for this system"),
        None => bail!(
            "there is no engine `{name}`: the matrix has {}",
            ALL.join(", ")
        ),
    };
    names.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_are_those_of_the_tests() {
        let tests = include_str!("../../tests/support/engine.rs");
        let (_, list) = tests.split_once("pub const ENGINES").expect("the list");
        let (list, _) = list.split_once("];").expect("its end");
        let names: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
        // Variables stand beside names, in capitals.
        let names = names.into_iter().filter(|name| !name.starts_with('C'));
        assert_eq!(names.collect::<Vec<_>>(), ALL);
    }

    #[test]
    fn an_engine_that_is_not_there_is_told() {
        let known = |name: &str| known(&[name.to_owned()]).map_err(|error| error.to_string());
        assert_eq!(known("chromium"), Ok(vec!["chromium"]));
        let told = known("chrome").unwrap_err();
        assert!(told.starts_with("there is no engine `chrome`: "), "{told}");
    }

    #[test]
    fn advice_names_what_is_missing_and_how_to_get_it() {
        let advice = advice(&[&NEEDS[0], &NEEDS[3]], &["firefox-esr", "xvfb"]);
        assert!(advice.starts_with("the matrix of engines needs Firefox and Xvfb: "));
        assert!(
            advice.contains("apt-get install firefox-esr xvfb`"),
            "{advice}"
        );
        assert!(advice.ends_with("FIREFOX and XVFB"), "{advice}");
    }
}
