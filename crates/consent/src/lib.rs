//! What a person is asked, what they chose, and what follows from it.
//!
//! The straight line: a [`Notice`] says what is asked; the [rules of asking](rules) turn a
//! person's act into a [`Decision`]; the [`gate`] says what may load, be kept or be sent under
//! that decision, and what must be erased; a [`Removal`] tells what was; a [`Record`] reports it; a `Receipt` (feature
//! `receipt`) proves it. The same code decides in the page and on the server, so it knows no
//! browser, clock, randomness or I/O: those are passed in.

pub mod cookie;
pub mod decision;
pub mod digest;
pub mod environment;
pub mod gate;
pub mod glob;
pub mod notice;
#[cfg(feature = "openapi")]
mod openapi;
#[cfg(feature = "receipt")]
pub mod receipt;
pub mod record;
pub mod removal;
pub mod rules;
pub mod subject;
pub mod technology;
pub mod timestamp;
pub mod words;

pub use decision::{Choice, Decision, State};
pub use environment::Environment;
pub use glob::Glob;
pub use notice::{
    Banner, Basis, Call, ContactPoint, Handle, Minors, Mode, Notice, Permission, Place, PolicyRef,
    PreviousVersion, Purpose, Recipient, Rights, Signals, Tier, Tracker, Use,
};
#[cfg(feature = "receipt")]
pub use receipt::Receipt;
pub use record::{Event, Fault, Method, Record, RecordId};
pub use removal::Removal;
pub use subject::Secret;
pub use technology::{Technologies, Technology};
pub use words::Words;
