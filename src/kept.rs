//! What is kept in the browser: the decision, who decided, and what came of it. What is not sent yet is the
//! outbox's (`www/loader/outbox.js`).
//!
//! The decision lies in the cookie `zq`, where a server reads it, and everything in local storage
//! under `zq.<site>`, `zq.<site>.receipt` and `zq.<site>.removal`. Where both are denied it lives as long as
//! the page, and the person is told.
//!
//! The first is written by decisions alone: no browser lets tabs read and write in one step, and what one tab
//! does after a decision must not put back what stood before another's.

use crate::browser::{document, window};
use crate::json::Value;
use crate::notice::technology;
use crate::read::{read, whole};
use crate::snapshot;
use gloo_storage::{LocalStorage, Storage};
use zhiqing_consent::removal::{NotRemoved, Reason, Removed, Returned};
use zhiqing_consent::{Removal, cookie};

/// Everything under `zq.<site>`, as it was read: what another version of us wrote there, too, stays. What is
/// not of its kind is as if it were not there.
#[derive(Clone, Default)]
pub(crate) struct Kept(Value);

impl Kept {
    /// The decision, as the cookie has it.
    pub(crate) const DECISION: &str = "decision";
    /// The secret, base64url. None before the first decision.
    pub(crate) const SECRET: &str = "secret";
    /// Number of the last record.
    pub(crate) const SEQUENCE: &str = "sequence";
    /// Id of the last record.
    pub(crate) const PREVIOUS: &str = "previous";
    /// Ids of purposes that were refused in a step of their own.
    const REFUSED: &str = "refused";
    /// Records that an earlier version of us had not sent. A tab with that version may write them at any
    /// time.
    pub(crate) const PENDING: &str = "pending";
    /// Records that an earlier version of us had back from the server.
    pub(crate) const RETURNED: &str = "returned";
    /// What was deleted since the last refusal or withdrawal, or nothing: where an earlier version of us kept
    /// it, as the next.
    const REMOVAL: &str = "removal";
    /// The last receipt, or nothing.
    const RECEIPT: &str = "receipt";

    /// What stands under a name; `Null` where nothing does.
    pub(crate) fn get(&self, name: &str) -> &Value {
        self.0.get(name)
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).text()
    }

    /// Number of the last record, 0 before the first.
    pub(crate) fn sequence(&self) -> u32 {
        whole(self.get(Self::SEQUENCE)).unwrap_or(0)
    }

    /// Puts a value in the place of another.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        self.0.set(name, value);
    }

    /// Whether the person refused this purpose in a step of its own.
    pub(crate) fn refused(&self, purpose: &str) -> bool {
        self.refusals().iter().any(|id| id.text() == Some(purpose))
    }

    fn refusals(&self) -> &[Value] {
        match self.get(Self::REFUSED) {
            Value::List(list) => list,
            _ => &[],
        }
    }
}

fn read_removal(value: &Value) -> Result<Removal, String> {
    read(value, |removal| Removal {
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
}

/// Where it is kept.
pub(crate) struct Keeper {
    key: String,
    /// What is kept where storage is denied, by what stands behind the key.
    memory: Value,
    denied: bool,
}

impl Keeper {
    /// A keeper for a site; probes whether there is storage at all.
    pub(crate) fn new(site: &str) -> Self {
        // gloo's `raw()` panics where the browser denies the object itself, so ask first.
        let denied = !matches!(window().local_storage(), Ok(Some(_)));
        Self {
            key: ["zq.", site].concat(),
            memory: Value::Null,
            denied,
        }
    }

    /// What is kept. Another tab may have written since, so it is read each time; what cannot be
    /// read is as if it were not there.
    pub(crate) fn read(&self) -> Kept {
        Kept(self.value(""))
    }

    /// Keeps it, in memory where storage is denied or full.
    pub(crate) fn write(&mut self, kept: &Kept) {
        self.put("", kept.0.clone());
    }

    fn value(&self, name: &str) -> Value {
        if self.denied {
            return self.memory.get(name).clone();
        }
        let key = [&self.key, name].concat();
        let text = LocalStorage::raw().get_item(&key).ok().flatten();
        let value = text.and_then(|text| Value::parse(&text).ok());
        value.unwrap_or_default()
    }

    fn put(&mut self, name: &str, value: Value) {
        if !self.denied {
            let key = [&self.key, name].concat();
            self.denied = LocalStorage::raw()
                .set_item(&key, &value.to_text())
                .is_err();
        }
        self.memory.set(name, value);
    }

    /// What lies beside what decisions write, or with it where an earlier version of us kept it.
    fn beside(&self, name: &str) -> [Value; 2] {
        let with = self.read().get(name).clone();
        [self.value(&[".", name].concat()), with]
    }

    /// The last record's receipt, or nothing.
    pub(crate) fn receipt(&self) -> Value {
        let kept = self.read();
        let receipts = self.beside(Kept::RECEIPT).into_iter();
        let id = |receipt: &Value| receipt.get("record").get("id").clone();
        let mut ours =
            receipts.filter(|it| id(it).is_there() && id(it) == *kept.get(Kept::PREVIOUS));
        ours.next().unwrap_or_default()
    }

    /// Keeps a receipt.
    pub(crate) fn keep_receipt(&mut self, receipt: Value) {
        self.put(".receipt", receipt);
    }

    /// What was deleted since the last refusal or withdrawal.
    pub(crate) fn removal(&self) -> Removal {
        let mut removals = self.beside(Kept::REMOVAL).into_iter();
        let removal = removals.find_map(|it| read_removal(&it).ok());
        removal.unwrap_or_default()
    }

    /// Keeps what was deleted.
    pub(crate) fn remember(&mut self, removal: &Removal) {
        self.put(".removal", snapshot::removal(removal));
    }

    /// Keeps that a step was refused.
    pub(crate) fn refuse(&mut self, purpose: &str) {
        let mut kept = self.read();
        if !kept.refused(purpose) {
            let mut refused = kept.refusals().to_vec();
            refused.push(purpose.into());
            kept.set(Kept::REFUSED, Value::List(refused));
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
