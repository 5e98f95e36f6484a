//! Errors at the boundary: a real JavaScript `Error` with a stable `code`.

use wasm_bindgen::JsValue;

/// An error of ours.
#[derive(Debug)]
pub(crate) struct Error {
    code: &'static str,
    message: String,
}

impl Error {
    /// The notice could not be read.
    pub(crate) fn notice(message: impl Into<String>) -> Self {
        Self {
            code: "notice",
            message: message.into(),
        }
    }

    /// The policy could not be read.
    pub(crate) fn policy(message: impl Into<String>) -> Self {
        Self {
            code: "policy",
            message: message.into(),
        }
    }

    /// The caller asked for something that is not there.
    pub(crate) fn argument<const N: usize>(words: [&str; N]) -> Self {
        Self {
            code: "argument",
            message: words.concat(),
        }
    }

    /// The browser gives no randomness, so no identity can be made.
    pub(crate) fn random() -> Self {
        Self {
            code: "random",
            message: "the browser gives no random numbers".into(),
        }
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let value = js_sys::Error::new(&error.message);
        // Setting a property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&value, &"code".into(), &error.code.into());
        value.into()
    }
}
