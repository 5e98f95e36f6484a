//! The SDKs: how each is started, what it sends and what it keeps.

use crate::sdk::{COMMON_JS, Sdk};

/// Sensors Data, which sends pictures.
pub(crate) const SENSORS: Sdk = Sdk {
    name: "sensors",
    before: "",
    file: "sa-sdk-javascript/sensorsdata.min.js",
    starts: "var sensors = window['sensorsDataAnalytic201505'];
        sensors.init({ server_url: 'ORIGIN/sa.gif?project=default', is_track_single_page: true,
            use_client_time: true,
            heatmap: { clickmap: 'default', scroll_notice_map: 'default' } });
        sensors.use('PageLeave');
        sensors.use('PageLoad');
        sensors.quick('autoTrack');",
    tells: "sensors.track('again', { a: 1 })",
    answers: &[],
    uses: &[
        (
            "cookie",
            &["sensorsdata2015*", "sajssdk_2015_*", "sa_jssdk_2015_*"],
        ),
        ("local_storage", &["sawebjssdk*", "sensorsdata2015*"]),
        ("session_storage", &["sensorsdata*"]),
        ("pixel", &["localhost/sa.gif"]),
        ("beacon", &["localhost/sa.gif"]),
        ("request", &["localhost/sa.gif"]),
    ],
    hits: &["localhost/sa.gif"],
    keeps: &[
        "cookie sensorsdata2015jssdkcross",
        "cookie sajssdk_2015_cross_new_user",
    ],
};

/// ARMS of Alibaba Cloud in its older form, which sends requests for a picture by `fetch`.
pub(crate) const ARMS: Sdk = Sdk {
    name: "arms",
    before: "window.__bl = { config: { pid: 'site@1', imgUrl: 'ORIGIN/r.png?', enableSPA: true,
        sendResource: true, useFmp: true } };",
    file: "@arms/js-sdk/lib/bl.js",
    starts: "",
    tells: "__bl.api('/search', true, 1, 1); __bl.sum('again')",
    answers: &[],
    uses: &[
        ("cookie", &["_bl_uid"]),
        ("local_storage", &["_bl_*"]),
        ("session_storage", &["_bl_sid"]),
        ("request", &["localhost/r.png"]),
        ("beacon", &["localhost/r.png"]),
        ("pixel", &["localhost/r.png"]),
    ],
    hits: &["localhost/r.png"],
    keeps: &["cookie _bl_uid", "session_storage _bl_sid"],
};

/// ARMS of Alibaba Cloud in its newer form, which sends beacons.
pub(crate) const ARMS_RUM: Sdk = Sdk {
    name: "arms-rum",
    before: "",
    file: "@arms/rum-browser/dist/browser-sdk.js",
    starts: "RumSDK.default.init({ pid: 'site@1', endpoint: 'ORIGIN/rum',
        reportConfig: { flushTime: 300 } });",
    tells: "RumSDK.default.sendCustom({ type: 'again', name: 'again', group: 'g', value: 1 })",
    answers: &[],
    uses: &[
        ("cookie", &["_arms_*"]),
        ("local_storage", &["_arms_*"]),
        ("beacon", &["localhost/rum"]),
        ("request", &["localhost/rum"]),
    ],
    hits: &["localhost/rum"],
    keeps: &["local_storage _arms_session", "local_storage _arms_uid"],
};

/// Tencent MTA, which sends pictures over TLS to its one host.
pub(crate) const MTA: Sdk = Sdk {
    name: "mta",
    before: COMMON_JS,
    file: "mta-h5-analysis/index.js",
    starts: "var MtaH5 = module.exports;
        MtaH5.init({ sid: '500000001', cid: '500000002', autoReport: 1, senseHash: 1,
            senseQuery: 1, performanceMonitor: 1, ignoreParams: [] });",
    tells: "MtaH5.pgv(); MtaH5.clickStat('ico_search', { query: 'again' })",
    answers: &[],
    uses: &[
        ("local_storage", &["pgv_pvi", "pgv_uid"]),
        ("session_storage", &["pgv_si"]),
        ("pixel", &["pingtas.qq.com/webview/pingd"]),
    ],
    hits: &["pingtas.qq.com/webview/pingd"],
    keeps: &["local_storage pgv_pvi", "session_storage pgv_si"],
};

/// ByteDance's DataRangers, which sends by XHR and, when the page is left, by beacon.
pub(crate) const BYTEDANCE: Sdk = Sdk {
    name: "bytedance",
    before: COMMON_JS,
    file: "@datarangers/sdk-javascript/lib/index.min.js",
    starts: "var SDK = module.exports.default;
        SDK.init({ app_id: 1234, channel_domain: 'ORIGIN', autotrack: true, enable_ab_test: true,
            ab_channel_domain: 'ORIGIN', enable_stay_duration: true, spa: true });
        SDK.config({ username: 'someone' });
        SDK.start();
        SDK.event('play_video', { title: 'first' });",
    tells: "SDK.event('again', { a: 1 })",
    answers: &[(
        "/webid",
        r#"{"e":0,"web_id":"7300000000000000001","ssid":"s"}"#,
    )],
    uses: &[
        ("cookie", &["__tea_*", "_tea_*"]),
        ("local_storage", &["__tea_*", "_tea_*"]),
        ("session_storage", &["__tea_*", "_tea_*"]),
        ("request", BYTEDANCE_HOST),
        ("beacon", BYTEDANCE_HOST),
    ],
    hits: &["localhost/webid", "localhost/list"],
    keeps: &[
        "local_storage __tea_cache_tokens_1234",
        "session_storage __tea_session_id_1234",
    ],
};

