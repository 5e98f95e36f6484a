//! Which features of WebAssembly the module uses: none that came after its first version, because the
//! kernels of old web-views know no other (it is that of Chrome 57 and iOS 11).

use anyhow::{Result, bail};
use wasmparser::{Validator, WasmFeatures};

/// Holds a module against the first version of WebAssembly.
///
/// # Errors
/// The features that it uses beyond that, or what else is wrong with it.
pub(crate) fn check(module: &[u8]) -> Result<()> {
    let Err(error) = validate(module, WasmFeatures::WASM1) else {
        return Ok(());
    };
    if let Err(error) = validate(module, WasmFeatures::all()) {
        bail!("the module is none: {error}");
    }
    let used = used(module);
    bail!(
        "the module uses {}, which old web-views do not know: {error}",
        used.join(", ")
    )
}

/// The names of the features without which it is refused.
fn used(module: &[u8]) -> Vec<String> {
    let every = WasmFeatures::all();
    let later = every.difference(WasmFeatures::WASM1);
    later
        .iter_names()
        .filter(|(_, feature)| validate(module, every.difference(*feature)).is_err())
        .map(|(name, _)| name.to_lowercase().replace('_', "-"))
        .collect()
}

fn validate(module: &[u8], features: WasmFeatures) -> wasmparser::Result<()> {
    let mut validator = Validator::new_with_features(features);
    validator.validate_all(module).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of one function `(i32) -> i32` with this body.
    fn module(body: &[u8]) -> Vec<u8> {
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        let mut section = |id: u8, content: &[u8]| {
            bytes.push(id);
            bytes.push(u8::try_from(content.len()).expect("a short section"));
            bytes.extend(content);
        };
        section(1, &[1, 0x60, 1, 0x7f, 1, 0x7f]);
        section(3, &[1, 0]);
        let mut code = vec![1, u8::try_from(body.len() + 2).expect("a short body"), 0];
        code.extend(body);
        code.push(0x0b);
        section(10, &code);
        bytes
    }

    #[track_caller]
    fn refused(module: &[u8], reason: &str) {
        let error = check(module).expect_err("it is refused").to_string();
        assert!(error.starts_with(reason), "{error}");
    }

    #[test]
    fn what_came_later_is_refused_by_its_name() {
        // local.get 0
        check(&module(&[0x20, 0])).expect("the first version");
        // …, i32.extend8_s
        refused(
            &module(&[0x20, 0, 0xc0]),
            "the module uses sign-extension, ",
        );
        // f64.const 0, i32.trunc_sat_f64_s
        let saturating = [0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0xfc, 0x02];
        refused(
            &module(&saturating),
            "the module uses saturating-float-to-int, ",
        );
        refused(b"\0asm", "the module is none: ");
    }
}
