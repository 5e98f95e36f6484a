//! Where a page runs, by the signs that the platforms document.
//!
//! - A WeChat mini program's web-view: `miniProgram` in the user agent (from WeChat 7.0.0 on), and
//!   `window.__wxjs_environment` or `wx.miniProgram.getEnv` (documentation of the component `web-view`).
//! - An Alipay mini program's: `AliApp` and `MiniProgram` in the user agent, and `my.getEnv`
//!   (documentation of the component `web-view`). WeChat's and Alipay's own browsers are H5.
//! - An app's web-view on Android: `; wv)` in the user agent (Chrome's documentation of WebView). On iOS
//!   no app's web-view says `Safari/` by itself, and every browser does; an app that says it, too, is
//!   taken for a browser.
//! - A browser that a program drives: `HeadlessChrome` in the user agent, or `navigator.webdriver`
//!   (WebDriver, 4).

use serde::{Deserialize, Serialize};

/// Where the page ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the contract's words")]
pub enum Environment {
    H5,
    WechatMiniprogram,
    AlipayMiniprogram,
    App,
    Headless,
}

/// What a page can tell beside its user agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// The platform whose own script says that it is a mini program's web-view.
    pub mini_program: Option<Platform>,
    /// `navigator.webdriver`.
    pub driven: bool,
}

/// A platform of mini programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "names")]
pub enum Platform {
    Wechat,
    Alipay,
}

impl Environment {
    /// The contract's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::H5 => "h5",
            Self::WechatMiniprogram => "wechat-miniprogram",
            Self::AlipayMiniprogram => "alipay-miniprogram",
            Self::App => "app",
            Self::Headless => "headless",
        }
    }

    /// Where a page runs.
    ///
    /// ```
    /// use zhiqing_consent::Environment;
    /// let agent = "Mozilla/5.0 (…) MicroMessenger/8.0.50 (…) miniProgram/wx0123456789abcdef";
    /// let here = Environment::of(agent, Default::default());
    /// assert_eq!(here, Environment::WechatMiniprogram);
    /// ```
    pub fn of(agent: &str, signs: Signs) -> Self {
        let has = |sign| says(agent, sign);
        let (wechat, alipay) = (has("MicroMessenger"), has("AliApp"));
        let told = |platform| signs.mini_program == Some(platform);
        if told(Platform::Wechat) || wechat && has("miniProgram") {
            Self::WechatMiniprogram
        } else if told(Platform::Alipay) || alipay && has("MiniProgram") {
            Self::AlipayMiniprogram
        } else if signs.driven || has("HeadlessChrome") {
            Self::Headless
        } else if wechat || alipay {
            Self::H5
        } else if has("; wv)") || is_apple(agent) && !has("Safari/") {
            Self::App
        } else {
            Self::H5
        }
    }
}

/// Whether a text holds another: the search of the standard library is for long texts, and itself long.
fn says(text: &str, sign: &str) -> bool {
    let mut windows = text.as_bytes().windows(sign.len());
    windows.any(|window| window == sign.as_bytes())
}

/// Whether it is a phone or tablet of Apple's.
fn is_apple(agent: &str) -> bool {
    let devices = ["(iPhone", "(iPad", "(iPod"];
    devices.iter().any(|device| says(agent, device))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Environment::{AlipayMiniprogram, App, H5, Headless, WechatMiniprogram};

    const ANDROID: &str = "Mozilla/5.0 (Linux; Android 12; V2049A Build/SP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 Mobile Safari/537.36";
    const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

    #[track_caller]
    fn case(agent: &str, expected: Environment) {
        assert_eq!(
            Environment::of(agent, Signs::default()),
            expected,
            "{agent}"
        );
    }

    #[test]
    fn the_user_agent_tells() {
        case("", H5);
        case(
            "Mozilla/5.0 (Linux; Android 13) Chrome/131.0 Mobile Safari/537.36",
            H5,
        );
        case(
            "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/131.0 Safari/537.36",
            Headless,
        );
        case(
            &format!("{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1"),
            H5,
        );
        case(
            &format!("{IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1"),
            H5,
        );
        case(&format!("{IPHONE} Mobile/15E148"), App);
        case(ANDROID, App);
        // Their own browsers are web-views, too.
        case(&format!("{ANDROID} MMWEBID/1 MicroMessenger/8.0.50"), H5);
        case(&format!("{IPHONE} Mobile/15E148 MicroMessenger/8.0.50"), H5);
        case(&format!("{IPHONE} Mobile/15E148 AliApp(AP/10.5.90)"), H5);
        case(
            &format!("{ANDROID} MicroMessenger/8.0.50 miniProgram/wx0123456789abcdef"),
            WechatMiniprogram,
        );
        case(
            &format!("{IPHONE} Mobile/15E148 AliApp(AP/10.5.90) MiniProgram"),
            AlipayMiniprogram,
        );
        // Whatever calls itself so without the platform is none of its.
        case("Mozilla/5.0 (Windows NT 10.0) MiniProgram miniProgram", H5);
    }

    #[test]
    fn what_the_page_can_tell_counts_for_more() {
        let told = |mini_program, driven| Signs {
            mini_program,
            driven,
        };
        let agent = format!("{ANDROID} MicroMessenger/6.7.3");
        let case = |signs, expected| assert_eq!(Environment::of(&agent, signs), expected);
        case(told(None, false), H5);
        case(told(Some(Platform::Wechat), false), WechatMiniprogram);
        case(told(Some(Platform::Alipay), true), AlipayMiniprogram);
        case(told(None, true), Headless);
    }
}
