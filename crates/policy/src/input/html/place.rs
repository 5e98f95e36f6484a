//! Byte offset to line and column, walking forward only: every byte of the source is looked at
//! once, however many places are asked for and however long a line is.

use crate::text::count;

pub(super) struct Place<'a> {
    bytes: &'a [u8],
    /// Whether the source has carriage returns at all; most has none, which counts faster.
    returns: bool,
    offset: usize,
    line: u32,
    /// An offset on the line whose column is known.
    mark: usize,
    column: u32,
}

impl<'a> Place<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            bytes: source.as_bytes(),
            returns: source.as_bytes().contains(&b'\r'),
            offset: 0,
            line: 1,
            mark: 0,
            column: 1,
        }
    }

    /// The line on which an offset stands; it is not before the last one asked for.
    pub(super) fn line(&mut self, offset: usize) -> u32 {
        let end = offset.min(self.bytes.len());
        let Some(run) = self
            .bytes
            .get(self.offset..end)
            .filter(|run| !run.is_empty())
        else {
            return self.line;
        };
        let breaks = if self.returns {
            (self.offset..end).filter(|&at| self.breaks(at)).count()
        } else {
            count(run, |byte| byte == b'\n')
        };
        if breaks > 0 {
            let last = (self.offset..end).rfind(|&at| self.breaks(at));
            self.mark = last.map_or(self.offset, |at| at + 1);
            self.column = 1;
            self.line = self
                .line
                .saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        }
        self.offset = end;
        self.line
    }

    /// The column, in characters, of the offset last asked for.
    pub(super) fn column(&mut self) -> u32 {
        let run = self.bytes.get(self.mark..self.offset).unwrap_or_default();
        let chars = count(run, |byte| byte & 0xc0 != 0x80);
        self.column = self
            .column
            .saturating_add(u32::try_from(chars).unwrap_or(u32::MAX));
        self.mark = self.offset;
        self.column
    }

    /// Whether a line ends with this byte: `\n`, or `\r` on its own.
    fn breaks(&self, at: usize) -> bool {
        match self.bytes[at] {
            b'\n' => true,
            b'\r' => self.bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(source: &str, expected: &[(char, u32, u32)]) {
        let mut place = Place::new(source);
        let found: Vec<_> = source
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
            .map(|(at, c)| (c, place.line(at), place.column()))
            .collect();
        assert_eq!(found, expected, "{source:?}");
    }

    #[test]
    fn lines_and_columns_are_counted_whatever_ends_them() {
        case("甲乙\n 丙", &[('甲', 1, 1), ('乙', 1, 2), ('丙', 2, 2)]);
        case(
            "a\r\nb\rc\n\nd",
            &[('a', 1, 1), ('b', 2, 1), ('c', 3, 1), ('d', 5, 1)],
        );
    }
}
