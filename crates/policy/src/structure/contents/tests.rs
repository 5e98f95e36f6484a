use super::*;
use crate::input::lines;

#[track_caller]
fn case(text: &str, expected: &[(usize, usize)]) {
    let found: Vec<_> = find(&lines::split(text), |_| false)
        .ranges
        .iter()
        .map(|range| (range.start, range.end))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn entries_are_known_by_the_headings_they_lead_to() {
    case(
        "一、范围\n二、联系\n一、范围\n正文。\n二、联系\n正文。",
        &[(0, 2)],
    );
    case(
        "- 一、范围\n- 二、联系\n一、范围\n正文。\n二、联系\n正文。",
        &[(0, 2)],
    );
    case(
        "目录\n范围……1\n联系……2\n范围\n正文。\n联系\n正文。",
        &[(0, 3)],
    );
    case(
        "一、我们如何保护信息；\n二、联系。\n一、我们如何保护信息安全\n甲。\n二、联系\n乙。",
        &[(0, 2)],
    );
}

#[test]
fn entries_may_have_drifted_from_their_headings() {
    case(
        "将帮助您了解以下内容：\n1、我们收集什么\n2、您的权利\n3、联系我们\n一、概述\n正文。\n二、您的权利\n正文。\n三、联系我们\n正文。",
        &[(1, 4)],
    );
    case(
        "一、如何管理个人信息\n二、联系\n一、如何管理您的个人信息\n正文。\n二、联系\n正文。",
        &[(0, 2)],
    );
}

#[test]
fn entries_may_be_links_to_headings_of_the_markup() {
    case(
        "- [范围](#a)\n- [联系](#b)\n\n## 范围\n正文。\n## 联系\n正文。",
        &[(0, 2)],
    );
    case(
        "- [一、范围](#a)\n- [二、联系](#b)\n\n一、范围\n正文。\n二、联系\n正文。",
        &[(0, 2)],
    );
}

#[test]
fn entries_know_the_lines_they_lead_to() {
    let text = "一、这里写什么，为何写\n二、联系\n一、这里写什么，为何写\n正文。\n二、联系\n正文。";
    assert_eq!(find(&lines::split(text), |_| false).targets, [2, 4]);
}

#[test]
fn a_list_said_twice_is_no_table_of_contents() {
    case(
        "1.为了安全；\n2.为了健康；\n正文。\n1.为了安全；\n2.为了健康；",
        &[],
    );
    case("一、范围\n正文。\n二、联系\n正文。", &[]);
    let items = "1. 甲丙，另有规定的除外。\n2. 甲丁，另有规定的除外。\n";
    case(
        &format!(
            "一、子\n{items}二、丑\n正文。\n{}",
            items.replace('甲', "甲乙")
        ),
        &[],
    );
    case("", &[]);
    // Steps that come again in another order are none either.
    case(
        "网页：\n（1）打开首页；\n（2）选【订单】；\n（3）提交申请。\n手机：\n（1）打开首页；\n（2）选左边的【服务】；\n（3）再等一等；\n电话：\n（1）选中商品；\n（2）选【订单】；\n（3）提交申请。",
        &[],
    );
    // Nor if some of its items are worded otherwise.
    case(
        "1）救人的；\n2）救火的；\n3）救灾的；\n4）救济的；\n正文。\n1）救人的；\n2）灭火的；\n3）救灾的；\n4）救济的；",
        &[],
    );
}

#[test]
fn entries_that_lead_nowhere_stand_among_those_that_do() {
    let body = "正文。\n三、保存\n正文。\n四、附则\n正文。";
    case(
        &format!("一、登录\n二、小甜饼\n三、保存\n四、附则\n一、登录\n正文。\n二、点心\n{body}"),
        &[(0, 4)],
    );
    let bullets = "以下内容：\n■登录的办法\n■点心和糖果\n■保存的期限\n■附则";
    case(
        &format!(
            "{bullets}\n我们尊重您。\n登录的办法\n正文。\n点心和果糖\n正文。\n保存的期限\n正文。"
        ),
        &[(1, 5)],
    );
    case(
        "目录\n帮您了解：\n- 我们如何登录\n- 保存\n- 附则\n如何登录\n正文。\n保存\n正文。\n附则\n正文。",
        &[(2, 5)],
    );
    // Without a number or a bullet, only between two entries.
    case(
        "目录\n登录\n点心\n附则\n提示\n登录\n正文。\n糖果\n正文。\n附则\n正文。",
        &[(0, 4)],
    );
    // A statement is no entry.
    case(
        "以下内容：\n■登录\n■保存\n■如您同意，我们会保存\n登录\n正文。\n保存\n正文。",
        &[(1, 3)],
    );
}

#[test]
fn a_title_may_say_what_it_is_the_contents_of() {
    for title in [
        "目 录：",
        "本政策目录",
        "《某某隐私政策》目录",
        "隐私政策 目录",
    ] {
        let text = format!("{title}\n范围\n联系\n附则\n范围\n正文。\n联系\n正文。");
        let found = find(&lines::split(&text), |_| false).ranges;
        assert_eq!(found.len(), 1, "{title}");
        assert_eq!(found[0].start, 0, "{title}");
    }
    case("第三方SDK目录\n甲推送\n乙统计\n一、范围\n正文。", &[]);
}

#[test]
fn an_entry_leads_past_a_smaller_heading_of_its_words() {
    case(
        "一、登录\n二、联系\n三、附则\n一、登录\n1. 头像\n正文。\n2. 附则\n正文。\n二、联系\n正文。\n三、附则\n正文。",
        &[(0, 3)],
    );
}

#[test]
fn announced_entries_above_a_count_that_begins_again_are_contents() {
    let title = "本政策帮助您了解以下内容：";
    case(
        &format!("{title}\n一、范围\n二、收集\n三、联系\n一、范围\n正文。"),
        &[(1, 4)],
    );
    case(
        &format!("{title}\n第一章 范围\n第二章 收集\n第三章 联系\n第一章 总则\n正文。"),
        &[(1, 4)],
    );
    case(&format!("{title}\n1、范围\n2、收集\n一、总则\n正文。"), &[]);
    case("一、范围\n二、收集\n三、联系\n一、总则\n正文。", &[]);
}

#[test]
fn tags_between_entries_part_nothing() {
    let text = "一、范围\n<br>\n\n二、联系\n<br>\n\n一、范围\n正文。\n二、联系\n正文。";
    let lines = lines::split(text);
    let found = find(&lines, |index| lines[index].is_rule());
    assert_eq!(found.ranges.first(), Some(&(0..3)));
    assert_eq!(found.targets, [4, 6]);
}
