//! The ways in which a tracker stores, sends or loads.

use serde::{Deserialize, Serialize};

/// A technology. The first ten can be refused by the person; the last three only describe how a
/// tracker loads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    pub const REFUSABLE: [Self; 10] = [
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
    ];

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

    /// The refusable technology of this name; `None` for anything else.
    pub fn refusable(name: &str) -> Option<Self> {
        Self::REFUSABLE
            .into_iter()
            .find(|technology| technology.name() == name)
    }
}
