//! Puts passages together, in source order.

use crate::document::{ContentsLine, Heading, Table};
use crate::input::Hint;
use crate::input::lines::Line;
use crate::structure::Structure;
use crate::structure::draft::{Draft, Role};
use crate::structure::headings::words::leaves_open;
use crate::structure::identity::Identities;
use crate::structure::outline::{Outline, Rank, Sign};
use crate::structure::tables::{self, Cell, Span};
use crate::structure::{breaks, lists, numbering, titles};
use crate::text::{ends_sentence, trim};

#[derive(Default)]
pub(crate) struct Builder {
    structure: Structure,
    outline: Outline,
    sections: Identities,
    title: Option<String>,
    /// The paragraph that a line may continue.
    open: Option<Open>,
    /// Rules that stand before any passage.
    pending: Option<Draft>,
    last: Last,
}

/// How the last line of a paragraph stood.
#[derive(Clone, Copy)]
struct Open {
    indent: u32,
    number: u32,
}

/// What the last passage was: markup that follows goes with it.
#[derive(Clone, Copy, Default)]
enum Last {
    #[default]
    None,
    Heading,
    Contents,
    Clause,
}

impl Builder {
    /// `signs` are those of all headings; there are about as many clauses as `clauses`.
    pub(crate) fn new(signs: impl IntoIterator<Item = Sign>, clauses: usize) -> Self {
        let mut builder = Self {
            outline: Outline::new(signs),
            ..Self::default()
        };
        builder.structure.clauses.reserve(clauses);
        builder
    }

    pub(crate) fn title(&mut self, line: &Line<'_>) {
        let words = titles::bare(line.rest());
        if self
            .title
            .as_ref()
            .is_none_or(|title| title.len() <= words.len())
        {
            self.title = Some(words);
        }
        self.outline.title(self.structure.document.outline.len());
        self.push_heading(line, 0);
    }

    pub(crate) fn heading(&mut self, line: &Line<'_>, rank: Rank) {
        let index = self.structure.document.outline.len();
        let level = self.outline.heading(Sign::of(line, rank), index);
        self.push_heading(line, level);
    }

    fn push_heading(&mut self, line: &Line<'_>, level: u8) {
        self.open = None;
        let rest = line.rest();
        let words = line.words();
        // A number on a line of its own is its own title.
        let (label, title, [before, between, after]) = if rest.is_empty() {
            let [before, after] = line.signs_around();
            ("", words, [before, "", after])
        } else {
            let label = line.label.map_or("", |label| trim(&words[..label.length]));
            (label, rest, line.signs())
        };
        let mut markup = [before, between, after].map(|part| trim(part).to_owned());
        if let Some([before, after]) = line.tags.as_deref() {
            markup[0].insert_str(0, before);
            markup[2].push_str(after);
        }
        markup[0].insert_str(0, &self.pending());
        let empty = markup.iter().all(String::is_empty);
        self.structure.document.outline.push(Heading {
            id: self.sections.name("s", title, line.holds.blanks, ""),
            level,
            label: label.to_owned(),
            title: title.to_owned(),
            line: line.number,
            column: line.column,
            markup: (!empty).then(|| Box::new(markup)),
        });
        self.last = Last::Heading;
    }

    /// The rules that wait for a passage.
    fn pending(&mut self) -> String {
        self.pending
            .take()
            .map_or_else(String::new, |rules| rules.text)
    }

    pub(crate) fn contents(&mut self, line: &Line<'_>) {
        self.open = None;
        let mut markup = line.tags.as_deref().cloned().unwrap_or_default();
        markup[0].insert_str(0, &self.pending());
        let empty = markup.iter().all(String::is_empty);
        self.structure.document.contents.push(ContentsLine {
            line: line.number,
            column: line.column,
            text: line.text.to_string(),
            markup: (!empty).then(|| Box::new(markup)),
        });
        self.last = Last::Contents;
    }

    pub(crate) fn clause(&mut self, mut draft: Draft) {
        let paragraph = draft.role == Role::Paragraph;
        self.open = paragraph.then(|| Open {
            indent: draft.column,
            number: draft.end_line(),
        });
        let pending = self.pending();
        if !pending.is_empty() {
            draft.markup.get_or_insert_default()[0].insert_str(0, &pending);
        }
        // **（三）名称**。正文 counts on, though its head is emphasised.
        let label = draft.label.or_else(|| {
            let words = draft.text.strip_prefix("**")?;
            numbering::read(words)
        });
        let leads = draft.text.ends_with(['：', ':']);
        let section = self.outline.section(label.filter(|_| paragraph), leads);
        self.structure.clauses.push((draft, section));
        self.last = Last::Clause;
    }

    /// A line that is markup alone goes with the passage above it.
    pub(crate) fn rule(&mut self, line: &Line<'_>) {
        self.open = None;
        let document = &mut self.structure.document;
        let after = match self.last {
            Last::None => {
                match &mut self.pending {
                    Some(pending) => pending.append(line),
                    None => self.pending = Some(Draft::of(line, Role::Paragraph)),
                }
                return;
            }
            Last::Heading => match document.outline.last_mut() {
                Some(heading) => &mut heading.markup.get_or_insert_default()[2],
                None => return,
            },
            Last::Contents => match document.contents.last_mut() {
                Some(entry) => &mut entry.markup.get_or_insert_default()[1],
                None => return,
            },
            Last::Clause => match self.structure.clauses.last_mut() {
                Some((draft, _)) => &mut draft.markup.get_or_insert_default()[1],
                None => return,
            },
        };
        after.push('\n');
        after.push_str(&line.text);
    }

