//! Tasks of the page's event loop: long work is cut into several, so that a slow phone stays free to
//! answer a finger in between.

use crate::browser::{now_ms, window};
use js_sys::{Array, Promise};
use std::pin::Pin;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

/// How long a task may have worked before it makes way, in milliseconds: well below the 50 of a long
/// task, because the next piece of work is not interrupted.
const LONGEST: u64 = 4;

/// Work that makes way now and then.
pub(crate) struct Work {
    since: u64,
}

impl Work {
    /// Begins now.
    pub(crate) fn begin() -> Self {
        Self { since: now_ms() }
    }

    /// Goes on at once, or in a task of its own where this one has worked long enough.
    pub(crate) async fn make_way(&mut self) {
        if now_ms().abs_diff(self.since) >= LONGEST {
            pause(0).await;
            self.since = now_ms();
        }
    }
}

/// Starts work for which nobody waits. Boxed here, so that what drives it is compiled once.
pub(crate) fn start(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    spawn_local(work);
}

/// Work as a promise of what it comes to, likewise.
pub(crate) fn promise(work: impl Future<Output = Outcome> + 'static) -> Promise {
    let work: Pin<Box<dyn Future<Output = Outcome>>> = Box::pin(work);
    future_to_promise(work)
}

type Outcome = Result<JsValue, JsValue>;

/// Goes on after so many milliseconds.
pub(crate) async fn pause(ms: i32) {
    // A timer does not fail.
    let _ = JsFuture::from(timer(ms)).await;
}

/// What a promise comes to within so many milliseconds.
pub(crate) async fn within(promise: &Promise, ms: i32) -> Option<JsValue> {
    let first = Promise::race(&Array::of2(promise, &timer(ms)));
    // A timer comes to nothing.
    JsFuture::from(first)
        .await
        .ok()
        .filter(|it| !it.is_undefined())
}

fn timer(ms: i32) -> Promise {
    Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    })
}
