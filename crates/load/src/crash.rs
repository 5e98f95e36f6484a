//! Killing a server, or its database, at any moment, and asking for everything that was acknowledged.

use crate::book::{Batch, Book, Print};
use crate::check::{Checked, Which, check, patiently};
use crate::connection::{Connection, Target};
use crate::crashes::{Crashes, Found};
use crate::figures::{Latencies, Latency};
use crate::judge::{Fault, Finding};
use crate::load::{Order, Until, load};
use crate::plan::Setting;
use crate::run::block_on;
use crate::server::{self, Server, Settings};
use crate::site::{self, Site};
use crate::store::Store;
use crate::{Error, request};
use rustix::process::Signal;
use serde::Serialize;
use std::collections::HashSet;
use std::thread;
use std::time::{Duration, Instant};

/// The longest that the load is left alone, and how long it may take to notice that it is over.
const NOTICE: Duration = Duration::from_secs(60);
/// A start takes about as long.
const STARTING: Duration = Duration::from_millis(60);
/// The first answers come about then.
const FIRST_ANSWERS: Duration = Duration::from_millis(20);

/// Who is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Victim {
    /// The server.
    Server,
    /// PostgreSQL, and in every other round the server with it; needs --store postgres.
    Database,
}

/// Rounds of crashes.
#[derive(Clone, Debug, clap::Args)]
pub struct Rounds {
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would print it")]
    pub setting: Setting,
    /// How often it is killed.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub rounds: u32,
    /// Who is killed.
    #[arg(long, default_value = "server")]
    pub kill: Victim,
    /// Seconds of load before that, at the most.
    #[arg(long, value_name = "N", default_value_t = 1.5)]
    pub longest: f64,
}

/// The moment of a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// So long after it was started, before it is waited for.
    Starting(Duration),
    /// So long after the load began: about when it gives its first answers.
    FirstAnswers(Duration),
    /// The same, in the midst of it.
    Loaded(Duration),
}

impl Moment {
    fn draw(draws: &mut fastrand::Rng, victim: Victim, longest: f64) -> Self {
        let (which, part) = (draws.u8(0..10), draws.f64());
        match which {
            // A server that starts is of no interest to its database.
            0 | 1 if victim == Victim::Server => Self::Starting(STARTING.mul_f64(part)),
            0..=3 => Self::FirstAnswers(FIRST_ANSWERS.mul_f64(part)),
            _ => Self::Loaded(Duration::from_secs_f64(longest * part)),
        }
    }
}

/// Makes the rounds.
///
/// # Errors
/// A server that never starts, or a database that is not ours to kill. What is lost is in the report.
pub fn crash(rounds: &Rounds) -> Result<Crashes, Error> {
    let setting = &rounds.setting;
    let (seed, people) = setting.people();
    eprintln!("crash: seed {seed}");
    let mut store = Store::open(&setting.store)?;
    if rounds.kill == Victim::Database && store.cluster().is_none() {
        let told = "only a database of ours is killed: --store postgres";
        return Err(Error::Plan(told.into()));
    }
    let settings = Settings::copy(&setting.settings)?;
    // The site is the same in every round.
    let (server, target) = Server::started(&setting.zhiqing, &settings, &store.url())?;
    let site = block_on(Site::ask(&target, settings.site(), people))??;
    server.stop()?;

    let mut crashing = Crashing {
        rounds,
        store,
        settings,
        site,
        draws: fastrand::Rng::with_seed(seed),
        book: Book::default(),
        next_person: 0,
        starts: Latencies::default(),
        crashes: Crashes {
            seed,
            store: setting.store.to_string(),
            kill: rounds.kill,
            rounds: 0,
            moments: [0; 3],
            acknowledged: 0,
            unacknowledged_kept: 0,
            unacknowledged_absent: 0,
            sent_again: 0,
            start: Latency::default(),
            check: Checked::default(),
            found: Vec::new(),
        },
    };
    for _ in 0..rounds.rounds {
        if !crashing.round()? {
            break;
        }
    }
    crashing.end()
}

