//! Problem documents (RFC 9457): the one form in which the API says no.

use crate::store::StoreError;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;

/// An answer that is not what was asked for. Made by the constructor named for the outcome.
#[derive(Debug)]
pub(crate) struct ApiError {
    outcome: &'static Outcome,
    detail: Cow<'static, str>,
    field: Option<String>,
    /// In seconds: when to come again, where it is known here only.
    later: Option<u64>,
}

/// What all answers of one kind have in common.
#[derive(Debug)]
pub(crate) struct Outcome {
    status: StatusCode,
    /// Ends the document's `type`; clients may tell outcomes apart by it.
    name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) header: Option<(HeaderName, HeaderValue)>,
}

#[derive(Serialize)]
struct Document<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
}

pub(crate) static UNREADABLE: Outcome = Outcome {
    status: StatusCode::BAD_REQUEST,
    name: "unreadable",
    title: "The content could not be read",
    header: None,
};
pub(crate) static AMBIGUOUS_HOST: Outcome = Outcome {
    status: StatusCode::BAD_REQUEST,
    name: "ambiguous-host",
    title: "The request is not for one host",
    header: None,
};
pub(crate) static UNAUTHORIZED: Outcome = Outcome {
    status: StatusCode::UNAUTHORIZED,
    name: "unauthorized",
    title: "The bearer token does not fit",
    header: Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
};
pub(crate) static FOREIGN_ORIGIN: Outcome = Outcome {
    status: StatusCode::FORBIDDEN,
    name: "foreign-origin",
    title: "The origin is not one of the site's",
    header: None,
};
pub(crate) static NOT_FOUND: Outcome = Outcome {
    status: StatusCode::NOT_FOUND,
    name: "not-found",
    title: "Nothing is here",
    header: None,
};
pub(crate) static METHOD_NOT_ALLOWED: Outcome = Outcome {
    status: StatusCode::METHOD_NOT_ALLOWED,
    name: "method-not-allowed",
    title: "The method is not allowed here",
    header: None,
};
pub(crate) static REQUEST_TIMEOUT: Outcome = Outcome {
    status: StatusCode::REQUEST_TIMEOUT,
    name: "request-timeout",
    title: "The content does not come",
    header: None,
};
pub(crate) static CONFLICT: Outcome = Outcome {
    status: StatusCode::CONFLICT,
    name: "conflict",
    title: "The id belongs to another record",
    header: None,
};
pub(crate) static TOO_LARGE: Outcome = Outcome {
    status: StatusCode::PAYLOAD_TOO_LARGE,
    name: "too-large",
    title: "The content is too large",
    header: None,
};
pub(crate) static UNSUPPORTED_MEDIA_TYPE: Outcome = Outcome {
    status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
    name: "unsupported-media-type",
    title: "The content is of another type",
    header: Some((header::ACCEPT, HeaderValue::from_static("application/json"))),
};
pub(crate) static UNSUPPORTED_CODING: Outcome = Outcome {
    status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
    name: "unsupported-coding",
    title: "The content is compressed",
    header: Some((
        header::ACCEPT_ENCODING,
        HeaderValue::from_static("identity"),
    )),
};
pub(crate) static MALFORMED: Outcome = Outcome {
    status: StatusCode::UNPROCESSABLE_ENTITY,
    name: "malformed",
    title: "The content is not acceptable",
    header: None,
};
pub(crate) static TOO_MANY: Outcome = Outcome {
    status: StatusCode::TOO_MANY_REQUESTS,
    name: "too-many",
    title: "Too many records in a short time",
    header: None,
};
static NO_TUNNELS: Outcome = Outcome {
    status: StatusCode::NOT_IMPLEMENTED,
    name: "no-tunnels",
    title: "The connection cannot become another protocol's",
    header: None,
};
static BAD_GATEWAY: Outcome = Outcome {
    status: StatusCode::BAD_GATEWAY,
    name: "bad-gateway",
    title: "The site's own server gave no answer",
    header: None,
};
static GATEWAY_TIMEOUT: Outcome = Outcome {
    status: StatusCode::GATEWAY_TIMEOUT,
    name: "gateway-timeout",
    title: "The site's own server takes too long",
    header: None,
};
static LOOPS: Outcome = Outcome {
    status: StatusCode::LOOP_DETECTED,
    name: "loop",
    title: "The request came back to where it was",
    header: None,
};
/// In seconds: for how long a client should leave a store alone that is away.
pub(crate) static UNAVAILABLE: Outcome = Outcome {
    status: StatusCode::SERVICE_UNAVAILABLE,
    name: "unavailable",
    title: "The store is away",
    header: Some((header::RETRY_AFTER, HeaderValue::from_static("5"))),
};

impl Outcome {
    /// The document's `type`.
    pub(crate) fn urn(&self) -> String {
        format!("urn:zhiqing:problem:{}", self.name)
    }
}

