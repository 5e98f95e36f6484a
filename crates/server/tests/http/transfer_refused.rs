//! What is no whole export, or was altered, is refused with the line where that shows.

use crate::database::Database;
use crate::transfer::{exported, filled, import, runtime};

/// An export to alter, and a store that takes none of it.
struct Altered {
    export: String,
    database: Database,
}

impl Altered {
    fn of(sites: &[&str]) -> Self {
        let app = filled(&runtime());
        Self {
            export: exported(&app.database, sites),
            database: Database::new(),
        }
    }

    /// Its lines altered in this way are refused with these words, which begin with the line.
    #[track_caller]
    fn case(&self, alter: impl FnOnce(&mut Vec<String>), told: &str) {
        let lines = self.export.split_inclusive('\n').map(str::to_owned);
        let mut lines: Vec<String> = lines.collect();
        alter(&mut lines);
        let error = import(&self.database, &lines.concat()).expect_err(told);
        assert!(error.to_string().starts_with(told), "{error}, not {told:?}");
    }

    /// The same with one text in one line, from 1, replaced.
    #[track_caller]
    fn edit(&self, line: usize, old: &str, new: &str, told: &str) {
        self.case(
            |lines| {
                assert!(
                    lines[line - 1].contains(old),
                    "{old} in {}",
                    lines[line - 1]
                );
                lines[line - 1] = lines[line - 1].replacen(old, new, 1);
            },
            told,
        );
    }
}

#[test]
fn what_is_no_export_is_refused() {
    let altered = Altered::of(&[]);
    altered.case(Vec::clear, "line 1: this is no export");
    altered.case(
        |lines| lines[0] = "{}\n".into(),
        "line 1: this is no export",
    );
    altered.edit(
        1,
        "zhiqing/1",
        "zhiqing/2",
        "line 1: an export of the form \"zhiqing/2\"",
    );
    altered.edit(
        6,
        "{\"index\"",
        "{\"idnex\"",
        "line 6: unknown field `idnex`",
    );
    altered.edit(
        6,
        "{\"index\":1,",
        "{\"index\":1",
        "line 6: expected `,` or `}`",
    );
    altered.edit(
        6,
        "{\"index\":1,",
        "{",
        "line 6: neither a notice, nor a receipt",
    );
}

#[test]
fn lines_that_are_missing_or_moved_are_refused() {
    let altered = Altered::of(&[]);
    let records = |n: u8| format!("\"records\":{n}");
    altered.edit(
        1,
        &records(3),
        &records(2),
        "line 7: record 2, where record 0 of site other",
    );
    altered.edit(
        1,
        &records(3),
        &records(4),
        "line 8: record 0, where record 3 of site demo",
    );
    altered.edit(
        9,
        &records(4),
        &records(5),
        "line 9: there were 3 notices and 4 records",
    );
    let case = |alter: fn(&mut Vec<String>), told: &str| altered.case(alter, told);
    case(
        |lines| drop(lines.remove(1)),
        "line 4: a record after 2 of 3 notices",
    );
    case(
        |lines| drop(lines.remove(4)),
        "line 5: record 1, where record 0 of site demo",
    );
    case(
        |lines| lines.swap(4, 5),
        "line 5: record 1, where record 0 of site demo",
    );
    case(
        |lines| lines.swap(4, 7),
        "line 5: a record of site other, where one of demo",
    );
    case(
        |lines| lines.insert(5, lines[4].clone()),
        "line 6: record 0, where record 1",
    );
    case(
        |lines| lines.insert(5, lines[1].clone()),
        "line 6: the first line announces no notice",
    );
    case(
        |lines| lines.push("{}\n".into()),
        "line 10: nothing may stand behind the end",
    );
    case(
        |lines| drop(lines.pop()),
        "line 9: the export ends here, after 4 of 4 records",
    );
}

#[test]
fn altered_content_is_refused() {
    let altered = Altered::of(&[]);
    let digest = "line 2: the notice's digest is not that of its content";
    altered.edit(2, "示例", "范例", digest);
    altered.edit(2, "\"site\":\"demo\"", "\"site\":\"other\"", digest);
    altered.edit(
        2,
        "first_served_at\":\"2",
        "first_served_at\":\"x",
        "line 2: first_served_at",
    );
    altered.edit(
        5,
        "\"shown_ms\":1200",
        "\"shown_ms\":-1",
        "line 5: receipt: ",
    );
    altered.edit(
        5,
        "\"received_at\":\"2",
        "\"received_at\":\"x",
        "line 5: receipt: received_at",
    );
    let notice = (
        "\"notice\":{\"digest\":\"sha256:",
        "\"notice\":{\"digest\":\"sha256:0",
    );
    altered.edit(5, notice.0, notice.1, "line 5: receipt: notice.digest");
}

#[test]
fn a_record_under_a_notice_that_is_missing_is_refused() {
    Altered::of(&["demo"]).case(
        |lines| {
            lines.remove(1);
            for line in lines.iter_mut() {
                *line = line.replacen("\"notices\":2", "\"notices\":1", 1);
            }
        },
        "line 3: the notice that it was made under is not in the export",
    );
}
