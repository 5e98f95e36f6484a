//! Real SDKs of trackers, as npm has them, started by a page behind the guard: they reach nobody and
//! keep nothing until their purpose is granted, then they work, and after a withdrawal they do not.
//!
//! Two witnesses: the host that they report to, and the browser's own log of its network; what is
//! kept is asked of the browser and not of the page.

#[path = "sdks/sdk.rs"]
mod sdk;
#[path = "sdks/stage.rs"]
mod stage;
#[path = "sdks/table.rs"]
mod table;

use sdk::Sdk;
use stage::Stage;

/// Without the guard: it sends and keeps what its tracker's settings list, and nothing else.
async fn works_without_the_guard(sdk: &Sdk) {
    let stage = Stage::bare(sdk).await;
    let before = stage.received();
    stage.open().await;
    stage.use_page().await;
    stage.until_at_work(before, "without the guard").await;
    stage.assert_all_listed();
    stage.leave().await;
    stage.assert_all_listed();
    stage.end().await;
}

/// Behind the guard, from the first visit to a withdrawal.
async fn works_only_while_it_is_granted(sdk: &Sdk) {
    let stage = Stage::guarded(sdk).await;
    let nothing = stage.sent();
    stage.open().await;
    stage.use_page_in_vain().await;
    stage.assert_nothing_kept("undecided");
    stage.leave().await;
    stage.assert_nothing_kept("undecided, left");
    stage.assert_silent_since(nothing, "undecided");

    stage.open().await;
    stage.browser.click_hook("reject-all").await;
    stage.browser.until("zhiqing.receipt()").await;
    stage.use_page_in_vain().await;
    stage.assert_nothing_kept("refused");
    stage.open().await;
    stage.use_page_in_vain().await;
    stage.assert_nothing_kept("refused, loaded again");
    stage.leave().await;
    stage.assert_silent_since(nothing, "refused");

    stage.open().await;
    stage.browser.value("zhiqing.accept()").await;
    assert_eq!(stage.state().await, "granted");
    let before = stage.received();
    stage.open().await;
    stage.use_page().await;
    stage.until_at_work(before, "granted").await;
    stage.assert_all_listed();

    stage.browser.value("zhiqing.withdraw()").await;
    assert_eq!(stage.state().await, "denied");
    let granted = stage.sent();
    stage.use_page_in_vain().await;
    stage.assert_nothing_kept("withdrawn");
    stage.leave().await;
    stage.assert_nothing_kept("withdrawn, left");
    stage.assert_silent_since(granted, "withdrawn");
    stage.open().await;
    stage.use_page_in_vain().await;
    stage.assert_nothing_kept("withdrawn, loaded again");
    stage.leave().await;
    stage.assert_silent_since(granted, "withdrawn, loaded again");
    stage.end().await;
}

/// For each SDK both, so that a silence is one of an SDK that would speak.
macro_rules! sdks {
    ($($name:ident: $sdk:expr,)*) => {$(
        mod $name {
            #[tokio::test]
            async fn works_without_the_guard() {
                super::works_without_the_guard(&$sdk).await;
            }

            #[tokio::test]
            async fn works_only_while_it_is_granted() {
                super::works_only_while_it_is_granted(&$sdk).await;
            }
        }
    )*};
}

sdks! {
    sensors: crate::table::SENSORS,
    arms: crate::table::ARMS,
    arms_rum: crate::table::ARMS_RUM,
    mta: crate::table::MTA,
    bytedance: crate::table::BYTEDANCE,
    posthog: crate::table::POSTHOG,
    mixpanel: crate::table::MIXPANEL,
}
