//! The acts of a person and of the page, each turned into a decision or a view.

use crate::error::Error;
use crate::host::Host;
use crate::kept::Keeper;
use crate::listener::Listener;
use crate::sheets::Sheets;
use crate::{browser, erase, fetch, report, snapshot};
use js_sys::{Array, Function, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local};
use web_sys::{Element, HtmlInputElement};
use zhiqing_consent::rules::{self, Act, Asker};
use zhiqing_consent::{Decision, Method, Notice, Technology, cookie};
use zhiqing_policy::Document;
use zhiqing_view::{Draft, Html, Rights, Step};

/// The module as the guard sees it.
#[wasm_bindgen]
pub struct App(Rc<Inner>);

struct Inner {
    host: Host,
    notice: Rc<Notice>,
    keeper: Rc<RefCell<Keeper>>,
    sheets: Sheets,
    state: RefCell<State>,
    listeners: RefCell<Vec<Listener>>,
}

/// What changes. Never borrowed while the page's code may run.
#[derive(Default)]
struct State {
    /// Sheets that are open, the visible one last, each with how far it was scrolled.
    views: Vec<(View, i32)>,
    draft: Draft,
    removal: erase::Removal,
    document: Option<Rc<Document>>,
}

/// A sheet.
#[derive(Clone)]
enum View {
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
enum StepAsker {
    /// The preferences, into their draft.
    Draft,
    /// The page: the answer is a decision of its own.
    Page,
    /// A function that needs a device permission and waits for the answer.
    Permission(Function),
}

impl App {
    /// See [`crate::start`].
    pub(crate) async fn start(host: Host) -> Result<Self, Error> {
        let notice = fetch::json(&format!("{}notice.json", host.base())).await;
        let notice = notice.map_err(Error::notice)?;
        let notice: Notice = serde_wasm_bindgen::from_value(notice)
            .map_err(|error| Error::notice(format!("notice.json: {error}")))?;
        let notice = Rc::new(notice);
        let keeper = Rc::new(RefCell::new(Keeper::new(&notice.site)));
        let sheets = Sheets::new(&host).ok_or_else(|| Error::notice("there is no document"))?;
        let inner = Rc::new(Inner {
            host,
            notice,
            keeper,
            sheets,
            state: RefCell::default(),
            listeners: RefCell::default(),
        });
        inner.listen();
        inner.send();
        Ok(Self(inner))
    }
}

#[wasm_bindgen]
impl App {
    /// A control with `data-zq` was used, ours or the page's.
    ///
    /// # Errors
    /// See the act.
    pub fn act(&self, hook: &str, control: &Element) -> Result<Promise, JsValue> {
        let inner = &self.0;
        match hook {
            "accept-all" => inner.commit(&Act::AcceptAll, Method::AcceptAll)?,
            "reject-all" => inner.commit(&Act::RejectAll, Method::RejectAll)?,
            "withdraw" => inner.commit(&Act::Withdraw { purposes: None }, Method::Item)?,
            "preferences" => inner.open_preferences(),
            "rights" => inner.open(View::Rights),
            "policy" => {
                let clause = control.get_attribute("data-zq-clause");
                return Ok(inner.open_policy(clause));
            }
            "goto" => inner
                .sheets
                .go_to(&control.get_attribute("data-zq-goto").unwrap_or_default()),
            "save" => inner.save()?,
            "refuse" => inner.answer(false)?,
            "close" => inner.close(),
            "receipt" => inner.download_receipt()?,
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
            "banner" => self.0.host.banner(),
            "preferences" => self.0.open_preferences(),
            "rights" => self.0.open(View::Rights),
            "policy" => return Ok(self.0.open_policy(None)),
            _ => {
                let words =
                    format!("there is no view {view:?}: banner, preferences, policy, rights");
                return Err(Error::argument(words).into());
            }
        }
        Ok(Promise::resolve(&JsValue::UNDEFINED))
    }

    /// Without ids every general purpose is granted; with ids those of general consent are, and
    /// the others have their steps opened, one after the other.
    ///
    /// # Errors
    /// `argument` for an id that the notice does not ask about; nothing is granted then.
    pub fn accept(&self, ids: &JsValue) -> Result<JsValue, JsValue> {
        let inner = &self.0;
        let Some(ids) = inner.ids(ids)? else {
            inner.commit(&Act::AcceptAll, Method::Api)?;
            return Ok(inner.snapshot());
        };
        let own_step = |id: &String| {
            inner
                .notice
                .purpose(id)
                .is_some_and(|p| p.basis.needs_own_step())
        };
        let (steps, general): (Vec<String>, Vec<String>) = ids.into_iter().partition(own_step);
        if !general.is_empty() {
            inner.commit(&Act::Grant { purposes: general }, Method::Api)?;
        }
        for purpose in steps.into_iter().rev() {
            inner.open(View::Step {
                purpose,
                refusal: None,
                asker: StepAsker::Page,
            });
        }
        Ok(inner.snapshot())
    }

