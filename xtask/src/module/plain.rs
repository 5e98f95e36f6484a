//! The module as plain JavaScript, for pages without WebAssembly: as Binaryen writes it, in the form of a
//! classic script, because old engines know no other.

use anyhow::{Context as _, Result};

const CHANGED: &str = "Binaryen writes another script than before: see xtask/src/module/plain.rs";

/// What it begins with: one import, which the glue gives.
const IMPORT: &str = "import * as a from 'a';\n";
/// What it ends with: one instance, and what it exports.
const INSTANCE: &str = "\nvar retasmFunc = asmFunc(";

/// The script `zqModule.plain = (imports) => exports`.
///
/// # Errors
/// Where Binaryen writes something else than it did.
pub(crate) fn classic(script: &str) -> Result<String> {
    let body = script.strip_prefix(IMPORT).context(CHANGED)?;
    let (body, _) = body.split_once(INSTANCE).context(CHANGED)?;
    Ok(format!(
        "zqModule.plain = function (imports) {{\n{body}\nreturn asmFunc(imports);\n}};\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_one_function() {
        let written = "import * as a from 'a';\n\nfunction asmFunc(imports) {}\n\nvar retasmFunc = asmFunc({\n});\nexport var b = retasmFunc.b;\n";
        let expected = "zqModule.plain = function (imports) {\n\nfunction asmFunc(imports) {}\n\nreturn asmFunc(imports);\n};\n";
        assert_eq!(classic(written).expect("it fits"), expected);
        assert!(classic("function asmFunc() {}").is_err());
    }
}
