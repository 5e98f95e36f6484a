//! The banner beside the page and over it, for whoever uses keys: never in front of what has the focus
//! (WCAG 2.2, 2.4.11), nor of what is typed; and the list of what is stored.

use fantoccini::key::Key;
use serde_json::{Value, json};
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Look, Page, Pages, STATES, Server, Site, Visit};

/// Presses Tab until an expression is true.
async fn tab_until(visit: &Visit, there: &str) {
    for _ in 0..400 {
        visit.press(&[Key::Tab]).await;
        if visit.value(there).await == true {
            return;
        }
    }
    panic!("no key leads to where {there}");
}

async fn reached(name: &str) -> Visit {
    let state = STATES.iter().find(|state| state.name == name);
    state.expect("a state").reach().await
}

/// The button of one entry has the focus.
fn on_key(key: &str) -> String {
    format!("root.activeElement?.dataset.zqKey === '{key}'")
}

const SHOWN: &str = "$$('#zq-stored .key').map((key) => key.textContent)";

#[tokio::test]
async fn what_is_stored_is_deleted_by_keys_and_the_focus_is_on_what_took_its_place() {
    let visit = reached("preferences-stored").await;
    let list = visit.value(SHOWN).await;
    let list = list.as_array().expect("keys");
    let theme = list.iter().position(|key| key == "theme").expect("theme");
    // The one after it cannot be deleted: it is ours.
    assert_eq!(list[theme + 1], "zq");
    let next = list[theme + 2].as_str().expect("a key");

    tab_until(&visit, &on_key("theme")).await;
    visit.press(&[Key::Enter]).await;
    visit
        .until("$('.told').textContent === '已删除 1 项。'")
        .await;
    assert_eq!(visit.value(&on_key(next)).await, true, "{next}");

    let on_all = "root.activeElement?.dataset.zq === 'delete-all'";
    tab_until(&visit, on_all).await;
    visit.press(&[Key::Enter]).await;
    visit
        .until("root.activeElement?.textContent.includes('再点一次')")
        .await;
    assert_eq!(visit.value("localStorage.getItem('cart')").await, "1");
    visit.press(&[Key::Space]).await;
    visit.until("$('[data-zq=delete-all]') === null").await;
    assert_eq!(
        visit.value(SHOWN).await,
        json!(["zq", "zq.youtu", "zq.youtu.receipt", "zq.youtu"])
    );
    let title = "root.activeElement?.id";
    assert_eq!(visit.value(title).await, "zq-title", "nothing is left");
    let told = "$('.told').getAttribute('role')";
    assert_eq!(visit.value(told).await, "status");
    visit.end().await;
}

#[tokio::test]
async fn a_banner_over_the_page_keeps_the_focus_until_escape_closes_it_without_a_decision() {
    let visit = reached("banner-over").await;
    let in_banner = "$('dialog.banner').contains(root.activeElement)";
    let page_has_it = "document.activeElement?.closest('main') != null";
    let first = visit.value("root.activeElement.dataset.zq").await;
    assert_eq!(first, "policy", "no answer has the focus by itself");
    let mut stops = Vec::new();
    for _ in 0..12 {
        visit.press(&[Key::Tab]).await;
        assert_eq!(visit.value(page_has_it).await, false, "{stops:?}");
        if visit.value(in_banner).await == true {
            stops.push(visit.value("root.activeElement.dataset.zq").await);
        }
    }
    let wanted = ["reject-all", "preferences", "accept-all", "policy"];
    assert_eq!(stops[..4], wanted);
    assert!(stops.len() > 4, "round again: {stops:?}");

    visit.press(&[Key::Escape]).await;
    visit.until("$('.banner') === null").await;
    let unset = visit.value("zhiqing.state()").await;
    assert_eq!(unset["decidedAt"], Value::Null);
    assert_eq!(unset["purposes"], visit.expected(&[], "unset"));
    assert_eq!(visit.value("localStorage.length").await, 0);
    assert_eq!(visit.cookies().await, [""; 0]);
    visit.press(&[Key::Tab]).await;
    assert_eq!(visit.value(page_has_it).await, true, "the page is free");
    visit.again().await;
    assert_eq!(
        visit.value("$('dialog.banner:modal') !== null").await,
        true,
        "no answer was given"
    );
    visit.end().await;
}

#[tokio::test]
async fn the_handle_leads_back_by_keys() {
    let visit = reached("handle").await;
    tab_until(&visit, "root.activeElement?.matches('.handle') ?? false").await;
    visit.press(&[Key::Enter]).await;
    visit.until("$('dialog.preferences')").await;
    visit.press(&[Key::Escape]).await;
    visit.until("$('dialog') === null").await;
    assert_eq!(
        visit.value("root.activeElement?.className").await,
        "handle",
        "the focus returns"
    );
    visit.end().await;
}

