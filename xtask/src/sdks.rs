//! SDKs of trackers, as their makers publish them: tests start them in a page.

use std::path::PathBuf;

use anyhow::Result;

use crate::npm::Packages;
use crate::workspace::Workspace;

/// The environment variable by which the tests find them.
pub(crate) const FOLDER_VARIABLE: &str = "ZHIQING_SDKS";

/// The folder `node_modules` with the SDKs.
///
/// # Errors
/// One sentence where they cannot be fetched.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let sdks = Packages {
        what: "the SDKs that the tests start in a page",
        manifests: "tests/sdks",
        folder: "sdks",
    };
    sdks.ensure(workspace)
}