/// Rounds under way.
struct Crashing<'a> {
    rounds: &'a Rounds,
    store: Store,
    settings: Settings,
    site: Site,
    draws: fastrand::Rng,
    /// Everything that was acknowledged in the rounds so far.
    book: Book,
    next_person: u64,
    starts: Latencies,
    crashes: Crashes,
}

impl Crashing<'_> {
    fn start(&self) -> Result<Server, Error> {
        let setting = &self.rounds.setting;
        Server::start(&setting.zhiqing, &self.settings, &self.store.url())
    }

    /// A server that listens; `None`, which is told, where it does not start any more.
    fn started(&mut self) -> Result<Option<(Server, Target)>, Error> {
        let begin = Instant::now();
        let server = self.start()?;
        match server.listens(NOTICE) {
            Ok(target) => {
                self.starts.add(begin.elapsed());
                Ok(Some((server, target)))
            }
            Err(error) => {
                let finding = Finding {
                    fault: Fault::Untold,
                    subject: String::new(),
                    detail: error.to_string(),
                };
                self.find(finding);
                Ok(None)
            }
        }
    }

    fn find(&mut self, finding: Finding) {
        let round = self.crashes.rounds;
        self.crashes.found.push(Found { round, finding });
    }

    /// One round; whether there can be another.
    fn round(&mut self) -> Result<bool, Error> {
        self.crashes.rounds += 1;
        let kill = self.rounds.kill;
        let moment = Moment::draw(&mut self.draws, kill, self.rounds.longest);
        let (server, mut sent) = match moment {
            Moment::Starting(after) => {
                let mut server = self.start()?;
                thread::sleep(after);
                server.kill();
                self.crashes.moments[0] += 1;
                (None, Book::default())
            }
            Moment::FirstAnswers(after) | Moment::Loaded(after) => {
                let at = if matches!(moment, Moment::Loaded(_)) {
                    2
                } else {
                    1
                };
                self.crashes.moments[at] += 1;
                let Some((server, target)) = self.started()? else {
                    return Ok(false);
                };
                self.load_until_killed(server, target, after)?
            }
        };
        self.crashes.acknowledged += sent.acknowledged();
        let running = match server {
            Some(running) => Some(running),
            None => self.started()?,
        };
        let Some((mut server, target)) = running else {
            return Ok(false);
        };
        self.check(&target, &mut sent, true)?;
        let mut again = self.send_again(&target, &mut sent)?;
        self.check(&target, &mut again, false)?;
        self.book.add(sent.batches().iter().copied());
        let crashes = &self.crashes;
        eprintln!(
            "crash: round {} of {}, {moment:?}: {} records acknowledged, {} findings",
            crashes.rounds,
            self.rounds.rounds,
            sent.acknowledged(),
            crashes.found.len()
        );
        // So that the next round opens what no server has closed in good order.
        server.kill();
        Ok(true)
    }

    /// Loads a server until it, or its database, is killed. Gives the server where it still runs,
    /// and what was sent.
    fn load_until_killed(
        &mut self,
        mut server: Server,
        target: Target,
        after: Duration,
    ) -> Result<(Option<(Server, Target)>, Book), Error> {
        let order = Order {
            connections: self.rounds.setting.connections,
            // All of a list or none of it: most are alone.
            list: if self.draws.u8(0..4) == 0 { 10 } else { 1 },
            until: Until::Time(after + NOTICE),
            warm_up: Duration::ZERO,
            until_broken: true,
            first_person: self.next_person,
            server: None,
            database: None,
        };
        let of_database = self.rounds.kill == Victim::Database;
        let of_server = !of_database || self.draws.bool();
        let process = server.process();
        let cluster = self.store.cluster().filter(|_| of_database);
        let (outcome, killed) = thread::scope(|scope| {
            let killer = scope.spawn(move || {
                thread::sleep(after);
                if of_server {
                    server::send(process, Signal::KILL);
                }
                cluster.map_or(Ok(()), |cluster| {
                    cluster.kill()?;
                    cluster.start_again()
                })
            });
            let outcome = load(&target, &self.site, &order);
            (outcome, killer.join())
        });
        killed.map_err(|_| Error::Plan("whoever was to kill it panicked".into()))??;
        let outcome = outcome?;
        self.next_person = outcome.next_person;
        let running = match of_server {
            true => {
                server.kill();
                None
            }
            false => Some((server, target)),
        };
        Ok((running, outcome.book))
    }

    /// Asks for everything that was sent in a round.
    fn check(&mut self, target: &Target, sent: &mut Book, count: bool) -> Result<(), Error> {
        let checked = check(target, &self.site, sent, Which::All)?;
        if count {
            self.crashes.unacknowledged_kept += checked.unacknowledged_kept;
            self.crashes.unacknowledged_absent += checked.unacknowledged_absent;
        }
        for finding in checked.findings {
            self.find(finding);
        }
        Ok(())
    }

    /// Sends what was not acknowledged again, as a page does: it is taken, or was taken before. Gives
    /// everything that was sent by those who did.
    fn send_again(&mut self, target: &Target, sent: &mut Book) -> Result<Book, Error> {
        let doubtful = sent.batches_mut().iter_mut();
        let doubtful: Vec<_> = doubtful.filter(|batch| batch.receipts.is_none()).collect();
        let who: HashSet<u64> = doubtful.iter().map(|batch| batch.person).collect();
        let site = &self.site;
        let findings = block_on(async {
            let mut connection = Connection::new(target);
            let mut findings = Vec::new();
            for batch in doubtful {
                match again(&mut connection, target, site, batch).await {
                    Ok(print) => {
                        batch.receipts = Some(print);
                        self.crashes.sent_again += u64::from(batch.count);
                    }
                    Err(detail) => findings.push(Finding {
                        fault: Fault::Refused,
                        subject: site.people.secret(batch.person).subject(&site.id),
                        detail,
                    }),
                }
            }
            findings
        })?;
        findings.into_iter().for_each(|finding| self.find(finding));
        let mut again = Book::default();
        let batches = sent.batches().iter().copied();
        again.add(batches.filter(|batch| who.contains(&batch.person)));
        Ok(again)
    }

    /// Asks for everything that was acknowledged in any round.
    fn end(mut self) -> Result<Crashes, Error> {
        eprintln!("crash: ask for everything once more");
        if let Some((server, target)) = self.started()? {
            self.crashes.check = check(&target, &self.site, &mut self.book, Which::All)?;
            if let Err(error) = server.stop() {
                let (fault, subject) = (Fault::Untold, String::new());
                let detail = error.to_string();
                self.crashes.check.find(Finding {
                    fault,
                    subject,
                    detail,
                });
            }
        }
        self.crashes.start = self.starts.figures();
        Ok(self.crashes)
    }
}

/// Sends a batch again; what the server said where it does not take it.
async fn again(
    connection: &mut Connection,
    target: &Target,
    site: &Site,
    batch: &Batch,
) -> Result<Print, String> {
    let (mut body, mut bytes) = (Vec::new(), Vec::new());
    site.write(batch, &mut body);
    let bearer = site.people.secret(batch.person).bearer();
    request::post(&mut bytes, &target.host, &bearer, &body);
    let answer = patiently(connection, &bytes).await;
    let answer = answer.map_err(|error| error.to_string())?;
    let content = connection.content(&answer);
    let print = Print::of_answer(content).filter(|_| [200, 201].contains(&answer.status));
    print.ok_or_else(|| format!("{}: {}", answer.status, site::said(content)))
}
