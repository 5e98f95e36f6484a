//! The handle: leads back to the choices on a page that has no link of its own that does, because
//! withdrawing is as easy as agreeing (PIPL 15).

use crate::browser::{self, document};
use crate::changes::Changes;
use crate::host::Host;
use std::cell::{Cell, OnceCell};
use wasm_bindgen::JsCast;
use web_sys::Element;
use zhiqing_consent::{Handle, Notice};
use zhiqing_view::Texts;

/// The page's own ways back.
const LINKS: &str = "[data-zq=preferences],[data-zq=rights],[data-zq=withdraw]";

/// How long a page may change before it is looked at again, in milliseconds: an application that goes
/// to another view takes the old one away first.
pub(crate) const SETTLED: i32 = 300;

/// The handle of one page.
#[derive(Default)]
pub(crate) struct Way {
    /// Whether its style is there.
    styled: Cell<bool>,
    changes: OnceCell<Changes>,
}

impl Way {
    /// Hears of changes of the page from now on, wherever they may take a way back away or bring one.
    pub(crate) fn watch(&self, changes: Changes) {
        let _ = self.changes.set(changes);
    }

    /// Puts the handle into the shadow root, or takes it away, as the page is now.
    pub(crate) fn place(&self, host: &Host, notice: &Notice) {
        let root = host.mount();
        let find = |selector: &str| root.query_selector(selector).ok().flatten();
        // Otherwise the question itself is in view.
        let may = notice.asked().next().is_some() && find(".banner").is_none();
        let depends = may && notice.banner.handle == Handle::Auto;
        let wanted = match depends {
            true => !page_has_its_own(),
            false => may && notice.banner.handle == Handle::Always,
        };
        if let Some(changes) = self.changes.get() {
            changes.listen(depends);
        }
        match (find(".handle"), wanted) {
            (Some(handle), false) => handle.remove(),
            (None, true) => {
                if !self.styled.replace(true) {
                    host.style(zhiqing_view::style::HANDLE);
                }
                if let Some(handle) = made(host, notice) {
                    let _ = root.append_child(&handle);
                }
            }
            _ => {}
        }
    }
}

/// Says on the banner what the browser's signal turned off (rule 7).
pub(crate) fn tell_signal(host: &Host, notice: &Notice) {
    let place = host.mount().query_selector(".banner .gpc").ok().flatten();
    if let (Some(place), true) = (place, browser::conditions().gpc) {
        place.set_text_content(Some(Texts::of(notice).get("gpc")));
        // Removing an attribute cannot fail.
        let _ = place.remove_attribute("hidden");
    }
}

/// Whether the page shows a link of its own. What it does not lay out, as in a menu that is closed or a
/// view that was left, leads nobody back.
fn page_has_its_own() -> bool {
    let Ok(links) = document().query_selector_all(LINKS) else {
        return false;
    };
    let mut links = (0..links.length()).filter_map(|at| links.item(at));
    links.any(|link| {
        let place = link.unchecked_into::<Element>().get_bounding_client_rect();
        place.width() > 0.0 && place.height() > 0.0
    })
}

fn made(host: &Host, notice: &Notice) -> Option<Element> {
    let holder = document().create_element("div").ok()?;
    host.set_html(&holder, zhiqing_view::handle(notice).as_str());
    holder.first_element_child()
}
