//! The receipt as a file.

use crate::browser;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

/// Lets the person save the receipt; nothing where there is none yet.
pub(crate) fn offer(receipt: &JsValue) -> Result<(), JsValue> {
    if !receipt.is_object() {
        return Ok(());
    }
    let text = js_sys::JSON::stringify_with_replacer_and_space(
        receipt,
        &JsValue::NULL,
        &JsValue::from(2),
    )?;
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&Array::of1(&text), &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement =
        browser::document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download("zhiqing-receipt.json");
    link.click();
    web_sys::Url::revoke_object_url(&url)
}
