//! Words that changed, with the phrase around them: cut at signs, and never inside a word.

use std::ops::Range;

use super::change::Replaced;
use super::units::Unit;
use super::words::Hunk;

/// Most characters on either side that are told with a change: enough for nearly every phrase.
const AROUND: usize = 40;

/// A change as it is told: with the phrase in which it stands.
pub(super) fn replaced(hunk: &Hunk, old: &Unit, new: &Unit) -> Replaced {
    let words = |text: &str, range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    // Bytes of the phrase, and whether it goes on.
    let phrase = |chars: &mut dyn Iterator<Item = char>| -> (usize, bool) {
        let mut length = 0;
        let mut latin = false;
        let phrase = chars.take(2 * AROUND).take_while(|c| !ends_phrase(*c));
        for (count, c) in phrase.enumerate() {
            // A word or an address in Latin letters is not broken.
            if count >= AROUND && !(latin && c.is_ascii_graphic()) {
                return (length, true);
            }
            latin = c.is_ascii_graphic();
            length += c.len_utf8();
        }
        (length, false)
    };
    let (head, tail) = (
        &new.text[new.label..hunk.new.start],
        &new.text[hunk.new.end..],
    );
    let (before, cut_before) = phrase(&mut head.chars().rev());
    let (after, cut_after) = phrase(&mut tail.chars());
    let (before, after) = (head[head.len() - before..].trim(), tail[..after].trim());
    let cut = |cut: bool| if cut { "…" } else { "" };
    Replaced {
        old: words(&old.text, hunk.old.clone()),
        new: words(&new.text, hunk.new.clone()),
        around: [
            format!("{}{before}", cut(cut_before)),
            format!("{after}{}", cut(cut_after)),
        ],
    }
}

/// Where a phrase may be cut without breaking a word.
fn ends_phrase(c: char) -> bool {
    matches!(
        c,
        '，' | '、'
            | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
            | ','
            | ';'
            | '('
            | ')'
            | '|'
            | '\n'
    )
}

#[cfg(test)]
mod tests {
    use crate::{diff, parse};

    #[track_caller]
    fn case(old: &str, new: &str, expected: &[[&str; 2]]) {
        let text = |words: &str| format!("隐私政策\n一、收集\n{words}\n");
        let diff = diff::compare(&parse(&text(old)), &parse(&text(new)));
        let told = diff.changes.iter().flat_map(|change| &change.words);
        let around: Vec<[&str; 2]> = told
            .map(|words| words.around.each_ref().map(String::as_str))
            .collect();
        assert_eq!(around, expected, "{old} → {new}");
    }

    #[test]
    fn a_change_is_told_with_its_phrase() {
        case(
            "我们收集身高体重和是否晕船，以及鞋码。",
            "我们收集身高体重和是否晕船、晕车，以及鞋码。",
            &[["我们收集身高体重和是否晕船", ""]],
        );
        case(
            "我们（杭州）收集您的鞋码；也收集身高。",
            "我们（杭州）收集您的衣码；也收集身高。",
            &[["收集您的", "码"]],
        );
        case(
            "写信到privacy@mou.example.com，我们会回信。",
            "写信到privacy@mou.example.com，我们都会回信。",
            &[["我们", "会回信"]],
        );
    }

    #[test]
    fn a_long_phrase_is_cut_but_no_word_in_latin_letters() {
        let long = "这一句话说得很长很长".repeat(5);
        let cut: String = long.chars().skip(10).collect();
        let (old, new) = (format!("{long}收集鞋码。"), format!("{long}收集衣码。"));
        case(&old, &new, &[[&format!("…{}收集", &cut[6..]), "码"]]);
        let address = "privacy.officer.of.the.company@mou.example.com";
        let (old, new) = (
            format!("写信到{address}收集鞋码。"),
            format!("写信到{address}收集衣码。"),
        );
        case(&old, &new, &[[&format!("…{address}收集"), "码"]]);
    }
}
