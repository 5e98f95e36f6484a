//! What the interface says, in the words of the notice.
//!
//! The words travel with the notice (`texts`), because they are part of what a person is shown. The
//! files under `texts/` are what a build draws them from; the module in the page carries none.

use zhiqing_consent::{Notice, Technology, Words};

/// The languages that come with us: each a TOML file with all keys.
pub const LANGUAGES: [(&str, &str); 3] = [
    ("zh-Hans", include_str!("../texts/zh-Hans.toml")),
    ("zh-Hant", include_str!("../texts/zh-Hant.toml")),
    ("en", include_str!("../texts/en.toml")),
];

/// The file for a BCP 47 language tag; `None` for a language that does not come with us.
///
/// Chinese without a script is traditional where the region writes it so (RFC 5646, and the likely
/// subtags of Unicode CLDR).
///
/// ```
/// use zhiqing_view::text::language;
/// assert!(language("zh-HK").unwrap().contains("隱私"));
/// assert!(language("en-GB").unwrap().contains("privacy"));
/// assert_eq!(language("fr"), None);
/// ```
pub fn language(tag: &str) -> Option<&'static str> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let name = match parts.next()? {
        "zh" if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"))
            && !tag.contains("-hans") =>
        {
            "zh-Hant"
        }
        "zh" => "zh-Hans",
        "en" => "en",
        _ => return None,
    };
    let found = LANGUAGES.iter().find(|(known, _)| *known == name);
    found.map(|(_, file)| *file)
}

/// The words of one notice.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a>(&'a Words);

impl<'a> Texts<'a> {
    /// These words.
    pub const fn new(words: &'a Words) -> Self {
        Self(words)
    }

    /// The words of this notice.
    pub const fn of(notice: &'a Notice) -> Self {
        Self(&notice.texts)
    }

    /// The words under a key. A build checks that every key is there; where one is not, the key
    /// itself stands in its place, so that a control is never without a name.
    pub fn get<'k: 'a>(self, key: &'k str) -> &'a str {
        self.0.get(key).unwrap_or(key)
    }

    /// The words under a key with its holes filled in.
    pub(crate) fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.0.get(key).unwrap_or(key);
        let mut filled = String::new();
        while let Some((before, rest)) = text.split_once('{') {
            filled.push_str(before);
            let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
            // What is filled in is not read again: braces in a name are its own.
            let value = values.iter().find(|(hole, _)| *hole == name);
            filled.push_str(value.map_or("", |(_, value)| value));
            text = after;
        }
        filled.push_str(text);
        filled
    }

    /// The words under a key, before and after their hole.
    pub(crate) fn around(self, key: &'static str) -> (&'a str, &'a str) {
        let text = self.get(key);
        let (before, rest) = text.split_once('{').unwrap_or((text, ""));
        (before, rest.split_once('}').map_or("", |(_, after)| after))
    }

    /// Words as a list.
    pub(crate) fn list<'w>(self, words: impl IntoIterator<Item = &'w str>) -> String {
        let mut list = String::new();
        for word in words {
            if !list.is_empty() {
                list.push_str(self.get("comma"));
            }
            list.push_str(word);
        }
        list
    }

    /// Sentences one after the other, with a space between them where the language has one.
    pub fn sentences<'w>(self, words: impl IntoIterator<Item = &'w str>) -> String {
        let gap = if self.get("comma").ends_with(' ') {
            " "
        } else {
            ""
        };
        let words: Vec<&str> = words
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect();
        words.join(gap)
    }

    /// A technology's name.
    pub(crate) fn technology(self, technology: Technology) -> &'a str {
        let name = technology.name();
        self.0.get(name).unwrap_or(name)
    }

    /// What a technology does.
    pub(crate) fn does(self, technology: Technology) -> &'a str {
        let key = [technology.name(), "_does"].concat();
        self.0.get(&key).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::sample::notice;
    use std::collections::BTreeMap;

    fn keys(file: &str) -> BTreeMap<String, Vec<String>> {
        let table: BTreeMap<String, String> = toml::from_str(file).expect("TOML");
        let holes = |text: &str| {
            let mut holes: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
                .collect();
            holes.sort();
            holes
        };
        table
            .iter()
            .map(|(key, text)| (key.clone(), holes(text)))
            .collect()
    }

    #[test]
    fn every_language_has_the_same_keys_and_holes() {
        let first = keys(LANGUAGES[0].1);
        for (name, file) in LANGUAGES {
            assert_eq!(keys(file), first, "{name}");
        }
    }

    #[test]
    fn every_key_is_used_and_no_other() {
        let sources = [
            include_str!("banner.rs"),
            include_str!("form.rs"),
            include_str!("form/fault.rs"),
            include_str!("form/frame.rs"),
            include_str!("form/page.rs"),
            include_str!("form/policy.rs"),
            include_str!("form/step.rs"),
            include_str!("held.rs"),
            include_str!("preferences.rs"),
            include_str!("stored.rs"),
            include_str!("step.rs"),
            include_str!("policy.rs"),
            include_str!("rights.rs"),
            include_str!("sheet.rs"),
            include_str!("text.rs"),
            include_str!("../../../src/views.rs"),
        ]
        .concat();
        let technologies: Vec<&str> = Technology::REFUSABLE.map(Technology::name).to_vec();
        for key in keys(LANGUAGES[0].1).keys() {
            let technology = key.strip_suffix("_does").unwrap_or(key);
            let is_used = [format!("\"{key}\""), format!("[{key}]")]
                .iter()
                .any(|form| sources.contains(form));
            assert!(is_used || technologies.contains(&technology), "{key}");
        }
    }

    #[test]
    fn tags_find_their_language() {
        #[track_caller]
        fn case(tag: &str, name: Option<&str>) {
            let file = LANGUAGES.iter().find(|(known, _)| Some(*known) == name);
            assert_eq!(language(tag), file.map(|(_, file)| *file), "{tag}");
        }
        case("zh-CN", Some("zh-Hans"));
        case("zh", Some("zh-Hans"));
        case("ZH-hans-HK", Some("zh-Hans"));
        case("zh-SG", Some("zh-Hans"));
        case("zh-TW", Some("zh-Hant"));
        case("zh-Hant", Some("zh-Hant"));
        case("zh-hant-tw", Some("zh-Hant"));
        case("zh-MO", Some("zh-Hant"));
        case("en", Some("en"));
        case("en-US", Some("en"));
        case("eng", None);
        case("fr", None);
        case("", None);
    }

    #[test]
    fn holes_are_filled_once() {
        let mut notice = notice();
        let mut case = |text: &str, filled: &str| {
            notice.texts.insert("x".into(), text.into());
            let values = [("a", "1{b}"), ("b", "2")];
            assert_eq!(Texts::of(&notice).fill("x", &values), filled);
        };
        case("", "");
        case("甲{a}乙{b}", "甲1{b}乙2");
        case("{none}", "");
        case("{a", "1{b}");
        case("a}", "a}");
    }
}
