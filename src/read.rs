//! Reads what was parsed, field by field.
//!
//! Derived deserializers of these types would be three fifths of the module's size, because each is compiled
//! for each of its readers. Here a field costs a call. What is wrong is noted, with its place, and read as
//! empty, so that nothing has to be undone; whoever began asks in the end.

use crate::json::Value;
use std::cell::RefCell;

/// Reads an object as `read` says.
///
/// # Errors
/// The place of the first thing that is wrong, and what it should be: `purposes[3].tier: one of basic,
/// extended`.
pub(crate) fn read<T>(value: &Value, read: impl FnOnce(&Fields<'_>) -> T) -> Result<T, String> {
    let wrong = RefCell::default();
    let found = read(&Fields {
        value,
        place: &Place::Root,
        wrong: &wrong,
    });
    match wrong.into_inner() {
        None => Ok(found),
        Some(words) => Err(words),
    }
}

/// Where a value stands. The path is put together only where something is wrong.
enum Place<'a> {
    Root,
    Field(&'a Self, &'static str),
    Item(&'a Self, u32),
}

impl Place<'_> {
    fn write(&self, path: &mut String) {
        match self {
            Self::Root => {}
            Self::Field(object, name) => {
                object.write(path);
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Self::Item(list, at) => {
                list.write(path);
                path.push('[');
                path.push_str(&at.to_string());
                path.push(']');
            }
        }
    }
}

/// The fields of an object.
pub(crate) struct Fields<'a> {
    value: &'a Value,
    place: &'a Place<'a>,
    wrong: &'a RefCell<Option<String>>,
}

impl<'a> Fields<'a> {
    /// What stands under a name.
    pub(crate) fn value(&self, name: &'static str) -> &'a Value {
        self.value.get(name)
    }

    /// Whether anything but `null` stands there.
    pub(crate) fn has(&self, name: &'static str) -> bool {
        self.value(name).is_there()
    }

    /// A text that must be there.
    pub(crate) fn text(&self, name: &'static str) -> String {
        let text = self.value(name).text().map(str::to_owned);
        text.unwrap_or_else(|| self.wrong(name, "a text"))
    }

    /// A text that may be `null` or absent.
    pub(crate) fn optional(&self, name: &'static str) -> Option<String> {
        self.has(name).then(|| self.text(name))
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &'static str) -> u32 {
        whole(self.value(name)).unwrap_or_else(|| self.wrong(name, "a number"))
    }

    /// A whole number that may be absent.
    pub(crate) fn number_or(&self, name: &'static str, absent: u32) -> u32 {
        match self.has(name) {
            true => self.number(name),
            false => absent,
        }
    }

    /// `true`; anything else is no.
    pub(crate) fn flag(&self, name: &'static str) -> bool {
        *self.value(name) == Value::Bool(true)
    }

    /// The index of a word among those that are known.
    pub(crate) fn word(&self, name: &'static str, known: &[&str]) -> usize {
        let word = self.text(name);
        let found = known.iter().position(|known| *known == word);
        found.unwrap_or_else(|| self.wrong(name, &["one of ", &known.join(", ")].concat()))
    }

    /// A list of texts.
    pub(crate) fn texts(&self, name: &'static str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.items(name) {
            let text = item.text().map(str::to_owned);
            texts.push(text.unwrap_or_else(|| self.wrong(name, "a list of texts")));
        }
        texts
    }

    /// A list of objects.
    pub(crate) fn list<T>(&self, name: &'static str, read: impl Fn(&Fields<'_>) -> T) -> Vec<T> {
        let place = Place::Field(self.place, name);
        let mut list = Vec::new();
        for (at, value) in (0..).zip(self.items(name)) {
            list.push(read(&Fields {
                value,
                place: &Place::Item(&place, at),
                wrong: self.wrong,
            }));
        }
        list
    }

    /// A list that may be absent, read as the others are.
    pub(crate) fn optional_list<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&Self) -> Vec<T>,
    ) -> Vec<T> {
        match self.has(name) {
            true => read(self),
            false => Vec::new(),
        }
    }

    /// A list of anything.
    pub(crate) fn items(&self, name: &'static str) -> &'a [Value] {
        match self.value(name) {
            Value::List(list) => list,
            _ => self.wrong(name, "a list"),
        }
    }

    /// An object of its own.
    pub(crate) fn object<T>(&self, name: &'static str, read: impl FnOnce(&Fields<'_>) -> T) -> T {
        let value = self.value(name);
        if !matches!(value, Value::Object(_)) {
            self.wrong(name, "an object")
        }
        read(&Fields {
            value,
            place: &Place::Field(self.place, name),
            wrong: self.wrong,
        })
    }

    /// An object whose fields are all texts, under names that are not known before.
    pub(crate) fn words(&self, name: &'static str) -> Vec<(String, String)> {
        let Value::Object(fields) = self.value(name) else {
            return Vec::new();
        };
        let mut words = Vec::new();
        for (key, text) in fields {
            let text = text.text().map(str::to_owned);
            let text = text.unwrap_or_else(|| self.wrong(name, "an object of texts"));
            words.push((key.clone(), text));
        }
        words
    }

    /// Notes what is wrong first, and reads as empty.
    fn wrong<T: Default>(&self, name: &'static str, wanted: &str) -> T {
        let mut wrong = self.wrong.borrow_mut();
        if wrong.is_none() {
            let mut path = String::new();
            Place::Field(self.place, name).write(&mut path);
            *wrong = Some([&path, ": ", wanted, " is missing"].concat());
        }
        T::default()
    }
}

/// A whole number that is not negative.
pub(crate) fn whole(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.parse().ok(),
        _ => None,
    }
}
