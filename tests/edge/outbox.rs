//! Where a record waits: in local storage at once, then in IndexedDB, in memory where there is neither.

use crate::page::{App, Page, broken, dispatch, keys, local, session, wait};
use crate::sample;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use zhiqing_consent::{Glob, RecordId, Secret, Technology, Use};

/// Longer than the outbox waits for a database, in milliseconds.
const PATIENCE: u32 = 2500;

fn accept(app: &App) {
    app.accept(&JsValue::UNDEFINED).expect("it accepts");
}

fn reject(app: &App) {
    app.reject().expect("it refuses");
}

/// Status and place of each entry of the outbox, oldest first, in one line.
async fn lying(page: &Page) -> String {
    let lines = page.lying().await;
    let places = lines.iter().filter_map(|line| line.split_once(' '));
    places
        .map(|(_, place)| place)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The same, once it is so, or after some seconds.
async fn settles(page: &Page, expected: &str) {
    for _ in 0..200 {
        if lying(page).await == expected {
            return;
        }
        wait(25).await;
    }
    assert_eq!(lying(page).await, expected);
}

fn put_back(restore: &js_sys::Function) {
    restore.call0(&JsValue::NULL).expect("it is put back");
}

/// How many records lie in local storage.
fn landings() -> usize {
    let keys = js_sys::Object::keys(&local());
    let is_landing = |key: &JsValue| key.as_string().is_some_and(|key| key.len() > 40);
    keys.iter().filter(is_landing).count()
}

#[wasm_bindgen_test]
async fn a_record_lands_with_the_decision_and_then_moves_into_the_database() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("held");
    accept(&app);
    // In the same task: the tab may be closed the next instant.
    assert_eq!(landings(), 1);
    page.posts(1).await;
    assert!(page.post(0).kept().ends_with(" 0 database"));
    assert_eq!(lying(&page).await, "0 database");
    assert_eq!(landings(), 0);
    page.release();
    settles(&page, "").await;
    assert_eq!(keys(), "zq.demo zq.demo.receipt");
}

#[wasm_bindgen_test]
async fn nothing_is_stored_before_a_decision() {
    let page = Page::new();
    page.set_token(&Secret::new([7; 32]).bearer());
    let app = page.start().await;
    let _ = app.show("rights").expect("a view");
    for (event, persisted) in [
        ("online", None),
        ("pageshow", Some(true)),
        ("pagehide", Some(true)),
    ] {
        dispatch(event, persisted);
        wait(30).await;
    }
    assert_eq!(page.databases().await, "");
    assert_eq!((local().length(), session().length()), (Ok(0), Ok(0)));
    reject(&app);
    page.posts(1).await;
    assert_eq!(page.databases().await, "zq.demo");
}

#[wasm_bindgen_test]
async fn where_there_is_no_database_the_record_waits_where_it_landed() {
    for how in ["absent", "denied", "hung", "full"] {
        let page = Page::new();
        let app = page.start().await;
        let restore = broken(how);
        page.set_network("down");
        accept(&app);
        reject(&app);
        if how == "hung" {
            wait(PATIENCE).await;
        }
        page.posts(1).await;
        put_back(&restore);
        assert_eq!(lying(&page).await, "0 local, 0 local", "{how}");
        page.leave();

        // The next page finds them there, whatever its database does.
        let restore = broken(how);
        page.set_network("up");
        let _app = page.start().await;
        if how == "hung" {
            wait(PATIENCE).await;
        }
        page.posts(3).await;
        put_back(&restore);
        assert_eq!(page.record(1).id, page.record(0).id, "{how}");
        assert_eq!(page.record(2).previous, Some(page.record(1).id), "{how}");
        assert_eq!(lying(&page).await, "", "{how}");
    }
}

#[wasm_bindgen_test]
async fn what_a_broken_database_left_behind_moves_at_the_next_load() {
    let page = Page::new();
    let app = page.start().await;
    let restore = broken("full");
    page.set_network("down");
    accept(&app);
    page.posts(1).await;
    put_back(&restore);
    page.leave();
    let _app = page.start().await;
    settles(&page, "0 database").await;
}

