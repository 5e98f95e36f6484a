//! Puts a sheet into the shadow root and takes it away.

use crate::browser::document;
use crate::host::Host;
use js_sys::{Function, Reflect};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};
use zhiqing_view::Html;

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

    /// Shows a sheet in place of whichever was there, and moves the focus to its title.
    pub(crate) fn show(&self, host: &Host, html: &Html, scroll: i32) {
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
        let modal = Reflect::get(&dialog, &"showModal".into())
            .ok()
            .and_then(|method| method.dyn_into::<Function>().ok())
            .is_some_and(|method| method.call0(&dialog).is_ok());
        if !modal {
            let _ = dialog.set_attribute("open", "");
            let _ = dialog.set_attribute("role", "dialog");
        }
        self.focus_title();
        if let Some(body) = self.find(".body") {
            body.set_scroll_top(scroll);
        }
    }

    /// Takes the sheet away.
    pub(crate) fn clear(&self, host: &Host) {
        host.set_html(&self.place, "");
        if let Some(opener) = self.opener.take() {
            let _ = opener.unchecked_into::<HtmlElement>().focus();
        }
    }

    /// How far the sheet is scrolled.
    pub(crate) fn scroll(&self) -> i32 {
        self.find(".body").map_or(0, |body| body.scroll_top())
    }

    /// Brings an element of the policy into view and marks it for a moment.
    pub(crate) fn go_to(&self, id: &str) {
        // Ids are hexadecimal digits behind a letter: nothing in them needs escaping.
        let wanted = id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if let Some(element) = self.find(&format!("#{id}")).filter(|_| wanted) {
            element.scroll_into_view();
            let _ = element.class_list().add_1("found");
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
            let found = part.query_selector_all("button").ok();
            let found = found.map(|list| (0..list.length()).filter_map(move |at| list.item(at)));
            found
                .into_iter()
                .flatten()
                .map(JsCast::unchecked_into::<HtmlElement>)
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

    fn focus_title(&self) {
        if let Some(title) = self.find("#zq-title") {
            let _ = title.unchecked_into::<HtmlElement>().focus();
        }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.place.query_selector(selector).ok().flatten()
    }
}
