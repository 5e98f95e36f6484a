//! Deadlines of answers: too late, or told in two ways.

use std::ops::Range;

use super::reading::{Reading, Sentence, Spot};
use super::{Found, Rule};
use crate::document::{Deadline, Unit};
use crate::numerals;
use crate::text::Glance;

/// Working days within which a complaint is to be answered.
const WORKING_DAYS: u32 = 15;
/// The same as days of the calendar: three weeks.
const DAYS: u32 = 21;

/// Answers that are compared: policies promise a handful.
const MOST: usize = 100;

/// A deadline and the words that tell it.
struct Told<'f> {
    fact: &'f Deadline,
    spot: Spot,
    words: String,
    complaint: bool,
    /// Of some requests only, or under a condition.
    special: bool,
    spared: bool,
}

pub(super) fn find(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let answers = reading.document.facts.deadlines.iter();
    // Where the last one was found: on one line the next stands behind it.
    let mut behind = None;
    let told: Vec<Told<'_>> = answers
        .filter(|fact| fact.what == "response")
        .take(MOST)
        .filter_map(|fact| {
            let told = told(reading, fact, behind)?;
            behind = Some((told.spot.part, told.spot.words.end));
            Some(told)
        })
        .collect();
    for answer in told.iter().filter(|answer| !answer.spared) {
        let most = match answer.fact.unit {
            Unit::Day => DAYS,
            Unit::WorkingDay => WORKING_DAYS,
        };
        if answer.fact.count > most {
            let case = if answer.complaint { "complaint" } else { "" };
            found.push(
                Found::at(Rule::LateResponse, answer.spot.clone())
                    .case(case)
                    .detail(&answer.words),
            );
        }
    }
    conflicts(reading, &told, found);
}

/// General answers with different deadlines: each points at the first that differs.
fn conflicts(reading: &Reading<'_>, told: &[Told<'_>], found: &mut Vec<Found>) {
    let mut general = told
        .iter()
        .filter(|answer| !answer.special && !answer.spared)
        .peekable();
    let Some(&first) = general.peek() else { return };
    let same =
        |a: &Told<'_>, b: &Told<'_>| (a.fact.count, a.fact.unit) == (b.fact.count, b.fact.unit);
    let Some(second) = general.find(|answer| !same(answer, first)) else {
        return;
    };
    for (here, there) in [(first, second), (second, first)] {
        found.push(
            Found::at(Rule::ConflictingDeadlines, here.spot.clone())
                .detail(&here.words)
                .detail(&there.words)
                .detail(reading.line_of(&there.spot).to_string()),
        );
    }
}

fn told<'f>(
    reading: &Reading<'_>,
    fact: &'f Deadline,
    behind: Option<(usize, usize)>,
) -> Option<Told<'f>> {
    let parts = reading.at_line(fact.line, behind.map_or(0, |(part, _)| part));
    parts.into_iter().find_map(|index| {
        let part = &reading.parts[index];
        let last = behind.filter(|&(part, _)| part == index);
        let from = last.map_or(0, |(_, byte)| byte);
        let mut sentences = part.sentences().skip_while(|range| range.end <= from);
        sentences.find_map(|range| {
            let sentence = Sentence {
                part: index,
                start: range.start,
                glance: Glance::at(&part.folded[range]),
            };
            let before = from.saturating_sub(sentence.start);
            let words = words(sentence.text(), before, fact)?;
            let own = Glance::at(own(sentence.text(), before, &words));
            let late = Rule::LateResponse.guide();
            let special = Rule::ConflictingDeadlines.guide().patterns("special");
            Some(Told {
                fact,
                spot: sentence.spot(&words),
                complaint: late.patterns("complaint").hold(&own),
                special: special.hold(&sentence.glance),
                spared: late.patterns("spare").hold(&own),
                words: sentence.text()[words].to_owned(),
            })
        })
    })
}

/// What a sentence says of one deadline: from the comma behind the last one up to the comma behind its words,
/// for conditions stand before what they are for.
fn own<'s>(sentence: &'s str, before: usize, words: &Range<usize>) -> &'s str {
    let comma = (before > 0)
        .then(|| sentence[before..words.start].find('，'))
        .flatten();
    let behind = &sentence[words.end..];
    let end = behind.find('，').unwrap_or(behind.len());
    &sentence[before + comma.unwrap_or(0)..words.end + end]
}

/// The number and unit of a deadline in a sentence about an answer, behind some of its bytes.
fn words(sentence: &str, before: usize, fact: &Deadline) -> Option<Range<usize>> {
    const ANSWERS: [&str; 7] = ["答复", "回复", "响应", "反馈", "处理", "回应", "审核"];
    if !ANSWERS.iter().any(|word| sentence.contains(word)) {
        return None;
    }
    let mut start = before;
    sentence[before..].split_inclusive('，').find_map(|clause| {
        let found = number(clause, fact).map(|words| start + words.start..start + words.end);
        start += clause.len();
        found
    })
}

/// The number and unit of a deadline.
fn number(clause: &str, fact: &Deadline) -> Option<Range<usize>> {
    let chars: Vec<char> = clause.chars().collect();
    let mut at = 0;
    let mut bytes = 0;
    while at < chars.len() {
        let Some((count, length)) = numerals::read(&chars[at..]) else {
            bytes += chars[at].len_utf8();
            at += 1;
            continue;
        };
        let size: usize = chars[at..at + length].iter().map(|c| c.len_utf8()).sum();
        let behind = clause[bytes + size..].trim_start_matches(['】', ']', '）', '（', '个']);
        let unit = match fact.unit {
            Unit::WorkingDay => ["工作日", "工作天"].as_slice(),
            Unit::Day => &["天", "日", "自然日"],
        };
        if count == fact.count
            && let Some(unit) = unit.iter().find(|unit| behind.starts_with(**unit))
        {
            let end = clause.len() - behind.len() + unit.len();
            return Some(bytes..end);
        }
        bytes += size;
        at += length;
    }
    None
}
