//! Keeps banner and handle beside the page: the banner out of the way of the keyboard of a phone, both off
//! whatever has the focus (WCAG 2.2, 2.4.11). The banner itself is the guard's.

use crate::browser::{document, window};
use crate::host::Host;
use crate::listener::Listener;
use js_sys::Reflect;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomRect, Element, EventTarget, ScrollBehavior, ScrollToOptions};

/// Less than this of the height is left where a keyboard is open: the smallest take a third.
const KEYBOARD: f64 = 0.72;

/// The banner, where it stands beside the page.
const BANNER: &str = "section.banner";

/// What may lie over the page: never both at once.
const COVERS: &str = "section.banner,.handle";

/// What is typed into.
const EDITABLE: &str = "input:not([type=button]):not([type=submit]):not([type=checkbox]):not([type=radio]),textarea,[contenteditable]";

/// Space between the focused element and what would cover it, in pixels.
const GAP: f64 = 12.0;

/// Listens for as long as it lives.
pub(crate) struct Beside {
    _listeners: Vec<Listener>,
}

impl Beside {
    /// Begins to watch the page's focus and height.
    pub(crate) fn watch(host: &Rc<Host>) -> Self {
        let tallest = Rc::new(Cell::new((0.0, 0.0)));
        let resized = {
            let (host, tallest) = (host.clone(), tallest);
            move || make_way_for_keyboard(&host, &tallest)
        };
        resized();
        let focused = {
            let (host, styled) = (host.clone(), Cell::new(false));
            move |target: Option<EventTarget>| {
                if let Some(element) = target.and_then(|it| it.dyn_into::<Element>().ok()) {
                    uncover(&host, &styled, &element);
                }
            }
        };
        let page = window();
        let [again, entered, left] = [(); 3].map(|()| resized.clone());
        let mut listeners = vec![
            Listener::new(&document(), "focusin", move |event| {
                // From one field to the next the keyboard stays, and no size changes.
                entered();
                focused(event.target());
            }),
            // A low window of a desktop has no keyboard that goes away.
            Listener::new(&document(), "focusout", move |_| left()),
            Listener::new(&page, "resize", move |_| again()),
        ];
        // iOS and newer Chromium leave the window's height alone and say it here.
        if let Some(viewport) = visual_viewport() {
            listeners.push(Listener::new(&viewport, "resize", move |_| resized()));
        }
        Self {
            _listeners: listeners,
        }
    }
}

/// Hides the banner while something is typed under an open keyboard, and shows it again.
fn make_way_for_keyboard(host: &Host, tallest: &Cell<(f64, f64)>) {
    let page = window();
    let width = page.inner_width().map_or(0.0, number);
    let own = page.inner_height().map_or(0.0, number);
    // What is enlarged with two fingers shows less of the page, and has no keyboard.
    let seen = visual_viewport().map_or(own, |viewport| {
        let get = |name: &str| Reflect::get(&viewport, &name.into()).map_or(0.0, number);
        get("height") * get("scale")
    });
    let height = own.min(seen);
    let (at, most) = tallest.get();
    // A phone that was turned has another height.
    let most = if at == width {
        most.max(height)
    } else {
        height
    };
    tallest.set((width, most));
    let types = document()
        .active_element()
        .is_some_and(|element| element.matches(EDITABLE).unwrap_or(false));
    let Some(banner) = ours(host, BANNER) else {
        return;
    };
    let hide = types && height < most * KEYBOARD;
    if hide != banner.has_attribute("hidden") {
        let _ = match hide {
            true => banner.set_attribute("hidden", ""),
            false => banner.remove_attribute("hidden"),
        };
        // Counts the time up to now: what is hidden asks nobody.
        host.shown_ms();
    }
}

/// Brings a focused element out from under the banner or the handle: by scrolling the page, or, at its
/// end, by putting what covers it to the other side.
fn uncover(host: &Host, styled: &Cell<bool>, element: &Element) {
    let Some(cover) = ours(host, COVERS) else {
        return;
    };
    if element.tag_name().eq_ignore_ascii_case("zhiqing-notice") || !covers(&cover, element) {
        return;
    }
    let (over, under) = (
        cover.get_bounding_client_rect(),
        element.get_bounding_client_rect(),
    );
    let height = window().inner_height().map_or(0.0, number);
    let (free, by) = match cover.class_list().contains("top") {
        true => (height - over.bottom(), under.top() - over.bottom() - GAP),
        false => (over.top(), under.bottom() - over.top() + GAP),
    };
    // What has no room beside it, as a whole article that a page focuses, is seen in part.
    if under.height() > free - GAP {
        return;
    }
    let offset = || window().page_y_offset().unwrap_or(0.0);
    let before = offset();
    scroll_by(by);
    if covers(&cover, element) {
        scroll_by(before - offset());
        if !styled.replace(true) {
            host.style(zhiqing_view::style::TOP);
        }
        let _ = cover.class_list().toggle("top");
    }
}

/// Scrolls at once, however the page likes to scroll: where it went is looked at right away.
fn scroll_by(by: f64) {
    let how = ScrollToOptions::new();
    how.set_top(by);
    how.set_behavior(ScrollBehavior::Instant);
    window().scroll_by_with_scroll_to_options(&how);
}

fn number(value: JsValue) -> f64 {
    f64::try_from(value).unwrap_or(0.0)
}

fn covers(cover: &Element, element: &Element) -> bool {
    let (over, under): (DomRect, DomRect) = (
        cover.get_bounding_client_rect(),
        element.get_bounding_client_rect(),
    );
    under.bottom() > over.top()
        && under.top() < over.bottom()
        && under.right() > over.left()
        && under.left() < over.right()
}

fn ours(host: &Host, selector: &str) -> Option<Element> {
    host.mount().query_selector(selector).ok().flatten()
}

fn visual_viewport() -> Option<EventTarget> {
    let viewport = Reflect::get(&window(), &"visualViewport".into()).ok()?;
    viewport.dyn_into().ok()
}
