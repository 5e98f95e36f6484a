//! The lines of a policy, whatever it was written in: what the structure is read from.

mod headed;

use std::borrow::Cow;

use crate::input::html::verbatim::Verbatim;
use crate::input::signs::{Signs, is_tags, offset, strip_stars};
use crate::input::{Block, Hint, tags};
use crate::structure::numbering::{self, Label};
use crate::text::{self, Holds, is_blank, is_sentence_mark, trim};

/// A line that holds something: a line of plain text or Markdown, a block of HTML.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// 1-based line of the source.
    pub(crate) number: u32,
    /// 1-based column of its first character.
    pub(crate) column: u32,
    /// Its text, trimmed, Markdown's signs included.
    pub(crate) text: Cow<'a, str>,
    /// Tags before and after the text, which are no part of it: `<br>`, `<u>` with `</u>`.
    pub(crate) tags: Option<Box<[String; 2]>>,
    /// Bytes of Markdown's signs before and after the words: `##`, `**`.
    lead: u32,
    trail: u32,
    /// Blank characters before the text.
    pub(crate) indent: u32,
    /// What the text holds.
    pub(crate) holds: Holds,
    /// Characters in the words.
    pub(crate) length: u32,
    /// Whether a blank line, or the end of a paragraph, stands before it.
    pub(crate) gap: bool,
    /// What the markup says it is.
    pub(crate) hint: Hint,
    /// Whether all of it is emphasised.
    pub(crate) bold: bool,
    /// Whether it is nothing but a link to another page.
    pub(crate) linked: bool,
    /// Numbering or bullet at the start of its words.
    pub(crate) label: Option<Label>,
    /// What only HTML can say.
    pub(crate) rich: Option<Box<Rich>>,
}

/// Further lines and emphasis inside a block of HTML.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rich {
    /// Byte offsets at which a further source line begins, with its number.
    pub(crate) breaks: Vec<(u32, u32)>,
    /// Emphasised ranges, in characters.
    pub(crate) emphasis: Vec<(u32, u32)>,
}

impl<'a> Line<'a> {
    /// A line of plain text or Markdown.
    fn plain(number: u32, raw: &'a str, gap: bool) -> Option<Self> {
        let text = trim(raw);
        if text.is_empty() {
            return None;
        }
        let indent = count(raw.chars().take_while(|&c| is_blank(c)));
        // Nearly all lines end in a character that no tag and no star is.
        let framed = matches!(text.as_bytes()[0], b'<' | b'*' | b'_') || text.ends_with('>');
        let around = framed.then(|| tags::around(text)).flatten();
        let (whole, text) = (text, around.map_or(text, |(inner, _)| inner));
        let from = offset(whole, text);
        let emphasised = around.is_some_and(|(_, bold)| bold);
        let signs = Signs::read(text);
        let words = &text[signs.lead..text.len() - signs.trail];
        let (holds, length) = Holds::and_length(text);
        Some(Self {
            number,
            column: indent
                .saturating_add(1)
                .saturating_add(count(whole[..from].chars())),
            tags: around.map(|_| {
                let tags = [&whole[..from], &whole[from + text.len()..]];
                Box::new(tags.map(|tag| trim(tag).to_owned()))
            }),
            lead: small(signs.lead),
            trail: small(signs.trail),
            indent,
            holds,
            length: match (signs.lead, signs.trail) {
                (0, 0) => length,
                _ => count(words.chars()),
            },
            gap,
            hint: signs.hint,
            bold: signs.bold || emphasised,
            linked: false,
            label: label(words, signs.hint),
            text: Cow::Borrowed(text),
            rich: emphasised.then(|| {
                Box::new(Rich {
                    breaks: Vec::new(),
                    emphasis: vec![(0, count(text.chars()))],
                })
            }),
        })
    }

    fn block(block: Block) -> Self {
        let block = block.trimmed();
        let (holds, length) = Holds::and_length(&block.text);
        // A colon may stand behind the emphasised words.
        let colon = block.text.ends_with(['：', ':']);
        let bold = block
            .emphasis
            .first()
            .is_some_and(|&(start, end)| start == 0 && end + u32::from(colon) >= length);
        let rich = (!block.breaks.is_empty() || !block.emphasis.is_empty()).then(|| {
            Box::new(Rich {
                breaks: block.breaks,
                emphasis: block.emphasis,
            })
        });
        Self {
            number: block.number,
            column: block.column,
            tags: None,
            lead: 0,
            trail: 0,
            indent: u32::from(block.depth),
            holds,
            length,
            gap: block.gap,
            hint: block.hint,
            bold,
            linked: block.linked,
            label: label(&block.text, block.hint),
            text: Cow::Owned(block.text),
            rich,
        }
    }

