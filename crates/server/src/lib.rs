//! The server: takes records of consent, keeps them in a ledger and answers with receipts.
//! It also serves each site's notice, policies, public key and built files.
//!
//! The straight line of `POST /v1/consents`: [`origin`] says who may call and [`cors`] tells the
//! browser so; [`auth`] reads the bearer token; [`submission`] reads the records; [`notices`]
//! finds what each person was shown, and `zhiqing_consent` checks the record against it;
//! [`entry`] signs the receipt; [`store`] keeps all of them or none; [`lasting`] sets the cookie that
//! outlives what scripts store. Whatever goes wrong becomes
//! a [`problem`] document. [`app`] is what all [`routes`] share, built once from [`hosted`]
//! sites; what never changes while the server runs is an [`asset`]. [`form`] is the same line for whoever
//! has scripts off: its answers are pages. A site's own server may stand behind this one:
//! [`upstream`].
//!
//! Nothing is logged: a subject, a token or a key cannot end up in a log that does not exist.

#![expect(
    rustdoc::private_intra_doc_links,
    reason = "the map is for whoever works on the crate, too"
)]

/// The examples of docs/embedding.md, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/embedding.md")]
struct Embedding;

mod app;
mod asset;
mod auth;
mod cors;
mod entry;
mod form;
mod hosted;
mod lasting;
mod notices;
mod origin;
mod problem;
mod routes;
mod serve;
mod store;
mod submission;
mod upstream;

pub use app::ServerError;
pub use ed25519_dalek::SigningKey;
pub use hosted::{Hosted, PageFile, Policy};
pub use routes::router;
pub use serve::serve;
pub use store::{Store, StoreError};
pub use upstream::{Front, Upstream, UpstreamError, in_front};
