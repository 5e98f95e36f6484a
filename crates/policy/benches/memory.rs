//! How much memory reading a policy takes: `cargo bench -p zhiqing-policy --bench memory` prints
//! the peak of the heap while a file is decoded and parsed, and what the document itself holds,
//! both for each byte of the file, without kinds and terms (`read`) and with them (`parse`). The file's bytes are the caller's and not counted; the decoded
//! text is.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use zhiqing_policy::{Document, decode, parse, read};

mod input;

use input::{FORMATS, SIZES};

/// The system's allocator, counting.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn grown(by: usize) {
    PEAK.fetch_max(HELD.fetch_add(by, Relaxed) + by, Relaxed);
}

#[expect(
    unsafe_code,
    reason = "counting needs an allocator of one's own; it only passes on"
)]
// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grown(layout.size());
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        HELD.fetch_sub(layout.size(), Relaxed);
        grown(size);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.realloc(block, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    // Tables that are built once are no part of a document.
    for format in FORMATS {
        black_box(decode(input::policy(format, 100_000).as_bytes()).map(|text| parse(&text))).ok();
    }
    println!("{:<24}{:>12}{:>12}", "", "peak", "document");
    for format in FORMATS {
        for (name, step) in [("read", read as fn(&str) -> Document), ("parse", parse)] {
            for (size, bytes) in SIZES {
                let file = input::policy(format, bytes).into_bytes();
                let before = HELD.load(Relaxed);
                PEAK.store(before, Relaxed);
                let document = decode(&file).map(|text| step(&text));
                let peak = PEAK.load(Relaxed) - before;
                let held = HELD.load(Relaxed) - before;
                black_box(document).ok();
                let ratio = |count: usize| count as f64 / file.len() as f64;
                println!(
                    "{:<16}{size:>8}{:>10.2} ×{:>10.2} ×",
                    format!("{name}/{format:?}"),
                    ratio(peak),
                    ratio(held)
                );
            }
        }
    }
}
