//! Puts the module that runs in the page into the command.
//!
//! `cargo xtask` builds it first and names its folder in `ZHIQING_MODULE_DIR`. Without it the
//! command still builds, so that lints and editors need no WebAssembly, and says what it lacks
//! when a page is to be built.

use std::path::PathBuf;
use std::{env, fs};

const FILES: [&str; 2] = ["zhiqing.js", "zhiqing_bg.wasm"];

fn main() {
    println!("cargo::rerun-if-env-changed=ZHIQING_MODULE_DIR");
    let folder = env::var_os("ZHIQING_MODULE_DIR").map(PathBuf::from);
    let there = folder.filter(|folder| FILES.iter().all(|file| folder.join(file).is_file()));
    let code = match there {
        Some(folder) => {
            let [glue, wasm] = FILES.map(|file| folder.join(file));
            println!("cargo::rerun-if-changed={}", glue.display());
            println!("cargo::rerun-if-changed={}", wasm.display());
            format!(
                "Some(Module {{ glue: include_bytes!({glue:?}), wasm: include_bytes!({wasm:?}) }})"
            )
        }
        None => "None".to_owned(),
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("module.rs"), code).expect("OUT_DIR can be written");
}
