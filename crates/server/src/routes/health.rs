//! For whoever runs the server: is it there, and can it do its work?

use crate::app::App;
use crate::openapi::refusals as no;
use crate::problem::ApiError;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The process answers.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Alive {
    #[schema(pattern = "^alive$")]
    status: &'static str,
}

/// A record could be kept.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ready {
    #[schema(pattern = "^ready$")]
    status: &'static str,
}

/// `GET /healthz`: the process answers.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "isAlive",
    tag = "server",
    responses(
        (status = 200, description = "The process answers.", body = Alive),
        (status = 403, response = no::ForeignOrigin),
        no::Anywhere,
    ),
)]
pub(crate) async fn alive() -> Json<Alive> {
    Json(Alive { status: "alive" })
}

/// `GET /readyz`: the store could take a record now.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "isReady",
    tag = "server",
    responses(
        (status = 200, description = "A record could be kept now.", body = Ready),
        (status = 403, response = no::ForeignOrigin),
        (status = 503, response = no::Unavailable),
        no::Anywhere,
    ),
)]
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Result<Json<Ready>, ApiError> {
    let sites = app.sites().map(|site| site.id.clone());
    app.store.ask(sites.collect()).await?;
    Ok(Json(Ready { status: "ready" }))
}

/// `GET /metrics`: what was counted since the start, as OpenMetrics.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "showMetrics",
    tag = "server",
    responses(
        (status = 200, description = "What was counted since the start, as OpenMetrics.",
            content_type = "application/openmetrics-text; version=1.0.0; charset=utf-8", body = String),
        (status = 403, response = no::ForeignOrigin),
        no::Anywhere,
    ),
)]
pub(crate) async fn metrics(
    State(app): State<Arc<App>>,
) -> ([(HeaderName, &'static str); 1], String) {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.metrics.text())
}
