//! What was deleted because a decision does not allow it, what could not be, and what was there again.

use crate::Technology;
use serde::{Serialize, Serializer};

/// The most rows of each list: it is kept in the browser, and a person reads it.
const MOST_REMOVED: usize = 100;
const MOST_OTHERS: usize = 50;

/// The most characters of a key that are told.
const LONGEST: usize = 120;

/// What was deleted since the last refusal or withdrawal; at most 200 rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Removal {
    /// What was deleted.
    pub removed: Vec<Removed>,
    /// What is still there, and why.
    pub kept: Vec<NotRemoved>,
    /// What was there again after it had been deleted.
    pub returned: Vec<Returned>,
}

/// A key that was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// Where it was stored.
    pub technology: Technology,
    /// Its name there, cut after 120 characters.
    pub key: String,
}

/// A key that is still there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotRemoved {
    /// Where it is stored.
    pub technology: Technology,
    /// Its name there, cut after 120 characters.
    pub key: String,
    /// Why.
    pub reason: Reason,
}

/// A key that was there again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Returned {
    /// Where it was stored.
    pub technology: Technology,
    /// Its name there, cut after 120 characters.
    pub key: String,
    /// How many looks found it again.
    pub times: u32,
}

/// Why a key is still there; its words are what the page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A cookie of another path, domain or partition.
    Unreachable,
    /// The store refuses.
    Undeletable,
    /// A database that somebody has open.
    Open,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Unreachable, Self::Undeletable, Self::Open];

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unreachable => "set for a path or partition that this page cannot reach",
            Self::Undeletable => "the browser does not let it be deleted",
            Self::Open => {
                "open in this page or another tab; the browser deletes it once it is closed there"
            }
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.words())
    }
}

/// A key that a look met, though it may not be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// Where.
    pub technology: Technology,
    /// Its name there.
    pub key: String,
    /// Whether anything of this name was deleted. Several cookies may have one name.
    pub went: bool,
    /// Why something of this name is still there; `None` where nothing is.
    pub left: Option<Reason>,
}

/// A look at some of the stores.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// What was met there.
    pub met: &'a [Met],
    /// The stores of which it saw everything: what is still told as kept there and was not met is gone.
    pub whole: &'a [Technology],
    /// Whether what was deleted before and is met now was stored anew. A page that sees the
    /// stores for the first time since the decision cannot know that.
    pub again: bool,
}

impl Removal {
    /// Takes up what a look came to; whether that changed anything.
    pub fn take(&mut self, look: Look<'_>) -> bool {
        let before = self.clone();
        for met in look.met {
            self.meet(met, look.again);
        }
        let met = |technology, key: &str| {
            let same = |met: &Met| met.technology == technology && cut(&met.key) == key;
            look.met.iter().any(same)
        };
        let (gone, kept) = std::mem::take(&mut self.kept)
            .into_iter()
            .partition(|it| look.whole.contains(&it.technology) && !met(it.technology, &it.key));
        self.kept = kept;
        let gone: Vec<NotRemoved> = gone;
        for gone in gone {
            self.remove(gone.technology, gone.key);
        }
        *self != before
    }

    /// Tells no longer as kept what may be there again; whether that changed anything.
    pub fn allow(&mut self, allowed: impl Fn(Technology, &str) -> bool) -> bool {
        let before = self.kept.len();
        self.kept.retain(|it| !allowed(it.technology, &it.key));
        self.kept.len() != before
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.kept.is_empty() && self.returned.is_empty()
    }

    fn meet(&mut self, met: &Met, again: bool) {
        let (technology, key) = (met.technology, cut(&met.key).to_owned());
        let was_removed = self.has_removed(technology, &key);
        let was_kept = {
            let before = self.kept.len();
            self.kept
                .retain(|it| it.technology != technology || it.key != key);
            self.kept.len() != before
        };
        if again && was_removed && !was_kept {
            self.again(technology, &key);
        }
        if let Some(reason) = met.left
            && self.kept.len() < MOST_OTHERS
        {
            self.kept.push(NotRemoved {
                technology,
                key: key.clone(),
                reason,
            });
        }
        if met.went {
            self.remove(technology, key);
        }
    }

    fn again(&mut self, technology: Technology, key: &str) {
        let same = |it: &&mut Returned| it.technology == technology && it.key == key;
        if let Some(row) = self.returned.iter_mut().find(same) {
            row.times = row.times.saturating_add(1);
        } else if self.returned.len() < MOST_OTHERS {
            self.returned.push(Returned {
                technology,
                key: key.to_owned(),
                times: 1,
            });
        }
    }

