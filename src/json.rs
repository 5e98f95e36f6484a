//! JSON as the module reads and writes it: one text crosses the border to JavaScript, where each field
//! of an object would cost a crossing of its own, and on a slow phone half the start.

/// How deep a value may lie: what is deeper is none of ours, and the stack is short.
const DEEPEST: u32 = 32;

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Value {
    #[default]
    Null,
    Bool(bool),
    /// As it was written, so that it comes out as it went in.
    Number(String),
    Text(String),
    List(Vec<Self>),
    /// In the order in which they were written.
    Object(Vec<(String, Self)>),
}

static NULL: Value = Value::Null;

impl Value {
    /// Reads a text (RFC 8259).
    ///
    /// # Errors
    /// Where it is no JSON.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(0).filter(|_| {
            parser.blank();
            parser.at == text.len()
        });
        value.ok_or_else(|| ["no JSON at byte ", &parser.at.to_string()].concat())
    }

    /// What stands under a name; `Null` where nothing does.
    pub(crate) fn get(&self, name: &str) -> &Self {
        let Self::Object(fields) = self else {
            return &NULL;
        };
        let found = fields.iter().find(|(known, _)| known == name);
        found.map_or(&NULL, |(_, value)| value)
    }

    /// A text.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Puts a value under a name; what is no object becomes one.
    pub(crate) fn set(&mut self, name: &str, value: Self) {
        if !matches!(self, Self::Object(_)) {
            *self = Self::Object(Vec::new());
        }
        let Self::Object(fields) = self else { return };
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => fields.push((name.to_owned(), value)),
        }
    }

    /// Whether anything but `null` is here.
    pub(crate) fn is_there(&self) -> bool {
        *self != Self::Null
    }

    /// As a text.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(true) => text.push_str("true"),
            Self::Bool(false) => text.push_str("false"),
            Self::Number(number) => text.push_str(number),
            Self::Text(words) => quote(text, words),
            Self::List(list) => {
                text.push('[');
                for (at, value) in list.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    value.write(text);
                }
                text.push(']');
            }
            Self::Object(fields) => {
                text.push('{');
                for (at, (name, value)) in fields.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    quote(text, name);
                    text.push(':');
                    value.write(text);
                }
                text.push('}');
            }
        }
    }
}

/// An object of these fields.
pub(crate) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let mut object = Vec::new();
    for (name, value) in fields {
        object.push((name.to_owned(), value));
    }
    Value::Object(object)
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::from)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string())
    }
}

