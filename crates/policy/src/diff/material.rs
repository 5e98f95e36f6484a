//! Whether a change is material, and why: the table in `data/materiality.tsv`.

use std::sync::LazyLock;

use super::{ChangeKind, Nature};
use crate::annotate::lexicon;

/// Why a change is material, or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Whether the change is material.
    pub material: bool,
    /// Articles of the law, for example `PIPL 14`; empty where none speaks of it.
    pub articles: &'static str,
    /// In Chinese, for the report.
    pub chinese: &'static str,
    /// In English, for the command line.
    pub english: &'static str,
}

struct Row {
    kind: &'static str,
    nature: &'static str,
    reason: Reason,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../data/materiality.tsv"));
    rows.filter_map(|mut row| {
        Some(Row {
            kind: row.next()?,
            nature: row.next()?,
            reason: Reason {
                material: row.next()? == "!",
                articles: row.next()?.trim_matches('-'),
                chinese: row.next()?,
                english: row.next()?,
            },
        })
    })
    .collect()
});

/// The first row that fits. Where there is none the change is taken to be material.
pub(super) fn reason(kind: ChangeKind, nature: Nature) -> Reason {
    let fits =
        |row: &&Row| row.kind == kind.name() && (row.nature == "*" || row.nature == nature.name());
    ROWS.iter().find(fits).map_or(
        Reason {
            material: true,
            articles: "",
            chinese: "",
            english: "",
        },
        |row| row.reason,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(kind: ChangeKind, nature: Nature, material: bool) {
        assert_eq!(
            reason(kind, nature).material,
            material,
            "{kind:?} {nature:?}"
        );
    }

    #[test]
    fn what_is_material() {
        use ChangeKind::*;
        for kind in [Purpose, Data, Recipient, ThirdCountry, Technology] {
            case(kind, Nature::Added, true);
            case(kind, Nature::Changed, true);
            case(kind, Nature::Removed, false);
        }
        for nature in Nature::ALL {
            case(Contact, nature, true);
            case(Controller, nature, true);
            case(Minors, nature, true);
            case(Wording, nature, false);
        }
        case(Rights, Nature::Removed, true);
        case(Rights, Nature::Changed, true);
        case(Rights, Nature::Longer, true);
        case(Rights, Nature::Shorter, false);
        case(Rights, Nature::Added, false);
        case(Retention, Nature::Longer, true);
        case(Retention, Nature::Shorter, false);
        case(Retention, Nature::Added, false);
        case(Retention, Nature::Removed, true);
    }

    #[test]
    fn every_row_names_a_kind_and_a_nature() {
        let rows = lexicon::rows(include_str!("../../data/materiality.tsv")).count();
        assert_eq!(rows, ROWS.len());
        for row in ROWS.iter() {
            assert!(
                ChangeKind::ALL.iter().any(|kind| kind.name() == row.kind),
                "{}",
                row.kind
            );
            let nature = Nature::ALL.iter().any(|nature| nature.name() == row.nature);
            assert!(nature || row.nature == "*", "{}", row.nature);
            assert!(!row.reason.chinese.is_empty() && !row.reason.english.is_empty());
        }
        for kind in ChangeKind::ALL {
            let last = ROWS.iter().rfind(|row| row.kind == kind.name());
            assert_eq!(last.map(|row| row.nature), Some("*"), "{kind:?}");
        }
    }
}
