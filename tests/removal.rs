//! A withdrawal really removes: what servers set, what others hold open, what comes back.

use serde_json::{Value, json};
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Browser, Page, Pages, Site};

const READY: &str = "zhiqing.ready.then(() => true)";
const REMOVED: &str = "zhiqing.removed()";

/// A tool that stores in every way there is, for the purpose that "accept all" grants.
const TOOL: &str = r#"[[tracker]]
id = "walker"
vendor = "某分析"
purpose = "analytics"
uses = [
  { technology = "cookie", match = ["uid*", "__Host-uid", "__Secure-uid"] },
  { technology = "local_storage", match = "walk*" },
  { technology = "session_storage", match = "walk*" },
  { technology = "indexed_db", match = "walk*" },
]

[[tracker]]
id = "baidu-tongji"
"#;

/// The hosts of the pages, both of this machine: one that browsers take for secure, one that they
/// do not.
const SECURE: &str = "m.shop.localhost";
const PLAIN: &str = "m.shop.test";

/// A shop on a host of its own, whose server sets these cookies with `/set`.
struct Shop {
    browser: Browser,
    pages: Pages,
    host: &'static str,
    _site: Site,
}

impl Shop {
    /// Its page at `/app/list/` is open, and everything general is accepted.
    async fn accepted(host: &'static str, cookies: &[String]) -> Self {
        Self::accepted_after("", host, cookies).await
    }

    /// The same in a browser where this script runs before pages.
    async fn accepted_after(before: &str, host: &'static str, cookies: &[String]) -> Self {
        let site = Site::sample();
        site.edit("[[tracker]]\nid = \"baidu-tongji\"\n", TOOL);
        let (_, files) = site.built();
        let files = files
            .into_iter()
            .map(|(name, bytes)| (format!("/zq/{name}"), Page::file(&name, bytes)));
        let page = Page::html(
            "<!doctype html><head><script src='/zq/zhiqing.js'></script><title>shop</title></head>
            <body><a href='#' data-zq='preferences'>隐私</a></body>",
        );
        let set = cookies
            .iter()
            .fold(Page::html(""), |page, line| page.with("Set-Cookie", line));
        let own = [
            ("/app/list/".to_owned(), page.clone()),
            ("/far/".to_owned(), page),
            // Without the guard.
            (
                "/bare".to_owned(),
                Page::html("<!doctype html><title>bare</title>"),
            ),
            ("/set".to_owned(), set),
        ];
        let pages = Pages::serve(files.chain(own));
        let browser = Browser::start().await;
        browser.before_pages(before);
        let shop = Self {
            browser,
            pages,
            host,
            _site: site,
        };
        shop.browser.goto(&shop.url("/app/list/")).await;
        shop.browser.until(READY).await;
        shop.browser.click_hook("accept-all").await;
        shop.browser.until("zhiqing.state().decidedAt").await;
        shop.browser.value("fetch('/set').then(() => 1)").await;
        shop
    }

    fn url(&self, path: &str) -> String {
        self.pages.url(path).replace("127.0.0.1", self.host)
    }

    /// The names of all cookies of all pages, sorted.
    fn jar(&self) -> Vec<String> {
        let all = self.browser.dev_tools("Storage.getCookies", &json!({}));
        let all = all["cookies"].as_array().expect("cookies");
        let mut names: Vec<String> = all
            .iter()
            .map(|cookie| cookie["name"].as_str().expect("a name").to_owned())
            .collect();
        names.sort();
        names
    }

    /// Withdraws everything, and gives what was removed.
    async fn withdraw(&self) -> Value {
        self.browser.value("zhiqing.withdraw()").await;
        self.browser.value(REMOVED).await
    }
}