#[wasm_bindgen_test]
async fn what_a_killed_browser_has_in_its_database_is_sent_at_the_next_load() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("down");
    accept(&app);
    reject(&app);
    page.posts(1).await;
    settles(&page, "0 database, 0 database").await;
    page.kill();
    assert_eq!(keys(), "");
    page.set_network("up");
    let _app = page.start().await;
    page.posts(3).await;
    let sequences = [1, 2].map(|at| page.record(at).sequence);
    assert_eq!(sequences, [1, 2]);
    settles(&page, "").await;
}

#[wasm_bindgen_test]
async fn where_local_storage_is_denied_the_database_alone_has_it() {
    let page = Page::new();
    let app = page.start().await;
    page.spoil("setItem", true);
    page.set_network("down");
    accept(&app);
    page.posts(1).await;
    settles(&page, "0 database").await;
    assert_eq!(local().length(), Ok(0));
    page.leave();
    page.set_network("up");
    let _app = page.start().await;
    page.posts(2).await;
    assert_eq!(page.record(1).id, page.record(0).id);
    assert_eq!(page.post(1).authorization(), page.post(0).authorization());
    settles(&page, "").await;
}

#[wasm_bindgen_test]
async fn where_both_are_denied_it_waits_in_memory_and_the_person_is_told() {
    // Nothing at all happens, as in some private windows, or it throws.
    for throws in [false, true] {
        let page = Page::new();
        let app = page.start().await;
        page.spoil("setItem", throws);
        let restore = broken("denied");
        page.set_network("503");
        accept(&app);
        page.posts(1).await;
        page.set_network("up");
        reject(&app);
        page.posts(3).await;
        assert_eq!(page.record(1).id, page.record(0).id);
        assert_eq!(page.record(2).sequence, if throws { 2 } else { 1 });
        let _ = app.show("preferences").expect("it shows");
        let sheet = page.sheet().and_then(|sheet| sheet.text_content());
        put_back(&restore);
        assert_eq!(
            sheet.unwrap_or_default().contains(sample::KEPT_IN_COOKIE),
            throws
        );
    }
}

#[wasm_bindgen_test]
async fn what_lies_in_both_places_is_sent_once() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("down");
    accept(&app);
    page.posts(1).await;
    settles(&page, "0 database").await;
    page.leave();
    // As when the tab ended between the two.
    let record = page.post(0).body();
    let bearer = page.post(0).authorization().replace("Bearer ", "");
    let key = format!("zq.demo.{}", page.record(0).id.as_str());
    let entry = format!("{bearer} 0 {record}");
    local().set_item(&key, &entry).expect("storage");
    assert_eq!(lying(&page).await, "0 local database");
    page.set_network("up");
    let _app = page.start().await;
    page.posts(2).await;
    settles(&page, "").await;
    assert_eq!(page.count(), 2);
}

#[wasm_bindgen_test]
async fn what_is_no_record_is_in_nobodys_way() {
    const ID: &str = "01920000-0000-7000-8000-00000000000";
    let page = Page::new();
    for (at, garbage) in ["", "x", "a 0 {", "a 0 []", "a b {}", "a 0 {}", "null"]
        .iter()
        .enumerate()
    {
        local()
            .set_item(&format!("zq.demo.{ID}{at}"), garbage)
            .expect("storage");
    }
    let other = format!("zq.demo2.{ID}1");
    local().set_item(&other, "a 0 {}").expect("storage");
    let app = page.start().await;
    accept(&app);
    page.posts(1).await;
    assert_eq!(page.record(0).sequence, 1);
    assert_eq!(local().get_item(&other), Ok(Some("a 0 {}".into())));
}

/// What is kept after three decisions, and their records.
async fn three_decisions() -> (String, Vec<String>) {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("held");
    for _ in 0..3 {
        accept(&app);
    }
    page.posts(1).await;
    let records = page.records().await;
    let kept = local().get_item("zq.demo").expect("storage");
    (kept.expect("something is kept"), records)
}

