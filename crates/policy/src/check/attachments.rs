//! Attachments that are referred to and not there.

use std::collections::BTreeSet;

use super::reading::Reading;
use super::{Found, Rule};

const NAMES: [&str; 3] = ["附件", "附录", "附表"];

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let there = |text: &str| {
        let text = text.trim_start_matches(['《', '【', '“', '"', '（', '#']);
        NAMES.iter().any(|name| text.starts_with(name)) || text.starts_with("附：")
    };
    let contents = &reading.document.contents;
    if reading.parts.iter().any(|part| there(&part.folded))
        || contents.iter().any(|line| there(line.text.trim()))
    {
        return;
    }
    let guide = Rule::MissingAttachment.guide();
    let mut told = BTreeSet::new();
    for sentence in reading.sentences() {
        if let Some(words) = guide.patterns("find").find(&sentence.glance)
            && !guide.patterns("spare").hold(&sentence.glance)
        {
            let end = words.end + named(&sentence.text()[words.end..]);
            let start = NAMES
                .iter()
                .filter_map(|name| sentence.text()[..words.end].rfind(name))
                .max();
            let start = start.unwrap_or(words.start);
            // Named again and again, it is missing once.
            if !told.insert(sentence.text()[start..end].to_owned()) {
                continue;
            }
            found.push(
                Found::at(Rule::MissingAttachment, sentence.spot(&(words.start..end)))
                    .detail(&sentence.text()[start..end]),
            );
        }
    }
}

/// Bytes of what names an attachment behind the word: its number, its title.
fn named(text: &str) -> usize {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let digits = text.len() - text.trim_start_matches(number).len();
    let rest = &text[digits..];
    let title = rest
        .strip_prefix("中的")
        .or_else(|| rest.strip_prefix('：'))
        .unwrap_or(rest);
    match title.strip_prefix('《').and_then(|t| t.find('》')) {
        Some(end) => text.len() - title.len() + '《'.len_utf8() + end + '》'.len_utf8(),
        None => digits,
    }
}
