//! What all routes share, built once when the server starts.

use crate::asset::Asset;
use crate::entry::Entry;
use crate::hosted::Hosted;
use crate::limit::Limiter;
use crate::metrics::Metrics;
use crate::notices::Notices;
use crate::origin::{Caller, Origin};
use crate::problem::ApiError;
use crate::routes::sites::SiteKey;
use crate::store::{AppendError, Kept, Store, StoreError};
use ed25519_dalek::SigningKey;
use ipnet::IpNet;
use std::collections::{BTreeMap, HashSet};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, OnceLock};
use zhiqing_consent::{Notice, digest, receipt};
use zhiqing_policy::Document;

/// Why the server cannot start with what it was given.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// There is nothing to serve.
    #[error("no site is given")]
    NoSite,
    /// Two sites have the same id.
    #[error("two sites have the id {0:?}")]
    SiteTwice(String),
    /// The site's id cannot stand in a URL and in the cookie.
    #[error("the site id {0:?} must be 1 to 64 ASCII letters, digits, '-' or '_'")]
    SiteId(String),
    /// An origin in the settings is not one.
    #[error("site {site}: {origin:?} is no origin; write https://host or http://host:port")]
    Origin {
        /// The site.
        site: String,
        /// What the settings say.
        origin: String,
    },
    /// The notice's JSON is not that notice, or its digest is another's.
    #[error("site {0}: the notice's JSON, its content and its digest do not belong together")]
    Notice(String),
    /// A content type or a digest that cannot be sent.
    #[error("site {site}: {name} cannot be a header's value")]
    Header {
        /// The site.
        site: String,
        /// Of which file.
        name: String,
    },
    /// The ledger failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What holds for all sites of a server.
#[derive(Clone, Debug)]
pub struct Options {
    /// Networks of proxies whose `X-Forwarded-For` is believed: loopback, unless it is said.
    pub trusted_proxies: Vec<IpNet>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            trusted_proxies: vec![
                IpNet::new_assert(Ipv4Addr::LOCALHOST.into(), 8),
                IpNet::new_assert(Ipv6Addr::LOCALHOST.into(), 128),
            ],
        }
    }
}

/// One site, ready to be served.
pub(crate) struct Site {
    pub(crate) id: String,
    pub(crate) origins: Vec<Origin>,
    /// What people are asked now.
    pub(crate) shown: Arc<Notice>,
    pub(crate) notice: Asset,
    pub(crate) key: Asset,
    pub(crate) policies: BTreeMap<String, Asset>,
    /// The current policy, read once somebody asks for it.
    document: OnceLock<Option<Document>>,
    pub(crate) page: Asset,
    pub(crate) decided_page: Asset,
    pub(crate) files: BTreeMap<String, Asset>,
    pub(crate) signing: SigningKey,
    pub(crate) limiter: Limiter,
}

/// What all routes share.
pub(crate) struct App {
    sites: Vec<Site>,
    pub(crate) notices: Notices,
    pub(crate) store: Store,
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) metrics: Metrics,
}

impl App {
    /// Builds what is served and puts every notice into the store, which blocks for a moment.
    pub(crate) fn new(
        hosted: Vec<Hosted>,
        store: Store,
        options: Options,
    ) -> Result<Self, ServerError> {
        let mut ids = HashSet::new();
        let notices = Notices::default();
        let mut sites = Vec::with_capacity(hosted.len());
        for hosted in hosted {
            let id = hosted.notice.site.clone();
            if !zhiqing_consent::cookie::is_word(&id, false) {
                return Err(ServerError::SiteId(id));
            }
            if !ids.insert(id.clone()) {
                return Err(ServerError::SiteTwice(id));
            }
            if !is_consistent(&hosted) {
                return Err(ServerError::Notice(id));
            }
            store.keep_notice(&id, &hosted.notice.digest, &hosted.notice_json)?;
            let shown = notices.add(hosted.notice.clone());
            sites.push(Site::new(hosted, shown)?);
        }
        if sites.is_empty() {
            return Err(ServerError::NoSite);
        }
        Ok(Self {
            sites,
            notices,
            metrics: store.metrics().clone(),
            store,
            trusted_proxies: options.trusted_proxies,
        })
    }

    /// Keeps all entries in their order, durably, or none. They are of one site.
    pub(crate) async fn append(&self, entries: Vec<Entry>) -> Result<Vec<Kept>, AppendError> {
        let kept = self.store.append(entries).await;
        if let Err(AppendError::Store(error)) = &kept
            && matches!(**error, StoreError::Missing(_))
        {
            self.keep_notices_again().await;
        }
        kept
    }

