//! Long policies for the benches, made of our own sample: repeated, but in every repetition with
//! another operator, other numbers and other words, so that neither caches nor repeated ids make
//! the work lighter than it is.

use std::fmt::Write as _;

const SAMPLE: &str = include_str!("../../../../policy-text/travel-benefits/policy.txt");

/// What a policy is written in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
}

pub(crate) const FORMATS: [Format; 3] = [Format::Text, Format::Markdown, Format::Html];

/// Sizes with the names they are shown under.
pub(crate) const SIZES: [(&str, usize); 4] = [
    ("10 KB", 10_000),
    ("100 KB", 100_000),
    ("1 MB", 1_000_000),
    ("10 MB", 10_000_000),
];

/// A policy of as many whole lines as fit into so many bytes.
pub(crate) fn policy(format: Format, bytes: usize) -> String {
    let mut random = Random(0x5eed);
    let mut text = String::with_capacity(bytes + SAMPLE.len() * 2);
    while text.len() < bytes {
        let copy = vary(&mut random);
        match format {
            Format::Text => text.push_str(&copy),
            Format::Markdown => write(&mut text, &copy, &MARKDOWN),
            Format::Html => write(&mut text, &copy, &HTML),
        }
    }
    let end = text.as_bytes()[..bytes]
        .iter()
        .rposition(|&byte| byte == b'\n');
    text.truncate(end.map_or(0, |end| end + 1));
    text
}

/// The generator SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 33).unwrap_or(0) % limit
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const SYLLABLES: [&str; 24] = [
    "云", "海", "青", "松", "明", "远", "嘉", "禾", "星", "岚", "知", "行", "安", "宁", "百", "川",
    "锦", "程", "乐", "游", "山", "野", "长", "风",
];

/// Words that may stand for each other.
const SYNONYMS: [&[&str]; 6] = [
    &["手机号码", "手机号", "电话号码"],
    &["订单记录", "交易记录", "购买记录"],
    &["浏览记录", "访问记录", "点击记录"],
    &["电子邮箱", "邮箱地址", "电子邮件地址"],
    &["酒店", "民宿", "客栈"],
    &["景区", "乐园", "博物馆"],
];

fn vary(random: &mut Random) -> String {
    let name: String = (0..3).map(|_| random.one_of(&SYLLABLES)).collect();
    let mut copy = String::with_capacity(SAMPLE.len() * 5 / 4);
    for line in SAMPLE.lines() {
        let label = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        copy.push_str(&line[..label]);
        let mut words = line[label..].replace("悠途", &name);
        for synonyms in SYNONYMS {
            if words.contains(synonyms[0]) {
                words = words.replace(synonyms[0], random.one_of(synonyms));
            }
        }
        push_renumbered(&mut copy, &words, random);
        if line.chars().count() > 60 && line.ends_with('。') {
            let (number, day) = (random.below(1_000_000), random.below(90) + 1);
            let _ = write!(copy, "{name}按流程{number:06}复核，{day}天内办结。");
        } else if line.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
        {
            // Entries of the contents and their headings change alike.
            copy.push_str(&name);
        }
        copy.push('\n');
    }
    copy
}

/// Copies a text with other numbers of as many digits; years stay.
fn push_renumbered(copy: &mut String, words: &str, random: &mut Random) {
    let mut rest = words;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let end = rest[start..]
            .find(|c: char| !c.is_ascii_digit())
            .map_or(rest.len(), |length| start + length);
        copy.push_str(&rest[..start]);
        match end - start {
            1 | 2 => {
                let _ = write!(copy, "{}", random.below(28) + 1);
            }
            3 | 4 if rest[start..].starts_with(['2', '4', '8']) => copy.push_str(&rest[start..end]),
            digits => {
                let _ = write!(copy, "{:0digits$}", random.below(10_usize.pow(4)));
            }
        }
        rest = &rest[end..];
    }
    copy.push_str(rest);
}

