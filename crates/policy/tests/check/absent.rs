//! What must be said: it is, in many words, or it need not be.

use zhiqing_policy::check::{Rule, is_whole};
use zhiqing_policy::parse;

use crate::{among, findings, policy, rules};

/// What is said in these words is not absent.
#[track_caller]
fn said(rule: Rule, wordings: &[&str]) {
    for wording in wordings {
        let text = among(rule, wording);
        assert_eq!(rules(&text), [], "{}: {text}", rule.name());
    }
}

#[test]
fn what_is_said_in_other_words_is_not_absent() {
    said(
        Rule::NoRights,
        &[
            "您可以登录后查看和修改个人资料，也可以申请删除。",
            "四、如何管理您的个人信息",
            "您享有法律赋予的查阅权、复制权等权利。",
            "监护人可以要求我们更正或者删除儿童的信息。",
        ],
    );
    said(
        Rule::NoRetention,
        &[
            "您的信息会一直保留，直到您注销账号后予以删除。",
            "我们只在必要的时间内储存日志。",
            "日志留存不少于六个月。",
            "图片不会存储在服务器，处理完成后不保存您的图片。",
        ],
    );
    said(
        Rule::NoWithdrawal,
        &[
            "您可以随时收回您的授权。",
            "您可以在系统设置中关闭相机权限。",
            "您可以改变您授权同意的范围。",
            "取消授权后，我们不再收集。",
        ],
    );
    said(
        Rule::NoReconsent,
        &[
            "未经您的许可，我们不会减少本政策给您的权利。",
            "本政策修订后会弹窗提示，您点击同意后方才生效。",
            "本声明如有更改，我们会通知您，并获取您的同意。",
            "本政策会更新。您同意后，新的政策才约束您。",
        ],
    );
    said(
        Rule::NoMinors,
        &["本服务仅面向成年人。", "儿童请在家长陪同下使用。"],
    );
    said(
        Rule::NoOperator,
        &[
            "本应用由云杉示例工作室开发并运营。",
            "运营主体：云杉（北京）示例有限责任公司",
        ],
    );
    said(
        Rule::NoContact,
        &[
            "您可以在“我的—在线客服”中与我们联系。",
            "邮箱：privacy@example.com",
            "您可以通过微信（yunshan_example）和我们联系。",
        ],
    );
    said(
        Rule::NoEffectiveDate,
        &[
            "本版发布日期：2026.1.2",
            "（2026-01-02更新）",
            "更新于二〇二六年一月",
        ],
    );
}

#[test]
fn profiling_has_an_off_switch_and_recipients_have_names() {
    let rules_of = |more: &str| rules(&policy(None, more));
    for more in [
        "我们会建立用户画像，向您推送精准营销信息。",
        "我们会展示您可能感兴趣的商品。",
    ] {
        assert_eq!(rules_of(more), [Rule::NoRefusalOption], "{more}");
        let off = format!("{more}\n您可以在设置中关闭个性化推荐。");
        assert_eq!(rules_of(&off), [], "{off}");
    }
    assert_eq!(rules_of("我们不会建立用户画像。"), []);
    let more = "我们可能将您的信息提供给第三方合作伙伴。";
    let rules_of = |wording: &str| rules(&among(Rule::NoRecipientDetails, wording));
    assert_eq!(rules_of(more), [Rule::NoRecipientDetails]);
    for list in [
        "第三方名单详见https://example.com/list。",
        "我们会向您告知接收方的名称和联系方式。",
        "由顺达示例物流有限公司提供配送，隐私政策见其官网。",
    ] {
        let named = format!("{more}\n{list}");
        assert_eq!(rules_of(&named), [], "{named}");
    }
    for more in [
        "我们不会向第三方提供您的信息。",
        "我们委托服务商提供短信服务，向受托方提供您的手机号码信息，并监督其处理。",
    ] {
        assert_eq!(rules_of(more), [], "{more}");
    }
}

