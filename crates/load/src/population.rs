//! Who sends what: everything about a person follows from the seed and the person's number, so that
//! nothing but numbers and moments has to be kept to know each record again, to the last byte.

use zhiqing_consent::{RecordId, Secret};

/// Of a hundred people, how many make a second record, and of those a third.
const AGAIN: [u8; 2] = [20, 35];

/// The people of a run. Their secrets can be told from the seed: they are for trials alone.
#[derive(Clone, Copy, Debug)]
pub struct Population {
    seed: u64,
}

impl Population {
    /// The people of a seed.
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The secret of a person.
    pub fn secret(self, person: u64) -> Secret {
        let mut bytes = [0; 32];
        self.draws(person, 0).fill(&mut bytes);
        Secret::new(bytes)
    }

    /// How many records the person makes: one, two or three.
    pub fn records(self, person: u64) -> u64 {
        let mut draws = self.draws(person, 0xff);
        let again = AGAIN.iter().take_while(|&&part| draws.u8(0..100) < part);
        1 + again.count() as u64
    }

    /// The id of a record that was made at a moment, in milliseconds since 1970.
    pub fn id(self, person: u64, sequence: u64, unix_ms: u64) -> RecordId {
        let mut random = [0; 10];
        self.draws(person, sequence).fill(&mut random);
        RecordId::new(unix_ms, random)
    }

    /// Which of `many` kinds of records this one is.
    pub(crate) fn kind(self, person: u64, sequence: u64, many: usize) -> usize {
        let mut draws = self.draws(person, sequence ^ 0x8000);
        draws.usize(0..many)
    }

    /// Draws of one record of one person, unlike those of any other.
    fn draws(self, person: u64, record: u64) -> fastrand::Rng {
        // Odd, so that no two numbers meet; large, so that neighbours do not resemble each other.
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let number = (person << 16).wrapping_add(record).wrapping_mul(SPREAD);
        fastrand::Rng::with_seed(self.seed.rotate_left(32) ^ number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn people_and_records_are_unlike_and_come_back() {
        let people = Population::new(1);
        let secrets: HashSet<[u8; 32]> = (0..1000).map(|n| *people.secret(n).bytes()).collect();
        assert_eq!(secrets.len(), 1000);
        let ids = (0..1000).flat_map(|n| (1..4).map(move |s| people.id(n, s, 7)));
        let ids: HashSet<String> = ids.map(|id| id.as_str().to_owned()).collect();
        assert_eq!(ids.len(), 3000);
        assert_eq!(people.secret(5), Population::new(1).secret(5));
        assert_ne!(people.secret(5), Population::new(2).secret(5));
    }

    #[test]
    fn one_person_in_five_comes_again() {
        let people = Population::new(3);
        let again = (0..10_000).filter(|&n| people.records(n) > 1).count();
        assert!((1800..2200).contains(&again), "{again}");
        let third = (0..10_000).filter(|&n| people.records(n) > 2).count();
        assert!((550..850).contains(&third), "{third}");
    }
}
