//! What is stored in the browser now: listed, kept up to date while it is in view, and deleted on
//! request.

use crate::browser::{document, window};
use crate::erase;
use crate::session::Session;
use crate::stack::View;
use crate::task;
use js_sys::{Array, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{Element, Storage};
use zhiqing_view::{Entry, STORED, Store, Texts};

/// Between two looks at the stores, in milliseconds: no browser tells of every change.
const LOOK: i32 = 2000;

#[wasm_bindgen]
extern "C" {
    // Where the browser has no such object, the call throws, and that is caught.
    #[wasm_bindgen(js_namespace = indexedDB, catch)]
    fn databases() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = indexedDB, js_name = deleteDatabase, catch)]
    fn delete_database(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = caches, js_name = keys, catch)]
    fn cache_names() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = caches, js_name = delete, catch)]
    fn delete_cache(name: &str) -> Result<Promise, JsValue>;
}

/// Everything that this page can see stored, sorted.
async fn all() -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for store in Store::ALL {
        let keys = match store {
            Store::Cookie => cookies(),
            Store::Local => keys(window().local_storage()),
            Store::Session => keys(window().session_storage()),
            Store::Database => list(databases()).await,
            Store::Cache => list(cache_names()).await,
        };
        entries.extend(keys.into_iter().map(|key| Entry { store, key }));
    }
    entries.sort();
    entries.dedup();
    entries
}

fn cookies() -> Vec<String> {
    let jar = document().cookie().unwrap_or_default();
    let pairs = jar
        .split(';')
        .map(str::trim)
        .filter(|pair| !pair.is_empty());
    // A cookie without `=` has a value and no name.
    let names = pairs.map(|pair| pair.split_once('=').map_or("", |(name, _)| name));
    names.map(str::to_owned).collect()
}

fn keys(store: Result<Option<Storage>, JsValue>) -> Vec<String> {
    let Ok(Some(store)) = store else {
        return Vec::new();
    };
    let count = store.length().unwrap_or(0);
    let keys = (0..count).filter_map(|at| store.key(at).ok().flatten());
    keys.collect()
}

/// Names that a browser promises: strings, or objects with a name.
async fn list(names: Result<Promise, JsValue>) -> Vec<String> {
    let Ok(promise) = names else {
        return Vec::new();
    };
    let Ok(names) = JsFuture::from(promise).await else {
        return Vec::new();
    };
    let name = |name: JsValue| {
        let own = Reflect::get(&name, &"name".into()).ok();
        name.as_string().or_else(|| own?.as_string())
    };
    Array::from(&names).iter().filter_map(name).collect()
}

/// Deletes one entry, as far as the browser lets it.
async fn delete(session: &Session, entry: &Entry) {
    let key = entry.key.as_str();
    match entry.store {
        Store::Cookie => erase::expire_everywhere(&session.host, key),
        Store::Local => remove(window().local_storage(), key),
        Store::Session => remove(window().session_storage(), key),
        Store::Database => {
            if let Ok(request) = delete_database(key) {
                // Blocked by a page that has it open is not deleted.
                let done = Promise::new(&mut |resolve, _| {
                    for event in ["onsuccess", "onerror", "onblocked"] {
                        let _ = Reflect::set(&request, &event.into(), &resolve);
                    }
                });
                let _ = JsFuture::from(done).await;
            }
        }
        Store::Cache => {
            if let Ok(done) = delete_cache(key) {
                let _ = JsFuture::from(done).await;
            }
        }
    }
}

fn remove(store: Result<Option<Storage>, JsValue>, key: &str) {
    if let Ok(Some(store)) = store {
        let _ = store.remove_item(key);
    }
}

impl Session {
    /// Looks at the stores, and again every while, for as long as the preferences are open.
    pub(crate) fn watch_stored(self: &Rc<Self>) {
        let first = self.clone();
        spawn_local(async move { first.list_stored(all().await) });
        if self.watching.replace(true) {
            return;
        }
        let session = Rc::downgrade(self);
        spawn_local(async move {
            while let Some(session) = session.upgrade() {
                if !session.state.borrow().stack.has_preferences() {
                    session.watching.set(false);
                    return;
                }
                session.list_stored(all().await);
                drop(session);
                task::pause(LOOK).await;
            }
        });
    }

    /// The delete button of one entry.
    pub(crate) fn delete_stored(self: &Rc<Self>, control: &Element) -> Promise {
        let attribute = |name: &str| control.get_attribute(name).unwrap_or_default();
        let store = attribute("data-zq-store");
        let store = Store::ALL.into_iter().find(|known| known.name() == store);
        let key = attribute("data-zq-key");
        let entries = store.map(|store| Entry { store, key });
        self.take_away(entries.into_iter().collect())
    }

    /// "Delete all": asks again first, because it may sign the person out.
    pub(crate) fn delete_all_stored(self: &Rc<Self>) -> Promise {
        let entries = {
            let mut state = self.state.borrow_mut();
            let sure = std::mem::replace(&mut state.stored.sure, true);
            let entries = state
                .stored
                .entries
                .iter()
                .filter(|entry| !entry.is_ours(&self.notice.site));
            if sure {
                entries.cloned().collect()
            } else {
                Vec::new()
            }
        };
        if entries.is_empty() {
            self.show_stored();
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        self.take_away(entries)
    }

    fn take_away(self: &Rc<Self>, entries: Vec<Entry>) -> Promise {
        let session = self.clone();
        future_to_promise(async move {
            for entry in entries
                .iter()
                .filter(|entry| !entry.is_ours(&session.notice.site))
            {
                delete(&session, entry).await;
            }
            let now = all().await;
            let left: Vec<String> = entries
                .iter()
                .filter(|entry| now.contains(entry))
                .map(|entry| entry.key.clone())
                .collect();
            {
                let stored = &mut session.state.borrow_mut().stored;
                stored.deleted = Some(entries.len() - left.len());
                stored.left = left;
                stored.sure = false;
            }
            session.tell_stored();
            session.list_stored(now);
            session.show_stored();
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Whether the preferences are in view.
    fn lists(&self) -> bool {
        matches!(
            self.state.borrow().stack.top(),
            Some((View::Preferences, _))
        )
    }

    /// Takes up what is stored now; the list changes only where that changed.
    fn list_stored(&self, entries: Vec<Entry>) {
        {
            let stored = &mut self.state.borrow_mut().stored;
            if stored.entries == entries {
                return;
            }
            stored.entries = entries;
            stored.sure = false;
        }
        self.show_stored();
    }

    fn show_stored(&self) {
        if self.lists() {
            let html = zhiqing_view::stored(&self.notice, &self.state.borrow().stored);
            self.sheets.refill(&self.host, STORED, &html);
        }
    }

    /// Says what the deletion came to, where a screen reader hears it.
    fn tell_stored(&self) {
        let told = self.state.borrow().stored.told(Texts::of(&self.notice));
        self.sheets.say(&told);
    }
}
