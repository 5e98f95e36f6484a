//! What is kept in the browser: the decision, who decided, and what is not sent yet.
//!
//! The decision lies in the cookie `zq`, where a server reads it, and everything in local storage
//! under `zq.<site>`. Where both are denied it lives as long as the page, and the person is told.

use crate::browser::{document, window};
use crate::json::{Value, object};
use crate::notice::technology;
use crate::read::{Fields, read};
use crate::snapshot;
use gloo_storage::{LocalStorage, Storage};
use zhiqing_consent::removal::{NotRemoved, Reason, Removed, Returned};
use zhiqing_consent::{Removal, cookie};
use zhiqing_view::Delivery;

/// Everything under `zq.<site>`.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    /// The decision, as the cookie has it.
    pub(crate) decision: Option<String>,
    /// The secret, base64url. None before the first decision.
    pub(crate) secret: Option<String>,
    /// Number of the last record.
    pub(crate) sequence: u32,
    /// Id of the last record.
    pub(crate) previous: Option<String>,
    /// Ids of purposes that were refused in a step of their own.
    pub(crate) refused: Vec<String>,
    /// Records that the server has not acknowledged, oldest first.
    pub(crate) pending: Vec<Value>,
    /// Records that the server returned for what they say: kept, never dropped, and in nobody's way.
    pub(crate) returned: Vec<Value>,
    /// What was deleted since the last refusal or withdrawal, or nothing.
    pub(crate) removal: Value,
    /// The last receipt, or null.
    pub(crate) receipt: Value,
}

impl Kept {
    /// Where the last record's receipt is.
    pub(crate) fn delivery(&self) -> Delivery {
        if self.receipt.is_there() {
            Delivery::Here
        } else if !self.pending.is_empty() {
            Delivery::Waiting
        } else {
            Delivery::Absent
        }
    }

    /// What was deleted since the last refusal or withdrawal.
    pub(crate) fn removal(&self) -> Option<Removal> {
        read(&self.removal, |removal| Removal {
            removed: removal.list("removed", |it| Removed {
                technology: technology(it),
                key: it.text("key"),
            }),
            kept: removal.list("kept", |it| NotRemoved {
                technology: technology(it),
                key: it.text("key"),
                reason: Reason::ALL[it.word("reason", &Reason::ALL.map(Reason::words))],
            }),
            // An earlier version of us kept none.
            returned: removal.optional_list("returned", |removal| {
                removal.list("returned", |it| Returned {
                    technology: technology(it),
                    key: it.text("key"),
                    times: it.number("times"),
                })
            }),
        })
        .ok()
    }

    /// As it was written; what another version of us kept otherwise is as if it were not there.
    fn read(value: &Value) -> Result<Self, String> {
        read(value, |kept| Self {
            decision: kept.optional("decision"),
            secret: kept.optional("secret"),
            sequence: kept.number_or("sequence", 0),
            previous: kept.optional("previous"),
            refused: kept.optional_list("refused", |kept| kept.texts("refused")),
            pending: list(kept, "pending"),
            returned: list(kept, "returned"),
            removal: kept.value("removal").clone(),
            receipt: kept.value("receipt").clone(),
        })
    }

    fn to_json(&self) -> Value {
        let mut refused = Vec::new();
        for id in &self.refused {
            refused.push(id.as_str().into());
        }
        object([
            ("decision", self.decision.as_deref().into()),
            ("secret", self.secret.as_deref().into()),
            ("sequence", u64::from(self.sequence).into()),
            ("previous", self.previous.as_deref().into()),
            ("refused", Value::List(refused)),
            ("pending", Value::List(self.pending.clone())),
            ("returned", Value::List(self.returned.clone())),
            ("removal", self.removal.clone()),
            ("receipt", self.receipt.clone()),
        ])
    }
}

fn list(kept: &Fields<'_>, name: &'static str) -> Vec<Value> {
    kept.optional_list(name, |kept| kept.items(name).to_vec())
}

/// Where it is kept.
pub(crate) struct Keeper {
    key: String,
    /// What is kept where storage is denied.
    memory: Kept,
    denied: bool,
}

impl Keeper {
    /// A keeper for a site; probes whether there is storage at all.
    pub(crate) fn new(site: &str) -> Self {
        // gloo's `raw()` panics where the browser denies the object itself, so ask first.
        let denied = !matches!(window().local_storage(), Ok(Some(_)));
        Self {
            key: ["zq.", site].concat(),
            memory: Kept::default(),
            denied,
        }
    }

    /// What is kept. Another tab may have written since, so it is read each time; what cannot be
    /// read is as if it were not there.
    pub(crate) fn read(&self) -> Kept {
        if self.denied {
            return self.memory.clone();
        }
        let text = LocalStorage::raw().get_item(&self.key).ok().flatten();
        let value = text.and_then(|text| Value::parse(&text).ok());
        value
            .and_then(|value| Kept::read(&value).ok())
            .unwrap_or_default()
    }

    /// Keeps it, in memory where storage is denied or full.
    pub(crate) fn write(&mut self, kept: &Kept) {
        self.memory = kept.clone();
        if self.denied {
            return;
        }
        let text = kept.to_json().to_text();
        let written = LocalStorage::raw().set_item(&self.key, &text).is_ok();
        self.denied = !written;
    }

    /// Keeps what was deleted.
    pub(crate) fn remember(&mut self, removal: &Removal) {
        let mut kept = self.read();
        kept.removal = snapshot::removal(removal);
        self.write(&kept);
    }

    /// Keeps that a step was refused.
    pub(crate) fn refuse(&mut self, purpose: &str) {
        let mut kept = self.read();
        if !kept.refused.iter().any(|id| id == purpose) {
            kept.refused.push(purpose.to_owned());
            self.write(&kept);
        }
    }

    /// Writes the cookie `zq`. Where the browser does not take it, local storage has it too.
    pub(crate) fn write_cookie(value: &str) {
        let secure = window()
            .location()
            .protocol()
            .is_ok_and(|protocol| protocol == "https:");
        let _ = document().set_cookie(&cookie::line(value, secure));
    }

    /// Whether local storage is denied.
    pub(crate) fn is_denied(&self) -> bool {
        self.denied
    }
}
