//! Changes of the page's own elements.

use crate::browser::document;
use crate::listener::{self, Heard};
use js_sys::Array;
use std::cell::OnceCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MutationObserver, MutationObserverInit};

/// What shows and hides elements, makes them ours, or holds them back.
const ATTRIBUTES: [&str; 7] = [
    "class",
    "style",
    "hidden",
    "data-zq",
    "data-purpose",
    "data-src",
    "data-data",
];

/// Hears of the next change of the page, once each time it is told to listen: a page that changes all
/// the time is not slowed.
#[must_use = "what is dropped hears nothing"]
pub(crate) struct Changes {
    observer: MutationObserver,
    options: MutationObserverInit,
    _heard: Heard,
}

impl Changes {
    /// Does not listen yet. `None` where a browser knows no observers.
    pub(crate) fn new(mut heard: impl FnMut() + 'static) -> Option<Self> {
        let own = Rc::new(OnceCell::<MutationObserver>::new());
        let heard = {
            let own = own.clone();
            listener::heard(move |_| {
                if let Some(observer) = own.get() {
                    observer.disconnect();
                }
                heard();
            })
        };
        let observer = MutationObserver::new(heard.as_ref().unchecked_ref()).ok()?;
        let _ = own.set(observer.clone());
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        let names = ATTRIBUTES.map(JsValue::from);
        options.set_attribute_filter(&names.into_iter().collect::<Array>());
        Some(Self {
            observer,
            options,
            _heard: heard,
        })
    }

    /// Listens for the next change, or for none.
    pub(crate) fn listen(&self, on: bool) {
        self.observer.disconnect();
        if on {
            // The document itself, whose root element a page may replace. With these options it cannot
            // fail.
            let _ = self
                .observer
                .observe_with_options(&document(), &self.options);
        }
    }
}

impl Drop for Changes {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
