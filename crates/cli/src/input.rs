//! Files that are read as they come, however long they are.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// A file and its name, or standard input where the file is `-`.
pub(crate) fn open(file: &Path) -> Result<(String, Box<dyn BufRead>)> {
    if file == Path::new("-") {
        return Ok(("standard input".into(), Box::new(io::stdin().lock())));
    }
    let name = file.display().to_string();
    let opened = File::open(file).with_context(|| format!("cannot read {name}"))?;
    Ok((name, Box::new(BufReader::new(opened))))
}
