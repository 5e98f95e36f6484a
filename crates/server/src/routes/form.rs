//! `/v1/form`: the path without script. Every answer is a page.

use crate::app::{App, Site};
use crate::entry::{Entry, Unissued, base64};
use crate::form::answer::Answer;
use crate::form::fields::{Fields, Wrong};
use crate::form::record::{self, Answered};
use crate::form::sender::Sender;
use crate::form::standing::Standing;
use crate::form::way::Way;
use crate::form::{identity, reply};
use crate::problem::ApiError;
use crate::store::{AppendError, StoreError};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
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
async fn show(State(app): State<Arc<App>>, uri: Uri, request: Request) -> Response {
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
async fn send(State(app): State<Arc<App>>, request: Request) -> Response {
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
    match seen.keep(app, site, &fields, &answer).await {
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
        Err(Unkept::Away) => {
            let draft = answer.draft(&notice, seen.draft());
            let item = fields.first("act") == Some("item");
            let purpose = fields.first("purpose").filter(|_| item);
            let told = Some(Told::Away);
            Ok(seen.page(StatusCode::SERVICE_UNAVAILABLE, purpose, &draft, told))
        }
    }
}

/// Why an answer was not kept.
enum Unkept {
    Wrong(Wrong),
    Away,
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
            Some(secret) => last(app, &secret.subject(&notice.site)).await,
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
        let entry = Entry::issue(record, &site.signing).map_err(|error| match error {
            Unissued::Random(_) => Unkept::Away,
            Unissued::NotCanonical(_) => Unkept::Wrong(Wrong::field("body")),
            Unissued::Field(field) => Unkept::Wrong(Wrong::field(field)),
        })?;
        match app.store.append(vec![entry]).await {
            Ok(_) => Ok((decision, secret)),
            // Ten random bytes met ten others: the next try draws new ones.
            Err(AppendError::Conflict { .. } | AppendError::Store(_)) => Err(Unkept::Away),
        }
    }
}

/// The last receipt of a subject.
async fn last(app: &App, subject: &str) -> Result<Option<Receipt>, StoreError> {
    match base64(subject) {
        Some(bytes) => app.store.last(bytes).await,
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
