//! The API as a client sees it, on PostgreSQL: what is kept and read there, by the tests of `tests/http`.
//! What needs no store is tested there alone.

#[path = "../http/app.rs"]
mod app;
mod away;
#[path = "../http/consents_cookie.rs"]
mod consents_cookie;
#[path = "../http/consents_history.rs"]
mod consents_history;
#[path = "../http/consents_post.rs"]
mod consents_post;
mod crowd;
mod database;
#[path = "../http/form.rs"]
mod form;
#[path = "../http/form_refused.rs"]
mod form_refused;
#[path = "../http/form_standing.rs"]
mod form_standing;
#[path = "../http/health.rs"]
mod health;
mod servers;
#[path = "../http/socket.rs"]
mod socket;
#[path = "../http/store_clock.rs"]
mod store_clock;
#[path = "../http/store_older.rs"]
mod store_older;
#[path = "../http/transfer.rs"]
mod transfer;
#[path = "../http/transfer_refused.rs"]
mod transfer_refused;
