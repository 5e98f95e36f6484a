//! Five policies of our own.

use crate::Planted;

const TEXTS: [(&str, &str); 5] = [
    ("local-life", include_str!("texts/local-life.txt")),
    ("h5-shop", include_str!("texts/h5-shop.md")),
    ("live-shopping", include_str!("texts/live-shopping.txt")),
    ("car-hire", include_str!("texts/car-hire.txt")),
    ("travel-benefits", include_str!("texts/travel-benefits.txt")),
];

#[track_caller]
fn text(name: &str) -> &'static str {
    let found = TEXTS.iter().find(|(other, _)| *other == name);
    found
        .unwrap_or_else(|| panic!("no text is called {name}"))
        .1
}

#[test]
fn a_planted_change_is_told_as_what_it_is() {
    let mut planted = Planted::default();
    let rows = include_str!("planted.tsv").lines();
    for row in rows.filter(|row| !row.starts_with('#')) {
        let columns: Vec<String> = row
            .split('\t')
            .map(|column| {
                column
                    .replace("\\n", "\n")
                    .replace("\\r", "\r")
                    .replace("\\t", "\t")
            })
            .collect();
        let [name, expected, how, from, to] = &columns[..] else {
            panic!("five columns: {row}");
        };
        let old = text(name);
        assert!(old.contains(from.as_str()), "{name} has no {from}");
        let new = match how.as_str() {
            "first" => old.replacen(from, to, 1),
            "every" => old.replace(from, to),
            "line" => {
                let mut lines = old.split_inclusive('\n');
                let line = lines.find(|line| line.starts_with(from.as_str()));
                old.replacen(line.expect("a line begins so"), to, 1)
            }
            other => panic!("{other} is no way to replace words"),
        };
        planted.plant(row, old, &new, expected);
    }
    planted.done(100);
}

#[test]
fn a_part_that_moved_is_one_change_of_wording() {
    let old = text("car-hire");
    let (head, rest) = old.split_once("五、未成年人").expect("the part");
    let (minors, rest) = rest.split_once("六、声明的修订").expect("the next part");
    let (update, tail) = rest
        .split_once("七、联系方式和投诉")
        .expect("the last part");
    let new = format!("{head}五、声明的修订{update}六、未成年人{minors}七、联系方式和投诉{tail}");
    let mut planted = Planted::default();
    planted.plant("a moved part", old, &new, "wording -");
    planted.done(1);
}

#[test]
fn a_column_is_one_change() {
    let old = text("h5-shop");
    let mut above = "";
    let rows = old.split_inclusive('\n').map(|line| {
        // Before the last column of the list of data.
        let cell = match () {
            () if line.starts_with("| 功能") => "存放地点",
            () if above.starts_with("| 功能") => "---",
            () if line.contains(" | 基本 | ") || line.contains(" | 扩展 | ") => "苏州",
            () => return line.to_owned(),
        };
        above = line;
        let (cut, _) = line.match_indices(" | ").nth(4).expect("six cells");
        format!("{} | {cell}{}", &line[..cut], &line[cut..])
    });
    let new: String = rows.collect();
    let mut planted = Planted::default();
    planted.plant("a column", old, &new, "wording -");
    planted.done(1);
}
