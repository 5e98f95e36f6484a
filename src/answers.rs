//! What the controls on the sheets do.

use crate::app::App;
use crate::browser;
use crate::error::Error;
use crate::host;
use crate::stack::{StepAsker, View};
use wasm_bindgen::prelude::*;
use zhiqing_consent::rules::{self, Act};
use zhiqing_consent::{Method, Technology};

#[wasm_bindgen]
impl App {
    /// The switch of a purpose was used; whether it may stay as it is now.
    #[wasm_bindgen(js_name = switchPurpose)]
    pub fn switch_purpose(&self, id: String, on: bool) -> bool {
        let purpose = self.notice.purpose(&id);
        if on && purpose.is_some_and(|it| it.basis.needs_own_step()) {
            // It is the step that switches it on, not the tap that leads there.
            self.open_view(View::Step {
                purpose: id,
                refusal: None,
                asker: StepAsker::Draft,
            });
            return false;
        }
        self.state.borrow_mut().draft.answer(&id, on);
        true
    }

    /// The box of a technology was used.
    #[wasm_bindgen(js_name = refuseTechnology)]
    pub fn refuse_technology(&self, name: &str, refused: bool) {
        if let Some(technology) = Technology::refusable(name) {
            let those = &mut self.state.borrow_mut().draft.refused;
            match refused {
                true => those.insert(technology),
                false => those.remove(technology),
            }
        }
    }
}

impl App {
    /// The save button: of the preferences, or the agreeing one of a step.
    pub(crate) fn save(&self) -> Result<(), Error> {
        if self.shows(&View::Preferences) {
            let draft = self.state.borrow().draft.clone();
            return self.commit(&draft.save(), Method::Save);
        }
        self.answer(true)
    }

    /// The answer of the visible step, if there is one.
    pub(crate) fn answer(&self, granted: bool) -> Result<(), Error> {
        let Some(view) = self.state.borrow_mut().stack.close_step() else {
            return Ok(());
        };
        let View::Step { purpose, asker, .. } = &view else {
            return Ok(());
        };
        if let StepAsker::Draft = asker {
            let grantable = self
                .notice
                .purpose(purpose)
                .is_some_and(rules::may_grant_in_step);
            let draft = &mut self.state.borrow_mut().draft;
            let granted = granted && grantable;
            draft.answer(purpose, granted);
            if granted {
                draft.confirmed.insert(purpose);
            }
        } else {
            let act = Act::Item {
                purpose: purpose.clone(),
                granted,
            };
            let done = self.commit(&act, Method::Item);
            if done.is_err() {
                self.render();
            }
            self.settle(view);
            return done;
        }
        self.render();
        Ok(())
    }

    /// Tells whoever waits for a step that is closed now what stands: the decision answers, not
    /// the tap.
    pub(crate) fn settle(&self, view: View) {
        if let View::Step {
            purpose,
            asker: StepAsker::Page(waiting),
            ..
        } = view
        {
            let decision = self.decision();
            let purpose = self.notice.purpose(&purpose);
            let allowed = purpose
                .is_some_and(|p| rules::is_allowed(p, decision.as_ref(), browser::conditions()));
            let answer = if allowed { "granted" } else { "denied" };
            for resolve in &waiting {
                host::answer(resolve, answer);
            }
        }
    }
}
