//! What is kept in the browser: the decision, who decided, and what is not sent yet.
//!
//! The decision lies in the cookie `zq`, where a server reads it, and everything in local storage
//! under `zq.<site>`. Where both are denied it lives as long as the page, and the person is told.

use crate::browser::{document, window};
use crate::notice::technology;
use crate::read::{Fields, read};
use crate::snapshot::{self, object};
use gloo_storage::{LocalStorage, Storage};
use js_sys::{Array, JSON, Object};
use wasm_bindgen::JsValue;
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
    pub(crate) pending: Array,
    /// Records that the server returned for what they say: kept, never dropped, and in nobody's way.
    pub(crate) returned: Array,
    /// What was deleted since the last refusal or withdrawal, or nothing.
    pub(crate) removal: JsValue,
    /// The last receipt, or null.
    pub(crate) receipt: JsValue,
}

impl Kept {
    /// Where the last record's receipt is.
    pub(crate) fn delivery(&self) -> Delivery {
        if self.receipt.is_object() {
            Delivery::Here
        } else if self.pending.length() > 0 {
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
    fn read(value: &JsValue) -> Result<Self, String> {
        read(value, |kept| Self {
            decision: kept.optional("decision"),
            secret: kept.optional("secret"),
            sequence: kept.number_or("sequence", 0),
            previous: kept.optional("previous"),
            refused: kept.optional_list("refused", |kept| kept.texts("refused")),
            pending: list(kept, "pending"),
            returned: list(kept, "returned"),
            removal: kept.value("removal"),
            receipt: kept.value("receipt"),
        })
    }

    fn to_object(&self) -> Object {
        let text = |text: &Option<String>| text.as_ref().map_or(JsValue::NULL, JsValue::from);
        let refused: Array = self.refused.iter().map(JsValue::from).collect();
        object([
            ("decision", text(&self.decision)),
            ("secret", text(&self.secret)),
            ("sequence", self.sequence.into()),
            ("previous", text(&self.previous)),
            ("refused", refused.into()),
            ("pending", self.pending.clone().into()),
            ("returned", self.returned.clone().into()),
            ("removal", self.removal.clone()),
            ("receipt", self.receipt.clone()),
        ])
    }
}

fn list(kept: &Fields<'_>, name: &'static str) -> Array {
    match kept.has(name) {
        true => kept.items(name),
        false => Array::new(),
    }
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
            key: format!("zq.{site}"),
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
        let value = text.and_then(|text| JSON::parse(&text).ok());
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
        let written = JSON::stringify(&kept.to_object()).ok().is_some_and(|text| {
            LocalStorage::raw()
                .set_item(&self.key, &String::from(text))
                .is_ok()
        });
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
