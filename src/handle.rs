//! The handle: leads back to the choices on a page that has no link of its own that does, because
//! withdrawing is as easy as agreeing (PIPL 15).

use crate::browser::document;
use crate::host::Host;
use std::cell::Cell;
use web_sys::Element;
use zhiqing_consent::{Handle, Notice};

/// The page's own ways back.
const LINKS: &str = "[data-zq=preferences],[data-zq=rights],[data-zq=withdraw]";

/// The handle of one page.
#[derive(Default)]
pub(crate) struct Way {
    /// Whether its style is there.
    styled: Cell<bool>,
}

impl Way {
    /// Puts the handle into the shadow root, or takes it away, as the page is now.
    pub(crate) fn place(&self, host: &Host, notice: &Notice) {
        let root = host.mount();
        let find = |selector: &str| root.query_selector(selector).ok().flatten();
        let own = || document().query_selector(LINKS).ok().flatten().is_some();
        let wanted = notice.asked().next().is_some()
            // The question itself is in view.
            && find(".banner").is_none()
            && match notice.banner.handle {
                Handle::Always => true,
                Handle::Never => false,
                Handle::Auto => !own(),
            };
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

fn made(host: &Host, notice: &Notice) -> Option<Element> {
    let holder = document().create_element("div").ok()?;
    host.set_html(&holder, zhiqing_view::handle(notice).as_str());
    holder.first_element_child()
}
