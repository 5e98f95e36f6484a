//! A record says where its page ran, by what the platforms say, whenever they say it.

use serde_json::json;
use zhiqing_tests::Visit;

const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
    (KHTML, like Gecko) Mobile/15E148";

/// A browser of a person: no program drives it.
const A_PERSON: &str = "Object.defineProperty(navigator, 'webdriver', { get: () => false });";

/// As WeChat does: the sign is there from this event on.
const WECHAT_LATER: &str = "setTimeout(() => {
    window.__wxjs_environment = 'miniprogram';
    document.dispatchEvent(new Event('WeixinJSBridgeReady'));
}, 100);";

/// As Alipay's script does: it answers in a while.
const ALIPAY_LATER: &str =
    "window.my = { getEnv: (told) => { setTimeout(told, 50, { miniprogram: true }); } };";

/// A page's own things under the platforms' names.
const NONSENSE: &str = "window.wx = { miniProgram: 5 }; window.__wxjs_environment = 'browser';
    Object.defineProperty(window, 'my', { get() { throw new Error('mine'); } });";

#[tokio::test]
async fn a_record_says_where_its_page_ran() {
    for (agent, before, expected) in [
        (String::new(), "", "headless"),
        (format!("{IPHONE} Safari/604.1"), A_PERSON, "h5"),
        (IPHONE.to_owned(), A_PERSON, "app"),
        (
            format!("{IPHONE} MicroMessenger/6.7.3"),
            WECHAT_LATER,
            "wechat-miniprogram",
        ),
        (
            format!("{IPHONE} AliApp(AP/10.5.90)"),
            ALIPAY_LATER,
            "alipay-miniprogram",
        ),
        (
            format!("{IPHONE} MicroMessenger/8.0.50 AliApp(AP/10.5.90)"),
            &format!("{A_PERSON}{NONSENSE}"),
            "h5",
        ),
    ] {
        let visit = Visit::prepared(|browser| {
            browser.before_pages(before);
            if !agent.is_empty() {
                browser.dev_tools(
                    "Emulation.setUserAgentOverride",
                    &json!({ "userAgent": agent }),
                );
            }
        })
        .await;
        // Longer than the platforms take here.
        visit
            .until("new Promise((done) => setTimeout(done, 200, true))")
            .await;
        visit.value("zhiqing.reject()").await;
        assert_eq!(visit.record().await["environment"], expected, "{agent}");
        visit.end().await;
    }
}
