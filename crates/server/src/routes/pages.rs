//! Each site's page and its built files.

use super::path::Segments;
use crate::app::{App, Site};
use crate::form::identity;
use crate::origin::Caller;
use crate::problem::ApiError;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Redirect, Response};
use jiff::Timestamp;
use std::sync::Arc;
use zhiqing_consent::rules::{Asker, may_ask};

/// `GET /`: the page of the first site.
pub(super) async fn first(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let site = app.sites().next().ok_or_else(ApiError::not_found)?;
    site.admit(&caller)?;
    Ok(page_of(site, &headers))
}

/// `GET /sites/{site}/`: the site's page.
pub(super) async fn page(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments(site): Segments<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(page_of(app.site_for(&caller, &site)?, &headers))
}

/// `GET /sites/{site}`: the way to the site's page, whose files lie beside it.
pub(super) async fn without_slash(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments(site): Segments<String>,
) -> Result<Redirect, ApiError> {
    app.site_for(&caller, &site)?;
    Ok(Redirect::permanent(&format!("/sites/{site}/")))
}

/// The site's page, which asks with scripts off only whom it may (rule 4).
fn page_of(site: &Site, request: &HeaderMap) -> Response {
    let now = u64::try_from(Timestamp::now().as_second()).unwrap_or_default();
    let decision = identity::decision(&site.shown, request, now);
    let page = match may_ask(&site.shown, decision.as_ref(), Asker::Page, now) {
        true => &site.page,
        false => &site.decided_page,
    };
    let mut response = page.answer(request);
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    let private = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, private);
    response
}

/// `GET /sites/{site}/{*file}`: a built file. It is looked up by its whole name, never on a disk.
pub(super) async fn file(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments((site, file)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let files = &app.site_for(&caller, &site)?.files;
    let file = files.get(&file).ok_or_else(ApiError::not_found)?;
    Ok(file.answer(&headers))
}
