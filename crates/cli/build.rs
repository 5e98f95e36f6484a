//! Puts the module that runs in the page into the command, with its glue made small.
//!
//! `cargo xtask` builds it first and names its folder in `ZHIQING_MODULE_DIR`. Without it the
//! command still builds, so that lints and editors need no WebAssembly, and says what it lacks
//! when a page is to be built.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};
use zhiqing_minify::{Source, Syntax, minify};

const FILES: [&str; 2] = ["zhiqing.js", "zhiqing_bg.wasm"];

/// What starts the module and lets go what was held, behind the glue.
const LOADER: [&str; 3] = ["release.js", "reads.js", "loader.js"];

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed=ZHIQING_MODULE_DIR");
    let folder = env::var_os("ZHIQING_MODULE_DIR").map(PathBuf::from);
    let there = folder.filter(|folder| FILES.iter().all(|file| folder.join(file).is_file()));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let code = match there {
        Some(folder) => {
            let [glue, wasm] = FILES.map(|file| folder.join(file));
            println!("cargo::rerun-if-changed={}", glue.display());
            println!("cargo::rerun-if-changed=../../www/loader");
            println!("cargo::rerun-if-changed={}", wasm.display());
            let small = match small(&glue) {
                Ok(small) => small,
                Err(error) => {
                    println!("cargo::error={error}");
                    return ExitCode::FAILURE;
                }
            };
            let glue = out.join("glue.js");
            fs::write(&glue, small).expect("OUT_DIR can be written");
            format!(
                "Some(Module {{ glue: include_bytes!({glue:?}), wasm: include_bytes!({wasm:?}) }})"
            )
        }
        None => "None".to_owned(),
    };
    fs::write(out.join("module.rs"), code).expect("OUT_DIR can be written");
    ExitCode::SUCCESS
}

/// The glue and what starts the module with it, in fewer bytes. The binding tool writes newer syntax than ES2015: no engine without it
/// runs the module.
fn small(glue: &Path) -> Result<String, String> {
    let mut files = vec![(glue.display().to_string(), glue.to_owned())];
    for name in LOADER {
        let path = PathBuf::from("../../www/loader").join(name);
        files.push((format!("www/loader/{name}"), path));
    }
    let mut texts = Vec::new();
    for (name, path) in files {
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        texts.push((name, text));
    }
    let sources: Vec<_> = texts
        .iter()
        .map(|(name, text)| Source { name, text })
        .collect();
    minify(&sources, Syntax::Any).map_err(|fault| fault.to_string())
}