/// The keys of a list of what was removed, sorted.
fn keys(removed: &Value, list: &str) -> Vec<String> {
    let rows = removed[list].as_array().expect("a list");
    let mut keys: Vec<String> = rows
        .iter()
        .map(|row| row["key"].as_str().expect("a key").to_owned())
        .collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn cookies_of_every_domain_path_and_partition_go() {
    every_cookie_in_sight_goes("").await;
}

#[tokio::test]
async fn they_go_where_no_cookie_store_tells_where_they_lie() {
    every_cookie_in_sight_goes("delete window.cookieStore; delete window.CookieStore;").await;
}

async fn every_cookie_in_sight_goes(before: &str) {
    let wide = SECURE.strip_prefix("m.").expect("a host below another");
    let set = [
        "uid-host=1; Path=/".to_owned(),
        format!("uid-wide=1; Domain={wide}; Path=/"),
        format!("uid-domain=1; Domain={SECURE}; Path=/app/list/"),
        // Four of one name.
        "uid-many=1; Path=/".to_owned(),
        "uid-many=2; Path=/app".to_owned(),
        format!("uid-many=3; Domain={wide}; Path=/app/"),
        "uid-many=4; Path=/app/list; Secure; SameSite=None; Partitioned".to_owned(),
        "uid-secure=1; Path=/app/list; Secure".to_owned(),
        "uid-strict=1; Path=/; SameSite=Strict".to_owned(),
        "uid-part=1; Path=/app/; Secure; SameSite=None; Partitioned".to_owned(),
        "__Host-uid=1; Path=/; Secure".to_owned(),
        format!("__Secure-uid=1; Domain={wide}; Path=/app; Secure"),
        "cart=1; Path=/".to_owned(),
        // No script sees these from here.
        "uid-http=1; Path=/; HttpOnly".to_owned(),
        "uid-far=1; Path=/far/".to_owned(),
    ];
    let shop = Shop::accepted_after(before, SECURE, &set).await;
    assert_eq!(shop.jar().len(), set.len() + 1, "{:?}", shop.jar());
    let removed = shop.withdraw().await;
    let gone = [
        "__Host-uid",
        "__Secure-uid",
        "uid-domain",
        "uid-host",
        "uid-many",
        "uid-part",
        "uid-secure",
        "uid-strict",
        "uid-wide",
    ];
    assert_eq!(shop.jar(), ["cart", "uid-far", "uid-http", "zq"]);
    assert_eq!(keys(&removed, "removed"), gone);
    // What cannot be seen is not told, neither as gone nor as kept.
    assert_eq!(removed["kept"], json!([]));

    // Where it can be seen it goes.
    shop.browser.goto(&shop.url("/far/")).await;
    let removed = shop
        .browser
        .until(&format!("{READY}.then(() => {REMOVED})"))
        .await;
    assert_eq!(shop.jar(), ["cart", "uid-http", "zq"]);
    assert!(keys(&removed, "removed").contains(&"uid-far".to_owned()));
    assert_eq!(removed["returned"], json!([]));
    shop.browser.end().await;
}

#[tokio::test]
async fn cookies_of_a_page_that_is_not_secure_go() {
    let set = [
        "uid-host=1; Path=/",
        "uid-wide=1; Domain=shop.test; Path=/",
        "uid-many=1; Path=/app",
        "uid-many=2; Domain=m.shop.test; Path=/app/list/",
        "cart=1; Path=/",
    ];
    let shop = Shop::accepted(PLAIN, &set.map(str::to_owned)).await;
    assert_eq!(shop.browser.value("isSecureContext").await, false);
    assert_eq!(shop.jar().len(), set.len() + 1, "{:?}", shop.jar());
    let removed = shop.withdraw().await;
    assert_eq!(shop.jar(), ["cart", "zq"]);
    assert_eq!(
        keys(&removed, "removed"),
        ["uid-host", "uid-many", "uid-wide"]
    );
    assert_eq!(removed["kept"], json!([]));
    shop.browser.end().await;
}

/// Opens a database and, if that is asked for, keeps it open whatever it is asked.
const OPEN: &str = "((name, keep) => new Promise((done) => {
    indexedDB.open(name).onsuccess = (event) => {
        if (keep) window.held = event.target.result; else event.target.result.close();
        done(true);
    }; }))";

