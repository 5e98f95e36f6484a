//! The browser's stores: what lies there, and how it goes.

use crate::browser::{document, window};
use crate::task;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Storage;
use zhiqing_view::Store;

/// How long a browser may take to list a store, or to delete a cache, in milliseconds.
const LIMIT: i32 = 1000;

#[wasm_bindgen]
extern "C" {
    // Where the browser has no such object, the call throws, and that is caught.
    #[wasm_bindgen(js_namespace = indexedDB, catch)]
    fn databases() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = indexedDB, js_name = deleteDatabase, catch)]
    fn request_deletion(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = caches, js_name = keys, catch)]
    fn cache_names() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = caches, js_name = delete, catch)]
    fn request_removal(name: &str) -> Result<Promise, JsValue>;
}

/// The names in a store, a cookie's as often as there are cookies of that name; `None` where the
/// browser does not list them.
pub(crate) async fn names(store: Store) -> Option<Vec<String>> {
    match store {
        Store::Cookie => Some(cookies()),
        Store::Local | Store::Session => Some(keys(store)),
        Store::Database => list(databases()).await,
        Store::Cache => list(cache_names()).await,
    }
}

/// The names of the cookies that a script of this page sees.
pub(crate) fn cookies() -> Vec<String> {
    let jar = document().cookie().unwrap_or_default();
    let pairs = jar
        .split(';')
        .map(str::trim)
        .filter(|pair| !pair.is_empty());
    // A cookie without `=` has a value and no name.
    let names = pairs.map(|pair| pair.split_once('=').map_or("", |(name, _)| name.trim()));
    names.map(str::to_owned).collect()
}

/// How many cookies there are of each name that `wanted` wants.
pub(crate) fn count_cookies(wanted: impl Fn(&str) -> bool) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for name in cookies().into_iter().filter(|name| wanted(name)) {
        match counts.iter_mut().find(|(same, _)| *same == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts
}

/// The keys of local or session storage.
pub(crate) fn keys(store: Store) -> Vec<String> {
    let Some(storage) = storage(store) else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or(0);
    let keys = (0..count).filter_map(|at| storage.key(at).ok().flatten());
    keys.collect()
}

/// Takes a key out of local or session storage; whether it is gone.
pub(crate) fn remove(store: Store, key: &str) -> bool {
    storage(store).is_some_and(|storage| {
        let _ = storage.remove_item(key);
        matches!(storage.get_item(key), Ok(None))
    })
}

/// Deletes a database, and says in the end whether there was one and it is gone. That may be never:
/// whoever has it open holds the deletion up.
pub(crate) fn delete_database(name: &str, end: impl FnOnce(bool) + 'static) {
    let Ok(request) = request_deletion(name) else {
        end(false);
        return;
    };
    let ended = Closure::once_into_js(move |event: JsValue| {
        let is = |name: &str| Reflect::get(&event, &name.into()).ok();
        let done = is("type").is_some_and(|kind| kind == "success");
        // Nothing was there where the version before is 0.
        end(done && is("oldVersion").and_then(|it| it.as_f64()) > Some(0.0));
    });
    for event in ["onsuccess", "onerror"] {
        let _ = Reflect::set(&request, &event.into(), &ended);
    }
}

/// Deletes a cache.
pub(crate) async fn delete_cache(name: &str) {
    if let Ok(done) = request_removal(name) {
        let _ = task::within(&done, LIMIT).await;
    }
}

fn storage(store: Store) -> Option<Storage> {
    let storage = match store {
        Store::Local => window().local_storage(),
        Store::Session => window().session_storage(),
        Store::Cookie | Store::Database | Store::Cache => return None,
    };
    storage.ok().flatten()
}

/// Names that a browser promises: strings, or objects with a name.
async fn list(names: Result<Promise, JsValue>) -> Option<Vec<String>> {
    let names = task::within(&names.ok()?, LIMIT).await?;
    let name = |name: JsValue| {
        let own = Reflect::get(&name, &"name".into()).ok();
        name.as_string().or_else(|| own?.as_string())
    };
    let names: Array = names.dyn_into().ok()?;
    Some(names.iter().filter_map(name).collect())
}
