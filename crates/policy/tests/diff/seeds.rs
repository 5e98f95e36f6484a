//! The five real policies, where they are at hand.

use std::path::Path;

use zhiqing_policy::{decode_vec, diff, parse};

use crate::Planted;

/// A real policy, if it is at hand.
fn seed(number: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");
    let Ok(files) = Path::new(folder).read_dir() else {
        println!("seeds not present: {folder}");
        return None;
    };
    let mut paths = files.filter_map(Result::ok).map(|entry| entry.path());
    let file = paths.find(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy());
        name.is_some_and(|name| name.starts_with(number))
    });
    let bytes =
        std::fs::read(file.expect("the seed is in its folder")).expect("the seed can be read");
    Some(decode_vec(bytes).expect("the seed is text"))
}

/// An edit by lines, which are 1-based.
enum Edit {
    /// Puts a line of our own behind this one.
    Insert(usize, &'static str),
    /// Takes lines out.
    Delete(usize, usize),
    /// Puts words in place of others, in this line, where they first stand.
    Replace(usize, &'static str, &'static str),
    /// Puts words at the end of a line, before its last sign.
    Append(usize, &'static str),
    /// Moves lines behind another one.
    Move(usize, usize, usize),
    /// Breaks a line after so many characters.
    Break(usize, usize),
}

impl Edit {
    fn of(&self, text: &str) -> String {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        match *self {
            Self::Insert(line, words) => lines.insert(line, words.to_owned()),
            Self::Delete(from, to) => drop(lines.drain(from - 1..to)),
            Self::Replace(line, from, to) => {
                assert!(lines[line - 1].contains(from), "line {line} has no {from}");
                lines[line - 1] = lines[line - 1].replacen(from, to, 1);
            }
            Self::Append(line, words) => {
                let end = lines[line - 1].trim_end().len();
                let end = lines[line - 1][..end]
                    .char_indices()
                    .next_back()
                    .map_or(0, |(at, _)| at);
                lines[line - 1].insert_str(end, words);
            }
            Self::Move(from, to, behind) => {
                let moved: Vec<String> = lines[from - 1..to].to_vec();
                let at = if behind >= to {
                    behind - moved.len()
                } else {
                    behind
                };
                lines.drain(from - 1..to);
                lines.splice(at..at, moved);
            }
            Self::Break(line, count) => {
                let at = lines[line - 1]
                    .char_indices()
                    .nth(count)
                    .map_or(0, |(at, _)| at);
                let rest = lines[line - 1].split_off(at);
                lines.insert(line, rest);
            }
        }
        lines.join("\n")
    }
}

#[track_caller]
fn over_seed(number: &str, edits: &[(Edit, &str)]) {
    let Some(text) = seed(number) else { return };
    let mut planted = Planted::default();
    for (index, (edit, expected)) in edits.iter().enumerate() {
        planted.plant(
            &format!("{number}, edit {index}"),
            &text,
            &edit.of(&text),
            expected,
        );
    }
    let document = parse(&text);
    let same = diff::compare(&document, &document);
    assert!(same.changes.is_empty() && !same.material);
    planted.done(edits.len());
}

use Edit::{Append, Break, Delete, Insert, Move, Replace};

#[test]
fn local_life() {
    over_seed(
        "000",
        &[
            (
                Insert(
                    32,
                    "（四）声音信息。当您使用语音输入时，我们会收集您的声纹信息，用于识别您的指令。",
                ),
                "data !",
            ),
            (
                Insert(
                    77,
                    "保险公司。我们会将您的行程信息提供给保险公司，以便其核定保费。",
                ),
                "recipient !",
            ),
            (Replace(128, "30", "60"), "rights !"),
            (Replace(128, "30", "15"), "rights -"),
            (Replace(110, "30", "10"), "rights !"),
            (Delete(126, 126), "rights !"),
            (Delete(77, 77), "recipient -"),
            (
                Insert(
                    109,
                    "为了备份，我们会将您的订单信息传输至新加坡的服务器保存。",
                ),
                "third_country !",
            ),
            (
                Insert(67, "(3)我们使用ETag辨认您的浏览器。"),
                "technology !",
            ),
            (Insert(5, "客服热线：400-555-0101。"), "contact !"),
            (Move(61, 67, 101), "wording -"),
            (Break(113, 20), ""),
            (
                Insert(114, "我们每年请外部专家检查一次上述措施。"),
                "wording -",
            ),
        ],
    );
}

#[test]
fn generic_page() {
    over_seed(
        "001",
        &[
            (Replace(115, "15", "30"), "rights !"),
            (Replace(115, "15", "10"), "rights -"),
            (Replace(5, "11", "12"), "wording -"),
            (
                Insert(
                    83,
                    "6. 我们会将您的手机号码共享给征信机构，用于评估您的信用。",
                ),
                "recipient !",
            ),
            (
                Replace(65, "中国大陆地区", "境外的数据中心"),
                "third_country !",
            ),
            (
                Insert(57, "我们还会申请麦克风权限，用于收集您的语音信息。"),
                "data !",
            ),
            (Append(117, "，号码是400-555-0102"), "contact !"),
            (Delete(83, 83), "recipient -"),
            (Delete(53, 53), "purpose -"),
            (Insert(67, "4、日志的保存期限为五年。"), "retention -"),
            (Move(103, 106, 72), "wording -"),
            (
                Insert(
                    101,
                    "您还可以要求我们暂停处理您的个人信息，拒绝请求时我们会说明理由。",
                ),
                "rights -",
            ),
        ],
    );
}

#[test]
fn richest() {
    over_seed(
        "002",
        &[
            (Replace(217, "15", "30"), "rights !"),
            (Replace(26, "十四", "十六"), "minors !"),
            (Replace(220, "service@", "privacy@"), "contact !"),
            (Replace(222, "555", "777"), "contact !"),
            (Delete(183, 183), "rights !"),
            (Delete(144, 144), "retention !"),
            (Replace(57, "手机号", "手机号、身份证号码"), "data !"),
            (
                Insert(
                    91,
                    "权限名称：通讯录   功能：读取联系人   权限用途：用于选择同行人",
                ),
                "data !",
            ),
            (Insert(140, "7.为统计研究所必需。"), "rights !"),
            (Move(142, 152, 115), "wording -"),
            (Insert(215, "7.其他我们认为重要的变化。"), "wording -"),
            (Replace(224, "200135", "200120"), "contact !"),
        ],
    );
}

#[test]
fn live_shopping() {
    over_seed(
        "003",
        &[
            (Replace(6, "有限公司", "股份有限公司"), "controller !"),
            (
                Insert(30, "（4）评估你的信用状况，用于提供分期付款服务。"),
                "purpose !",
            ),
            (
                Insert(
                    74,
                    "调查公司。我们会将你的浏览记录提供给调查公司，用于市场调查。",
                ),
                "recipient !",
            ),
            (Replace(107, "15", "30"), "rights !"),
            (
                Replace(99, "存储在中国境内", "存储在中国境外"),
                "third_country !",
            ),
            (
                Insert(62, "我们还会使用浏览器指纹识别你的设备。"),
                "technology !",
            ),
            (Delete(29, 29), "purpose -"),
            (Move(91, 95, 103), "wording -"),
            (Replace(8, "14", "16"), "minors !"),
            (
                Insert(
                    38,
                    "步态信息：我们会通过传感器收集你的步态信息，用于识别操作者。",
                ),
                "data !",
            ),
            (Break(92, 30), ""),
        ],
    );
}

#[test]
fn car_hire() {
    over_seed(
        "004",
        &[
            (Replace(14, "07", "08"), "wording -"),
            (Replace(42, "400-0188-688", "400-555-0103"), "contact !"),
            (
                Replace(185, "近期运行应用列表", "近期运行应用列表、通讯录"),
                "data !",
            ),
            (Replace(215, "权限", "权限"), ""),
            (
                Insert(195, "（4）听潮语音SDK，收集录音信息，实现语音叫车。"),
                "recipient !",
            ),
            (Delete(194, 194), "recipient -"),
            (Replace(774, "18", "16"), "minors !"),
            (Replace(844, "三十", "六十"), "rights !"),
            (Replace(726, "15", "10"), "rights -"),
            (Delete(666, 666), "rights !"),
            (Replace(618, "30", "15"), "rights !"),
            (Replace(239, "辅助信息", "辅助信息和用户画像"), "purpose !"),
        ],
    );
}
