//! What the whole-line tests share: the command, the server, a browser, and a host for pages.
//!
//! The straight line: `program` finds what `cargo xtask test` built and installed; `process`
//! starts it and ends it; [`command`] runs `zhiqing` to its end, [`Server`] keeps it serving a
//! [`Site`]; [`Browser`] is a phone-sized Chromium that a [`Visit`] points at the server, or a test
//! at [`Pages`] of its own, and [`netlog`] is what it asked the network for; [`http`] asks the API as
//! any client would. [`states`] lists what a person can see, [`look`] how it is looked at, [`axe`]
//! what is wrong with it.
//!
//! Everything is on loopback, in temporary folders, and gone when the value is dropped.

pub mod axe;
pub mod browser;
pub mod carrying;
pub mod chaos;
pub mod clock;
pub mod collector;
pub mod command;
mod driver;
pub mod engine;
pub mod expected;
pub mod front;
pub mod http;
pub mod look;
mod loopback;
pub mod netlog;
pub mod pages;
mod process;
mod program;
pub mod record;
pub mod remote;
pub mod scriptless;
pub mod server;
pub mod site;
pub mod states;
pub mod stay;
mod stores;
mod tabs;
pub mod text;
mod translated;
pub mod visit;

pub use browser::Browser;
pub use chaos::Chaos;
pub use collector::Collector;
pub use command::{zhiqing, zhiqing_reading};
pub use http::Answer;
pub use look::Look;
pub use pages::{Page, Pages};
pub use scriptless::Scriptless;
pub use server::Server;
pub use site::Site;
pub use states::{STATES, State};
pub use visit::Visit;
