//! The rules of `check`, one sentence a row, and the wordings of their files: put together, the lawful ones
//! are a policy without a finding, and each unlawful one put among them is found by its rule alone.

use std::fs;
use std::path::Path;

use zhiqing_policy::check::{Finding, Locale, Rule, check, is_whole};
use zhiqing_policy::{decode_vec, parse};

fn findings(text: &str) -> Vec<Finding> {
    check(&parse(text), text, Locale::En)
}

fn rules(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = findings(text).iter().map(|found| found.rule).collect();
    rules.sort();
    rules.dedup();
    rules
}

/// What every policy must say: each rule has its place in a policy made of lawful wordings.
const ESSENTIAL: [Rule; 9] = [
    Rule::NoEffectiveDate,
    Rule::NoOperator,
    Rule::NoRecipientDetails,
    Rule::NoRetention,
    Rule::NoRights,
    Rule::NoWithdrawal,
    Rule::NoMinors,
    Rule::NoReconsent,
    Rule::NoContact,
];

/// A policy of lawful wordings with one wording instead of an essential rule's, or more at the end.
fn policy(instead: Option<(Rule, &str)>, more: &str) -> String {
    let mut text = "云杉应用隐私政策\n".to_owned();
    for rule in ESSENTIAL {
        let own = instead.filter(|(other, _)| *other == rule);
        text.push_str(own.map_or(rule.lawful(), |(_, wording)| wording));
        text.push('\n');
    }
    text + more
}

/// A wording among the lawful ones: in its own place if the rule has one there.
fn among(rule: Rule, wording: &str) -> String {
    if ESSENTIAL.contains(&rule) {
        policy(Some((rule, wording)), "")
    } else {
        policy(None, wording)
    }
}

#[test]
fn an_unlawful_wording_is_found_by_its_rule_alone_and_the_lawful_one_by_none() {
    for rule in Rule::ALL {
        let unlawful = among(rule, rule.unlawful());
        assert_eq!(rules(&unlawful), [rule], "{unlawful}");
        let lawful = among(rule, rule.lawful());
        assert_eq!(rules(&lawful), [], "{}: {lawful}", rule.name());
    }
}

#[test]
fn all_lawful_wordings_together_are_a_policy_without_findings() {
    let rest = Rule::ALL.iter().filter(|rule| !ESSENTIAL.contains(rule));
    let rest: Vec<&str> = rest.map(|rule| rule.lawful()).collect();
    let text = policy(None, &rest.join("\n"));
    assert_eq!(rules(&text), [], "{text}");
}

#[test]
fn our_own_policies_break_no_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join("tests/texts"), root.join("../../policy-text")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of policies") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_stem().is_none_or(|stem| stem != "README")
                && path.extension().is_some_and(|e| e == "txt" || e == "md")
            {
                files.push(path);
            }
        }
    }
    assert!(files.len() > 4, "{files:?}");
    for file in files {
        let text = decode_vec(fs::read(&file).expect("a policy")).expect("text");
        let found = findings(&text);
        assert!(found.is_empty(), "{}: {found:#?}", file.display());
    }
}

/// A sentence that the rule finds, or does not.
#[track_caller]
fn case(rule: Rule, finds: bool, text: &str) {
    assert_eq!(
        rules(text).contains(&rule),
        finds,
        "{}: {text}",
        rule.name()
    );
}

#[track_caller]
fn cases(rule: Rule, unlawful: &[&str], lawful: &[&str]) {
    for text in unlawful {
        case(rule, true, text);
    }
    for text in lawful {
        case(rule, false, text);
    }
}

#[test]
fn consent_is_not_deemed() {
    cases(
        Rule::DeemedConsent,
        &[
            "一旦您注册云杉账号，即表示您已阅读并同意本政策。",
            "你继续浏览本网站，就意味着你都同意了：继续浏览即视为接受本声明。",
            "如您在本政策更新后继续使用本服务，则视为您接受更新后的内容。",
            "使用本应用即表示您同意我们处理您的信息。",
            "若您未在七日内提出异议，视为您同意上述变更。",
            "您的登录行为将被视为对本政策全部条款的认可。",
            "若您主动提交健康信息，即表示您同意我们处理该信息。",
            "您点击“同意”，或者使用云杉，均视为您接受本政策。",
            "用户的沉默视为同意。",
            "云杉隐私政策\n1. 我们可能修改本政策\n2. 您继续使用服务即表示接受修改后的政策",
        ],
        &[
            "我们不会将您的沉默视为同意。",
            "继续使用本服务不代表您同意修改后的政策。",
            "您点击“同意”按钮即表示您同意本政策。",
            "您勾选同意本政策并登录后，即表示您同意我们提供基本功能。",
            "您开启相机权限，即表示您授权我们使用相机扫码。",
            "未经您同意，我们不会使用您的位置信息。",
            "不满十四周岁的未成年人均被视为儿童。",
            "与个人信息结合使用的，将被视为个人信息处理。",
        ],
    );
}

