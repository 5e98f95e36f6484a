//! Makes records, and takes the server's receipts. Between the two a record is the outbox's
//! (`www/loader/outbox.js`, `www/loader/send.js`).

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

/// Keeps a decision and its record, which is thereby on its way: the record first, because a tab may end
/// between any two lines.
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
    let bearer = secret.bearer();
    // Somebody else's first record in this container follows none.
    let same = kept.text(Kept::SECRET) == Some(&bearer);
    let sequence = if same { kept.sequence() } else { 0 } + 1;
    let previous = kept.text(Kept::PREVIOUS).filter(|_| same);
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
        sequence: sequence.into(),
        previous: previous.map(|id| RecordId::from_kept(id.to_owned())),
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
    host.land(&bearer, &snapshot::record(&record).to_text(), 0);
    for (name, value) in [
        (Kept::SECRET, bearer.as_str().into()),
        (Kept::SEQUENCE, u64::from(sequence).into()),
        (Kept::PREVIOUS, id.as_str().into()),
        (Kept::DECISION, value.as_str().into()),
    ] {
        kept.set(name, value);
    }
    keeper.write(&kept);
    Ok(value)
}

/// Who decides: whom the page's tag names, or else who decided here before. What the latter decided and is
/// still to be sent has its own bearer token.
pub(crate) fn who(kept: &Kept, host: &Host) -> Option<Secret> {
    let secret = |bearer: Option<&str>| bearer.and_then(Secret::from_bearer);
    secret(host.token().as_deref()).or_else(|| secret(kept.text(Kept::SECRET)))
}

#[wasm_bindgen]
impl App {
    /// Gives the outbox what an earlier version of us kept of it beside the decision.
    pub fn adopt(&self) {
        let mut keeper = self.keeper.borrow_mut();
        let mut kept = keeper.read();
        for (old, status) in [(Kept::PENDING, 0), (Kept::RETURNED, 422)] {
            let (Value::List(records), Some(bearer)) = (kept.get(old), kept.text(Kept::SECRET))
            else {
                continue;
            };
            for record in records {
                self.host.land(bearer, &record.to_text(), status);
            }
            kept.set(old, Value::Null);
            keeper.write(&kept);
        }
    }

    /// Takes the receipt in the server's answer, which belongs to a record of this id.
    pub fn settled(&self, id: &str, answer: &str) {
        let answer = Value::parse(answer).unwrap_or_default();
        let mut keeper = self.keeper.borrow_mut();
        if keeper.read().text(Kept::PREVIOUS) == Some(id)
            && let Value::List(receipts) = answer.get("receipts")
            && let Some(receipt) = receipts.first()
        {
            keeper.keep_receipt(receipt.clone());
        }
    }

    /// The last record's receipt, as JSON, or `null`.
    pub fn receipt(&self) -> String {
        self.keeper.borrow().receipt().to_text()
    }

    /// Writes the cookie again where it is not the decision that stands: a server's answer sets it, too, and
    /// may come after the next decision. Only then, because a cookie that a script wrote lives shorter.
    pub fn mend(&self) {
        let kept = self.keeper.borrow().read();
        let Some(value) = kept.text(Kept::DECISION) else {
            return;
        };
        let jar = browser::document().cookie().unwrap_or_default();
        let named = || cookie::named(&jar, cookie::NAME);
        if named().any(|other| other == value) {
            return;
        }
        let Some(ours) = cookie::decode(&self.notice, value) else {
            return;
        };
        let theirs = cookie::latest(&self.notice, named(), browser::now_ms() / 1000);
        // Another tab may have decided, and could keep it in the cookie alone.
        if theirs.is_none_or(|theirs| theirs.decided_at() <= ours.decided_at()) {
            Keeper::write_cookie(value);
        }
    }
}
