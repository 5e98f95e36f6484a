//! The sheets: which are open, and what they show.

use crate::error::Error;
use crate::session::{Open, Session};
use crate::stack::View;
use crate::{browser, fetch};
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;
use zhiqing_policy::Document;
use zhiqing_view::{Draft, Html, Rights, Step};

impl Session {
    /// Opens a sheet.
    pub(crate) fn open(&self, view: View) {
        let scroll = self.sheets.scroll();
        let opened = self.state.borrow_mut().stack.open(view, scroll);
        if opened {
            self.render();
        }
    }

    /// Opens the preferences on the choices that stand.
    pub(crate) fn open_preferences(&self) {
        let top = |open: &Open| matches!(open.stack.top(), Some((View::Preferences, _)));
        if top(&self.state.borrow()) {
            return;
        }
        let mut draft = Draft::default();
        if let Some(decision) = self.decision() {
            // Nothing is preselected that was chosen before the policy changed materially for it.
            let standing = |id: &str| decision.stands(&self.notice, id) && decision.grants(id);
            let granted = self.notice.asked().filter(|purpose| standing(&purpose.id));
            draft.granted = granted.map(|purpose| purpose.id.clone()).collect();
            draft.refused = decision.refused().clone();
        }
        self.state.borrow_mut().draft = draft;
        self.open(View::Preferences);
    }

    /// Opens the policy once it is here; where it cannot be fetched the sheet says so.
    pub(crate) fn open_policy(self: &Rc<Self>, clause: Option<String>) -> Promise {
        let session = self.clone();
        future_to_promise(async move {
            let fetched = session.fetch_policy().await;
            session.open(View::Policy);
            if let Some(clause) = clause {
                session.sheets.go_to(&clause);
            }
            Ok(fetched.map(|()| JsValue::UNDEFINED)?)
        })
    }

    async fn fetch_policy(&self) -> Result<(), Error> {
        if self.state.borrow().document.is_none() {
            let url = format!(
                "{}policy/{}.json",
                self.host.base(),
                self.notice.policy.version
            );
            let json = fetch::json(&url).await.map_err(Error::policy)?;
            let document = serde_wasm_bindgen::from_value::<Document>(json)
                .map_err(|error| Error::policy(format!("{url}: {error}")))?;
            self.state.borrow_mut().document = Some(document);
        }
        Ok(())
    }

    /// Closes the visible sheet. A step that is closed was not agreed to, and the page may not
    /// put the same question again by itself.
    pub(crate) fn close(&self) {
        let closed = {
            let mut state = self.state.borrow_mut();
            let closed = state.stack.close();
            if let Some(View::Step { purpose, .. }) = &closed {
                state.rested.push(purpose.clone());
            }
            closed
        };
        self.render();
        closed.into_iter().for_each(|view| self.settle(view));
    }

    /// Shows the sheet that is on top, or none.
    pub(crate) fn render(&self) {
        let (html, scroll, asks) = {
            let state = self.state.borrow();
            let Some((view, scroll)) = state.stack.top() else {
                drop(state);
                self.host.asking(false);
                self.sheets.clear(&self.host);
                return;
            };
            let asks = matches!(view, View::Preferences | View::Step { .. });
            (self.html(view, &state), scroll, asks)
        };
        self.sheets.show(&self.host, &html, scroll);
        self.host.asking(asks);
    }

    fn html(&self, view: &View, state: &Open) -> Html {
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
                    .map(|left| names(&left.key, &left.reason))
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
                None => zhiqing_view::policy_missing(),
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
    fn note(&self) -> Option<&'static str> {
        match (self.keeper.borrow().is_denied(), browser::cookies_enabled()) {
            (false, _) => None,
            (true, true) => Some(zhiqing_view::text::KEPT_IN_COOKIE),
            (true, false) => Some(zhiqing_view::text::NOT_KEPT),
        }
    }
}
