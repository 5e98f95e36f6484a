//! What holds for the views together.

mod asking;
mod changes;
mod form;
mod hostile_text;
pub(crate) mod markup;
mod policy_text;
pub(crate) mod sample;
mod snapshots;
