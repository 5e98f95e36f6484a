//! `zhiqing init`.

use crate::args::Init;
use crate::parse;
use anyhow::{Context, Result, bail};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

pub(crate) fn run(args: &Init) -> Result<ExitCode> {
    let document = parse::read(&args.file)?;
    let name = args.file.file_stem().unwrap_or_default().to_string_lossy();
    let draft = zhiqing_site::init::draft(&document, &seen_from(&args.out, &args.file)?, &name);
    // Never over a file that is there: somebody may have spent a day on it.
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&args.out);
    let mut file = match file {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!(
            "{} is there already and stays as it is; choose another file with --out",
            args.out.display()
        ),
        other => other.with_context(|| format!("cannot write {}", args.out.display()))?,
    };
    file.write_all(draft.settings.as_bytes())?;
    for doubt in &draft.doubts {
        eprintln!(
            "zhiqing: {} does not look like a privacy policy: {doubt}",
            args.file.display()
        );
    }
    eprintln!(
        "zhiqing: wrote {} with {} questions; answer them, then try: zhiqing serve {0}",
        args.out.display(),
        draft.questions
    );
    Ok(ExitCode::SUCCESS)
}

/// The policy's path as settings at `out` shall name it: relative where that is possible.
fn seen_from(out: &Path, policy: &Path) -> Result<String> {
    let (out, policy) = (absolute(out)?, absolute(policy)?);
    let folder = out.parent().unwrap_or(Path::new("/"));
    let path: PathBuf = pathdiff::diff_paths(&policy, folder).unwrap_or(policy);
    path.to_str().map(str::to_owned).with_context(|| {
        format!(
            "{} is no UTF-8 path, and settings can name no other",
            path.display()
        )
    })
}
