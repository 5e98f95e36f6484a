//! The server: takes records of consent, keeps them in a ledger and answers with receipts.
//! It also serves each site's notice, policies, public key and built files.
//!
//! The straight line of `POST /v1/consents`: [`origin`] says who may call and [`cors`] tells the
//! browser so; [`auth`] reads the bearer token; [`content`] takes what is sent, in time, and [`submission`] reads the records; [`notices`]
//! finds what each person was shown, and `zhiqing_consent` checks the record against it;
//! [`entry`] signs the receipt; [`store`] keeps all of them or none; [`lasting`] sets the cookie that
//! outlives what scripts store. Whatever goes wrong becomes
//! a [`problem`] document. [`app`] is what all [`routes`] share, built once from [`hosted`]
//! sites; what never changes while the server runs is an [`asset`]. [`form`] is the same line for whoever
//! has scripts off: its answers are pages. A site's own server may stand behind this one:
//! [`upstream`]. What the API is, [`openapi`] says to programs. [`transfer`] takes a ledger from one store to another.
//!
//! [`address`] tells who calls, as far as proxies can be trusted, and [`limit`] how much of them is taken.
//! [`watch`] tells of each request what [`metrics`] count and the log (`tracing`) may say: never a subject, a
//! token, an address or a key.

#![expect(
    rustdoc::private_intra_doc_links,
    reason = "the map is for whoever works on the crate, too"
)]

/// The examples of docs/embedding.md, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/embedding.md")]
struct Embedding;

mod address;
mod app;
mod asset;
mod auth;
mod clock;
mod content;
mod cors;
mod entry;
mod form;
mod framing;
mod hosted;
mod lasting;
mod limit;
mod media;
mod metrics;
mod notices;
mod openapi;
mod origin;
mod problem;
mod routes;
mod serve;
mod store;
mod strict;
mod submission;
pub mod transfer;
mod upstream;
mod watch;

pub use app::{Options, ServerError};
pub use ed25519_dalek::SigningKey;
pub use hosted::{Hosted, PageFile, Policy};
pub use ipnet::IpNet;
pub use limit::Limits;
pub use routes::{router, router_with};
pub use serve::{Connections, serve, serve_with};
pub use store::{Store, StoreError};
pub use upstream::{Front, Upstream, UpstreamError, in_front};
