//! One placeholder: its element, and the room of what it stands for.

use crate::browser::{document, window};
use crate::host::Host;
use crate::listener::Listener;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CssStyleDeclaration, Element, Event, HtmlElement, NodeList, ShadowRoot, ShadowRootInit,
    ShadowRootMode,
};
use zhiqing_view::Html;

/// The name of our element.
pub(super) const NAME: &str = "zhiqing-placeholder";

/// What is smaller, in CSS pixels, is not there to be looked at.
const SMALLEST: u32 = 40;

/// What the page's styles say of a held element's room is said of its placeholder.
const ROOM: [&str; 24] = [
    "box-sizing",
    "min-width",
    "max-width",
    "max-height",
    "margin",
    "padding",
    "border-width",
    "border-style",
    "border-radius",
    "position",
    "top",
    "right",
    "bottom",
    "left",
    "z-index",
    "float",
    "clear",
    "flex",
    "order",
    "align-self",
    "justify-self",
    "grid-area",
    "vertical-align",
    "transform",
];

/// A held element and what stands in its place. Dropping it brings the element back as it was.
pub(super) struct Placed {
    pub(super) held: HtmlElement,
    pub(super) host: HtmlElement,
    /// Id of the purpose that it names.
    pub(super) purpose: String,
    room: Element,
    said: String,
    style: String,
    display: &'static str,
    before: Inline,
    _tap: Listener,
}

impl Placed {
    /// Takes the place of an element; `None` where nobody is meant to see that.
    pub(super) fn new(
        held: HtmlElement,
        locale: &str,
        styles: &Styles,
        tapped: impl Fn(&HtmlElement, &Event) + 'static,
    ) -> Option<Self> {
        let (display, before) = hidden(&held)?;
        let host = document().create_element(NAME).ok()?;
        let host: HtmlElement = host.unchecked_into();
        host.set_lang(locale);
        let init = ShadowRootInit::new(ShadowRootMode::Open);
        // A sheet that was opened from here gives the focus back to its button.
        let _ = Reflect::set(&init, &"delegatesFocus".into(), &JsValue::TRUE);
        let root = host.attach_shadow(&init).ok()?;
        styles.give(&root);
        let room = document().create_element("div").ok()?;
        room.set_class_name("room");
        root.append_child(&room).ok()?;
        let heard = host.clone();
        Some(Self {
            before,
            _tap: Listener::new(&root, "click", move |event| tapped(&heard, &event)),
            held,
            host,
            purpose: String::new(),
            room,
            said: String::new(),
            style: String::new(),
            display,
        })
    }

    /// Whether it is still to be seen; hides the element again where the page has styled it anew.
    pub(super) fn stays(&mut self) -> bool {
        let style = self.held.style();
        let is_ours = style.get_property_priority("display") == "important";
        if !is_ours {
            self.before = Inline::hide(&self.held);
        }
        is_ours || self.before.value != "none"
    }

    /// Says this, beside the element and in its size.
    pub(super) fn say(&mut self, host: &Host, purpose: String, html: &Html) {
        if self.host.previous_sibling().as_ref() != Some(&self.held)
            && let Some(parent) = self.held.parent_node()
        {
            let _ = parent.insert_before(&self.host, self.held.next_sibling().as_ref());
        }
        self.fit();
        self.purpose = purpose;
        if self.said != html.as_str() {
            self.said = html.as_str().to_owned();
            let focused = self.has_focus();
            host.set_html(&self.room, html.as_str());
            if focused {
                let _ = self.host.focus();
            }
        }
    }

