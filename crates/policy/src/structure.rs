//! Lines to passages: contents, tables and headings told from clauses, broken sentences joined,
//! each clause under its heading.

use crate::contents;
use crate::document::{ContentsLine, Document, Heading, Table};
use crate::draft::{Draft, Role};
use crate::headings;
use crate::identity::Identities;
use crate::lines::{self, Line};
use crate::outline::Outline;
use crate::tables::{self, Shape, Span};
use crate::text::{ends_sentence, trim};

/// A document without clauses, and the drafts of its clauses with their sections.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    pub(crate) document: Document,
    pub(crate) clauses: Vec<(Draft, Option<String>)>,
}

/// Tells the passages of a text apart.
pub(crate) fn read(text: &str) -> Structure {
    let lines = lines::split(text);
    let mut free = vec![true; lines.len()];
    let contents = contents::find(&lines);
    for index in contents.ranges.iter().cloned().flatten() {
        free[index] = false;
    }
    let taken: Vec<bool> = free.iter().map(|free| !free).collect();
    let tables = tables::find(&lines, &taken);
    for index in tables.iter().flat_map(|table| table.lines.clone()) {
        free[index] = false;
    }
    let captions: Vec<bool> = captions(&lines, &free, &tables);
    for index in (0..lines.len()).filter(|&index| captions[index]) {
        free[index] = false;
    }
    let titles = headings::titles(&lines, &free);
    let heads: Vec<bool> = (0..lines.len())
        .map(|index| {
            free[index]
                && !titles.contains(&index)
                && (contents.targets.contains(&index) || headings::is_heading(&lines, &free, index))
        })
        .collect();
    let labels = (0..lines.len())
        .filter(|&index| heads[index])
        .filter_map(|index| lines[index].label);
    let mut builder = Builder {
        outline: Outline::new(labels),
        ..Builder::default()
    };

    let mut tables = tables.into_iter().peekable();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        if let Some(table) = tables.next_if(|table| table.lines.start == index) {
            index = table.lines.end;
            builder.table(&lines, table);
            continue;
        }
        if titles.contains(&index) {
            builder.title(line);
        } else if heads[index] && !builder.continues(line) {
            builder.heading(line);
        } else if taken[index] {
            builder.contents(line);
        } else if captions[index] {
            builder.clause(Draft::new(line.number, line.text, None, Role::Caption));
        } else if builder.continues(line) {
            builder.join(line);
        } else {
            builder.clause(Draft::new(
                line.number,
                line.text,
                line.label,
                Role::Paragraph,
            ));
        }
        index += 1;
    }
    builder.finish(&lines)
}

/// Short lines just above a table say what it is, not what is done.
fn captions(lines: &[Line<'_>], free: &[bool], tables: &[Span<'_>]) -> Vec<bool> {
    let mut captions = vec![false; lines.len()];
    for table in tables {
        for index in (0..table.lines.start).rev().take(2) {
            let line = &lines[index];
            let colon = line.text.ends_with(['：', ':']);
            let nearest = index + 1 == table.lines.start;
            let bare = !line.text.contains(['，', '。', '；', '！', '？']);
            if !free[index]
                || line.label.is_some()
                || line.length > 40
                || !bare
                || !(nearest || colon)
            {
                break;
            }
            captions[index] = true;
        }
    }
    captions
}

#[derive(Default)]
struct Builder {
    structure: Structure,
    outline: Outline,
    sections: Identities,
    title: Option<String>,
    /// Whether the last passage is a paragraph that a line may continue.
    open: bool,
}

impl Builder {
    fn title(&mut self, line: &Line<'_>) {
        self.open = false;
        let words = headings::title_words(line.rest());
        if self
            .title
            .as_ref()
            .is_none_or(|title| title.len() <= words.len())
        {
            self.title = Some(words);
        }
        let id = self.push_heading(line, 0);
        self.outline.title(&id);
    }

    fn heading(&mut self, line: &Line<'_>) {
        self.open = false;
        let level = self.outline.level(line.label);
        let id = self.push_heading(line, level);
        self.outline.push(line.label, level, &id);
    }

