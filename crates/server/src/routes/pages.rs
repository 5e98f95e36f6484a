//! Each site's page and its built files.

use super::path::Segments;
use crate::app::App;
use crate::origin::Caller;
use crate::problem::ApiError;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

/// `GET /`: the page of the first site.
pub(super) async fn first(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let site = app.sites().next().ok_or_else(ApiError::not_found)?;
    site.admit(&caller)?;
    Ok(site.page.answer(&headers))
}

/// `GET /sites/{site}/`: the site's page.
pub(super) async fn page(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments(site): Segments<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(app.site_for(&caller, &site)?.page.answer(&headers))
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
