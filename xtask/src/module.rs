//! The module that runs in the page: compiled for size and for old engines, bound, made small, and laid
//! where the command `zhiqing` takes it from.
//!
//! The straight line: cargo compiles it with a standard library of its own, the binding tool writes its
//! glue, [`binaryen`] makes it small, [`features`] holds it against the first version of WebAssembly,
//! [`glue`] fits the glue to it, and [`plain`] is the same as plain JavaScript.

mod binaryen;
mod features;
mod glue;
mod plain;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::program;
use crate::tools::{Tools, WASM};
use crate::workspace::Workspace;
use binaryen::Binaryen;
use glue::Names;

/// Tells the build of the command `zhiqing` where the module lies.
pub(crate) const FOLDER_VARIABLE: &str = "ZHIQING_MODULE_DIR";

/// What the files are called after.
const NAME: &str = "zhiqing";

/// The module as plain JavaScript, the glue, and the module, as the command `zhiqing` embeds them.
const FILES: [&str; 3] = ["zhiqing.fallback.js", "zhiqing.js", "zhiqing_bg.wasm"];

/// For engines of the first version of WebAssembly, and small: nothing of a panic is told where nobody
/// reads it, nothing is printed for programmers, and the stack has a page of memory, where no function
/// calls itself deeply.
const FLAGS: &str = "-Ctarget-cpu=mvp -Zunstable-options -Cpanic=immediate-abort \
                     -Zlocation-detail=none -Zfmt-debug=none -Clink-arg=-zstack-size=65536 --cfg sha2_backend_soft=\"compact\"";

/// Fetches what the build needs.
pub(crate) fn set_up(workspace: &Workspace) -> Result<()> {
    Binaryen::ensure(workspace).map(|_| ())
}

/// Builds the module and returns the folder that holds [`FILES`], an absolute path.
pub(crate) fn build(workspace: &Workspace, tools: &Tools) -> Result<PathBuf> {
    let binaryen = Binaryen::ensure(workspace)?;
    program::run(
        "build the module for the page",
        workspace
            .cargo()
            .args(["build", "--package", "zhiqing", "--lib"])
            .args(["--target", WASM, "--profile", "module"])
            // The standard library that comes with Rust uses newer features: it is built anew, by the
            // pinned toolchain, which allows that of itself alone.
            .args([
                "-Zbuild-std=std,panic_abort",
                "-Zbuild-std-features=optimize_for_size",
            ])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", FLAGS)
            .env_remove("CARGO_ENCODED_RUSTFLAGS"),
    )?;
    let bound = bind(
        workspace,
        tools,
        "page-module.bound",
        &["--remove-name-section"],
    )?;
    let fresh = workspace.target("page-module.fresh");
    fs::remove_dir_all(&fresh).ok();
    fs::create_dir_all(&fresh)?;
    let [plain, script, wasm] = FILES.map(|name| fresh.join(name));
    let names = binaryen.shrink(&bound.join(FILES[2]), &wasm)?;
    features::check(&fs::read(&wasm)?)?;
    let written = fs::read_to_string(bound.join(FILES[1]))?;
    fs::write(script, glue::fit(&written, &Names::read(&names)?)?)?;
    let as_module = bound.join("plain.mjs");
    binaryen.write_script(&wasm, &as_module)?;
    fs::write(plain, plain::classic(&fs::read_to_string(as_module)?)?)?;

    let folder = workspace.target("page-module");
    refresh(&fresh, &folder)?;
    fs::remove_dir_all(&fresh).ok();
    Ok(folder)
}

/// Binds what [`build`] compiled, into a folder below the target folder.
fn bind(workspace: &Workspace, tools: &Tools, folder: &str, more: &[&str]) -> Result<PathBuf> {
    let bound = workspace.target(folder);
    fs::remove_dir_all(&bound).ok();
    program::run(
        // A classic script, because old engines know no `import()`; the guard knows its one name.
        "make its glue",
        program::command(&tools.bindgen)
            .args([
                "--target",
                "no-modules",
                "--no-modules-global",
                "zqModule",
                "--no-typescript",
                "--omit-default-module-path",
                "--remove-producers-section",
            ])
            .args(more)
            .args(["--out-name", NAME, "--out-dir"])
            .arg(&bound)
            .arg(workspace.target(&format!("{WASM}/module/zhiqing.wasm"))),
    )?;
    Ok(bound)
}

/// The module that [`build`] built, with the names of its functions.
pub(crate) fn named(workspace: &Workspace, tools: &Tools) -> Result<Vec<u8>> {
    let bound = bind(workspace, tools, "page-module.named", &[])?;
    let small = bound.join("small.wasm");
    Binaryen::ensure(workspace)?.shrink_named(&bound.join(FILES[2]), &small)?;
    fs::read(&small).with_context(|| format!("no {}", small.display()))
}

/// Copies the files whose bytes changed. The others keep their time: a new one would make cargo
/// build the command again, and a warm build would never be quick.
fn refresh(fresh: &Path, folder: &Path) -> Result<()> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(fresh).with_context(|| format!("no {}", fresh.display()))? {
        names.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    ensure!(
        names.iter().eq(FILES),
        "the binding tool made {names:?} where {FILES:?} was awaited: a built site would not \
         carry the rest, so the module must do without (inline scripts, snippets)"
    );
    fs::create_dir_all(folder)?;
    for name in FILES {
        let (bytes, path) = (fs::read(fresh.join(name))?, folder.join(name));
        if fs::read(&path).ok().as_ref() != Some(&bytes) {
            fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own for one test, gone afterwards.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("xtask-{}-{name}", std::process::id()));
            fs::create_dir_all(path.join("fresh")).unwrap();
            Self(path)
        }

        fn write(&self, path: &str, text: &str) {
            fs::write(self.0.join(path), text).unwrap();
        }

        fn refresh(&self) -> Result<()> {
            refresh(&self.0.join("fresh"), &self.0.join("module"))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    #[test]
    fn unchanged_files_keep_their_time() {
        let folder = Folder::new("unchanged");
        folder.write("fresh/zhiqing.fallback.js", "plain");
        folder.write("fresh/zhiqing.js", "glue");
        folder.write("fresh/zhiqing_bg.wasm", "one");
        folder.refresh().unwrap();
        let glue = folder.0.join("module/zhiqing.js");
        let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1);
        fs::File::options()
            .write(true)
            .open(&glue)
            .unwrap()
            .set_modified(long_ago)
            .unwrap();

        folder.write("fresh/zhiqing_bg.wasm", "two");
        folder.refresh().unwrap();

        assert_eq!(fs::metadata(&glue).unwrap().modified().unwrap(), long_ago);
        assert_eq!(
            fs::read(folder.0.join("module/zhiqing_bg.wasm")).unwrap(),
            b"two"
        );
    }

    #[test]
    fn a_file_that_no_site_would_carry_is_refused() {
        let folder = Folder::new("refused");
        folder.write("fresh/zhiqing.fallback.js", "plain");
        folder.write("fresh/zhiqing.js", "glue");
        folder.write("fresh/zhiqing_bg.wasm", "one");
        folder.write("fresh/snippet.js", "more");
        let error = folder.refresh().unwrap_err().to_string();
        assert!(error.contains("snippet.js"), "{error}");
    }
}
