//! Storing and tracking technologies, by the names that policies use for them.

mod unused;

use std::collections::HashSet;

use super::passage::Passage;
use super::reach::{after, around, before, has, is_comma, is_stop};
use super::scan::{Found, Topic, longest};
use super::words::{self, Sure};
use crate::document::TechnologyFact;
use unused::{is_denied, is_given_up, is_strangers};

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
        // A heading names what the section is about, a definition what a word means, other clauses what
        // is used.
        if hits.is_empty() || passage.role.is_none() || passage.under.terms {
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
            let shown = !is_address(text, hit.start()) && !is_kit(text, hit.end());
            if cut
                || !counts
                || !shown
                || is_denied(text, hit.start(), hit.end())
                || is_strangers(text, hit.start())
            {
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

/// Whether the word that ends at `end` is part of a kit's name: `设备指纹SDK`.
fn is_kit(text: &str, end: usize) -> bool {
    let right = after(text, end, 18);
    let between = right.find("SDK").or_else(|| right.find("sdk"));
    between.is_some_and(|at| {
        let apart = [
            '、', '和', '及', '与', '或', '/', '（', '(', '：', ':', '在', '的',
        ];
        !right[..at].contains(|c| is_comma(c) || apart.contains(&c))
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
        case("4. Cookie：由浏览器保存的文字。青禾不使用它。", &[]);
        case("Cookie是一段文字。您不使用它时，可以清除。", cookie);
        case("我们不使用 Cookie 追踪您在别处的活动。", cookie);
        case("您可以选择不使用 Cookie。", cookie);
        case("我们不会将 Cookie 用于别的目的。", cookie);
        case("若不使用Cookie，需要反复登录。", cookie);
    }

    #[test]
    fn a_kind_of_technology_is_no_purpose_of_it() {
        case("记账本不使用 Cookie 和别的追踪技术。", &[]);
        case("我们不收集Cookie。", &[]);
        case("阅读器不会读取和收集Cookie，请放心。", &[]);
        case("本工具不使用 Cookie 等技术。", &[]);
        case("本工具不使用 像素标签、追踪器 和 Cookie。", &[]);
        case("本工具不使用追踪Cookie。", &[]);
        case("本工具不使用Cookie或类似的跟踪技术，请放心。", &[]);
        let cookie: &[_] = &["cookie"];
        case("本工具不使用 Cookie 和脚本收集您的行踪。", cookie);
        case("本工具不使用 Cookie 记录您看过的书。", cookie);
        case("我们不收集Cookie中的个人信息。", cookie);
        case("我们不会读取Cookie以外的数据。", cookie);
        case("您可以设置不存储Cookie。", cookie);
    }

    #[test]
    fn what_is_not_there_is_not_used() {
        case("本页面没有 Cookie。", &[]);
        case("本页面无Cookie、信标等技术。", &[]);
        case("阅读器不涉及 Cookie 的使用。", &[]);
        case("离线版不存在Cookie和类似技术，也不联网。", &[]);
        let cookie: &[_] = &["cookie"];
        case("没有Cookie，购物车就无法记住书目。", cookie);
        case("如果没有Cookie，您需要重新登录。", cookie);
        case("无论有无Cookie，您都能浏览。", cookie);
        case("您无法使用依赖Cookie的功能。", cookie);
        case("我们没有把Cookie用于别的用途。", cookie);
        case("无痕模式下Cookie会被清除。", cookie);
        case("没有您的同意时不使用广告Cookie，其余 Cookie 照常。", cookie);
    }

    #[test]
    fn what_others_use_for_themselves_is_not_the_operators() {
        case(
            "您点开第三方页面后，第三方可能写入他们自己的Cookie或信标。",
            &[],
        );
        case("第三方网站的Cookie不适用本政策。", &[]);
        case("其他网站会在您的电脑上留下Cookie，和我们无关。", &[]);
        case("其他网站会留下Cookie，这与阅读器本身无关。", &[]);
        case(
            "该等第三方的 Cookie 和像素标签不受我们的控制，请另行查阅其政策。",
            &[],
        );
        let cookie: &[_] = &["cookie"];
        case("我们的合作伙伴通过Cookie为我们统计访问。", cookie);
        case("第三方会在我们的网站上设置他们自己的Cookie。", cookie);
        case("我们使用自己的Cookie和第三方Cookie。", cookie);
        case("第三方统计商通过Cookie收集访问次数。", cookie);
        case("第三方的Cookie不受本政策约束。我们使用Cookie。", cookie);
    }

    #[test]
    fn other_things_with_such_names_are_none() {
        case("录入指纹", &[]);
        case("某某设备指纹SDK", &[]);
        case("我们通过设备指纹和某某SDK识别风险。", &["fingerprint"]);
        case("人脸信息仅在设备本地存储", &[]);
        case("蓝牙信标 iBeacon", &[]);
        case("某某灯塔Beacon", &[]);
        case("# 名词解释\nCookie是一段文字。", &[]);
        case("Google Pixel 手机", &[]);
        case("见[说明](https://www.example.com/cookies/a1)一页", &[]);
        case("网址：https://www.example.com/cookies", &[]);
        case("见[说明](https://www.example.com)Cookie", &["cookie"]);
        case("见[Cookie 说明](https://www.example.com)", &["cookie"]);
    }
}
