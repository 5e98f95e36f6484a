//! How well kinds and terms are told: precision, recall and F1 against labels made by reading.
//!
//! `cargo xtask evaluate` scores the five policies (where they are), the sentences for writing rules
//! and those held out. `cargo xtask evaluate errors practice [KIND]` lists what is wrong in the
//! sentences for writing rules, or in `seeds`; what is held out is never listed, so that no rule is
//! written from it. `cargo xtask evaluate policy FILE LABELS` scores labelled lines of any policy,
//! `cargo xtask evaluate why SENTENCE` shows which words and rules speak for what.

#[path = "../tests/scoring/mod.rs"]
mod scoring;

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::process::ExitCode;

use scoring::{Count, Scores, labels};

fn main() -> ExitCode {
    let mut out = String::new();
    let code = run(&mut out);
    // A reader that has seen enough (`| head`) is no error.
    let _ = io::stdout().lock().write_all(out.as_bytes());
    code
}

fn run(out: &mut String) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => {
            for set in ["seeds", "practice", "held_out"] {
                match scores(set) {
                    Some(scores) => table(out, set, &scores),
                    None => out.push_str(&format!("{set}: not here, not scored\n\n")),
                }
            }
        }
        ["errors", set @ ("seeds" | "practice"), rest @ ..] => {
            if let Some(scores) = scores(set) {
                errors(out, &scores, rest.first().copied());
            }
        }
        ["why", sentence] => out.push_str(&zhiqing_policy::learn::why(sentence)),
        ["policy", rest @ ..] if rest.len() >= 2 && rest.len() % 2 == 0 => {
            let mut scores = Scores::default();
            for pair in rest.chunks(2) {
                if let Err(error) = policy(&mut scores, pair[0], pair[1]) {
                    eprintln!("evaluate: {}: {error}", pair[0]);
                    return ExitCode::from(2);
                }
            }
            table(out, "policies", &scores);
            errors(out, &scores, None);
        }
        _ => {
            eprintln!(
                "usage: evaluate [errors seeds|practice [KIND] | why SENTENCE | \
                 policy FILE LABELS [FILE LABELS]…]"
            );
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn scores(set: &str) -> Option<Scores> {
    if set == "seeds" {
        return scoring::of_seeds();
    }
    let file = scoring::folder().join(format!("{set}.tsv"));
    let text = fs::read_to_string(file).ok()?;
    Some(scoring::of_sentences(set, &labels(&text, true)))
}

fn policy(scores: &mut Scores, file: &str, table: &str) -> Result<(), Box<dyn std::error::Error>> {
    let text = zhiqing_policy::decode_vec(fs::read(file)?)?;
    let labels = labels(&fs::read_to_string(table)?, false);
    scoring::of_policy(scores, file, &text, &labels);
    Ok(())
}

fn table(out: &mut String, set: &str, scores: &Scores) {
    let _ = writeln!(out, "{set}: {} lines or sentences", scores.labels);
    let _ = writeln!(
        out,
        "{:18}{:>6}{:>7}{:>7}{:>7}",
        "kind", "in all", "prec.", "recall", "F1"
    );
    for (kind, count) in &scores.kinds {
        row(out, kind, *count);
    }
    let _ = writeln!(out, "{:18}{:>27.3}\n", "macro", scores.macro_f1());
    for (category, count) in &scores.categories {
        row(out, category, *count);
    }
    row(out, "sensitive terms", scores.sensitive);
    out.push('\n');
}

fn row(out: &mut String, name: &str, count: Count) {
    let _ = writeln!(
        out,
        "{name:18}{:>6}{:>7.3}{:>7.3}{:>7.3}",
        count.right + count.missed,
        count.precision(),
        count.recall(),
        count.f1()
    );
}

fn errors(out: &mut String, scores: &Scores, kind: Option<&str>) {
    for miss in &scores.misses {
        if kind.is_none_or(|kind| miss.what.starts_with(kind)) {
            let sign = if miss.found { '+' } else { '-' };
            let _ = writeln!(
                out,
                "{sign}{}\t{}:{}\t{}",
                miss.what, miss.set, miss.line, miss.text
            );
        }
    }
}
