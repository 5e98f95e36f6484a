//! `/openapi.json`: the API as OpenAPI 3.1, drawn from the code.
//!
//! The straight line: each handler in [`crate::routes`] says what it takes and answers, each type of
//! `zhiqing_consent` how its fields look; [`refusals`] are drawn from the problems themselves,
//! [`bodies`] are what has no type of its own; [`headers`] are added to all of them at the end.
//! `tests/openapi` holds that the router and this document speak of the same addresses, and that what
//! is answered to thousands of generated requests is what is said here.

pub(crate) mod bodies;
mod headers;
pub(crate) mod refusals;

use crate::routes;
use refusals as no;
use serde_json::{Value, json};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// What holds for all of it. Paths stand in the order of the contract.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Zhiqing consent API",
        description = "Takes records of consent and answers with signed receipts; gives out what a \
            site asks, its policies and its key. `HEAD` is answered wherever `GET` is. A method that \
            is not listed is answered as `x-other-methods` says, an address that is not, with the \
            problem `not-found`. What is no HTTP/1 is answered with 400, 414 or 431 and without \
            content. docs/api.md tells it for people.",
    ),
    paths(
        routes::consents::post,
        routes::consents::history,
        routes::sites::notice,
        routes::sites::key,
        routes::sites::policy,
        routes::form::show,
        routes::form::send,
        routes::health::alive,
        routes::health::ready,
        routes::health::metrics,
        routes::openapi::describe,
    ),
    components(responses(
        no::Ambiguous, no::Unauthorized, no::ForeignOrigin, no::NotFound, no::MethodNotAllowed,
        no::RequestTimeout, no::Conflict, no::TooLarge, no::UriTooLong, no::UnsupportedMediaType,
        no::Malformed, no::TooManyRequests, no::HeadersTooLarge, no::Unavailable,
    )),
    modifiers(&Bearer),
    tags(
        (name = "consents", description = "Records in, receipts out."),
        (name = "sites", description = "What a site publishes."),
        (name = "form", description = "The path without script: every answer is a page."),
        (name = "server", description = "For whoever runs it."),
    ),
)]
struct Api;

/// The one way to prove who a person is.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let mut http = Http::new(HttpAuthScheme::Bearer);
        http.bearer_format = Some("base64url of a 256-bit secret, 43 characters".into());
        http.description = Some(
            "The secret that the page drew at the first decision. The subject is \
             base64url(SHA-256(\"zhiqing\" ‖ 0x00 ‖ site ‖ 0x00 ‖ secret)), so nothing is registered \
             or looked up."
                .into(),
        );
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(http));
    }
}

/// The document.
pub(crate) fn document() -> Value {
    // Cannot fail: maps with text keys, no numbers but integers.
    let mut document = serde_json::to_value(Api::openapi()).unwrap_or_default();
    headers::add(&mut document);
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            let mut others = json!({ "405": no::reference("MethodNotAllowed") });
            // The form is for pages of any origin, and has a check of its own.
            if path != "/v1/form" {
                others["403"] = no::reference("ForeignOrigin");
            }
            item["x-other-methods"] = others;
        }
    }
    document
}