    /// Takes the room of the element. While that is not displayed, its style tells percentages as they
    /// are written, so that the room follows the page.
    fn fit(&mut self) {
        let Some(style) = computed(&self.held) else {
            return;
        };
        let get = |name: &str| style.get_property_value(name).unwrap_or_default();
        let (mut width, mut height) = (get("width"), get("height"));
        let mut ratio = get("aspect-ratio");
        let mut lowest = get("min-height");
        let name = self.held.local_name();
        let shaped = ratio.contains('/');
        // What CSS gives these elements where nothing is said.
        if width == "auto" && (!shaped || height == "auto") {
            width = "300px".to_owned();
        }
        if height == "auto" && !shaped {
            if name == "video" {
                ratio = "16/9".to_owned();
            } else {
                height = "150px".to_owned();
            }
        }
        if name == "audio" {
            // Higher than its controls: these leave no room for words.
            lowest = "90px".to_owned();
        }
        let own = [
            ("display", self.display.to_owned()),
            ("width", width),
            ("height", height),
            ("aspect-ratio", ratio),
            ("min-height", lowest),
        ];
        let copied = ROOM.map(|name| (name, get(name)));
        let mut text = String::new();
        for (name, value) in own.iter().chain(&copied) {
            for part in [name, ":", value, "!important;"] {
                text.push_str(part);
            }
        }
        if text == self.style {
            return;
        }
        self.host.style().set_css_text(&text);
        self.style = text;
        let shown = self.host.get_bounding_client_rect();
        // A share of a height that is not known counts as nothing said.
        if shown.width() > 0.0 && shown.height() < 1.0 {
            let style = self.host.style();
            let _ = style.set_property_with_priority("height", "150px", "important");
        }
    }

    fn has_focus(&self) -> bool {
        let active = document().active_element();
        active.is_some_and(|it| it == *self.host)
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        let focused = self.has_focus();
        self.host.remove();
        self.before.restore(&self.held);
        if focused {
            focus(&self.held);
        }
    }
}

/// What an element's own style said of `display`.
struct Inline {
    value: String,
    priority: String,
    /// Whether it had a style of its own at all.
    styled: bool,
}

impl Inline {
    /// Hides the element.
    fn hide(element: &HtmlElement) -> Self {
        let style = element.style();
        let before = Self {
            value: style.get_property_value("display").unwrap_or_default(),
            priority: style.get_property_priority("display"),
            styled: element.has_attribute("style"),
        };
        let _ = style.set_property_with_priority("display", "none", "important");
        before
    }

    fn restore(&self, element: &HtmlElement) {
        let style = element.style();
        let _ = style.remove_property("display");
        if !self.value.is_empty() {
            let _ = style.set_property_with_priority("display", &self.value, &self.priority);
        } else if !self.styled && style.length() == 0 {
            let _ = element.remove_attribute("style");
        }
    }
}

/// The banner's style sheet and the placeholders' own, which all of them share.
pub(super) enum Styles {
    Sheets(Array),
    /// In browsers that construct none.
    Elements(Vec<Element>),
}

impl Styles {
    /// Adds ours to the guard's, which has made them as this browser and the page's policy allow.
    pub(super) fn new(host: &Host) -> Self {
        host.style(zhiqing_view::style::HELD);
        let root = host.mount();
        let sheets = Reflect::get(&root, &"adoptedStyleSheets".into());
        let sheets = sheets.ok().and_then(|it| it.dyn_into::<Array>().ok());
        if let Some(sheets) = sheets.filter(|it| it.length() > 0) {
            let last = sheets.get(sheets.length() - 1);
            return Self::Sheets(Array::of2(&sheets.get(0), &last));
        }
        let mut elements = listed(root.query_selector_all("style"));
        if elements.len() > 2 {
            elements.drain(1..elements.len() - 1);
        }
        Self::Elements(elements)
    }

    fn give(&self, root: &ShadowRoot) {
        match self {
            Self::Sheets(sheets) => {
                let _ = Reflect::set(root, &"adoptedStyleSheets".into(), sheets);
            }
            Self::Elements(elements) => {
                for element in elements {
                    let Ok(copy) = element.clone_node_with_deep(true) else {
                        continue;
                    };
                    // A nonce is not copied.
                    let name = JsValue::from("nonce");
                    if let Ok(nonce) = Reflect::get(element, &name) {
                        let _ = Reflect::set(&copy, &name, &nonce);
                    }
                    let _ = root.append_child(&copy);
                }
            }
        }
    }
}

