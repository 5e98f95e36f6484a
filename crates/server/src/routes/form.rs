//! `/v1/form`: the path without script. Every answer is a page.

use crate::address::Address;
use crate::app::{App, Site};
use crate::entry::{Entry, Unissued, base64};
use crate::form::answer::Answer;
use crate::form::fields::{Fields, Wrong};
use crate::form::record::{self, Answered};
use crate::form::sender::Sender;
use crate::form::standing::Standing;
use crate::form::way::Way;
use crate::form::{identity, reply};
use crate::metrics::Outcome;
use crate::openapi::bodies;
use crate::openapi::refusals as no;
use crate::problem::ApiError;
use crate::store::{AppendError, StoreError};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use jiff::Timestamp;
use std::sync::Arc;
use zhiqing_consent::{Decision, Notice, Receipt, Secret, cookie};
use zhiqing_view::{Draft, Form, FormFault, Told, form_page, form_policy, form_step};

/// The methods of the address.
pub(super) fn routes() -> MethodRouter<Arc<App>> {
    get(show)
        .post(send)
        .fallback(async || ApiError::method_not_allowed())
}

/// `GET /v1/form?site=ID`: the choices; `&purpose=ID` asks about one of them, `&view=policy` is the
/// policy. `back` is the path of the page that led here, `saved` says that something was recorded. It
/// sets no cookie.
#[utoipa::path(
    get,
    path = "/v1/form",
    operation_id = "showForm",
    tag = "form",
    params(
        ("site" = String, Query, description = "Site id."),
        ("purpose" = Option<String>, Query, description = "Asks about this one alone."),
        ("view" = Option<String>, Query, description = "`policy` shows the policy."),
        ("back" = Option<String>, Query, description = "Path of the page that led here."),
        ("from" = Option<String>, Query, description = "Its origin, another one of the site's."),
        ("saved" = Option<String>, Query, description = "Something was recorded just now."),
    ),
    responses(
        (status = 200, description = "The choices, one of them, or the policy.", content_type = "text/html; charset=utf-8", body = bodies::Page),
        (status = 404, description = "There is no such site or purpose.", content_type = "text/html; charset=utf-8", body = bodies::Page),
        no::Anywhere,
    ),
)]
pub(crate) async fn show(State(app): State<Arc<App>>, uri: Uri, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let fields = Fields::of_query(uri.query());
    let Some(site) = fields.first("site").and_then(|id| app.site(id)) else {
        return unknown(&app);
    };
    let notice = &*site.shown;
    let way = Way::of(&fields, &parts.headers, &uri, &site.origins);
    if fields.first("view") == Some("policy") {
        let html = form_policy(notice, site.document(), way.as_view());
        return reply::page(StatusCode::OK, html);
    }
    let seen = Seen::of(&app, notice, &parts, way).await;
    let is_saved = fields.first("saved").is_some() && seen.standing.is_answered();
    let told = is_saved.then_some(Told::Saved);
    let draft = seen.draft();
    match fields.first("purpose") {
        Some(id) => match notice.asked().find(|purpose| purpose.id == id) {
            Some(_) => seen.page(StatusCode::OK, Some(id), &draft, told),
            None => unknown(&app),
        },
        None => seen.page(StatusCode::OK, None, &draft, told),
    }
}

/// `POST /v1/form`: one decision, kept durably before it is answered with 303.
#[utoipa::path(
    post,
    path = "/v1/form",
    operation_id = "sendForm",
    tag = "form",
    request_body(content = bodies::FormFields, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 303, description = "Kept, durably; the way back.",
            headers(("Location" = String), ("Set-Cookie" = String))),
        (status = 403, description = "No page of the site sent it.", content_type = "text/html; charset=utf-8", body = bodies::Page),
        (status = 404, description = "There is no such site.", content_type = "text/html; charset=utf-8", body = bodies::Page),
        (status = 408, description = "The fields do not come.", content_type = "text/html; charset=utf-8", body = bodies::Page),
        (status = 409, description = "The notice is another by now: it is shown.", content_type = "text/html; charset=utf-8", body = bodies::Page),
        (status = 413, description = "More than 16,384 bytes.", content_type = "text/html; charset=utf-8", body = bodies::Page),
        (status = 415, description = "Another type.", content_type = "text/html; charset=utf-8", body = bodies::Page),
        (status = 422, description = "A field that the page names is not as it must be.", content_type = "text/html; charset=utf-8", body = bodies::Page),
        (status = 429, description = "The limits of the site do not hold it now; the same page to send again.", content_type = "text/html; charset=utf-8", body = bodies::Page,
            headers(("Retry-After" = String))),
        (status = 503, description = "Nothing is kept; the same page to send again.", content_type = "text/html; charset=utf-8", body = bodies::Page,
            headers(("Retry-After" = String))),
        no::Anywhere,
    ),
)]
pub(crate) async fn send(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match take(&app, &parts, body).await {
        Ok(response) => response,
        Err(Refusal::Site) => unknown(&app),
        Err(Refusal::Sender(site)) => {
            reply::fault(&site.shown, StatusCode::FORBIDDEN, FormFault::Foreign)
        }
        Err(Refusal::Wrong(site, wrong)) => {
            let notice = site.map_or_else(|| app.first_notice(), |site| &*site.shown);
            reply::fault(notice, wrong.status, FormFault::Malformed(&wrong.field))
        }
    }
}