    /// The same line of the page that shows its text.
    pub(crate) fn moved(self, page: &Verbatim) -> Line<'static> {
        let first = self.number == 1;
        Line {
            number: self.number.saturating_add(page.lines),
            column: self
                .column
                .saturating_add(if first { page.columns } else { 0 }),
            text: Cow::Owned(self.text.into_owned()),
            ..self
        }
    }

    /// Whether it is words alone, without signs or markup.
    pub(crate) fn is_bare(&self) -> bool {
        self.lead == 0
            && self.trail == 0
            && self.hint == Hint::None
            && self.rich.is_none()
            && self.tags.is_none()
    }

    /// What stands before and from this byte on, of a line that [is bare](Self::is_bare).
    pub(crate) fn split_at(self, at: usize) -> [Self; 2] {
        let part = |from: usize, to: usize| {
            let text = match &self.text {
                Cow::Borrowed(text) => Cow::Borrowed(trim(&text[from..to])),
                Cow::Owned(text) => Cow::Owned(trim(&text[from..to]).to_owned()),
            };
            Self {
                column: self.column.saturating_add(count(self.text[..from].chars())),
                holds: Holds::of(&text),
                length: count(text.chars()),
                label: match from {
                    0 => self.label,
                    _ => label(&text, self.hint),
                },
                gap: self.gap && from == 0,
                tags: None,
                rich: None,
                text,
                ..self
            }
        };
        [part(0, at), part(at, self.text.len())]
    }

    /// Makes a heading of a line that the next one underlines (CommonMark 4.3, setext headings).
    fn underline(&mut self, below: &Self) {
        let level = match below.text.as_bytes() {
            [b'=', b'=', b'=', rest @ ..] if rest.iter().all(|&byte| byte == b'=') => 1,
            [b'-', b'-', b'-', rest @ ..] if rest.iter().all(|&byte| byte == b'-') => 2,
            _ => return,
        };
        // Rows of signs are drawn below whole paragraphs as well: what stands alone and is no
        // statement is a heading.
        let alone = self.gap && !self.text.contains(is_sentence_mark) && !self.text.contains('|');
        if alone && self.hint == Hint::None && !self.is_rule() {
            self.hint = Hint::Heading(level);
            self.label = label(self.words(), self.hint);
        }
    }

    /// The text without Markdown's signs at its ends, its number included.
    pub(crate) fn words(&self) -> &str {
        &self.text[self.lead as usize..self.text.len() - self.trail as usize]
    }

    /// The words after the number, trimmed, without signs of emphasis around them.
    pub(crate) fn rest(&self) -> &str {
        let words = self.words();
        let rest = self.label.map_or(words, |label| &words[label.length..]);
        if self.holds == Holds::default() {
            return rest;
        }
        let rest = trim(rest);
        // What closes one emphasised run and opens the next belongs to neither.
        let rest = match rest.strip_prefix("**") {
            Some(next) if self.bold && self.lead > 0 => trim(next).trim_start_matches("**"),
            _ => rest,
        };
        if rest.starts_with(['*', '_']) {
            strip_stars(rest).unwrap_or(rest)
        } else {
            rest
        }
    }

    /// Whether the words after the number have a mark that only sentences have.
    pub(crate) fn has_sentence_mark(&self) -> bool {
        self.rest().contains(is_sentence_mark)
    }

    /// Markdown's signs before and after its words, the number included.
    pub(crate) fn signs_around(&self) -> [&str; 2] {
        let end = self.text.len() - self.trail as usize;
        [&self.text[..self.lead as usize], &self.text[end..]]
    }

    /// Markdown's signs: before the number, between it and the words, and after them.
    pub(crate) fn signs(&self) -> [&str; 3] {
        let (words, rest) = (self.words(), self.rest());
        let from = self.label.map_or(0, |label| label.length);
        let at = offset(words, rest);
        [
            &self.text[..self.lead as usize],
            &words[from.min(at)..at],
            &self.text[self.lead as usize + at + rest.len()..],
        ]
    }

    /// Whether it cannot begin a sentence: it opens with a mark that closes one.
    pub(crate) fn is_rest(&self) -> bool {
        // What these marks begin with tells them from nearly all characters.
        let first = self.text.as_bytes().first();
        !self.gap
            && matches!(first, Some(0xe2 | 0xe3 | 0xef | b'*'))
            && self.text.trim_start_matches('*').starts_with([
                '，', '。', '、', '；', '：', '！', '？', '）', '】', '》', '”', '’',
            ])
    }

    /// Characters in the text, Markdown's signs included.
    pub(crate) fn length_with_signs(&self) -> u32 {
        match (self.lead, self.trail) {
            (0, 0) => self.length,
            _ => count(self.text.chars()),
        }
    }

    /// Gives its text back to memory.
    pub(crate) fn forget(&mut self) {
        if let Cow::Owned(text) = &mut self.text {
            *text = String::new();
        }
        (self.lead, self.trail) = (0, 0);
        (self.rich, self.tags) = (None, None);
    }

    /// The number at the start of its text, where no signs stand before it.
    pub(crate) fn label_of_text(&self) -> Option<Label> {
        self.label.filter(|_| self.lead == 0)
    }

    /// Whether it stands in a quotation of Markdown.
    pub(crate) fn is_quoted(&self) -> bool {
        self.lead > 0 && self.text.starts_with('>')
    }

    /// Whether it opens a block of code and names the language: ```` ```yaml ````.
    pub(crate) fn opens_fence(&self) -> bool {
        const LONGEST: usize = 20;
        let fence = ["```", "~~~"].iter().find(|f| self.text.starts_with(**f));
        fence.is_some_and(|fence| {
            let sign = [fence.as_bytes()[0] as char];
            let name = trim(self.text.trim_start_matches(sign));
            !name.is_empty()
                && name.len() <= LONGEST
                && name.bytes().all(|b| b.is_ascii_graphic() && b != b'`')
        })
    }

    /// Whether nothing but signs that draw a rule: `---`, `***`, `===`, a fence, tags of HTML.
    pub(crate) fn is_rule(&self) -> bool {
        if self.tags.is_some() {
            return false;
        }
        if self.text.starts_with('<') {
            return is_tags(&self.text);
        }
        if self.opens_fence() {
            return true;
        }
        let first = self.text.chars().next();
        matches!(first, Some('-' | '*' | '_' | '=' | '`' | '~' | '—'))
            && self.text.len() >= 3
            && self.text.chars().all(|c| Some(c) == first || is_blank(c))
    }
}

