//! What is stored in the browser now, and by whom: each entry can be deleted, or all of them.

use crate::{Html, text::Texts};
use zhiqing_consent::{Notice, Technology};

/// Where something is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// A cookie that scripts can see.
    Cookie,
    /// Local storage.
    Local,
    /// Session storage.
    Session,
    /// An IndexedDB database.
    Database,
    /// A cache of the Cache API.
    Cache,
}

impl Store {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 5] = [
        Self::Cookie,
        Self::Local,
        Self::Session,
        Self::Database,
        Self::Cache,
    ];

    /// The store's name in controls and texts: that of its technology, where it has one.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::Local => "local_storage",
            Self::Session => "session_storage",
            Self::Database => "indexed_db",
            Self::Cache => "cache",
        }
    }

    /// The technology as which a tracker declares it: a cache as a database.
    pub(crate) const fn technology(self) -> Technology {
        match self {
            Self::Cookie => Technology::Cookie,
            Self::Local => Technology::LocalStorage,
            Self::Session => Technology::SessionStorage,
            Self::Database | Self::Cache => Technology::IndexedDb,
        }
    }
}

/// One thing that is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where.
    pub store: Store,
    /// Its key or name.
    pub key: String,
}

impl Entry {
    /// Whether it is ours: it remembers the choices at `site`, and goes with them. To the gate every
    /// key that begins with `zq` is ours; a person is told no more than what is so.
    pub(crate) fn is_ours(&self, site: &str) -> bool {
        match self.store {
            Store::Cookie => matches!(self.key.as_str(), "zq" | "zq-key"),
            Store::Local => {
                let own = self.key.strip_prefix("zq.");
                // Behind the site's name, in which there is no dot, is what waits to be sent.
                let is = |own: &str| own.split('.').next() == Some(site);
                own.is_some_and(|own| is(own) || own.strip_prefix("act.") == Some(site))
            }
            Store::Database => self.key.strip_prefix("zq.") == Some(site),
            Store::Session | Store::Cache => false,
        }
    }
}

/// What the list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// Everything that is stored.
    pub entries: Vec<Entry>,
    /// Whether "delete all" was tapped once: it takes a second tap.
    pub sure: bool,
    /// How many entries the last deletion took away; `None` before one.
    pub deleted: Option<usize>,
    /// Keys that it could not take away.
    pub left: Vec<String>,
}

impl Stored {
    /// What the last deletion came to, in one sentence; empty before one.
    pub fn told(&self, texts: Texts<'_>) -> String {
        let Some(count) = self.deleted else {
            return String::new();
        };
        let deleted = texts.fill("deleted", &[("count", &count.to_string())]);
        if self.left.is_empty() {
            return deleted;
        }
        let keys = texts.list(self.left.iter().map(String::as_str));
        let count = self.left.len().to_string();
        let left = texts.fill("not_deleted", &[("count", &count), ("keys", &keys)]);
        texts.sentences([deleted.as_str(), &left])
    }
}

/// Id of the element that holds the list and is filled anew as it changes, by `www/loader/stored.js`.
pub(crate) const STORED: &str = "zq-stored";

/// The list, to be put into the element [`STORED`].
pub fn stored(notice: &Notice, shown: &Stored) -> Html {
    let texts = Texts::of(notice);
    let mut html = Html::default();
    if shown.entries.is_empty() {
        html.write(texts, r#"<p class="lead">[stored_nothing]</p>"#, &[]);
        return html;
    }
    html.write(texts, r#"<ul class="card list" part="card">"#, &[]);
    for entry in &shown.entries {
        item(&mut html, notice, texts, entry);
    }
    html.close("ul");
    let deletable = shown
        .entries
        .iter()
        .filter(|entry| !entry.is_ours(&notice.site));
    let count = deletable.count();
    if count > 0 {
        let label = match shown.sure {
            true => texts.fill("delete_all_sure", &[("count", &count.to_string())]),
            false => texts.get("delete_all").to_owned(),
        };
        html.button("choice wide", "delete-all", &label);
    }
    html
}

fn item(html: &mut Html, notice: &Notice, texts: Texts<'_>, entry: &Entry) {
    let store = entry.store.name();
    html.write(
        texts,
        r#"<li class="row"><span class="words"><span class="name key">{}</span><span class="tag">{}</span><span class="says">{}</span></span>"#,
        &[&entry.key, texts.get(store), &who(notice, texts, entry)],
    );
    if !entry.is_ours(&notice.site) {
        let name = texts.fill("delete_key", &[("key", &entry.key)]);
        html.write(
            texts,
            r#"<button type="button" class="link" part="link" data-zq="delete" data-zq-store="{}" data-zq-key="{}" aria-label="{}">[delete]</button>"#,
            &[store, &entry.key, &name],
        );
    }
    html.close("li");
}

/// Whose it is and what for, or that nobody knows.
fn who(notice: &Notice, texts: Texts<'_>, entry: &Entry) -> String {
    if entry.is_ours(&notice.site) {
        return texts.get("stored_ours").to_owned();
    }
    let whose = whose(notice, entry.store.technology(), &entry.key);
    whose.unwrap_or_else(|| texts.get("stored_unknown").to_owned())
}

/// Whose a key is and what for, as the notice declares it; `None` where no tracker claims it.
pub(crate) fn whose(notice: &Notice, technology: Technology, key: &str) -> Option<String> {
    let claims = notice.trackers.iter().filter(|tracker| {
        tracker.uses.iter().any(|used| {
            used.technology == technology && used.patterns.iter().any(|glob| glob.matches(key))
        })
    });
    let claims: Vec<String> = claims
        .map(|tracker| {
            let vendor = match tracker.vendor.as_str() {
                "" => tracker.id.as_str(),
                vendor => vendor,
            };
            let purpose = notice.purpose(&tracker.purpose);
            let purpose = purpose.map_or("", |purpose| purpose.name.as_str());
            [vendor, " · ", purpose].concat()
        })
        .collect();
    let list = Texts::of(notice).list(claims.iter().map(String::as_str));
    (!claims.is_empty()).then_some(list)
}
