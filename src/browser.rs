//! The browser, asked: window, clock, randomness, signals, where the page runs.

use crate::error::Error;
use js_sys::{Date, Reflect};
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::{Document, HtmlDocument, Window};
use zhiqing_consent::Environment;
use zhiqing_consent::environment::{Platform, Signs};
use zhiqing_consent::rules::{Conditions, Moment};

/// The window. The module is started by a page, so there is one.
pub(crate) fn window() -> Window {
    web_sys::window().expect_throw("zhiqing runs in a page")
}

/// The document, as one that has cookies.
pub(crate) fn document() -> HtmlDocument {
    let document: Document = window().document().expect_throw("zhiqing runs in a page");
    document.unchecked_into()
}

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> u64 {
    whole_ms(Date::now())
}

/// A moment of JavaScript's; what is none is 1970.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a clock after 1970"
)]
pub(crate) fn whole_ms(ms: f64) -> u64 {
    ms as u64
}

/// The moment as RFC 3339 in UTC.
pub(crate) fn now_text() -> String {
    Date::new_0().to_iso_string().into()
}

/// Random bytes fit for keys.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    let crypto = window().crypto().map_err(|_| Error::random())?;
    crypto
        .get_random_values_with_u8_array(&mut bytes)
        .map_err(|_| Error::random())?;
    Ok(bytes)
}

/// Whether Global Privacy Control is on.
pub(crate) fn gpc() -> bool {
    truthy(&window().navigator(), "globalPrivacyControl")
}

/// What holds beside the decision.
pub(crate) fn conditions() -> Conditions {
    Conditions {
        guarded: false,
        gpc: gpc(),
    }
}

/// Now, and what the browser signals.
pub(crate) fn moment() -> Moment {
    Moment {
        seconds: now_ms() / 1000,
        gpc: gpc(),
    }
}

/// Whether the browser keeps cookies at all.
pub(crate) fn cookies_enabled() -> bool {
    truthy(&window().navigator(), "cookieEnabled")
}

/// Where the page runs; `mini_program` is what the platform's own script said.
pub(crate) fn environment(mini_program: Option<&str>) -> Environment {
    let navigator = window().navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    let signs = Signs {
        mini_program: match mini_program {
            Some("wechat") => Some(Platform::Wechat),
            Some("alipay") => Some(Platform::Alipay),
            _ => None,
        },
        driven: truthy(&navigator, "webdriver"),
    };
    Environment::of(&agent, signs)
}

fn truthy(object: &JsValue, name: &str) -> bool {
    Reflect::get(object, &name.into()).is_ok_and(|value| value.is_truthy())
}