    fn remove(&mut self, technology: Technology, key: String) {
        if self.removed.len() < MOST_REMOVED && !self.has_removed(technology, &key) {
            self.removed.push(Removed { technology, key });
        }
    }

    fn has_removed(&self, technology: Technology, key: &str) -> bool {
        let same = |it: &Removed| it.technology == technology && it.key == key;
        self.removed.iter().any(same)
    }
}

fn cut(key: &str) -> &str {
    key.char_indices()
        .nth(LONGEST)
        .map_or(key, |(at, _)| &key[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use Technology::{Cookie, IndexedDb, LocalStorage};

    fn met(technology: Technology, key: &str, went: bool, left: Option<Reason>) -> Met {
        Met {
            technology,
            key: key.into(),
            went,
            left,
        }
    }

    fn gone(technology: Technology, key: &str) -> Met {
        met(technology, key, true, None)
    }

    fn open(key: &str) -> Met {
        met(IndexedDb, key, false, Some(Reason::Open))
    }

    /// A look at everything but cookies, which a page never sees all of.
    fn look(met: &[Met], again: bool) -> Look<'_> {
        Look {
            met,
            whole: &[LocalStorage, IndexedDb],
            again,
        }
    }

    /// `removed | kept | returned` in one line.
    fn told(removal: &Removal) -> String {
        let removed: Vec<_> = removal.removed.iter().map(|it| it.key.clone()).collect();
        let kept: Vec<_> = removal.kept.iter().map(|it| it.key.clone()).collect();
        let returned = removal.returned.iter();
        let returned: Vec<_> = returned
            .map(|it| format!("{}×{}", it.key, it.times))
            .collect();
        [removed, kept, returned]
            .map(|list| list.join(" "))
            .join(" | ")
    }

    #[track_caller]
    fn case(looks: &[(&[Met], bool)], expected: &str) {
        let mut removal = Removal::default();
        for &(met, again) in looks {
            removal.take(look(met, again));
        }
        assert_eq!(told(&removal), expected);
    }

    #[test]
    fn looks_add_up_to_what_went_what_could_not_and_what_was_there_again() {
        let uid = [gone(Cookie, "uid")];
        case(&[(&[], true)], " |  | ");
        case(&[(&uid, false)], "uid |  | ");
        case(
            &[(&uid, false), (&uid, true), (&uid, true)],
            "uid |  | uid×2",
        );
        // Another tab sees its own stores for the first time.
        case(&[(&uid, false), (&uid, false)], "uid |  | ");
        // The same name in another store is another key.
        case(
            &[(&uid, false), (&[gone(LocalStorage, "uid")], true)],
            "uid uid |  | ",
        );
        // One of two cookies of a name went: what is left was never away.
        let one = [met(Cookie, "uid", true, Some(Reason::Unreachable))];
        case(&[(&one, false), (&one, true)], "uid | uid | ");
        case(
            &[(&one, false), (&uid, true), (&uid, true)],
            "uid |  | uid×1",
        );
        // Held open, and deleted once it is closed.
        case(&[(&[open("db")], false), (&[open("db")], true)], " | db | ");
        case(&[(&[open("db")], false), (&[], true)], "db |  | ");
        // A cookie that this page does not see is not gone for that.
        let unreachable = [met(Cookie, "far", false, Some(Reason::Unreachable))];
        case(&[(&unreachable, false), (&[], true)], " | far | ");
    }

    #[test]
    fn what_changes_nothing_says_so() {
        let mut removal = Removal::default();
        assert!(!removal.take(look(&[], true)));
        assert!(removal.take(look(&[open("db")], false)));
        assert!(!removal.take(look(&[open("db")], true)));
        assert!(!removal.allow(|_, key| key == "other"));
        assert!(removal.allow(|technology, key| technology == IndexedDb && key == "db"));
        assert!(removal.is_empty());
    }

    #[test]
    fn it_stays_small() {
        let mut removal = Removal::default();
        let long = "会".repeat(5000);
        for number in 0..500 {
            let name = |kind: &str| format!("{kind}{number}{long}");
            let rows = [gone(Cookie, &name("a")), open(&name("b"))];
            for again in [false, true] {
                let met = &rows;
                removal.take(Look {
                    met,
                    whole: &[],
                    again,
                });
            }
        }
        let rows = [
            removal.removed.len(),
            removal.kept.len(),
            removal.returned.len(),
        ];
        assert_eq!(rows, [100, 50, 50]);
        let longest = removal.removed.iter().map(|it| it.key.chars().count());
        assert_eq!(longest.max(), Some(120));
    }
}
