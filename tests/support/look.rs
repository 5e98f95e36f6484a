//! How a state is looked at: width, colours, size of type.

use crate::Browser;
use base64ct::{Base64, Encoding as _};
use serde_json::json;

/// Waits for what the last change of style or size moves, which is drawn by the second frame.
const DRAWN: &str =
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";

/// The type of people who set it large (适老化): the page's and ours, in CSS pixels.
const LARGE: &str = "22px";

/// A way to look at a page. Nothing moves in any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Of the viewport, in CSS pixels.
    pub width: u32,
    /// Of the viewport, in CSS pixels.
    pub height: u32,
    /// Whether the person prefers dark colours.
    pub dark: bool,
    /// Whether type is large.
    pub large: bool,
    /// Whether the system sets the colours, as Windows' contrast themes do.
    pub forced: bool,
    /// Whether the person prefers more contrast.
    pub contrast: bool,
}

impl Look {
    /// A phone of the middle, by day.
    pub const LIGHT: Self = Self {
        width: 390,
        height: 844,
        dark: false,
        large: false,
        forced: false,
        contrast: false,
    };
    /// The same by night.
    pub const DARK: Self = Self {
        dark: true,
        ..Self::LIGHT
    };
    /// The narrowest phone, with large type.
    pub const LARGE: Self = Self {
        large: true,
        ..Self::LIGHT.wide(320)
    };

    /// The same in the colours of a contrast theme.
    pub const fn forced(self) -> Self {
        Self {
            forced: true,
            ..self
        }
    }

    /// The same for who asked for more contrast.
    pub const fn contrasting(self) -> Self {
        Self {
            contrast: true,
            ..self
        }
    }

    /// The same at another width.
    pub const fn wide(self, width: u32) -> Self {
        Self { width, ..self }
    }

    /// The same at another height.
    pub const fn high(self, height: u32) -> Self {
        Self { height, ..self }
    }
}

impl Browser {
    /// Nothing moves on pages from now on, as for people who asked their system for that.
    pub fn calm(&self) {
        self.media(Look::LIGHT);
    }

    /// Looks at the page so, until it is looked at otherwise or left.
    ///
    /// # Panics
    /// Where the browser refuses.
    pub async fn look(&self, look: Look) {
        let screen = json!({
            "width": look.width, "height": look.height, "deviceScaleFactor": 1,
            // What decides on scroll bars and on whether a finger or a mouse points.
            "mobile": look.width < 720,
        });
        self.dev_tools("Emulation.setDeviceMetricsOverride", &screen);
        self.media(look);
        let size = if look.large { LARGE } else { "" };
        self.run(&format!(
            "document.documentElement.style.fontSize = '{size}';
            document.documentElement.style.setProperty('--zq-font-size', '{size}');"
        ))
        .await;
        self.until(DRAWN).await;
    }

    /// A picture of the viewport: `png`, or `jpeg` or `webp` of a quality out of 100.
    ///
    /// # Panics
    /// Where the browser takes none.
    pub fn picture(&self, format: &str, quality: u8) -> Vec<u8> {
        let mut wanted = json!({ "format": format });
        if format != "png" {
            wanted["quality"] = quality.into();
        }
        let taken = self.dev_tools("Page.captureScreenshot", &wanted);
        let data = taken["data"].as_str().expect("a picture");
        Base64::decode_vec(data).expect("base64")
    }

    fn media(&self, look: Look) {
        let features = [
            (
                "prefers-color-scheme",
                if look.dark { "dark" } else { "light" },
            ),
            ("forced-colors", if look.forced { "active" } else { "none" }),
            (
                "prefers-contrast",
                if look.contrast {
                    "more"
                } else {
                    "no-preference"
                },
            ),
            ("prefers-reduced-motion", "reduce"),
        ];
        let features = features.map(|(name, value)| json!({ "name": name, "value": value }));
        self.dev_tools(
            "Emulation.setEmulatedMedia",
            &json!({ "features": features }),
        );
    }
}
