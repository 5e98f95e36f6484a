//! Storing and tracking technologies, by the names that policies use for them.

use std::collections::HashSet;

use super::passage::Passage;
use super::reach::{after, around, before, has, is_stop};
use super::scan::{Found, Topic, longest};
use super::words::{self, Sure};
use crate::document::TechnologyFact;

/// The technologies named so far.
#[derive(Debug, Default)]
pub(super) struct Technologies {
    found: Vec<TechnologyFact>,
    known: HashSet<&'static str>,
}

impl Technologies {
    /// Each technology at the line that first names it, in the order of those lines.
    pub(super) fn read(&mut self, passage: &Passage<'_>, found: &Found) {
        let hits = found.of(Topic::Technology);
        // A heading names what the section is about, its clauses what is used.
        if hits.is_empty() || passage.role.is_none() {
            return;
        }
        let text = passage.text;
        let web = passage.under.web
            || hits
                .iter()
                .any(|hit| words::technology(hit.word).sure == Sure::Own);
        for hit in longest(hits) {
            let name = words::technology(hit.word);
            let mail = name.name == "pixel" && !self.known.contains("email_pixel");
            if self.known.contains(name.name) && !mail {
                continue;
            }
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let word = &text[hit.start()..hit.end()];
            let cut = (latin(before(text, hit.start(), 1).chars().next())
                && latin(word.chars().next()))
                || (latin(after(text, hit.end(), 1).chars().next())
                    && latin(word.chars().next_back()));
            let counts = match name.sure {
                Sure::Skip => false,
                Sure::Data => {
                    web || has(
                        &text[around(text, hit.start(), (200, 200), is_stop)],
                        &["浏览器", "瀏覽器", "H5", "网页", "同类技术", "类似技术"],
                    )
                }
                _ => true,
            };
            if cut || !counts {
                continue;
            }
            self.add(name.name, passage, hit.start());
            // A pixel that tells whether a mail was opened is a technology of its own.
            if mail {
                let sentence = &text[around(text, hit.start(), (300, 300), is_stop)];
                if has(sentence, &["邮件", "郵件", "email", "e-mail", "Email"]) {
                    self.add("email_pixel", passage, hit.start());
                }
            }
        }
    }

    fn add(&mut self, name: &'static str, passage: &Passage<'_>, at: usize) {
        if self.known.insert(name) {
            self.found.push(TechnologyFact {
                name: name.to_owned(),
                line: passage.line_at(at),
            });
        }
    }

    pub(super) fn finish(self) -> Vec<TechnologyFact> {
        self.found
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::over;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let found = over(text).facts.technologies;
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
        case("像素标签。邮件里的像素标签。", &["pixel", "email_pixel"]);
        case("ETag 与设备指纹", &["etag", "fingerprint"]);
        case(
            "COOKIES，Web Beacon，clear GIF",
            &["cookie", "beacon", "pixel"],
        );
        case(
            "LocalStorage、SessionStorage、IndexedDB",
            &["local_storage", "session_storage", "indexed_db"],
        );
        case("網站信標、像素標籤", &["beacon", "pixel"]);
        case("Flash LSO（本地共享对象）", &["flash_cookie"]);
        case("H5本地存储", &["local_storage"]);
    }

    #[test]
    fn other_things_with_such_names_are_none() {
        case("录入指纹", &[]);
        case("人脸信息仅在设备本地存储", &[]);
        case("蓝牙信标 iBeacon", &[]);
        case("Google Pixel 手机", &[]);
    }
}
