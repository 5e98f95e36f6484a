//! The ways in which a tracker stores, sends or loads.

use serde::{Deserialize, Serialize};

/// A technology. The first ten can be refused by the person; the last three only describe how a
/// tracker loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the contract's words")]
pub enum Technology {
    Cookie,
    LocalStorage,
    SessionStorage,
    IndexedDb,
    FlashCookie,
    Beacon,
    Pixel,
    EmailPixel,
    Etag,
    Fingerprint,
    Script,
    Iframe,
    Request,
}

impl Technology {
    /// The technologies a person can refuse, in the order in which they are shown.
    pub const REFUSABLE: [Self; 10] = match Self::ALL.first_chunk() {
        Some(first) => *first,
        None => unreachable!(),
    };

    /// The technologies every notice offers for refusal, whether its policy names them or not: a
    /// page can always keep these from a tracker.
    pub const ALWAYS_OFFERED: [Self; 5] = [
        Self::Cookie,
        Self::LocalStorage,
        Self::Beacon,
        Self::Pixel,
        Self::Etag,
    ];

    /// The contract's word.
    ///
    /// ```
    /// use zhiqing_consent::Technology;
    /// assert_eq!(Technology::EmailPixel.name(), "email_pixel");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::LocalStorage => "local_storage",
            Self::SessionStorage => "session_storage",
            Self::IndexedDb => "indexed_db",
            Self::FlashCookie => "flash_cookie",
            Self::Beacon => "beacon",
            Self::Pixel => "pixel",
            Self::EmailPixel => "email_pixel",
            Self::Etag => "etag",
            Self::Fingerprint => "fingerprint",
            Self::Script => "script",
            Self::Iframe => "iframe",
            Self::Request => "request",
        }
    }

    /// Whether it keeps something in the browser under a name; all others load or send.
    pub const fn is_store(self) -> bool {
        matches!(
            self,
            Self::Cookie
                | Self::LocalStorage
                | Self::SessionStorage
                | Self::IndexedDb
                | Self::FlashCookie
        )
    }

    /// Every technology, in the order in which they are declared.
    pub const ALL: [Self; 13] = [
        Self::Cookie,
        Self::LocalStorage,
        Self::SessionStorage,
        Self::IndexedDb,
        Self::FlashCookie,
        Self::Beacon,
        Self::Pixel,
        Self::EmailPixel,
        Self::Etag,
        Self::Fingerprint,
        Self::Script,
        Self::Iframe,
        Self::Request,
    ];

    /// The technology of this name; `None` for anything else.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|technology| technology.name() == name)
    }

    /// The refusable technology of this name; `None` for anything else.
    pub fn refusable(name: &str) -> Option<Self> {
        Self::REFUSABLE
            .into_iter()
            .find(|technology| technology.name() == name)
    }
}

/// A set of technologies: a bit each, because a page carries the code.
///
/// ```
/// use zhiqing_consent::{Technologies, Technology};
/// let refused = Technologies::from([Technology::Etag, Technology::Cookie]);
/// assert!(refused.contains(Technology::Etag));
/// assert_eq!(refused.iter().next(), Some(Technology::Cookie));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Technologies(u16);

impl Technologies {
    /// Adds one.
    pub const fn insert(&mut self, technology: Technology) {
        self.0 |= 1 << technology as u16;
    }

    /// Takes one out.
    pub const fn remove(&mut self, technology: Technology) {
        self.0 &= !(1 << technology as u16);
    }

    /// Whether it is in the set.
    pub const fn contains(self, technology: Technology) -> bool {
        self.0 & (1 << technology as u16) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether every one of them is in `other`, too.
    pub const fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// They, in the order in which they are shown.
    pub fn iter(self) -> impl Iterator<Item = Technology> {
        Technology::ALL
            .into_iter()
            .filter(move |&technology| self.contains(technology))
    }
}

impl FromIterator<Technology> for Technologies {
    fn from_iter<T: IntoIterator<Item = Technology>>(technologies: T) -> Self {
        let mut set = Self::default();
        for technology in technologies {
            set.insert(technology);
        }
        set
    }
}

impl<const N: usize> From<[Technology; N]> for Technologies {
    fn from(technologies: [Technology; N]) -> Self {
        technologies.into_iter().collect()
    }
}
