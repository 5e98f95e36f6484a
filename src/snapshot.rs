//! Values for the page.

use js_sys::{Array, JsString, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;
use zhiqing_consent::{Removal, Technology};

/// A plain JavaScript value: objects for maps, `null` for nothing, as JSON would have it.
pub(crate) fn plain<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    Ok(value.serialize(&serializer)?)
}

/// What was deleted, as the page is told and as it is kept.
pub(crate) fn removal(removal: &Removal) -> JsValue {
    let removed = removal.removed.iter();
    let kept = removal.kept.iter();
    let returned = removal.returned.iter();
    let key = |technology: Technology, key: &str, more: Option<(&'static str, JsValue)>| {
        let row = object([
            ("technology", technology.name().into()),
            ("key", key.into()),
        ]);
        if let Some((name, value)) = more {
            set(&row, name, &value);
        }
        row
    };
    let removed: Array = removed
        .map(|it| key(it.technology, &it.key, None))
        .collect();
    let kept: Array = kept
        .map(|it| {
            key(
                it.technology,
                &it.key,
                Some(("reason", it.reason.words().into())),
            )
        })
        .collect();
    let returned: Array = returned
        .map(|it| key(it.technology, &it.key, Some(("times", it.times.into()))))
        .collect();
    let told = [
        ("removed", removed.into()),
        ("kept", kept.into()),
        ("returned", returned.into()),
    ];
    object(told).into()
}

/// An object of these fields.
pub(crate) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, &value);
    }
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(object, &JsString::from(name), value);
}