    /// Refuses everything.
    ///
    /// # Errors
    /// `random` where no identity can be made.
    pub fn reject(&self) -> Result<JsValue, JsValue> {
        self.0.commit(&Act::RejectAll, Method::Api)?;
        Ok(self.0.snapshot())
    }

    /// Withdraws these purposes, or all.
    ///
    /// # Errors
    /// `argument` for an id that the notice does not ask about; nothing is withdrawn then.
    pub fn withdraw(&self, ids: &JsValue) -> Result<JsValue, JsValue> {
        let purposes = self.0.ids(ids)?;
        self.0.commit(&Act::Withdraw { purposes }, Method::Api)?;
        Ok(self.0.snapshot())
    }

    /// Asks just in time for the purpose that a device permission needs.
    ///
    /// # Errors
    /// `argument` for a permission that the site does not have.
    pub fn permission(&self, id: &str) -> Result<Promise, JsValue> {
        let inner = &self.0;
        let found = inner
            .notice
            .permissions
            .iter()
            .find(|permission| permission.id == id);
        let Some(permission) = found else {
            let known: Vec<&str> = inner
                .notice
                .permissions
                .iter()
                .map(|p| p.id.as_str())
                .collect();
            let words = format!("there is no permission {id:?}; known: {}", known.join(", "));
            return Err(Error::argument(words).into());
        };
        let Some(purpose) = inner.notice.purpose(&permission.purpose) else {
            return Ok(Promise::resolve(&JsValue::from("denied")));
        };
        let decision = inner.decision();
        if rules::is_allowed(purpose, decision.as_ref(), false) {
            return Ok(Promise::resolve(&JsValue::from("granted")));
        }
        let asker = if browser::person_acts() {
            Asker::Person
        } else {
            Asker::Function
        };
        // The rest after a refusal is about this purpose: others may be asked meanwhile.
        let refused = decision.as_ref().filter(|d| d.state(&purpose.id).is_some());
        let material = inner.is_outdated(decision.as_ref());
        let now = browser::now_ms() / 1000;
        if refused.is_some() && !rules::may_ask(&inner.notice, refused, material, asker, now) {
            return Ok(Promise::resolve(&JsValue::from("denied")));
        }
        let purpose = purpose.id.clone();
        let refusal = Some(permission.refusal.clone()).filter(|refusal| !refusal.is_empty());
        let inner = inner.clone();
        Ok(Promise::new(&mut move |resolve, _| {
            let asker = StepAsker::Permission(resolve);
            inner.open(View::Step {
                purpose: purpose.clone(),
                refusal: refusal.clone(),
                asker,
            });
        }))
    }

    /// The last record's receipt, or null.
    pub fn receipt(&self) -> JsValue {
        let receipt = self.0.keeper.borrow().read().receipt;
        if receipt.is_undefined() {
            JsValue::NULL
        } else {
            receipt
        }
    }

    /// What the last withdrawal deleted, and what it could not and why.
    ///
    /// # Errors
    /// Never in practice.
    pub fn removed(&self) -> Result<JsValue, JsValue> {
        snapshot::plain(&self.0.state.borrow().removal)
    }
}

impl Inner {
    /// The decision that stands: another tab may have changed it, so it is read each time.
    fn decision(&self) -> Option<Decision> {
        let kept = self.keeper.borrow().read().decision;
        let read = |value: Option<String>| cookie::decode(&self.notice, &value?);
        let (kept, jar) = (read(kept), read(self.host.cookie()));
        match (kept, jar) {
            (Some(kept), Some(jar)) if jar.decided_at() > kept.decided_at() => Some(jar),
            (kept, jar) => kept.or(jar),
        }
    }

    /// Whether the decision was made on another version of the policy. Which changes are material
    /// is not told apart here, so each is taken to be.
    fn is_outdated(&self, decision: Option<&Decision>) -> bool {
        decision.is_some_and(|d| d.policy_version() != self.notice.policy.version)
    }

