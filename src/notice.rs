//! The notice, taken over from JavaScript a part at a time.
//!
//! Each string that crosses costs a call, and the functions that read it are compiled at their first
//! use: in one piece this is the longest task of the start (over a hundred milliseconds on a slow
//! phone).

use crate::task::Work;
use js_sys::{Array, Object, Reflect};
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::{Error, from_value};
use wasm_bindgen::{JsCast, JsValue};
use zhiqing_consent::Notice;

/// Reads a notice; the value is used up.
pub(crate) async fn read(value: JsValue, work: &mut Work) -> Result<Notice, Error> {
    let lists = [
        "contacts",
        "purposes",
        "recipients",
        "trackers",
        "permissions",
    ];
    let [contacts, purposes, recipients, trackers, permissions] =
        lists.map(|name| take(&value, name));
    let texts = take_texts(&value);
    work.make_way().await;
    // The small ones first: they bring the functions that the others need.
    let contacts = many(&contacts, work).await?;
    let permissions = many(&permissions, work).await?;
    let mut notice: Notice = from_value(value)?;
    work.make_way().await;
    notice.contacts = contacts;
    notice.permissions = permissions;
    notice.purposes = many(&purposes, work).await?;
    notice.recipients = many(&recipients, work).await?;
    notice.trackers = many(&trackers, work).await?;
    for pair in texts.iter() {
        let (key, text): (String, String) = from_value(pair)?;
        notice.texts.insert(key, text);
        work.make_way().await;
    }
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

/// The texts as pairs, likewise.
fn take_texts(value: &JsValue) -> Array {
    let name = JsValue::from("texts");
    let texts = Reflect::get(value, &name).ok();
    match texts.and_then(|texts| texts.dyn_into::<Object>().ok()) {
        Some(texts) => {
            let _ = Reflect::set(value, &name, &Object::new());
            Object::entries(&texts)
        }
        None => Array::new(),
    }
}

async fn many<T: DeserializeOwned>(list: &Array, work: &mut Work) -> Result<Vec<T>, Error> {
    let mut read = Vec::new();
    for value in list.iter() {
        read.push(from_value(value)?);
        work.make_way().await;
    }
    Ok(read)
}
