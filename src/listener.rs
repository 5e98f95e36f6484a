//! A listener that removes itself.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Listens for as long as it lives.
#[must_use = "a listener that is dropped hears nothing"]
pub(crate) struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens on `target` in the capturing phase, in which also events arrive that do not bubble.
    pub(crate) fn new(
        target: &EventTarget,
        event: &'static str,
        heard: impl FnMut(Event) + 'static,
    ) -> Self {
        let listener = Self {
            target: target.clone(),
            event,
            closure: Closure::<dyn FnMut(Event)>::new(heard),
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
