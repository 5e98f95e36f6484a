//! The module that runs in the page, carried inside the command.

use anyhow::{Context, Result};
use zhiqing_site::Module;

const MODULE: Option<Module<'static>> = include!(concat!(env!("OUT_DIR"), "/module.rs"));

/// The module.
///
/// # Errors
/// A command that was built without it, by plain cargo.
pub(crate) fn module() -> Result<Module<'static>> {
    MODULE.context(
        "this zhiqing was built without the module that runs in the page; \
         build it with `cargo xtask build`",
    )
}
