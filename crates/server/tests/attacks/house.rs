//! What is attacked: a server of two sites on a socket, with its ledger in a file, and people who
//! have used it honestly.

use crate::wire::{self, Answer};
use fastrand::Rng;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::PathBuf;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use zhiqing_consent::{
    Basis, Mode, Notice, PolicyRef, Purpose, Receipt, RecordId, Rights, Secret, Technology, Tier,
    digest,
};
use zhiqing_server::{Hosted, Limits, PageFile, Policy, SigningKey, Store};

/// The ids of the sites.
pub(crate) const SITES: [&str; 2] = ["demo", "shop"];
const POLICY: &str = r#"{"title":"隐私政策"}"#;
/// Each of them has this many records before the first attack.
const PEOPLE: usize = 40;

/// A record that was kept, and what the server said to it.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) person: Secret,
    pub(crate) record: Value,
    pub(crate) answer: Vec<u8>,
}

pub(crate) struct House {
    pub(crate) address: SocketAddr,
    pub(crate) notices: [Notice; 2],
    /// What was kept before the first attack.
    pub(crate) kept: Vec<Kept>,
    folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl House {
    /// Opens it and lets its people in.
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let notices = SITES.map(notice);
        let store = format!("sqlite:{}", database(&folder).display());
        let hosted = notices.iter().map(hosted).collect();
        let store = Store::open(&store).expect("a store");
        let router = zhiqing_server::router(hosted, store).expect("a server");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(zhiqing_server::serve(listener, router, async {
            let _ = stopped.await;
        }));
        let mut house = Self {
            address,
            notices,
            kept: Vec::new(),
            folder,
            stop: Some(stop),
            serving,
        };
        let mut rng = Rng::with_seed(1);
        for _ in 0..PEOPLE {
            let kept = house.honest(&mut rng).await;
            house.kept.push(kept);
        }
        house
    }

    /// Keeps a record of somebody new, who is answered as they should be.
    pub(crate) async fn honest(&self, rng: &mut Rng) -> Kept {
        let (person, record) = self.submission(rng);
        let request = wire::submit(&person, record.to_string());
        let answer = wire::talk(self.address, &request.bytes()).await;
        let [answer] = &answer[..] else {
            panic!("one answer to an honest record, not {answer:?}");
        };
        assert_eq!(answer.status, 201, "{answer:?}");
        let kept = Kept {
            person,
            record,
            answer: answer.body.clone(),
        };
        kept.verify(&answer.body);
        kept
    }

    /// Somebody new and a record of theirs that is good in everything.
    pub(crate) fn submission(&self, rng: &mut Rng) -> (Secret, Value) {
        let mut bytes = [0; 32];
        rng.fill(&mut bytes);
        let person = Secret::new(bytes);
        let notice = &self.notices[rng.usize(..2)];
        (person.clone(), record(rng, &person, notice))
    }

    /// The notice of another site than the record's.
    pub(crate) fn other(&self, record: &Value) -> &Notice {
        &self.notices[usize::from(record["site"] == SITES[0])]
    }

    /// How many records are in the ledger, by the file.
    pub(crate) fn count(&self) -> usize {
        let ledger = Connection::open(database(&self.folder)).expect("the ledger");
        let count = ledger.query_row("SELECT count(*) FROM records", [], |row| {
            row.get::<_, i64>(0)
        });
        usize::try_from(count.expect("a count")).expect("not less than none")
    }

    /// Asserts that whoever kept something still has it, and nothing else.
    pub(crate) async fn assert_history(&self, kept: &Kept) {
        let site = kept.record["site"].as_str().expect("a site");
        let path = format!("/v1/consents/{}", kept.person.subject(site));
        let request = wire::get(&path).bearer(&kept.person);
        let answer = wire::talk(self.address, &request.bytes()).await;
        let [Answer { status, body, .. }] = &answer[..] else {
            panic!("one answer to whoever asks for their own: {answer:?}");
        };
        assert_eq!(*status, 200);
        kept.verify(body);
    }

