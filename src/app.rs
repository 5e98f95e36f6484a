//! One page's notice and decisions, as the loader sees them.

use crate::browser;
use crate::error::Error;
use crate::host::{self, Host};
use crate::json::Value;
use crate::kept::{Keeper, Kept};
use crate::notice::read_notice;
use crate::report;
use crate::stack::{Stack, StepAsker, View};
use js_sys::Function;
use serde_wasm_bindgen::to_value;
use std::cell::RefCell;
use std::slice;
use wasm_bindgen::prelude::*;
use zhiqing_consent::rules::{self, Act, Asker};
use zhiqing_consent::{Decision, Event, Method, Notice, Removal, cookie};
use zhiqing_policy::Document;
use zhiqing_view::{Draft, Stored};

/// What the module knows on one page.
#[wasm_bindgen]
pub struct App {
    pub(crate) host: Host,
    pub(crate) notice: Notice,
    pub(crate) keeper: RefCell<Keeper>,
    pub(crate) state: RefCell<Open>,
    /// The decision by which what is held and what is stored is judged.
    pub(crate) taken_up: RefCell<Option<Decision>>,
}

/// What changes. Never borrowed while the page's code may run.
#[derive(Default)]
pub(crate) struct Open {
    pub(crate) stack: Stack,
    pub(crate) draft: Draft,
    pub(crate) document: Option<Document>,
    /// What is stored in the browser, as far as it was looked at.
    pub(crate) stored: Stored,
    /// Ids of purposes whose step was closed without an answer on this page.
    pub(crate) rested: Vec<String>,
}

