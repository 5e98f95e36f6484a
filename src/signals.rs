//! Tells a decision to the tools themselves: the calls of their own switches that the notice lists,
//! each where the page has the function, and once for each change of its purpose. Google's Consent Mode,
//! whose default must come before anything else runs, is the guard's.

use crate::browser::{document, window};
use crate::listener::Listener;
use crate::session::Session;
use js_sys::{Array, Function, JSON, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;
use zhiqing_consent::{Call, Mode, Tracker};

/// What each call was told last: whether its purpose is granted.
#[derive(Default)]
pub(crate) struct Told(Vec<Cell<Option<bool>>>);

impl Told {
    /// Nothing was told to any of the calls of these trackers.
    pub(crate) fn nothing(trackers: &[Tracker]) -> Self {
        let calls = trackers.iter().map(|tracker| tracker.signals.calls.len());
        Self(vec![Cell::new(None); calls.sum()])
    }
}

impl Session {
    /// Tells the tools where things stand, and from now on each change. A tool that comes later is told
    /// when its script is there.
    pub(crate) fn tell_tools_from_now_on(self: &Rc<Self>) {
        if self.told.0.is_empty() || self.notice.mode == Mode::Report {
            return;
        }
        let session = Rc::downgrade(self);
        let changed = Listener::new(&document(), "zhiqing:change", move |_| {
            if let Some(session) = session.upgrade() {
                session.tell_tools();
            }
        });
        let session = Rc::downgrade(self);
        let loaded = Listener::new(&document(), "load", move |event| {
            let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            if element.is_some_and(|it| it.tag_name().eq_ignore_ascii_case("script"))
                && let Some(session) = session.upgrade()
            {
                session.tell_tools();
            }
        });
        self.listeners.borrow_mut().extend([changed, loaded]);
        self.tell_tools();
    }

    fn tell_tools(&self) {
        let state = self.host.state();
        let purposes = get(&state, "purposes").unwrap_or_default();
        let trackers = &self.notice.trackers;
        let calls = trackers
            .iter()
            .flat_map(|tracker| tracker.signals.calls.iter().map(move |it| (tracker, it)));
        for ((tracker, call), told) in calls.zip(&self.told.0) {
            let purpose = self.notice.purpose(&tracker.purpose);
            if !purpose.is_some_and(|it| it.basis.is_asked()) {
                continue;
            }
            let state = get(&purposes, &tracker.purpose).and_then(|it| it.as_string());
            let granted = match state.as_deref() {
                Some("granted") => true,
                Some("denied") => false,
                // Nothing is told before a decision; what asks anew after one holds no longer.
                _ if told.get() == Some(true) => false,
                _ => continue,
            };
            // Set before the page's code runs, which may decide anew.
            let before = told.replace(Some(granted));
            if before != Some(granted) && !tell(call, granted) {
                told.set(before);
            }
        }
    }
}

/// Calls a tool's switch; false where it is not there. What it throws is its own affair.
fn tell(call: &Call, granted: bool) -> bool {
    let arguments = match granted {
        true => &call.granted,
        false => &call.denied,
    };
    let Some(arguments) = arguments else {
        return true;
    };
    let mut this = JsValue::from(window());
    let mut found = this.clone();
    for name in call.call.split('.') {
        this = found;
        let Some(next) = get(&this, name) else {
            return false;
        };
        found = next;
    }
    let Some(function) = found.dyn_ref::<Function>() else {
        return false;
    };
    if let Ok(arguments) = JSON::parse(arguments) {
        let _ = function.apply(&this, &Array::from(&arguments));
    }
    true
}

/// A property that is there.
fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}