#[tokio::test]
async fn databases_that_another_tab_holds_open_go_once_it_is_closed() {
    let shop = Shop::accepted(SECURE, &[]).await;
    let browser = &shop.browser;
    for name in ["walk-free", "offline"] {
        browser.value(&format!("{OPEN}('{name}', false)")).await;
    }
    browser
        .value("Promise.all([caches.open('walk-cache'), caches.open('pages')]).then(() => 1)")
        .await;
    browser
        .until("(window.tab ??= open('/bare')).document.title === 'bare'")
        .await;
    browser
        .value(&format!("tab.eval(`{OPEN}('walk-held', true)`)"))
        .await;
    let removed = shop.withdraw().await;
    assert_eq!(keys(&removed, "removed"), ["walk-cache", "walk-free"]);
    assert_eq!(keys(&removed, "kept"), ["walk-held"]);
    let reason = removed["kept"][0]["reason"].as_str().expect("a reason");
    assert!(reason.contains("another tab"), "{reason}");
    browser.value("zhiqing.show('rights')").await;
    browser
        .until("$('.erased .keys').textContent.includes('walk-held')")
        .await;

    browser.value("tab.close()").await;
    browser
        .until(&format!("{REMOVED}.then((it) => it.kept.length === 0)"))
        .await;
    let removed = browser.value(REMOVED).await;
    let gone = ["walk-cache", "walk-free", "walk-held"];
    assert_eq!(keys(&removed, "removed"), gone);
    browser
        .until("!$('.erased > .card > .keys') && $('.erased summary').textContent.includes('3')")
        .await;
    let left = "Promise.all([indexedDB.databases(), caches.keys()])
        .then(([databases, caches]) => databases.map((it) => it.name).concat(caches))";
    assert_eq!(
        browser.value(left).await,
        json!(["offline", "zq.youtu", "pages"])
    );
    shop.browser.end().await;
}

#[tokio::test]
async fn what_a_server_sets_again_and_again_is_deleted_again_and_told() {
    let set = ["uid=1; Path=/".to_owned()];
    let shop = Shop::accepted(SECURE, &set).await;
    let browser = &shop.browser;
    let removed = shop.withdraw().await;
    assert_eq!(keys(&removed, "removed"), ["uid"]);
    assert_eq!(removed["returned"], json!([]));
    browser
        .value("window.again = setInterval(() => fetch('/set'), 200)")
        .await;
    browser
        .until(&format!(
            "{REMOVED}.then((it) => it.returned[0]?.times >= 2)"
        ))
        .await;
    browser.value("zhiqing.show('rights')").await;
    browser
        .until("$('.erased .keys').textContent.includes('uid')")
        .await;
    browser.value("clearInterval(again)").await;
    let told = format!("{REMOVED}.then((it) => it.returned[0].times)");
    let times = browser.value(&told).await;

    // And at the next load, before anybody does anything.
    browser.value("fetch('/set').then(() => 1)").await;
    browser.reload().await;
    browser.until(READY).await;
    let removed = browser.value(REMOVED).await;
    assert_eq!(keys(&removed, "returned"), ["uid"]);
    assert!(removed["returned"][0]["times"].as_u64() > times.as_u64());
    assert_eq!(shop.jar(), ["zq"]);
    let kept = format!("Object.keys(localStorage).every((key) => key.startsWith('zq.{SITE}'))");
    assert_eq!(browser.value(&kept).await, true);
    shop.browser.end().await;
}

#[tokio::test]
async fn each_tab_deletes_its_own_session_storage_and_calls_nothing_returned() {
    let shop = Shop::accepted(SECURE, &[]).await;
    let browser = &shop.browser;
    browser
        .until("(window.tab ??= open('/app/list/')).zhiqing?.state().decidedAt")
        .await;
    browser.until("tab.zhiqing.ready.then(() => true)").await;
    browser
        .value("[window, tab].forEach((it) => it.sessionStorage.setItem('walk', '1'))")
        .await;
    let removed = shop.withdraw().await;
    assert_eq!(keys(&removed, "removed"), ["walk"]);
    browser.until("tab.sessionStorage.length === 0").await;
    let removed = browser.value(REMOVED).await;
    assert_eq!(removed["returned"], json!([]));
    shop.browser.end().await;
}
