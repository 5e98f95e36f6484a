//! The notice, taken over from JavaScript a part at a time.
//!
//! Each string that crosses costs a call, and the functions that read it are compiled at their first
//! use: in one piece this is the longest task of the start (tens of milliseconds on a slow phone).

use crate::task;
use js_sys::{Array, Reflect};
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Error;
use wasm_bindgen::JsValue;
use zhiqing_consent::Notice;

/// How many purposes, recipients or trackers are read in one task.
const AT_ONCE: usize = 4;

/// Reads a notice; the value is used up.
pub(crate) async fn read(value: JsValue) -> Result<Notice, Error> {
    let [purposes, recipients, trackers] =
        ["purposes", "recipients", "trackers"].map(|name| take(&value, name));
    let mut notice: Notice = serde_wasm_bindgen::from_value(value)?;
    notice.purposes = many(purposes).await?;
    notice.recipients = many(recipients).await?;
    notice.trackers = many(trackers).await?;
    Ok(notice)
}

/// The list under a name, in whose place an empty one stays. What is no list stays, and is found out
/// to be none.
fn take(value: &JsValue, name: &str) -> Array {
    let name = JsValue::from(name);
    match Reflect::get(value, &name) {
        Ok(list) if Array::is_array(&list) => {
            // Setting a property of an object that JSON made cannot fail.
            let _ = Reflect::set(value, &name, &Array::new());
            list.into()
        }
        _ => Array::new(),
    }
}

async fn many<T: DeserializeOwned>(list: Array) -> Result<Vec<T>, Error> {
    let mut read = Vec::new();
    for (at, value) in list.iter().enumerate() {
        if at % AT_ONCE == 0 {
            task::next().await;
        }
        read.push(serde_wasm_bindgen::from_value(value)?);
    }
    Ok(read)
}
