//! `/openapi.json` against the server that gives it: the same addresses, a valid document, and nothing
//! answered to a generated request but what it says.

#[expect(dead_code, reason = "its requests are those of other tests")]
#[path = "../http/app.rs"]
mod app;
#[expect(dead_code, reason = "other tests do more with it")]
#[path = "../http/database.rs"]
mod database;
mod description;
mod document;
mod exact;
mod fuzz;
mod generate;
mod guide;
mod request;
#[expect(dead_code, reason = "its requests are those of other tests")]
#[path = "../attacks/wire.rs"]
mod wire;
