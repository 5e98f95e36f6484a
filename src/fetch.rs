//! JSON over HTTP.

use crate::browser::window;
use crate::json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response};

/// Fetches JSON; the error says what went wrong.
pub(crate) async fn json(url: &str) -> Result<Value, String> {
    let answer = JsFuture::from(window().fetch_with_str(url)).await;
    good(&send(&answer, url)?, url).await
}

async fn good(response: &Response, url: &str) -> Result<Value, String> {
    if !response.ok() {
        return Err(format!("{url} answered {}", response.status()));
    }
    body(response).await
}

/// Posts JSON with a bearer token and gives the status and the answer.
///
/// `keepalive` lets the request outlive the page, as when the person leaves right after deciding. Chromium
/// before 81 refuses it together with a token, and every browser with a long content: there it is sent
/// without. A record that the server has is the same record when it comes again.
pub(crate) async fn post(url: &str, bearer: &str, body_text: &str) -> Result<(u16, Value), String> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&body_text.into());
    let keepalive = |on: bool| js_sys::Reflect::set(&init, &"keepalive".into(), &on.into());
    let _ = keepalive(true);
    let response = match with_token(url, bearer, &init).await {
        Ok(response) => response,
        Err(_) => {
            let _ = keepalive(false);
            with_token(url, bearer, &init).await?
        }
    };
    let answer = body(&response).await.unwrap_or_default();
    Ok((response.status(), answer))
}

/// Fetches JSON with a bearer token.
pub(crate) async fn authorized(url: &str, bearer: &str) -> Result<Value, String> {
    good(&with_token(url, bearer, &RequestInit::new()).await?, url).await
}

async fn with_token(url: &str, bearer: &str, init: &RequestInit) -> Result<Response, String> {
    // Old browsers send no cookies by themselves, and take none.
    let _ = js_sys::Reflect::set(init, &"credentials".into(), &"same-origin".into());
    let request = Request::new_with_str_and_init(url, init).map_err(|error| words(&error))?;
    let headers = request.headers();
    for (name, value) in [
        ("authorization", ["Bearer ", bearer].concat().as_str()),
        ("content-type", "application/json"),
    ] {
        headers.set(name, value).map_err(|error| words(&error))?;
    }
    let answer = JsFuture::from(window().fetch_with_request(&request)).await;
    send(&answer, url)
}

fn send(result: &Result<JsValue, JsValue>, url: &str) -> Result<Response, String> {
    match result {
        Ok(response) => Ok(response.clone().unchecked_into()),
        Err(error) => Err(format!("{url}: {}", words(error))),
    }
}

async fn body(response: &Response) -> Result<Value, String> {
    let text = response.text().map_err(|error| words(&error))?;
    let text = JsFuture::from(text).await.map_err(|error| words(&error))?;
    Value::parse(&text.as_string().unwrap_or_default())
}

/// What a thrown value says.
pub(crate) fn words(error: &JsValue) -> String {
    let message = error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()));
    message
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "unknown error".into())
}
