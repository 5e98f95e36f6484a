//! Power cuts at many moments, and what the real server makes of what they leave.

use super::answers::{Answer, Id, id};
use super::disk::{Cut, Disk};
use super::image::{self, Tree};
use super::judge::Syncs;
use super::stage::Traced;
use crate::Error;
use crate::book::{Batch, Book};
use crate::check::{Checked, Which, check};
use crate::connection::Target;
use crate::judge::{Fault, Finding};
use crate::load::{Order, Until, load};
use crate::run::block_on;
use crate::server::{Server, Settings};
use crate::site::Site;
use serde::Serialize;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// How many records are sent after a cut.
const AFTER: u64 = 5;
/// The number of the first person who sends them.
const LATER_PEOPLE: u64 = 1 << 32;

/// When the power goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// As an answer begins: its client may have it.
    Answered,
    /// At any moment.
    AnyTime,
    /// Before an answer begins.
    BeforeAnswer,
    /// As a sync returns.
    Synced,
    /// Before a sync returns.
    BeforeSync,
}

const WHEN: [When; 5] = [
    When::Answered,
    When::AnyTime,
    When::BeforeAnswer,
    When::Synced,
    When::BeforeSync,
];

/// A power cut and what was found after it.
#[derive(Clone, Debug, Serialize)]
pub struct Made {
    /// When the power went.
    pub when: When,
    /// What was left.
    pub cut: Cut,
    /// How many records were acknowledged before.
    pub acknowledged: u64,
    /// Of the others, how many are there.
    pub unacknowledged_kept: u64,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// The moment of a cut: all that has a place before `at` has happened. Syncs that return at `deaf` or later
/// did nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) when: When,
    pub(super) cut: Cut,
    pub(super) at: usize,
    pub(super) deaf: usize,
}

impl Moment {
    /// Draws so many, of each kind as many.
    pub(super) fn draw(
        many: u32,
        answers: &[Answer],
        syncs: &Syncs,
        end: usize,
        draws: &mut fastrand::Rng,
    ) -> Vec<Self> {
        let mut one = |number: usize| {
            let answer = draws.choice(answers).map_or(end, |answer| answer.begin);
            let sync = syncs.draw(draws).unwrap_or(end);
            let when = WHEN[number % WHEN.len()];
            Self {
                when,
                cut: [Cut::Bare, Cut::Torn][number % 2],
                at: match when {
                    When::Answered => answer + 1,
                    When::BeforeAnswer => answer,
                    When::Synced => sync + 1,
                    When::BeforeSync => sync,
                    When::AnyTime => draws.usize(0..=end),
                },
                deaf: usize::MAX,
            }
        };
        (0..many as usize).map(&mut one).collect()
    }
}

/// Makes a cut, and checks what it leaves.
///
/// # Errors
/// Files that cannot be written. What the server does not do is found.
pub(super) fn make(
    traced: &mut Traced,
    answers: &[Answer],
    zhiqing: &Path,
    moment: Moment,
    draws: &mut fastrand::Rng,
) -> Result<Made, Error> {
    let Moment {
        when,
        cut,
        at,
        deaf,
    } = moment;
    let disk = Disk::at(&traced.image, &traced.trace, at, deaf)?;
    let left = disk.left(cut, draws);
    let mut book = before(&traced.book, &traced.site, answers, at);
    let mut made = Made {
        when,
        cut,
        acknowledged: book.acknowledged(),
        unacknowledged_kept: 0,
        findings: Vec::new(),
    };
    match rebuilt(traced, &left, zhiqing)? {
        Ok(rebuilt) => {
            let checked = rebuilt.check(&traced.site, &mut book)?;
            made.unacknowledged_kept = checked.unacknowledged_kept;
            made.findings = checked.findings;
        }
        Err(error) => made.findings.push(untold(error.to_string())),
    }
    Ok(made)
}

fn untold(detail: String) -> Finding {
    Finding {
        fault: Fault::Untold,
        subject: String::new(),
        detail,
    }
}

