//! Questions, annexes and names that lead to lists.

use super::case;

#[test]
fn questions_are_headings_also_two_and_above_another() {
    for question in ["我们是否收集学生的资料？", "标签是什么？我们怎样使用标签？"]
    {
        let text = format!("开头在此。\n\n{question}\n\n我们只在必要时使用它们，不作他用。");
        case(&text, &[question]);
    }
    case(
        "开头在此。\n\n我们是否收集学生的资料？\n\n家长须知\n\n我们请家长先读本政策，再作决定。",
        &["我们是否收集学生的资料？", "家长须知"],
    );
    for statement in [
        "您是否同意？",
        "学生，是否同意？",
        "是什么？为什么？怎么办？",
        "真的吗？我们怎样使用标签？",
    ] {
        let text = format!("开头在此。\n\n{statement}\n\n我们只在必要时使用它们，不作他用。");
        case(&text, &[]);
    }
}

#[test]
fn what_asks_how_is_a_heading_however_long() {
    let below = "\n您可以写信给我们，我们会尽快答复。";
    for (line, heads) in [
        (
            "如何提出您对本应用的意见，或就资料的处理向我们投诉和举报",
            true,
        ),
        ("我们如何在您离开之后保存您曾经留下的全部资料和记录", true),
        (
            "如何提出您对本应用的意见，我们在下面为您一一写明并作说明",
            false,
        ),
        (
            "如何处理您提出的意见和投诉取决于我们收到的具体材料和内容",
            false,
        ),
        (
            "如何提出您对本应用的意见以及就资料的处理向我们投诉。",
            false,
        ),
    ] {
        let text = format!("开头在此。\n\n{line}{below}");
        let expected = [line];
        case(&text, &expected[..usize::from(heads)]);
    }
}

#[test]
fn an_appendix_may_be_named_by_one_character() {
    case(
        "开头在此。\n\n附：词语解释\n\n1.资料是指能够认出某人的各种记录，不论写在哪里。",
        &["附：词语解释"],
    );
    case("开头在此。\n\n附：词语解释\n\n某街1号", &[]);
}

#[test]
fn a_dotted_number_above_a_list_names_it() {
    let elders = "五、共享\n5.1 我们不会出售您的信息。\n5.2 我们只在必要时共享，并征得同意。\n";
    let list = "\n- 短信由服务商发送，只用号码\n- 地图由服务商提供，只用位置";
    for (line, heads) in [
        ("5.3 服务商说明：", true),
        ("5.3 下列服务的说明：", false),
        ("5.3 用户可以：", false),
        ("5.3 不作共享：", false),
    ] {
        let expected = ["五、共享", line];
        let expected = &expected[..1 + usize::from(heads)];
        case(&format!("{elders}{line}{list}"), expected);
    }
}

#[test]
fn behind_four_headings_a_statement_that_opens_a_count_is_one_too() {
    let parts: String = ["注册", "购买", "客服", "推送"]
        .iter()
        .zip(["（一）", "（二）", "（三）", "（四）"])
        .map(|(name, number)| format!("{number}{name}\n正文在此。\n"))
        .collect();
    let last = "（五）在法律允许时，我们也会把资料用于以下用途：";
    let heads = [
        "一、范围",
        "（一）注册",
        "（二）购买",
        "（三）客服",
        "（四）推送",
        last,
    ];
    case(
        &format!("一、范围\n{parts}{last}\n1.在服务中核对身份。\n2.改进服务。\n"),
        &heads,
    );
    let condition = "（五）如果您不想收到推送，可通过以下方式取消：";
    case(
        &format!(
            "一、范围\n{parts}{condition}\n1.在设置中关闭。\n2.写信给我们。\n（六）您知道，我们会改进服务。\n"
        ),
        &heads[..5],
    );
    // A statement behind it takes nothing from it.
    case(
        &format!("一、范围\n{parts}{last}\n1.在服务中核对身份。\n（六）您知道，我们会改进服务。\n"),
        &heads,
    );
    case(
        &format!("一、范围\n{parts}{last}\n正文在此，\n"),
        &heads[..5],
    );
}

#[test]
fn paragraphs_of_an_item_are_no_headings() {
    #[track_caller]
    fn case(item: &str, indent: &str, heads: bool) {
        let behind = "目的：记住您选的城市，下次不必再选。";
        let text = format!(
            "我们使用两种：\n\n{item}\n\n{indent}期限：一天。\n\n{indent}写入者 网站\n\n{indent}{behind}"
        );
        super::case(&text, &["写入者 网站"][..usize::from(heads)]);
    }
    case("- 城市标签", "  ", false);
    case("* 城市标签", "    ", false);
    case("- 城市标签", "", true);
    case("- 城市标签", "      ", true);
    case("城市标签，有两种", "  ", true);
}
