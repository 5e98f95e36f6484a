//! How many records a site takes in a minute: from one address, and altogether.
//!
//! A limit is a bucket that holds a minute's worth and fills evenly (the generic cell rate algorithm): who
//! was quiet may send all of it at once. Addresses are kept in memory only, as long as their bucket is not
//! full, and are written nowhere.

use crate::problem::ApiError;
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{NotUntil, Quota, RateLimiter};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

/// After how many requests addresses are forgotten whose bucket is full again.
const FORGET: u32 = 4096;

/// Limits of a site, in records a minute. A request for what was decided counts as one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From one address: of IPv6 the first 64 bits, which one household has.
    pub per_address: NonZeroU32,
    /// Of all together.
    pub per_site: NonZeroU32,
    /// Whether this machine itself has no limit of its own: tests and a proxy that tells nothing.
    pub spare_loopback: bool,
}

impl Limits {
    /// The least of a limit: a request may bring a hundred records at once.
    pub const LEAST: NonZeroU32 = NonZeroU32::new(100).expect("not zero");
}

/// Hundreds of phones share the address of a carrier's gateway; a million a minute is what one server
/// keeps.
impl Default for Limits {
    fn default() -> Self {
        Self {
            per_address: NonZeroU32::new(1_200).expect("not zero"),
            per_site: NonZeroU32::new(1_000_000).expect("not zero"),
            spare_loopback: true,
        }
    }
}

/// Holds a site to its limits.
pub(crate) struct Limiter {
    addresses: RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>,
    site: governor::DefaultDirectRateLimiter,
    spare_loopback: bool,
    /// Requests since addresses were forgotten.
    since: AtomicU32,
}

impl Limiter {
    pub(crate) fn new(limits: Limits) -> Self {
        let quota = |most: NonZeroU32| Quota::per_minute(most.max(Limits::LEAST));
        Self {
            addresses: RateLimiter::hashmap(quota(limits.per_address)),
            site: RateLimiter::direct(quota(limits.per_site)),
            spare_loopback: limits.spare_loopback,
            since: AtomicU32::new(0),
        }
    }

    /// Takes so many records of an address from the buckets; 429 where they do not hold them. An unknown
    /// address has no bucket.
    pub(crate) fn take(&self, address: Option<IpAddr>, records: usize) -> Result<(), ApiError> {
        let records = u32::try_from(records).ok().and_then(NonZeroU32::new);
        let Some(records) = records else {
            return Ok(());
        };
        let spared = |ip: &IpAddr| self.spare_loopback && ip.is_loopback();
        if let Some(ip) = address.map(|ip| ip.to_canonical()).filter(|ip| !spared(ip)) {
            if self.since.fetch_add(1, Ordering::Relaxed) % FORGET == FORGET - 1 {
                self.addresses.retain_recent();
                self.addresses.shrink_to_fit();
            }
            answer(self.addresses.check_key_n(&household(ip), records))?;
        }
        answer(self.site.check_n(records))
    }
}

type Checked<E> = Result<Result<(), NotUntil<std::time::Instant>>, E>;

fn answer<E>(checked: Checked<E>) -> Result<(), ApiError> {
    match checked {
        Ok(Ok(())) => Ok(()),
        Ok(Err(later)) => {
            let wait = later.wait_time_from(DefaultClock::default().now());
            Err(ApiError::too_many(wait.as_secs() + 1))
        }
        // Cannot be: a bucket holds a whole list.
        Err(_) => Err(ApiError::too_many(60)),
    }
}

/// What one household has of an address.
fn household(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() & (u128::MAX << 64)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(per_address: u32, per_site: u32) -> Limiter {
        let limit = |most| NonZeroU32::new(most).expect("not zero");
        Limiter::new(Limits {
            per_address: limit(per_address),
            per_site: limit(per_site),
            spare_loopback: true,
        })
    }

    #[track_caller]
    fn takes(limiter: &Limiter, address: &str, records: usize) -> bool {
        let ip = address.parse().expect("an address");
        limiter.take(Some(ip), records).is_ok()
    }

    #[test]
    fn an_address_has_its_minutes_worth_and_no_more() {
        let limiter = limiter(100, 1000);
        assert!(takes(&limiter, "203.0.113.1", 60));
        assert!(takes(&limiter, "203.0.113.1", 40));
        assert!(!takes(&limiter, "203.0.113.1", 50));
        assert!(takes(&limiter, "203.0.113.2", 100));
    }

    #[test]
    fn a_list_that_does_not_fit_takes_nothing() {
        let limiter = limiter(100, 1000);
        assert!(takes(&limiter, "203.0.113.1", 50));
        assert!(!takes(&limiter, "203.0.113.1", 60));
        assert!(takes(&limiter, "203.0.113.1", 50));
    }

    #[test]
    fn a_household_of_ipv6_is_one_address() {
        let limiter = limiter(100, 1000);
        assert!(takes(&limiter, "2001:db8:1:2:3::1", 100));
        assert!(!takes(&limiter, "2001:db8:1:2:ffff::9", 50));
        assert!(takes(&limiter, "2001:db8:1:3::1", 100));
        // As IPv6 sockets show IPv4.
        assert!(takes(&limiter, "203.0.113.1", 100));
        assert!(!takes(&limiter, "::ffff:203.0.113.1", 50));
    }

    #[test]
    fn loopback_is_spared_by_the_address_and_not_by_the_site() {
        let limiter = limiter(100, 300);
        for _ in 0..3 {
            assert!(takes(&limiter, "127.0.0.1", 100));
        }
        assert!(!takes(&limiter, "127.0.0.1", 50));
        assert!(!takes(&limiter, "203.0.113.1", 50));
        assert!(limiter.take(None, 50).is_err());
    }

    #[test]
    fn loopback_is_not_spared_where_the_settings_say_so() {
        let limiter = Limiter::new(Limits {
            per_address: Limits::LEAST,
            spare_loopback: false,
            ..Limits::default()
        });
        assert!(takes(&limiter, "::1", 100));
        assert!(!takes(&limiter, "::1", 100));
    }

    #[test]
    fn addresses_are_forgotten() {
        let limiter = limiter(1_000_000, 4_000_000);
        for number in 0..FORGET * 2 {
            let [_, a, b, c] = number.to_be_bytes();
            assert!(takes(&limiter, &format!("10.{a}.{b}.{c}"), 1));
            // A bucket of a million is full again after a moment.
            if number == FORGET - 2 {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        }
        assert!(limiter.addresses.len() < FORGET as usize * 2);
    }
}
