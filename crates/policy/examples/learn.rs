//! Writes `data/kinds/weights.txt`, what words weigh, from `tests/labels/practice.tsv`:
//! `cargo xtask learn`. With `--check` it writes nothing and fails where the file is not what the
//! sentences give.

#[path = "../tests/scoring/mod.rs"]
#[expect(dead_code, reason = "the labels are read, nothing is scored")]
mod scoring;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use zhiqing_policy::learn::{Labelled, Settings, weights};

const HEAD: &str = "\
# What words and rules weigh for each kind; src/annotate/weights.rs tells the form.
# Drawn from tests/labels/practice.tsv by `cargo xtask learn`: change the sentences, not this file.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: learn [--check]");
            return ExitCode::from(2);
        }
    };
    match run(check) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("learn: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(check: bool) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(scoring::folder().join("practice.tsv"))?;
    let labels = scoring::labels(&text, true).into_iter();
    let sentences: Vec<Labelled> = labels
        .map(|label| Labelled {
            kinds: label.kinds,
            sentence: label.sentence,
        })
        .collect();
    let drawn = format!("{HEAD}{}", weights(&sentences, Settings::default()));
    let file = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/kinds/weights.txt"
    ));
    let same = fs::read_to_string(file).is_ok_and(|text| text == drawn);
    if check && !same {
        return Err(
            "data/kinds/weights.txt is not what tests/labels/practice.tsv and the rules \
                    give: run `cargo xtask learn`"
                .into(),
        );
    }
    if !same {
        fs::write(file, drawn)?;
    }
    Ok(())
}
