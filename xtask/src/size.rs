//! What a page loads, as it goes over the wire, and what is compiled in, against the budgets of the
//! design.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;

use crate::workspace::Workspace;
use crate::{command, demo, module, program, tools, weight};

const KB: usize = 1024;

/// What is blocking in `<head>`, with the notice's Chinese text in it.
const SCRIPT_BUDGET: usize = 8 * KB;
/// What loads after the first paint.
const MODULE: [&str; 2] = ["zhiqing_glue.js", "zhiqing_bg.wasm"];
const MODULE_BUDGET: usize = 40 * KB;
/// It is over that budget, and may not grow.
const MODULE_REACHED: usize = 69 * KB;
/// What loads in the module's place where there is no WebAssembly.
const FALLBACK_BUDGET: usize = 90 * KB;

/// What tells kinds and terms: rules, weights and lexicon, compiled into the command.
const RULES_BUDGET: usize = 24 * KB;
const RULES: &str = "crates/policy/data/kinds";
const LEXICON: &str = "crates/policy/data/terms.tsv";

/// One thing that a page loads, or that is compiled in.
#[derive(Debug)]
struct Row {
    name: &'static str,
    bytes: usize,
    budget: usize,
    /// More than this fails: the budget or, where that is not reached yet, what has been.
    most: usize,
}

/// Builds the sample site and weighs it; the exit code tells whether everything is as small as it has to
/// be.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    let zhiqing = command::build(workspace)?;
    let site = workspace.target("size-site");
    // Files of an earlier build must not be weighed in place of missing ones.
    fs::remove_dir_all(&site).ok();
    program::run(
        "build the sample site",
        program::command(zhiqing)
            .current_dir(workspace.root())
            .args(["build", demo::SITE, "--out"])
            .arg(&site),
    )?;

    let mut module_bytes = 0;
    for file in MODULE {
        module_bytes += weigh(&site.join(file))?;
    }
    let rows = [
        Row {
            name: "zhiqing.js",
            bytes: weigh(&site.join("zhiqing.js"))?,
            budget: SCRIPT_BUDGET,
            most: SCRIPT_BUDGET,
        },
        Row {
            name: "zhiqing.inline.html",
            bytes: weigh(&site.join("zhiqing.inline.html"))?,
            budget: SCRIPT_BUDGET,
            most: SCRIPT_BUDGET,
        },
        Row {
            name: "module + glue",
            bytes: module_bytes,
            budget: MODULE_BUDGET,
            most: MODULE_REACHED,
        },
        Row {
            name: "zhiqing.fallback.js",
            bytes: weigh(&site.join("zhiqing.fallback.js"))?,
            budget: FALLBACK_BUDGET,
            most: FALLBACK_BUDGET,
        },
        Row {
            name: "rules and lexicon",
            bytes: rules(workspace)?,
            budget: RULES_BUDGET,
            most: RULES_BUDGET,
        },
    ];
    print!("{}", table(&rows));
    let named = module::named(workspace, &tools::ensure(workspace)?)?;
    print!("\n{}", weight::table(&named)?);
    if rows.iter().all(Row::passes) {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("xtask: something is larger than it may be");
    Ok(ExitCode::FAILURE)
}

impl Row {
    fn passes(&self) -> bool {
        self.bytes <= self.most
    }
}

/// The data files of the annotation as one, as they are compiled in, remarks included.
fn rules(workspace: &Workspace) -> Result<usize> {
    let folder = workspace.root().join(RULES);
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {RULES}"))?;
    let mut files = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.push(workspace.root().join(LEXICON));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        all.extend(read(&file)?);
    }
    pack(&all)
}

/// Bytes of a file under brotli at its best, which is what a server sends of a static file.
fn weigh(path: &Path) -> Result<usize> {
    pack(&read(path)?)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn pack(bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let settings = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &settings).context("cannot compress")?;
    Ok(packed.len())
}

/// The rows as aligned text, bytes after brotli beside their budget.
fn table(rows: &[Row]) -> String {
    let mut text = format!("{:<20} {:>10} {:>8}\n", "file", "brotli-11", "budget");
    for row in rows {
        let verdict = if row.bytes <= row.budget {
            format!("{} left", row.budget - row.bytes)
        } else {
            let held = match row.most > row.budget {
                true => format!(", held at {}", row.most),
                false => String::new(),
            };
            format!("{} over{held}", row.bytes - row.budget)
        };
        let Row {
            name,
            bytes,
            budget,
            ..
        } = row;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:<20} {bytes:>10} {budget:>8}  {verdict}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_tells_what_is_left_and_what_is_over() {
        let rows = [
            Row {
                name: "zhiqing.js",
                bytes: 8192,
                budget: 8192,
                most: 8192,
            },
            Row {
                name: "module + glue",
                bytes: 41_000,
                budget: 40_960,
                most: 41_000,
            },
            Row {
                name: "zhiqing.inline.html",
                bytes: 8193,
                budget: 8192,
                most: 8192,
            },
        ];
        assert_eq!(
            table(&rows),
            "\
file                  brotli-11   budget
zhiqing.js                 8192     8192  0 left
module + glue             41000    40960  40 over, held at 41000
zhiqing.inline.html        8193     8192  1 over
"
        );
        assert_eq!(rows.map(|row| row.passes()), [true, true, false]);
    }
}