#[test]
fn who_disagrees_need_not_leave() {
    cases(
        Rule::DisagreeMeansLeave,
        &[
            "如您不同意本政策，请停止使用云杉。",
            "若您不接受本协议的任何条款，您应立即退出并卸载本应用。",
            "不同意修订后政策的，您必须停止访问我们的网站。",
            "如果您不认可本声明的内容，请勿使用我们的服务。",
            "如不同意更新后的条款，您应当注销账号并终止使用本服务。",
            "您不同意本隐私政策内容的，可能导致服务无法运行，对此，您应停止访问本平台。",
        ],
        &[
            "如您不同意本政策，您仍可使用浏览功能。",
            "如您不同意更新后的政策，您可以选择停止使用或者继续使用基本功能。",
            "如监护人不同意本政策，请停止使用本服务。",
            "如您不同意我们收集位置信息，您应在设置中停止共享位置。",
            "您不同意开启相册权限的，不影响使用其他功能。",
            "您可以随时停止使用我们的服务。",
        ],
    );
}

#[test]
fn custom_is_no_basis() {
    cases(
        Rule::SharingByCustom,
        &[
            "我们依照商业惯例与合作方共享订单信息。",
            "根据行业习惯，我们会把您的联系方式提供给供应商。",
            "出于合理的商业习惯，我们可能披露您的信息。",
            "我们可能按照交易习惯向第三方分享您的信息。",
            "我们会共享您的信息，这符合行业惯例。",
            "基于市场惯例，我们向广告主传输您的偏好。",
        ],
        &[
            "我们不会以商业惯例为由共享您的信息。",
            "我们采用行业惯例的加密措施保护您的信息。",
            "根据商业惯例，发生合并、收购时我们会要求接收方继续受本政策约束，转让前取得同意。",
            "我们只在取得您的单独同意后提供您的信息。",
            "退款周期以商业惯例为准。",
            "我们按照行业标准存储信息。",
        ],
    );
}

#[test]
fn deidentified_data_is_personal() {
    cases(
        Rule::DeidentifiedAsAnonymous,
        &[
            "经去标识化处理的信息不再是个人信息。",
            "我们共享去标识化的数据时无需征得您的同意。",
            "去标识化后的信息不属于您的信息，我们可自由使用。",
            "信息去标识化后，我们有权对去标识化的信息进行商业化利用。",
            "去标识化处理后的数据不受本政策约束。",
            "提供去标识化的信息不构成对外提供个人信息。",
        ],
        &[
            "经匿名化处理的信息不属于个人信息。",
            "我们采用去标识化、加密等措施保护您的信息。",
            "去标识化后的信息仍属于个人信息。",
            "共享去标识化的信息前，我们也会取得您的单独同意。",
            "匿名化后无法识别且不能复原的信息，处理时无需另行征得同意。",
            "我们会对研究结果中的个人信息进行去标识化处理。",
        ],
    );
}

#[test]
fn a_child_is_under_fourteen() {
    cases(
        Rule::ChildAgeWrong,
        &[
            "敏感个人信息包括14岁以下（含）儿童的信息。",
            "十四周岁（含）以下的未成年人须由监护人同意。",
            "年龄小于等于14周岁的用户须由监护人陪同。",
            "未满14周岁（含14周岁）的儿童不得注册。",
            "十四周岁及以下的儿童须取得监护人同意。",
            "不满12周岁的儿童须取得监护人同意。",
        ],
        &[
            "不满十四周岁的未成年人须取得监护人同意。",
            "未满18周岁的未成年人请在监护人陪同下阅读。",
            "14周岁以下的儿童须取得监护人同意。",
            "不满十四周岁的是儿童，在部分国家为未满13周岁的儿童。",
            "本服务仅面向年满18周岁的成年人。",
            "已满十四周岁的未成年人可以自行同意。",
        ],
    );
}

