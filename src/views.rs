//! The sheets: which are open, and what they show.

use crate::document::read_document;
use crate::error::Error;
use crate::listener::Listener;
use crate::session::{Open, Session};
use crate::stack::{Place, View};
use crate::{browser, fetch, task};
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use zhiqing_view::{Draft, Html, Rights, Step, Stored, Texts};

impl Session {
    /// Opens a sheet.
    pub(crate) fn open(&self, view: View) {
        let place = self.sheets.place();
        let opened = self.state.borrow_mut().stack.open(view, place);
        if opened {
            self.render();
        }
    }

    /// Opens the preferences on the choices that stand.
    pub(crate) fn open_preferences(self: &Rc<Self>) {
        let top = |open: &Open| matches!(open.stack.top(), Some((View::Preferences, _)));
        if top(&self.state.borrow()) {
            return;
        }
        let decision = self.decision();
        let draft = Draft::standing(&self.notice, decision.as_ref(), browser::conditions());
        {
            let mut state = self.state.borrow_mut();
            state.draft = draft;
            state.stored = Stored::default();
        }
        self.open(View::Preferences);
        self.watch_stored();
    }

    /// Opens the policy once it is here; where it cannot be fetched the sheet says so.
    pub(crate) fn open_policy(self: &Rc<Self>, clause: Option<String>) -> Promise {
        let session = self.clone();
        task::promise(async move {
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
            let document =
                read_document(&json).map_err(|error| Error::policy(format!("{url}: {error}")))?;
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
        self.render_at(None);
    }

    /// Shows the sheet in view as things are now; the person stays where they are in it.
    pub(crate) fn refresh(&self) {
        self.render_at(Some(self.sheets.place()));
    }

    fn render_at(&self, place: Option<Place>) {
        let (html, place, asks) = {
            let state = self.state.borrow();
            let Some((view, kept)) = state.stack.top() else {
                drop(state);
                self.sheets.clear(&self.host);
                self.host.asking(false);
                return;
            };
            let asks = matches!(view, View::Preferences | View::Step { .. });
            let place = place.unwrap_or_else(|| kept.clone());
            (self.html(view, &state), place, asks)
        };
        self.sheets.show(&self.host, &html, &place);
        self.listeners.borrow().iter().for_each(Listener::again);
        self.host.asking(asks);
    }

    fn html(&self, view: &View, state: &Open) -> Html {
        let notice = &self.notice;
        let texts = Texts::of(notice);
        let note = self.note();
        match view {
            View::Preferences => {
                zhiqing_view::preferences(notice, &state.draft, &state.stored, note.as_deref())
            }
            View::Rights => {
                let removal = self.removal();
                let decision = self.decision();
                zhiqing_view::rights(
                    notice,
                    Rights {
                        decision: decision.as_ref(),
                        gpc: browser::gpc(),
                        receipt: self.keeper.borrow().read().delivery(),
                        removal: Some(&removal),
                        note: note.as_deref(),
                    },
                )
            }
            View::Policy => match &state.document {
                Some(document) => zhiqing_view::policy(texts, document, &notice.policy.version),
                None => zhiqing_view::policy_missing(notice),
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
    fn note(&self) -> Option<String> {
        let texts = Texts::of(&self.notice);
        let kept = match (self.keeper.borrow().is_denied(), browser::cookies_enabled()) {
            (false, _) => "",
            (true, true) => texts.get("kept_in_cookie"),
            (true, false) => texts.get("not_kept"),
        };
        let signal = match browser::gpc() && self.notice.asked().any(|purpose| purpose.gpc) {
            true => texts.get("gpc"),
            false => "",
        };
        let note = texts.sentences([kept, signal]);
        (!note.is_empty()).then_some(note)
    }
}
