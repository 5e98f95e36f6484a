//! What changed inside a clause: runs of words that were taken out and put in.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::fold::fold;

/// A place at which two texts differ: bytes of the old one and of the new one; one may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// A character, or a whole number, word or address in Latin letters.
struct Token {
    range: Range<usize>,
    key: u64,
}

/// Most steps that the shortest way from one text to the other may take: where it takes more, what
/// differs is told as a whole. It bounds the time for a clause by its length.
const STEPS: usize = 400;

/// Where the texts differ; what stands before `from` (a number) is left out.
pub(super) fn hunks(old: (&str, usize), new: (&str, usize)) -> Vec<Hunk> {
    let (a, b) = (tokens(old.0, old.1), tokens(new.0, new.1));
    let same = |a: &Token, b: &Token| a.key == b.key;
    let head = a.iter().zip(&b).take_while(|(a, b)| same(a, b)).count();
    let tail = a[head..]
        .iter()
        .rev()
        .zip(b[head..].iter().rev())
        .take_while(|(a, b)| same(a, b))
        .count();
    let (inner_a, inner_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let runs = match shortest(inner_a, inner_b) {
        Some(runs) => tidy(runs),
        None => vec![(0..inner_a.len(), 0..inner_b.len())],
    };
    let bytes = |tokens: &[Token], run: Range<usize>, end: usize| {
        let start = tokens.get(run.start).map_or(end, |token| token.range.start);
        match run.is_empty() {
            true => start..start,
            false => start..tokens[run.end - 1].range.end,
        }
    };
    // The sign on which an item ends tells whether another follows, and nothing else.
    let sign = |tokens: &[Token], run: &Range<usize>, end: usize| {
        run.end + end == tokens.len()
            && tokens[run.clone()].iter().all(|token| {
                matches!(
                    char::from_u32(u32::try_from(token.key).unwrap_or(u32::MAX)),
                    Some('.' | ';' | ',')
                )
            })
    };
    let ends = |old: &Range<usize>, new: &Range<usize>| {
        tail == 0 && sign(inner_a, old, 0) && sign(inner_b, new, 0)
    };
    let runs: Vec<Run> = runs
        .into_iter()
        .filter(|(old, new)| !old.is_empty() || !new.is_empty())
        .filter(|(old, new)| !ends(old, new))
        .map(|(x, y)| (x.start + head..x.end + head, y.start + head..y.end + head))
        .collect();
    let alone = runs.len() == 1;
    runs.into_iter()
        .map(|run| if alone { settle(run, &a, &b) } else { run })
        .map(|(x, y)| Hunk {
            old: bytes(&a, x, old.0.len()),
            new: bytes(&b, y, new.0.len()),
        })
        .collect()
}

fn tokens(text: &str, from: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text
        .char_indices()
        .skip_while(|(at, _)| *at < from)
        .filter_map(|(at, c)| Some((at..at + c.len_utf8(), fold(c)?)))
        .peekable();
    while let Some((mut range, c)) = chars.next() {
        if !c.is_ascii_alphanumeric() {
            let key = c as u64;
            tokens.push(Token { range, key });
            continue;
        }
        let mut hash = DefaultHasher::new();
        c.hash(&mut hash);
        // An address, a telephone number, a date: signs between letters or digits belong to them.
        while let Some((next, c)) = chars.peek() {
            let inside = c.is_ascii_alphanumeric()
                || "-._@/:".contains(*c)
                    && next.start == range.end
                    && text[next.end..]
                        .chars()
                        .next()
                        .and_then(fold)
                        .is_some_and(|c| c.is_ascii_alphanumeric() || c == '/');
            if !inside || next.start != range.end {
                break;
            }
            c.hash(&mut hash);
            range.end = next.end;
            chars.next();
        }
        // No character is so large.
        let key = hash.finish() | 1 << 63;
        tokens.push(Token { range, key });
    }
    tokens
}

type Run = (Range<usize>, Range<usize>);

/// The runs that differ on a shortest way from `a` to `b` (Myers 1986); `None` if it is too long.
fn shortest(a: &[Token], b: &[Token]) -> Option<Vec<Run>> {
    let (n, m) = (a.len(), b.len());
    if n == 0 || m == 0 {
        return Some(vec![(0..n, 0..m)]);
    }
    let limit = STEPS.min(n + m);
    // The furthest place in `a` on each diagonal, diagonal k at k + limit + 1.
    let base = limit + 1;
    let mut furthest = vec![0_usize; 2 * limit + 3];
    let mut trace: Vec<Vec<usize>> = Vec::new();
    for d in 0..=limit {
        trace.push(furthest[base - d..=base + d].to_vec());
        for k in (0..=2 * d).step_by(2) {
            // The diagonal's place in the table, and the two that it is reached from.
            let at = base + k - d;
            let down = k == 0 || (k != 2 * d && furthest[at - 1] < furthest[at + 1]);
            let mut x = match down {
                true => furthest[at + 1],
                false => furthest[at - 1] + 1,
            };
            let Some(mut y) = (x + base).checked_sub(at) else {
                continue;
            };
            while x < n && y < m && a[x].key == b[y].key {
                x += 1;
                y += 1;
            }
            furthest[at] = x;
            if x >= n && y >= m {
                return Some(back(&trace, (n, m), d));
            }
        }
    }
    None
}

/// Follows the trace from the end to the start.
fn back(trace: &[Vec<usize>], end: (usize, usize), last: usize) -> Vec<Run> {
    let (mut x, mut y) = end;
    let mut runs: Vec<Run> = Vec::new();
    for d in (1..=last).rev() {
        // Diagonal x - y, counted from -d.
        let row = &trace[d];
        let k = (x + d).saturating_sub(y);
        let at = |k: usize| row.get(k).copied().unwrap_or(0);
        let down = k == 0 || (k != 2 * d && at(k - 1) < at(k + 1));
        let from_k = if down { k + 1 } else { k - 1 };
        let from_x = at(from_k);
        let from_y = (from_x + d).saturating_sub(from_k);
        let run = match down {
            true => (from_x..from_x, from_y..from_y + 1),
            false => (from_x..from_x + 1, from_y..from_y),
        };
        match runs.last_mut() {
            Some(next) if next.0.start == run.0.end && next.1.start == run.1.end => {
                *next = (run.0.start..next.0.end, run.1.start..next.1.end);
            }
            _ => runs.push(run),
        }
        (x, y) = (from_x, from_y);
    }
    runs.reverse();
    runs
}

/// Joins runs with little between them: 十五 to 三十 is a number that was replaced, not a 三 put in
/// before a 十 that stayed.
fn tidy(runs: Vec<Run>) -> Vec<Run> {
    let mut tidy: Vec<Run> = Vec::new();
    for run in runs {
        if let Some(last) = tidy.last_mut() {
            let between = run.0.start - last.0.end;
            let size = |run: &Run| run.0.len().max(run.1.len());
            if between <= 1 || between <= 3 && between < size(last) && between < size(&run) {
                *last = (last.0.start..run.0.end, last.1.start..run.1.end);
                continue;
            }
        }
        tidy.push(run);
    }
    tidy
}

/// How far a run is slid.
const SLIDE: usize = 60;

/// Of the several ways to tell an addition the one that people would tell: whole sentences, else the
/// one that ends with a comma, 甲、[乙、]丙 and not 甲[、乙]、丙.
fn settle((old, new): Run, a: &[Token], b: &[Token]) -> Run {
    let (full, tokens) = match (old.is_empty(), new.is_empty()) {
        (true, false) => (new.clone(), b),
        (false, true) => (old.clone(), a),
        _ => return (old, new),
    };
    let (before, inside, after) = (
        &tokens[..full.start],
        &tokens[full.clone()],
        &tokens[full.end..],
    );
    let back = before.iter().rev().zip(tokens[..full.end].iter().rev());
    let forth = inside.iter().chain(after).zip(after);
    let same = |(a, b): &(&Token, &Token)| a.key == b.key;
    let back = back.take(SLIDE).take_while(same).count();
    let forth = forth.take(SLIDE).take_while(same).count();
    let sign = |at: usize, signs: &str| {
        let token = tokens
            .get(at)
            .and_then(|token| u32::try_from(token.key).ok());
        token
            .and_then(char::from_u32)
            .is_some_and(|c| signs.contains(c))
    };
    let whole = |start: usize| {
        let end = start + full.len();
        (start == 0 || sign(start - 1, ".;!?")) && sign(end - 1, ".;!?")
    };
    let start = (full.start - back..=full.start + forth).find(|&start| whole(start));
    let comma = || (forth > 0 && sign(full.start, "、,")).then_some(full.start + 1);
    let Some(start) = start.or_else(comma) else {
        return (old, new);
    };
    let slid = |range: Range<usize>| {
        let at = range.start + start - full.start;
        at..at + range.len()
    };
    (slid(old), slid(new))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn case(old: &str, new: &str, expected: &[(&str, &str)]) {
        let found = hunks((old, 0), (new, 0));
        let words: Vec<(&str, &str)> = found
            .iter()
            .map(|hunk| (&old[hunk.old.clone()], &new[hunk.new.clone()]))
            .collect();
        assert_eq!(words, expected, "{old} → {new}");
    }

    #[test]
    fn words_that_changed() {
        case(
            "收集姓名、地址。",
            "收集姓名、生日、地址。",
            &[("", "生日、")],
        );
        case("在十五日内答复", "在三十日内答复", &[("十五", "三十")]);
        case(
            "拨打400-000-0000。",
            "拨打400-000-1111。",
            &[("400-000-0000", "400-000-1111")],
        );
        case(
            "写信给a@b.example，",
            "写信给c@b.example，",
            &[("a@b.example", "c@b.example")],
        );
        case("甲，乙。", "甲, 乙.", &[]);
        case("甲，乙。", "甲，乙；", &[]);
        case("甲，乙。", "甲。乙。", &[("，", "。")]);
        case("甲", "乙", &[("甲", "乙")]);
        case("", "乙", &[("", "乙")]);
        case("甲乙丙", "甲丙", &[("乙", "")]);
        case(
            "我们收集。我们提供。",
            "我们收集。我们保存。我们提供。",
            &[("", "我们保存。")],
        );
        case("收集。", "收集。保存。", &[("", "保存。")]);
    }

    proptest! {
        #[test]
        fn what_is_left_is_the_same(old in "[甲乙丙a1 ，。]{0,30}", new in "[甲乙丙a1 ，。]{0,30}") {
            let found = hunks((&old, 0), (&new, 0));
            let rest = |text: &str, ranges: Vec<Range<usize>>| {
                let mut at = 0;
                let mut left = String::new();
                for range in ranges {
                    left.push_str(&text[at..range.start]);
                    at = range.end;
                }
                left.push_str(&text[at..]);
                super::super::fold::folded(&left).trim_end_matches(['.', ',', ';']).to_owned()
            };
            prop_assert_eq!(
                rest(&old, found.iter().map(|hunk| hunk.old.clone()).collect()),
                rest(&new, found.iter().map(|hunk| hunk.new.clone()).collect())
            );
        }
    }
}
