//! The table of engines and walks.

use std::any::Any;
use std::fmt::Write as _;
use std::time::Duration;

/// What came of a walk.
pub(crate) enum Cell {
    /// It is not walked in this engine.
    Left,
    /// It went well, and took so long.
    Good(Duration),
    /// It failed after so long: its name, and what it said.
    Bad(Duration, &'static str, String),
}

/// An engine and its walks.
pub(crate) struct Row {
    /// Its name.
    pub(crate) engine: &'static str,
    /// Its version, as far as it came to tell it.
    pub(crate) version: String,
    /// One for each walk; none where it is not here.
    pub(crate) cells: Vec<Cell>,
    /// Which of its programs are not named, and whether it was asked for nevertheless.
    pub(crate) absent: Option<(Vec<&'static str>, bool)>,
}

/// The table: a line for each engine, a column for each walk, with seconds.
pub(crate) fn drawn(walks: &[&str], rows: &[Row]) -> String {
    let name = |row: &Row| format!("{} {}", row.engine, row.version).trim().to_owned();
    let first = rows.iter().map(|row| name(row).chars().count()).max();
    let first = first.unwrap_or_default().max("engine".len());
    let width = |walk: &str| walk.len().max("✓ 000.0".chars().count());
    let mut text = format!("\n{:first$}", "engine");
    for walk in walks {
        let _ = write!(text, "  {walk:>0$}", width(walk));
    }
    for row in rows {
        let _ = write!(text, "\n{:first$}", name(row));
        if let Some((missing, _)) = &row.absent {
            let _ = write!(text, "  not here: {}", missing.join(", "));
        }
        for (cell, walk) in row.cells.iter().zip(walks) {
            let (mark, took) = match cell {
                Cell::Left => ("–".to_owned(), String::new()),
                Cell::Good(took) => ("✓".to_owned(), seconds(*took)),
                Cell::Bad(took, ..) => ("✗".to_owned(), seconds(*took)),
            };
            let (cell, width) = (mark + &took, width(walk));
            let _ = write!(text, "  {cell:>width$}");
        }
    }
    text + "\n"
}

fn seconds(took: Duration) -> String {
    format!(" {:.1}", took.as_secs_f64())
}

/// What went wrong, a line or more for each walk.
pub(crate) fn failures(rows: &[Row]) -> Vec<String> {
    let mut told = Vec::new();
    for row in rows {
        if let Some((missing, true)) = &row.absent {
            told.push(format!(
                "{0} is not here: {1} names no program; `cargo xtask matrix {0}` installs it",
                row.engine,
                missing.join(" or ")
            ));
        }
        for cell in &row.cells {
            if let Cell::Bad(_, walk, said) = cell {
                let said: String = said.chars().take(1_500).collect();
                told.push(format!("{}, {walk}: {said}", row.engine));
            }
        }
    }
    told
}

/// The words of a panic.
pub(crate) fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "a panic without words".to_owned())
}

#[test]
fn a_table_is_aligned_and_tells_what_failed() {
    let row = |engine, cells, absent| Row {
        engine,
        version: String::new(),
        cells,
        absent,
    };
    let second = Duration::from_secs(1);
    let bad = Cell::Bad(second * 100, "gate", "came through".to_owned());
    let rows = [
        row("firefox", vec![Cell::Good(second), bad], None),
        row(
            "old",
            Vec::new(),
            Some((vec!["CHROMIUM_67", "CHROMEDRIVER_OLD"], true)),
        ),
        row("some", Vec::new(), Some((vec!["FIREFOX"], false))),
    ];
    let lines = [
        "",
        "engine    banner     gate",
        "firefox    ✓ 1.0  ✗ 100.0",
        "old      not here: CHROMIUM_67, CHROMEDRIVER_OLD",
        "some     not here: FIREFOX",
        "",
    ];
    assert_eq!(drawn(&["banner", "gate"], &rows), lines.join("\n"));
    let failures = failures(&rows);
    assert_eq!(failures[0], "firefox, gate: came through");
    assert_eq!(failures.len(), 2, "{failures:?}");
}
