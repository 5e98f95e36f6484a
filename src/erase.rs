//! What a decision does not allow to lie in the browser's stores, and what became of it.
//!
//! `www/loader/erase.js` looks and deletes. Only what the gate holds back by the decision goes: a key that
//! any tracker claims which may not store it. What nobody declared stays, and so does what is ours.

use crate::app::App;
use crate::browser;
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
        // Nothing goes before a decision.
        decision.is_some() && matches!(judged, Some(Verdict::Held(_)))
    }

    /// The technologies of which the decision that was taken up forbids any use.
    pub fn touched(&self) -> Vec<String> {
        let decision = self.taken_up.borrow();
        let gate = Gate::new(&self.notice, decision.as_ref()).signalled(browser::gpc());
        let mut names = Vec::new();
        // Nothing goes before a decision.
        for used in gate.forbidden().filter(|_| decision.is_some()) {
            names.push(used.technology.name().to_owned());
        }
        names
    }

    /// Takes up what a look came to. Of each key that it met four texts: the technology, the key, `gone`
    /// where anything of that name went, and the number of the reason why something is left, or nothing.
    /// `whole` are the technologies of which it saw everything; `again` as in [`Look`]. Gives what is to be
    /// told, as JSON, if that is anything new.
    #[wasm_bindgen(js_name = tellErased)]
    pub fn tell_erased(&self, met: Vec<String>, whole: Vec<String>, again: bool) -> Option<String> {
        let mut keys = Vec::new();
        let mut texts = met.into_iter();
        while let (Some(technology), Some(key), Some(went), Some(left)) =
            (texts.next(), texts.next(), texts.next(), texts.next())
        {
            let reason = left.parse().ok();
            keys.push(Met {
                technology: Technology::named(&technology)?,
                key,
                went: went == "gone",
                left: reason.and_then(|at: usize| Reason::ALL.get(at).copied()),
            });
        }
        let whole = whole.into_iter();
        let whole: Vec<_> = whole.filter_map(|it| Technology::named(&it)).collect();
        let mut removal = self.keeper.borrow().removal();
        // First: what may be there again is neither kept nor gone.
        let allowed = removal.allow(|technology, key| !self.forbids(technology.name(), key));
        let (met, whole) = (&keys[..], &whole[..]);
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
        snapshot::removal(&self.keeper.borrow().removal()).to_text()
    }
}