    fn push_heading(&mut self, line: &Line<'_>, level: u8) -> String {
        let rest = line.rest();
        // A number on a line of its own is its own title.
        let cut = if rest.is_empty() {
            0
        } else {
            line.label.map_or(0, |label| label.length)
        };
        let title = if cut == 0 { line.text } else { rest };
        let id = self.sections.name("s", title);
        self.structure.document.outline.push(Heading {
            id: id.clone(),
            level,
            label: trim(&line.text[..cut]).to_owned(),
            title: title.to_owned(),
            line: line.number,
        });
        id
    }

    fn contents(&mut self, line: &Line<'_>) {
        self.open = false;
        let entry = ContentsLine {
            line: line.number,
            text: line.text.to_owned(),
        };
        self.structure.document.contents.push(entry);
    }

    fn clause(&mut self, draft: Draft) {
        self.open = draft.role == Role::Paragraph;
        let label = if self.open { draft.label } else { None };
        let section = self.outline.section(label);
        self.structure.clauses.push((draft, section));
    }

    fn join(&mut self, line: &Line<'_>) {
        if let Some((draft, _)) = self.structure.clauses.last_mut() {
            draft.append(line.number, line.text);
        }
    }

    /// Whether a line plainly goes on with the sentence of the paragraph above it: nothing between
    /// them, no number of its own, and the sentence stops at a comma or in the midst of words.
    fn continues(&self, line: &Line<'_>) -> bool {
        let Some((draft, _)) = self.structure.clauses.last().filter(|_| self.open) else {
            return false;
        };
        let Some(last) = draft.text.chars().next_back() else {
            return false;
        };
        if line.label.is_some() || draft.end_line() + 1 != line.number || ends_sentence(last) {
            return false;
        }
        if matches!(last, '，' | '、' | ',') {
            return true;
        }
        let begun = draft.is_joined() || draft.text.contains(['，', '。']);
        begun
            && line.text.contains(['，', '。'])
            && !line.text.starts_with(['【', '《'])
            && !matches!(last, '】' | '*')
    }

    fn table(&mut self, lines: &[Line<'_>], table: Span<'_>) {
        let header: Vec<String> = table.header.iter().map(|&name| name.to_owned()).collect();
        let columns = header.len();
        let mut rows: Vec<Vec<String>> = Vec::new();
        match table.shape {
            Shape::CellPerLine(cells) => {
                for (position, cell) in cells.into_iter().enumerate() {
                    let role = if position < columns {
                        Role::Caption
                    } else {
                        Role::Cell
                    };
                    let first = &lines[cell.start];
                    let mut draft = Draft::new(first.number, first.text, None, role);
                    for line in &lines[cell.start + 1..cell.end] {
                        draft.append(line.number, line.text);
                    }
                    if position >= columns {
                        if position % columns == 0 {
                            rows.push(Vec::with_capacity(columns));
                        }
                        if let Some(row) = rows.last_mut() {
                            row.push(draft.text.clone());
                        }
                    }
                    self.clause(draft);
                }
            }
            Shape::RowPerLine(pieces) => {
                for (offset, row) in pieces.into_iter().enumerate() {
                    let number = lines[table.lines.start + offset].number;
                    rows.push(
                        row.iter()
                            .map(|piece| tables::value_of(piece).to_owned())
                            .collect(),
                    );
                    for piece in row {
                        self.clause(Draft::new(number, piece, None, Role::Cell));
                    }
                }
            }
        }
        self.structure.document.tables.push(Table {
            line: lines[table.lines.start].number,
            end_line: lines[table.lines.end - 1].number,
            header,
            rows,
        });
    }

    fn finish(mut self, lines: &[Line<'_>]) -> Structure {
        let named = || {
            lines
                .iter()
                .take(12)
                .find_map(|line| headings::self_name(line.text))
        };
        self.structure.document.title = self.title.take().or_else(named);
        self.structure
    }
}