#[test]
fn a_text_that_is_no_policy_need_not_say_what_a_policy_must() {
    for text in [
        "第三方SDK目录\n名称：示例SDK\n",
        "云杉用户协议\n您应当遵守本协议。",
        "云杉儿童隐私保护声明\n我们重视儿童的信息。",
        "云杉服务条款\n我们收集您的信息，不对外提供，采取加密措施，保存期限见隐私政策，您可以注销账号，本政策另行公布。",
        "云杉会收集您的位置。",
    ] {
        assert!(!is_whole(&parse(text)), "{text}");
        assert_eq!(rules(text), [], "{text}");
    }
    for text in [
        "云杉隐私政策\n我们重视您的信息。",
        "云杉儿童手表隐私政策\n我们重视您的信息。",
        "云杉用户协议及隐私政策\n我们重视您的信息。",
        "我们收集您的信息，不对外提供。我们采取加密措施，您可以查询和更正信息。如有疑问请联系我们。",
    ] {
        assert!(is_whole(&parse(text)), "{text}");
    }
}

#[test]
fn who_handles_no_data_need_not_tell_of_rights_and_terms() {
    let local = "云杉计算器隐私政策\n生效日期：2026年1月1日\n云杉示例科技有限公司（以下简称“我们”）重视您的隐私。\n\
                 本应用不收集任何个人信息，计算记录只在您的设备上。\n联系邮箱：privacy@example.com\n";
    assert_eq!(rules(local), []);
    let other = local.replace("不收集任何个人信息", "不会向他人出售信息");
    assert!(rules(&other).contains(&Rule::NoRights));
    let nobody = local.replace("联系邮箱：privacy@example.com\n", "");
    assert_eq!(rules(&nobody), [Rule::NoContact]);
}

/// A policy whose table of contents tells of more than its sections.
const BROKEN_OFF: &str = "云杉应用隐私政策\n更新日期：2026年1月1日\n目录\n一、信息的收集\n二、信息的保存\n\
                          三、您的权利\n四、儿童信息的保护\n五、政策的更新\n六、怎样联系我们\n\n\
                          云杉示例科技有限公司（以下简称“我们”）运营云杉应用。\n\
                          一、信息的收集\n我们收集您的手机号码，用于登录。\n\
                          二、信息的保存\n信息保存三年，到期后删除。\n";

#[test]
fn what_the_contents_announce_behind_the_end_of_the_text_is_not_absent() {
    assert_eq!(rules(BROKEN_OFF), []);
    // Where a later section is there, the one before it is missing indeed.
    let ended = format!("{BROKEN_OFF}六、怎样联系我们\n邮箱：privacy@example.com\n");
    for rule in [Rule::NoRights, Rule::NoMinors, Rule::NoReconsent] {
        assert!(rules(&ended).contains(&rule), "{}", rule.name());
    }
    // So it is where the contents do not tell of it.
    let untold = BROKEN_OFF.replace("儿童信息的保护", "法律责任");
    assert_eq!(rules(&untold), [Rule::NoMinors]);
}

#[test]
fn an_index_without_a_title_is_contents_too() {
    let untitled = BROKEN_OFF.replace("目录\n", "您可以按以下索引阅读。\n");
    let untitled = untitled.replace("云杉示例科技有限公司（以下简称“我们”）运营云杉应用。\n", "");
    let named = untitled.replace(
        "您可以按以下",
        "云杉示例科技有限公司（以下简称“我们”）运营云杉应用，您可以按以下",
    );
    assert_eq!(rules(&named), []);
}

#[test]
fn what_is_missing_from_a_section_is_shown_there() {
    let duty = "一、我们的责任\n我们重视您的信息。";
    for (rule, section, without) in [
        (
            Rule::NoRights,
            "二、您如何控制您的信息",
            "我们尊重您的选择。",
        ),
        (
            Rule::NoWithdrawal,
            "二、您的各项权利",
            "您可以查阅、更正、删除您的信息。",
        ),
        (
            Rule::NoRetention,
            "二、我们如何储存您的信息",
            "信息储存在杭州的机房。",
        ),
    ] {
        let text = among(rule, duty);
        let found = findings(&text);
        let absent = found.iter().find(|found| found.rule == rule);
        assert_eq!(absent.map(|found| found.line), Some(0), "{text}");
        let text = among(rule, &format!("{duty}\n{section}\n{without}"));
        let found = findings(&text);
        let absent = found.iter().find(|found| found.rule == rule);
        let line = text
            .lines()
            .position(|line| line == section)
            .map(|at| at as u32 + 1);
        assert_eq!(absent.map(|found| found.line), line, "{text}");
    }
}

#[test]
fn the_date_of_a_copy_is_not_the_policys() {
    let rule = Rule::NoEffectiveDate;
    assert_eq!(rules(&among(rule, "存档日期：2026-01-02 10:00")), [rule]);
    said(rule, &["更新日期为2026-01-02"]);
}
