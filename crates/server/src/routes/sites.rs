//! What a site publishes: its notice, its key and its policies.

use super::path::Segments;
use crate::app::App;
use crate::openapi::bodies;
use crate::openapi::refusals as no;
use crate::origin::Caller;
use crate::problem::ApiError;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use zhiqing_consent::Notice;

/// The key that verifies a site's receipts.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteKey<'a> {
    /// Always `Ed25519`.
    #[schema(pattern = "^Ed25519$")]
    pub(crate) algorithm: &'a str,
    /// Its 32 bytes, base64url.
    #[schema(pattern = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$")]
    pub(crate) key: &'a str,
    /// Site id.
    #[schema(pattern = "^[A-Za-z0-9_-]{1,64}$")]
    pub(crate) site: &'a str,
}

/// `GET /v1/sites/{site}/notice`: `notice.json`, tagged with its own digest.
#[utoipa::path(
    get,
    path = "/v1/sites/{site}/notice",
    operation_id = "readNotice",
    tag = "sites",
    params(("site" = String, Path, pattern = "^[A-Za-z0-9_-]{1,64}$")),
    responses(
        (status = 200, description = "The notice, tagged with its digest.", content_type = "application/json", body = Notice,
            headers(("ETag" = String))),
        (status = 304, description = "As the client has it.", headers(("ETag" = String))),
        (status = 403, response = no::ForeignOrigin),
        (status = 404, response = no::NotFound),
        no::Anywhere,
    ),
)]
pub(crate) async fn notice(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments(site): Segments<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(app.site_for(&caller, &site)?.notice.answer(&headers))
}

/// `GET /v1/sites/{site}/key`: the public key that verifies the site's receipts.
#[utoipa::path(
    get,
    path = "/v1/sites/{site}/key",
    operation_id = "readKey",
    tag = "sites",
    params(("site" = String, Path, pattern = "^[A-Za-z0-9_-]{1,64}$")),
    responses(
        (status = 200, description = "The key.", content_type = "application/json", body = SiteKey<'static>,
            headers(("ETag" = String))),
        (status = 304, description = "As the client has it.", headers(("ETag" = String))),
        (status = 403, response = no::ForeignOrigin),
        (status = 404, response = no::NotFound),
        no::Anywhere,
    ),
)]
pub(crate) async fn key(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments(site): Segments<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    Ok(app.site_for(&caller, &site)?.key.answer(&headers))
}

/// `GET /v1/policies/{site}/{version}`: a version of the policy, parsed and annotated.
#[utoipa::path(
    get,
    path = "/v1/policies/{site}/{version}",
    operation_id = "readPolicy",
    tag = "sites",
    params(("site" = String, Path, pattern = "^[A-Za-z0-9_-]{1,64}$"), ("version" = String, Path, pattern = "^[A-Za-z0-9._-]{1,64}$")),
    responses(
        (status = 200, description = "The policy.", content_type = "application/json", body = bodies::Policy,
            headers(("ETag" = String))),
        (status = 304, description = "As the client has it.", headers(("ETag" = String))),
        (status = 403, response = no::ForeignOrigin),
        (status = 404, response = no::NotFound),
        no::Anywhere,
    ),
)]
pub(crate) async fn policy(
    State(app): State<Arc<App>>,
    caller: Caller,
    Segments((site, version)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let policies = &app.site_for(&caller, &site)?.policies;
    let policy = policies.get(&version).ok_or_else(ApiError::not_found)?;
    Ok(policy.answer(&headers))
}
