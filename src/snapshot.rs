//! Values for the page.

use serde::Serialize;
use wasm_bindgen::JsValue;

/// A plain JavaScript value: objects for maps, `null` for nothing, as JSON would have it.
pub(crate) fn plain<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    Ok(value.serialize(&serializer)?)
}
