//! Messages as they are passed on: RFC 9110, 7.6, and RFC 9112, 6.

use crate::problem::ApiError;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{ConnectInfo, Request};
use axum::http::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, EXPECT, HOST, TE, TRANSFER_ENCODING, UPGRADE, VIA,
};
use axum::http::uri::{Authority, PathAndQuery, Scheme};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, Version};
use axum::response::Response;
use http_body::{Frame, SizeHint};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
/// Each concerns one connection only; `Connection` names more.
const OF_ONE_HOP: [HeaderName; 6] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    TE,
    TRANSFER_ENCODING,
    UPGRADE,
];
/// How we call ourselves on the way (RFC 9110, 7.6.3).
const US: &str = "1.1 zhiqing";

/// The request as the upstream gets it; its body streams.
pub(super) fn request(request: Request, upstream: &Authority) -> Result<Request, ApiError> {
    let (mut parts, body) = request.into_parts();
    if parts.method == Method::CONNECT || wants_websocket(&parts.headers) {
        return Err(ApiError::no_tunnels());
    }
    if parts.headers.get_all(HOST).iter().count() > 1 {
        return Err(ApiError::unreadable());
    }
    if parts.headers.get_all(VIA).iter().any(names_us) {
        return Err(ApiError::loops());
    }
    // RFC 9112, 3.2.2: an address with a host counts more than `Host`.
    if let Some(host) = parts.uri.authority() {
        let host = HeaderValue::from_str(host.as_str()).map_err(|_| ApiError::unreadable())?;
        parts.headers.insert(HOST, host);
    }
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(address)| *address);
    // Whatever the client said of it: the length is that of the body which was read, and told once.
    let is_sized = parts.headers.remove(CONTENT_LENGTH).is_some();
    remove_of_one_hop(&mut parts.headers);
    if let (true, Some(length)) = (is_sized, body.size_hint().exact()) {
        parts.headers.insert(CONTENT_LENGTH, length.into());
    }
    // This server says "continue" when the upstream reads.
    parts.headers.remove(EXPECT);
    ask_for_plain_pages(&mut parts.headers);
    tell_who_asked(&mut parts.headers, peer);

    let path = parts.uri.path_and_query().cloned();
    let path = path.unwrap_or_else(|| PathAndQuery::from_static("/"));
    let uri = Uri::builder()
        .scheme(Scheme::HTTP)
        .authority(upstream.clone())
        .path_and_query(path)
        .build();
    parts.uri = uri.map_err(|_| ApiError::unreadable())?;
    parts.version = Version::HTTP_11;
    parts.extensions.clear();
    Ok(Request::from_parts(parts, body))
}

/// The upstream's response as the client gets it.
pub(super) fn response(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    remove_of_one_hop(&mut parts.headers);
    parts.extensions.clear();
    // A response to HEAD or to a condition has no body, and its length is that of another one.
    let body = match body.is_end_stream() {
        true => Body::new(Absent),
        false => body,
    };
    Response::from_parts(parts, body)
}

/// Removes what concerns one connection, and what `Connection` names.
fn remove_of_one_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .flat_map(|value| value.as_bytes().split(|&byte| byte == b','))
        .filter_map(|name| HeaderName::from_bytes(name.trim_ascii()).ok())
        // What says whom the message is for is not of one hop, whoever says so.
        .filter(|name| name != HOST)
        .collect();
    for name in named.iter().chain(&OF_ONE_HOP) {
        headers.remove(name);
    }
}

fn wants_websocket(headers: &HeaderMap) -> bool {
    headers.get_all(UPGRADE).iter().any(|value| {
        let mut names = value.as_bytes().split(|&byte| byte == b',');
        names.any(|name| name.trim_ascii().eq_ignore_ascii_case(b"websocket"))
    })
}

fn names_us(via: &HeaderValue) -> bool {
    let mut hops = via.as_bytes().split(|&byte| byte == b',');
    hops.any(|hop| hop.trim_ascii() == US.as_bytes())
}

/// The snippet cannot be put into what is compressed, so only that is asked for compressed which
/// is no page: where the browser says so.
fn ask_for_plain_pages(headers: &mut HeaderMap) {
    const MAYBE_PAGES: [&[u8]; 7] = [
        b"document",
        b"iframe",
        b"frame",
        b"fencedframe",
        b"embed",
        b"object",
        b"empty",
    ];
    let is_no_page = |wanted: &HeaderValue| !MAYBE_PAGES.contains(&wanted.as_bytes());
    if !headers.get(SEC_FETCH_DEST).is_some_and(is_no_page) {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }
}

/// What a proxy in front of this one said of the client counts; we add ourselves.
fn tell_who_asked(headers: &mut HeaderMap, peer: Option<SocketAddr>) {
    if let Some(peer) = peer {
        add_to_list(
            headers,
            FORWARDED_FOR,
            &peer.ip().to_canonical().to_string(),
        );
    }
    if !headers.contains_key(FORWARDED_PROTO) {
        headers.insert(FORWARDED_PROTO, HeaderValue::from_static("http"));
    }
    if let (false, Some(host)) = (headers.contains_key(FORWARDED_HOST), headers.get(HOST)) {
        let host = host.clone();
        headers.insert(FORWARDED_HOST, host);
    }
    add_to_list(headers, VIA, US);
}

fn add_to_list(headers: &mut HeaderMap, name: HeaderName, item: &str) {
    let mut items: Vec<&[u8]> = headers
        .get_all(&name)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    items.push(item.as_bytes());
    if let Ok(value) = HeaderValue::from_bytes(&items.join(&b", "[..])) {
        headers.insert(name, value);
    }
}

/// The body of a message that has none, which does not claim to be of length 0.
struct Absent;

impl HttpBody for Absent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
