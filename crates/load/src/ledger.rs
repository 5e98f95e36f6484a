//! A ledger that grows: how fast it is and how much room it takes at each size.

use crate::Error;
use crate::book::Book;
use crate::check::{Checked, Which, check};
use crate::connection::Target;
use crate::figures::Figures;
use crate::load::{Order, Until, load};
use crate::lookups::{Lookups, look_up};
use crate::plan::Setting;
use crate::population::Population;
use crate::run::block_on;
use crate::server::{Server, Settings};
use crate::site::Site;
use crate::store::Store;
use serde::Serialize;
use std::fmt;
use std::time::{Duration, Instant};

/// What is not measured at the beginning of each load.
const WARM_UP: Duration = Duration::from_secs(1);
/// Of how many people the records are asked for again at the end.
const CHECKED: usize = 20_000;

/// A growing ledger.
#[derive(Clone, Debug, clap::Args)]
pub struct Growth {
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would print it")]
    pub setting: Setting,
    /// Records at which it is measured, in growing numbers.
    #[arg(
        long,
        value_name = "N,…",
        value_delimiter = ',',
        default_value = "10000,100000,1000000"
    )]
    pub sizes: Vec<u64>,
    /// How long is measured at each.
    #[arg(long, value_name = "N", default_value_t = 10.0)]
    pub seconds: f64,
    /// How many people are looked up at each.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub lookups: u64,
    /// Connections that look up.
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub lookup_connections: usize,
    /// Records in a request while it is filled, all of one person.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub fill_lists: u16,
}

/// A ledger of one size.
#[derive(Clone, Debug, Serialize)]
pub struct Size {
    /// Records when the measuring began.
    pub records: u64,
    /// And when it ended: the load adds to it.
    pub records_after: u64,
    /// Bytes on disk when it began, after a stop in good order; `null` where the store is elsewhere.
    pub bytes: Option<u64>,
    /// Of these, without those of an empty store, bytes for a record beyond its JSON.
    pub bytes_beyond_json: Option<f64>,
    /// Mean length of a record's JSON.
    pub record_bytes: f64,
    /// From the start of the server to its address on stdout.
    pub start_ms: f64,
    /// How it was filled up to here.
    pub fill: Figures,
    /// One record in a request.
    pub load: Figures,
    /// People looked up.
    pub lookups: Lookups,
}

/// How a ledger grew.
#[derive(Clone, Debug, Serialize)]
pub struct Grown {
    /// Makes the same people again.
    pub seed: u64,
    /// Whose store it was.
    pub store: String,
    /// Bytes on disk of the store with no record in it, which PostgreSQL has millions of.
    pub empty_bytes: Option<u64>,
    /// From the smallest.
    pub sizes: Vec<Size>,
    /// The rate at the last size, of that at the first.
    pub last_to_first: f64,
    /// A sample, at the end.
    pub check: Checked,
}

impl Grown {
    /// Whether nothing is wrong.
    pub fn is_good(&self) -> bool {
        let fails = |figures: &Figures| figures.first_refusal.is_some() || figures.given_up > 0;
        let is_whole =
            |size: &Size| !fails(&size.fill) && !fails(&size.load) && size.lookups.failed == 0;
        self.check.is_good() && self.sizes.iter().all(is_whole)
    }
}

impl fmt::Display for Grown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "store     {}, seed {}", self.store, self.seed)?;
        for size in &self.sizes {
            let Size {
                records,
                records_after,
                load,
                lookups,
                ..
            } = size;
            writeln!(f, "\nat {records} records (after the load {records_after})")?;
            writeln!(f, "{load}\n{lookups}")?;
            if let (Some(bytes), Some(beyond)) = (size.bytes, size.bytes_beyond_json) {
                writeln!(
                    f,
                    "room      {bytes} bytes: {beyond:.0} a record beyond its JSON of {:.0}",
                    size.record_bytes
                )?;
            }
            writeln!(f, "start     {:.0} ms", size.start_ms)?;
        }
        writeln!(
            f,
            "\nspeed     {:.2} of that at the first size",
            self.last_to_first
        )?;
        write!(f, "{}", self.check)
    }
}

