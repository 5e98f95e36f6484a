//! How fast two versions of a policy are compared: `cargo bench -p zhiqing-policy --bench diff`.
//!
//! A table gives the best of three runs for each pair of texts and each size, parsing left out, and
//! tells whether time grows with the length of the text: a byte of the longest against one of the
//! shortest.

use std::time::Instant;

use zhiqing_policy::{Document, diff, parse};

mod input;

use input::{FORMATS, SIZES};

/// A name, and what becomes of a text.
type Edit = (&'static str, fn(&str) -> String);

const EDITS: [Edit; 7] = [
    ("same", str::to_owned),
    ("edited", |text| {
        every(text, 10, |line| line.replacen('的', "的全部", 1))
    }),
    ("all edited", |text| {
        every(text, 1, |line| format!("{line}，请您留意"))
    }),
    ("other words", |text| {
        every(text, 1, |line| line.chars().rev().collect())
    }),
    ("thinned", |text| every(text, 7, |_| String::new())),
    ("upside down", |text| {
        let mut lines: Vec<&str> = text.split('\n').collect();
        lines.reverse();
        lines.join("\n")
    }),
    ("one line", |text| text.replace('\n', "")),
];

/// Every so manieth line edited.
fn every(text: &str, step: usize, edit: fn(&str) -> String) -> String {
    let lines = text.split('\n').enumerate();
    let lines = lines.map(|(at, line)| {
        if at % step == 0 {
            edit(line)
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn main() {
    // `cargo bench -- --test` asks only whether the benches run.
    let test = std::env::args().any(|argument| argument == "--test" || argument == "--list");
    let sizes = if test { &SIZES[..1] } else { &SIZES[..] };
    print!("{:<14}", "best, MB/s");
    sizes.iter().for_each(|(size, _)| print!("{size:>9}"));
    println!("{:>11}", "linearity");
    for (name, edit) in EDITS {
        print!("{name:<14}");
        let costs: Vec<f64> = sizes.iter().map(|&(_, bytes)| cost(edit, bytes)).collect();
        costs.iter().for_each(|cost| print!("{:>9.1}", 1.0 / cost));
        println!("{:>11.2}", costs[costs.len() - 1] / costs[0]);
    }
}

/// Seconds for a megabyte of both texts.
fn cost(edit: fn(&str) -> String, bytes: usize) -> f64 {
    let old = input::policy(FORMATS[0], bytes);
    let new = edit(&old);
    let megabytes = (old.len() + new.len()) as f64 / 1e6;
    let (old, new): (Document, Document) = (parse(&old), parse(&new));
    let run = || {
        let start = Instant::now();
        std::hint::black_box(diff::compare(&old, &new));
        start.elapsed().as_secs_f64()
    };
    (0..3).map(|_| run()).fold(f64::INFINITY, f64::min) / megabytes
}
