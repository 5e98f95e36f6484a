//! A ledger is taken from one store to another, and is the same there.

use crate::app::{TestApp, id, key, notice, person, record, record_of};
use crate::database::Database;
use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use zhiqing_consent::{Notice, Secret};
use zhiqing_server::Store;
use zhiqing_server::transfer::{ImportError, Imported};

pub(crate) fn runtime() -> Runtime {
    Runtime::new().expect("a runtime")
}

/// Two sites, of which the first has three records under two notices, and the second one.
pub(crate) fn filled(runtime: &Runtime) -> TestApp {
    let (old, other) = (notice("demo", "示例"), notice("other", "其他"));
    let before = TestApp::with(Database::new(), &[old, other.clone()]).expect("a server");
    runtime.block_on(async {
        let list = json!([record(&before.notice, 1), record(&before.notice, 2)]);
        created(&before, &person(), &list).await;
        created(&before, &person(), &record(&other, 3)).await;
    });
    let TestApp { database, .. } = before;
    let now = notice("demo", "示例，新");
    let app = TestApp::with(database, &[now, other]).expect("a server");
    runtime.block_on(async {
        let stranger = Secret::new([8; 32]);
        let record = record_of(&stranger, &app.notice, 4);
        created(&app, &stranger, &record).await;
    });
    app
}

async fn created(app: &TestApp, person: &Secret, record: &Value) {
    let answer = app.post_as(person, record.to_string()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
}

pub(crate) fn exported(database: &Database, sites: &[&str]) -> String {
    let store = Store::open_existing(&database.url()).expect("a store");
    let sites: Vec<String> = sites.iter().map(ToString::to_string).collect();
    let mut out = Vec::new();
    store.export(&sites, &mut out).expect("an export");
    String::from_utf8(out).expect("UTF-8")
}

pub(crate) fn import(database: &Database, export: &str) -> Result<Vec<Imported>, ImportError> {
    let store = Store::open(&database.url()).expect("a store");
    store.import(export.as_bytes())
}

fn imported(site: &str, records: u64, new: u64) -> Imported {
    Imported {
        site: site.into(),
        records,
        new,
    }
}

/// Its lines but for the first, which tells when it was made.
fn content(export: &str) -> &str {
    export.split_once('\n').expect("lines").1
}

#[test]
fn an_export_has_everything_in_its_order() {
    let runtime = runtime();
    let app = filled(&runtime);
    let export = exported(&app.database, &[]);
    let lines: Vec<Value> = export
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines[0]["export"], "zhiqing/1");
    assert_eq!(
        lines[0]["sites"],
        json!([{ "site": "demo", "notices": 2, "records": 3 }, { "site": "other", "notices": 1, "records": 1 }])
    );
    let served = |at: usize| -> Notice {
        let json = lines[at]["notice"]["json"].as_str().expect("a text");
        serde_json::from_str(json).expect("a notice")
    };
    assert_eq!(served(2), app.notice);
    assert_eq!([served(1).name, served(3).name], ["示例", "其他"]);
    let kept: Vec<_> = lines[4..8]
        .iter()
        .map(|line| {
            (
                line["index"].clone(),
                line["receipt"]["record"]["id"].clone(),
            )
        })
        .collect();
    let expected = [(0, 1), (1, 2), (2, 4), (0, 3)];
    assert_eq!(
        kept,
        expected.map(|(index, number)| (json!(index), json!(id(number))))
    );
    assert_eq!(lines[8], json!({ "end": { "notices": 3, "records": 4 } }));
    assert_eq!(lines.len(), 9);
}

#[test]
fn what_is_imported_is_what_was_exported() {
    let runtime = runtime();
    let app = filled(&runtime);
    let export = exported(&app.database, &[]);
    let database = Database::new();
    let done = import(&database, &export).expect("an import");
    assert_eq!(done, [imported("demo", 3, 3), imported("other", 1, 1)]);
    assert_eq!(content(&exported(&database, &[])), content(&export));

    // A server goes on there as if it had always been so.
    let there = TestApp::with(database, &[app.notice.clone(), notice("other", "其他")]);
    let there = there.expect("a server");
    runtime.block_on(async {
        let (before, after) = (app.history(&person()).await, there.history(&person()).await);
        assert_eq!(before.body, after.body, "to the byte");
        assert_eq!(after.receipts().len(), 2);
        let again = there.post(&record(&notice("demo", "示例"), 1)).await;
        assert_eq!(again.status, StatusCode::OK, "of a notice of before, too");
        created(&there, &person(), &record(&there.notice, 5)).await;
        assert_eq!(there.kept().await, [id(1), id(2), id(5)]);
    });
    // The older export says nothing new of it.
    let again = import(&there.database, &export).expect("an import");
    assert_eq!(again, [imported("demo", 3, 0), imported("other", 1, 0)]);
}

#[test]
fn a_server_that_was_started_first_has_the_notices_already() {
    let runtime = runtime();
    let app = filled(&runtime);
    let export = exported(&app.database, &["demo"]);
    let there = TestApp::with(Database::new(), std::slice::from_ref(&app.notice));
    let there = there.expect("a server");
    let done = import(&there.database, &export).expect("an import");
    assert_eq!(done, [imported("demo", 3, 3)]);
    assert_eq!(runtime.block_on(there.kept()), [id(1), id(2)]);
}

