//! Puts the files of `www/guard` together and makes them small.

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};
use zhiqing_minify::{Source, Syntax, minify};

/// In this order: what a file declares, those after it use.
const FILES: [&str; 14] = [
    "start.js",
    "decision.js",
    "gate.js",
    "stores.js",
    "sends.js",
    "loads.js",
    "workers.js",
    "held.js",
    SIGNALS,
    "banner.js",
    OVER,
    "taps.js",
    "module.js",
    "end.js",
];

/// Only for sites that have a tracker to which it speaks.
const SIGNALS: &str = "signals.js";

/// Only for sites whose banner lies over the page.
const OVER: &str = "over.js";

const FOLDER: &str = "../../www/guard";

/// Where a site's settings go.
const CONFIG: &str = "__CONFIG__";

fn main() -> ExitCode {
    // In the order of `Extras::variant`.
    let variants = [[].as_slice(), &[SIGNALS], &[OVER], &[SIGNALS, OVER]].map(guard);
    match variants.into_iter().collect::<Result<Vec<_>, _>>() {
        Ok(variants) => {
            let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
            let code = format!("[{}]", variants.join(", "));
            fs::write(out.join("guard.rs"), code).expect("OUT_DIR can be written");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("cargo::error={error}");
            ExitCode::FAILURE
        }
    }
}

/// What stands before a site's settings and what behind, as Rust; `extras` are the files that not every
/// site needs.
fn guard(extras: &[&str]) -> Result<String, String> {
    let mut texts = Vec::new();
    let wanted = |file: &&str| extras.contains(file) || ![SIGNALS, OVER].contains(file);
    for file in FILES.into_iter().filter(wanted) {
        let path = format!("{FOLDER}/{file}");
        println!("cargo::rerun-if-changed={path}");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        texts.push((format!("www/guard/{file}"), text));
    }
    let sources: Vec<_> = texts
        .iter()
        .map(|(name, text)| Source { name, text })
        .collect();
    let script = minify(&sources, Syntax::Es2015).map_err(|fault| fault.to_string())?;
    let parts: Vec<&str> = script.trim_end().split(CONFIG).collect();
    let [before, behind] = parts[..] else {
        return Err(format!(
            "www/guard/start.js: {CONFIG} stands in the small script {} times where it must stand once: \
             keep `const config = {CONFIG};` and use `config` everywhere else",
            parts.len() - 1
        ));
    };
    Ok(format!("[{before:?}, {behind:?}]"))
}