    /// Makes a decision and everything that follows from it.
    fn commit(self: &Rc<Self>, act: &Act, method: Method) -> Result<(), Error> {
        let before = self.decision();
        let after = rules::decide(&self.notice, before.as_ref(), act, browser::now_ms() / 1000);
        let event = rules::event(before.as_ref(), &after, method);
        let value = {
            let mut keeper = self.keeper.borrow_mut();
            report::keep(&mut keeper, &self.notice, &self.host, &after, event, method)?
        };
        Keeper::write_cookie(&value);
        let removal = erase::erase(&self.host, &self.notice, &after);
        let over = after.covers(&self.notice);
        {
            let mut state = self.state.borrow_mut();
            if !(removal.removed.is_empty() && removal.kept.is_empty()) {
                state.removal = removal;
            }
            if !matches!(act, Act::Item { .. } | Act::Grant { .. }) {
                state.views.clear();
            }
        }
        if over {
            self.host.hide_banner();
        }
        self.render();
        self.host.apply(&value);
        self.send();
        Ok(())
    }

    fn send(&self) {
        spawn_local(report::send(self.keeper.clone(), self.notice.clone()));
    }

    /// Reads ids that the page gave: nothing, one, or a list.
    fn ids(&self, given: &JsValue) -> Result<Option<Vec<String>>, Error> {
        if given.is_undefined() || given.is_null() {
            return Ok(None);
        }
        let list = match given.as_string() {
            Some(_) => Array::of1(given),
            None if Array::is_array(given) => Array::from(given),
            None => return Err(Error::argument("ids must be a list of purpose ids")),
        };
        let mut ids = Vec::new();
        for id in list.iter() {
            let id = id.as_string().unwrap_or_default();
            if !self.notice.asked().any(|purpose| purpose.id == id) {
                let known: Vec<&str> = self.notice.asked().map(|p| p.id.as_str()).collect();
                let words = format!(
                    "the notice does not ask about {id:?}; it asks: {}",
                    known.join(", ")
                );
                return Err(Error::argument(words));
            }
            ids.push(id);
        }
        Ok(Some(ids))
    }

    fn snapshot(&self) -> JsValue {
        js_sys::Reflect::get(&browser::window(), &"zhiqing".into())
            .and_then(|api| js_sys::Reflect::get(&api, &"state".into()))
            .and_then(|state| Function::from(state).call0(&JsValue::UNDEFINED))
            .unwrap_or_default()
    }

    // ---- Views ---------------------------------------------------------------------------------

    fn open(&self, view: View) {
        let scroll = self.sheets.scroll();
        {
            let mut state = self.state.borrow_mut();
            if let Some((_, kept)) = state.views.last_mut() {
                *kept = scroll;
            }
            state.views.push((view, 0));
        }
        self.host.shown();
        self.render();
    }

