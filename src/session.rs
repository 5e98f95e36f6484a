//! One page's session: the notice, what is kept, and the decisions made here.

use crate::beside::Beside;
use crate::erase::Eraser;
use crate::error::Error;
use crate::host::Host;
use crate::json::Value;
use crate::kept::Keeper;
use crate::listener::Listener;
use crate::sheets::Sheets;
use crate::signals::Told;
use crate::stack::{Stack, View};
use crate::task::Work;
use crate::{browser, handle, report, task};
use js_sys::Array;
use serde_wasm_bindgen::to_value;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::slice;
use wasm_bindgen::JsValue;
use zhiqing_consent::rules::{self, Act, Asker};
use zhiqing_consent::{Decision, Event, Method, Notice, cookie};
use zhiqing_policy::Document;
use zhiqing_view::{Draft, Stored};

/// What the module knows and does on one page.
pub(crate) struct Session {
    pub(crate) host: Rc<Host>,
    pub(crate) notice: Notice,
    pub(crate) keeper: RefCell<Keeper>,
    pub(crate) sheets: Sheets,
    pub(crate) state: RefCell<Open>,
    pub(crate) listeners: RefCell<Vec<Listener>>,
    /// Whether records are on their way: one sender a page.
    pub(crate) sending: Cell<bool>,
    /// Whether the stores are looked at: one watcher a page.
    pub(crate) watching: Cell<bool>,
    pub(crate) handle: handle::Way,
    /// What the tools were told.
    pub(crate) told: Told,
    pub(crate) eraser: Eraser,
    /// The decision by which placeholders stand.
    pub(crate) held_under: RefCell<Option<Decision>>,
    beside: OnceCell<Beside>,
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

impl Session {
    /// Begins a session on `notice`: takes up what was kept, listens to the page, sends what was not
    /// sent yet. `None` in a page without a document.
    pub(crate) async fn begin(host: Host, notice: Notice, work: &mut Work) -> Option<Rc<Self>> {
        renew(&host, &notice);
        let sheets = Sheets::new(&host)?;
        work.make_way().await;
        let keeper = Keeper::new(&notice.site);
        let host = Rc::new(host);
        let told = Told::nothing(&notice.trackers);
        let session = Rc::new(Self {
            beside: OnceCell::new(),
            host,
            notice,
            keeper: RefCell::new(keeper),
            sheets,
            state: RefCell::default(),
            listeners: RefCell::default(),
            sending: Cell::new(false),
            watching: Cell::new(false),
            handle: handle::Way::default(),
            told,
            eraser: Eraser::default(),
            held_under: RefCell::default(),
        });
        session.listen();
        session.eraser.first_look_is_due();
        let later = session.clone();
        task::start(async move { later.settle_in().await });
        Some(session)
    }

    /// What nobody waits for who wants to choose: in tasks after the start.
    async fn settle_in(self: &Rc<Self>) {
        task::pause(0).await;
        let mut work = Work::begin();
        handle::tell_signal(&self.host, &self.notice);
        self.place_handle();
        work.make_way().await;
        let _ = self.beside.set(Beside::watch(&self.host));
        work.make_way().await;
        self.tell_tools_from_now_on();
        work.make_way().await;
        self.send();
        self.recall();
        work.make_way().await;
        // Unless somebody decided meanwhile: then that is looked after already.
        if self.eraser.is_new() {
            match self.decision() {
                Some(decision) => {
                    self.eraser.opened_under(decision);
                    self.keep_looking();
                }
                None => self.eraser.nothing_is_due(),
            }
        }
    }

    /// Shows the handle, or takes it away, as the page is now.
    pub(crate) fn place_handle(&self) {
        self.handle.place(&self.host, &self.notice);
    }

    /// The last record's receipt, or null.
    pub(crate) fn receipt(&self) -> Value {
        self.keeper.borrow().read().receipt
    }

    /// The decision that stands: another tab may have changed it, so it is read each time. Where
    /// nothing can be kept, the keeper remembers it for this page.
    pub(crate) fn decision(&self) -> Option<Decision> {
        let remembered = self.keeper.borrow().read().decision;
        let now = browser::now_ms() / 1000;
        let read = |value: Option<String>| {
            cookie::decode(&self.notice, &value?).filter(|decision| decision.is_past(now))
        };
        match (read(remembered), read(self.host.kept())) {
            (Some(ours), Some(theirs)) if theirs.decided_at() > ours.decided_at() => Some(theirs),
            (ours, theirs) => ours.or(theirs),
        }
    }

    /// Whether the page may put a step on this purpose before the person now. After a refusal, or where
    /// the step was closed here, it is for the person to start it (rule 4).
    pub(crate) fn may_ask(&self, purpose: &str) -> bool {
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
    pub(crate) fn may_open(&self, purpose: &str) -> bool {
        let refused = |ids: &[String]| ids.iter().any(|id| id == purpose);
        let refuses_all = || self.decision().is_some_and(|it| !it.grants_any());
        let was_refused = refused(&self.state.borrow().rested)
            || refused(&self.keeper.borrow().read().refused)
            || refuses_all();
        !was_refused || self.may_ask(purpose)
    }

    /// Makes a decision and everything that follows from it.
    pub(crate) fn commit(self: &Rc<Self>, act: &Act, method: Method) -> Result<(), Error> {
        let before = self.decision();
        let after = rules::decide(&self.notice, before.as_ref(), act, browser::moment());
        let event = rules::event(&self.notice, before.as_ref(), &after, act);
        let value = {
            let mut keeper = self.keeper.borrow_mut();
            report::keep(&mut keeper, &self.notice, &self.host, &after, event, method)?
        };
        if let Act::Item {
            purpose,
            granted: false,
        } = act
        {
            self.keeper.borrow_mut().refuse(purpose);
        }
        Keeper::write_cookie(&value);
        let told = event == Event::Refused || rules::takes_back(before.as_ref(), &after);
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
        // Afterwards: the guard has closed what held databases open, and lets nothing be written back.
        self.erase(&after, told);
        closed.into_iter().for_each(|view| self.settle(view));
        self.place_handle();
        self.send();
        Ok(())
    }

    /// Sends what is pending, unless that is under way.
    pub(crate) fn send(self: &Rc<Self>) {
        if !self.sending.replace(true) {
            let session = self.clone();
            task::start(async move {
                report::send(&session.keeper, &session.notice).await;
                session.sending.set(false);
                // The receipt may be here now.
                let shown = matches!(session.state.borrow().stack.top(), Some((View::Rights, _)));
                if shown {
                    session.refresh();
                }
            });
        }
    }

    /// Reads ids that the page gave: nothing, one, or a list.
    pub(crate) fn ids(&self, given: &JsValue) -> Result<Option<Vec<String>>, Error> {
        if given.is_undefined() || given.is_null() {
            return Ok(None);
        }
        let list = match given.as_string() {
            Some(_) => Array::of1(given),
            None if Array::is_array(given) => Array::from(given),
            None => return Err(Error::argument(["ids must be a list of purpose ids"])),
        };
        let mut ids = Vec::new();
        for id in list.iter() {
            let id = id.as_string().unwrap_or_default();
            if !self.notice.asked().any(|purpose| purpose.id == id) {
                let known: Vec<&str> = self.notice.asked().map(|p| p.id.as_str()).collect();
                let known = known.join(", ");
                let words = [
                    "the notice does not ask about \"",
                    &id,
                    "\"; it asks: ",
                    &known,
                ];
                return Err(Error::argument(words));
            }
            ids.push(id);
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
