//! Storing and tracking technologies, by the names that policies use for them.

use crate::annotate::lexicon::{self, Matcher};
use crate::document::TechnologyFact;
use crate::structure::draft::Draft;
use crate::text::sentences;
use std::sync::LazyLock;

const NAMES: [(&str, &[&str]); 9] = [
    ("cookie", &["cookie", "cookies", "小型文本文件"]),
    (
        "local_storage",
        &[
            "localstorage",
            "local storage",
            "本地存储",
            "本地储存",
            "web storage",
        ],
    ),
    (
        "session_storage",
        &["sessionstorage", "session storage", "会话存储"],
    ),
    ("indexed_db", &["indexeddb", "indexed db"]),
    (
        "flash_cookie",
        &["flash cookie", "flash cookies", "flash lso", "本地共享对象"],
    ),
    (
        "beacon",
        &["beacon", "beacons", "网站信标", "网络信标", "信标"],
    ),
    (
        "pixel",
        &[
            "像素标签",
            "单像素",
            "像素gif",
            "clear gif",
            "pixel",
            "跟踪像素",
        ],
    ),
    ("etag", &["etag", "etags", "实体标签"]),
    (
        "fingerprint",
        &["设备指纹", "浏览器指纹", "画布指纹", "canvas指纹"],
    ),
];

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| {
    let number = |index| u32::try_from(index).unwrap_or(u32::MAX);
    Matcher::new(
        NAMES
            .iter()
            .enumerate()
            .flat_map(|(index, (_, words))| words.iter().map(move |word| (*word, number(index)))),
    )
});

/// Each technology at the line that first names it, in the order of those lines.
pub(super) fn find(drafts: &[&Draft]) -> Vec<TechnologyFact> {
    let mut found: Vec<TechnologyFact> = Vec::new();
    for draft in drafts {
        for (start, sentence) in sentences(&draft.text) {
            let chars = lexicon::fold(sentence);
            // A pixel that tells whether a mail was opened is a technology of its own.
            let mail = sentence.contains("邮件");
            let mut at = 0;
            while at < chars.len() {
                let Some((length, number)) = MATCHER.at(&chars, at).next() else {
                    at += 1;
                    continue;
                };
                let name = NAMES[number as usize].0;
                let line = draft.line_at(start + at);
                let by_mail = mail && name == "pixel";
                for name in std::iter::once(name).chain(by_mail.then_some("email_pixel")) {
                    if !found.iter().any(|fact| fact.name == name) {
                        found.push(TechnologyFact {
                            name: name.to_owned(),
                            line,
                        });
                    }
                }
                at += length;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let found = over(text, find);
        assert_eq!(
            found
                .iter()
                .map(|fact| fact.name.as_str())
                .collect::<Vec<_>>(),
            expected,
            "{text}"
        );
    }

    #[test]
    fn technologies_are_named_in_the_words_of_the_contract() {
        case(
            "我们使用 Cookie、Flash Cookie 和本地存储。",
            &["cookie", "flash_cookie", "local_storage"],
        );
        case("网站信标与像素标签。", &["beacon", "pixel"]);
        case("邮件里的像素标签。", &["pixel", "email_pixel"]);
        case("ETag 与设备指纹", &["etag", "fingerprint"]);
        case("录入指纹", &[]);
    }
}
