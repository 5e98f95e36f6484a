//! `zhiqing parse`.

use crate::args::{Format, Parse};
use anyhow::{Context, Result};
use serde::Serialize;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use zhiqing_consent::digest;
use zhiqing_policy::Document;

/// The document and the digest under which the ledger knows it.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    document: &'a Document,
    digest: String,
}

pub(crate) fn run(args: &Parse) -> Result<ExitCode> {
    let document = zhiqing_policy::parse(&source(&args.file)?);
    match args.format {
        Format::Text => print(zhiqing_policy::to_text(&document).as_bytes()),
        Format::Json => {
            let printed = Printed {
                digest: digest::of_json(&document)?,
                document: &document,
            };
            // Written as it is made: the JSON of a long policy is several times its size.
            let mut out = BufWriter::new(io::stdout().lock());
            let written = serde_json::to_writer_pretty(&mut out, &printed)
                .map_err(io::Error::from)
                .and_then(|()| out.write_all(b"\n"))
                .and_then(|()| out.flush());
            done(written)
        }
    }
}

/// Reads and parses a policy.
pub(crate) fn read(file: &Path) -> Result<Document> {
    Ok(zhiqing_policy::parse(&source(file)?))
}

/// The text of a file, or of standard input where the file is `-`. An error says which.
pub(crate) fn source(file: &Path) -> Result<String> {
    let (bytes, name) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        read.context("cannot read standard input")?;
        (bytes, "standard input".to_owned())
    } else {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        (bytes, file.display().to_string())
    };
    zhiqing_policy::decode_vec(bytes).context(name)
}

/// Prints to stdout; a reader that has seen enough (`| head`) is no error.
pub(crate) fn print(bytes: &[u8]) -> Result<ExitCode> {
    done(io::stdout().lock().write_all(bytes))
}

fn done(written: io::Result<()>) -> Result<ExitCode> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
