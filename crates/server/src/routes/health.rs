//! For whoever runs the server: is it there, and can it do its work?

use crate::app::App;
use crate::problem::ApiError;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /healthz`: the process answers.
pub(super) async fn alive() -> Json<Value> {
    Json(json!({ "status": "alive" }))
}

/// `GET /readyz`: the store could take a record now.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<Json<Value>, ApiError> {
    app.store.ask().await?;
    Ok(Json(json!({ "status": "ready" })))
}