    /// Opens the preferences on the choices that stand.
    fn open_preferences(&self) {
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
    fn open_policy(self: &Rc<Self>, clause: Option<String>) -> Promise {
        let inner = self.clone();
        future_to_promise(async move {
            if inner.state.borrow().document.is_none() {
                let version = &inner.notice.policy.version;
                let url = format!("{}policy/{version}.json", inner.host.base());
                let json = fetch::json(&url).await.map_err(Error::policy)?;
                let document = serde_wasm_bindgen::from_value::<Document>(json)
                    .map_err(|error| Error::policy(format!("{url}: {error}")))?;
                inner.state.borrow_mut().document = Some(Rc::new(document));
            }
            inner.open(View::Policy);
            if let Some(clause) = clause {
                inner.sheets.go_to(&clause);
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// Closes the visible sheet. A step that is closed was not agreed to.
    fn close(&self) {
        let closed = self.state.borrow_mut().views.pop();
        if let Some((
            View::Step {
                asker: StepAsker::Permission(resolve),
                ..
            },
            _,
        )) = closed
        {
            let _ = resolve.call1(&JsValue::UNDEFINED, &"denied".into());
        }
        self.render();
    }

    fn render(&self) {
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

    fn html(&self, view: &View, state: &State) -> Html {
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
    fn note(&self) -> Option<&'static str> {
        match (self.keeper.borrow().is_denied(), browser::cookies_enabled()) {
            (false, _) => None,
            (true, true) => Some(zhiqing_view::text::KEPT_IN_COOKIE),
            (true, false) => Some(zhiqing_view::text::NOT_KEPT),
        }
    }

    // ---- Answers -------------------------------------------------------------------------------

    /// The save button: of the preferences, or the agreeing one of a step.
    fn save(self: &Rc<Self>) -> Result<(), Error> {
        let view = self
            .state
            .borrow()
            .views
            .last()
            .map(|(view, _)| view.clone());
        match view {
            Some(View::Step { .. }) => self.answer(true),
            Some(View::Preferences) => {
                let draft = self.state.borrow().draft.clone();
                let act = Act::Save {
                    granted: draft.granted.into_iter().collect(),
                    confirmed: draft.confirmed.into_iter().collect(),
                    refused: draft.refused,
                };
                self.commit(&act, Method::Save)
            }
            _ => Ok(()),
        }
    }

    /// The answer of the visible step.
    fn answer(self: &Rc<Self>, granted: bool) -> Result<(), Error> {
        let view = self
            .state
            .borrow()
            .views
            .last()
            .map(|(view, _)| view.clone());
        let Some(View::Step { purpose, asker, .. }) = view else {
            return Ok(());
        };
        {
            let mut state = self.state.borrow_mut();
            state.views.pop();
            if let StepAsker::Draft = asker {
                if granted {
                    state.draft.granted.insert(purpose.clone());
                    state.draft.confirmed.insert(purpose.clone());
                } else {
                    state.draft.granted.remove(&purpose);
                    state.draft.confirmed.remove(&purpose);
                }
            }
        }
        if let StepAsker::Draft = asker {
            self.render();
            return Ok(());
        }
        self.commit(&Act::Item { purpose, granted }, Method::Item)?;
        if let StepAsker::Permission(resolve) = asker {
            let answer = if granted { "granted" } else { "denied" };
            let _ = resolve.call1(&JsValue::UNDEFINED, &answer.into());
        }
        Ok(())
    }

    /// A switch or a box of the preferences was used.
    fn changed(&self, input: &HtmlInputElement) {
        if let Some(id) = input.get_attribute("data-zq-purpose") {
            let own_step = self
                .notice
                .purpose(&id)
                .is_some_and(|p| p.basis.needs_own_step());
            if input.checked() && own_step {
                // It is the step that switches it on, not the tap that leads there.
                input.set_checked(false);
                let asker = StepAsker::Draft;
                self.open(View::Step {
                    purpose: id,
                    refusal: None,
                    asker,
                });
            } else if input.checked() {
                self.state.borrow_mut().draft.granted.insert(id);
            } else {
                let mut state = self.state.borrow_mut();
                state.draft.granted.remove(&id);
                state.draft.confirmed.remove(&id);
            }
        } else if let Some(technology) = input
            .get_attribute("data-zq-technology")
            .and_then(|name| Technology::refusable(&name))
        {
            let mut state = self.state.borrow_mut();
            match input.checked() {
                true => state.draft.refused.insert(technology),
                false => state.draft.refused.remove(&technology),
            };
        }
    }

    fn listen(self: &Rc<Self>) {
        let root = self.host.mount();
        // Weak, because the listeners belong to what they would keep alive.
        let (on_change, on_cancel) = (Rc::downgrade(self), Rc::downgrade(self));
        let changed = Listener::new(&root, "change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into().ok());
            if let (Some(inner), Some(input)) = (on_change.upgrade(), input) {
                inner.changed(&input);
            }
        });
        // Escape, and the back gesture where a browser maps it to a dialog.
        let cancelled = Listener::new(&root, "cancel", move |event| {
            event.prevent_default();
            if let Some(inner) = on_cancel.upgrade() {
                inner.close();
            }
        });
        let online = Rc::downgrade(self);
        let online = Listener::new(&browser::window(), "online", move |_| {
            if let Some(inner) = online.upgrade() {
                inner.send();
            }
        });
        *self.listeners.borrow_mut() = vec![changed, cancelled, online];
    }

    /// Lets the person save the receipt as a file.
    fn download_receipt(&self) -> Result<(), JsValue> {
        let receipt = self.keeper.borrow().read().receipt;
        if !receipt.is_object() {
            return Ok(());
        }
        let text = js_sys::JSON::stringify_with_replacer_and_space(
            &receipt,
            &JsValue::NULL,
            &JsValue::from(2),
        )?;
        let options = web_sys::BlobPropertyBag::new();
        options.set_type("application/json");
        let blob = web_sys::Blob::new_with_str_sequence_and_options(&Array::of1(&text), &options)?;
        let url = web_sys::Url::create_object_url_with_blob(&blob)?;
        let link: web_sys::HtmlAnchorElement =
            browser::document().create_element("a")?.unchecked_into();
        link.set_href(&url);
        link.set_download("zhiqing-receipt.json");
        link.click();
        web_sys::Url::revoke_object_url(&url)
    }
}