const BYTEDANCE_HOST: &[&str] = &[
    "localhost/list",
    "localhost/webid",
    "localhost/tobid",
    "localhost/profile/*",
    "localhost/service/2/*",
];

/// PostHog, which sends by `fetch` and loads scripts of its host's when it is told to.
pub(crate) const POSTHOG: Sdk = Sdk {
    name: "posthog",
    before: "",
    file: "posthog-js/dist/array.js",
    // Without the filter of user agents it would not count a browser that a test drives.
    starts: "posthog.init('phc_token', { api_host: 'ORIGIN', defaults: '2025-05-24',
            person_profiles: 'always', opt_out_useragent_filter: true,
            request_queue_config: { flush_interval_ms: 300 } });
        posthog.capture('first');",
    tells: "posthog.capture('again')",
    answers: &[
        (
            "/array/phc_token/config",
            r#"{"supportedCompression":["gzip-js","base64"],"hasFeatureFlags":true,
            "sessionRecording":{"endpoint":"/s/","scriptConfig":{"script":"posthog-recorder"}},
            "heatmaps":true,"capturePerformance":{"web_vitals":true,"network_timing":true},
            "autocaptureExceptions":true,"surveys":true}"#,
        ),
        (
            "/static/1.449.2/posthog-recorder.js",
            "@posthog-js/dist/posthog-recorder.js",
        ),
        ("/static/1.449.2/surveys.js", "@posthog-js/dist/surveys.js"),
        (
            "/static/1.449.2/web-vitals-with-attribution.js",
            "@posthog-js/dist/web-vitals-with-attribution.js",
        ),
        (
            "/static/1.449.2/dead-clicks-autocapture.js",
            "@posthog-js/dist/dead-clicks-autocapture.js",
        ),
        (
            "/static/1.449.2/exception-autocapture.js",
            "@posthog-js/dist/exception-autocapture.js",
        ),
    ],
    uses: &[
        ("cookie", &["ph_*", "dmn_chk_*"]),
        ("local_storage", &["ph_*", "__ph_*", "__mplss_*"]),
        ("session_storage", &["ph_*", "__ph_*"]),
        ("indexed_db", &["ph_*", "posthog*"]),
        ("script", &["localhost/array/*", "localhost/static/*"]),
        ("request", POSTHOG_HOST),
        ("beacon", POSTHOG_HOST),
    ],
    hits: &[
        "localhost/array/phc_token/config.js",
        "localhost/static/*/posthog-recorder.js",
        "localhost/flags/",
        "localhost/e/",
    ],
    keeps: &[
        "cookie ph_phc_token_posthog",
        "local_storage ph_phc_token_posthog",
        "session_storage ph_phc_token_*",
    ],
};

const POSTHOG_HOST: &[&str] = &[
    "localhost/array/*",
    "localhost/flags/*",
    "localhost/e/*",
    "localhost/i/*",
    "localhost/s/*",
    "localhost/api/*",
];

/// Mixpanel, which sends by XHR and `fetch`, and keeps databases.
pub(crate) const MIXPANEL: Sdk = Sdk {
    name: "mixpanel",
    before: "",
    file: "mixpanel-browser/dist/mixpanel.umd.js",
    starts: "mixpanel.init('token', { api_host: 'ORIGIN', persistence: 'localStorage',
            track_pageview: 'full-url', autocapture: true, record_sessions_percent: 100,
            batch_flush_interval_ms: 300, flags: true });
        mixpanel.identify('42');
        mixpanel.track('first');",
    tells: "mixpanel.track('again', { a: 1 }); mixpanel.people.set({ x: 1 })",
    answers: &[],
    uses: &[
        ("cookie", &["mp_*", "__mp_*"]),
        ("local_storage", &["mp_*", "__mp*"]),
        ("session_storage", &["mp_*", "__mp*"]),
        ("indexed_db", &["mixpanel*"]),
        ("request", MIXPANEL_HOST),
        ("beacon", MIXPANEL_HOST),
        ("script", &["cdn.mxpnl.com/*"]),
    ],
    hits: &["localhost/track/", "localhost/engage/", "localhost/flags/"],
    keeps: &[
        "local_storage mp_token_mixpanel",
        "session_storage mp_tab_id_mixpanel_token",
        "indexed_db mixpanelBrowserDb",
        "indexed_db mixpanelFlagsDb",
    ],
};

const MIXPANEL_HOST: &[&str] = &[
    "localhost/track/",
    "localhost/engage/",
    "localhost/groups/",
    "localhost/record/",
    "localhost/flags/*",
    "localhost/settings/*",
];
