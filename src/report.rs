//! Makes records, and takes the server's receipts. `www/loader/send.js` sends them, oldest first, until the
//! server has each of them.

use crate::app::App;
use crate::browser;
use crate::error::Error;
use crate::host::Host;
use crate::json::Value;
use crate::kept::{Keeper, Kept};
use crate::snapshot;
use wasm_bindgen::prelude::*;
use zhiqing_consent::record::{SCHEMA, Shown, Signals};
use zhiqing_consent::{Decision, Event, Method, Notice, Record, RecordId, Secret, cookie};

/// Keeps a decision and its record, which is thereby on its way.
pub(crate) fn keep(
    keeper: &mut Keeper,
    notice: &Notice,
    host: &Host,
    decision: &Decision,
    event: Event,
    method: Method,
) -> Result<String, Error> {
    let mut kept = keeper.read();
    let secret = match who(&kept, host) {
        Some(secret) => secret,
        None => Secret::new(browser::random()?),
    };
    if kept.secret.as_deref() != Some(&secret.bearer()) {
        // Somebody else's first record in this container.
        (kept.sequence, kept.previous) = (0, None);
    }
    let id = RecordId::new(browser::now_ms(), browser::random()?);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a span of time"
    )]
    let shown_ms = host.shown_ms() as u64;
    let record = Record {
        schema: SCHEMA.into(),
        id: id.clone(),
        site: notice.site.clone(),
        subject: secret.subject(&notice.site),
        sequence: u64::from(kept.sequence) + 1,
        previous: kept.previous.take().map(RecordId::from_kept),
        policy: notice.policy.clone(),
        notice: Shown {
            digest: notice.digest.clone(),
            locale: notice.locale.clone(),
            shown_ms,
        },
        event,
        method,
        signals: Signals {
            gpc: browser::gpc(),
        },
        choices: decision.complete(notice),
        technologies: decision.refused(),
        guardian: None,
        environment: browser::environment(host.mini_program().as_deref()),
        occurred_at: browser::now_text(),
    };
    let value = cookie::encode(&notice.site, decision);
    kept.pending.push(snapshot::record(&record));
    kept.secret = Some(secret.bearer());
    kept.sequence += 1;
    kept.previous = Some(id.as_str().to_owned());
    kept.decision = Some(value.clone());
    kept.receipt = Value::Null;
    keeper.write(&kept);
    Ok(value)
}

/// Who decides: whom the page's tag names, or else who decided here before. What is still to be sent was
/// decided by the latter, and goes first.
pub(crate) fn who(kept: &Kept, host: &Host) -> Option<Secret> {
    let secret = |bearer: Option<&str>| bearer.and_then(Secret::from_bearer);
    let here = secret(kept.secret.as_deref());
    match kept.pending.is_empty() {
        true => secret(host.token().as_deref()).or(here),
        false => here,
    }
}

#[wasm_bindgen]
impl App {
    /// The oldest record that the server has not acknowledged, as JSON.
    pub fn pending(&self) -> Option<String> {
        let kept = self.keeper.borrow().read();
        kept.pending.first().map(Value::to_text)
    }

    /// Who decided here, as a bearer token.
    pub fn bearer(&self) -> Option<String> {
        self.keeper.borrow().read().secret
    }

    /// Takes a record, as [`App::pending`] gave it, out of what is pending, which may have grown meanwhile:
    /// the receipt in the server's answer takes its place; what the server returned for what it says is
    /// kept as returned.
    pub fn settled(&self, record: &str, answer: Option<String>) {
        let record = Value::parse(record).unwrap_or_default();
        let id = record.get("id");
        let mut keeper = self.keeper.borrow_mut();
        let mut kept = keeper.read();
        kept.pending.retain(|other| other.get("id") != id);
        match answer.map(|answer| Value::parse(&answer).unwrap_or_default()) {
            None => kept.returned.push(record),
            Some(answer) => {
                if id.text() == kept.previous.as_deref()
                    && let Value::List(receipts) = answer.get("receipts")
                {
                    kept.receipt = receipts.first().cloned().unwrap_or_default();
                }
            }
        }
        keeper.write(&kept);
    }

    /// The last record's receipt, as JSON, or `null`.
    pub fn receipt(&self) -> String {
        self.keeper.borrow().read().receipt.to_text()
    }

    /// Writes the cookie again where it is not the decision that stands: a server's answer sets it, too, and
    /// may come after the next decision. Only then, because a cookie that a script wrote lives shorter.
    pub fn mend(&self) {
        let Some(value) = self.keeper.borrow().read().decision else {
            return;
        };
        let jar = browser::document().cookie().unwrap_or_default();
        let named = || cookie::named(&jar, cookie::NAME);
        if named().any(|other| other == value) {
            return;
        }
        let Some(ours) = cookie::decode(&self.notice, &value) else {
            return;
        };
        let theirs = cookie::latest(&self.notice, named(), browser::now_ms() / 1000);
        // Another tab may have decided, and could keep it in the cookie alone.
        if theirs.is_none_or(|theirs| theirs.decided_at() <= ours.decided_at()) {
            Keeper::write_cookie(&value);
        }
    }
}
