//! Patterns over keys and addresses.

use serde::{Deserialize, Serialize};

/// A pattern in which `*` stands for any run of characters, the empty one included, and every
/// other character for itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Glob(String);

impl Glob {
    /// A pattern from its text.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self(pattern.into())
    }

    /// The pattern's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole of `text` fits.
    ///
    /// At most `pattern × text` steps: only the last `*` is ever tried again, so no pattern can
    /// make it slow.
    ///
    /// ```
    /// use zhiqing_consent::Glob;
    /// assert!(Glob::new("Hm_lvt_*").matches("Hm_lvt_0123"));
    /// assert!(!Glob::new("Hm_lvt_*").matches("xHm_lvt_0123"));
    /// ```
    pub fn matches(&self, text: &str) -> bool {
        let (pattern, text) = (self.0.as_bytes(), text.as_bytes());
        let (mut p, mut t) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        while t < text.len() {
            match pattern.get(p) {
                Some(b'*') => {
                    star = Some((p, t));
                    p += 1;
                }
                Some(&byte) if byte == text[t] => {
                    p += 1;
                    t += 1;
                }
                _ => match star {
                    Some((star_p, star_t)) => {
                        star = Some((star_p, star_t + 1));
                        p = star_p + 1;
                        t = star_t + 1;
                    }
                    None => return false,
                },
            }
        }
        pattern[p..].iter().all(|&byte| byte == b'*')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn case(pattern: &str, text: &str, fits: bool) {
        assert_eq!(
            Glob::new(pattern).matches(text),
            fits,
            "{pattern} on {text}"
        );
    }

    #[test]
    fn a_star_stands_for_any_run() {
        case("", "", true);
        case("", "a", false);
        case("*", "", true);
        case("*", "anything", true);
        case("a*", "a", true);
        case("*b", "ab", true);
        case("a*c*e", "abcde", true);
        case("a*c*e", "abcd", false);
        case("**a**", "xxa", true);
        case("hm.baidu.com/hm.gif", "hm.baidu.com/hm.gif", true);
        case("hm.baidu.com/*", "evil-hm.baidu.com/x", false);
        case("会*员", "会议员", true);
    }

    proptest! {
        #[test]
        fn agrees_with_the_obvious_definition(pattern in "[ab*]{0,8}", text in "[ab]{0,8}") {
            fn slow(pattern: &[u8], text: &[u8]) -> bool {
                match pattern.split_first() {
                    None => text.is_empty(),
                    Some((b'*', rest)) => (0..=text.len()).any(|n| slow(rest, &text[n..])),
                    Some((byte, rest)) => text.first() == Some(byte) && slow(rest, &text[1..]),
                }
            }
            prop_assert_eq!(
                Glob::new(pattern.clone()).matches(&text),
                slow(pattern.as_bytes(), text.as_bytes())
            );
        }
    }
}
