use crate::facts::over;

#[track_caller]
fn case(text: &str, effective: Option<&str>, updated: Option<&str>) {
    let found = over(text);
    assert_eq!(
        (
            found.effective_date.as_deref(),
            found.updated_date.as_deref()
        ),
        (effective, updated),
        "{text}"
    );
}

#[test]
fn dates_are_read_in_every_dress() {
    let march = Some("2026-03-09");
    case("生效日期：2026年3月9日", march, None);
    case("生效日期: [2026]年[03]月[09]日", march, None);
    case("生效日期：【2026】年【3】月【9】日", march, None);
    case("**生效日期：** 2026 年 3 月 9 日", march, None);
    case("**生效时间**：**2026.03.09**", march, None);
    case("生效日期：2026/3/9", march, None);
    case("生效日期：20260309", march, None);
    case("自二〇二六年三月九日起施行", march, None);
    case("Effective date: March 9, 2026", march, None);
    case("Last updated: 9 March 2026", None, march);
    case("版本更新日期：2026-03-09", None, march);
    case("本版本发布日期：2026年3月9日", None, march);
    case("最近更新：2026年03月09日", None, march);
}

#[test]
fn each_date_goes_to_the_words_next_to_it() {
    let (first, later) = (Some("2026-03-01"), Some("2026-03-09"));
    case("更新日期：2026-03-01\n生效日期：2026-03-09", later, first);
    case(
        "更新日期：2026年3月1日  生效日期：2026年3月9日",
        later,
        first,
    );
    case(
        "本政策于2026年3月1日修订，自 2026 年 3 月 9 日起施行。",
        later,
        first,
    );
    case(
        "本政策更新于2026年3月1日并于2026年3月9日生效。",
        later,
        first,
    );
    case("更新及生效日期：2026年3月1日", first, first);
    case("更新/生效时间：2026年3月1日", first, first);
    case("生效日期\n2026年3月9日", later, None);
    case(
        "发布日期：2026年3月1日\n更新日期：2026年3月9日",
        None,
        later,
    );
    case("发布于二〇二六年三月一日", None, first);
    case(
        "本声明2026年3月1日首次生效，经2026年3月9日修订生效。",
        later,
        later,
    );
    case(
        "首次生效日期为2026年3月1日。现行版本自2026年3月9日起生效。",
        later,
        None,
    );
    case(
        "首次发布：2026年3月1日\n更新日期：2026年3月9日",
        None,
        later,
    );
    case("本政策自2026年3月1日首次施行。", first, None);
    case(
        "原政策于2026年3月1日生效，现政策于2026年3月9日生效。",
        later,
        None,
    );
    case(
        "生效日期：2026年3月1日\n附件的生效日期：2026年3月9日",
        first,
        None,
    );
}

#[test]
fn a_date_below_the_title_is_the_last_change_where_no_other_is_told() {
    let updated = |text: &str| crate::read(text).updated_date;
    let march = Some("2026-03-09".to_owned());
    assert_eq!(
        updated("隐私政策\n2026年3月9日\n\n一、总则\n正文。\n"),
        march
    );
    assert_eq!(
        updated("隐私政策\n请放心使用\n（2026.3.9）\n\n一、总则\n正文。\n"),
        march
    );
    assert_eq!(
        updated("隐私政策\n2026年3月9日\n\n生效日期：2026年4月1日\n\n一、总则\n"),
        None
    );
    assert_eq!(
        updated("隐私政策\n\n一、总则\n正文。\n2026年3月9日\n"),
        None
    );
}

#[test]
fn what_is_no_date_of_the_policy_is_left_alone() {
    case("本公司成立于2021年1月1日。", None, None);
    case("生效日期：2026年13月1日", None, None);
    case("生效日期：2026年2月30日", None, None);
    case("生效日期：", None, None);
    case("生效日期：2026年3月", None, None);
    case(
        "《某某保护法》自2021年11月1日起施行，我们依照该法处理您的个人信息。",
        None,
        None,
    );
    case("标准 GB/T 00000-2020 已实施", None, None);
}
