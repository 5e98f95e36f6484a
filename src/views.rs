//! The sheets: which are open, and what they show.

use crate::app::{App, Open};
use crate::browser;
use crate::document::read_document;
use crate::error::Error;
use crate::json::Value;
use crate::stack::View;
use wasm_bindgen::prelude::*;
use zhiqing_view::{Delivery, Draft, Html, Rights, Step, Stored, Texts};

#[wasm_bindgen]
impl App {
    /// Opens the preferences on the choices that stand.
    #[wasm_bindgen(js_name = openPreferences)]
    pub fn open_preferences(&self) {
        if self.shows(&View::Preferences) {
            return;
        }
        let decision = self.decision();
        let draft = Draft::standing(&self.notice, decision.as_ref(), browser::conditions());
        {
            let mut state = self.state.borrow_mut();
            state.draft = draft;
            state.stored = Stored::default();
        }
        self.open_view(View::Preferences);
    }

    /// Opens the rights.
    #[wasm_bindgen(js_name = openRights)]
    pub fn open_rights(&self) {
        self.open_view(View::Rights);
    }

    /// Opens the policy, whose JSON is read once; without any, the sheet says so.
    ///
    /// # Errors
    /// `policy` where it cannot be read.
    #[wasm_bindgen(js_name = openPolicy)]
    pub fn open_policy(&self, json: Option<String>) -> Result<(), JsValue> {
        let read = match json.filter(|_| self.state.borrow().document.is_none()) {
            None => Ok(()),
            Some(json) => Value::parse(&json)
                .and_then(|json| read_document(&json))
                .map(|document| self.state.borrow_mut().document = Some(document)),
        };
        self.open_view(View::Policy);
        Ok(read.map_err(Error::policy)?)
    }

    /// The receipt came: the rights, where they are in view, say so.
    #[wasm_bindgen(js_name = showReceipt)]
    pub fn show_receipt(&self) {
        if self.shows(&View::Rights) {
            self.refresh();
        }
    }

    /// The words under a key of the notice's texts.
    pub fn words(&self, key: &str) -> String {
        Texts::of(&self.notice).get(key).to_owned()
    }

    /// The handle's markup.
    pub fn handle(&self) -> String {
        zhiqing_view::handle(&self.notice).into_string()
    }
}

impl App {
    /// Opens a sheet.
    pub(crate) fn open_view(&self, view: View) {
        let place = self.host.place();
        let opened = self.state.borrow_mut().stack.open(view, place);
        if opened {
            self.render();
        }
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

    /// Whether such a sheet is in view.
    pub(crate) fn shows(&self, view: &View) -> bool {
        let state = self.state.borrow();
        state.stack.top().is_some_and(|(top, _)| top.is_like(view))
    }

    /// Shows the sheet that is on top, or none.
    pub(crate) fn render(&self) {
        self.render_at(None);
    }

    /// Shows the sheet in view as things are now; the person stays where they are in it.
    pub(crate) fn refresh(&self) {
        self.render_at(Some(self.host.place()));
    }

    fn render_at(&self, place: Option<JsValue>) {
        let (html, place, asks) = {
            let state = self.state.borrow();
            match state.stack.top() {
                None => (Html::default(), JsValue::UNDEFINED, false),
                Some((view, kept)) => {
                    let asks = matches!(view, View::Preferences | View::Step { .. });
                    let place = place.unwrap_or_else(|| kept.clone());
                    (self.html(view, &state), place, asks)
                }
            }
        };
        self.host.sheet(html.as_str(), &place);
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
                let removal = self.keeper.borrow().removal();
                let receipt = self.keeper.borrow().receipt();
                let decision = self.decision();
                let outbox = self.host.outbox();
                zhiqing_view::rights(
                    notice,
                    Rights {
                        decision: decision.as_ref(),
                        gpc: browser::gpc(),
                        receipt: match receipt.is_there() {
                            true => Delivery::Here,
                            false if outbox & 1 > 0 => Delivery::Waiting,
                            false => Delivery::Absent,
                        },
                        returned: outbox & 2 > 0,
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
