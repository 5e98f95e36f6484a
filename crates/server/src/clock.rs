//! How far ahead of the server's clock a record may be.

use jiff::{SignedDuration, Timestamp};
use zhiqing_consent::{Fault, Record};

/// The widest time zone is 14 hours from UTC, so a phone whose hands were set right in a zone that
/// was not is no further ahead; an hour more is for clocks that are merely fast. There is no bound
/// behind: a cheap phone without a battery for its clock begins at 1970, and its person has decided
/// all the same. When a record came, its receipt says.
const AHEAD: SignedDuration = SignedDuration::from_hours(15);

/// Whether a record that was [checked](Record::check) can have been made by `now`.
pub(crate) fn check(record: &Record, now: Timestamp) -> Result<(), Fault> {
    let at: Option<Timestamp> = record.occurred_at.parse().ok();
    match at {
        Some(at) if at.duration_since(now) <= AHEAD => Ok(()),
        _ => Err(Fault {
            field: "occurred_at".into(),
            message: format!(
                "is more than 15 hours ahead of {now:.0}, which it is here; set the clock of the \
                 device that made it"
            ),
        }),
    }
}
