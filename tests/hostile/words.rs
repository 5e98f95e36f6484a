//! A site with a text in every field, either plain or hostile.

use serde_json::{Map, Value, json};
use zhiqing_tests::Site;

/// Every way out of a text that we know of, for words that may have no braces.
pub(crate) const MARKUP: &str = "</p></dialog></script></style><!--<script>top.hit = 1; alert(1)</script>-->]]>\
    <img src=x onerror=top.hit=2><svg onload=top.hit=3><iframe srcdoc=x></iframe>\
    \" onfocus=top.hit=4 autofocus x=\"' onclick=top.hit=5 \
    <a href=javascript:top.hit=6>&lt;b&gt;&#60;i&#62;</a>`\\u003cb>\\";
/// The same where anything goes: characters that end lines of scripts or turn the direction of
/// text, and what templates of ours would fill in.
const ANYTHING: &str =
    "\u{2028}\u{2029}\u{202e}{site}{purposes}{{name}}{{base}}{{held}}__CONFIG__${top.hit=7}$&";

/// How words are: those of a site that means well, or others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    Plain,
    Hostile,
}

impl Words {
    /// A text of this site, known by its name.
    pub(crate) fn any(self, name: &str) -> String {
        match self {
            Self::Plain => format!("「{name}」"),
            Self::Hostile => format!("「{name}」{MARKUP}{ANYTHING}"),
        }
    }

    /// One on one line, without braces.
    pub(crate) fn line(self, name: &str) -> String {
        match self {
            Self::Plain => format!("「{name}」"),
            Self::Hostile => format!("「{name}」{MARKUP}"),
        }
    }

    /// A key of storage.
    pub(crate) fn key(self) -> String {
        match self {
            Self::Plain => "key".to_owned(),
            Self::Hostile => self.any("key"),
        }
    }

    /// A name of a cookie: one without white space, semicolons and equals signs.
    pub(crate) fn cookie(self) -> &'static str {
        match self {
            Self::Plain => "cookie",
            Self::Hostile => "<svg/onload>\"'`<!--{site}",
        }
    }

    pub(crate) fn policy(self) -> String {
        let line = |name| self.line(name);
        format!(
            "# {}隐私政策\n\n生效日期：2026年11月1日\n\n某某{}科技（苏州）有限公司（“我们”）依法处理您的信息。\n\n\
             ## 一、收集{}\n\n1、统计{}：我们会收集您的浏览记录{}，用于统计访问量。\n\n\
             2、人脸：我们会收集您的人脸图像{}，用于核验。\n\n\
             | 名称{} | 目的 | 信息 | 方式 |\n| --- | --- | --- | --- |\n| 甲{} | 统计 | 浏览记录 | 接口 |\n| 乙 | 统计 | 浏览记录 | 接口 |\n\n\
             ## 二、联系我们\n\n联系地址：苏州市某路1号{}\n\n电子邮箱：a@b.example{}\n\n联系电话：0512-12345678{}\n\n邮政编码：215000\n",
            line("title"),
            line("operator"),
            line("heading"),
            line("head"),
            line("clause"),
            line("sensitive"),
            line("column"),
            line("cell"),
            line("address"),
            line("behind the email"),
            line("behind the phone"),
        )
    }

    /// The settings, and the texts in them with the names of their fields.
    fn settings(
        self,
        policy: &str,
        clause: &str,
        report: &str,
        texts: &Map<String, Value>,
    ) -> String {
        let quoted = |name: &str| json!(self.any(name)).to_string();
        let mut settings = format!(
            "[site]\nid = \"demo\"\nname = {}\norigins = [\"http://127.0.0.1\"]\n[policy]\nfile = \"{policy}\"\n\
             version = \"1\"\n[report]\nurl = \"{report}\"\n",
            quoted("site name")
        );
        for (id, tier, basis) in PURPOSES {
            settings += &format!(
                "[[purpose]]\nid = \"{id}\"\ntier = \"{tier}\"\nbasis = \"{basis}\"\n\
                 recipients = [\"acme\"]\nclauses = [\"{clause}\"]\n"
            );
            settings += &format!("data = [{}, \"b\"]\n", quoted(&format!("{id} data")));
            for field in ["name", "description", "refusal", "retention"] {
                settings += &format!("{field} = {}\n", quoted(&format!("{id} {field}")));
            }
        }
        settings += "[[recipient]]\nid = \"acme\"\n";
        for field in ["name", "contact", "data", "purpose", "method", "country"] {
            settings += &format!("{field} = {}\n", quoted(&format!("recipient {field}")));
        }
        settings += &format!(
            "[[tracker]]\nid = \"tool\"\nvendor = {}\npurpose = \"general\"\nuses = [\n\
             {{ technology = \"local_storage\", match = {} }},\n\
             {{ technology = \"session_storage\", match = \"tool\" }},\n\
             {{ technology = \"indexed_db\", match = \"tool\" }},\n\
             {{ technology = \"flash_cookie\", match = \"tool\" }},\n\
             {{ technology = \"email_pixel\", match = \"tool\" }},\n\
             {{ technology = \"fingerprint\", match = \"tool\" }},\n\
             {{ technology = \"cookie\", match = {} }}]\n\
             [[permission]]\nid = \"camera\"\npurpose = \"separate\"\nrefusal = {}\n\
             [minors]\nage = 14\nrule = {}\n[rights]\ndeadline = {}\n[texts]\n",
            quoted("tracker vendor"),
            json!(format!("tool{}", self.key())),
            json!(self.cookie()),
            quoted("permission refusal"),
            quoted("minors rule"),
            quoted("rights deadline"),
        );
        for key in texts.keys() {
            settings += &format!("{key} = {}\n", json!(self.text(key, texts)));
        }
        settings
    }

    /// The words of the interface under a key: those that come with us, and ours behind them.
    pub(crate) fn text(self, key: &str, texts: &Map<String, Value>) -> String {
        let text = texts[key].as_str().expect("a text");
        format!("{text}{}", self.line(key))
    }
}

pub(crate) const PURPOSES: [(&str, &str, &str); 4] = [
    ("service", "basic", "none"),
    ("general", "extended", "general"),
    ("separate", "extended", "separate"),
    ("guardian", "extended", "guardian"),
];

/// A site of such words, and the words of the interface that it overrides.
pub(crate) fn site(words: Words, report: &str) -> (Site, Map<String, Value>) {
    let policy = words.policy();
    let parsed = Site::written(&[("policy.md", &policy)]);
    let file = parsed.folder().join("policy.md");
    let parsed = zhiqing_tests::zhiqing(["parse".as_ref(), file.as_os_str()]).json();
    let clause = parsed["clauses"][3]["id"].as_str().expect("a clause");
    let texts = Site::sample().built().1;
    let (_, notice) = texts
        .iter()
        .find(|(name, _)| name == "notice.json")
        .expect("a notice");
    let notice: Value = serde_json::from_slice(notice).expect("JSON");
    let texts = notice["texts"].as_object().expect("texts").clone();
    let settings = words.settings("policy.md", clause, report, &texts);
    let site = Site::written(&[("site.toml", &settings), ("policy.md", &policy)]);
    (site, texts)
}
