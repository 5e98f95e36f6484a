//! `zhiqing export`.

use crate::args::Export;
use crate::store;
use anyhow::Result;
use std::io::{self, BufWriter, IsTerminal};
use std::process::ExitCode;
use zhiqing_server::Store;

/// Of what is written at once, in bytes.
const BUFFER: usize = 256 * 1024;

pub(crate) fn run(args: &Export) -> Result<ExitCode> {
    let store = store::open(&args.store.address()?, Store::open_existing)?;
    let out = io::stdout().lock();
    if out.is_terminal() {
        eprintln!("zhiqing: what follows is people's consent; `zhiqing export > FILE` keeps it");
    }
    let written = store.export(&args.sites, &mut BufWriter::with_capacity(BUFFER, out))?;
    for site in &written.sites {
        eprintln!(
            "zhiqing: site {}: {} records, {} notices",
            site.site, site.records, site.notices
        );
    }
    if written.sites.is_empty() {
        eprintln!("zhiqing: the store has no site yet");
    }
    Ok(ExitCode::SUCCESS)
}
