//! The description of the API.

use crate::asset::Asset;
use crate::openapi::document;
use crate::openapi::refusals::{Anywhere, ForeignOrigin};
use crate::problem::ApiError;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::LazyLock;

/// Drawn once, when it is first asked for.
static DOCUMENT: LazyLock<Option<Asset>> =
    LazyLock::new(|| Asset::new(document().to_string().into_bytes(), "application/json"));

/// This description.
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "describeApi",
    tag = "server",
    responses(
        (status = 200, description = "OpenAPI 3.1.", content_type = "application/json",
            body = Object, headers(("ETag" = String))),
        (status = 304, description = "As the client has it.", headers(("ETag" = String))),
        (status = 403, response = ForeignOrigin),
        Anywhere,
    ),
)]
pub(crate) async fn describe(headers: HeaderMap) -> Result<Response, ApiError> {
    // Cannot be missing: its type and its digest are ASCII.
    let document = DOCUMENT.as_ref().ok_or_else(ApiError::not_found)?;
    Ok(document.answer(&headers))
}
