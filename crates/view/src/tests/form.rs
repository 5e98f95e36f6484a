//! The path without script: the snippet and the pages of the form.

use super::markup::{Tag, content, tags};
use super::sample::{decided, document, notice, notices, save_all};
use crate::{
    Draft, Form, FormFault, Html, Told, Way, form_fault, form_page, form_policy, form_step,
    noscript, style,
};
use proptest::prelude::*;
use zhiqing_consent::rules::Conditions;
use zhiqing_consent::{Basis, Decision, Notice};

/// What is written, without the doctype and the style sheets, a line for each tag.
fn lines(html: &Html) -> String {
    let text = html.as_str().replace(style::FORM_PAGE, "…");
    let text = text.replace(style::FORM, "…");
    text.trim_start_matches("<!doctype html>")
        .replace("><", ">\n<")
}

const WAY: Way<'static> = Way {
    origin: None,
    back: Some("/list?a=1&b=2"),
};

fn form<'a>(draft: &'a Draft, decision: Option<&'a Decision>) -> Form<'a> {
    Form {
        draft,
        decision,
        way: WAY,
        rendered_ms: 1_763_690_000_000,
        gpc: false,
        told: None,
    }
}

#[test]
fn the_snippet() {
    insta::assert_snapshot!(lines(&noscript(&notice(), "/v1/form", None)));
}

#[test]
fn the_snippet_that_knows_its_page() {
    let html = noscript(&notice(), "https://a.example/v1/form", WAY.back);
    insta::assert_snapshot!(lines(&html));
}

#[test]
fn the_choices_at_first() {
    insta::assert_snapshot!(lines(&form_page(&notice(), &form(&Draft::default(), None))));
}

#[test]
fn the_choices_once_something_is_granted() {
    let notice = notice();
    let decision = decided(&notice, &save_all(&notice));
    let draft = Draft::standing(&notice, Some(&decision), Conditions::default());
    let form = Form {
        told: Some(Told::Saved),
        gpc: true,
        way: Way {
            origin: Some("https://shop.example"),
            ..WAY
        },
        ..form(&draft, Some(&decision))
    };
    insta::assert_snapshot!(lines(&form_page(&notice, &form)));
}

#[test]
fn the_page_of_a_separate_consent() {
    let notice = notice();
    let purpose = notice.purpose("identity").expect("a purpose");
    let draft = Draft::default();
    insta::assert_snapshot!(lines(&form_step(&notice, purpose, &form(&draft, None))));
}

#[test]
fn the_policy_on_a_page_of_its_own() {
    let html = form_policy(&notice(), Some(&document()), WAY);
    insta::assert_snapshot!(lines(&html));
}

#[test]
fn a_fault_names_the_field() {
    insta::assert_snapshot!(lines(&form_fault(
        &notice(),
        FormFault::Malformed("purpose")
    )));
}

/// The controls of one name.
fn named(html: &str, name: &str) -> Vec<Tag> {
    let html = html.trim_start_matches("<!doctype html>");
    let tags = tags(html).into_iter();
    tags.filter(|tag| tag.get("name") == Some(name)).collect()
}

fn values(controls: &[Tag]) -> Vec<&str> {
    controls.iter().filter_map(|tag| tag.get("value")).collect()
}

fn page(notice: &Notice, draft: &Draft) -> String {
    form_page(notice, &form(draft, None)).into_string()
}

proptest! {
    #[test]
    fn nothing_is_preselected(notice in notices()) {
        let html = page(&notice, &Draft::default());
        for switch in named(&html, "purpose") {
            let id = switch.get("value").expect("a value");
            let purpose = notice.purpose(id).expect("a purpose");
            prop_assert_eq!(switch.has("checked"), purpose.basis == Basis::None);
            let fixed = matches!(purpose.basis, Basis::None | Basis::Guardian);
            prop_assert_eq!(switch.has("disabled"), fixed);
        }
        let refusals = named(&html, "refuse");
        prop_assert_eq!(refusals.len(), notice.technologies.len());
        prop_assert!(refusals.iter().all(|box_| !box_.has("checked")));
    }

    #[test]
    fn a_separate_consent_is_no_switch_but_a_way_to_its_page(notice in notices()) {
        let html = page(&notice, &Draft::default());
        let switches = named(&html, "purpose");
        let switches = values(&switches);
        for purpose in &notice.purposes {
            let own = matches!(purpose.basis, Basis::Separate | Basis::Written);
            prop_assert_eq!(switches.contains(&purpose.id.as_str()), !own);
            let address = format!("form?site=demo&amp;purpose={}&amp;", purpose.id);
            prop_assert_eq!(html.contains(&address), own, "{}", purpose.id);
        }
    }

    #[test]
    fn refusing_looks_like_accepting(notice in notices()) {
        let equal = |html: &str, name, wanted: &[&str]| {
            let buttons = named(html, name);
            let buttons: Vec<_> = buttons.iter().filter(|tag| tag.name == "button").collect();
            for value in wanted {
                let found = buttons.iter().find(|tag| tag.get("value") == Some(value));
                let class = found.and_then(|tag| tag.get("class"));
                assert_eq!(class, Some("choice"), "{value} in {html}");
            }
        };
        let both = ["reject-all", "accept-all"];
        equal(noscript(&notice, "/v1/form", None).as_str(), "act", &both);
        let draft = Draft::default();
        equal(&page(&notice, &draft), "act", &both);
        for purpose in notice.asked() {
            let html = form_step(&notice, purpose, &form(&draft, None)).into_string();
            match purpose.basis {
                // Nobody else's to give.
                Basis::Guardian => assert!(named(&html, "answer").is_empty()),
                _ => equal(&html, "answer", &["denied", "granted"]),
            }
        }
    }
}

#[test]
fn a_draft_and_what_stands_are_shown() {
    let notice = notice();
    let decision = decided(&notice, &save_all(&notice));
    let draft = Draft {
        granted: ["ads".to_owned(), "identity".to_owned()].into(),
        ..Draft::default()
    };
    let html = form_page(&notice, &form(&draft, Some(&decision))).into_string();
    let switches = named(&html, "purpose");
    let on = switches.iter().filter(|tag| tag.has("checked"));
    let on: Vec<_> = on.filter_map(|tag| tag.get("value")).collect();
    assert_eq!(on, ["service", "ads"]);
    assert!(values(&named(&html, "act")).contains(&"withdraw"));
    let nothing = page(&notice, &draft);
    assert!(!values(&named(&nothing, "act")).contains(&"withdraw"));
}

/// A page's own rules, filter lists and a strict policy meet nothing but this class.
#[test]
fn the_snippet_keeps_to_itself() {
    let html = noscript(&notice(), "/v1/form", None).into_string();
    assert!(tags(&html).iter().all(|tag| !tag.has("style")));
    assert!(!content(&html).is_empty());
    for line in style::FORM
        .lines()
        .filter(|line| line.ends_with('{') || line.contains(" { "))
    {
        let selectors = line.trim().split('{').next().unwrap_or_default();
        let is_ours = |s: &str| {
            let class = s
                .trim()
                .trim_start_matches("section")
                .trim_start_matches("body");
            class.starts_with(".zhiqing-form")
        };
        assert!(
            selectors.starts_with('@') || selectors.split(',').all(is_ours),
            "{line}"
        );
    }
    for word in ["cookie", "consent", "gdpr", "privacy", "banner"] {
        let hidden = tags(&html);
        let named = hidden
            .iter()
            .filter_map(|tag| tag.get("class").or(tag.get("id")));
        for name in named {
            assert!(!name.contains(word), "{name}");
        }
    }
}