/// What a selector finds in the page.
pub(super) fn all(selector: &str) -> Vec<HtmlElement> {
    listed(document().query_selector_all(selector))
}

fn listed<T: JsCast>(found: Result<NodeList, JsValue>) -> Vec<T> {
    let Ok(found) = found else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|at| found.item(at));
    nodes.map(JsCast::unchecked_into).collect()
}

/// The address from which an element is held back.
pub(super) fn address(element: &Element) -> Option<String> {
    let of = |name| element.get_attribute(name);
    of("data-src").or_else(|| of("data-data"))
}

/// Holds an element back again: what it showed ends, and its address waits for the next grant.
pub(super) fn put_back(element: &Element) {
    let (name, held) = match element.local_name().as_str() {
        "object" => ("data", "data-data"),
        _ => ("src", "data-src"),
    };
    let (Some(address), Some(parent)) = (element.get_attribute(name), element.parent_node()) else {
        return;
    };
    // What is embedded ends only when it is taken out.
    let next = element.next_sibling();
    element.remove();
    let _ = element.set_attribute(held, &address);
    let _ = element.remove_attribute(name);
    let _ = parent.insert_before(element, next.as_ref());
    // A player plays what it has, unless it is told that there is nothing.
    let load = Reflect::get(element, &"load".into()).ok();
    if let Some(load) = load.and_then(|it| it.dyn_into::<Function>().ok()) {
        let _ = load.call0(element);
    }
}

/// Takes away a copy that the page made of a placeholder, and shows the copy of what it stood for.
pub(super) fn remove_copy(host: &Element) {
    let held = host.previous_element_sibling();
    host.remove();
    if let Some(held) = held.filter(|it| address(it).is_some()) {
        let _ = held
            .unchecked_into::<HtmlElement>()
            .style()
            .remove_property("display");
    }
}

/// Hides an element; gives how its placeholder is displayed, and what its own style said. `None` where it is
/// not there to be looked at: hidden by the page, outside of it, or of the size of a tracking pixel.
fn hidden(element: &HtmlElement) -> Option<(&'static str, Inline)> {
    let style = computed(element)?;
    let get = |name| style.get_property_value(name).unwrap_or_default();
    let display = get("display");
    let shown = element.get_bounding_client_rect();
    let (width, height) = (shown.width(), shown.height());
    let scrolled = |by: Result<f64, JsValue>| by.unwrap_or_default();
    let outside = shown.right() + scrolled(window().page_x_offset()) < 0.0
        || shown.bottom() + scrolled(window().page_y_offset()) < 0.0;
    let inline = display.starts_with("inline");
    let picture = element.local_name() == "img";
    // Where nothing is laid out, as in a view that is closed, nobody knows yet.
    let small = !picture && width + height > 0.0 && width.min(height) < SMALLEST.into();
    if display == "none" || get("visibility") != "visible" || outside || small {
        return None;
    }
    let before = Inline::hide(element);
    // A picture without an address has no room: its style tells it what it will have.
    let shaped = get("aspect-ratio").contains('/');
    let has_room = |name| {
        let length = get(name);
        let whole = length.trim_end_matches("px").split('.').next();
        let whole = whole.and_then(|it| it.parse::<u32>().ok());
        whole.map_or(shaped, |length| length >= SMALLEST)
    };
    if picture && !(has_room("width") && has_room("height")) {
        before.restore(element);
        return None;
    }
    Some((if inline { "inline-grid" } else { "grid" }, before))
}

fn computed(element: &Element) -> Option<CssStyleDeclaration> {
    window().get_computed_style(element).ok()?
}

/// Moves the focus to an element that takes none by itself.
fn focus(element: &HtmlElement) {
    let _ = element.focus();
    let active = document().active_element();
    if active.as_ref() != Some(element) && !element.has_attribute("tabindex") {
        element.set_tab_index(-1);
        let _ = element.focus();
        // Keys go on from there all the same.
        let _ = element.remove_attribute("tabindex");
    }
}
