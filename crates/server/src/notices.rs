//! What people were shown: a record is checked against the notice it was made under.
//!
//! A page may be open while the site changes its notice, and an outbox may be sent days later.
//! Such records are good, so every notice that was ever served can be found here.

use crate::store::{Store, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use zhiqing_consent::Notice;

/// Notices by site and digest. Those of the store are remembered once they were asked for; a
/// digest nobody served is not remembered, so it costs a look-up and no memory.
#[derive(Default)]
pub(crate) struct Notices(RwLock<HashMap<String, HashMap<String, Arc<Notice>>>>);

impl Notices {
    /// Remembers a notice that is served now.
    pub(crate) fn add(&self, notice: Notice) -> Arc<Notice> {
        let notice = Arc::new(notice);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let of_site = known.entry(notice.site.clone()).or_default();
        of_site.insert(notice.digest.clone(), Arc::clone(&notice));
        notice
    }

    /// Forgets what the store may not have any more.
    pub(crate) fn forget_all_but(&self, stays: impl Fn(&Notice) -> bool) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for of_site in known.values_mut() {
            of_site.retain(|_, notice| stays(notice));
        }
    }

    /// The notice of this digest that `site` serves or once served.
    pub(crate) async fn find(
        &self,
        store: &Store,
        site: &str,
        digest: &str,
    ) -> Result<Option<Arc<Notice>>, StoreError> {
        let known = self.known(site, digest);
        if known.is_some() {
            return Ok(known);
        }
        let Some(json) = store.notice(site, digest).await? else {
            return Ok(None);
        };
        // Unreadable is not unknown: a client throws away what was refused, and sends again what
        // could not be kept.
        let notice: Notice =
            serde_json::from_slice(&json).map_err(|_| StoreError::Corrupt("a notice"))?;
        if notice.site != site || notice.digest != digest {
            return Err(StoreError::Corrupt("a notice"));
        }
        Ok(Some(self.add(notice)))
    }

    fn known(&self, site: &str, digest: &str) -> Option<Arc<Notice>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(site)?.get(digest).cloned()
    }
}
