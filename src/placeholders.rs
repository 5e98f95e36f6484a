//! Placeholders: beside each frame, picture or player of the page that is held back stands an element of
//! ours in its place, which says whose it is and what for, and agrees to that purpose alone. The guard
//! holds and lets go: what has `data-src` is held.

mod place;

use crate::browser::{conditions, document, window};
use crate::changes::Changes;
use crate::listener::Listener;
use crate::session::Session;
use crate::stack::{StepAsker, View};
use crate::task;
use js_sys::Reflect;
use place::{Placed, Styles};
use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Url};
use zhiqing_consent::rules::{self, Act};
use zhiqing_consent::{Decision, Method, Technology};
use zhiqing_view::{Held, Html};

/// What is held or was let go, and what is ours.
const ELEMENTS: &str = "iframe[data-purpose],img[data-purpose],video[data-purpose],audio[data-purpose],embed[data-purpose],object[data-purpose],zhiqing-placeholder";

/// How long a page may change before it is looked at, in milliseconds.
const SETTLED: i32 = 100;

/// All placeholders of one page.
#[derive(Default)]
pub(crate) struct Placeholders {
    placed: RefCell<Vec<Placed>>,
    styles: OnceCell<Styles>,
    changes: OnceCell<Changes>,
    listeners: OnceCell<[Listener; 2]>,
}

impl Session {
    /// Places them, from now on as the page and the decision change.
    pub(crate) fn watch_held(self: &Rc<Self>) {
        let [changed, decided, resized] = [(); 3].map(|()| Rc::downgrade(self));
        let changes = Changes::new(move || {
            let session = changed.clone();
            task::start(async move {
                task::pause(SETTLED).await;
                place(&session);
            });
        });
        if let Some(changes) = changes {
            let _ = self.placeholders.changes.set(changes);
        }
        // At once on a decision: what the guard let go a moment ago takes the room of its placeholder.
        let _ = self.placeholders.listeners.set([
            Listener::new(&document(), "zhiqing:change", move |_| place(&decided)),
            Listener::new(&window(), "resize", move |_| place(&resized)),
        ]);
        self.place_held();
    }

    /// Puts back what was withdrawn, and gives what is held its placeholder, which is taken away from
    /// the rest.
    fn place_held(self: &Rc<Self>) {
        let all = &self.placeholders;
        // The page may act while this does, as when the focus moves.
        let Ok(mut placed) = all.placed.try_borrow_mut() else {
            return;
        };
        let elements = place::all(ELEMENTS);
        let decision = match elements.is_empty() {
            true => None,
            false => self.decision(),
        };
        let mut held = Vec::new();
        for element in elements {
            if element.local_name() == place::NAME {
                if placed.iter().all(|it| it.host != element) {
                    place::remove_copy(&element);
                }
                continue;
            }
            if self.is_withdrawn(&element, decision.as_ref()) {
                place::put_back(&element);
            }
            if place::address(&element).is_some() {
                held.push(element);
            }
        }
        placed.retain_mut(|it| held.contains(&it.held) && it.stays());
        for element in held {
            let Some((purpose, html)) = self.said(&element, decision.as_ref()) else {
                continue;
            };
            let at = placed.iter().position(|it| it.held == element);
            let at = at.or_else(|| {
                let styles = all.styles.get_or_init(|| Styles::new(&self.host));
                let session = Rc::downgrade(self);
                let tapped = move |host: &HtmlElement, event: &Event| {
                    if let Some(session) = session.upgrade() {
                        session.tapped(host, event);
                    }
                };
                placed.push(Placed::new(element, &self.notice.locale, styles, tapped)?);
                Some(placed.len() - 1)
            });
            if let Some(at) = at {
                placed[at].say(&self.host, purpose, &html);
            }
        }
        if let Some(changes) = all.changes.get() {
            changes.listen(true);
        }
    }

    /// Whether it was let go for a purpose that is not granted any more. A picture that was loaded sends
    /// nothing more.
    fn is_withdrawn(&self, element: &Element, decision: Option<&Decision>) -> bool {
        let id = element.get_attribute("data-purpose").unwrap_or_default();
        let purpose = self.notice.purpose(&id);
        element.local_name() != "img"
            && purpose.is_some_and(|it| !rules::is_allowed(it, decision, conditions()))
    }

    /// What a placeholder says of a held element, and the id of its purpose; nothing of what is about to
    /// be let go.
    fn said(&self, element: &Element, decision: Option<&Decision>) -> Option<(String, Html)> {
        let id = element.get_attribute("data-purpose")?;
        let purpose = self.notice.purpose(&id);
        let allowed = purpose.is_some_and(|it| rules::is_allowed(it, decision, conditions()));
        let pixel = || {
            let refuses = decision.is_some_and(|it| it.refused().contains(Technology::Pixel));
            (element.local_name() == "img" && refuses).then_some(Technology::Pixel)
        };
        let refused = match allowed {
            true => Some(pixel()?),
            false => None,
        };
        let url = source(element);
        let is_web = |url: &&Url| url.protocol().starts_with("http");
        let url = url.as_ref().filter(is_web);
        let host = url.map(Url::hostname).unwrap_or_default();
        let path = url.map(Url::pathname).unwrap_or_default();
        let held = Held {
            own: window().location().hostname().is_ok_and(|own| own == host),
            place: &[host, path].concat(),
            purpose,
            refused,
            opens: url.is_some() && element.local_name() == "iframe",
        };
        Some((id, zhiqing_view::held(&self.notice, held)))
    }

    /// A control of a placeholder was used. The guard answers the link to the preferences, as on any
    /// control of the page.
    fn tapped(self: &Rc<Self>, host: &HtmlElement, event: &Event) {
        let control = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let hook = control.and_then(|it| it.get_attribute("data-zq"));
        // No script agrees here, and nobody by the second half of a double tap.
        let again = Reflect::get(event, &"detail".into()).is_ok_and(|it| it.as_f64() > Some(1.0));
        if !event.is_trusted() || again {
            return;
        }
        let found = {
            let placed = self.placeholders.placed.borrow();
            let found = placed.iter().find(|it| it.host == *host);
            found.map(|it| (it.held.clone(), it.purpose.clone()))
        };
        let Some((held, id)) = found else {
            return;
        };
        match hook.as_deref() {
            Some("load") => self.load(id),
            Some("open") => {
                if let Some(url) = source(&held) {
                    // A link would let a browser look the host up before anybody taps it.
                    let _ = window().open_with_url_and_target_and_features(
                        &url.href(),
                        "_blank",
                        "noopener,noreferrer",
                    );
                }
            }
            _ => {}
        }
    }

    /// Agrees to a purpose, or opens its step.
    fn load(self: &Rc<Self>, id: String) {
        let purpose = self.notice.purpose(&id);
        if purpose.is_some_and(|it| it.basis.needs_own_step()) {
            self.open(View::Step {
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

fn place(session: &Weak<Session>) {
    if let Some(session) = session.upgrade() {
        session.place_held();
    }
}

/// The whole address of a held element.
fn source(element: &Element) -> Option<Url> {
    let base = document().base_uri().ok()??;
    Url::new_with_base(&place::address(element)?, &base).ok()
}
