//! `/v1/consents`: records in, receipts out.

use super::path::Segments;
use crate::address::Address;
use crate::app::{App, Site};
use crate::auth::Bearer;
use crate::clock;
use crate::entry::{Entry, Unissued, base64};
use crate::lasting;
use crate::media::SentJson;
use crate::metrics::Outcome;
use crate::openapi::bodies;
use crate::openapi::refusals as no;
use crate::origin::Caller;
use crate::problem::ApiError;
use crate::store::{AppendError, Kept};
use crate::submission::{MOST_RECORDS, Payload, Submission};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;
use zhiqing_consent::{Fault, Receipt, Record};

/// A receipt for each record, in their order.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receipts {
    receipts: Vec<Receipt>,
}

/// All that is kept of a subject, in the order received.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct History {
    #[schema(pattern = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$")]
    subject: String,
    receipts: Vec<Receipt>,
}

/// `POST /v1/consents`: one record or a list of them, all kept or none.
///
/// 201 once they are durable, 200 if all of them were kept before.
#[utoipa::path(
    post,
    path = "/v1/consents",
    operation_id = "submitConsents",
    tag = "consents",
    security(("bearer" = [])),
    request_body(content = bodies::Submission, content_type = "application/json"),
    responses(
        (status = 201, description = "Kept, durably; some may have been before.", body = Receipts,
            headers(("Set-Cookie" = String, description = "The cookie `zq`, for a page of this origin."))),
        (status = 200, description = "All of them were kept before: the same receipts.", body = Receipts,
            headers(("Set-Cookie" = String, description = "The cookie `zq`, for a page of this origin."))),
        (status = 401, response = no::Unauthorized),
        (status = 403, response = no::ForeignOrigin),
        (status = 408, response = no::RequestTimeout),
        (status = 409, response = no::Conflict),
        (status = 413, response = no::TooLarge),
        (status = 415, response = no::UnsupportedMediaType),
        (status = 422, response = no::Malformed),
        (status = 429, response = no::TooManyRequests),
        (status = 503, response = no::Unavailable),
        no::Anywhere,
    ),
)]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    caller: Caller,
    bearer: Bearer,
    Address(address): Address,
    request: (Uri, HeaderMap),
    (_, Payload(body)): (SentJson, Payload),
) -> Result<Response, ApiError> {
    let mut submission = Submission::read(&body)?;
    let site = check_sender(&app, &caller, &bearer, &submission)?;
    site.limiter.take(address, submission.records.len())?;
    for (at, record) in submission.records.iter().enumerate() {
        if let Err(fault) = check(&app, record).await? {
            return Err(submission.malformed(at, &fault));
        }
    }
    let now = Timestamp::now();
    // Signing takes some 20 µs a record: less than handing it to another thread and back.
    let records = std::mem::take(&mut submission.records);
    // Of a page of this origin the last record comes back as its cookie.
    let last = records.last().filter(|_| lasting::is_for(&caller)).cloned();
    let issue = |record| Entry::issue(record, &site.signing, now);
    let entries = records.into_iter().map(issue);
    let entries = entries.collect::<Result<Vec<_>, _>>()?;
    let count = |outcome, records| app.metrics.records(&site.id, outcome, records);
    let sent = entries.len();
    let kept = app.append(entries).await.map_err(|error| {
        count(error.outcome(), sent);
        match error {
            AppendError::Conflict { at } => ApiError::conflict(submission.field(at, "id")),
            AppendError::Store(error) => error.into(),
        }
    })?;
    let new = kept.iter().filter(|kept| kept.is_new()).count();
    count(Outcome::kept, new);
    count(Outcome::known, sent - new);
    let status = match new {
        0 => StatusCode::OK,
        _ => StatusCode::CREATED,
    };
    let receipts = kept.into_iter().map(Kept::into_receipt).collect();
    let mut response = (status, Json(Receipts { receipts })).into_response();
    // Kept is what counts: without the notice, which was just there, it is only asked again sooner.
    if let Some(last) = &last
        && let Ok(Some(notice)) = app
            .notices
            .find(&app.store, &site.id, &last.notice.digest)
            .await
    {
        let request = (&request.1, &request.0);
        let cookie = lasting::cookie(&caller, request, &notice, last, now);
        response.headers_mut().extend(cookie);
    }
    Ok(response)
}

/// `GET /v1/consents/{subject}`: all receipts of a subject in the order received.
#[utoipa::path(
    get,
    path = "/v1/consents/{subject}",
    operation_id = "readConsents",
    tag = "consents",
    security(("bearer" = [])),
    params(("subject" = String, Path, pattern = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$")),
    responses(
        (status = 200, description = "The history; empty where nothing is kept.", body = History),
        (status = 401, response = no::Unauthorized),
        (status = 403, response = no::ForeignOrigin),
        (status = 404, response = no::NotFound),
        (status = 429, response = no::TooManyRequests),
        (status = 503, response = no::Unavailable),
        no::Anywhere,
    ),
)]
pub(crate) async fn history(
    State(app): State<Arc<App>>,
    caller: Caller,
    bearer: Bearer,
    Address(address): Address,
    Segments(subject): Segments<String>,
) -> Result<Response, ApiError> {
    // Which site a subject belongs to is not written on it; the token tells.
    let site = app.sites().find(|site| bearer.is(&subject, &site.id));
    let site = site.ok_or_else(ApiError::unauthorized)?;
    site.admit(&caller)?;
    site.limiter.take(address, 1)?;
    let bytes = base64(&subject).ok_or_else(ApiError::unauthorized)?;
    let receipts = app.store.history(&site.id, bytes).await?;
    // A long history costs more than a short one, as far as a bucket always holds: the next one waits.
    let _ = site.limiter.take(address, receipts.len().min(MOST_RECORDS));
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
    let Some(notice) = notice else {
        return Ok(Err(Fault {
            field: "notice.digest".into(),
            message: "is not a notice that this site ever served".into(),
        }));
    };
    if let Err(fault) = record.check(&notice) {
        return Ok(Err(fault));
    }
    let now = Timestamp::now();
    let checked = clock::check(record, now);
    if checked.is_err() {
        // Which of the two clocks is wrong? If this one is, the record is good, and kept once it is right.
        app.store.admit(&record.site, now).await?;
    }
    Ok(checked)
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
