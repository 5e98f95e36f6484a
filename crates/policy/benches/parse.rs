//! How fast a policy is read: `cargo bench -p zhiqing-policy --bench parse`.
//!
//! Criterion gives the throughput for each format and size, as the machine had time for it. After it
//! a table gives the best of many runs, which is the code's own where cores are shared with others,
//! and tells whether time grows with the length of the text: a byte of 10 MB may cost at most 1.3
//! times what a byte of 100 KB costs.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use zhiqing_policy::{Document, decode, parse, read};

mod input;

use input::{FORMATS, Format, SIZES};

/// The steps of the straight line, each with those before it: their names, and what they do with a
/// file.
const STEPS: [(&str, Step); 3] = [("decode", decoded), ("read", structured), ("parse", parsed)];

/// Takes a file, gives something that depends on all of it.
type Step = fn(&[u8]) -> usize;

fn decoded(bytes: &[u8]) -> usize {
    decode(bytes).map_or(0, |text| black_box(text).len())
}

fn structured(bytes: &[u8]) -> usize {
    let document: Document = decode(bytes).map(|text| read(&text)).unwrap_or_default();
    black_box(document).clauses.len()
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
        best();
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

/// MB/s at each size, and the time for a byte at 10 MB against one at 100 KB: the best of the runs that
/// fit into a second.
fn best() {
    print!("\n{:<16}", "best, MB/s");
    SIZES.iter().for_each(|(size, _)| print!("{size:>9}"));
    println!("{:>10}", "linearity");
    for format in FORMATS {
        for (name, step) in [STEPS[1], STEPS[2]] {
            print!("{:<16}", format!("{name}/{format:?}"));
            let costs = SIZES.map(|(_, bytes)| cost(step, &input::policy(format, bytes)));
            costs.iter().for_each(|cost| print!("{:>9.1}", 1e3 / cost));
            println!("{:>10.2}", costs[3] / costs[1]);
        }
    }
}

/// Nanoseconds for each byte.
fn cost(step: Step, text: &str) -> f64 {
    let mut best = Duration::MAX;
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(1) {
        let start = Instant::now();
        step(text.as_bytes());
        best = best.min(start.elapsed());
    }
    best.as_secs_f64() * 1e9 / text.len() as f64
}
