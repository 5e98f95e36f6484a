//! Tasks of the page's event loop: long work is cut into several, so that a slow phone stays free to
//! answer a finger in between.

use crate::browser::window;
use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// Goes on in a task of its own.
pub(crate) async fn next() {
    pause(0).await;
}

/// Goes on after so many milliseconds.
pub(crate) async fn pause(ms: i32) {
    let timer = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    // A timer does not fail.
    let _ = JsFuture::from(timer).await;
}