/// How many items of a list are too wide.
#[track_caller]
fn exceptions(count: usize, text: &str) {
    let found = findings(text);
    let wide = found
        .iter()
        .filter(|found| found.rule == Rule::ExceptionTooWide);
    assert_eq!(wide.count(), count, "{text}: {found:#?}");
}

#[test]
fn exceptions_are_those_of_the_law() {
    let open = "以下情形中，我们处理您的个人信息无需征得您的同意：\n";
    for item in [
        "与国家安全有关的；",
        "与公共卫生、重大公共利益直接相关的；",
        "与犯罪侦查和审判有关的；",
        "为维护他人生命、财产等重大权益但很难得到您同意的；",
        "为维护云杉服务的安全稳定运行所必需的；",
        "为开展联合营销活动所必要的；",
        "为学术研究所必要的；",
        "您违反与我们的约定时；",
    ] {
        exceptions(1, &format!("{open}1、{item}\n2、法律规定的其他情形。"));
        // Elsewhere the words are harmless.
        exceptions(0, &format!("1、{item}"));
    }
    for item in [
        "为订立、履行您作为一方当事人的合同所必需；",
        "为履行法定职责或者法定义务所必需，例如与国家安全有关的义务；",
        "为应对突发公共卫生事件，或者紧急情况下为保护自然人的生命健康和财产安全所必需；",
        "为公共利益实施新闻报道、舆论监督等行为，在合理的范围内处理；",
        "在合理的范围内处理您自行公开或者其他已经合法公开的信息；",
        "法律、行政法规规定的其他情形。",
    ] {
        exceptions(0, &format!("{open}1、{item}\n2、法律规定的其他情形。"));
    }
}

#[test]
fn a_list_of_exceptions_is_found_in_every_dress() {
    // In one clause, under a heading, with bullets.
    exceptions(
        2,
        "下列情形无须取得您的授权同意：（1）与国防安全有关的；（2）与犯罪侦查有关的；（3）依法公开的。",
    );
    exceptions(
        1,
        "云杉隐私政策\n一、无需征得同意的情形\n（一）为维护我们的合法权益的；\n（二）法律规定的其他情形。\n二、安全\n我们维护服务的安全稳定运行。",
    );
    exceptions(
        1,
        "以下情形无需您的同意：\n- 与国家安全有关的\n- 法律规定的其他情形\n\n我们不断维护服务的安全稳定运行。",
    );
    // What is denied or left to the person opens none.
    exceptions(
        0,
        "未经您的同意，我们不会有下列行为：\n1、与国家安全有关的共享。",
    );
}

