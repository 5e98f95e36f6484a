//! A load of consents for a server, its crashes, and the check of what it acknowledged.
//!
//! The straight line: the [`population`] says who sends what, [`template`] has their records as
//! bytes, a [`Connection`] carries them, [`load()`](load()) is many connections at work for a while;
//! the [`Book`] keeps what was sent and acknowledged, [`figures`] what was measured. Afterwards
//! [`check`] asks for everything again and [`judge`] says what is wrong with it. [`server`] starts
//! the real server on a [`store`], [`crash()`](crash()) kills either at any moment, [`durable()`](durable()) traces
//! what it syncs before it answers and cuts the power, [`ledger`] lets a store grow, and [`plots`] draw what
//! that does.
//!
//! It speaks to a server by HTTP and by its command line alone.

mod answerer;
mod book;
mod check;
mod connection;
mod cost;
mod crash;
mod crashes;
mod durable;
mod error;
mod figures;
mod judge;
mod ledger;
mod load;
mod lookups;
mod plan;
mod plot;
mod plots;
mod population;
mod report;
mod request;
mod run;
#[cfg(test)]
mod sample;
mod server;
mod site;
mod store;
mod template;
mod worker;

pub use answerer::answer;
pub use book::{Batch, Book, Print};
pub use check::{Checked, Which, check};
pub use connection::{Answer, Connection, Target};
pub use cost::Costs;
pub use crash::{Rounds, Victim, crash};
pub use crashes::{Crashes, Found};
pub use durable::{Cut, Durability, Durable, Early, How, Made, When, durable};
pub use error::Error;
pub use figures::{Figures, Latencies, Latency};
pub use judge::{Fault, Finding, Judgement, judge};
pub use ledger::{Grown, Growth, Size, grow};
pub use load::{Order, Outcome, Until, load};
pub use lookups::{Lookups, look_up};
pub use plan::{Check, Plan, Setting};
pub use plot::{Bound, Line, Plot};
pub use plots::draw;
pub use population::Population;
pub use report::Report;
pub use run::run;
pub use server::{Server, Settings};
pub use site::Site;
pub use store::{Kind, Store};
pub use template::{Fill, Templates};