/// Lets a ledger grow.
///
/// # Errors
/// A server that does not start or answer. What it does wrong is in the report.
pub fn grow(growth: &Growth) -> Result<Grown, Error> {
    if growth.sizes.is_empty() || !growth.sizes.is_sorted() {
        return Err(Error::Plan("--sizes grow".into()));
    }
    let setting = &growth.setting;
    let (seed, people) = setting.people();
    eprintln!("ledger: seed {seed}");
    let mut growing = Growing {
        growth,
        store: Store::open(&setting.store)?,
        settings: Settings::copy(&setting.settings)?,
        people,
        seed,
        book: Book::default(),
        bytes: 0,
        empty_bytes: None,
        next_person: 0,
    };
    growing.started()?.0.stop()?;
    growing.empty_bytes = growing.store.bytes()?;
    let mut sizes = Vec::new();
    for &size in &growth.sizes {
        sizes.push(growing.size(size)?);
    }
    let (server, target, site) = growing.started()?;
    eprintln!("ledger: ask for a sample of what was acknowledged");
    let which = Which::Sample {
        people: CHECKED,
        seed,
    };
    let check = check(&target, &site, &mut growing.book, which)?;
    server.stop()?;
    let rate = |size: Option<&Size>| size.map_or(0.0, |size| size.load.rate);
    Ok(Grown {
        seed,
        store: setting.store.to_string(),
        empty_bytes: growing.empty_bytes,
        last_to_first: rate(sizes.last()) / rate(sizes.first()).max(1.0),
        sizes,
        check,
    })
}

/// A ledger on its way.
struct Growing<'a> {
    growth: &'a Growth,
    store: Store,
    settings: Settings,
    people: Population,
    seed: u64,
    book: Book,
    /// Of the JSON of all records.
    bytes: u64,
    empty_bytes: Option<u64>,
    next_person: u64,
}

impl Growing<'_> {
    fn started(&self) -> Result<(Server, Target, Site), Error> {
        let program = &self.growth.setting.zhiqing;
        let (server, target) = Server::started(program, &self.settings, &self.store.url())?;
        let site = block_on(Site::ask(&target, self.settings.site(), self.people))??;
        Ok((server, target, site))
    }

    /// Fills it up to a size and measures it there.
    fn size(&mut self, size: u64) -> Result<Size, Error> {
        let growth = self.growth;
        let missing = size.saturating_sub(self.book.acknowledged());
        eprintln!("ledger: fill it up to {size} records, {missing} more");
        let (server, target, site) = self.started()?;
        let order = Order {
            connections: growth.setting.connections,
            list: growth.fill_lists,
            until: Until::Records(missing),
            warm_up: Duration::ZERO,
            until_broken: false,
            first_person: 0,
            server: Some(server.process()),
            database: self.store.process(),
        };
        let fill = self.load(&target, &site, order)?;
        // What is measured is a ledger at rest: nothing of it is only in a log.
        server.stop()?;
        self.store.settle()?;
        let records = self.book.acknowledged();
        let bytes = self.store.bytes()?;
        let of_records = bytes
            .zip(self.empty_bytes)
            .map(|(all, empty)| all - empty.min(all));
        let each = |bytes: u64| bytes as f64 / records.max(1) as f64;
        let record_bytes = each(self.bytes);

        let begin = Instant::now();
        let (server, target, site) = self.started()?;
        let start_ms = begin.elapsed().as_secs_f64() * 1e3;
        eprintln!("ledger: measure it at {records} records");
        let load = self.load(
            &target,
            &site,
            Order {
                list: 1,
                until: Until::Time(WARM_UP + Duration::from_secs_f64(growth.seconds)),
                warm_up: WARM_UP,
                server: Some(server.process()),
                ..order
            },
        )?;
        let times = (growth.lookups, growth.lookup_connections);
        let lookups = look_up(&target, &site, &self.book, times, self.seed)?;
        server.stop()?;
        Ok(Size {
            records,
            records_after: self.book.acknowledged(),
            bytes,
            bytes_beyond_json: of_records.map(|bytes| each(bytes) - record_bytes),
            record_bytes,
            start_ms,
            fill,
            load,
            lookups,
        })
    }

    fn load(&mut self, target: &Target, site: &Site, order: Order) -> Result<Figures, Error> {
        let first_person = self.next_person;
        let outcome = load(
            target,
            site,
            &Order {
                first_person,
                ..order
            },
        )?;
        self.next_person = outcome.next_person;
        self.bytes += outcome.bytes;
        self.book.add(outcome.book.batches().iter().copied());
        Ok(outcome.figures)
    }
}