/// A visit of a page of many links and a field, with the banner of a site.
async fn among_links(edit: Option<(&str, &str)>) -> (zhiqing_tests::Browser, Pages, Server, Site) {
    let site = Site::sample();
    if let Some((old, new)) = edit {
        site.edit(old, new);
    }
    let server = Server::start(&site.settings());
    let script = server.url(&format!("/sites/{SITE}/zhiqing.js"));
    let links = |from: u32, to: u32| {
        let links = (from..to).map(|n| format!("<p><a href='#{n}' id='l{n}'>{n}</a></p>"));
        links.collect::<String>()
    };
    let (before, after) = (links(0, 40), links(40, 60));
    let page = Page::html(&format!(
        "<!doctype html><meta name=viewport content='width=device-width'><title>links</title>
        <script src='{script}'></script>{before}<p><input id=field aria-label=name></p>{after}"
    ));
    let pages = Pages::serve([("/".to_owned(), page)]);
    let browser = zhiqing_tests::Browser::start().await;
    browser.calm();
    browser.goto(&pages.url("/")).await;
    browser.until("zhiqing.ready.then(() => true)").await;
    browser.look(Look::LIGHT).await;
    (browser, pages, server, site)
}

/// The link that has the focus and whether anything of it is in sight and not behind what lies over the
/// page; nothing where the page has not the focus.
const UNCOVERED: &str = "(() => {
    const it = document.activeElement;
    if (!it?.matches('p > *')) return null;
    const { left, right, top, bottom } = it.getBoundingClientRect();
    const over = $('.banner,.handle').getBoundingClientRect();
    const seen = bottom > 0 && top < innerHeight;
    const covered = bottom > over.top && top < over.bottom && right > over.left && left < over.right;
    return [it.id, seen && !covered];
})()";

async fn walk(edit: Option<(&str, &str)>, act: Option<&str>) {
    let (browser, _pages, _server, _site) = among_links(edit).await;
    if let Some(hook) = act {
        browser.click_hook(hook).await;
        browser.until("$('.handle')").await;
    }
    let mut met = 0;
    for keys in [&[Key::Tab][..], &[Key::Shift, Key::Tab]] {
        for _ in 0..64 {
            browser.press(keys).await;
            // A frame later, where a page scrolls to what is not in sight.
            browser
                .until("new Promise((done) => requestAnimationFrame(() => done(true)))")
                .await;
            let sight = browser.value(UNCOVERED).await;
            if let Some(link) = sight.get(0) {
                met += 1;
                assert_eq!(sight[1], true, "{link} is covered");
            }
        }
    }
    assert!(met > 110, "{met} of 122 stops");
    browser.end().await;
}

#[tokio::test]
async fn what_has_the_focus_is_never_behind_a_banner_at_the_bottom() {
    walk(None, None).await;
}

#[tokio::test]
async fn what_has_the_focus_is_never_behind_a_banner_at_the_top() {
    let top = (
        "# [banner]\n# place = \"bottom\"\n",
        "[banner]\nplace = \"top\"\n",
    );
    walk(Some(top), None).await;
}

#[tokio::test]
async fn what_has_the_focus_is_never_behind_the_handle() {
    walk(None, Some("reject-all")).await;
}

#[tokio::test]
async fn the_banner_makes_way_while_something_is_typed() {
    let (browser, _pages, _server, _site) = among_links(None).await;
    let seen = "$('.banner').checkVisibility()";
    browser
        .value("(document.querySelector('#field').focus(), 1)")
        .await;
    assert_eq!(browser.value(seen).await, true, "no keyboard is open");
    browser.look(Look::LIGHT.high(422)).await;
    browser.until(&format!("!{seen}")).await;
    // It is back as soon as nothing is typed, although the window stays as low.
    let focus = |act: &str| format!("(document.querySelector('#field').{act}(), 1)");
    browser.value(&focus("blur")).await;
    assert_eq!(browser.value(seen).await, true);
    browser.value(&focus("focus")).await;
    assert_eq!(browser.value(seen).await, false);
    browser.look(Look::LIGHT).await;
    browser.until(seen).await;
    // A low window in which nothing is typed is no keyboard.
    browser
        .value("(document.querySelector('#field').blur(), 1)")
        .await;
    browser.look(Look::LIGHT.high(422)).await;
    assert_eq!(browser.value(seen).await, true);
    browser.end().await;
}
