//! The API as a client sees it, one file an address, on SQLite; `tests/postgres` runs the same on PostgreSQL.

mod app;
mod consents_cookie;
mod consents_history;
mod consents_post;
mod consents_refused;
mod database;
mod files;
mod form;
mod form_refused;
mod form_standing;
mod health;
mod limits;
mod origins;
mod policies;
mod sites_key;
mod sites_notice;
mod socket;
mod start;
mod store_away;
mod store_clock;
mod store_full;
mod store_read_only;
mod transfer;
mod transfer_refused;
mod unknown;
mod upstream;
