//! Site settings to what a page and a server need.
//!
//! The straight line: [`Settings`](settings::Settings) are read from `site.toml`, every mistake
//! named with file, line and field; [`Site::load`] reads the policy that they name and draws the
//! [`Notice`](zhiqing_consent::Notice); [`page`] renders the page's files from it, [`Csp`] says what they need. The other
//! way, [`init`] drafts settings from a policy.

pub mod ask_again;
pub mod catalogue;
mod csp;
mod guard;
pub mod init;
pub mod page;
pub mod settings;
pub mod site;
mod styles;
mod texts;

pub use csp::Csp;
pub use page::{Module, PageFile};
pub use settings::SettingsError;
pub use site::{Limits, PolicyVersion, Site};
