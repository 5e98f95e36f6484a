//! The sheets: which are open, and what they show.

use crate::error::Error;
use crate::session::{Session, State};
use crate::{browser, fetch};
use js_sys::{Function, Promise};
use std::mem::discriminant;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;
use zhiqing_policy::Document;
use zhiqing_view::{Draft, Html, Rights, Step};

/// A sheet.
#[derive(Clone)]
pub(crate) enum View {
    Preferences,
    Rights,
    Policy,
    Step {
        purpose: String,
        refusal: Option<String>,
        asker: StepAsker,
    },
}

/// Who wants the answer of a step.
#[derive(Clone)]
pub(crate) enum StepAsker {
    /// The preferences, into their draft.
    Draft,
    /// The page: the answer is a decision of its own.
    Page,
    /// A function that needs a device permission and waits for the answer.
    Permission(Function),
}

impl Session {
    pub(crate) fn open(&self, view: View) {
        let scroll = self.sheets.scroll();
        {
            let mut state = self.state.borrow_mut();
            if let Some((_, kept)) = state.views.last_mut() {
                *kept = scroll;
            }
            // Asked for twice, a view is shown once; steps ask about different things.
            let same = |shown: &mut (View, i32)| {
                !matches!(view, View::Step { .. }) && discriminant(&shown.0) == discriminant(&view)
            };
            let _ = state.views.pop_if(same);
            state.views.push((view, 0));
        }
        self.host.shown();
        self.render();
    }

    /// Opens the preferences on the choices that stand.
    pub(crate) fn open_preferences(&self) {
        let mut draft = Draft::default();
        if let Some(decision) = self.decision() {
            let granted = self
                .notice
                .asked()
                .filter(|purpose| decision.grants(&purpose.id));
            draft.granted = granted.map(|purpose| purpose.id.clone()).collect();
            draft.refused = decision.refused().clone();
        }
        self.state.borrow_mut().draft = draft;
        self.open(View::Preferences);
    }

    /// Opens the policy once it is here.
    pub(crate) fn open_policy(self: &Rc<Self>, clause: Option<String>) -> Promise {
        let session = self.clone();
        future_to_promise(async move {
            if session.state.borrow().document.is_none() {
                let version = &session.notice.policy.version;
                let url = format!("{}policy/{version}.json", session.host.base());
                let json = fetch::json(&url).await.map_err(Error::policy)?;
                let document = serde_wasm_bindgen::from_value::<Document>(json)
                    .map_err(|error| Error::policy(format!("{url}: {error}")))?;
                session.state.borrow_mut().document = Some(Rc::new(document));
            }
            session.open(View::Policy);
            if let Some(clause) = clause {
                session.sheets.go_to(&clause);
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Closes the visible sheet. A step that is closed was not agreed to.
    pub(crate) fn close(&self) {
        let closed = self.state.borrow_mut().views.pop();
        self.render();
        if let Some((view, _)) = closed {
            self.settle(view);
        }
    }

    pub(crate) fn render(&self) {
        let (html, scroll) = {
            let state = self.state.borrow();
            let Some((view, scroll)) = state.views.last() else {
                drop(state);
                self.sheets.clear(&self.host);
                return;
            };
            (self.html(view, &state), *scroll)
        };
        self.sheets.show(&self.host, &html, scroll);
    }

    pub(crate) fn html(&self, view: &View, state: &State) -> Html {
        let notice = &self.notice;
        match view {
            View::Preferences => zhiqing_view::preferences(notice, &state.draft, self.note()),
            View::Rights => {
                let names = |key: &str, reason: &str| match reason {
                    "" => key.to_owned(),
                    reason => format!("{key}（{reason}）"),
                };
                let removed: Vec<String> = state
                    .removal
                    .removed
                    .iter()
                    .map(|gone| names(&gone.key, ""))
                    .collect();
                let kept: Vec<String> = state
                    .removal
                    .kept
                    .iter()
                    .map(|left| names(&left.key, left.reason))
                    .collect();
                let decision = self.decision();
                zhiqing_view::rights(
                    notice,
                    Rights {
                        decision: decision.as_ref(),
                        receipt: self.keeper.borrow().read().receipt.is_object(),
                        removed: &removed,
                        kept: &kept,
                        note: self.note(),
                    },
                )
            }
            View::Policy => match &state.document {
                Some(document) => zhiqing_view::policy(document, &notice.policy.version),
                None => Html::default(),
            },
            View::Step {
                purpose, refusal, ..
            } => match notice.purpose(purpose) {
                Some(purpose) => zhiqing_view::step(
                    notice,
                    Step {
                        purpose,
                        refusal: refusal.as_deref(),
                    },
                ),
                None => Html::default(),
            },
        }
    }

    /// What the person must know about keeping: nothing, where everything is kept.
    pub(crate) fn note(&self) -> Option<&'static str> {
        match (self.keeper.borrow().is_denied(), browser::cookies_enabled()) {
            (false, _) => None,
            (true, true) => Some(zhiqing_view::text::KEPT_IN_COOKIE),
            (true, false) => Some(zhiqing_view::text::NOT_KEPT),
        }
    }
}
