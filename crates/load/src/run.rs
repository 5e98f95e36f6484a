//! A whole run: fill, load, look up, check.

use crate::Error;
use crate::answerer::{Answerer, Answers};
use crate::book::Book;
use crate::check::{Which, check};
use crate::connection::Target;
use crate::figures::Figures;
use crate::load::{Order, Outcome, Until, load};
use crate::lookups::look_up;
use crate::plan::{Check, Plan};
use crate::report::Report;
use crate::server::{Server, Settings};
use crate::site::Site;
use crate::store::Store;
use std::future::Future;
use std::time::Duration;

/// Makes a run.
///
/// # Errors
/// A server that does not start or answer. What it does wrong is in the report.
pub fn run(plan: &Plan) -> Result<Report, Error> {
    let setting = &plan.setting;
    if let Some(url) = &plan.url {
        let target = Target::parse(url)?;
        let id = Settings::copy(&setting.settings)?.site().to_owned();
        return Run::on(plan, &target, &id, (None, None))?.whole(url);
    }
    let store = Store::open(&setting.store)?;
    let settings = Settings::copy(&setting.settings)?;
    let (server, target) = Server::started(&setting.zhiqing, &settings, &store.url())?;
    let processes = (Some(server.process()), store.process());
    let name = setting.store.to_string();
    let report = Run::on(plan, &target, settings.site(), processes)?.whole(&name);
    server.stop()?;
    report
}

/// A run under way.
struct Run<'a> {
    plan: &'a Plan,
    target: &'a Target,
    site: Site,
    seed: u64,
    order: Order,
    book: Book,
}

impl<'a> Run<'a> {
    fn on(
        plan: &'a Plan,
        target: &'a Target,
        id: &str,
        (server, database): (Option<u32>, Option<u32>),
    ) -> Result<Self, Error> {
        let (seed, people) = plan.setting.people();
        let warm_up = Duration::from_secs_f64(plan.warm_up);
        Ok(Self {
            plan,
            target,
            site: block_on(Site::ask(target, id, people))??,
            seed,
            order: Order {
                connections: plan.setting.connections,
                list: plan.lists,
                until: match plan.count {
                    Some(count) => Until::Records(count),
                    None => Until::Time(warm_up + Duration::from_secs_f64(plan.seconds)),
                },
                // A count is counted from the first record on.
                warm_up: if plan.count.is_some() {
                    Duration::ZERO
                } else {
                    warm_up
                },
                until_broken: false,
                first_person: 0,
                server,
                database,
            },
            book: Book::default(),
        })
    }

    fn load(&mut self, order: Order) -> Result<Figures, Error> {
        let Outcome {
            figures,
            book,
            next_person,
            ..
        } = load(self.target, &self.site, &order)?;
        self.order.first_person = next_person;
        self.book.add(book.batches().iter().copied());
        Ok(figures)
    }

    fn whole(mut self, store: &str) -> Result<Report, Error> {
        let plan = self.plan;
        eprintln!("load: seed {}", self.seed);
        let fill = match plan.fill {
            0 => None,
            records => {
                eprintln!("load: fill the store with {records} records");
                let order = Order {
                    list: plan.fill_lists,
                    until: Until::Records(records),
                    warm_up: Duration::ZERO,
                    ..self.order
                };
                Some(self.load(order)?)
            }
        };
        eprintln!("load: load it over {} connections", self.order.connections);
        let figures = self.load(self.order)?;
        let mut report = Report {
            seed: self.seed,
            store: store.to_owned(),
            fill,
            load: figures,
            lookups: None,
            check: None,
            alone: None,
            missed: Vec::new(),
        };
        if plan.lookups > 0 {
            eprintln!("load: look up {} people", plan.lookups);
            let times = (plan.lookups, plan.lookup_connections);
            let lookups = look_up(self.target, &self.site, &self.book, times, self.seed)?;
            report.lookups = Some(lookups);
        }
        if plan.alone {
            report.alone = Some(self.alone()?);
        }
        let which = match plan.check {
            Check::None => None,
            Check::All => Some(Which::All),
            Check::People(people) => Some(Which::Sample {
                people,
                seed: self.seed,
            }),
        };
        if let Some(which) = which {
            eprintln!("load: ask for what was acknowledged");
            report.check = Some(check(self.target, &self.site, &mut self.book, which)?);
        }
        report.miss(plan);
        Ok(report)
    }

    /// The same load on a server that answers at once.
    fn alone(&self) -> Result<Figures, Error> {
        eprintln!("load: load a server that answers at once");
        let answers = block_on(Answers::of(self.target, &self.site, &self.book))??;
        let program = std::env::current_exe().map_err(Error::of("this program"))?;
        let (_answerer, target) = Answerer::start(&program, &answers)?;
        let site = block_on(Site::ask(&target, &self.site.id, self.site.people))??;
        let order = Order {
            server: None,
            database: None,
            ..self.order
        };
        Ok(load(&target, &site, &order)?.figures)
    }
}

/// Waits for a few requests.
pub(crate) fn block_on<F: Future>(future: F) -> Result<F::Output, Error> {
    let runtime = { tokio::runtime::Builder::new_current_thread() }
        .enable_all()
        .build()?;
    Ok(runtime.block_on(future))
}