#[wasm_bindgen]
impl App {
    /// Begins on the text of `notice.json`: takes up what was kept.
    ///
    /// # Errors
    /// `notice` where it cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(host: Host, notice: &str) -> Result<Self, JsValue> {
        let notice = Value::parse(notice).and_then(|notice| read_notice(&notice));
        let notice = notice.map_err(|error| Error::notice(["notice.json: ", &error].concat()))?;
        renew(&host, &notice);
        Ok(Self {
            host,
            keeper: RefCell::new(Keeper::new(&notice.site)),
            notice,
            state: RefCell::default(),
            taken_up: RefCell::default(),
        })
    }

    /// A control with `data-zq` was used, ours or the page's. A word of the page's own is not ours to
    /// judge.
    ///
    /// # Errors
    /// `random` where no identity can be made.
    pub fn act(&self, hook: &str) -> Result<(), JsValue> {
        match hook {
            "accept-all" => self.commit(&Act::AcceptAll, Method::AcceptAll)?,
            "reject-all" => self.commit(&Act::RejectAll, Method::RejectAll)?,
            "withdraw" => self.commit(&Act::Withdraw { purposes: None }, Method::Item)?,
            "save" => self.save()?,
            "refuse" => self.answer(false)?,
            "close" => self.close(),
            _ => {}
        }
        Ok(())
    }

    /// Without ids every general purpose is granted; with ids those of general consent are, and
    /// the others have their steps opened, one after the other, where they may be asked about (rule 4).
    /// Each id ends with a line feed.
    ///
    /// # Errors
    /// `argument` for an id that the notice does not ask about; nothing is granted then.
    pub fn accept(&self, ids: Option<String>) -> Result<(), JsValue> {
        let Some(ids) = self.ids(ids)? else {
            return Ok(self.commit(&Act::AcceptAll, Method::Api)?);
        };
        let own_step = |id: &String| {
            self.notice
                .purpose(id)
                .is_some_and(|p| p.basis.needs_own_step())
        };
        let (steps, general): (Vec<String>, Vec<String>) = ids.into_iter().partition(own_step);
        if !general.is_empty() {
            self.commit(&Act::Grant { purposes: general }, Method::Api)?;
        }
        let decision = self.decision();
        // What the signal turns off is asked about: agreeing under it is an explicit choice (rule 7).
        let granted = |id: &String| {
            let standing = decision.as_ref().filter(|d| d.stands(&self.notice, id));
            let purpose = self.notice.purpose(id);
            purpose.is_some_and(|p| rules::is_allowed(p, standing, browser::conditions()))
        };
        let opens = |id: &String| !granted(id) && self.may_open(id);
        for purpose in steps.into_iter().rev().filter(opens) {
            self.open_view(View::Step {
                purpose,
                refusal: None,
                asker: StepAsker::Page(Vec::new()),
            });
        }
        Ok(())
    }

    /// Refuses everything.
    ///
    /// # Errors
    /// `random` where no identity can be made.
    pub fn reject(&self) -> Result<(), JsValue> {
        Ok(self.commit(&Act::RejectAll, Method::Api)?)
    }

    /// Withdraws these purposes, or all. Where nothing is granted there is nothing to withdraw. Each id
    /// ends with a line feed.
    ///
    /// # Errors
    /// `argument` for an id that the notice does not ask about; nothing is withdrawn then.
    pub fn withdraw(&self, ids: Option<String>) -> Result<(), JsValue> {
        let purposes = self.ids(ids)?;
        let notice = &self.notice;
        let nothing = |d: &Decision| d.stands_on(notice) && d.covers(notice) && !d.grants_any();
        if self.decision().as_ref().is_some_and(nothing) {
            return Ok(());
        }
        Ok(self.commit(&Act::Withdraw { purposes }, Method::Api)?)
    }

    /// Asks just in time for the purpose that a device permission needs; `resolve` hears `granted` or
    /// `denied`.
    ///
    /// # Errors
    /// `argument` for a permission that the site does not have.
    pub fn permission(&self, id: &str, resolve: Function) -> Result<(), JsValue> {
        let mut known = Vec::new();
        for permission in &self.notice.permissions {
            if permission.id != id {
                known.push(permission.id.as_str());
                continue;
            }
            let purpose = self.notice.purpose(&permission.purpose);
            let decision = self.decision();
            let under = browser::conditions();
            if purpose.is_some_and(|it| rules::is_allowed(it, decision.as_ref(), under)) {
                host::answer(&resolve, "granted");
            } else if purpose.is_some_and(|it| self.may_ask(&it.id)) {
                self.open_view(View::Step {
                    purpose: permission.purpose.clone(),
                    refusal: Some(permission.refusal.clone()).filter(|it| !it.is_empty()),
                    asker: StepAsker::Page(vec![resolve]),
                });
            } else {
                host::answer(&resolve, "denied");
            }
            return Ok(());
        }
        let known = known.join(", ");
        let words = ["there is no permission \"", id, "\"; known: ", &known];
        Err(Error::argument(words).into())
    }
}

impl App {
    /// The decision that stands: another tab may have changed it, so it is read each time. Where
    /// nothing can be kept, the keeper remembers it for this page.
    pub(crate) fn decision(&self) -> Option<Decision> {
        let kept = self.keeper.borrow().read();
        let now = browser::now_ms() / 1000;
        let read = |value: Option<&str>| {
            cookie::decode(&self.notice, value?).filter(|decision| decision.is_past(now))
        };
        let elsewhere = self.host.kept();
        match (read(kept.text(Kept::DECISION)), read(elsewhere.as_deref())) {
            (Some(ours), Some(theirs)) if theirs.decided_at() > ours.decided_at() => Some(theirs),
            (ours, theirs) => ours.or(theirs),
        }
    }

    /// Whether the page may put a step on this purpose before the person now. After a refusal, or where
    /// the step was closed here, it is for the person to start it (rule 4).
    fn may_ask(&self, purpose: &str) -> bool {
        let asker = match self.host.person_acts() {
            true => Asker::Person,
            false => Asker::Function(purpose),
        };
        let rested = || self.state.borrow().rested.iter().any(|id| id == purpose);
        let now = browser::now_ms() / 1000;
        let rests = asker != Asker::Person && rested();
        !rests && rules::may_ask(&self.notice, self.decision().as_ref(), asker, now)
    }

