//! Takes up what the server says was decided, where it is known who decides and not what: a browser
//! forgets, and an account goes from one to the next. What the server does not say is not guessed: the
//! person is asked.

use crate::app::App;
use crate::browser;
use crate::json::Value;
use crate::kept::{Keeper, Kept};
use crate::read::{Fields, read};
use crate::report;
use js_sys::Date;
use wasm_bindgen::prelude::*;
use zhiqing_consent::{Choice, Decision, State, Technologies, Technology, cookie};

#[wasm_bindgen]
impl App {
    /// Whom to ask the server about: the subject and its bearer token with a space between them, if it is
    /// known who decides, and what was decided here is nobody's, or another's.
    pub fn unknown(&self) -> Option<String> {
        let kept = self.keeper.borrow().read();
        let secret = report::who(&kept, &self.host)?;
        let same = kept.text(Kept::SECRET) == Some(&secret.bearer());
        if same && self.decision().is_some() {
            return None;
        }
        let subject = secret.subject(&self.notice.site);
        Some([&subject, " ", &secret.bearer()].concat())
    }

    /// Takes up the last receipt in the server's answer about whoever this token names.
    ///
    /// # Errors
    /// What the answer or its record lacks.
    pub fn recall(&self, answer: &str, bearer: &str) -> Result<(), JsValue> {
        let answer = Value::parse(answer)?;
        let Value::List(receipts) = answer.get("receipts") else {
            return Err("there are no receipts in the answer".into());
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
        if later || !decision.is_past(browser::now_ms() / 1000) {
            return Ok(());
        }
        let value = cookie::encode(&self.notice.site, &decision);
        for (name, value) in [
            (Kept::DECISION, value.as_str().into()),
            (Kept::SECRET, bearer.into()),
            (Kept::SEQUENCE, u64::from(last.sequence).into()),
            (Kept::PREVIOUS, last.id.as_str().into()),
        ] {
            kept.set(name, value);
        }
        {
            let mut keeper = self.keeper.borrow_mut();
            keeper.write(&kept);
            keeper.keep_receipt(receipt.clone());
        }
        Keeper::write_cookie(&value);
        self.taken_up.replace(Some(decision));
        self.host.apply(&value);
        self.host.decided();
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
