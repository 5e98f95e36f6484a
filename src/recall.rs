//! Asks the server what was decided, where it is known who decides and not what: a browser forgets, and an
//! account goes from one to the next. What the server does not say is not guessed: the person is asked.

use crate::json::Value;
use crate::kept::Keeper;
use crate::read::{Fields, read};
use crate::session::Session;
use crate::{browser, fetch, report, task};
use js_sys::Date;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use zhiqing_consent::{Choice, Decision, Secret, State, Technologies, Technology, cookie};

impl Session {
    /// Asks, if it is known who decides, and what was decided here is nobody's, or another's.
    pub(crate) fn recall(self: &Rc<Self>) {
        let kept = self.keeper.borrow().read();
        let Some(secret) = report::who(&kept, &self.host) else {
            return;
        };
        let same = kept.secret.as_deref() == Some(&secret.bearer());
        // What is not sent yet is later than whatever the server has.
        if !kept.pending.is_empty() || same && self.decision().is_some() {
            return;
        }
        let session = self.clone();
        task::start(async move {
            if let Err(error) = session.ask(&secret).await {
                report::warn(&["what was decided before cannot be read: ", &error].concat());
            }
        });
    }

    async fn ask(self: &Rc<Self>, secret: &Secret) -> Result<(), String> {
        let path = format!("/consents/{}", secret.subject(&self.notice.site));
        let url = report::address(&self.notice.report, &path).ok_or("there is no [report] url")?;
        let history = fetch::authorized(&url, &secret.bearer()).await?;
        let Value::List(receipts) = history.get("receipts") else {
            return Err("there are no receipts in the answer".to_owned());
        };
        let Some(receipt) = receipts.last() else {
            return Ok(());
        };
        let last = read(receipt.get("record"), Last::read)?;
        let decision = Decision::of_choices(
            &self.notice,
            &last.version,
            last.decided_at,
            &last.choices,
            last.refused,
        );
        // The person may have decided meanwhile, or later here; and what comes from a clock that is wrong is
        // none.
        let standing = self.decision();
        let later = standing.is_some_and(|it| it.decided_at() > decision.decided_at());
        let mut kept = self.keeper.borrow().read();
        if later || !kept.pending.is_empty() || !decision.is_past(browser::now_ms() / 1000) {
            return Ok(());
        }
        let value = cookie::encode(&self.notice.site, &decision);
        kept.decision = Some(value.clone());
        kept.secret = Some(secret.bearer());
        kept.sequence = last.sequence;
        kept.previous = Some(last.id);
        kept.receipt = receipt.clone();
        self.keeper.borrow_mut().write(&kept);
        Keeper::write_cookie(&value);
        self.host.apply(&value);
        self.erase(&decision, false);
        self.place_handle();
        Ok(())
    }
}

/// What the last record says.
struct Last {
    id: String,
    sequence: u32,
    version: String,
    /// Seconds since 1970.
    decided_at: u64,
    choices: Vec<Choice>,
    refused: Technologies,
}

impl Last {
    fn read(record: &Fields<'_>) -> Self {
        let occurred = JsValue::from(record.text("occurred_at"));
        let refused = record.words("technologies").into_iter();
        Self {
            id: record.text("id"),
            sequence: record.number("sequence"),
            version: record.object("policy", |policy| policy.text("version")),
            decided_at: browser::whole_ms(Date::new(&occurred).get_time()) / 1000,
            choices: record.list("choices", |choice| Choice {
                purpose: choice.text("purpose"),
                state: [State::Granted, State::Denied]
                    [choice.word("state", &["granted", "denied"])],
                separate: choice.flag("separate"),
            }),
            refused: refused
                .filter_map(|(name, _)| Technology::refusable(&name))
                .collect(),
        }
    }
}
