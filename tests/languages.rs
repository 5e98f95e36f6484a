//! The interface in each language, and in how many taps each answer is given.

use serde_json::{Map, Value, json};
use std::fs;
use zhiqing_tests::visit::SITE;
use zhiqing_tests::{Browser, Server, Site, Visit};

/// All characters that a person sees or hears in our shadow root now.
const SAID: &str = "[root.textContent, ...$$('*').flatMap((it) =>
    ['aria-label', 'data-label', 'title', 'alt'].map((name) => it.getAttribute(name) ?? ''))].join('\\n')";

/// A site whose own words are in no language: names are numbers, so that all letters are ours.
fn wordless(locale: &str) -> Site {
    let purpose = |id: &str, basis: &str, tier: &str| {
        format!(
            "[[purpose]]\nid = \"{id}\"\nname = \"1\"\ndescription = \"2\"\ntier = \"{tier}\"\nbasis = \"{basis}\"\n\
             data = [\"3\", \"4\"]\nrecipients = [\"r\"]\nrefusal = \"5\"\nretention = \"6\"\n"
        )
    };
    let settings = format!(
        "[site]\nid = \"{SITE}\"\nname = \"7\"\n{locale}\n[policy]\nfile = \"policy.txt\"\nversion = \"1\"\n\
         [rights]\ndeadline = \"15 working days\"\n[banner]\nhandle = \"always\"\n{}{}{}\
         [[recipient]]\nid = \"r\"\nname = \"8\"\ncontact = \"9\"\npurpose = \"2\"\nmethod = \"5\"\ncountry = \"6\"\n",
        purpose("service", "none", "basic"),
        purpose("general", "general", "extended"),
        purpose("separate", "separate", "extended"),
    );
    Site::written(&[
        ("site.toml", &settings),
        (
            "policy.txt",
            "隐私政策\n\n一、联系我们\n\n电子邮箱：a@b.example\n",
        ),
    ])
}

/// What the interface says in a walk through its views, the policy's own text apart.
async fn said(browser: &Browser) -> String {
    let mut said = String::new();
    browser.until("zhiqing.ready.then(() => true)").await;
    for (show, there) in [
        ("zhiqing.show('banner')", "$('.banner').checkVisibility()"),
        ("zhiqing.show('preferences')", "$('dialog.preferences')"),
        ("zhiqing.accept(['separate'])", "$('dialog.step')"),
        ("zhiqing.show('policy')", "$('[data-zq-document]')"),
        ("zhiqing.show('rights')", "$('dialog.rights')"),
        ("zhiqing.accept()", "zhiqing.receipt()"),
        ("zhiqing.show('rights')", "$('[data-zq=receipt]')"),
    ] {
        browser.value(&format!("void {show}")).await;
        browser.until(there).await;
        browser
            .value("$$('[data-zq-document], .contents').forEach((it) => it.remove())")
            .await;
        said += browser.value(SAID).await.as_str().expect("text");
        browser
            .value(
                "(() => { const close = $('dialog [data-zq=close]'); close && close.click(); })()",
            )
            .await;
        browser.until("$('dialog') === null").await;
    }
    said += browser
        .until("$('.handle')?.textContent")
        .await
        .as_str()
        .expect("text");
    said
}

/// The words that a build of this locale draws.
fn texts(locale: &str) -> Map<String, Value> {
    let (_, files) = wordless(locale).built();
    let notice = files
        .iter()
        .find(|(name, _)| name == "notice.json")
        .expect("a notice");
    let notice: Value = serde_json::from_slice(&notice.1).expect("JSON");
    notice["texts"].as_object().expect("texts").clone()
}

/// The runs of letters of a text between its holes.
fn words(text: &Value) -> Vec<String> {
    let text = text.as_str().expect("a text");
    let outside = text
        .split('{')
        .flat_map(|part| part.split_once('}').map_or(part, |(_, rest)| rest).lines());
    outside
        .map(str::to_owned)
        .filter(|part| !part.trim().is_empty())
        .collect()
}

async fn visited(site: &Site) -> (String, Browser) {
    let server = Server::start(&site.settings());
    let browser = Browser::start().await;
    browser.goto(&server.url("/")).await;
    let said = said(&browser).await;
    (said, browser)
}