/// Why a form is not taken.
enum Refusal<'a> {
    /// There is no such site.
    Site,
    /// No page of the site sent it.
    Sender(&'a Site),
    /// It is not as it must be.
    Wrong(Option<&'a Site>, Wrong),
}

async fn take<'a>(app: &'a App, parts: &Parts, body: Body) -> Result<Response, Refusal<'a>> {
    let fields = Fields::of_body(&parts.headers, body).await;
    let fields = fields.map_err(|wrong| Refusal::Wrong(None, wrong))?;
    let site = fields.first("site").and_then(|id| app.site(id));
    let site = site.ok_or(Refusal::Site)?;
    let sender = Sender::of(&parts.headers, &parts.uri, &site.origins);
    let sender = sender.ok_or(Refusal::Sender(site))?;
    let wrong = |wrong| Refusal::Wrong(Some(site), wrong);
    let way = Way::of(&fields, &parts.headers, &parts.uri, &site.origins).sent_by(&sender);

    let digest = fields.one("notice").map_err(wrong)?.unwrap_or_default();
    let shown = app.notices.find(&app.store, &site.id, digest).await;
    let (status, told) = match &shown {
        Ok(Some(_)) => (StatusCode::OK, None),
        Ok(None) => (StatusCode::CONFLICT, Some(Told::Changed)),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, Some(Told::Away)),
    };
    let Ok(Some(notice)) = shown else {
        let seen = Seen::of(app, &site.shown, parts, way).await;
        return Ok(seen.page(status, None, &seen.draft(), told));
    };
    let seen = Seen::of(app, &notice, parts, way).await;
    let answer = Answer::read(&fields, &notice, &seen.standing).map_err(wrong)?;
    let Address(address) = Address::of(parts, &app.trusted_proxies);
    let kept = match site.limiter.take(address, 1) {
        Ok(()) => seen.keep(app, site, &fields, &answer).await,
        Err(error) => Err(Unkept::TooMany(error.later())),
    };
    match kept {
        Ok((decision, secret)) => {
            let secure = identity::is_secure(&parts.headers, &parts.uri);
            let value = cookie::encode(&site.id, &decision);
            let cookies = [
                cookie::line(&value, secure),
                identity::line(&secret, &notice.report, secure),
            ];
            let stays = fields.first("stay").is_some() || !seen.way.is_named;
            Ok(reply::see(&seen.next(stays), cookies))
        }
        Err(Unkept::Wrong(fault)) => Err(wrong(fault)),
        Err(later @ (Unkept::Away | Unkept::TooMany(_))) => {
            let draft = answer.draft(&notice, seen.draft());
            let item = fields.first("act") == Some("item");
            let purpose = fields.first("purpose").filter(|_| item);
            let page = |status| seen.page(status, purpose, &draft, Some(Told::Away));
            let Unkept::TooMany(seconds) = later else {
                return Ok(page(StatusCode::SERVICE_UNAVAILABLE));
            };
            let mut page = page(StatusCode::TOO_MANY_REQUESTS);
            let seconds = HeaderValue::from(seconds.unwrap_or_default());
            page.headers_mut().insert(header::RETRY_AFTER, seconds);
            Ok(page)
        }
    }
}

/// Why an answer was not kept.
enum Unkept {
    Wrong(Wrong),
    Away,
    /// The site's limits do not hold it for so many seconds.
    TooMany(Option<u64>),
}

impl From<getrandom::Error> for Unkept {
    fn from(_: getrandom::Error) -> Self {
        Self::Away
    }
}

/// What a request shows of the person: the notice, what stands on it, and the way back.
struct Seen<'a> {
    notice: &'a Notice,
    parts: &'a Parts,
    way: Way,
    secret: Option<Secret>,
    /// The subject's last receipt, as far as the ledger can be asked.
    last: Result<Option<Receipt>, StoreError>,
    standing: Standing,
    gpc: bool,
    /// Milliseconds since 1970.
    now: i64,
}

