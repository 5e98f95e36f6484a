//! A listener that removes itself.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

/// Listens for as long as it lives.
#[must_use = "a listener that is dropped hears nothing"]
pub(crate) struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Heard,
}

/// What JavaScript calls with one value: one form for all, because each form is compiled anew.
pub(crate) type Heard = Closure<dyn FnMut(JsValue)>;

/// A function for JavaScript.
pub(crate) fn heard(heard: impl FnMut(JsValue) + 'static) -> Heard {
    Closure::wrap(Box::new(heard) as Box<dyn FnMut(JsValue)>)
}

impl Listener {
    /// Listens on `target` in the capturing phase, in which also events arrive that do not bubble.
    pub(crate) fn new(
        target: &EventTarget,
        event: &'static str,
        mut hear: impl FnMut(Event) + 'static,
    ) -> Self {
        let listener = Self {
            target: target.clone(),
            event,
            closure: heard(move |event| hear(event.unchecked_into())),
        };
        listener.again();
        listener
    }

    /// Listens again, where `document.open` took all listeners away. Nothing is heard twice.
    pub(crate) fn again(&self) {
        // Fails only for a target that has no such method.
        let _ = self.target.add_event_listener_with_callback_and_bool(
            self.event,
            self.closure.as_ref().unchecked_ref(),
            true,
        );
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.event,
            self.closure.as_ref().unchecked_ref(),
            true,
        );
    }
}
