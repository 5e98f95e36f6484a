//! What a site publishes: its notice, its key and its policies.

use super::path::Segments;
use crate::app::App;
use crate::origin::Caller;
use crate::problem::ApiError;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

/// `GET /v1/sites/{site}/notice`: `notice.json`, tagged with its own digest.
pub(super) async fn notice(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments(site): Segments<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(app.site_for(&caller, &site)?.notice.answer(&headers))
}

/// `GET /v1/sites/{site}/key`: the public key that verifies the site's receipts.
pub(super) async fn key(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments(site): Segments<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(app.site_for(&caller, &site)?.key.answer(&headers))
}

/// `GET /v1/policies/{site}/{version}`: a version of the policy, parsed and annotated.
pub(super) async fn policy(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments((site, version)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let policies = &app.site_for(&caller, &site)?.policies;
    let policy = policies.get(&version).ok_or_else(ApiError::not_found)?;
    Ok(policy.answer(&headers))
}
