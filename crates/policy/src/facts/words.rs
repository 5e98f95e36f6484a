//! The words that call the extractors, from the data files and from the extractors themselves.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::scan::Topic;
use super::{contacts, dates, deadlines, fields, kits, lists, minors, operator, persons};
use crate::annotate::lexicon;

/// A name of the contract's words or of a permission.
#[derive(Debug)]
pub(super) struct Name {
    /// What is given for it.
    pub(super) name: &'static str,
    /// How sure its words are.
    pub(super) sure: Sure,
}

/// What a word needs beside it to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// Nothing.
    Own,
    /// A word of asking in the sentence.
    Device,
    /// Such a word close by.
    Data,
    /// Nothing; given as written.
    Constant,
    /// It is read over.
    Skip,
}

#[derive(Debug, Default)]
struct File {
    names: Vec<Name>,
    words: Vec<(&'static str, u16)>,
    /// Names that count only as items of a list.
    items: HashMap<&'static str, &'static str>,
}

fn number(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

static TECHNOLOGIES: LazyLock<File> = LazyLock::new(|| {
    let mut file = File::default();
    for mut columns in lexicon::rows(include_str!("../../data/technologies.tsv")) {
        let (Some(name), _, Some(words)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        for word in words.split('|') {
            let sure = match (name, word.strip_prefix('~')) {
                ("skip", _) => Sure::Skip,
                (_, Some(_)) => Sure::Data,
                _ => Sure::Own,
            };
            file.words
                .push((word.trim_start_matches('~'), number(file.names.len())));
            file.names.push(Name { name, sure });
        }
    }
    file
});

static PERMISSIONS: LazyLock<File> = LazyLock::new(|| {
    let mut file = File::default();
    for mut columns in lexicon::rows(include_str!("../../data/permissions.tsv")) {
        let (Some(name), Some(sure), _, Some(words)) = (
            columns.next(),
            columns.next(),
            columns.next(),
            columns.next(),
        ) else {
            continue;
        };
        if sure == "item" {
            file.items.extend(words.split('|').map(|word| (word, name)));
            continue;
        }
        let sure = match sure {
            "own" => Sure::Own,
            "device" => Sure::Device,
            "constant" => Sure::Constant,
            _ => Sure::Data,
        };
        for word in words.split('|') {
            file.words.push((word, number(file.names.len())));
            // A constant is its own name.
            let name = if sure == Sure::Constant { word } else { name };
            file.names.push(Name { name, sure });
        }
    }
    file
});

static RECIPIENTS: LazyLock<File> = LazyLock::new(|| {
    let mut file = File::default();
    for mut columns in lexicon::rows(include_str!("../../data/recipients.tsv")) {
        let (Some(name), _, Some(words)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let sure = Sure::Own;
        let at = number(file.names.len());
        file.words.extend(words.split('|').map(|word| (word, at)));
        file.names.push(Name { name, sure });
    }
    file
});

/// What a word of [`Topic::Technology`] names.
pub(super) fn technology(word: u16) -> &'static Name {
    &TECHNOLOGIES.names[word as usize]
}

/// What a word of [`Topic::Permission`] names.
pub(super) fn permission(word: u16) -> &'static Name {
    &PERMISSIONS.names[word as usize]
}

/// Whether a word of [`Topic::Recipient`] is of the list `kind`.
pub(super) fn is_recipient(word: u16, kind: &str) -> bool {
    RECIPIENTS.names[word as usize].name == kind
}

/// The permission that an item of a list names.
pub(super) fn item(word: &str) -> Option<&'static str> {
    PERMISSIONS.items.get(word).copied()
}

/// Every word with its topic and its number there.
pub(super) fn all() -> Vec<(Cow<'static, str>, Topic, u16)> {
    let lists: [(Topic, &[&'static str]); 8] = [
        (Topic::Date, &dates::WORDS),
        (Topic::Days, &deadlines::WORDS),
        (Topic::Stop, &deadlines::STOPS),
        (Topic::Age, &minors::WORDS),
        (Topic::Contact, &contacts::WORDS),
        (Topic::Company, &operator::COMPANIES),
        (Topic::Kit, &kits::WORDS),
        (Topic::Listing, &lists::WORDS),
    ];
    let own = lists.iter().flat_map(|(topic, words)| {
        let words = words.iter().enumerate();
        words.map(|(at, word)| (Cow::Borrowed(*word), *topic, number(at)))
    });
    let files = [
        (Topic::Technology, &*TECHNOLOGIES),
        (Topic::Permission, &*PERMISSIONS),
        (Topic::Recipient, &*RECIPIENTS),
    ];
    let named = files.into_iter().flat_map(|(topic, file)| {
        let words = file.words.iter();
        words.map(move |(word, at)| (Cow::Borrowed(*word), topic, *at))
    });
    // A label counts only before a colon, which alone is rare enough to look at.
    let colons = ["：", ":", "**：", "**:", " ：", "】：", "】"];
    let labelled = |words: &'static [&'static str], topic| {
        words.iter().flat_map(move |word| {
            let labels = colons.map(|colon| format!("{word}{colon}"));
            labels.map(|label| (Cow::Owned(label), topic, 0))
        })
    };
    let labels = labelled(&persons::LABELS, Topic::Label);
    let fields = labelled(&fields::WORDS, Topic::Field);
    let defined = persons::DEFINED.map(|word| (Cow::Borrowed(word), Topic::Label, persons::WE));
    let alone =
        persons::INDIVIDUALS.map(|word| (Cow::Borrowed(word), Topic::Label, persons::ALONE));
    let labels = labels.chain(defined).chain(alone);
    own.chain(named).chain(labels).chain(fields).collect()
}
