//! `/v1/consents`: records in, receipts out.

use super::path::Segments;
use crate::app::{App, Site};
use crate::auth::Bearer;
use crate::entry::{Entry, Unissued, base64};
use crate::lasting;
use crate::origin::Caller;
use crate::problem::ApiError;
use crate::store::{AppendError, Kept};
use crate::submission::{Payload, Submission};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use std::sync::Arc;
use zhiqing_consent::{Fault, Receipt, Record};

#[derive(Serialize)]
struct Receipts {
    receipts: Vec<Receipt>,
}

#[derive(Serialize)]
struct History {
    subject: String,
    receipts: Vec<Receipt>,
}

/// `POST /v1/consents`: one record or a list of them, all kept or none.
///
/// 201 once they are durable, 200 if all of them were kept before.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    bearer: Bearer,
    uri: Uri,
    headers: HeaderMap,
    Payload(body): Payload,
) -> Result<Response, ApiError> {
    let submission = Submission::read(&body)?;
    let site = check_sender(&app, &caller, &bearer, &submission)?;
    for (at, record) in submission.records.iter().enumerate() {
        if let Err(fault) = check(&app, record).await? {
            return Err(submission.malformed(at, &fault));
        }
    }
    // Signing takes some 20 µs a record: less than handing it to another thread and back.
    let entries = submission
        .records
        .iter()
        .map(|record| Entry::issue(record.clone(), &site.signing))
        .collect::<Result<Vec<_>, _>>()?;
    let kept = app
        .store
        .append(entries)
        .await
        .map_err(|error| match error {
            AppendError::Conflict { at } => ApiError::conflict(submission.field(at, "id")),
            AppendError::Store(error) => error.into(),
        })?;
    let status = match kept.iter().any(Kept::is_new) {
        true => StatusCode::CREATED,
        false => StatusCode::OK,
    };
    let receipts = kept.into_iter().map(Kept::into_receipt).collect();
    let mut response = (status, Json(Receipts { receipts })).into_response();
    // Kept is what counts: without the notice, which was just there, it is only asked again sooner.
    if let Some(last) = submission.records.last()
        && let Ok(Some(notice)) = app
            .notices
            .find(&app.store, &site.id, &last.notice.digest)
            .await
    {
        let request = (&headers, &uri);
        let cookie = lasting::cookie(&caller, request, &notice, last, Timestamp::now());
        response.headers_mut().extend(cookie);
    }
    Ok(response)
}

/// `GET /v1/consents/{subject}`: all receipts of a subject in the order received.
pub(super) async fn history(
    State(app): State<Arc<App>>,
    caller: Caller,
    bearer: Bearer,
    Segments(subject): Segments<String>,
) -> Result<Response, ApiError> {
    // Which site a subject belongs to is not written on it; the token tells.
    let site = app.sites().find(|site| bearer.is(&subject, &site.id));
    let site = site.ok_or_else(ApiError::unauthorized)?;
    site.admit(&caller)?;
    let bytes = base64(&subject).ok_or_else(ApiError::unauthorized)?;
    let receipts = app.store.history(bytes).await?;
    Ok(Json(History { subject, receipts }).into_response())
}

/// The one site of all records, after the token and the origin were found to be right for it.
/// Nothing is looked up.
fn check_sender<'a>(
    app: &'a App,
    caller: &Caller,
    bearer: &Bearer,
    submission: &Submission,
) -> Result<&'a Site, ApiError> {
    let mut found: Option<&Site> = None;
    for (at, record) in submission.records.iter().enumerate() {
        let fault = |message| ApiError::malformed(submission.field(at, "site"), message);
        let site = app
            .site(&record.site)
            .ok_or_else(|| fault("is not a site of this server"))?;
        if found.is_some_and(|first| first.id != site.id) {
            return Err(fault("is not the site of the records before it"));
        }
        if !bearer.is(&record.subject, &site.id) {
            return Err(ApiError::unauthorized());
        }
        found = Some(site);
    }
    // A submission has a record at least.
    let site = found.ok_or_else(ApiError::unauthorized)?;
    site.admit(caller)?;
    Ok(site)
}

/// What the record says, against what was shown.
async fn check(app: &App, record: &Record) -> Result<Result<(), Fault>, ApiError> {
    let digest = &record.notice.digest;
    let notice = app.notices.find(&app.store, &record.site, digest).await?;
    Ok(match notice {
        Some(notice) => record.check(&notice),
        None => Err(Fault {
            field: "notice.digest".into(),
            message: "is not a notice that this site ever served".into(),
        }),
    })
}

impl From<Unissued> for ApiError {
    fn from(error: Unissued) -> Self {
        match error {
            Unissued::Random(_) => Self::unavailable(),
            Unissued::NotCanonical(error) => Self::malformed("body", &error.to_string()),
            Unissued::Field(field) => Self::malformed(field, "is not well formed"),
        }
    }
}
