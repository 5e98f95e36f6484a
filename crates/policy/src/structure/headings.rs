//! Which lines are headings. Where that is not plain, a line is a clause: a statement shown as a
//! heading would lose its kinds and marks.

mod leads;
mod plain;
mod stacked;
pub(super) mod words;

use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::numbering::{Label, Style};
use crate::structure::runin;
use crate::text::is_sentence_mark;
use leads::{head_leads, leads_among_parts, leads_behind_parts, outermost};
use plain::{head_alike, is_emphasised, is_notice, is_plain, names_a_notice};
use stacked::head_stacks;
use words::{
    announces, asks_the_reader, is_dated, leads_on, leaves_open, names_the_next, opens_a_condition,
    reads_as_heading,
};

/// Longest headings, in characters after the number: numbered ones, those without a number, those
/// that markup has told to be one, and numbered ones with a comma inside.
pub(super) const NUMBERED: usize = 40;
pub(super) const PLAIN: usize = 20;
pub(super) const MARKED: usize = 60;
const EMPHASISED: usize = 30;

/// Tells for every line whether it heads what follows. `free[i]` is false for lines of contents and
/// tables; `sure[i]` is true where the contents lead to. Tags and rules stand between no two lines.
pub(crate) fn find(lines: &[Line<'_>], free: &[bool], sure: &[bool]) -> Vec<bool> {
    let places: Vec<usize> = (0..lines.len())
        .filter(|&index| free[index] || !lines[index].is_rule())
        .collect();
    let kept: Vec<&Line<'_>> = places.iter().map(|&index| &lines[index]).collect();
    let of = |all: &[bool]| places.iter().map(|&index| all[index]).collect::<Vec<_>>();
    let mut heads = vec![false; lines.len()];
    for (index, head) in places.iter().zip(among(&kept, &of(free), &of(sure))) {
        heads[*index] = head;
    }
    heads
}

fn among(lines: &[&Line<'_>], free: &[bool], sure: &[bool]) -> Vec<bool> {
    let mut heads: Vec<bool> = (0..lines.len())
        .map(|index| free[index] && (sure[index] || is_heading(lines, free, index)))
        .collect();
    // A count whose members are headings is one of headings: 三、 is one although its words have a
    // comma, if 二、 or 四、 is.
    let mut last: Vec<(Style, u32, usize)> = Vec::new();
    let mut previous = vec![None; lines.len()];
    let mut elders = vec![None; lines.len()];
    for (index, line) in lines.iter().enumerate().filter(|(index, _)| free[*index]) {
        let Some(label) = line.label.filter(|label| label.number > 0) else {
            continue;
        };
        match last.iter_mut().find(|(style, ..)| *style == label.style) {
            Some(found) => {
                let on = label.number.checked_sub(found.1);
                previous[index] = Some(found.2).filter(|_| on == Some(1));
                // A number may be left out.
                elders[index] = Some(found.2).filter(|_| matches!(on, Some(1 | 2)));
                (found.1, found.2) = (label.number, index);
            }
            None => last.push((label.style, label.number, index)),
        }
    }
    // 2. 变更指： opens a list, if 1. before it is a statement; 2. 变更： is a name, if that begins with one.
    for (index, line) in lines.iter().enumerate() {
        let inner = heads[index]
            && line
                .label
                .is_some_and(|label| label.style > Style::HanParen);
        let elder = elders[index].filter(|_| inner && !sure[index] && line.hint == Hint::None);
        if elder.is_some_and(|elder| !heads[elder] && lines[elder].has_sentence_mark()) {
            let named = || {
                free.get(index + 1) == Some(&true)
                    && elder.is_some_and(|elder| names_as(lines, index, elder))
            };
            let closed = line.rest().ends_with(['：', ':']);
            heads[index] &=
                !closed || names_a_paragraph(lines, index) || names_items(lines, index) || named();
        }
    }
    head_leads(lines, &elders, &mut heads);
    let outermost = outermost(lines, &heads);
    let mut beside = vec![0_u8; lines.len()];
    let mut beside_text = vec![false; lines.len()];
    // Beside a heading of the same markup.
    let mut beside_marked = vec![false; lines.len()];
    for (index, before) in previous.iter().enumerate() {
        if let Some(before) = *before {
            let marked = matches!(lines[index].hint, Hint::Heading(_))
                && lines[index].hint == lines[before].hint;
            beside_marked[index] |= marked && heads[before];
            beside_marked[before] |= marked && heads[index];
            beside[index] += u8::from(heads[before]);
            beside[before] = beside[before].saturating_add(u8::from(heads[index]));
            beside_text[index] |= !heads[before];
            beside_text[before] |= !heads[index];
        }
    }
    let mut counted = vec![0_u32; lines.len()];
    for index in 0..lines.len() {
        let elder = previous[index].map_or(0, |before| counted[before]);
        if (beside[index] > 0 || elder >= 3) && !heads[index] && free[index] {
            // A section that was left empty: （五） and （六） follow each other, but （一） to （四） did not.
            let empty = elder >= 2
                && lines[index].label.is_some_and(|label| {
                    let outer = label.style <= Style::HanParen
                        || elder >= 3 && label.style == Style::Arabic;
                    outer && reads_as_heading(lines[index].rest(), label.style)
                });
            // 1.2 is as often a statement as a heading: both its neighbours must be headings.
            let dotted = lines[index]
                .label
                .is_some_and(|l| l.style > Style::Dotted(1));
            let strict = !beside_text[index];
            let settled = elder >= 4 && previous[index].is_some_and(|before| heads[before]);
            heads[index] = empty
                || may_be_heading(lines, free, index) && !(dotted && beside_text[index])
                || strict && elder >= 2 && names_a_text(lines, index)
                || names_with_a_stop(lines, free, index)
                || previous[index].is_some_and(|before| {
                    let next = names_the_next(lines[before].rest(), lines[index].rest());
                    heads[before] && next && stands_apart(lines, index)
                })
                || strict && leads_beside_headings(lines, free, index)
                || strict
                    && (beside[index] >= 2 || elder >= 2)
                    && leads_among_parts(lines, free, index, beside[index] >= 2, outermost)
                || settled && leads_behind_parts(lines, free, index)
                || beside_marked[index] && leads_as_marked(lines[index]);
        }
        counted[index] = elder + u32::from(heads[index]);
    }
    head_stacks(lines, free, &mut heads);
    head_alike(lines, free, &mut heads);
    heads
}

/// A numbered line with a comma inside, or a longer one, that stands alone before text.
fn may_be_heading(lines: &[&Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let Some(label) = line.label else {
        return false;
    };
    let rest = line.rest();
    let body = rest.strip_suffix(['：', ':', '？', '?']).unwrap_or(rest);
    // （二） 我们的措施。 between （一） 期限 and （三） 通知.
    let counted = |next: &&Line<'_>| next.label.is_some_and(|next| next.style > label.style);
    let outer = label.style <= Style::HanParen || lines.get(index + 1).is_some_and(counted);
    let stopped = rest
        .strip_suffix('。')
        .is_some_and(|body| outer && body.chars().count() <= PLAIN);
    if stopped {
        return reads_as_heading(rest.trim_end_matches('。'), label.style)
            && stands_apart(lines, index);
    }
    label.style < Style::ArabicParen
        && line.length as usize <= MARKED
        && !body.contains(['。', '！', '：', ':'])
        && (!body.contains(['；', ';']) || body.len() <= 3 * NUMBERED && !body.contains('，'))
        && !body.ends_with(['，', '、', ',', '；', ';'])
        && !opens_a_condition(body)
        && !leaves_open(body)
        && (!announces(body) || body.len() == rest.len() && opens_a_count(lines, index))
        && stands_apart(lines, index)
        && lines.get(index + 1).is_some_and(|next| {
            free[index + 1] && next.label.map(|label| label.style) != Some(label.style)
        })
}

/// Whether the first of a finer count stands right below: what ends in no mark names it.
fn opens_a_count(lines: &[&Line<'_>], index: usize) -> bool {
    let style = lines[index].label.map(|label| label.style);
    let next = lines.get(index + 1).and_then(|next| next.label);
    next.is_some_and(|next| next.number == 1 && Some(next.style) > style)
}

/// （3）为了某事，也为了另一事 above a paragraph, where （1） and （2） are headings.
fn names_a_text(lines: &[&Line<'_>], index: usize) -> bool {
    let line = &lines[index];
    let rest = line.rest();
    line.label
        .is_some_and(|label| matches!(label.style, Style::ArabicParen | Style::HalfParen))
        && line.length as usize <= MARKED
        && !rest.contains(['。', '；', ';', '！', '：', ':', '？', '?'])
        && !rest.ends_with(['，', '、', ','])
        && !opens_a_condition(rest)
        && !announces(rest)
        && stands_apart(lines, index)
        && lines.get(index + 1).is_some_and(|next| {
            next.gap
                && next.label.is_none()
                && (next.text.contains('。') || next.length as usize > MARKED)
                && next.length > line.length
        })
}

/// 4.2 转让。 above a paragraph, beside a heading of its count: a few characters name it all the same.
fn names_with_a_stop(lines: &[&Line<'_>], free: &[bool], index: usize) -> bool {
    const LONGEST: usize = 8;
    let line = &lines[index];
    let (Some(label), Some(body)) = (line.label, line.rest().strip_suffix('。')) else {
        return false;
    };
    // 暂无。 answers the heading above it.
    let answers = ["不", "无", "暂", "没", "未", "同上", "见", "您", "我"];
    let length = body.chars().count();
    (2..=LONGEST).contains(&length)
        && label.style != Style::Bullet
        && !answers.iter().any(|word| body.starts_with(word))
        && !body.contains('、')
        && reads_as_heading(body, label.style)
        && stands_apart(lines, index)
        && lines.get(index + 1).is_some_and(|next| {
            let states = next.has_sentence_mark() && next.length as usize > PLAIN;
            free[index + 1] && next.label.is_none() && next.hint == line.hint && states
        })
}

/// `<h4>2.1 信息会用于以下目的：` beside `<h4>2.2 …`: where the markup and the count agree, it is one.
fn leads_as_marked(line: &Line<'_>) -> bool {
    let rest = line.rest();
    line.length as usize <= MARKED
        && rest
            .strip_suffix(['：', ':'])
            .is_some_and(|body| !body.contains(['。', '；', ';']))
}

/// Whether a line names what its elder names with a run-in head: 3、收藏：点击某处。 above 4、评论：
fn names_as(lines: &[&Line<'_>], index: usize, elder: usize) -> bool {
    let line = &lines[index];
    let head = |line: &Line<'_>| runin::head(&line.text, line.label);
    let runs = head(lines[elder]).is_some_and(|head| {
        let behind = lines[elder].text[head.end..].trim_start_matches('*');
        behind.starts_with(['：', ':'])
    });
    runs && runin::is_name(line.rest().trim_end_matches(['：', ':']))
}

/// （1）您的选择： above text of its own. It is a heading where all its neighbours are.
fn leads_beside_headings(lines: &[&Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let Some(label) = line.label.filter(|label| label.style == Style::ArabicParen) else {
        return false;
    };
    let Some(body) = line.rest().strip_suffix(['：', ':']) else {
        return false;
    };
    // 我们通过以下方式收集信息： tells how, and what it names is the information.
    let by_ways = || {
        let way = body.split_once("通过以下").map(|(_, way)| way);
        way.is_some_and(|way| !announces(way) && way.chars().count() > 4)
    };
    !body.contains(is_sentence_mark)
        && body.chars().count() <= PLAIN
        && !opens_a_condition(body)
        && (!announces(body) || by_ways())
        && stands_apart(lines, index)
        && lines.get(index + 1).is_some_and(|next| {
            free[index + 1] && next.label.map(|label| label.style) != Some(label.style)
        })
}

/// Whether line `index` heads what follows, by itself.
fn is_heading(lines: &[&Line<'_>], free: &[bool], index: usize) -> bool {
    let line = &lines[index];
    let broken = line.is_rest() || lines.get(index + 1).is_some_and(|next| next.is_rest());
    if line.is_rule() || line.hint == Hint::Caption || broken {
        return false;
    }
    if let Hint::Heading(_) = line.hint {
        let rest = line.rest();
        let states = rest.ends_with(['。', '；', ';', '，', ','])
            || rest.ends_with(['：', ':'])
                && (leads_on(rest.trim_end_matches(['：', ':'])) || asks_the_reader(rest))
            || rest.contains('。') && rest.chars().count() > NUMBERED;
        let dated = line.label.is_none() && is_dated(rest);
        return !rest.is_empty() && line.length as usize <= MARKED && !states && !dated;
    }
    // A dash or star begins an item of a list; other bullets, and what a lost one left behind, begin
    // headings as well.
    let listed = line.words().starts_with(['-', '*', '+', '–']);
    if listed {
        return false;
    }
    let item = |style| style == Style::Bullet && line.hint == Hint::Item;
    let Some(label) = line.label.filter(|label| !item(label.style)) else {
        return !line.linked && (is_emphasised(lines, free, index) || is_plain(lines, free, index));
    };
    let rest = line.rest();
    let outer = label.style <= Style::Article;
    if rest.is_empty() {
        // 第一章 on a line of its own.
        return outer;
    }
    reads_as_heading(rest, label.style)
        && (outer
            || label.style == Style::HanComma
            || stands_apart(lines, index)
            || names_a_paragraph(lines, index))
}

/// 3. 转让： above a paragraph of its own, whatever stands before it.
fn names_a_paragraph(lines: &[&Line<'_>], index: usize) -> bool {
    let numbered = lines[index].label.is_some_and(|label| label.number > 0);
    let next = lines.get(index + 1);
    numbered && next.is_some_and(|next| next.label.is_none()) && is_notice(lines, index)
}

/// 5.3 服务说明： above a list, whatever stands before it: 5.3 is the number of a section.
fn names_items(lines: &[&Line<'_>], index: usize) -> bool {
    let line = &lines[index];
    let dotted = |label: Label| matches!(label.style, Style::Dotted(_));
    line.label.is_some_and(dotted)
        && names_a_notice(line.rest())
        && runin::is_name(line.rest().trim_end_matches(['：', ':']))
        && lines.get(index + 1).is_some_and(|next| {
            let bullet = |label: Label| label.style == Style::Bullet;
            next.hint == Hint::Item || next.label.is_some_and(bullet)
        })
}

/// 1.2.3 behind an item that ends in a semicolon is no item, if it stands above a statement and does
/// not say what a last item says.
fn names_a_section(lines: &[&Line<'_>], index: usize) -> bool {
    let line = &lines[index];
    let dotted = line
        .label
        .is_some_and(|label| matches!(label.style, Style::Dotted(_)));
    dotted
        && !line.has_sentence_mark()
        && !line.rest().starts_with("其他")
        && !line
            .rest()
            .ends_with(['的', '时', '形', '况', '定', '者', '息'])
        && lines.get(index + 1).is_some_and(|next| {
            let states = next.text.ends_with('。') && next.length as usize > PLAIN;
            next.label.is_none() && states
        })
}

/// Items that follow each other without text between them are a list, whatever they look like; so
/// is the last item after one that ends with a semicolon.
fn stands_apart(lines: &[&Line<'_>], index: usize) -> bool {
    let Some(label) = lines[index].label else {
        return true;
    };
    let sibling = |other: &Line<'_>, ahead: bool| {
        other.label.is_some_and(|found| {
            let (first, second) = if ahead {
                (label, found)
            } else {
                (found, label)
            };
            found.style == label.style
                && (label.style == Style::Bullet || first.number.saturating_add(1) == second.number)
        })
    };
    let next = lines.get(index + 1).is_some_and(|next| sibling(next, true));
    let previous = index
        .checked_sub(1)
        .map(|before| &lines[before])
        .is_some_and(|before| {
            // Bullets one below the other are a list, also where some have text of their own.
            sibling(before, false)
                && (label.style == Style::Bullet
                    || !before.has_sentence_mark()
                    || before.text.ends_with(['；', ';']) && !names_a_section(lines, index))
        });
    // Nor is it after three short ones.
    let short = |before: usize| {
        let line = &lines[before];
        line.length as usize <= NUMBERED
            && line.label.is_some_and(|found| {
                let after = u32::try_from(index - before).unwrap_or(u32::MAX);
                found.style == label.style && found.number.saturating_add(after) == label.number
            })
    };
    let listed = index >= 3 && label.number > 3 && (index - 3..index).all(short);
    !next && !previous && !listed
}

#[cfg(test)]
mod tests;
