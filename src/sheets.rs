//! Puts a sheet into the shadow root and takes it away.

use crate::browser::document;
use crate::host::Host;
use crate::stack::{Place, Spot};
use js_sys::{Function, Reflect};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};
use zhiqing_view::Html;

/// What can have the focus in a sheet.
const CONTROLS: &str = "button,input,summary,[tabindex='0']";

/// What tells a control from the others of its sheet.
const NAMES: [&str; 5] = [
    "id",
    "data-zq",
    "data-zq-purpose",
    "data-zq-technology",
    "aria-label",
];

/// Where sheets are shown. At most one is there at a time.
pub(crate) struct Sheets {
    root: ShadowRoot,
    place: Element,
    /// Whether the style sheet is there: most pages never open a sheet.
    styled: Cell<bool>,
    /// Where the focus was before the first sheet: it goes back there (WCAG 2.4.3).
    opener: RefCell<Option<Element>>,
}

impl Sheets {
    /// Adds a place to the shadow root.
    pub(crate) fn new(host: &Host) -> Option<Self> {
        let root = host.mount();
        let place = root.owner_document()?.create_element("div").ok()?;
        root.append_child(&place).ok()?;
        Some(Self {
            root,
            place,
            styled: Cell::new(false),
            opener: RefCell::default(),
        })
    }

    /// Shows a sheet in place of whichever was there, and moves the focus to where it was in this
    /// one, or to its title (WCAG 2.4.3).
    pub(crate) fn show(&self, host: &Host, html: &Html, place: &Place) {
        host.mount();
        if !self.styled.replace(true) {
            host.style(zhiqing_view::style::SHEETS);
        }
        if self.place.first_child().is_none() {
            let inside = self.root.active_element();
            let focused = inside.or_else(|| document().active_element());
            *self.opener.borrow_mut() = focused;
        }
        host.set_html(&self.place, html.as_str());
        let Some(dialog) = self.find("dialog") else {
            return;
        };
        // `showModal` gives the backdrop, the trapped focus and Escape. Where the element is not
        // known (iOS before 15.4), the style sheet alone makes it a sheet.
        let does = |method: &str| {
            Reflect::get(&dialog, &method.into())
                .ok()
                .and_then(|method| method.dyn_into::<Function>().ok())
                .is_some_and(|method| method.call0(&dialog).is_ok())
        };
        let mut modal = does("showModal");
        // Where the page hides our element, what nobody sees must not stop the page.
        if modal && dialog.get_bounding_client_rect().width() == 0.0 {
            does("close");
            modal = false;
        }
        if !modal {
            let _ = dialog.set_attribute("open", "");
            let _ = dialog.set_attribute("role", "dialog");
        }
        let details = self.all("details");
        for details in place.open.iter().filter_map(|at| details.get(*at as usize)) {
            let _ = details.set_attribute("open", "");
        }
        if let Some(body) = self.find(".body") {
            body.set_scroll_top(place.scroll);
        }
        let control = place.focus.as_ref().and_then(|spot| self.control(spot));
        if let Some(target) = control.or_else(|| self.find("#zq-title")) {
            let _ = target.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// Takes the sheet away.
    pub(crate) fn clear(&self, host: &Host) {
        host.set_html(&self.place, "");
        if let Some(opener) = self.opener.take() {
            let _ = opener.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// Where the person is in the sheet.
    pub(crate) fn place(&self) -> Place {
        let focused = self.root.active_element();
        let mut open = Vec::new();
        for (at, details) in (0..).zip(self.all("details")) {
            if details.has_attribute("open") {
                open.push(at);
            }
        }
        Place {
            scroll: self.find(".body").map_or(0, |body| body.scroll_top()),
            focus: focused.and_then(|focused| {
                let at = self.all(CONTROLS).iter().position(|it| *it == focused)?;
                let name = name(&focused);
                Some(Spot { name, at })
            }),
            open,
        }
    }

    /// Brings an element of the policy into view and marks it for a moment. The focus goes there,
    /// so that keys and screen readers go on from it.
    pub(crate) fn go_to(&self, id: &str) {
        // Ids are hexadecimal digits behind a letter: nothing in them needs escaping.
        let wanted = id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if let Some(element) = self.find(&format!("#{id}")).filter(|_| wanted) {
            element.scroll_into_view();
            let _ = element.class_list().add_1("found");
            let _ = element.set_attribute("tabindex", "-1");
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// Fills a part of the sheet anew. The focus stays with the control that has it, or goes to the
    /// one that took its place.
    pub(crate) fn refill(&self, host: &Host, id: &str, html: &Html) {
        let Some(part) = self.find(&format!("#{id}")) else {
            return;
        };
        let focused = self
            .root
            .active_element()
            .filter(|it| part.contains(Some(it)));
        let buttons = || {
            let buttons = self.all(&format!("#{id} button")).into_iter();
            buttons.map(JsCast::unchecked_into::<HtmlElement>)
        };
        let label = |it: &Element| it.get_attribute("aria-label");
        let name = focused.as_ref().and_then(label);
        let place = focused.and_then(|focused| buttons().position(|it| *it == focused));
        host.set_html(&part, html.as_str());
        if let Some(place) = place {
            let same = buttons().find(|it| name.is_some() && label(it) == name);
            let next = same
                .or_else(|| buttons().nth(place))
                .or_else(|| buttons().last());
            match next {
                Some(next) => {
                    let _ = next.focus();
                }
                None => self.focus_title(),
            }
        }
    }

    /// Says a sentence in the sheet's live region.
    pub(crate) fn say(&self, words: &str) {
        if let Some(region) = self.find(".told") {
            region.set_text_content(Some(words));
        }
    }

    /// The control that was there; if it is gone, the one in its place.
    fn control(&self, spot: &Spot) -> Option<Element> {
        let controls = self.all(CONTROLS);
        let there = controls.get(spot.at);
        let same = |it: &&Element| name(it) == spot.name;
        // Of several alike it is the one in the same place.
        let found = there.filter(same).or_else(|| controls.iter().find(same));
        found.or(there).cloned()
    }

    fn focus_title(&self) {
        if let Some(title) = self.find("#zq-title") {
            let _ = title.unchecked_into::<HtmlElement>().focus();
        }
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let Ok(found) = self.place.query_selector_all(selector) else {
            return Vec::new();
        };
        let nodes = (0..found.length()).filter_map(|at| found.item(at));
        nodes.filter_map(|node| node.dyn_into().ok()).collect()
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.place.query_selector(selector).ok().flatten()
    }
}

fn name(control: &Element) -> String {
    let values = NAMES.map(|name| control.get_attribute(name).unwrap_or_default());
    values.join(" ")
}