    pub(crate) fn join(&mut self, line: &Line<'_>) {
        if let Some((draft, _)) = self.structure.clauses.last_mut() {
            draft.append(line);
            if let Some(open) = &mut self.open {
                open.number = draft.end_line();
            }
        }
    }

    /// Whether a line plainly goes on with the sentence of the paragraph above it: nothing between
    /// them, no number of its own, and the sentence stops at a comma or in the midst of words. A line
    /// that tabs set further in than the paragraph's first goes on with it, too. `unfinished` tells
    /// that the next line goes on with this one.
    pub(crate) fn continues(&self, lines: &[Line<'_>], unfinished: bool) -> bool {
        let (Some(open), Some((draft, _)), Some(line)) =
            (self.open, self.structure.clauses.last(), lines.first())
        else {
            return false;
        };
        let words = draft.text.trim_end_matches('*');
        let Some(last) = words.chars().next_back() else {
            return false;
        };
        if line.is_rest() {
            return true;
        }
        // Items of a list are no broken sentence, unless one stops in the midst of a further one.
        let item = line.hint == Hint::Item && !draft.text.contains('。');
        if line.label.is_some() || line.gap || item || line.number < open.number {
            return false;
        }
        // A number on a line of its own belongs to the next.
        if draft
            .label
            .is_some_and(|label| label.number > 0 && label.length == draft.text.len())
        {
            return true;
        }
        if ends_sentence(last) {
            return draft.label.is_some()
                && line.rich.is_none()
                && line.indent >= open.indent + 2
                && line.length > 8;
        }
        // A bracket may be open that this line closes.
        let closes = || {
            let end = line.text.find(['）', ')', '（', '(']);
            end.is_some_and(|at| line.text[at..].starts_with(['）', ')'])) && leaves_open(words)
        };
        if unfinished || matches!(last, '，' | '、' | ',') || closes() {
            return true;
        }
        let begun = draft.is_joined()
            || draft.text.contains(['，', '。'])
            || line.text.starts_with(['（', '(']);
        // Tags around a line set it apart.
        let tagged = line.tags.is_some() || draft.markup.is_some();
        begun
            && !tagged
            && line.text.contains(['，', '。'])
            && !line.text.starts_with(['【', '《'])
            && last != '】'
            && !lists::are_alike(&draft.text, &line.text)
            && lists::come_to_an_end(lines)
    }

    pub(crate) fn table(&mut self, lines: &[Line<'_>], table: Span) {
        let first = self.structure.clauses.len();
        for cell in &table.names {
            self.cell(lines, cell, Role::Caption, "");
        }
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let mut texts: Vec<String> = Vec::with_capacity(row.len());
            for (column, cell) in row.iter().enumerate() {
                let name = table.header.get(column).map_or("", String::as_str);
                let key = texts.first().map_or("", String::as_str);
                let place = format!("{}\u{1}{}", shortened(name), shortened(key));
                let text = self.cell(lines, cell, Role::Cell, &place);
                texts.push(text);
            }
            rows.push(texts);
        }
        let number = |index: usize| lines.get(index).map_or(0, |line: &Line<'_>| line.number);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let clauses = &self.structure.clauses[first..];
        let end_line = clauses.iter().map(|(draft, _)| draft.end_line()).max();
        let line = number(table.lines.start);
        self.structure.document.tables.push(Table {
            line,
            end_line: end_line.unwrap_or(line),
            header: table.header,
            rows,
            clauses: [count(first), count(self.structure.clauses.len())],
        });
        self.open = None;
    }

    /// Adds the clause of a cell and gives its text; an empty cell has no clause.
    fn cell(&mut self, lines: &[Line<'_>], cell: &Cell, role: Role, place: &str) -> String {
        if let Some(spanned) = &cell.spanned {
            // A long text is not said again in each of a thousand rows.
            let texts = lines[spanned.clone()]
                .iter()
                .map(|line| shortened(&line.text));
            return shortened(&texts.collect::<String>()).to_owned();
        }
        let Some(first) = lines
            .get(cell.lines.start)
            .filter(|_| !cell.lines.is_empty())
        else {
            return String::new();
        };
        let mut draft = match &cell.part {
            Some(part) => {
                let mut draft = Draft::part(first, &first.text[part.clone()], role);
                let before = first.text[..part.start].chars().count();
                draft.column += u32::try_from(before).unwrap_or(u32::MAX);
                draft
            }
            None => Draft::of(first, role),
        };
        for line in lines.iter().take(cell.lines.end).skip(cell.lines.start + 1) {
            if role == Role::Cell && breaks::are_apart(&draft.text, &line.text) {
                draft.space();
            }
            draft.append(line);
        }
        if cell.markup.iter().any(|markup| !markup.is_empty()) {
            draft.markup = Some(Box::new(cell.markup.clone()));
        }
        draft.leans_on = (!place.is_empty()).then(|| place.into());
        let text = if cell.named {
            tables::value_of(&draft.text).to_owned()
        } else {
            breaks::as_blanks(&draft.text).into_owned()
        };
        self.clause(draft);
        text
    }

    /// The document; `named` is how the text calls itself, if no line is its title.
    pub(crate) fn finish(mut self, named: Option<String>) -> Structure {
        if let Some(rules) = self.pending.take() {
            // There is no passage that they could go with.
            self.clause(rules);
        }
        self.structure.document.title = self.title.take().or(named);
        self.structure
    }
}

/// The beginning of a text, which stands for it where it would be held again and again.
fn shortened(text: &str) -> &str {
    const LONGEST: usize = 64;
    text.char_indices()
        .nth(LONGEST)
        .map_or(text, |(at, _)| &text[..at])
}
