//! What is stored in the browser now, as the preferences list it. `www/loader/stored.js` looks, and deletes
//! on request.

use crate::app::App;
use crate::stack::View;
use wasm_bindgen::prelude::*;
use zhiqing_view::{Entry, Store, Texts};

#[wasm_bindgen]
impl App {
    /// Whether the preferences are open, in view or below another sheet.
    #[wasm_bindgen(js_name = hasPreferences)]
    pub fn has_preferences(&self) -> bool {
        self.state.borrow().stack.has_preferences()
    }

    /// Takes up what is stored now, in order: of each entry the store and the key. Whether that changed the
    /// list.
    pub fn list(&self, stored: Vec<String>) -> bool {
        let mut entries = Vec::new();
        let mut texts = stored.into_iter();
        while let (Some(store), Some(key)) = (texts.next(), texts.next()) {
            if let Some(store) = Store::ALL.into_iter().find(|it| it.name() == store) {
                entries.push(Entry { store, key });
            }
        }
        let stored = &mut self.state.borrow_mut().stored;
        let changes = stored.entries != entries;
        if changes {
            stored.entries = entries;
            stored.sure = false;
        }
        changes
    }

    /// The list's markup, where it is in view.
    pub fn listed(&self) -> Option<String> {
        self.shows(&View::Preferences)
            .then(|| zhiqing_view::stored(&self.notice, &self.state.borrow().stored).into_string())
    }

    /// "Delete all" was tapped: whether it had been before. It asks again first, because it may sign the
    /// person out.
    pub fn sure(&self) -> bool {
        std::mem::replace(&mut self.state.borrow_mut().stored.sure, true)
    }

    /// So many entries were deleted, and those of these keys were not. Gives the sentence that says so.
    pub fn deleted(&self, count: usize, left: Vec<String>) -> String {
        let stored = &mut self.state.borrow_mut().stored;
        stored.deleted = Some(count);
        stored.left = left;
        stored.sure = false;
        stored.told(Texts::of(&self.notice))
    }
}
