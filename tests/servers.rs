//! Two servers on one PostgreSQL with a synchronous standby: one server is killed under load, then the database, and
//! the standby takes its place.

use serde_json::{Value, json};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use ureq::Agent;
use zhiqing_consent::{RecordId, Secret};
use zhiqing_postgres_cluster::Cluster;
use zhiqing_tests::record::record;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Server, Site};

/// How many people send at a time.
const SENDERS: usize = 8;

/// No wait for anything is longer.
const LIMIT: Duration = Duration::from_secs(60);

/// People, each with one record, who send it to one server and, where that does not take it, to the other.
struct Crowd {
    notice: Value,
    addresses: [String; 2],
    agent: Agent,
    next: AtomicU32,
    over: AtomicBool,
    /// Person and receipt.
    acknowledged: Mutex<Vec<(u32, Value)>>,
}

impl Crowd {
    fn before(servers: [&Server; 2]) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(LIMIT));
        Self {
            notice: servers[0].json(&format!("/v1/sites/{SITE}/notice")),
            addresses: servers.map(|server| server.url("/v1/consents")),
            agent: config.build().new_agent(),
            next: AtomicU32::new(0),
            over: AtomicBool::new(false),
            acknowledged: Mutex::default(),
        }
    }

    fn send_all(&self, sender: usize) {
        let mut server = sender;
        while !self.over.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let record = self.record(number).to_string();
            // As a page does: the same again until it is taken.
            while !self.over.load(Ordering::Relaxed) {
                if let Some(receipt) = self.send(&self.addresses[server % 2], number, &record) {
                    self.acknowledged
                        .lock()
                        .expect("a list")
                        .push((number, receipt));
                    break;
                }
                server += 1;
                thread::sleep(Duration::from_millis(20));
            }
        }
    }

    /// The receipt, unless the server is away or says that its store is.
    fn send(&self, address: &str, number: u32, record: &str) -> Option<Value> {
        let bearer = format!("Bearer {}", person(number).bearer());
        let request = self.agent.post(address);
        let request = request.header("Authorization", bearer);
        let request = request.header("Content-Type", "application/json");
        let mut answer = request.send(record).ok()?;
        let status = answer.status().as_u16();
        let body = answer.body_mut().read_to_string().ok()?;
        match status {
            200 | 201 => {
                let body: Value = serde_json::from_str(&body).expect("JSON");
                Some(body["receipts"][0].clone())
            }
            503 => None,
            _ => panic!("{status}: {body}"),
        }
    }

    fn record(&self, number: u32) -> Value {
        let mut record = record(&self.notice, &person(number), 1);
        let mut random = [5; 10];
        random[..4].copy_from_slice(&number.to_be_bytes());
        record["id"] = RecordId::new(1_763_690_000_000, random).as_str().into();
        record
    }

    fn acknowledged(&self) -> usize {
        self.acknowledged.lock().expect("a list").len()
    }

    /// Waits until so many more are acknowledged.
    #[track_caller]
    fn wait_for(&self, more: usize) {
        let (wanted, end) = (self.acknowledged() + more, Instant::now() + LIMIT);
        while self.acknowledged() < wanted {
            assert!(Instant::now() < end, "nothing more is taken");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

fn person(number: u32) -> Secret {
    let mut bytes = [2; 32];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    Secret::new(bytes)
}

/// Everybody's history is the one receipt that they were given.
#[track_caller]
fn assert_kept(server: &Server, acknowledged: &[(u32, Value)]) {
    for (number, receipt) in acknowledged {
        let kept = server.history(SITE, &person(*number).bearer());
        assert_eq!(json!(kept), json!([receipt]));
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_a_server_and_then_the_database_are_killed() {
    let site = Site::sample();
    let mut primary = Cluster::start().expect("PostgreSQL");
    primary.create_database("ledger").expect("a database");
    let mut standby = primary.standby("second").expect("a standby");
    primary.wait_for_standby("second").expect("it follows");
    let store = format!(
        "postgres://postgres@127.0.0.1:{},127.0.0.1:{}/ledger?target_session_attrs=read-write",
        primary.port(),
        standby.port()
    );
    let first = Server::with_store(&site.settings(), &store);
    let second = Server::with_store(&site.settings(), &store);

    let crowd = Crowd::before([&first, &second]);
    let third = thread::scope(|scope| {
        let crowd = &crowd;
        for sender in 0..SENDERS {
            scope.spawn(move || crowd.send_all(sender));
        }
        // Whatever fails here, they end.
        let ended = Ended(&crowd.over);
        crowd.wait_for(100);
        first.kill();
        crowd.wait_for(100);
        // A third comes in the place of the first, while the second goes on.
        let third = Server::with_store(&site.settings(), &store);
        primary.kill().expect("it ends");
        standby.promote().expect("it takes over");
        crowd.wait_for(100);
        drop(ended);
        third
    });
    let acknowledged = crowd.acknowledged.into_inner().expect("a list");
    assert!(acknowledged.len() >= 300, "{}", acknowledged.len());
    assert_kept(&second, &acknowledged);
    assert_kept(&third, &acknowledged);
    println!("{} acknowledged, all there", acknowledged.len());
    standby.stop().expect("it ends");
}

/// Ends the crowd when it is dropped.
struct Ended<'a>(&'a AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