/// What a text with this answer is found guilty of.
#[track_caller]
fn answers(expected: &[(Rule, &str)], text: &str) {
    let found = findings(text);
    let found: Vec<(Rule, &str)> = found
        .iter()
        .filter(|f| matches!(f.rule, Rule::LateResponse | Rule::ConflictingDeadlines))
        .map(|found| (found.rule, found.basis))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn answers_come_within_fifteen_working_days_and_within_one_time() {
    const LATE: Rule = Rule::LateResponse;
    const TWO: Rule = Rule::ConflictingDeadlines;
    answers(&[(LATE, "practice")], "我们将在30天内答复您的查阅请求。");
    answers(
        &[(LATE, "practice")],
        "我们会在二十个工作日内回复您的请求。",
    );
    answers(
        &[(LATE, "认定方法 (App违法违规收集使用个人信息行为认定方法)")],
        "对于您的投诉，我们将在三十日内答复您的请求。",
    );
    for text in [
        "我们将在十五个工作日内答复您的请求。",
        "我们将在15天内答复您的请求。",
        "我们将在三周内联系您；停止运营的，提前三十日通知您。",
        "情况复杂的，我们将在三十日内答复您的请求。",
        "账号注销后三十日内，我们会删除您的信息。",
        "欧盟用户的请求，我们将在30天内答复。",
    ] {
        answers(&[], text);
    }
    let two = "我们将在7天内答复您的请求。\n一般情况下，我们将在十五个工作日内回复。";
    answers(&[(TWO, "practice"), (TWO, "practice")], two);
    let found = findings(two);
    assert!(found[0].message.contains("line 2") && found[0].line == 1);
    assert!(found[1].message.contains("line 1") && found[1].line == 2);
    // Each kind of request may have its own time.
    answers(
        &[],
        "我们将在7天内答复您的注销请求。\n我们将在十五个工作日内答复您的请求。",
    );
}

#[test]
fn templates_leave_no_traces() {
    cases(
        Rule::TemplateResidue,
        &[
            "生效日期：[2026]年[1]月[1]日",
            "我们会在【30】日内删除您的信息。",
            "[bookmark: _Toc1]我们重视您的信息。",
            "XX公司（以下简称“我们”）重视您的信息。",
            "【公司名称】重视您的信息。",
            "联系邮箱：【】",
            "更新日期：    年  月  日",
            "错误！未找到引用源。",
            "本应用由[运营主体名称]（以下简称“我们”）运营。",
            "联系邮箱：[您的邮箱]",
            "以上模板仅供参考。",
        ],
        &[
            "生效日期：2026年1月1日",
            "【特别提示】请仔细阅读本政策。",
            "您可以在【设置】中关闭推送。",
            "请参见[第三方清单](https://example.com/list)。",
            "身份证号（如有）和电话。",
            "您填写公司名称后可以开具发票。",
            "【联系电话】：400-000-0000",
            "详见[公司地址](https://example.com/map)。",
        ],
    );
}

#[test]
fn sentences_end() {
    cases(
        Rule::TruncatedSentence,
        &[
            "云杉隐私政策\n一、未成年人\n未成年人使用本服务前应当取得监护人的同意，并且在监护人的陪同下，\n二、更新\n我们会更新本政策。",
            "发生安全事件后，我们会按照要求及时通知您，并且向监管部门，",
        ],
        &[
            "云杉隐私政策\n一、未成年人\n未成年人使用本服务前应当取得监护人的同意。\n二、更新\n我们会更新本政策。",
            "我们收集：\n姓名，\n电话，\n地址。",
            "我们会更新本政策，\n并重新取得您的同意。",
        ],
    );
}

#[test]
fn attachments_are_there() {
    cases(
        Rule::MissingAttachment,
        &[
            "具体流程见本政策附件二。",
            "第三方清单详见附录。",
            "请参见本协议附件中的《注销规则》。",
        ],
        &[
            "第三方清单详见附录。\n附录\n第三方名称：甲公司",
            "第三方清单详见[附录](https://example.com/list)。",
            "您可以在邮件中添加附件，见附件大小说明。",
            "详见第七条。",
        ],
    );
}

#[test]
fn a_permission_has_its_purpose() {
    cases(
        Rule::PermissionWithoutPurpose,
        &["我们可能需要您开启通讯录权限。", "云杉会申请麦克风权限。"],
        &[
            "我们会申请通讯录权限，用于选择收货人。",
            "我们会申请麦克风权限。\n语音搜索功能会使用麦克风，以便识别您说的话。",
            "您可以在系统设置中关闭麦克风权限。",
            "我们不会申请通讯录权限。",
            "我们会申请通讯录权限，见《权限使用说明》。",
        ],
    );
}

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
            "未经您明确同意，我们不会削减您按照本政策享有的权利。",
            "本政策修订后会弹窗提示，您点击同意后方才生效。",
            "本声明如有更改，我们会通知您，并获取您的同意。",
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
    assert_eq!(rules_of("我们不会向第三方提供您的信息。"), []);
}

#[test]
fn a_text_that_is_no_policy_need_not_say_what_a_policy_must() {
    for text in [
        "第三方SDK目录\n名称：示例SDK\n",
        "云杉用户协议\n您应当遵守本协议。",
        "我们会收集您的位置信息。",
    ] {
        assert!(!is_whole(&parse(text)), "{text}");
        assert_eq!(rules(text), [], "{text}");
    }
    assert!(is_whole(&parse("云杉隐私政策\n我们重视您的信息。")));
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

#[test]
fn columns_tell_where_the_words_stand() {
    let text = "云杉隐私政策\n\t一旦您  登录，即视为您**同意**本政策。\n";
    let found = findings(text);
    let deemed = found.iter().find(|f| f.rule == Rule::DeemedConsent);
    let span = deemed.and_then(|found| found.span).expect("a span");
    let line: Vec<char> = text.lines().nth(1).unwrap().chars().collect();
    let words = &line[span.start as usize - 1..span.end as usize - 1];
    assert_eq!(span.line, 2);
    assert_eq!(
        words.iter().collect::<String>(),
        "一旦您  登录，即视为您**同意"
    );
}

#[test]
fn time_grows_with_the_length() {
    let sentence = "您使用服务即视为同意，以下情形无需征得同意：与国家安全有关，";
    for text in [
        sentence.repeat(5_000),
        format!("{sentence}\n").repeat(5_000),
    ] {
        let started = std::time::Instant::now();
        let found = findings(&text);
        assert!(!found.is_empty());
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}
