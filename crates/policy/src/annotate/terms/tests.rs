use super::*;
use crate::input::lines;
use crate::structure::draft::Role;

#[track_caller]
fn case(definition: &str, text: &str, expected: &[(&str, u32, bool)]) {
    let widening = Widening::read([definition].into_iter());
    let lines = lines::split(text);
    let draft = lines
        .first()
        .map_or_else(Draft::default, |line| Draft::of(line, Role::Paragraph));
    let found = mark(&draft, &widening);
    let found: Vec<_> = found
        .iter()
        .map(|t| (t.text.as_str(), t.start, t.sensitive))
        .collect();
    assert_eq!(found, expected, "{definition} {text}");
}

#[test]
fn the_longest_name_is_marked_once() {
    case(
        "",
        "录入人脸信息与指纹",
        &[("人脸信息", 2, true), ("指纹", 7, true)],
    );
    case("", "生成设备指纹", &[("设备指纹", 2, false)]);
    case("", "读取gps位置", &[("gps位置", 2, true)]);
    case(
        "",
        "填写身份证号，上传证件照片",
        &[("身份证号", 2, false), ("证件照片", 9, true)],
    );
    case("", "征得儿童监护人同意", &[]);
    case("", "儿童频道与儿童个人信息", &[("儿童个人信息", 5, true)]);
    case("", "未满14岁用户的资料", &[("未满14岁用户的资料", 0, true)]);
    case("", "MACRO与IPTV", &[]);
    case("", "", &[]);
}

#[test]
fn a_place_is_sensitive_where_it_is_precise() {
    case("", "按位置信息切换城市", &[("位置信息", 1, false)]);
    case("", "通过基站获取位置信息", &[("位置信息", 6, true)]);
    case(
        "",
        "按位置信息切换城市。导航用到卫星定位。",
        &[("位置信息", 1, false)],
    );
    case("", "关闭定位权限，或在显著位置公示", &[]);
}

#[test]
fn a_policy_widens_what_is_sensitive_by_its_own_words() {
    let own = "【敏感信息】：包括家谱资料、手机号码、交易信息等。";
    case(
        own,
        "提供手机号与家谱资料",
        &[("手机号", 2, true), ("家谱资料", 6, true)],
    );
    case("", "提供手机号与家谱资料", &[("手机号", 2, false)]);
    case(
        "您的订单信息、姓名均属于敏感信息。",
        "展示订单信息",
        &[("订单信息", 2, true)],
    );
    case(
        "订单信息不属于敏感信息。",
        "展示订单信息",
        &[("订单信息", 2, false)],
    );
    case(
        "敏感个人信息保护：包括姓名、手机号。",
        "姓名",
        &[("姓名", 0, false)],
    );
}

#[test]
fn data_are_called_sensitive_in_many_ways() {
    for own in [
        "我们收集您的手机号等敏感个人信息。",
        "登录手机号按敏感个人信息对待。",
        "手机号列为敏感信息，加密保存。",
        "敏感信息（如手机号、昵称）加密保存。",
        "您公开的内容可能涉及敏感信息，例如手机号。",
        "评论可能涉及个人敏感信息，如您的手机号，请谨慎。",
        "【敏感】绑定手机号。",
        // A whole group.
        "您的联系方式属于个人敏感信息。",
    ] {
        case(own, "填写手机号", &[("手机号", 2, true)]);
    }
    for own in [
        "填写手机号，上传身份证等敏感个人信息。",
        "敏感信息不包括手机号。",
        "手机号不构成敏感信息。",
        "敏感信息保护：手机号加密。",
        "填写手机号即可登录，身份证照片属于敏感信息。",
        "敏感个人信息如果丢失会影响您的手机号。",
        "对敏感信息，如您拒绝提供手机号，可以改用邮箱。",
    ] {
        case(own, "填写手机号", &[("手机号", 2, false)]);
    }
}

#[test]
fn terms_know_their_line_in_joined_clauses() {
    let lines = lines::split("\n\n我们读取通讯录，\n以及人脸信息。");
    let mut draft = Draft::of(&lines[0], Role::Paragraph);
    draft.append(&lines[1]);
    let lines: Vec<_> = mark(&draft, &Widening::default())
        .iter()
        .map(|t| (t.line, t.start))
        .collect();
    assert_eq!(lines, [(3, 4), (4, 10)]);
}

#[test]
fn every_line_of_the_lexicon_is_read() {
    let mut heads = Vec::new();
    let mut members = Vec::new();
    for row in lexicon::rows(include_str!("../../../data/terms.tsv")) {
        let columns: Vec<&str> = row.collect();
        assert_eq!(columns.len(), 5, "{columns:?}");
        assert!(meaning(columns[0]).is_some(), "{columns:?}");
        assert!(matches!(columns[1], "!" | "?" | "-"), "{columns:?}");
        assert_eq!(columns[1] != "-", columns[2] != "-", "{columns:?}");
        assert!(
            columns[4].split(' ').all(|word| !word.is_empty()),
            "{columns:?}"
        );
        for group in columns[3].split(' ').filter(|group| *group != "-") {
            match group.strip_prefix('=') {
                Some(group) => heads.push(group),
                None => members.push(group),
            }
        }
    }
    assert!(heads.iter().all(|head| members.contains(head)), "{heads:?}");
}

/// Hangs where a text of one sentence is read again and again.
#[test]
fn long_sentences_are_read_once() {
    for part in [
        "手机号属于敏感信息",
        "敏感信息如手机号",
        "卫星定位。位置信息。",
        "家谱资料手机号",
    ] {
        let text = part.repeat(20_000);
        let own = "敏感信息：包括家谱资料、手机号等。";
        let widening = Widening::read([own, &text].into_iter());
        let draft = Draft::new(1, &text, Role::Paragraph);
        assert!(mark(&draft, &widening).len() >= 20_000, "{part}");
    }
}
