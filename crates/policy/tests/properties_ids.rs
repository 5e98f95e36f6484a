//! An edit leaves the ids of what it does not touch.
//!
//! What is promised: a clause's id is drawn from its words without its number. A numbered item
//! leans on the title of its heading, a cell on the name of its column and on the first cell of its
//! row, so that what is said in several places has an id in each. So an edit elsewhere — another
//! clause changed, put in or taken out, a whole section put in, everything counted anew — leaves
//! the id of a clause whose words come once in their place. What comes twice in one place is
//! counted, and loses its count with the one before it.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::sample::Index;
use zhiqing_policy::parse;

/// A policy, as somebody writes and edits it. Words are numbers: equal ones are equal words.
#[derive(Clone, Debug)]
struct Policy {
    /// What the first item of every section and the first section are counted from.
    first: usize,
    sections: Vec<Section>,
}

#[derive(Clone, Debug)]
struct Section {
    title: usize,
    blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
enum Block {
    Paragraph(usize),
    Item(usize),
    /// Name of its columns, and the words that open its rows.
    Table(usize, Vec<usize>),
}

/// The words of an item that stands in many sections.
const EVERYWHERE: usize = 0;

/// Words that no other number has, and none has alike: lines that begin alike may be contents.
fn words(number: usize) -> String {
    let signs: Vec<char> = "东南西北春夏秋冬梅兰竹菊江河湖海风霜雨雪山石田土金木水火日月星辰"
        .chars()
        .collect();
    let mut state = number + 1;
    (0..8)
        .map(|_| {
            state = state * 1_103_515_245 % 2_147_483_647;
            signs[state % signs.len()]
        })
        .collect()
}

fn han(number: usize) -> String {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", digits[tens]),
    };
    let ones = Some(digits[number % 10]).filter(|_| !number.is_multiple_of(10));
    tens.chars().chain(ones).collect()
}

/// Where a clause stands and what it says: what its id is drawn from.
type Key = (Option<String>, String);

impl Policy {
    /// Its text, and the keys of its clauses in order.
    fn write(&self) -> (String, Vec<Key>) {
        let mut text = String::from("某某隐私政策\n");
        let mut keys = Vec::new();
        for (index, section) in self.sections.iter().enumerate() {
            let title = format!("{}的规则", words(section.title));
            text.push_str(&format!("{}、{title}\n", han(self.first + index)));
            let mut count = self.first;
            for block in &section.blocks {
                match block {
                    Block::Paragraph(number) => {
                        let says = format!("{}，我们会告诉您。", words(*number));
                        text.push_str(&format!("{says}\n"));
                        keys.push((None, says));
                    }
                    Block::Item(number) => {
                        let says = format!("{}，另有规定的除外。", words(*number));
                        text.push_str(&format!("{count}. {says}\n"));
                        keys.push((Some(title.clone()), format!("{count}. {says}")));
                        count += 1;
                    }
                    Block::Table(name, rows) => {
                        let names = ["权限", "用途"].map(|column| words(*name) + column);
                        text.push_str(&format!("\n| {} | {} |\n|---|---|\n", names[0], names[1]));
                        keys.extend(names.iter().map(|name| (None, name.clone())));
                        for row in rows {
                            let first = words(*row);
                            // The second cell says the same in every row.
                            text.push_str(&format!("| {first} | 不读取 |\n"));
                            keys.push((Some(names[0].clone()), first.clone()));
                            keys.push((Some(names[1].clone() + &first), "不读取".to_owned()));
                        }
                        text.push('\n');
                    }
                }
            }
        }
        (text, keys)
    }

    /// Ids by place and words, numbers left out.
    fn ids(&self) -> HashMap<Key, String> {
        let (text, keys) = self.write();
        let document = parse(&text);
        let said: Vec<&str> = document.clauses.iter().map(|c| c.text.as_str()).collect();
        let written: Vec<&str> = keys.iter().map(|(_, says)| says.as_str()).collect();
        assert_eq!(said, written, "{text}");
        let bare = |(place, says): Key| {
            let words = says.split_once(". ").map(|(_, words)| words.to_owned());
            (place, words.unwrap_or(says))
        };
        let ids = document.clauses.iter().map(|clause| clause.id.clone());
        keys.into_iter().map(bare).zip(ids).collect()
    }
}