/// The number at the start of words: in headings that markup has told, a bare one will do.
fn label(words: &str, hint: Hint) -> Option<Label> {
    match hint {
        Hint::Heading(_) => numbering::read_in_heading(words),
        _ => numbering::read(words),
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn count(chars: impl Iterator<Item = char>) -> u32 {
    small(chars.count())
}

/// Fewest headings with a blank behind their signs that tell one without it.
const MARKED: u32 = 2;

/// Calls `add` with each line of a text, blank ones too: `\n`, `\r\n` and a lone `\r` all count as one
/// line break.
pub(crate) fn each<'t>(text: &'t str, mut add: impl FnMut(&'t str)) {
    let returns = text.contains('\r');
    for block in text.split('\n') {
        if returns {
            let block = block.strip_suffix('\r').unwrap_or(block);
            block.split('\r').for_each(&mut add);
        } else {
            add(block);
        }
    }
}

/// Splits at what [`each`] counts as a line break; blank lines are left out.
pub(crate) fn split(text: &str) -> Vec<Line<'_>> {
    let breaks = text::count(text.as_bytes(), |byte| byte == b'\n');
    // Breaks alone make no lines.
    let expected = breaks.min(text.len() / 64) + 1;
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(expected);
    let mut number = 0_u32;
    let mut gap = true;
    // Headings of Markdown, and lines that are some if the text has those.
    let mut marked = 0_u32;
    let mut open: Vec<usize> = Vec::new();
    let mut add = |raw| {
        number = number.saturating_add(1);
        let Some(line) = Line::plain(number, raw, gap) else {
            gap = true;
            return;
        };
        if let (false, Some(above)) = (gap, lines.last_mut()) {
            above.underline(&line);
        }
        if line.text.as_bytes()[0] == b'#' {
            match line.hint {
                Hint::Heading(_) => marked += 1,
                _ if line.may_be_headed() => open.push(lines.len()),
                _ => {}
            }
        }
        lines.push(line);
        gap = false;
    };
    each(text, &mut add);
    if marked >= MARKED {
        for index in open {
            if lines.get(index + 1).is_none_or(|next| next.gap) {
                lines[index].head();
            }
        }
    }
    lines
}

/// The blocks of an HTML page as lines.
pub(crate) fn of_blocks(blocks: Vec<Block>) -> Vec<Line<'static>> {
    blocks.into_iter().map(Line::block).collect()
}

#[cfg(test)]
mod tests;