#[test]
fn one_site_can_be_taken_alone() {
    let app = filled(&runtime());
    let export = exported(&app.database, &["other"]);
    assert!(!export.contains("\"demo\""), "{export}");
    let database = Database::new();
    assert_eq!(
        import(&database, &export).expect("an import"),
        [imported("other", 1, 1)]
    );
    // And the rest later.
    let all = exported(&app.database, &[]);
    let done = import(&database, &all).expect("an import");
    assert_eq!(done, [imported("demo", 3, 3), imported("other", 1, 0)]);

    let store = Store::open_existing(&database.url()).expect("a store");
    let error = store.export(&["dmeo".into()], &mut Vec::new());
    let error = error.expect_err("no such site").to_string();
    assert_eq!(error, "the store has no site \"dmeo\"; it has demo, other");
}

#[test]
fn what_was_cut_short_is_said_so_and_gone_on_with() {
    let app = filled(&runtime());
    let export = exported(&app.database, &[]);
    // In the midst of each line, and behind it; of the last line only its own middle is too soon.
    let (mut cuts, mut start) = (Vec::new(), 0);
    for line in export.split_inclusive('\n') {
        let middle = (start + line.len() / 2..).find(|at| export.is_char_boundary(*at));
        start += line.len();
        cuts.extend([middle.expect("a boundary"), start]);
    }
    cuts.pop();
    for cut in cuts {
        let database = Database::new();
        let error = import(&database, &export[..cut]).expect_err("a part");
        let line = export[..cut].split_inclusive('\n').count();
        let told = error.to_string();
        let ends = [line, line + 1].map(|line| format!("line {line}: "));
        assert!(
            ends.iter().any(|end| told.starts_with(end)),
            "{cut}: {told}"
        );
        let whole = import(&database, &export).expect("the whole");
        assert_eq!(whole.iter().map(|site| site.records).sum::<u64>(), 4);
        assert_eq!(
            content(&exported(&database, &[])),
            content(&export),
            "{cut}"
        );
    }
}

#[test]
fn two_ledgers_are_not_made_into_one() {
    let runtime = runtime();
    let app = filled(&runtime);
    let export = exported(&app.database, &["demo"]);
    // The same people said the same to another server, which drew other salts.
    let other = TestApp::new();
    runtime.block_on(created(&other, &person(), &record(&other.notice, 1)));
    let error = import(&other.database, &export).expect_err("another ledger");
    assert!(
        error
            .to_string()
            .starts_with("line 4: record 0 of site demo is another one in the store"),
        "{error}"
    );
    assert_eq!(runtime.block_on(other.kept()), [id(1)]);

    // The id of a record is another site's here.
    let third = TestApp::with(Database::new(), &[notice("third", "第三")]).expect("a server");
    runtime.block_on(created(&third, &person(), &record(&third.notice, 2)));
    let error = import(&third.database, &export).expect_err("another ledger");
    assert!(
        error
            .to_string()
            .starts_with("line 5: another record in the store has this id"),
        "{error}"
    );
    let store = Store::open(&third.database.url()).expect("a store");
    let mut out = Vec::new();
    store.export(&["demo".into()], &mut out).expect("an export");
    assert!(
        String::from_utf8_lossy(&out).contains("\"records\":0"),
        "nothing of that list is kept"
    );
}

#[test]
fn a_wrong_clock_stops_no_import() {
    // Issued in their order by clocks that were hours apart.
    let app = filled(&runtime());
    app.database
        .execute("UPDATE records SET received_at = received_at - 36000000 WHERE position = 2");
    let export = exported(&app.database, &["demo"]);
    let database = Database::new();
    assert_eq!(
        import(&database, &export).expect("an import"),
        [imported("demo", 3, 3)]
    );
    assert_eq!(content(&exported(&database, &["demo"])), content(&export));
}

#[test]
fn a_thousand_records_and_one_are_all_there() {
    let runtime = runtime();
    let app = TestApp::new();
    let people: Vec<Secret> = (0..=100).map(|number| Secret::new([number; 32])).collect();
    runtime.block_on(async {
        for (number, person) in (0_u8..).zip(&people) {
            let list: Vec<Value> = (0..10)
                .map(|nth| {
                    let mut record = record_of(person, &app.notice, nth);
                    let id = zhiqing_consent::RecordId::new(
                        1_763_690_000_000 + u64::from(nth),
                        [number; 10],
                    );
                    record["id"] = id.as_str().into();
                    record
                })
                .collect();
            created(&app, person, &json!(list)).await;
        }
    });
    let export = exported(&app.database, &[]);
    let database = Database::new();
    assert_eq!(
        import(&database, &export).expect("an import"),
        [imported("demo", 1010, 1010)]
    );
    assert_eq!(content(&exported(&database, &[])), content(&export));
    // Each still has the signature that it was given.
    let key = key().verifying_key();
    let lines = export.lines().filter(|line| line.starts_with("{\"index\""));
    for line in lines.step_by(37) {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let receipt = line["receipt"].to_string();
        zhiqing_consent::Receipt::verify(receipt.as_bytes(), &key).expect("a good receipt");
    }
}