/// How a kind of line is marked up.
struct Markup {
    title: [&'static str; 2],
    part: [&'static str; 2],
    section: [&'static str; 2],
    paragraph: [&'static str; 2],
    item: [&'static str; 2],
    strong: [&'static str; 2],
    table: [&'static str; 2],
    row: [&'static str; 2],
    name: [&'static str; 2],
    cell: [&'static str; 2],
    /// What stands below the row of column names, once for each column.
    dashes: &'static str,
}

const MARKDOWN: Markup = Markup {
    title: ["# ", "\n\n"],
    part: ["## ", "\n\n"],
    section: ["### ", "\n\n"],
    paragraph: ["", "\n\n"],
    item: ["", "\n"],
    strong: ["**", "**"],
    table: ["\n", "\n"],
    row: ["", " |\n"],
    name: ["| ", " "],
    cell: ["| ", " "],
    dashes: "|---",
};

const HTML: Markup = Markup {
    title: ["<h1>", "</h1>\n"],
    part: ["<h2>", "</h2>\n"],
    section: ["<h3>", "</h3>\n"],
    paragraph: ["<p class=\"text\">", "</p>\n"],
    item: ["<div class=\"item\">", "</div>\n"],
    strong: ["<strong>", "</strong>"],
    table: ["<table>\n", "</table>\n"],
    row: ["<tr>", "</tr>\n"],
    name: ["<th>", "</th>"],
    cell: ["<td>", "</td>"],
    dashes: "",
};

/// Marks up a copy of the sample line by line.
fn write(text: &mut String, copy: &str, markup: &Markup) {
    let mut columns: Vec<String> = Vec::new();
    for line in copy.lines().filter(|line| !line.is_empty()) {
        let pairs = pairs(line);
        let names: Vec<String> = pairs.iter().map(|pair| pair.0.to_owned()).collect();
        if names != columns {
            if !columns.is_empty() {
                text.push_str(markup.table[1]);
            }
            if !names.is_empty() {
                text.push_str(markup.table[0]);
                let titles = names.iter().map(String::as_str);
                push_row(text, titles, markup.row, markup.name);
                if !markup.dashes.is_empty() {
                    text.extend(names.iter().map(|_| markup.dashes));
                    text.push_str("|\n");
                }
            }
            columns = names;
        }
        if !columns.is_empty() {
            let values = pairs.iter().map(|pair| pair.1);
            push_row(text, values, markup.row, markup.cell);
            continue;
        }
        let short = line.chars().count() <= 40;
        let part = line.find('、').is_some_and(|at| {
            at <= 6
                && line[..at]
                    .chars()
                    .all(|c| "一二三四五六七八九十".contains(c))
        });
        let [open, close] = if short && line.ends_with("政策") {
            markup.title
        } else if short && part {
            markup.part
        } else if short && line.starts_with('（') && !line.contains('。') {
            markup.section
        } else if line.starts_with(|c: char| c.is_ascii_digit() || c == '（') {
            markup.item
        } else {
            markup.paragraph
        };
        text.push_str(open);
        // The words that open an item are emphasised, as policies do.
        match line.split_once("。").filter(|(head, rest)| {
            !rest.is_empty()
                && head.chars().count() <= 16
                && line.starts_with(|c: char| c.is_ascii_digit())
        }) {
            Some((head, rest)) => {
                let words = head.find(['.', ' ']).map_or(0, |at| at + 2).min(head.len());
                let (number, words) = head.split_at(words);
                text.extend([
                    number,
                    markup.strong[0],
                    words,
                    markup.strong[1],
                    "。",
                    rest,
                ]);
            }
            None => text.push_str(line),
        }
        text.push_str(close);
    }
    if !columns.is_empty() {
        text.push_str(markup.table[1]);
    }
}

fn push_row<'a>(
    text: &mut String,
    cells: impl Iterator<Item = &'a str>,
    row: [&str; 2],
    cell: [&str; 2],
) {
    text.push_str(row[0]);
    for value in cells {
        text.extend([cell[0], value, cell[1]]);
    }
    text.push_str(row[1]);
}

/// The `name：value` pairs of a row of the sample's tables.
fn pairs(line: &str) -> Vec<(&str, &str)> {
    let pairs: Option<Vec<_>> = line
        .split_whitespace()
        .map(|part| part.split_once('：'))
        .collect();
    pairs.filter(|pairs| pairs.len() > 1).unwrap_or_default()
}
