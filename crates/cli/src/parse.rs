//! `zhiqing parse`.

use crate::args::{Format, Parse};
use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use zhiqing_consent::digest;
use zhiqing_policy::Document;

pub(crate) fn run(args: &Parse) -> Result<ExitCode> {
    let document = read(&args.file)?;
    let printed = match args.format {
        Format::Text => zhiqing_policy::to_text(&document),
        Format::Json => {
            let mut value = serde_json::to_value(&document)?;
            value["digest"] = digest::of_json(&document)?.into();
            serde_json::to_string_pretty(&value)? + "\n"
        }
    };
    print(printed.as_bytes())
}

/// Reads and parses a policy.
pub(crate) fn read(file: &Path) -> Result<Document> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = zhiqing_policy::decode(&bytes).with_context(|| file.display().to_string())?;
    Ok(zhiqing_policy::parse(&text))
}

/// Prints to stdout; a reader that has seen enough (`| head`) is no error.
pub(crate) fn print(bytes: &[u8]) -> Result<ExitCode> {
    match std::io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
