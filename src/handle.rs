//! The handle: leads back to the choices on a page that has no link of its own that does, because
//! withdrawing is as easy as agreeing (PIPL 15).

use crate::browser::document;
use crate::host::Host;
use web_sys::Element;
use zhiqing_consent::{Handle, Notice};

/// The page's own ways back.
const LINKS: &str = "[data-zq=preferences],[data-zq=rights],[data-zq=withdraw]";

/// Puts the handle into the shadow root, or takes it away, as the page is now.
pub(crate) fn place(host: &Host, notice: &Notice) {
    let root = host.mount();
    let there = root.query_selector(".handle").ok().flatten();
    let own = || document().query_selector(LINKS).ok().flatten().is_some();
    let asks = root.query_selector(".banner").ok().flatten().is_some();
    let wanted = notice.asked().next().is_some()
        && !asks
        && match notice.banner.handle {
            Handle::Always => true,
            Handle::Never => false,
            Handle::Auto => !own(),
        };
    match (there, wanted) {
        (Some(handle), false) => handle.remove(),
        (None, true) => {
            if let Some(handle) = made(host, notice) {
                let _ = root.append_child(&handle);
            }
        }
        _ => {}
    }
}

fn made(host: &Host, notice: &Notice) -> Option<Element> {
    let holder = document().create_element("div").ok()?;
    host.set_html(&holder, zhiqing_view::handle(notice).as_str());
    holder.first_element_child()
}