#[wasm_bindgen_test]
async fn what_an_earlier_version_kept_is_taken_over() {
    let (kept, records) = three_decisions().await;
    let [first, second, third] = &records[..] else {
        panic!("{records:?}");
    };
    // As it was written then: beside the decision.
    let lists = format!(r#"{{"pending":[{first},{second}],"returned":[{third}],"#);
    let old = kept.replacen('{', &lists, 1);
    let page = Page::new();
    local().set_item("zq.demo", &old).expect("storage");
    page.set_network("down");
    let _app = page.start().await;
    settles(&page, "0 database, 0 database, 422 database").await;
    let kept = local().get_item("zq.demo").expect("storage");
    let kept = kept.expect("something is kept");
    assert!(!kept.contains("\"schema\""), "{kept}");
    page.leave();
    page.set_network("up");
    let _app = page.start().await;
    page.posts(3).await;
    let sent: Vec<String> = (0..3).map(|at| page.post(at).body()).collect();
    assert_eq!(sent, [first.clone(), first.clone(), second.clone()]);
    settles(&page, "422 database").await;
}

#[wasm_bindgen_test]
async fn an_earlier_version_in_another_tab_loses_nothing_either() {
    let (kept, records) = three_decisions().await;
    let page = Page::new();
    let app = page.start().await;
    let old = kept.replacen('{', &format!(r#"{{"pending":[{}],"#, records[2]), 1);
    local().set_item("zq.demo", &old).expect("storage");
    page.set_network("down");
    accept(&app);
    page.posts(1).await;
    page.leave();
    let _app = page.start().await;
    settles(&page, "0 database, 0 database").await;
}

#[wasm_bindgen_test]
async fn a_returned_record_is_kept_told_and_never_sent_again() {
    for status in ["409", "422"] {
        let page = Page::new();
        let app = page.start().await;
        page.set_network(status);
        accept(&app);
        settles(&page, &format!("{status} database")).await;
        page.set_network("up");
        reject(&app);
        page.posts(2).await;
        assert_ne!(page.record(1).id, page.record(0).id);
        // Beside the receipt of the next.
        let _ = app.show("rights").expect("a view");
        let sheet = page.sheet().and_then(|sheet| sheet.text_content());
        let sheet = sheet.expect("a sheet");
        assert!(sheet.contains("record_returned"), "{sheet}");
        assert!(sheet.contains("receipt_lead"), "{sheet}");
        page.leave();
        let _app = page.start().await;
        page.posts(2).await;
        assert_eq!(lying(&page).await, format!("{status} database"));
    }
}

#[wasm_bindgen_test]
async fn each_subjects_records_go_with_its_own_token() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("down");
    accept(&app);
    reject(&app);
    page.posts(1).await;
    page.leave();
    // Somebody else at the same device.
    let other = Secret::new([7; 32]);
    page.set_token(&other.bearer());
    let app = page.start().await;
    page.posts(2).await;
    accept(&app);
    settles(&page, "0 database, 0 database, 0 database").await;
    page.set_network("up");
    wait(50).await;
    let before = page.count();
    dispatch("online", None);
    page.posts(before + 3).await;
    settles(&page, "").await;
    let sent: Vec<_> = (before..before + 3)
        .map(|at| (page.post(at).authorization(), page.record(at)))
        .collect();
    for (authorization, record) in &sent {
        let bearer = authorization.strip_prefix("Bearer ").expect("a token");
        let secret = Secret::from_bearer(bearer).expect("a secret");
        assert_eq!(record.subject, secret.subject("demo"));
    }
    let of = |subject: &str| -> Vec<u64> {
        let theirs = sent.iter().filter(|(_, record)| record.subject == subject);
        theirs.map(|(_, record)| record.sequence).collect()
    };
    assert_eq!(of(&other.subject("demo")), [1]);
    assert_eq!(of(&page.record(0).subject), [1, 2]);
}

/// Sequences begin again with each subject.
#[wasm_bindgen_test]
async fn whoever_comes_back_is_heard_behind_what_they_said_before() {
    let page = Page::new();
    let mut ids = Vec::new();
    for person in [7, 8, 7] {
        page.set_token(&Secret::new([person; 32]).bearer());
        let app = page.start().await;
        page.set_network("down");
        accept(&app);
        reject(&app);
        wait(60).await;
        page.leave();
        ids = page.lying().await;
    }
    assert_eq!(ids.len(), 6, "{ids:?}");
    let before = page.count();
    page.set_network("up");
    let _app = page.start().await;
    settles(&page, "").await;
    let sent: Vec<_> = (before..page.count()).map(|at| page.record(at)).collect();
    let theirs = |person| {
        let subject = Secret::new([person; 32]).subject("demo");
        let theirs = sent.iter().filter(move |record| record.subject == subject);
        theirs.map(|record| record.id.clone()).collect::<Vec<_>>()
    };
    for person in [7, 8] {
        let theirs = theirs(person);
        assert!(theirs.is_sorted_by_key(RecordId::as_str), "{theirs:?}");
    }
    assert_eq!((theirs(7).len(), theirs(8).len()), (4, 2));
}

#[wasm_bindgen_test]
async fn what_a_clock_that_was_set_back_made_goes_behind_what_it_follows() {
    let (_, records) = three_decisions().await;
    let ids: Vec<_> = records.iter().map(|record| record_id(record)).collect();
    let page = Page::new();
    let bearer = Secret::new([7; 32]).bearer();
    for (id, record) in ids.iter().zip(&records) {
        // The first decision has the latest id, and the other way round.
        let (first, last) = (&ids[0], &ids[2]);
        let record = record.replace(first, "?").replace(last, first);
        let record = record.replace('?', last);
        let key = format!(
            "zq.demo.{}",
            if id == first {
                last
            } else if id == last {
                first
            } else {
                id
            }
        );
        let entry = format!("{bearer} 0 {record}");
        local().set_item(&key, &entry).expect("storage");
    }
    let _app = page.start().await;
    settles(&page, "").await;
    let sent: Vec<_> = (0..3).map(|at| page.record(at)).collect();
    assert_eq!(page.count(), 3);
    for (before, after) in sent.iter().zip(&sent[1..]) {
        assert_eq!(after.previous.as_ref(), Some(&before.id));
    }
}

#[wasm_bindgen_test]
async fn a_database_that_was_slow_once_is_asked_again() {
    let page = Page::new();
    let app = page.start().await;
    page.set_network("down");
    accept(&app);
    page.posts(1).await;
    settles(&page, "0 database").await;
    page.leave();
    let restore = broken("hung");
    let app = page.start().await;
    page.set_network("up");
    reject(&app);
    // Whoever asked until then hears nothing for ever.
    wait(1500).await;
    put_back(&restore);
    page.posts_at_least(3).await;
    page.posts(3).await;
    assert_eq!(page.record(1).id, page.record(0).id);
    assert_eq!(page.record(2).previous, Some(page.record(1).id));
}

#[wasm_bindgen_test]
async fn a_notice_that_no_server_knows_stands_before_nothing_for_ever() {
    let now = js_sys::Date::now();
    for (days, status) in [(4.0, "422"), (2.0, "0")] {
        let (_, records) = three_decisions().await;
        let page = Page::new();
        page.set_network("unknown");
        let id = record_id(&records[0]);
        let made = format!("{:012x}", (now - days * 86_400_000.0) as u64);
        let aged = format!("{}-{}{}", &made[..8], &made[8..], &id[13..]);
        let record = records[0].replace(&id, &aged);
        let bearer = Secret::new([7; 32]).bearer();
        let entry = format!("{bearer} 0 {record}");
        local()
            .set_item(&format!("zq.demo.{aged}"), &entry)
            .expect("storage");
        let _app = page.start().await;
        settles(&page, &format!("{status} database")).await;
        page.posts_at_least(1).await;
        settles(&page, &format!("{status} database")).await;
    }
}

/// The id in a record's JSON.
fn record_id(record: &str) -> String {
    let (_, rest) = record.split_once(r#""id":""#).expect("an id");
    rest[..36].to_owned()
}

#[wasm_bindgen_test]
async fn a_tracker_that_claims_every_name_takes_no_record_away() {
    let mut notice = sample::notice();
    for technology in [Technology::IndexedDb, Technology::LocalStorage] {
        notice.trackers[1].uses.push(Use {
            technology,
            patterns: vec![Glob::new("*"), Glob::new("zq.demo")],
        });
    }
    let page = Page::of(&notice);
    local().set_item("theirs", "1").expect("storage");
    let app = page.start().await;
    page.set_network("down");
    reject(&app);
    let _ = JsFuture::from(app.removed()).await.expect("plain data");
    assert_eq!(local().get_item("theirs"), Ok(None));
    assert_eq!(lying(&page).await, "0 database");
    assert!(local().get_item("zq.demo").is_ok_and(|it| it.is_some()));
}
