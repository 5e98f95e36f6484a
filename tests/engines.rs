//! The walks of a person through every engine there is, by WebDriver alone: `cargo xtask matrix`.
//!
//! `ZHIQING_ENGINES` names engines and `ZHIQING_WALKS` walks, with blanks between; without the one
//! those engines are walked whose programs the environment names, without the other every walk. A walk
//! that fails stops no other.

#[path = "engines/asking.rs"]
mod asking;
#[path = "engines/gating.rs"]
mod gating;
#[path = "engines/keeping.rs"]
mod keeping;
#[path = "engines/reading.rs"]
mod reading;
#[path = "engines/table.rs"]
mod table;

use std::collections::VecDeque;
use std::env;
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};
use table::{Cell, Row};
use zhiqing_tests::engine::{ENGINES, Engine, Walks};
use zhiqing_tests::remote::Remote;

/// A walk of a fresh browser.
type Walk = for<'a> fn(&'a Remote) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

macro_rules! walks {
    ($($name:literal $scope:ident $walk:path,)*) => {
        [$(($name, Walks::$scope, |browser| Box::pin($walk(browser)))),*]
    };
}

/// Every walk, and whether it is of those that old engines are walked, too.
const WALKS: [(&str, Walks, Walk); 14] = walks! {
    "banner" Core asking::the_banner_is_seen_and_nothing_is_kept,
    "decision" Core asking::a_decision_is_kept_and_enforced,
    "gate" Core gating::what_is_declared_waits_for_its_purpose,
    "policy" Core reading::the_policy_is_complete_and_opens_at_a_clause,
    "report" Core keeping::a_record_arrives_and_its_receipt_verifies,
    "ways" All gating::no_way_leads_around_the_gate,
    "preferences" All asking::nothing_is_preselected_and_leaving_decides_nothing,
    "step" All asking::a_separate_consent_has_its_own_step,
    "permission" All asking::a_permission_is_asked_for_just_in_time,
    "placeholder" All gating::a_held_frame_is_asked_for_in_its_place,
    "stored" All keeping::what_is_stored_is_listed_and_deleted,
    "withdrawal" All keeping::a_withdrawal_removes_what_was_kept,
    "rights" All reading::the_rights_lead_to_receipt_and_withdrawal,
    "keyboard" All reading::keys_reach_and_leave_everything,
};

/// So many engines at once: a browser is several programs.
const AT_ONCE: usize = 2;
/// No walk takes longer: what waits forever is told as a failure.
const LIMIT: Duration = Duration::from_secs(240);

#[test]
fn engines() {
    let asked = env::var("ZHIQING_ENGINES").ok();
    let (mut rows, waiting) = sorted(asked.as_deref());
    let only = env::var("ZHIQING_WALKS").ok();
    for name in only.iter().flat_map(|only| only.split_whitespace()) {
        let known = WALKS.iter().any(|(walk, ..)| *walk == name);
        assert!(known, "ZHIQING_WALKS names no walk with {name:?}");
    }
    let is_asked = |name: &str| {
        let only = only.as_deref().map(|only| only.split_whitespace());
        only.is_none_or(|mut only| only.any(|one| one == name))
    };
    let waiting = Mutex::new(waiting);
    let walked = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(engine) = next(&waiting) {
                    let row = through(engine, &is_asked);
                    walked.lock().expect("the rows").push(row);
                }
            });
        }
    });
    rows.extend(walked.into_inner().expect("the rows"));
    let place = |name: &str| ENGINES.iter().position(|engine| engine.name == name);
    rows.sort_by_key(|row| place(row.engine));

    println!("{}", table::drawn(&WALKS.map(|(name, ..)| name), &rows));
    let failures = table::failures(&rows);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn next(waiting: &Mutex<VecDeque<&'static Engine>>) -> Option<&'static Engine> {
    waiting.lock().expect("the queue").pop_front()
}

/// The rows of engines that are not here, and the engines that are.
fn sorted(asked: Option<&str>) -> (Vec<Row>, VecDeque<&'static Engine>) {
    let names: Option<Vec<&str>> = asked.map(|asked| asked.split_whitespace().collect());
    for name in names.iter().flatten() {
        let known = ENGINES.iter().any(|engine| engine.name == *name);
        assert!(known, "ZHIQING_ENGINES names no engine with {name:?}");
    }
    let (mut rows, mut here) = (Vec::new(), VecDeque::new());
    for engine in &ENGINES {
        let is_asked = names.as_ref().map(|names| names.contains(&engine.name));
        let missing = engine.missing();
        match (is_asked, missing.is_empty()) {
            (Some(false), _) => {}
            (_, true) => here.push_back(engine),
            (is_asked, false) => rows.push(Row {
                engine: engine.name,
                version: String::new(),
                cells: Vec::new(),
                absent: Some((missing, is_asked == Some(true))),
            }),
        }
    }
    (rows, here)
}

/// Walks an engine, one walk after the other, each in a browser of its own.
fn through(engine: &'static Engine, is_asked: &(impl Fn(&str) -> bool + Sync)) -> Row {
    let mut row = Row {
        engine: engine.name,
        version: String::new(),
        cells: Vec::new(),
        absent: None,
    };
    for (name, scope, walk) in WALKS {
        let is_of_it = engine.walks == Walks::All || scope == Walks::Core;
        if !is_of_it || !is_asked(name) {
            row.cells.push(Cell::Left);
            continue;
        }
        let begun = Instant::now();
        let walked = thread::scope(|scope| {
            let thread = thread::Builder::new().name(format!("{}: {name}", engine.name));
            let thread = thread.spawn_scoped(scope, || alone(engine, walk));
            thread.expect("a thread").join()
        });
        let took = begun.elapsed();
        eprintln!("{}: {name} took {:.1} s", engine.name, took.as_secs_f64());
        let walked = walked.and_then(|(version, walked)| {
            row.version = version;
            walked
        });
        row.cells.push(match walked {
            Ok(()) => Cell::Good(took),
            Err(panic) => Cell::Bad(took, name, table::said(&*panic)),
        });
    }
    row
}

/// Walks once: the version of what was walked, and how the walk ended.
fn alone(engine: &'static Engine, walk: Walk) -> (String, thread::Result<()>) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    let browser = runtime.block_on(Remote::start(engine));
    let version = browser.version();
    // The browser ends however the walk did.
    let walked = panic::catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let walked = tokio::time::timeout(LIMIT, walk(&browser)).await;
            walked.unwrap_or_else(|_| panic!("not done after {} s", LIMIT.as_secs()));
            browser.assert_no_errors().await;
        });
    }));
    runtime.block_on(browser.end());
    (version, walked)
}
