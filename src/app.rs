//! The module as the guard sees it: each call converted in, made, converted out.

use crate::browser;
use crate::error::Error;
use crate::host::Host;
use crate::json::Value;
use crate::session::Session;
use crate::stack::{StepAsker, View};
use crate::task::Work;
use crate::{fetch, handle, notice, receipt_file};
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;
use zhiqing_consent::rules::{self, Act};
use zhiqing_consent::{Decision, Method};

/// The module as the guard sees it.
#[wasm_bindgen]
pub struct App(pub(crate) Rc<Session>);

impl App {
    /// See [`crate::start`].
    pub(crate) async fn start(host: Host) -> Result<Self, Error> {
        let mut work = Work::begin();
        let notice = JsFuture::from(host.notice()).await;
        let notice = notice.map_err(|error| Error::notice(fetch::words(&error)))?;
        work.make_way().await;
        let text = notice.as_string().unwrap_or_default();
        let wrong = |error: String| Error::notice(["notice.json: ", &error].concat());
        let notice = Value::parse(&text).map_err(wrong)?;
        work.make_way().await;
        let notice = notice::read_notice(&notice, &mut work)
            .await
            .map_err(wrong)?;
        work.make_way().await;
        let session = Session::begin(host, notice, &mut work).await;
        session
            .map(Self)
            .ok_or_else(|| Error::notice("there is no document"))
    }
}

#[wasm_bindgen]
impl App {
    /// A control with `data-zq` was used, ours or the page's.
    ///
    /// # Errors
    /// See the act.
    pub fn act(&self, hook: &str, control: &Element) -> Result<Promise, JsValue> {
        let session = &self.0;
        match hook {
            "accept-all" => session.commit(&Act::AcceptAll, Method::AcceptAll)?,
            "reject-all" => session.commit(&Act::RejectAll, Method::RejectAll)?,
            "withdraw" => session.commit(&Act::Withdraw { purposes: None }, Method::Item)?,
            "preferences" => session.open_preferences(),
            "rights" => session.open(View::Rights),
            "policy" => {
                let clause = control.get_attribute("data-zq-clause");
                return Ok(session.open_policy(clause));
            }
            "goto" => session
                .sheets
                .go_to(&control.get_attribute("data-zq-goto").unwrap_or_default()),
            "save" => session.save()?,
            "refuse" => session.answer(false)?,
            "close" => session.close(),
            "delete" => return Ok(session.delete_stored(control)),
            "delete-all" => return Ok(session.delete_all_stored()),
            "receipt" => receipt_file::offer(&session.receipt().to_js())?,
            // A page's control with a word of its own is not ours to judge.
            _ => {}
        }
        Ok(Promise::resolve(&JsValue::UNDEFINED))
    }

    /// Opens a view by its name.
    ///
    /// # Errors
    /// `argument` for a name that is none.
    pub fn show(&self, view: &str) -> Result<Promise, JsValue> {
        match view {
            "banner" => {
                self.0.host.banner();
                handle::tell_signal(&self.0.host, &self.0.notice);
                self.0.place_handle();
            }
            "preferences" => self.0.open_preferences(),
            "rights" => self.0.open(View::Rights),
            "policy" => return Ok(self.0.open_policy(None)),
            _ => {
                return Err(Error::argument([
                    "there is no view \"",
                    view,
                    "\": banner, preferences, policy, rights",
                ])
                .into());
            }
        }
        Ok(Promise::resolve(&JsValue::UNDEFINED))
    }

