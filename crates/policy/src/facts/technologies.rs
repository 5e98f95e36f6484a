//! Storing and tracking technologies, by the names that policies use for them.

use std::collections::HashSet;

use super::passage::Passage;
use super::reach::{after, around, before, has, is_comma, is_stop, starts};
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
            if hit.start() <= passage.start && is_given_up(after(text, hit.end(), 240)) {
                // A list before may have named it for completeness.
                self.known.remove(name.name);
                self.found.retain(|fact| fact.name != name.name);
                continue;
            }
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
            let shown = !is_address(text, hit.start());
            if cut || !counts || !shown || is_denied(text, hit.start(), hit.end()) {
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

/// Whether `at` lies in the address of a page, which names what the page is called and nothing else.
fn is_address(text: &str, at: usize) -> bool {
    let left = before(text, at, 240);
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, ')' | '[' | '<' | '>' | '"' | '|');
    let head = left.trim_end_matches(plain).len();
    has(&left[head..], &["://", "]("])
}

/// What denies the use of what follows.
const DENIALS: [&str; 14] = [
    "不使用",
    "不会使用",
    "未使用",
    "没有使用",
    "不再使用",
    "不采用",
    "不会采用",
    "未采用",
    "不设置",
    "不会设置",
    "不写入",
    "不用",
    "沒有使用",
    "不會使用",
];

/// Whether the text says that the technology named here is not used at all.
fn is_denied(text: &str, start: usize, end: usize) -> bool {
    let left = before(text, start, 120);
    let left = left.rsplit(is_comma).next().unwrap_or(left);
    let denial = DENIALS
        .iter()
        .filter_map(|word| left.rfind(word).map(|at| (at, at + word.len())))
        .max();
    let Some((at, behind)) = denial else {
        return false;
    };
    // What the reader may refuse is used. 不用于 and 不用来 deny a purpose.
    let others = [
        "您", "你", "用户", "如", "若", "可以", "选择", "当", "只要", "即使",
    ];
    let between = &left[behind..];
    if has(&left[..at], &others) || starts(between, &["于", "来", "担心"]) {
        return false;
    }
    // 不使用Cookie收集…: denied is what it would be used for, and perhaps no more than that.
    let right = after(text, end, 120);
    let right = right.split(is_comma).next().unwrap_or(right);
    let purposes = [
        "收集", "跟踪", "追踪", "用于", "用作", "来", "以便", "存储", "记录", "获取", "识别",
        "进行", "实现", "之外", "以外", "中", "里", "的",
    ];
    let whole = starts(
        right,
        &[
            "等", "和", "或", "、", "及", "与", "类", "技术", "同类", "（", "(",
        ],
    );
    !has(between, &purposes) && (right.trim().is_empty() || whole && !has(right, &purposes))
}

/// Whether a clause that opens with a technology goes on to say that it is no longer used.
fn is_given_up(text: &str) -> bool {
    let words = [
        "已经不用",
        "已不用",
        "已不再使用",
        "已经不再使用",
        "已停用",
        "已经停用",
        "已停止使用",
        "已弃用",
    ];
    has(text, &words)
        && words.iter().filter_map(|word| text.find(word)).any(|at| {
            let part = &text[..at];
            let part = part.rsplit(is_comma).next().unwrap_or(part);
            !has(part, &["您", "你", "用户", "如", "若"])
        })
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
        case("邮件像素记下是否打开。", &["email_pixel"]);
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
    fn what_is_not_used_is_not_named() {
        case(
            "小程序不使用 Cookie，只用本地存储和浏览器缓存。",
            &["local_storage"],
        );
        case("本页面未使用Cookie、信标和像素标签等技术。", &[]);
        case("我们不会使用Flash Cookie；我们使用Cookie。", &["cookie"]);
        case("本地共享对象由播放插件写入。新版网页早已停用。", &[]);
        let cookie: &[_] = &["cookie"];
        case(
            "有Cookie和Flash Cookie两种。\nFlash Cookie已经不用。",
            cookie,
        );
        case("Cookie是一段文字。如您已不用本服务，可以清除。", cookie);
        case("我们不使用 Cookie 追踪您在别处的活动。", cookie);
        case("您可以选择不使用 Cookie。", cookie);
        case("我们不会将 Cookie 用于别的目的。", cookie);
        case("若不使用Cookie，需要反复登录。", cookie);
    }

    #[test]
    fn other_things_with_such_names_are_none() {
        case("录入指纹", &[]);
        case("人脸信息仅在设备本地存储", &[]);
        case("蓝牙信标 iBeacon", &[]);
        case("Google Pixel 手机", &[]);
        case("见[说明](https://www.example.com/cookies/a1)一页", &[]);
        case("网址：https://www.example.com/cookies", &[]);
        case("见[说明](https://www.example.com)Cookie", &["cookie"]);
        case("见[Cookie 说明](https://www.example.com)", &["cookie"]);
    }
}
