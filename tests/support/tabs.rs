//! The tabs of a browser.

use crate::Browser;
use fantoccini::wd::WindowHandle;

impl Browser {
    /// The tab that is driven.
    ///
    /// # Panics
    /// Where it is gone.
    pub async fn tab(&self) -> WindowHandle {
        self.client.window().await.expect("a tab")
    }

    /// All tabs.
    ///
    /// # Panics
    /// Where the browser does not tell.
    pub async fn tabs(&self) -> Vec<WindowHandle> {
        self.client.windows().await.expect("its tabs")
    }

    /// Opens an empty tab, and drives it from now on.
    ///
    /// # Panics
    /// Where the browser opens none.
    pub async fn open_tab(&self) -> WindowHandle {
        let opened = self.client.new_window(true).await.expect("a tab opens");
        self.drive(&opened.handle).await;
        opened.handle
    }

    /// Drives another tab from now on.
    ///
    /// # Panics
    /// Where it is gone.
    pub async fn drive(&self, tab: &WindowHandle) {
        let switched = self.client.switch_to_window(tab.clone()).await;
        switched.expect("the tab is there");
    }

    /// Closes the tab that is driven. Another must be driven then.
    ///
    /// # Panics
    /// Where it is gone.
    pub async fn close_tab(&self) {
        self.client.close_window().await.expect("the tab closes");
    }

    /// Goes back to the page before.
    ///
    /// # Panics
    /// Where the browser does not.
    pub async fn back(&self) {
        self.client.back().await.expect("the page before");
    }
}