impl<'a> Seen<'a> {
    async fn of(app: &App, notice: &'a Notice, parts: &'a Parts, way: Way) -> Self {
        let now = Timestamp::now().as_millisecond();
        let seconds = u64::try_from(now / 1000).unwrap_or_default();
        let claimed = identity::decision(notice, &parts.headers, seconds);
        let secret = identity::secret(&parts.headers);
        let last = match &secret {
            Some(secret) => last(app, parts, secret, &notice.site).await,
            None => Ok(None),
        };
        let standing = match &last {
            Ok(last) => Standing::of(notice, claimed, last.as_ref().map(|last| &last.record)),
            Err(_) => Standing::unasked(claimed),
        };
        Self {
            notice,
            parts,
            way,
            secret,
            last,
            standing,
            gpc: record::gpc(&parts.headers),
            now,
        }
    }

    fn draft(&self) -> Draft {
        self.standing.draft(self.notice, self.gpc)
    }

    /// The page of one purpose, or of all.
    fn page(
        &self,
        status: StatusCode,
        purpose: Option<&str>,
        draft: &Draft,
        told: Option<Told>,
    ) -> Response {
        let form = Form {
            draft,
            decision: self.standing.listed(),
            way: self.way.as_view(),
            rendered_ms: u64::try_from(self.now).unwrap_or_default(),
            gpc: self.gpc,
            told,
        };
        let purpose = purpose.and_then(|id| self.notice.purpose(id));
        let html = match purpose {
            Some(purpose) => form_step(self.notice, purpose, &form),
            None => form_page(self.notice, &form),
        };
        reply::page(status, html)
    }

    /// Where the person goes after the answer: back to their page, or to the form's, which says that it
    /// is recorded and has a link back. Its address is relative, so that it holds behind any proxy.
    fn next(&self, stays: bool) -> String {
        if let Some(address) = self.way.address().filter(|_| !stays) {
            return address;
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("site", &self.notice.site);
        query.append_pair("saved", "1");
        for (name, value) in [("back", &self.way.back), ("from", &self.way.origin)] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        format!("form?{}", query.finish())
    }

    /// Keeps the record of an answer, durably.
    async fn keep(
        &self,
        app: &App,
        site: &Site,
        fields: &Fields,
        answer: &Answer,
    ) -> Result<(Decision, Secret), Unkept> {
        let last = self.last.as_ref().map_err(|_| Unkept::Away)?;
        let secret = match &self.secret {
            Some(secret) => secret.clone(),
            None => Secret::new(random()?),
        };
        let answered = Answered {
            notice: self.notice,
            before: self.standing.proven(),
            answer,
            secret: &secret,
            last: last.as_ref(),
            gpc: self.gpc,
            shown_ms: record::shown_ms(fields, self.now),
            environment: record::environment(&self.parts.headers),
            now: self.now,
            random: random()?,
        };
        let (decision, record) = answered.record().ok_or(Unkept::Away)?;
        if let Err(fault) = record.check(self.notice) {
            return Err(Unkept::Wrong(Wrong::field(fault.field)));
        }
        let entry =
            Entry::issue(record, &site.signing, Timestamp::now()).map_err(|error| match error {
                Unissued::Random(_) => Unkept::Away,
                Unissued::NotCanonical(_) => Unkept::Wrong(Wrong::field("body")),
                Unissued::Field(field) => Unkept::Wrong(Wrong::field(field)),
            })?;
        let kept = app.append(vec![entry]).await;
        let outcome = kept
            .as_ref()
            .map_or_else(AppendError::outcome, |_| Outcome::kept);
        app.metrics.records(&site.id, outcome, 1);
        match kept {
            Ok(_) => Ok((decision, secret)),
            // Ten random bytes met ten others: the next try draws new ones.
            Err(AppendError::Conflict { .. } | AppendError::Store(_)) => Err(Unkept::Away),
        }
    }
}

/// The last receipt of a person; none is looked for where the limits of the site do not hold it.
async fn last(
    app: &App,
    parts: &Parts,
    secret: &Secret,
    site: &str,
) -> Result<Option<Receipt>, StoreError> {
    let Address(address) = Address::of(parts, &app.trusted_proxies);
    let taken = app.site(site).map(|site| site.limiter.take(address, 1));
    if let Some(Err(_)) = taken {
        return Err(StoreError::Busy);
    }
    match base64(&secret.subject(site)) {
        Some(bytes) => app.store.last(site, bytes).await,
        None => Ok(None),
    }
}

fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// The page where there is no site or purpose of this name, in the words of the first site.
fn unknown(app: &App) -> Response {
    reply::fault(
        app.first_notice(),
        StatusCode::NOT_FOUND,
        FormFault::Unknown,
    )
}