/// What was sent at any time, acknowledged as far as it was before a cut.
fn before(book: &Book, site: &Site, answers: &[Answer], at: usize) -> Book {
    let answers = answers.iter().filter(|answer| answer.begin < at);
    let acknowledged: HashSet<Id> = answers.flat_map(|answer| &answer.ids).copied().collect();
    let is_acknowledged = |batch: &Batch| {
        let mut ids = batch.sequences();
        ids.all(|sequence| {
            let record = site.people.id(batch.person, sequence, batch.sent_ms);
            acknowledged.contains(&id(&record))
        })
    };
    let mut then = Book::default();
    then.add(book.batches().iter().map(|batch| Batch {
        receipts: batch.receipts.filter(|_| is_acknowledged(batch)),
        ..*batch
    }));
    then
}

/// A server on what a cut left.
struct Rebuilt {
    server: Server,
    target: Target,
    settings: Settings,
    /// Of SQLite.
    _folder: Option<TempDir>,
}

impl Rebuilt {
    /// Asks for everything that was acknowledged, and whether more is taken.
    fn check(mut self, site: &Site, book: &mut Book) -> Result<Checked, Error> {
        let mut checked = check(&self.target, site, book, Which::All)?;
        match block_on(Site::ask(&self.target, self.settings.site(), site.people))? {
            Ok(now) => {
                // Before anything was acknowledged another key may have been made; after, nobody could verify
                // what was given out with the key that the site shows.
                if now.key != site.key && book.acknowledged() > 0 {
                    checked.find(Finding {
                        fault: Fault::Unverified,
                        subject: String::new(),
                        detail: "the site has another key".into(),
                    });
                }
                self.go_on(&now, &mut checked)?;
            }
            Err(error) => checked.find(untold(error.to_string())),
        }
        self.server.kill();
        Ok(checked)
    }

    fn go_on(&self, site: &Site, checked: &mut Checked) -> Result<(), Error> {
        let order = Order {
            connections: 1,
            list: 1,
            until: Until::Records(AFTER),
            warm_up: Duration::ZERO,
            until_broken: false,
            first_person: LATER_PEOPLE,
            server: None,
            database: None,
        };
        let mut later = load(&self.target, site, &order)?;
        if later.book.acknowledged() < AFTER {
            checked.find(Finding {
                fault: Fault::Refused,
                subject: String::new(),
                detail: later.figures.first_refusal.unwrap_or_default(),
            });
        }
        let again = check(&self.target, site, &mut later.book, Which::All)?;
        again.findings.into_iter().for_each(|it| checked.find(it));
        Ok(())
    }
}

/// Starts the database and the server on a tree; the inner error is what these say.
fn rebuilt(
    traced: &mut Traced,
    left: &Tree,
    zhiqing: &Path,
) -> Result<Result<Rebuilt, Error>, Error> {
    let [site, data] = traced.image.roots.as_slice() else {
        return Err(Error::Unfollowed("there is no store".into()));
    };
    let temporary = || tempfile::Builder::new().prefix("zq-load-").tempdir();
    let folder = temporary()?;
    image::write(left, site, folder.path())?;
    let settings = Settings::within(folder, &traced.settings);
    let (url, folder) = match traced.store.cluster() {
        Some(cluster) => {
            cluster.kill()?;
            fs::remove_dir_all(data).map_err(Error::of(data))?;
            fs::create_dir(data).map_err(Error::of(data))?;
            image::write(left, data, data)?;
            cluster.own_data()?;
            if let Err(error) = cluster.start_again() {
                return Ok(Err(error.into()));
            }
            (traced.store.url(), None)
        }
        None => {
            let folder = temporary()?;
            image::write(left, data, folder.path())?;
            let file = folder.path().join("ledger.sqlite");
            (format!("sqlite:{}", file.display()), Some(folder))
        }
    };
    let started = Server::started(zhiqing, &settings, &url);
    Ok(started.map(|(server, target)| Rebuilt {
        server,
        target,
        settings,
        _folder: folder,
    }))
}
