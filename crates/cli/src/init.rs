//! `zhiqing init`.

use crate::args::Init;
use crate::parse;
use anyhow::{Context, Result, bail};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

pub(crate) fn run(args: &Init) -> Result<ExitCode> {
    // The settings name the policy, and every build reads it again.
    if args.file == Path::new("-") {
        bail!(
            "init cannot draft from standard input (`-`): the settings name the policy's file; \
             save the policy as a file, and name that"
        );
    }
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
    let out = args.out.display();
    let questions = asked(draft.questions);
    eprintln!("zhiqing: wrote {out} with {questions}, then try: zhiqing serve {out}");
    Ok(ExitCode::SUCCESS)
}

/// How many questions there are, and what to do about them.
fn asked(count: usize) -> String {
    match count {
        0 => "no question; read it".to_owned(),
        1 => "1 question; answer it".to_owned(),
        count => format!("{count} questions; answer them"),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_need_a_file() {
        let args = Init {
            file: "-".into(),
            out: std::env::temp_dir().join("zhiqing-init-never-written.toml"),
        };
        let refused = run(&args).expect_err("no file").to_string();
        assert!(refused.contains("standard input"), "{refused}");
        assert!(!args.out.exists());
    }

    #[test]
    fn questions_are_counted() {
        assert_eq!(asked(0), "no question; read it");
        assert_eq!(asked(1), "1 question; answer it");
        assert_eq!(asked(2), "2 questions; answer them");
    }
}
