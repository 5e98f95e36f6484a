//! The glue as the binding tool writes it, fitted to what we do with it.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

const CHANGED: &str =
    "the binding tool writes other glue than before: see xtask/src/module/glue.rs";

/// From where the module takes its imports, in Binaryen's short form.
const MODULE: &str = "a";

/// The last part of the tool's: how it fetches the module and makes an instance. It is asynchronous in
/// newer syntax than old engines read, and knows no other form of the module. Ours is
/// `www/loader/loader.js`.
const STARTS: &str = "    async function __wbg_load(";
const ENDS: &str = "    return Object.assign(__wbg_init, { initSync }, exports);\n";
const OURS: &str = "    return Object.assign({ imports: __wbg_get_imports, finish: __wbg_finalize_init }, exports);\n";

/// How the tool finds out that the module's memory has grown. Plain JavaScript grows it by another buffer,
/// and leaves the old one as it was.
const GROWN: [(&str, &str); 2] = [
    (
        "cachedUint8ArrayMemory0.byteLength === 0",
        "cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer",
    ),
    (
        "cachedDataViewMemory0.buffer.detached === true || \
         (cachedDataViewMemory0.buffer.detached === undefined && \
         cachedDataViewMemory0.buffer !== wasm.memory.buffer)",
        "cachedDataViewMemory0.buffer !== wasm.memory.buffer",
    ),
];

/// The names by which module and glue know each other, each with the short one in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    imports: Vec<(String, String)>,
    exports: Vec<(String, String)>,
}

impl Names {
    /// As Binaryen tells them: `{"imports": [[module, long, short]], "exports": [[long, short]]}`.
    ///
    /// # Errors
    /// Where it tells something else.
    pub(crate) fn read(told: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Told {
            imports: Vec<(String, String, String)>,
            exports: Vec<(String, String)>,
        }
        let told: Told = serde_json::from_str(told).context("Binaryen tells no names")?;
        let imports = told.imports.into_iter();
        Ok(Self {
            imports: imports.map(|(_, long, short)| (long, short)).collect(),
            exports: told.exports,
        })
    }
}

/// The glue with our own start, and with the short names that the module has.
///
/// # Errors
/// Where the tool writes something else than it did.
pub(crate) fn fit(glue: &str, names: &Names) -> Result<String> {
    let from = glue.find(STARTS).context(CHANGED)?;
    let to = glue[from..].find(ENDS).context(CHANGED)? + from;
    let mut fitted = [&glue[..from], OURS, &glue[to + ENDS.len()..]].concat();
    for (by_length, by_buffer) in GROWN {
        ensure!(fitted.contains(by_length), CHANGED);
        fitted = fitted.replace(by_length, by_buffer);
    }
    ensure!(!fitted.contains("byteLength === 0"), CHANGED);
    let module = format!("\"./{}_bg.js\": import0", super::NAME);
    let short = format!("{MODULE}: import0");
    let mut pairs = vec![(module, short)];
    let imports = names.imports.iter();
    pairs.extend(imports.map(|(long, short)| (format!(" {long}: "), format!(" {short}: "))));
    for (long, short) in pairs {
        let found = replace(&mut fitted, &long, &short);
        ensure!(found, "the glue does not say `{}`: {CHANGED}", long.trim());
    }
    // Not all are used.
    for (long, short) in &names.exports {
        replace(
            &mut fitted,
            &format!("wasm.{long}"),
            &format!("wasm.{short}"),
        );
    }
    Ok(fitted)
}

/// Replaces every `word` after which no name goes on; whether there was any.
fn replace(text: &mut String, word: &str, by: &str) -> bool {
    let mut parts = text.split(word);
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    let mut found = false;
    for part in parts {
        let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
        let whole = word.ends_with(' ') || !part.starts_with(goes_on);
        replaced.push_str(if whole { by } else { word });
        replaced.push_str(part);
        found |= whole;
    }
    *text = replaced;
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
let zqModule = (function(exports) {
        const import0 = {
            __wbg_a_1: function() {},
        };
        return { \"./zhiqing_bg.js\": import0 };
    if (cachedUint8ArrayMemory0.byteLength === 0) {}
    if (cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.memory.buffer)) {}
    wasm.start(wasm.start_more);
    async function __wbg_load(module) { }
    return Object.assign(__wbg_init, { initSync }, exports);
})({ __proto__: null });
";

    fn names() -> Names {
        let told = r#"{"imports":[["./zhiqing_bg.js","__wbg_a_1","b"]],"exports":[["start","c"],["start_more","d"]]}"#;
        Names::read(told).expect("names")
    }

    #[test]
    fn the_glue_starts_by_ours_and_says_the_short_names() {
        let expected = "\
let zqModule = (function(exports) {
        const import0 = {
            b: function() {},
        };
        return { a: import0 };
    if (cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer) {}
    if (cachedDataViewMemory0.buffer !== wasm.memory.buffer) {}
    wasm.c(wasm.d);
    return Object.assign({ imports: __wbg_get_imports, finish: __wbg_finalize_init }, exports);
})({ __proto__: null });
";
        assert_eq!(fit(GLUE, &names()).expect("it fits"), expected);
    }

    #[test]
    fn another_glue_is_refused() {
        #[track_caller]
        fn case(from: &str, to: &str, reason: &str) {
            let error = fit(&GLUE.replace(from, to), &names()).expect_err(from);
            assert!(error.to_string().starts_with(reason), "{error}");
        }
        case("async function", "function", "the binding tool writes");
        case("byteLength", "length", "the binding tool writes");
        case("_bg.js", ".js", "the glue does not say `\"./zhiqing_bg.js");
        case(
            "__wbg_a_1",
            "__wbg_b_2",
            "the glue does not say `__wbg_a_1:`",
        );
    }
}
