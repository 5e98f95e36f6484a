//! `zhiqing check`.

mod explain;
mod sarif;
mod text;

use crate::args::{Check, Language, Report};
use crate::parse;
use anyhow::{Context, Result};
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;
use zhiqing_policy::check::{self, Finding, Locale};

/// Something was found.
const FINDINGS: u8 = 1;

/// What `--format json` prints.
#[derive(Serialize)]
struct Printed<'a> {
    findings: &'a [Finding],
}

pub(crate) fn run(args: &Check) -> Result<ExitCode> {
    let locale = match args.locale {
        Language::En => Locale::En,
        Language::ZhCn => Locale::ZhCn,
    };
    if let Some(name) = &args.explain {
        return parse::print(explain::of(name, locale)?.as_bytes());
    }
    let file = args.file.as_deref().context("no file is named")?;
    let source = parse::source(file)?;
    let document = zhiqing_policy::parse(&source);
    let findings = check::check(&document, &source, locale);
    if !check::is_whole(&document) {
        eprintln!("zhiqing: {}: {}", name(file), text::partial(locale));
    }
    let printed = match args.format {
        Report::Text => text::of(&findings, &name(file), locale),
        Report::Json => {
            let findings = &findings;
            serde_json::to_string_pretty(&Printed { findings })? + "\n"
        }
        Report::Sarif => {
            let log = sarif::of(&findings, &name(file), locale);
            serde_json::to_string_pretty(&log)? + "\n"
        }
    };
    parse::print(printed.as_bytes())?;
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FINDINGS)
    })
}

/// The file as it was named; standard input by a name of its own.
fn name(file: &Path) -> String {
    if file == Path::new("-") {
        "stdin".to_owned()
    } else {
        file.display().to_string()
    }
}
