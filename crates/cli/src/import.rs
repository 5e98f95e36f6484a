//! `zhiqing import`.

use crate::args::Import;
use crate::{input, parse, store};
use anyhow::{Context, Result};
use serde_json::json;
use std::process::ExitCode;
use zhiqing_server::Store;

pub(crate) fn run(args: &Import) -> Result<ExitCode> {
    let (name, file) = input::open(&args.file)?;
    let store = store::open(&args.store.address()?, Store::open)?;
    let sites = store.import(file).context(name)?;
    for site in &sites {
        eprintln!(
            "zhiqing: site {}: {} of {} records are new",
            site.site, site.new, site.records
        );
    }
    parse::print((serde_json::to_string_pretty(&json!({ "sites": sites }))? + "\n").as_bytes())
}
