//! Blocks of code in Markdown, where a language is named: what stands in them keeps its lines, and
//! heads nothing.

use crate::input::lines::Line;

/// Longest block, in lines: a whole policy between fences is read as one without.
const LONGEST: usize = 64;

/// Tells for every line whether it stands in such a block.
pub(super) fn find(lines: &[Line<'_>]) -> Vec<bool> {
    let mut fenced = vec![false; lines.len()];
    let mut index = 0;
    while index < lines.len() {
        let inner = (index + 1).min(lines.len());
        if lines[index].opens_fence() {
            let mut rest = lines[inner..].iter().take(LONGEST);
            if let Some(count) = rest.position(|line| closes(&lines[index], line)) {
                fenced[inner..inner + count].fill(true);
                index = inner + count;
            }
        }
        index += 1;
    }
    fenced
}

/// Whether a line is a row of the sign with which another opens a block.
fn closes(open: &Line<'_>, line: &Line<'_>) -> bool {
    line.is_rule() && !line.opens_fence() && line.text.get(..3) == open.text.get(..3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::lines;

    #[test]
    fn blocks_of_code_are_closed_and_short() {
        for (text, expected) in [
            ("```yaml\n甲\n乙\n```\n丙", "01100"),
            ("```yaml\n甲\n\n~~~\n```\n丙", "01100"),
            ("```\n甲\n```\n丙", "0000"),
            ("~~~ json\n甲\n```", "000"),
            ("```这是正文\n甲\n```", "000"),
        ] {
            let fenced = find(&lines::split(text));
            let found: String = fenced.iter().map(|f| if *f { '1' } else { '0' }).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
