//! Who a request comes from, as far as those in between can be trusted.

use crate::app::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The address of a request's client; `None` where no socket tells.
pub(crate) struct Address(pub(crate) Option<IpAddr>);

impl FromRequestParts<Arc<App>> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self::of(parts, &app.trusted_proxies))
    }
}

impl Address {
    /// Of a request that came through proxies of which these are trusted.
    pub(crate) fn of(parts: &Parts, trusted: &[IpNet]) -> Self {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Self(peer.map(|ConnectInfo(peer)| client(peer.ip(), &parts.headers, trusted)))
    }
}

/// The last address in `X-Forwarded-For` that no trusted proxy has: each proxy adds whom it speaks to at the
/// end, and whatever stands before may be the client's invention.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |ip: &IpAddr| trusted.iter().any(|net| net.contains(ip));
    let mut client = peer.to_canonical();
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    for line in lines {
        // By its bytes: what a client puts in front, in whatever letters, must not hide what a proxy adds.
        for told in line.as_bytes().rsplit(|byte| *byte == b',') {
            if !is_trusted(&client) {
                return client;
            }
            let told = std::str::from_utf8(told).ok();
            match told.and_then(|told| told.trim().parse::<IpAddr>().ok()) {
                Some(ip) => client = ip.to_canonical(),
                // A proxy that hides whom it speaks to: what is before is not its own word.
                None => return client,
            }
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[track_caller]
    fn case(peer: &str, forwarded: &[&'static str], expected: &str) {
        let headers: HeaderMap = forwarded
            .iter()
            .map(|line| {
                let name = axum::http::HeaderName::from_static("x-forwarded-for");
                let line = HeaderValue::from_bytes(line.as_bytes());
                (name, line.expect("a header"))
            })
            .collect();
        let trusted = ["127.0.0.0/8", "10.0.0.0/8"].map(|net| net.parse().expect("a network"));
        let found = client(peer.parse().expect("an address"), &headers, &trusted);
        assert_eq!(found.to_string(), expected, "{peer} {forwarded:?}");
    }

    #[test]
    fn only_what_trusted_proxies_added_counts() {
        case("203.0.113.9", &[], "203.0.113.9");
        case("203.0.113.9", &["1.2.3.4"], "203.0.113.9");
        case("127.0.0.1", &[], "127.0.0.1");
        case("127.0.0.1", &["203.0.113.9"], "203.0.113.9");
        case("127.0.0.1", &["é, 203.0.113.9"], "203.0.113.9");
        case("127.0.0.1", &["1.2.3.4, 203.0.113.9"], "203.0.113.9");
        case("127.0.0.1", &["1.2.3.4", "203.0.113.9"], "203.0.113.9");
        case("127.0.0.1", &["203.0.113.9, 10.0.0.7"], "203.0.113.9");
        case("10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.1");
        case("127.0.0.1", &["203.0.113.9, , 10.0.0.7"], "10.0.0.7");
        case("::ffff:127.0.0.1", &["::ffff:203.0.113.9"], "203.0.113.9");
        case("127.0.0.1", &["[2001:db8::1]:443"], "127.0.0.1");
        case("127.0.0.1", &["2001:db8::1"], "2001:db8::1");
    }
}
