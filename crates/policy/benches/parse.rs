//! How fast a policy is read: `cargo bench -p zhiqing-policy --bench parse`.
//!
//! Criterion gives the throughput for each format and size; after it a table tells whether time
//! grows with the length of the text: a byte of 10 MB may cost at most 1.3 times what a byte of
//! 100 KB costs.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use zhiqing_policy::{Document, decode, parse};

mod input;

use input::{FORMATS, Format, SIZES};

/// A step of the straight line that is measured by itself: its name, and what it does with a file.
/// One that stops before kinds and terms goes here when the crate has it.
const STEPS: [(&str, Step); 2] = [("decode", decoded), ("parse", parsed)];

/// Takes a file, gives something that depends on all of it.
type Step = fn(&[u8]) -> usize;

fn decoded(bytes: &[u8]) -> usize {
    decode(bytes).map_or(0, |text| black_box(text).len())
}

fn parsed(bytes: &[u8]) -> usize {
    let document: Document = decode(bytes).map(|text| parse(&text)).unwrap_or_default();
    black_box(document).clauses.len()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for format in FORMATS {
        for (name, step) in STEPS {
            throughput(&mut criterion, format, name, step);
        }
    }
    criterion.final_summary();
    // `cargo bench -- --test` asks only whether the benches run.
    if !std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        linearity();
    }
}

fn throughput(criterion: &mut Criterion, format: Format, name: &str, step: Step) {
    let mut group = criterion.benchmark_group(format!("{name}/{format:?}"));
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2));
    for (size, bytes) in SIZES {
        let text = input::policy(format, bytes);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(size), &text, |bencher, text| {
            bencher.iter(|| step(text.as_bytes()));
        });
    }
    group.finish();
}

/// Time for a byte at 100 KB and at 10 MB, the best of several runs of each.
fn linearity() {
    println!(
        "\n{:<10}{:>14}{:>14}{:>8}",
        "parse", "100 KB", "10 MB", "ratio"
    );
    for format in FORMATS {
        let cost = |bytes, runs| {
            let text = input::policy(format, bytes);
            let best = (0..runs)
                .map(|_| {
                    let start = Instant::now();
                    parsed(text.as_bytes());
                    start.elapsed()
                })
                .min();
            best.unwrap_or_default().as_secs_f64() * 1e9 / text.len() as f64
        };
        let (short, long) = (cost(100_000, 50), cost(10_000_000, 5));
        let name = format!("{format:?}");
        println!(
            "{name:<10}{short:>9.2} ns/B{long:>9.2} ns/B{:>8.2}",
            long / short
        );
    }
}