/// A policy in which nothing comes twice in one place; one item may come in every section.
fn policy() -> impl Strategy<Value = Policy> {
    let kinds = prop::collection::vec((0..5_usize, 1..4_usize), 1..7);
    prop::collection::vec(kinds, 1..6).prop_map(|sections| {
        let mut fresh = 1;
        let mut next = || {
            fresh += 1;
            fresh
        };
        let section = |kinds: Vec<(usize, usize)>| {
            let mut blocks: Vec<Block> = Vec::new();
            let mut everywhere = false;
            for (kind, rows) in kinds {
                blocks.push(match kind {
                    0 | 1 => Block::Paragraph(next()),
                    2 => Block::Item(next()),
                    3 if !everywhere => {
                        everywhere = true;
                        Block::Item(EVERYWHERE)
                    }
                    3 => Block::Item(next()),
                    _ => Block::Table(next(), (0..rows).map(|_| next()).collect()),
                });
            }
            Section {
                title: next(),
                blocks,
            }
        };
        let sections = sections.into_iter().map(section).collect();
        Policy { first: 1, sections }
    })
}

/// What somebody does to a policy; `NEW` words are in no policy.
#[derive(Clone, Debug)]
enum Edit {
    ChangeBlock,
    DeleteBlock,
    InsertParagraph,
    InsertItem,
    InsertSection,
    DeleteSection,
    CountFrom(usize),
}

const NEW: usize = 400;

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        Just(Edit::ChangeBlock),
        Just(Edit::DeleteBlock),
        Just(Edit::InsertParagraph),
        Just(Edit::InsertItem),
        Just(Edit::InsertSection),
        Just(Edit::DeleteSection),
        (2..20_usize).prop_map(Edit::CountFrom),
    ]
}

fn apply(policy: &mut Policy, edit: &Edit, section: Index, block: Index) {
    let section = section.index(policy.sections.len());
    let blocks = &mut policy.sections[section].blocks;
    let block = block.index(blocks.len());
    match edit {
        Edit::ChangeBlock => match &mut blocks[block] {
            Block::Paragraph(words) | Block::Item(words) => *words = NEW,
            Block::Table(_, rows) => rows[0] = NEW,
        },
        Edit::DeleteBlock => drop(blocks.remove(block)),
        Edit::InsertParagraph => blocks.insert(block, Block::Paragraph(NEW)),
        Edit::InsertItem => blocks.insert(block, Block::Item(NEW)),
        Edit::InsertSection => {
            let blocks = vec![
                Block::Paragraph(NEW + 1),
                Block::Item(EVERYWHERE),
                Block::Table(NEW + 2, vec![NEW + 3]),
            ];
            policy
                .sections
                .insert(section, Section { title: NEW, blocks });
        }
        Edit::DeleteSection => drop(policy.sections.remove(section)),
        Edit::CountFrom(first) => policy.first = *first,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_leaves_the_ids_of_all_else(
        mut policy in policy(),
        edit in edit(),
        section in any::<Index>(),
        block in any::<Index>(),
    ) {
        let before = policy.ids();
        apply(&mut policy, &edit, section, block);
        let after = policy.ids();
        for (key, id) in &after {
            if let Some(old) = before.get(key) {
                prop_assert_eq!(old, id, "{:?}", key);
            }
        }
        // Different words or places have different ids, before and after.
        for (key, id) in &before {
            let same = after.iter().find(|(_, other)| *other == id);
            prop_assert!(same.is_none_or(|(other, _)| other == key), "{:?}", key);
        }
    }

    #[test]
    fn a_changed_word_changes_the_id(first in 1..300_usize, second in 300..400_usize) {
        let policy = |number| Policy {
            first: 1,
            sections: vec![Section { title: NEW, blocks: vec![Block::Item(number)] }],
        };
        let ids = |number| policy(number).ids().into_values().next();
        prop_assert_ne!(ids(first), ids(second));
    }
}
