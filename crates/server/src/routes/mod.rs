//! The addresses, one file a family.

pub(crate) mod consents;
pub(crate) mod form;
pub(crate) mod health;
pub(crate) mod openapi;
mod pages;
mod path;
pub(crate) mod sites;

use crate::app::{App, Options, ServerError};
use crate::problem::ApiError;
use crate::{Hosted, Store, cors, watch};
use axum::Router;
use axum::middleware;
use axum::routing::{get, post};
use std::sync::Arc;

/// Everything that is served for `sites`. Their notices are put into the store, which blocks for
/// a moment.
///
/// # Errors
/// A site that cannot be served as it is, or a store that fails.
pub fn router(sites: Vec<Hosted>, store: Store) -> Result<Router, ServerError> {
    router_with(sites, store, Options::default())
}

/// [`router`] with options of one's own.
///
/// # Errors
/// As [`router`].
pub fn router_with(
    sites: Vec<Hosted>,
    store: Store,
    options: Options,
) -> Result<Router, ServerError> {
    let app = Arc::new(App::new(sites, store, options)?);
    Ok(Router::new()
        .route("/v1/consents", post(consents::post))
        .route("/v1/consents/{subject}", get(consents::history))
        .route("/v1/sites/{site}/notice", get(sites::notice))
        .route("/v1/sites/{site}/key", get(sites::key))
        .route("/v1/policies/{site}/{version}", get(sites::policy))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/openapi.json", get(openapi::describe))
        .route("/", get(pages::first))
        .route("/sites/{site}", get(pages::without_slash))
        .route("/sites/{site}/", get(pages::page))
        .route("/sites/{site}/{*file}", get(pages::file))
        .fallback(async || ApiError::not_found())
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            cors::guard,
        ))
        // Not behind the guard: pages for people, which CORS is not about, with a check of their own.
        .route("/v1/form", form::routes())
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            watch::request,
        ))
        .with_state(app))
}