    /// Stops it, which must be in good order.
    pub(crate) async fn close(mut self) {
        let stop = self.stop.take().expect("stopped once");
        stop.send(()).expect("it still serves");
        self.serving.await.expect("no panic").expect("good order");
    }
}

impl Kept {
    /// Asserts that `body` has the one receipt of this record, and that it verifies.
    fn verify(&self, body: &[u8]) {
        let said: Value = serde_json::from_slice(body).expect("JSON");
        let [receipt] = &said["receipts"].as_array().expect("receipts")[..] else {
            panic!("one receipt, not {said}");
        };
        let key = key().verifying_key();
        let receipt = Receipt::verify(receipt.to_string().as_bytes(), &key).expect("a good one");
        let record = serde_json::to_value(&receipt.record).expect("JSON");
        assert_eq!(record, self.record);
    }
}

fn database(folder: &TempDir) -> PathBuf {
    folder.path().join("zhiqing.db")
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

fn notice(site: &str) -> Notice {
    let purpose = |id: &str, basis| Purpose {
        id: id.into(),
        name: id.into(),
        description: "用于测试。".into(),
        tier: Tier::Extended,
        basis,
        clauses: vec![],
        data: vec![],
        recipients: vec![],
        refusal: "不影响使用。".into(),
        retention: String::new(),
        gpc: false,
    };
    let notice = Notice {
        site: site.into(),
        digest: String::new(),
        name: site.into(),
        operator: None,
        contacts: vec![],
        locale: "zh-CN".into(),
        mode: Mode::Listed,
        policy: PolicyRef {
            version: "2026.11".into(),
            digest: digest::of_bytes(site.as_bytes()),
        },
        previous: vec![],
        report: "/v1".into(),
        purposes: vec![
            purpose("service", Basis::None),
            purpose("analytics", Basis::General),
            purpose("ads", Basis::General),
            purpose("identity", Basis::Separate),
            purpose("child", Basis::Guardian),
        ],
        recipients: vec![],
        trackers: vec![],
        permissions: vec![],
        technologies: Technology::ALWAYS_OFFERED.to_vec(),
        minors: None,
        rights: Rights::default(),
        banner: Default::default(),
        texts: Default::default(),
    };
    notice.seal().expect("a digest")
}

fn hosted(notice: &Notice) -> Hosted {
    let files = [("zhiqing.js", "/* 知情 */"), ("notice.json", "{}")];
    Hosted {
        notice: notice.clone(),
        notice_json: serde_json::to_vec(notice).expect("JSON"),
        policies: vec![Policy {
            version: "2026.11".into(),
            json: POLICY.into(),
        }],
        origins: vec![format!("https://{}.example", notice.site)],
        files: files
            .map(|(name, text)| (name.into(), PageFile::named(name, text.into())))
            .into(),
        page: "<!doctype html><title>示例</title>".into(),
        decided_page: "<!doctype html><title>示例</title>".into(),
        key: key(),
        limits: Limits::default(),
    }
}

fn record(rng: &mut Rng, person: &Secret, notice: &Notice) -> Value {
    let mut random = [0; 10];
    rng.fill(&mut random);
    let identity = rng.bool();
    let state = |granted| if granted { "granted" } else { "denied" };
    json!({
        "schema": "zhiqing/1",
        "id": RecordId::new(1_763_690_000_000 + rng.u64(..1_000_000), random).as_str(),
        "site": notice.site,
        "subject": person.subject(&notice.site),
        "sequence": rng.u64(1..1 << 53),
        "previous": null,
        "policy": notice.policy,
        "notice": { "digest": notice.digest, "locale": "zh-CN", "shown_ms": rng.u64(..100_000) },
        "event": "given",
        "method": "save",
        "signals": { "gpc": rng.bool() },
        "choices": [
            { "purpose": "analytics", "state": "granted", "separate": false },
            { "purpose": "ads", "state": state(rng.bool()), "separate": false },
            { "purpose": "identity", "state": state(identity), "separate": identity },
            { "purpose": "child", "state": "denied", "separate": false },
        ],
        "technologies": { "etag": "refused" },
        "guardian": null,
        "environment": "h5",
        "occurred_at": "2026-11-21T08:00:00.000Z",
    })
}
