//! The page that tells what changed.

use super::hostile_text::hostile;
use super::markup::{content, skeleton, tags};
use crate::{changes, style};
use proptest::prelude::*;
use zhiqing_policy::diff::{self, Diff};
use zhiqing_policy::parse;

const OLD: &str = "隐私政策
一、收集
登录时我们会收集您的手机号码。
您可以不提供。
二、共享
我们不共享。
三、保存
保存期限为三年。
四、联系我们
电话：400-123-4567。
";

const NEW: &str = "隐私政策
一、收集
登录时我们会收集您的手机号码、人脸信息。
您可以不提供。
二、共享
我们不共享。
新增的一段说明。
三、保存
保存期限为一年。
";

fn diff(old: &str, new: &str) -> Diff {
    diff::compare(&parse(old), &parse(new))
}

/// The page without the doctype and the style sheet.
fn page(diff: &Diff, names: [&str; 2], ask_again: Option<&[String]>) -> String {
    let page = changes(diff, names, ask_again).into_string();
    let page = page
        .strip_prefix("<!doctype html>")
        .expect("a whole page")
        .to_owned();
    assert!(page.contains(style::CHANGES));
    page.replacen(style::CHANGES, "", 1)
}

#[test]
fn the_page_of_changes() {
    let page = page(
        &diff(OLD, NEW),
        ["old.txt", "new.txt"],
        Some(&["登录 (login)".to_owned()]),
    );
    insta::assert_snapshot!(page.replace("><", ">\n<"));
}

#[test]
fn no_change_is_said() {
    let page = page(&diff(OLD, OLD), ["a", "b"], Some(&[]));
    assert!(page.contains(changes::NO_CHANGES) && page.contains(changes::ASK_NOBODY));
    assert!(!page.contains("<nav"));
}

#[test]
fn every_link_leads_to_its_change_and_nothing_leads_out() {
    let page = page(&diff(OLD, NEW), ["a", "b"], None);
    let tags = tags(&page);
    let links: Vec<&str> = tags.iter().filter_map(|tag| tag.get("href")).collect();
    let ids: Vec<String> = tags
        .iter()
        .filter_map(|tag| tag.get("id"))
        .map(|id| format!("#{id}"))
        .collect();
    assert_eq!(links.len(), diff(OLD, NEW).changes.len());
    for link in links {
        assert_eq!(ids.iter().filter(|id| *id == link).count(), 1, "{link}");
    }
    for name in ["script", "link", "img", "iframe"] {
        assert!(tags.iter().all(|tag| tag.name != name), "{name}");
    }
    assert!(!style::CHANGES.contains("url(") && !style::CHANGES.contains("@import"));
    assert!(!style::CHANGES.contains('<'));
}

#[test]
fn no_passage_is_lost() {
    let content = content(&page(&diff(OLD, NEW), ["a", "b"], None));
    for line in OLD.lines().chain(NEW.lines()) {
        assert!(content.contains(line), "{line}");
    }
}

/// What the list at the top says of the only change.
#[track_caller]
fn gist(to: &str, expected: &str) {
    let page = page(&diff(OLD, &OLD.replace("手机号码。", to)), ["a", "b"], None);
    let (_, rest) = page.split_once("class=\"gist\">").expect("a list");
    let (gist, _) = rest.split_once('<').expect("its end");
    assert_eq!(gist, expected);
}

#[test]
fn the_list_breaks_no_phrase() {
    gist("手机号码，以及昵称和头像。", "新增“，以及昵称和头像”");
    gist(
        "电话号码。",
        "“登录时我们会收集您的手机号码”改为“登录时我们会收集您的电话号码”",
    );
    let (long, kept) = ("很长的一句话。".repeat(8), "很长的一句话。".repeat(5));
    gist(
        &format!("手机号码。{long}"),
        &format!("新增“{kept}很长的一句话…”"),
    );
}

proptest! {
    #[test]
    fn whatever_the_texts_say_they_say_as_text(words in hostile(), name in hostile()) {
        let say = |words: &str| diff(OLD, &OLD.replace("手机号码", words));
        let shown = page(&say(&words), [&name, &name], Some(std::slice::from_ref(&name)));
        // Where the words make other passages of it, the page is another one; what they are never is.
        let plain = skeleton(&shown);
        prop_assert!(plain.iter().all(|tag| !tag.starts_with("script") && !tag.contains("onclick") && !tag.starts_with("img")));
        content(&shown);
    }
}
