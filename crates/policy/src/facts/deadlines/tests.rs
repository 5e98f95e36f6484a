use super::*;
use crate::facts::over;

#[track_caller]
fn case(text: &str, expected: &[(&str, u32, Unit)]) {
    let found = over(text).facts.deadlines;
    let found: Vec<_> = found
        .iter()
        .map(|d| (d.what.as_str(), d.count, d.unit))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn every_word_of_what_is_due_is_known_by_a_character() {
    for word in DUE.iter().flat_map(|words| words.iter()) {
        assert!(word.contains(may_be_due), "{word}");
    }
}

#[test]
fn terms_are_read_with_what_they_are_for() {
    case(
        "收到后15个工作日内回复。",
        &[("response", 15, Unit::WorkingDay)],
    );
    case(
        "申请在9日内答复，投诉也在9日内答复。",
        &[("response", 9, Unit::Day)],
    );
    case(
        "副本会在24小时内发送至您的邮箱。",
        &[("response", 1, Unit::Day)],
    );
    case("账单每30天发送至您的邮箱。", &[]);
    case(
        "修改后的条款自公示期满7日后正式生效。",
        &[("notice", 7, Unit::Day)],
    );
    case(
        "更新的内容在公告后的10个工作日后生效，",
        &[("notice", 10, Unit::WorkingDay)],
    );
    case("您的设置在3日后生效。", &[]);
    case("设置未公布，3日后生效。", &[]);
    case("我们在 15 天内答复您；", &[("response", 15, Unit::Day)]);
    case("一般在三十天内回复。", &[("response", 30, Unit::Day)]);
    case(
        "停止运营的，提前30日公告。",
        &[("shutdown_notice", 30, Unit::Day)],
    );
    case(
        "终止运营：至少提前30天用短信通知您。",
        &[("shutdown_notice", 30, Unit::Day)],
    );
    case("注销后保存90天再删除。", &[("retention", 90, Unit::Day)]);
    case("日志保存180日。", &[("retention", 180, Unit::Day)]);
    case(
        "我们收到您的注销申请后，将在15个工作日内完成注销。",
        &[("cancellation", 15, Unit::WorkingDay)],
    );
    case(
        "我们会在核实后１０日内删除您的信息",
        &[("deletion", 10, Unit::Day)],
    );
    case(
        "账号注销后，我们在20日内（最迟）清除相关资料。",
        &[("deletion", 20, Unit::Day)],
    );
    case(
        "账号一经注销后我们会尽快（一般不超过20日）匿名化留存资料。",
        &[("deletion", 20, Unit::Day)],
    );
    case(
        "收到注销申请后20日内删除账号并注销。",
        &[("cancellation", 20, Unit::Day)],
    );
    case(
        "无法办理的，也会在7日内说明理由。",
        &[("response", 7, Unit::Day)],
    );
}

#[test]
fn notices_have_names_of_their_own() {
    case(
        "发生信息泄露的，我们在72小时内通知您",
        &[("breach_notice", 3, Unit::Day)],
    );
    case("变更前我们会提前30日公示", &[("notice", 30, Unit::Day)]);
    case("注销后有7天冷静期", &[("cooling_off", 7, Unit::Day)]);
    let ten: &[_] = &[("notice", 10, Unit::Day)];
    case("新规则生效前至少十日，以站内信告诉你。", ten);
    case("修改稿会至少在施行前10日用横幅公示", ten);
    case("调整前不少于 10 日发出通知", ten);
    case(
        "停止运营的，至少提前二十日用公告告知",
        &[("shutdown_notice", 20, Unit::Day)],
    );
}

#[test]
fn numbers_are_counted_once_in_every_dress() {
    let fifteen: &[_] = &[("response", 15, Unit::WorkingDay)];
    case("将在十五（15）个工作日内答复", fifteen);
    case("将在15（十五）个工作日内答复", fifteen);
    case("将在【15】个工作日内答复", fifteen);
    case("将在 15 个 工作日 内答复", fifteen);
    case("将在7至15个工作日内答复", fifteen);
    case("将在7-15个工作日内答复", fifteen);
    case("将在7个工作日至15个工作日内答复", fifteen);
    case("将在七十二小时内回复", &[("response", 3, Unit::Day)]);
    case("将在72小时内回复", &[("response", 3, Unit::Day)]);
    case("将在两周内回复", &[("response", 14, Unit::Day)]);
    case(
        "7天内答复，30个自然日内删除",
        &[("response", 7, Unit::Day), ("deletion", 30, Unit::Day)],
    );
}

#[test]
fn other_numbers_are_no_terms() {
    case("回复时间：2026年6月30日", &[]);
    case("答复满意率达50%。", &[]);
    case("连续签到7天可得奖励。", &[]);
    case("第七日回复", &[]);
    case("我们保存近30天的搜索记录", &[]);
    case("日志保存不少于六个月，答复在1年内", &[]);
    case("24小时客服会反馈", &[]);
    case(
        "48小时之后，我们会删除日志。",
        &[("deletion", 2, Unit::Day)],
    );
    case(
        "注销账户48小时之后，我们会停止服务，并删除您的信息。",
        &[("deletion", 2, Unit::Day)],
    );
    case("原则上于20日内作出处理。", &[("response", 20, Unit::Day)]);
    case(
        "专人会在3个工作日内与您联系。",
        &[("response", 3, Unit::WorkingDay)],
    );
    case("回复留言可得3日用品礼包", &[]);
    case("本政策生效前10日注册的用户", &[]);
}
