//! What is stored in the browser now: listed, kept up to date while it is in view, and deleted on
//! request.

use crate::session::Session;
use crate::stack::View;
use crate::{cookies, stores, task};
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::Element;
use zhiqing_view::{Entry, STORED, Store, Texts};

/// Between two looks at the stores, in milliseconds: no browser tells of every change.
const LOOK: i32 = 2000;

/// How long the page may take to close a database that is deleted, in milliseconds.
const LIMIT: i32 = 1000;

/// Everything that this page can see stored, sorted.
async fn all() -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for store in Store::ALL {
        let keys = stores::names(store).await.unwrap_or_default();
        entries.extend(keys.into_iter().map(|key| Entry { store, key }));
    }
    entries.sort();
    entries.dedup();
    entries
}

/// Deletes one entry, as far as the browser lets it.
async fn delete(session: &Session, entry: &Entry) {
    let key = entry.key.as_str();
    match entry.store {
        Store::Cookie => cookies::expire_everywhere(&session.host, &[key], || true).await,
        Store::Local | Store::Session => {
            stores::remove(entry.store, key);
        }
        Store::Database => {
            let done = Promise::new(&mut |resolve, _| {
                stores::delete_database(key, move |_| {
                    let _ = resolve.call0(&JsValue::UNDEFINED);
                });
            });
            // Held up by a page that has it open is not deleted.
            let _ = task::within(&done, LIMIT).await;
        }
        Store::Cache => stores::delete_cache(key).await,
    }
}

impl Session {
    /// Looks at the stores, and again every while, for as long as the preferences are open.
    pub(crate) fn watch_stored(self: &Rc<Self>) {
        let first = self.clone();
        task::start(async move { first.list_stored(all().await) });
        if self.watching.replace(true) {
            return;
        }
        let session = Rc::downgrade(self);
        task::start(async move {
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
        task::promise(async move {
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