    /// Without ids every general purpose is granted; with ids those of general consent are, and
    /// the others have their steps opened, one after the other, where they may be asked about (rule 4).
    ///
    /// # Errors
    /// `argument` for an id that the notice does not ask about; nothing is granted then.
    pub fn accept(&self, ids: &JsValue) -> Result<JsValue, JsValue> {
        let session = &self.0;
        let Some(ids) = session.ids(ids)? else {
            session.commit(&Act::AcceptAll, Method::Api)?;
            return Ok(session.host.state());
        };
        let own_step = |id: &String| {
            session
                .notice
                .purpose(id)
                .is_some_and(|p| p.basis.needs_own_step())
        };
        let (steps, general): (Vec<String>, Vec<String>) = ids.into_iter().partition(own_step);
        if !general.is_empty() {
            session.commit(&Act::Grant { purposes: general }, Method::Api)?;
        }
        let decision = session.decision();
        // What the signal turns off is asked about: agreeing under it is an explicit choice (rule 7).
        let granted = |id: &String| {
            let standing = decision.as_ref().filter(|d| d.stands(&session.notice, id));
            let purpose = session.notice.purpose(id);
            purpose.is_some_and(|p| rules::is_allowed(p, standing, browser::conditions()))
        };
        let opens = |id: &String| !granted(id) && session.may_open(id);
        for purpose in steps.into_iter().rev().filter(opens) {
            session.open(View::Step {
                purpose,
                refusal: None,
                asker: StepAsker::Page(Vec::new()),
            });
        }
        Ok(session.host.state())
    }

    /// Refuses everything.
    ///
    /// # Errors
    /// `random` where no identity can be made.
    pub fn reject(&self) -> Result<JsValue, JsValue> {
        self.0.commit(&Act::RejectAll, Method::Api)?;
        Ok(self.0.host.state())
    }

    /// Withdraws these purposes, or all. Where nothing is granted there is nothing to withdraw.
    ///
    /// # Errors
    /// `argument` for an id that the notice does not ask about; nothing is withdrawn then.
    pub fn withdraw(&self, ids: &JsValue) -> Result<JsValue, JsValue> {
        let purposes = self.0.ids(ids)?;
        let notice = &self.0.notice;
        let nothing = |d: &Decision| d.stands_on(notice) && d.covers(notice) && !d.grants_any();
        if self.0.decision().as_ref().is_some_and(nothing) {
            return Ok(self.0.host.state());
        }
        self.0.commit(&Act::Withdraw { purposes }, Method::Api)?;
        Ok(self.0.host.state())
    }

    /// Asks just in time for the purpose that a device permission needs.
    ///
    /// # Errors
    /// `argument` for a permission that the site does not have.
    pub fn permission(&self, id: &str) -> Result<Promise, JsValue> {
        let session = &self.0;
        let found = session
            .notice
            .permissions
            .iter()
            .find(|permission| permission.id == id);
        let Some(permission) = found else {
            let known: Vec<&str> = session
                .notice
                .permissions
                .iter()
                .map(|p| p.id.as_str())
                .collect();
            let known = known.join(", ");
            let words = ["there is no permission \"", id, "\"; known: ", &known];
            return Err(Error::argument(words).into());
        };
        let Some(purpose) = session.notice.purpose(&permission.purpose) else {
            return Ok(Promise::resolve(&JsValue::from("denied")));
        };
        let decision = session.decision();
        if rules::is_allowed(purpose, decision.as_ref(), browser::conditions()) {
            return Ok(Promise::resolve(&JsValue::from("granted")));
        }
        if !session.may_ask(&purpose.id) {
            return Ok(Promise::resolve(&JsValue::from("denied")));
        }
        let purpose = purpose.id.clone();
        let refusal = Some(permission.refusal.clone()).filter(|refusal| !refusal.is_empty());
        let session = session.clone();
        Ok(Promise::new(&mut move |resolve, _| {
            let asker = StepAsker::Page(vec![resolve]);
            session.open(View::Step {
                purpose: purpose.clone(),
                refusal: refusal.clone(),
                asker,
            });
        }))
    }

    /// The last record's receipt, or null.
    pub fn receipt(&self) -> JsValue {
        self.0.receipt().to_js()
    }

    /// What was deleted since the last refusal or withdrawal, what could not be and why, and what was
    /// there again; once the look that is due is over.
    pub fn removed(&self) -> Promise {
        self.0.removed()
    }
}