    /// Puts into the store what was put there at the start: the database may be an older one since, or a standby
    /// that never had the last of it. Whoever sends again then finds it.
    async fn keep_notices_again(&self) {
        self.notices.forget_all_but(|notice| {
            let site = self.site(&notice.site);
            site.is_some_and(|site| site.shown.digest == notice.digest)
        });
        for site in &self.sites {
            let (digest, json) = (&site.shown.digest, site.notice.bytes());
            let kept = self.store.keep_notice_again(&site.id, digest, json).await;
            match kept {
                Ok(()) => {
                    tracing::warn!(site = site.id, "its notice was not in the store any more")
                }
                Err(error) => tracing::error!(site = site.id, %error, "its notice is not kept"),
            }
        }
    }

    /// All sites, the first first.
    pub(crate) fn sites(&self) -> impl Iterator<Item = &Site> {
        self.sites.iter()
    }

    /// The notice of the first site; there is one, or [`App::new`] fails.
    pub(crate) fn first_notice(&self) -> &Notice {
        &self.sites[0].shown
    }

    /// The site of this id, if it is hosted here.
    pub(crate) fn site(&self, id: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == id)
    }

    /// The site of an address: 404 if there is none, 403 if the caller is of a foreign origin.
    pub(crate) fn site_for(&self, caller: &Caller, id: &str) -> Result<&Site, ApiError> {
        let site = self.site(id).ok_or_else(ApiError::not_found)?;
        site.admit(caller)?;
        Ok(site)
    }
}

impl Site {
    fn new(hosted: Hosted, shown: Arc<Notice>) -> Result<Self, ServerError> {
        const JSON: &str = "application/json";
        let id = hosted.notice.site;
        let headed = |asset: Option<Asset>, name: &str| {
            asset.ok_or_else(|| ServerError::Header {
                site: id.clone(),
                name: name.to_owned(),
            })
        };
        let key = serde_json::json!(SiteKey {
            algorithm: "Ed25519",
            key: &receipt::key_text(&hosted.key.verifying_key()),
            site: &id,
        });
        let notice = Asset::tagged(hosted.notice_json, JSON, &hosted.notice.digest);
        let notice = headed(notice, "notice.json")?;
        let key = headed(Asset::new(key.to_string().into_bytes(), JSON), "the key")?;
        let page = |html: String| {
            let asset = Asset::new(html.into_bytes(), "text/html; charset=utf-8");
            headed(asset, "the page")
        };
        let (page, decided_page) = (page(hosted.page)?, page(hosted.decided_page)?);
        let mut policies = BTreeMap::new();
        for policy in hosted.policies {
            let asset = headed(Asset::new(policy.json, JSON), &policy.version)?;
            policies.insert(policy.version, asset);
        }
        let mut files = BTreeMap::new();
        for (name, file) in hosted.files {
            let asset = headed(Asset::new(file.bytes, file.content_type), &name)?;
            files.insert(name, asset);
        }
        let mut origins = Vec::with_capacity(hosted.origins.len());
        for origin in hosted.origins {
            let Some(parsed) = Origin::parse(&origin) else {
                return Err(ServerError::Origin { site: id, origin });
            };
            origins.push(parsed);
        }
        Ok(Self {
            id,
            origins,
            shown,
            document: OnceLock::new(),
            notice,
            key,
            policies,
            page,
            decided_page,
            files,
            signing: hosted.key,
            limiter: Limiter::new(hosted.limits),
        })
    }

    /// The policy that is asked about; `None` if it is not among the site's, or is none.
    pub(crate) fn document(&self) -> Option<&Document> {
        let read = || {
            let policy = self.policies.get(&self.shown.policy.version)?;
            serde_json::from_slice(policy.bytes()).ok()
        };
        self.document.get_or_init(read).as_ref()
    }

    /// 403 unless the caller may speak to this site.
    pub(crate) fn admit(&self, caller: &Caller) -> Result<(), ApiError> {
        match caller.is_among(&self.origins) {
            true => Ok(()),
            false => Err(ApiError::foreign_origin()),
        }
    }
}

/// Whether the JSON is the notice's, and its digest is what the contract says: over the canonical
/// JSON without the digest itself.
fn is_consistent(hosted: &Hosted) -> bool {
    let Ok(mut value) = serde_json::from_slice::<serde_json::Value>(&hosted.notice_json) else {
        return false;
    };
    if serde_json::from_value(value.clone()).ok().as_ref() != Some(&hosted.notice) {
        return false;
    }
    if let Some(object) = value.as_object_mut() {
        object.remove("digest");
    }
    digest::of_json(&value).is_ok_and(|digest| digest == hosted.notice.digest)
}
