//! What the controls on the sheets do.

use crate::changes::Changes;
use crate::error::Error;
use crate::listener::Listener;
use crate::session::Session;
use crate::stack::{StepAsker, View};
use crate::{browser, handle, task};
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, EventTarget, HtmlInputElement};
use zhiqing_consent::rules::{self, Act};
use zhiqing_consent::{Method, Technology};

impl Session {
    /// The save button: of the preferences, or the agreeing one of a step.
    pub(crate) fn save(self: &Rc<Self>) -> Result<(), Error> {
        let view = self
            .state
            .borrow()
            .stack
            .top()
            .map(|(view, _)| view.clone());
        match view {
            Some(View::Step { .. }) => self.answer(true),
            Some(View::Preferences) => {
                let draft = self.state.borrow().draft.clone();
                self.commit(&draft.save(), Method::Save)
            }
            _ => Ok(()),
        }
    }

    /// The answer of the visible step.
    pub(crate) fn answer(self: &Rc<Self>, granted: bool) -> Result<(), Error> {
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
            for resolve in waiting {
                let _ = resolve.call1(&JsValue::UNDEFINED, &answer.into());
            }
        }
    }

    /// A switch or a box of the preferences was used.
    pub(crate) fn changed(&self, input: &HtmlInputElement) {
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
            } else {
                let draft = &mut self.state.borrow_mut().draft;
                draft.answer(&id, input.checked());
            }
        } else if let Some(technology) = input
            .get_attribute("data-zq-technology")
            .and_then(|name| Technology::refusable(&name))
        {
            let mut state = self.state.borrow_mut();
            match input.checked() {
                true => state.draft.refused.insert(technology),
                false => state.draft.refused.remove(technology),
            }
        }
    }

    pub(crate) fn listen(self: &Rc<Self>) {
        let root = self.host.mount();
        // Weak, because the listeners belong to what they would keep alive.
        let (on_change, on_cancel) = (Rc::downgrade(self), Rc::downgrade(self));
        let changed = Listener::new(&root, "change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into().ok());
            if let (Some(session), Some(input)) = (on_change.upgrade(), input) {
                session.changed(&input);
            }
        });
        // Escape, and the back gesture where a browser maps it to a dialog.
        let cancelled = Listener::new(&root, "cancel", move |event| {
            let banner = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            if banner.is_some_and(|dialog| dialog.class_list().contains("banner")) {
                return;
            }
            event.prevent_default();
            if let Some(session) = on_cancel.upgrade() {
                session.close();
            }
        });
        let online = Rc::downgrade(self);
        let online = Listener::new(&browser::window(), "online", move |_| {
            if let Some(session) = online.upgrade() {
                session.send();
            }
        });
        let decided = Rc::downgrade(self);
        // In another tab, too: this one has a session storage of its own.
        let decided = Listener::new(&browser::document(), "zhiqing:change", move |_| {
            if let Some(session) = decided.upgrade() {
                session.keep_looking();
            }
        });
        let hidden = Rc::downgrade(self);
        let hidden = Listener::new(&browser::document(), "visibilitychange", move |_| {
            if let Some(session) = hidden.upgrade()
                && browser::document().hidden()
            {
                session.look_soon();
            }
        });
        let mut listeners = vec![changed, cancelled, online, decided, hidden];
        // All of the page is there, somebody decided here or in another tab, the banner was closed:
        // whether a way back is needed is seen anew, once the guard has done its part.
        let places: [(&EventTarget, _); 3] = [
            (&browser::window(), "load"),
            (&browser::document(), "zhiqing:change"),
            (&root, "close"),
        ];
        for (place, event) in places {
            let session = Rc::downgrade(self);
            let heard = move |_| place_handle_in(0, session.clone());
            listeners.push(Listener::new(place, event, heard));
        }
        *self.listeners.borrow_mut() = listeners;
        // One view of an application has a link of its own, another has none.
        let session = Rc::downgrade(self);
        let changed = move || place_handle_in(handle::SETTLED, session.clone());
        if let Some(changes) = Changes::new(changed) {
            self.handle.watch(changes);
        }
    }
}

/// Places the handle anew in so many milliseconds, if the session lasts as long.
fn place_handle_in(ms: i32, session: Weak<Session>) {
    task::start(async move {
        task::pause(ms).await;
        if let Some(session) = session.upgrade() {
            session.place_handle();
        }
    });
}