    /// Whether the page may open this step by `accept`. It may where the person was never asked: what
    /// "accept all" or a save left out was refused by nobody, unless all was refused, or this step.
    fn may_open(&self, purpose: &str) -> bool {
        let refused = |ids: &[String]| ids.iter().any(|id| id == purpose);
        let refuses_all = || self.decision().is_some_and(|it| !it.grants_any());
        let was_refused = refused(&self.state.borrow().rested)
            || self.keeper.borrow().read().refused(purpose)
            || refuses_all();
        !was_refused || self.may_ask(purpose)
    }

    /// Makes a decision and everything that follows from it.
    pub(crate) fn commit(&self, act: &Act, method: Method) -> Result<(), Error> {
        let before = self.decision();
        let after = rules::decide(&self.notice, before.as_ref(), act, browser::moment());
        let event = rules::event(&self.notice, before.as_ref(), &after, act);
        let value = {
            let mut keeper = self.keeper.borrow_mut();
            let value = report::keep(&mut keeper, &self.notice, &self.host, &after, event, method)?;
            if let Act::Item {
                purpose,
                granted: false,
            } = act
            {
                keeper.refuse(purpose);
            }
            // What was told before is told no longer.
            if event == Event::Refused || rules::takes_back(before.as_ref(), &after) {
                keeper.remember(&Removal::default());
            }
            value
        };
        Keeper::write_cookie(&value);
        let closed = {
            let mut state = self.state.borrow_mut();
            match act {
                Act::Item { purpose, .. } => {
                    follow(&mut state.draft, slice::from_ref(purpose), &after);
                    Vec::new()
                }
                Act::Grant { purposes } => {
                    follow(&mut state.draft, purposes, &after);
                    Vec::new()
                }
                _ => state.stack.clear(),
            }
        };
        match act {
            // What is in view stays in view.
            Act::Grant { .. } => self.refresh(),
            _ => self.render(),
        }
        self.host.apply(&value);
        // What the loader erases it erases by this, whatever the browser kept of it.
        self.taken_up.replace(Some(after));
        // Afterwards: the guard has closed what held databases open, and lets nothing be written back.
        self.host.decided();
        closed.into_iter().for_each(|view| self.settle(view));
        Ok(())
    }

    /// Reads ids that the page gave: nothing, or a line for each.
    fn ids(&self, given: Option<String>) -> Result<Option<Vec<String>>, Error> {
        let Some(given) = given else {
            return Ok(None);
        };
        let mut ids = Vec::new();
        for id in given.split_terminator('\n') {
            if !self.notice.asked().any(|purpose| purpose.id == id) {
                let known: Vec<&str> = self.notice.asked().map(|p| p.id.as_str()).collect();
                let known = known.join(", ");
                let words = [
                    "the notice does not ask about \"",
                    id,
                    "\"; it asks: ",
                    &known,
                ];
                return Err(Error::argument(words));
            }
            ids.push(id.to_owned());
        }
        Ok(Some(ids))
    }
}

/// Tells a guard that is older than the notice what the notice asks.
fn renew(host: &Host, notice: &Notice) {
    if host.digest() != notice.short_digest() {
        let purposes: Vec<(&str, u8)> = notice
            .purposes
            .iter()
            .map(|it| (it.id.as_str(), it.kind_for_guard()))
            .collect();
        let banner = zhiqing_view::banner(notice);
        host.renew(
            notice.short_digest(),
            &notice.policy.version,
            // Lists of texts and numbers have a JavaScript form.
            &to_value(&purposes).unwrap_or_default(),
            banner.as_str(),
            &to_value(&notice.standing_versions()).unwrap_or_default(),
        );
    }
}

/// Lets an open draft follow what was answered meanwhile, so that saving it undoes nothing.
fn follow(draft: &mut Draft, answered: &[String], after: &Decision) {
    for purpose in answered {
        draft.answer(purpose, after.grants(purpose));
    }
}