impl ApiError {
    fn new(outcome: &'static Outcome, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            outcome,
            detail: detail.into(),
            field: None,
            later: None,
        }
    }

    fn in_field(outcome: &'static Outcome, field: String, message: &str) -> Self {
        Self {
            outcome,
            detail: format!("{field}: {message}").into(),
            field: Some(field),
            later: None,
        }
    }

    /// 400: a proxy and this server could read two hosts out of the request.
    pub(crate) fn ambiguous_host() -> Self {
        Self::new(&AMBIGUOUS_HOST, "send one header Host")
    }

    /// 400: the content did not arrive.
    pub(crate) fn unreadable() -> Self {
        Self::new(&UNREADABLE, "the connection broke or its framing is wrong")
    }

    /// 401. It says the same whatever was wrong: whether a subject exists must not be told apart.
    pub(crate) fn unauthorized() -> Self {
        Self::new(
            &UNAUTHORIZED,
            "a bearer token that belongs to the subject is needed",
        )
    }

    /// 403: a page of this origin may not call.
    pub(crate) fn foreign_origin() -> Self {
        Self::new(
            &FOREIGN_ORIGIN,
            "list the page's origin under [site] origins in the settings",
        )
    }

    /// 404.
    pub(crate) fn not_found() -> Self {
        Self::new(&NOT_FOUND, "no resource has this address")
    }

    /// 405. The router adds `Allow`.
    pub(crate) fn method_not_allowed() -> Self {
        Self::new(
            &METHOD_NOT_ALLOWED,
            "the header Allow names the methods that are",
        )
    }

    /// 408: the client sent nothing more for this many seconds.
    pub(crate) fn request_timeout(seconds: u64) -> Self {
        Self::new(
            &REQUEST_TIMEOUT,
            format!("nothing more of the content came within {seconds} seconds"),
        )
    }

    /// 409: the id in `field` is taken by another record.
    pub(crate) fn conflict(field: String) -> Self {
        let message = "a record with this id and other content is kept already";
        Self::in_field(&CONFLICT, field, message)
    }

    /// 413: more than `limit` bytes.
    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(&TOO_LARGE, format!("at most {limit} bytes are read"))
    }

    /// 415: another type, or another charset, than JSON has.
    pub(crate) fn unsupported_media_type() -> Self {
        Self::new(
            &UNSUPPORTED_MEDIA_TYPE,
            "send JSON in UTF-8 and say so: Content-Type: application/json",
        )
    }

    /// 415: a content coding.
    pub(crate) fn unsupported_coding() -> Self {
        Self::new(
            &UNSUPPORTED_CODING,
            "send it without Content-Encoding; a hundred records fit",
        )
    }

    /// 422: `field` is not as it must be.
    pub(crate) fn malformed(field: impl Into<String>, message: &str) -> Self {
        Self::in_field(&MALFORMED, field.into(), message)
    }

    /// 429: so many seconds later there is room again.
    pub(crate) fn too_many(seconds: u64) -> Self {
        Self {
            later: Some(seconds),
            ..Self::new(
                &TOO_MANY,
                "the limits of the site do not hold it now; send the same again later",
            )
        }
    }

    /// When to come again, in seconds, where that is said.
    pub(crate) const fn later(&self) -> Option<u64> {
        self.later
    }

    /// 501: `CONNECT`, or a WebSocket to the upstream.
    pub(crate) fn no_tunnels() -> Self {
        Self::new(
            &NO_TUNNELS,
            "WebSockets to the site's own server are not passed on; give them a host of their own",
        )
    }

    /// 502: what is wrong with the upstream.
    pub(crate) fn bad_gateway(detail: &'static str) -> Self {
        Self::new(&BAD_GATEWAY, detail)
    }

    /// 504: the upstream was silent for this many seconds.
    pub(crate) fn gateway_timeout(seconds: u64) -> Self {
        Self::new(
            &GATEWAY_TIMEOUT,
            format!("it did not begin to answer within {seconds} seconds"),
        )
    }

    /// 508: this server is its own upstream.
    pub(crate) fn loops() -> Self {
        Self::new(
            &LOOPS,
            "--upstream leads back to this server; give the address of the site's own",
        )
    }

    /// 503: nothing was kept, and the same request may succeed later.
    pub(crate) fn unavailable() -> Self {
        Self::new(&UNAVAILABLE, "send the same again later")
    }
}

/// A store's failure is told, its inside is not.
impl From<StoreError> for ApiError {
    fn from(_: StoreError) -> Self {
        Self::unavailable()
    }
}

/// The same of an error that others got, too.
impl From<Arc<StoreError>> for ApiError {
    fn from(_: Arc<StoreError>) -> Self {
        Self::unavailable()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let outcome = self.outcome;
        let document = Document {
            r#type: outcome.urn(),
            title: outcome.title,
            status: outcome.status.as_u16(),
            detail: &self.detail,
            field: self.field.as_deref(),
        };
        let mut response = (outcome.status, Json(document)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.extend(outcome.header.clone());
        headers.extend(
            self.later
                .map(|seconds| (header::RETRY_AFTER, HeaderValue::from(seconds))),
        );
        response
    }
}
