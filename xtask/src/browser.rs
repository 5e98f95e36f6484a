//! The browser that tests drive, its driver, and a font with Chinese characters: without one
//! every character is the same box, and a layout test proves nothing.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{debian, program};

const CHROMIUM: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// Debian's names; `fontconfig` brings `fc-list`, by which the font is found.
const PACKAGES: [&str; 4] = [
    "chromium",
    "chromium-driver",
    "fonts-noto-cjk",
    "fontconfig",
];

/// The browser and its driver.
#[derive(Debug)]
pub(crate) struct Browser {
    /// Chromium or Chrome.
    pub(crate) chromium: PathBuf,
    /// ChromeDriver of the same version.
    pub(crate) driver: PathBuf,
}

/// Finds the browser, or installs it where that is ours to do: as root, with `apt-get`.
///
/// # Errors
/// One sentence that names what is missing and how to get it.
pub(crate) fn ensure() -> Result<Browser> {
    let missing = match find() {
        Ok(browser) => return Ok(browser),
        Err(missing) => missing,
    };
    if !debian::installs() {
        bail!("{}", advice(&missing));
    }
    debian::install(&PACKAGES)?;
    find().or_else(|missing| bail!("{}", advice(&missing)))
}

/// The browser, or the names of what is not there.
fn find() -> Result<Browser, Vec<&'static str>> {
    let chromium = named("CHROMIUM").or_else(|| CHROMIUM.into_iter().find_map(program::find));
    let driver = named("CHROMEDRIVER").or_else(|| program::find("chromedriver"));
    let font = has_chinese_font();
    match (chromium, driver) {
        (Some(chromium), Some(driver)) if font => Ok(Browser { chromium, driver }),
        (chromium, driver) => Err([
            (chromium.is_some(), "Chromium"),
            (driver.is_some(), "ChromeDriver"),
            (font, "a font with Chinese characters"),
        ]
        .into_iter()
        .filter_map(|(found, name)| (!found).then_some(name))
        .collect()),
    }
}

/// The file that an environment variable names, when it is there.
fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}

/// Systems other than Linux come with a Chinese font.
fn has_chinese_font() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let mut list = program::command("fc-list");
    program::output("list the fonts", list.args([":lang=zh-cn", "family"]))
        .is_ok_and(|families| !families.trim().is_empty())
}

/// What is missing and how to get it, in one sentence.
fn advice(missing: &[&str]) -> String {
    format!(
        "the tests need {}: on Debian run `sudo apt-get install {}`; elsewhere install the like, \
         and name programs that are not on the PATH in CHROMIUM and CHROMEDRIVER",
        missing.join(" and "),
        PACKAGES.join(" "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_names_what_is_missing_and_how_to_get_it() {
        let advice = advice(&["Chromium", "ChromeDriver"]);
        assert!(
            advice.starts_with("the tests need Chromium and ChromeDriver: "),
            "{advice}"
        );
        assert!(
            advice.contains("apt-get install chromium chromium-driver"),
            "{advice}"
        );
        assert!(!advice.contains('\n'), "{advice}");
    }
}
