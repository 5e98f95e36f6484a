//! Whether durable means synced: the server is traced while it is loaded, and the power is cut.
//!
//! The straight line: [`tracer`] has strace write down what the programs do while they are loaded ([`stage`]),
//! [`line`] and [`call`] read it, [`trace`] puts it into one order. [`answers`] are what the server
//! said to clients, [`logs`] where the store's own log committed what they acknowledge, [`judge`] whether
//! a sync returned in between. [`disk`] knows what a power cut leaves of an [`image`], and [`cuts`] starts the
//! real server on that and asks for everything.

mod answers;
mod call;
mod cuts;
mod disk;
mod image;
mod judge;
mod line;
mod logs;
mod naming;
mod report;
mod stage;
mod trace;
mod tracer;

pub use cuts::{Made, When};
pub use disk::Cut;
pub use judge::{Early, How};
pub use report::Durable;

use crate::Error;
use crate::judge::Fault;
use crate::plan::Setting;
use crate::store::Kind;
use answers::Finder;
use call::Act;
use cuts::Moment;
use judge::{Followed, Judged, Syncs, judge};
use stage::{DATABASE, SERVER, Traced};
use std::collections::HashSet;
use std::path::Path;

/// A trace, and cuts of the power.
#[derive(Clone, Debug, clap::Args)]
pub struct Durability {
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would print it")]
    pub setting: Setting,
    /// How many records are sent while the server is traced.
    #[arg(long, value_name = "N", default_value_t = 8000)]
    pub records: u64,
    /// How often the power is cut; 40 with SQLite, 10 with PostgreSQL.
    #[arg(long, value_name = "N")]
    pub cuts: Option<u32>,
}

/// Traces a server under load, judges its answers, and cuts the power.
///
/// # Errors
/// [`Error::Untraced`] where nothing can be traced; programs that do not start; a trace that cannot be followed.
/// What the server does wrong is in the report.
pub fn durable(durability: &Durability) -> Result<Durable, Error> {
    let setting = &durability.setting;
    tracer::try_it()?;
    let (seed, people) = setting.people();
    eprintln!("durable: seed {seed}");
    let mut draws = fastrand::Rng::with_seed(seed);
    let mut traced = stage::trace(setting, people, durability.records)?;
    eprintln!("durable: traced {} calls", traced.trace.calls.len());

    let answers = answers::answers(&traced.trace, SERVER);
    let finder = Finder::of(&answers);
    let commits = match setting.store {
        Kind::Postgres => logs::postgres(&traced.trace, &finder, DATABASE),
        _ => logs::sqlite(&traced.trace, &finder),
    };
    let syncs = Syncs::of(&traced.trace);
    let judged = judge(&answers, &commits, &syncs);
    let mut report = of_trace(seed, setting, &traced, &judged);
    report.answers = answers.len();
    // One that was sent again may be acknowledged twice.
    let ids: HashSet<_> = answers.iter().flat_map(|answer| &answer.ids).collect();
    report.records = ids.len() as u64;
    // What must be found out: a trace without its syncs, and one with each returning too late.
    let told = |syncs: &Syncs| {
        let early = judge(&answers, &commits, syncs).early;
        let ids: HashSet<_> = early.into_iter().map(|early| early.id).collect();
        ids.len() as u64
    };
    report.told_without_syncs = told(&Syncs::default());
    report.told_with_late_syncs = told(&syncs.late(&answers));

    let usual = if setting.store == Kind::Postgres {
        10
    } else {
        40
    };
    let many = durability.cuts.unwrap_or(usual);
    let end = traced.trace.end;
    for moment in Moment::draw(many, &answers, &syncs, end, &mut draws) {
        let made = cuts::make(&mut traced, &answers, &setting.zhiqing, moment, &mut draws)?;
        report.cuts.push(made);
        let (number, made) = (report.cuts.len(), report.cuts.last());
        eprintln!(
            "durable: cut {number} of {many}: {}",
            made.map(Made::told).unwrap_or_default()
        );
    }
    if let Some(moment) = forgetful(&judged.followed, &mut draws) {
        let made = cuts::make(&mut traced, &answers, &setting.zhiqing, moment, &mut draws)?;
        let is_lost = |it: &&crate::Finding| it.fault == Fault::Lost;
        report.lost_without_last_sync = made.findings.iter().filter(is_lost).count() as u64;
    }
    Ok(report)
}

/// Of a disk that forgets the last sync that an answer waited for: the check must find what is lost.
fn forgetful(followed: &[Followed], draws: &mut fastrand::Rng) -> Option<Moment> {
    let followed = draws.choice(&followed[followed.len() / 2..])?;
    Some(Moment {
        when: When::Answered,
        cut: Cut::Bare,
        at: followed.answer + 1,
        deaf: followed.sync,
    })
}

fn of_trace(seed: u64, setting: &Setting, traced: &Traced, judged: &Judged) -> Durable {
    let (trace, roots) = (&traced.trace, &traced.image.roots);
    let is_ours = |path: &Path| roots.iter().any(|root| path.starts_with(root));
    let (mut writes, mut syncs) = (0, 0);
    for call in &trace.calls {
        match &call.act {
            Act::Write {
                path: Some(path), ..
            } if is_ours(path) => writes += 1,
            Act::Sync { path } if is_ours(path) => syncs += 1,
            _ => {}
        }
    }
    let mut between: Vec<u64> = { judged.followed.iter() }
        .map(|it| trace.moments[it.answer].saturating_sub(trace.moments[it.sync]))
        .collect();
    between.sort_unstable();
    let microseconds = |at: usize| between.get(at).copied().unwrap_or_default() / 1000;
    Durable {
        seed,
        store: setting.store.to_string(),
        calls: trace.calls.len(),
        writes,
        syncs,
        answers: 0,
        records: 0,
        acknowledged: traced.book.acknowledged(),
        followed: judged.followed.len(),
        least_us: microseconds(0),
        median_us: microseconds(between.len() / 2),
        early: judged.early.clone(),
        told_without_syncs: 0,
        told_with_late_syncs: 0,
        differing: traced.differing.clone(),
        cuts: Vec::new(),
        lost_without_last_sync: 0,
    }
}
