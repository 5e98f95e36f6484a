//! Deletes what a withdrawal must delete, looks again, and says what is still there and why.

use crate::browser::{document, window};
use crate::host::Host;
use serde::{Deserialize, Serialize};
use web_sys::Storage;
use zhiqing_consent::{Decision, Glob, Notice, Technology, gate::Gate};
use zhiqing_view::Key;

/// What a withdrawal deleted, and what it could not.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Removal {
    removed: Vec<Removed>,
    kept: Vec<NotRemoved>,
}

impl Removal {
    /// As the rights sheet shows them.
    pub(crate) fn keys(&self) -> impl Iterator<Item = Key<'_>> {
        let gone = self.removed.iter().map(|gone| Key {
            technology: gone.technology,
            name: &gone.key,
            kept: None,
        });
        let left = self.kept.iter().map(|left| Key {
            technology: left.technology,
            name: &left.key,
            kept: Some(left.reason.text()),
        });
        gone.chain(left)
    }
}

/// A key that is gone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Removed {
    technology: Technology,
    key: String,
}

/// A key that is still there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NotRemoved {
    technology: Technology,
    key: String,
    reason: Reason,
}

/// Why a key is still there; its name is what the page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Reason {
    /// A cookie of another path, domain or partition.
    #[serde(rename = "set for a path or partition that this page cannot reach")]
    Unreachable,
    /// The store refuses.
    #[serde(rename = "the browser does not let it be deleted")]
    Undeletable,
}

impl Reason {
    /// The key of the words that tell the person.
    const fn text(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Undeletable => "undeletable",
        }
    }
}

/// Erases the keys of every tracker that `decision` does not allow.
pub(crate) fn erase(host: &Host, notice: &Notice, decision: &Decision) -> Removal {
    let mut removal = Removal::default();
    for used in Gate::new(notice, Some(decision)).forbidden() {
        match used.technology {
            Technology::Cookie => cookies(host, &used.patterns, &mut removal),
            Technology::LocalStorage => {
                let store = window().local_storage().ok().flatten();
                keys(used.technology, store, &used.patterns, &mut removal);
            }
            Technology::SessionStorage => {
                let store = window().session_storage().ok().flatten();
                keys(used.technology, store, &used.patterns, &mut removal);
            }
            // What is sent or loaded leaves nothing here; caches are the server's to clear.
            _ => {}
        }
    }
    removal
}

fn fits(patterns: &[Glob], key: &str) -> bool {
    !key.starts_with("zq") && patterns.iter().any(|pattern| pattern.matches(key))
}

fn cookie_names(patterns: &[Glob]) -> Vec<String> {
    let jar = document().cookie().unwrap_or_default();
    let names = jar
        .split(';')
        .filter_map(|pair| Some(pair.split_once('=')?.0.trim().to_owned()));
    names.filter(|name| fits(patterns, name)).collect()
}

/// Expires a cookie. It is deleted by the domain and path under which it was set, and a page cannot
/// see either: so every domain from the host upwards is tried, and every folder of the address.
pub(crate) fn expire_everywhere(host: &Host, name: &str) {
    let location = window().location();
    let name_of_host = location.hostname().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    for path in folders(&path) {
        expire(host, name, path, "");
        for domain in domains(&name_of_host) {
            expire(host, name, path, domain);
        }
    }
}

fn cookies(host: &Host, patterns: &[Glob], removal: &mut Removal) {
    let names = cookie_names(patterns);
    for name in &names {
        expire_everywhere(host, name);
    }
    let still = cookie_names(patterns);
    for key in names {
        let technology = Technology::Cookie;
        if still.contains(&key) {
            let reason = Reason::Unreachable;
            removal.kept.push(NotRemoved {
                technology,
                key,
                reason,
            });
        } else {
            removal.removed.push(Removed { technology, key });
        }
    }
}

/// Through the native setter: the gate holds back every write of these names, this one too.
fn expire(host: &Host, name: &str, path: &str, domain: &str) {
    let domain = if domain.is_empty() {
        String::new()
    } else {
        format!("; Domain={domain}")
    };
    // A browser takes no write of such a name without the attribute, not even one that deletes.
    let secure = if needs_secure(name) { "; Secure" } else { "" };
    host.write_cookie(&format!("{name}=; Path={path}; Max-Age=0{domain}{secure}"));
}

/// Whether a cookie's name is one of the prefixes of RFC 6265bis, in whatever case.
fn needs_secure(name: &str) -> bool {
    let begins = |prefix: &str| {
        let start = name.get(..prefix.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    begins("__Secure-") || begins("__Host-")
}

/// `/a/b/c` → `/a/b/c`, `/a/b/`, `/a/b`, `/a/`, `/a`, `/`.
fn folders(path: &str) -> Vec<&str> {
    let mut folders = vec![path];
    for (at, _) in path.rmatch_indices('/') {
        folders.push(&path[..=at]);
        if at > 0 {
            folders.push(&path[..at]);
        }
    }
    folders.dedup();
    folders
}

/// `m.shop.example.com` → itself, `shop.example.com`, `example.com`: a browser refuses the rest.
fn domains(host: &str) -> Vec<&str> {
    let mut domains = vec![host];
    let mut rest = host;
    while let Some((_, parent)) = rest.split_once('.') {
        if parent.contains('.') {
            domains.push(parent);
        }
        rest = parent;
    }
    domains
}

fn keys(technology: Technology, store: Option<Storage>, patterns: &[Glob], removal: &mut Removal) {
    let Some(store) = store else { return };
    let count = store.length().unwrap_or(0);
    let all: Vec<String> = (0..count)
        .filter_map(|at| store.key(at).ok().flatten())
        .collect();
    for key in all.into_iter().filter(|key| fits(patterns, key)) {
        let _ = store.remove_item(&key);
        if matches!(store.get_item(&key), Ok(None)) {
            removal.removed.push(Removed { technology, key });
        } else {
            let reason = Reason::Undeletable;
            removal.kept.push(NotRemoved {
                technology,
                key,
                reason,
            });
        }
    }
}
