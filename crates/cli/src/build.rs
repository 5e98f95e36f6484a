//! `zhiqing build`.

use crate::args::Build;
use crate::{module, parse, questions};
use anyhow::{Context, Result};
use std::fs;
use std::process::ExitCode;
use zhiqing_site::{Site, page};

pub(crate) fn run(args: &Build) -> Result<ExitCode> {
    let site = Site::load(&args.site)?;
    let files = page::build(&site, module::module()?)?;
    let csp = page::csp(&site)?;
    for file in &files {
        let path = args.out.join(&file.name);
        let changed = || fs::read(&path).is_ok_and(|there| there != file.bytes);
        if file.name.starts_with("policy/") && changed() {
            eprintln!(
                "zhiqing: {} changes although its version does not: people who decided on it are \
                 not asked again; a new text needs a new version, and the old one its place \
                 under [[policy.previous]]",
                path.display()
            );
        }
        let folder = path.parent().unwrap_or(&args.out);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, &file.bytes))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let report = serde_json::json!({
        "site": site.notice.site,
        "policy": site.notice.policy,
        "notice": site.notice.digest,
        "files": names,
        "content_security_policy": { "external": csp.external(), "inline": csp.inline() },
    });
    eprintln!(
        "zhiqing: wrote {} files to {}",
        files.len(),
        args.out.display()
    );
    questions::tell(&args.site);
    for (form, line) in [
        ("<script src=\"zhiqing.js\">", csp.external()),
        ("zhiqing.inline.html", csp.inline()),
    ] {
        eprintln!(
            "zhiqing: the strictest policy under which {form} works; add what your own page needs, and \
             leave out the last two directives where it does not use Trusted Types\n  \
             Content-Security-Policy: {line}"
        );
    }
    parse::print((serde_json::to_string_pretty(&report)? + "\n").as_bytes())
}
