//! The one order of a site's records.

use super::StoreError;

/// How far a record's moment may be before the last one's, in milliseconds. Servers on one database have
/// clocks of their own, and a clock is put right in small steps; more is a clock that is wrong.
const SKEW_MS: i64 = 5_000;

/// Where the next record of a site goes, within a transaction that holds the site.
#[derive(Clone, Copy)]
pub(super) struct End {
    /// The site's number in the database.
    pub(super) site: i64,
    /// The position of the next record: how many there are.
    pub(super) size: i64,
    /// The latest moment of any of them, in milliseconds since 1970.
    pub(super) last_received_at: i64,
}

impl End {
    /// Fails if `received_at` is so far before what is there already that the server's clock is wrong.
    pub(super) fn admit(&self, site: &str, received_at: i64) -> Result<(), StoreError> {
        admit(site, self.last_received_at, received_at)
    }

    /// Puts a record of `received_at` at the end.
    pub(super) fn advance(&mut self, received_at: i64) {
        self.size += 1;
        self.last_received_at = self.last_received_at.max(received_at);
    }
}

/// Fails if `now` is so far before the latest moment that a site knows that the server's clock is wrong.
pub(super) fn admit(site: &str, latest: i64, now: i64) -> Result<(), StoreError> {
    let behind_ms = latest.saturating_sub(now);
    if behind_ms <= SKEW_MS {
        return Ok(());
    }
    Err(StoreError::ClockBehind {
        site: site.to_owned(),
        behind_ms,
    })
}

/// A place, or a number of places, as the databases have it.
pub(super) fn position(index: u64) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// The part of a subject that the index has.
pub(super) fn prefix(subject: &[u8; 32]) -> &[u8] {
    &subject[..4]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(size: i64) -> End {
        End {
            site: 1,
            size,
            last_received_at: 100_000,
        }
    }

    #[test]
    fn clocks_may_differ_a_little() {
        let admits = |at| end(1).admit("demo", at).is_ok();
        assert!(admits(100_001) && admits(95_000));
        assert!(!admits(94_999));
    }

    #[test]
    fn the_latest_moment_stays_the_latest() {
        let mut end = end(1);
        end.advance(99_000);
        assert_eq!((end.size, end.last_received_at), (2, 100_000));
        end.advance(101_000);
        assert_eq!((end.size, end.last_received_at), (3, 101_000));
    }
}