#[tokio::test]
async fn every_word_is_of_the_language_of_the_site() {
    let simplified = texts("");
    for (locale, tag) in [
        ("locale = \"en-GB\"", "en-GB"),
        ("locale = \"zh-TW\"", "zh-TW"),
    ] {
        let own = texts(locale);
        let (said, browser) = visited(&wordless(locale)).await;
        assert_eq!(browser.value("root.host.lang").await, tag);
        // With the signs of full width: ，：（）
        let cjk = |c: char| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        if tag == "en-GB" {
            let strange: String = said.chars().filter(|&c| cjk(c)).collect();
            assert_eq!(strange, "", "{said}");
        } else {
            let all: String = own.values().filter_map(Value::as_str).collect();
            let only: Vec<char> = simplified
                .values()
                .filter_map(Value::as_str)
                .flat_map(str::chars)
                .filter(|&c| cjk(c) && !all.contains(c))
                .collect();
            assert!(
                only.len() > 100,
                "characters that are simplified alone: {only:?}"
            );
            let strange: String = said.chars().filter(|c| only.contains(c)).collect();
            assert_eq!(strange, "", "{said}");
        }
        for key in [
            "banner_title",
            "reject_all",
            "choose",
            "accept_all",
            "save",
            "stored",
            "technologies_lead",
            "step_lead",
            "step_agree",
            "step_refuse",
            "who",
            "policy_legend",
            "rights_lead",
            "within_working_days",
            "withdraw",
            "receipt",
            "handle",
            "close",
        ] {
            for words in words(&own[key]) {
                assert!(said.contains(&words), "{key}: {words:?} is not in {said}");
            }
        }
        browser.end().await;
    }
}

#[tokio::test]
async fn a_language_of_the_sites_own_and_single_words_of_its_own_are_shown() {
    let english = texts("locale = \"en\"");
    let mut own = String::new();
    for (key, text) in &english {
        // A sign that no other language of ours has.
        let text = text.as_str().expect("a text");
        own += &format!("{key} = {}\n", json!(format!("Ŝ {text}")));
    }
    let site = wordless("locale = \"eo\"\ntexts = \"eo.toml\"");
    fs::write(site.folder().join("eo.toml"), own).expect("the folder is ours");
    let settings = fs::read_to_string(site.settings()).expect("the settings");
    fs::write(
        site.settings(),
        settings + "[texts]\nreject_all = \"Ne, dankon\"\n",
    )
    .expect("the settings");
    let (said, browser) = visited(&site).await;
    assert_eq!(browser.value("root.host.lang").await, "eo");
    for text in [
        "Ŝ Your privacy, your choice",
        "Ŝ Accept all",
        "Ŝ Save my choices",
        "Ŝ My rights",
        "Ŝ I consent to this",
    ] {
        assert!(said.contains(text), "{text:?} is not in {said}");
    }
    assert!(
        said.contains("Ne, dankon") && !said.contains("Refuse all"),
        "{said}"
    );
    browser.end().await;
}

#[tokio::test]
async fn an_answer_takes_as_few_taps_as_promised() {
    let decided = "zhiqing.state().decidedAt";
    let ways: [(&str, &[&str], &str); 4] = [
        (
            "accept",
            &["[data-zq=accept-all]"],
            "zhiqing.state().purposes.ads === 'granted'",
        ),
        (
            "refuse",
            &["[data-zq=reject-all]"],
            "zhiqing.state().purposes.ads === 'denied'",
        ),
        (
            "a single choice",
            &[
                "[data-zq=preferences]",
                "[data-zq-purpose=analytics]",
                "[data-zq=save]",
            ],
            "zhiqing.state().purposes.analytics === 'granted' && zhiqing.state().purposes.ads === 'denied'",
        ),
        (
            "the policy",
            &["[data-zq=policy]"],
            "$('[data-zq-document]')?.checkVisibility()",
        ),
    ];
    for (name, taps, done) in ways {
        let visit = Visit::prepared(|browser| {
            browser.before_pages(
                "window.taps = 0; addEventListener('click', (event) => { if (event.isTrusted) taps += 1; }, true);",
            );
        })
        .await;
        for (at, tap) in taps.iter().enumerate() {
            assert_ne!(visit.value(done).await, true, "{name} before tap {at}");
            visit.click(tap).await;
        }
        visit.until(done).await;
        assert_eq!(visit.value("taps").await, json!(taps.len()), "{name}");
        if name != "the policy" {
            visit.until(decided).await;
        }
        visit.end().await;
    }
}