fn quote(text: &mut String, words: &str) {
    text.push('"');
    for character in words.chars() {
        match character {
            '"' | '\\' => {
                text.push('\\');
                text.push(character);
            }
            ' '.. => text.push(character),
            _ => {
                text.push_str(if character < '\u{10}' {
                    "\\u000"
                } else {
                    "\\u001"
                });
                text.extend(char::from_digit(u32::from(character) % 16, 16));
            }
        }
    }
    text.push('"');
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn take(&mut self, word: &str) -> Option<()> {
        let found = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        found.then(|| self.at += word.len())
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        self.blank();
        match self.peek()? {
            b'n' => self.take("null").map(|()| Value::Null),
            b't' => self.take("true").map(|()| Value::Bool(true)),
            b'f' => self.take("false").map(|()| Value::Bool(false)),
            b'"' => self.string().map(Value::Text),
            b'[' if depth < DEEPEST => {
                let mut list = Vec::new();
                self.members(b']', |parser| {
                    list.push(parser.value(depth + 1)?);
                    Some(())
                })?;
                Some(Value::List(list))
            }
            b'{' if depth < DEEPEST => {
                let mut fields = Vec::new();
                self.members(b'}', |parser| {
                    parser.blank();
                    let name = parser.string()?;
                    parser.blank();
                    parser.take(":")?;
                    fields.push((name, parser.value(depth + 1)?));
                    Some(())
                })?;
                Some(Value::Object(fields))
            }
            b'-' | b'0'..=b'9' => self.number(),
            _ => None,
        }
    }

    /// What stands between brackets, with commas between.
    fn members(&mut self, end: u8, mut member: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.blank();
        if self.peek()? == end {
            self.at += 1;
            return Some(());
        }
        loop {
            member(self)?;
            self.blank();
            let found = self.peek()?;
            if found != end && found != b',' {
                return None;
            }
            self.at += 1;
            if found == end {
                return Some(());
            }
        }
    }

    fn number(&mut self) -> Option<Value> {
        let from = self.at;
        while let Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'e' | b'E') = self.peek() {
            self.at += 1;
        }
        let number = &self.text[from..self.at];
        // A browser wrote it, or a server: only what no number is at all is refused.
        let digits = number.bytes().any(|byte| byte.is_ascii_digit());
        digits.then(|| Value::Number(number.to_owned()))
    }

    fn string(&mut self) -> Option<String> {
        self.take("\"")?;
        let mut string = String::new();
        loop {
            let from = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            string.push_str(&self.text[from..self.at]);
            self.at += 1;
            match self.text.as_bytes()[self.at - 1] {
                b'"' => return Some(string),
                b'\\' => string.push(self.escape()?),
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                let after = self.at;
                let mut whole = char::from_u32(unit);
                if let 0xd800..0xdc00 = unit
                    && self.take("\\u").is_some()
                    && let low @ 0xdc00..0xe000 = self.unit()?
                {
                    whole = char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
                } else {
                    self.at = after;
                }
                // Half a pair that stands alone is no character.
                whole.unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn same(text: &str) {
        let expected: serde_json::Value = serde_json::from_str(text).expect(text);
        let found = Value::parse(text).expect(text).to_text();
        let found: serde_json::Value = serde_json::from_str(&found).expect(&found);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_is_json_comes_out_as_it_went_in() {
        same("null");
        same(" [ ] ");
        same("{}");
        same(r#"{"a":[1,-2.5e10,0],"b":{"c":true,"d":false},"":null}"#);
        same(r#""\"\\\/\b\f\n\r\t\u00e9\u4f1a\ud83d\ude00""#);
        same("\"会员 😀 \u{7f}\"");
        let number = Value::parse("1.10").map(|it| it.to_text());
        assert_eq!(number.as_deref(), Ok("1.10"));
    }

    #[test]
    fn what_is_none_is_refused_with_its_place() {
        #[track_caller]
        fn case(text: &str, at: &str) {
            let error = Value::parse(text).expect_err(text);
            assert_eq!(error, format!("no JSON at byte {at}"), "{text}");
        }
        case("", "0");
        case("<!doctype html>", "0");
        case("nul", "0");
        case("[1,]", "3");
        case("[1 2]", "3");
        case(r#"{"a" 1}"#, "5");
        case("\"a", "2");
        case("\"a\nb\"", "3");
        case(r#""\x""#, "3");
        case(r#""\u12g4""#, "7");
        case("{} {}", "3");
        case("-", "1");
        assert!(Value::parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn a_value_takes_the_place_of_another_and_leaves_the_rest() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            let mut value = Value::parse(text).expect(text);
            value.set("b", true.into());
            assert_eq!(value.to_text(), expected);
        }
        case(r#"{"a":1,"b":2,"c":3}"#, r#"{"a":1,"b":true,"c":3}"#);
        case(r#"{"a":1}"#, r#"{"a":1,"b":true}"#);
        case("null", r#"{"b":true}"#);
        case("[1]", r#"{"b":true}"#);
    }

    #[test]
    fn half_a_pair_is_no_character() {
        let text = |json: &str| {
            Value::parse(json)
                .ok()
                .and_then(|it| it.text().map(str::to_owned))
        };
        assert_eq!(text(r#""\ud83d!""#).as_deref(), Some("\u{fffd}!"));
        assert_eq!(text(r#""\ude00""#).as_deref(), Some("\u{fffd}"));
    }

    fn values() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<String>().prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_and_writes_as_serde_does(value in values()) {
            same(&value.to_string());
        }

        #[test]
        fn no_text_makes_it_fail_otherwise(text in "[\\[\\]{}\",:\\\\u0-9a-e. \u{0}-\u{20}]{0,40}") {
            let ours = Value::parse(&text).is_ok();
            let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            // Numbers are not looked at closely.
            prop_assert!(ours || !theirs, "{}", text);
        }
    }
}
