//! Puts the module that runs in the page into the command, with its glue made small.
//!
//! `cargo xtask` builds it first and names its folder in `ZHIQING_MODULE_DIR`. Without it the
//! command still builds, so that lints and editors need no WebAssembly, and says what it lacks
//! when a page is to be built.

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};
use zhiqing_minify::{Source, Syntax, minify};

const FILES: [&str; 3] = ["zhiqing.js", "zhiqing_bg.wasm", "zhiqing.fallback.js"];

/// What does for the module what only a browser does, behind the glue.
const LOADER: [&str; 15] = [
    "release.js",
    "reads.js",
    "signs.js",
    "placeholders.js",
    "sheets.js",
    "stores.js",
    "erase.js",
    "stored.js",
    "outbox.js",
    "send.js",
    "beside.js",
    "handle.js",
    "tools.js",
    "app.js",
    "loader.js",
];

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed=ZHIQING_MODULE_DIR");
    let folder = env::var_os("ZHIQING_MODULE_DIR").map(PathBuf::from);
    let there = folder.filter(|folder| FILES.iter().all(|file| folder.join(file).is_file()));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let code = match there {
        Some(folder) => {
            let [glue, wasm, plain] = FILES.map(|file| folder.join(file));
            println!("cargo::rerun-if-changed=../../www/loader");
            for file in [&glue, &wasm, &plain] {
                println!("cargo::rerun-if-changed={}", file.display());
            }
            let loader = LOADER.map(|name| PathBuf::from("../../www/loader").join(name));
            let with_loader: Vec<_> = [glue].into_iter().chain(loader).collect();
            let [glue, plain] = match [small(&with_loader), small(&[plain])] {
                [Ok(glue), Ok(plain)] => [("glue.js", glue), ("fallback.js", plain)],
                [Err(error), _] | [_, Err(error)] => {
                    println!("cargo::error={error}");
                    return ExitCode::FAILURE;
                }
            }
            .map(|(name, script)| {
                let path = out.join(name);
                fs::write(&path, script).expect("OUT_DIR can be written");
                path
            });
            format!(
                "Some(Module {{ glue: include_bytes!({glue:?}), wasm: include_bytes!({wasm:?}), \
                 fallback: include_bytes!({plain:?}) }})"
            )
        }
        None => "None".to_owned(),
    };
    fs::write(out.join("module.rs"), code).expect("OUT_DIR can be written");
    ExitCode::SUCCESS
}

/// Scripts as one, in fewer bytes.
fn small(files: &[PathBuf]) -> Result<String, String> {
    let mut texts = Vec::new();
    for path in files {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
        texts.push((name, text));
    }
    let sources: Vec<_> = texts
        .iter()
        .map(|(name, text)| Source { name, text })
        .collect();
    minify(&sources, Syntax::Es2015).map_err(|fault| fault.to_string())
}
