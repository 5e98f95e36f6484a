//! The API as a client sees it, one file an address.

mod app;
mod consents_cookie;
mod consents_history;
mod consents_post;
mod files;
mod form;
mod form_refused;
mod form_standing;
mod health;
mod origins;
mod policies;
mod sites_key;
mod sites_notice;
mod socket;
mod start;
mod store_away;
mod unknown;
mod upstream;
