//! Numbered lines that end in a colon and head a part all the same: where their count, or what stands
//! below them, is made of headings.

use super::words::{asks_the_reader, opens_a_condition};
use super::{MARKED, opens_a_count, stands_apart};
use crate::input::lines::Line;
use crate::structure::numbering::{Style, coarsest};

/// （一）为了寄件，我们需要下列信息： above the heading 1、运单 is a heading as well.
pub(super) fn head_leads(lines: &[&Line<'_>], elders: &[Option<usize>], heads: &mut [bool]) {
    for index in (1..lines.len()).rev().map(|next| next - 1) {
        if heads[index] || !heads[index + 1] || !leads(lines[index]) {
            continue;
        }
        let number = |line: &Line<'_>| Some((line.label?.style, line.label?.number));
        let (above, below) = (number(lines[index]), number(lines[index + 1]));
        let first = below.is_some_and(|(style, number)| {
            number == 1 && above.is_some_and(|(above, _)| above < style)
        });
        // Behind a paragraph of the same count it is one as well.
        let states = elders[index].is_some_and(|elder| !heads[elder] && !leads(lines[elder]));
        heads[index] = first && !states && !opens_a_condition(lines[index].rest());
    }
}

/// Whether a numbered line ends in a colon, and nothing else stops in it.
fn leads(line: &Line<'_>) -> bool {
    let body = line.rest().strip_suffix(['：', ':']);
    line.label.is_some_and(|label| label.number > 0)
        && line.length as usize <= MARKED
        && body.is_some_and(|body| !body.contains(['。', '；', ';', '！', '：', ':']))
}

/// The style of the outermost numbers of headings.
pub(super) fn outermost(lines: &[&Line<'_>], heads: &[bool]) -> Option<Style> {
    let heads = lines.iter().zip(heads).filter(|(_, head)| **head);
    let labels = heads.filter_map(|(line, _)| line.label.filter(|label| label.number > 0));
    coarsest(labels.map(|label| label.style))
}

/// （三）在下列情形中，我们无须征得同意： between two headings of its count, or behind them where they
/// are the outermost.
pub(super) fn leads_among_parts(
    lines: &[&Line<'_>],
    free: &[bool],
    index: usize,
    both: bool,
    outermost: Option<Style>,
) -> bool {
    let fits = |style: Style| both && style < Style::Letter || Some(style) == outermost;
    // Behind the last of them a word to the reader is a statement of its own.
    let addresses = !both && asks_the_reader(lines[index].rest());
    !addresses
        && lines[index].label.is_some_and(|label| fits(label.style))
        && leads(lines[index])
        && stands_apart(lines, index)
        && free.get(index + 1) == Some(&true)
}

/// （五）我们也会把信息用于以下用途： behind four headings of its count, with the first of a finer count
/// below it, whatever comes next.
pub(super) fn leads_behind_parts(lines: &[&Line<'_>], free: &[bool], index: usize) -> bool {
    leads(lines[index])
        && lines[index]
            .label
            .is_some_and(|label| label.style < Style::Letter)
        && !asks_the_reader(lines[index].rest())
        && !opens_a_condition(lines[index].rest())
        && stands_apart(lines, index)
        && opens_a_count(lines, index)
        && free.get(index + 1) == Some(&true)
}
