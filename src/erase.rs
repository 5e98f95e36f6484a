//! What a decision does not allow to lie in the browser's stores, and what became of it.
//!
//! `www/loader/erase.js` looks and deletes. Only what the gate holds back by the decision goes: a key that
//! any tracker claims which may not store it. What nobody declared stays, and so does what is ours.

use crate::app::App;
use crate::browser;
use crate::json::Value;
use crate::read::read;
use crate::snapshot;
use crate::stack::View;
use wasm_bindgen::prelude::*;
use zhiqing_consent::gate::{Gate, Verdict};
use zhiqing_consent::removal::{Look, Met, Reason};
use zhiqing_consent::{Technology, cookie};

#[wasm_bindgen]
impl App {
    /// Takes up the decision that stands, for the questions that follow; gives it as the cookie has it.
    #[wasm_bindgen(js_name = takeUp)]
    pub fn take_up(&self) -> Option<String> {
        let decision = self.decision();
        let value = decision
            .as_ref()
            .map(|it| cookie::encode(&self.notice.site, it));
        self.taken_up.replace(decision);
        value
    }

    /// Whether the decision that was taken up, and what the browser signals now (rule 7), forbid this key:
    /// one claim that is not allowed is enough, as when the gate judges a write.
    pub fn forbids(&self, technology: &str, key: &str) -> bool {
        let decision = self.taken_up.borrow();
        let gate = Gate::new(&self.notice, decision.as_ref()).signalled(browser::gpc());
        let judged = Technology::named(technology).map(|it| gate.judge_key(it, key));
        matches!(judged, Some(Verdict::Held(_)))
    }

    /// Takes up what a look came to: `{met, whole}` as JSON. `met` has `technology`, `key`, whether
    /// anything of that name `went`, and the number of the reason why something is `left`; `whole` are the
    /// technologies of which it saw everything; `again` as in [`Look`]. Gives what is to be told, if that
    /// is anything new.
    #[wasm_bindgen(js_name = tellErased)]
    pub fn tell_erased(&self, look: &str, again: bool) -> Option<String> {
        let look = Value::parse(look).ok()?;
        let technology = |name: &str| Technology::named(name).unwrap_or(Technology::Cookie);
        let (met, whole) = read(&look, |look| {
            let met = look.list("met", |it| Met {
                technology: technology(&it.text("technology")),
                key: it.text("key"),
                went: it.flag("went"),
                left: match it.has("left") {
                    true => Reason::ALL.get(it.number("left") as usize).copied(),
                    false => None,
                },
            });
            let whole = look.texts("whole");
            let whole: Vec<Technology> = whole.iter().map(|it| technology(it)).collect();
            (met, whole)
        })
        .ok()?;
        let mut removal = self.keeper.borrow().read().removal().unwrap_or_default();
        // First: what may be there again is neither kept nor gone.
        let allowed = removal.allow(|technology, key| !self.forbids(technology.name(), key));
        let (met, whole) = (&met[..], &whole[..]);
        if !removal.take(Look { met, whole, again }) && !allowed {
            return None;
        }
        self.keeper.borrow_mut().remember(&removal);
        if self.shows(&View::Rights) {
            self.refresh();
        }
        Some(snapshot::removal(&removal).to_text())
    }

    /// What was deleted since the last refusal or withdrawal, as JSON. Another tab may have deleted since,
    /// so it is read each time.
    pub fn removed(&self) -> String {
        let removal = self.keeper.borrow().read().removal();
        snapshot::removal(&removal.unwrap_or_default()).to_text()
    }
}
