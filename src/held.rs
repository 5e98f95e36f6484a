//! What a placeholder says of an element that is held back, and what a tap on it does. Where it stands is
//! `www/loader/placeholders.js`.

use crate::app::App;
use crate::browser::conditions;
use crate::stack::{StepAsker, View};
use wasm_bindgen::prelude::*;
use zhiqing_consent::rules::{self, Act};
use zhiqing_consent::{Method, Technology};
use zhiqing_view::Held;

#[wasm_bindgen]
impl App {
    /// Whether what was let go for this purpose must be held again.
    #[wasm_bindgen(js_name = isWithdrawn)]
    pub fn is_withdrawn(&self, purpose: &str) -> bool {
        let decision = self.taken_up.borrow();
        let purpose = self.notice.purpose(purpose);
        purpose.is_some_and(|it| !rules::is_allowed(it, decision.as_ref(), conditions()))
    }

    /// The markup for a held element: of a purpose, from `place` (host and path; empty where it is of no
    /// host), of this host (`own`), a picture or not, and whether a tab of its own can show it (`opens`).
    /// Nothing of what is about to be let go.
    pub fn held(
        &self,
        purpose: &str,
        place: &str,
        own: bool,
        picture: bool,
        opens: bool,
    ) -> Option<String> {
        let decision = self.taken_up.borrow();
        let purpose = self.notice.purpose(purpose);
        let allowed =
            purpose.is_some_and(|it| rules::is_allowed(it, decision.as_ref(), conditions()));
        let refuses = |technology| {
            decision
                .as_ref()
                .is_some_and(|it| it.refused().contains(technology))
        };
        let refused = match allowed {
            true => Some((picture && refuses(Technology::Pixel)).then_some(Technology::Pixel)?),
            false => None,
        };
        let held = Held {
            own,
            place,
            purpose,
            refused,
            opens,
        };
        Some(zhiqing_view::held(&self.notice, held).into_string())
    }

    /// Agrees to a purpose from its placeholder, or opens its step.
    pub fn load(&self, id: String) {
        let purpose = self.notice.purpose(&id);
        if purpose.is_some_and(|it| it.basis.needs_own_step()) {
            self.open_view(View::Step {
                purpose: id,
                refusal: None,
                asker: StepAsker::Page(Vec::new()),
            });
        } else {
            let purposes = vec![id];
            // Where no identity can be made nothing is decided, and it stays held.
            let _ = self.commit(&Act::Grant { purposes }, Method::Item);
        }
    }
}
