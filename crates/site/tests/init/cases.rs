//! What small policies give.

use crate::support::drafted;
use zhiqing_consent::Basis;
use zhiqing_policy::parse;

pub(crate) const SMALL: &str = "某某隐私政策\n生效日期：2026年1月2日\n一、我们如何收集信息\n\
    注册时我们收集您的手机号信息。\n\
    经您单独同意，我们收集人脸信息，用于核验身份。不同意的，到门店核验。\n\
    我们需要您授权相机权限，用于拍摄商品；不允许的，从相册选图。\n\
    页面使用Cookie和百度统计了解访问。\n\
    二、我们如何共享信息\n经您单独同意，我们将订单信息共享给合作伙伴。\n\
    三、您的权利\n您有权查询、更正、删除个人信息。我们将在15个工作日内答复您的请求。\n";

#[test]
fn a_small_policy_gives_what_it_says() {
    let (draft, notice) = drafted(SMALL);
    assert_eq!(
        (notice.site.as_str(), notice.name.as_str()),
        ("site", "某某")
    );
    assert_eq!(notice.policy.version, "2026-01-02");
    assert_eq!(draft.doubts, Vec::<String>::new());
    let purpose = |id: &str| {
        notice
            .purpose(id)
            .unwrap_or_else(|| panic!("{id}: {}", draft.settings))
    };
    assert_eq!(purpose("service").data, ["手机号"]);
    let biometric = purpose("biometric");
    assert_eq!(biometric.basis, Basis::Separate);
    assert_eq!(biometric.data, ["人脸信息"]);
    assert_eq!(biometric.description, "处理您的人脸信息，用于核验身份。");
    assert_eq!(biometric.refusal, "不同意的，到门店核验。");
    assert_eq!(purpose("sharing").recipients.len(), 1);
    assert!(
        notice.purpose("personalisation").is_none(),
        "the policy states none"
    );
    let camera = &notice.permissions[0];
    assert_eq!(
        (camera.id.as_str(), camera.purpose.as_str()),
        ("camera", "features")
    );
    assert_eq!(camera.refusal, "不允许的，从相册选图。");
    let tracker = &notice.trackers[0];
    assert_eq!(
        (tracker.id.as_str(), tracker.purpose.as_str()),
        ("baidu-tongji", "analytics")
    );
    assert_eq!(notice.rights.deadline, "15 working days");
}

#[test]
fn what_is_only_foreseen_or_denied_is_not_asked() {
    let (draft, notice) = drafted(
        "某某隐私政策\n一、收集\n我们收集手机号信息。我们不会将您的信息用于个性化推荐和广告。\n\
         二、存储\n信息不向境外提供。将来如需向境外提供的，单独征得您的同意。\n",
    );
    assert!(notice.purpose("abroad").is_none(), "{}", draft.settings);
    assert!(
        draft.settings.contains("# id = \"abroad\""),
        "{}",
        draft.settings
    );
    assert!(notice.purpose("marketing").is_none(), "{}", draft.settings);
}

#[test]
fn what_follows_from_refusing_is_not_collected() {
    let (draft, notice) = drafted(
        "某某隐私政策\n一、收集\n注册时我们收集您的手机号信息。\n\
         刷脸：经您单独同意，我们收集人脸信息，用于核验。不同意的，可以改为填写银行卡号。\n",
    );
    let biometric = notice.purpose("biometric").expect("a purpose");
    assert_eq!(biometric.data, ["人脸信息"], "{}", draft.settings);
    assert!(notice.purpose("financial").is_none(), "{}", draft.settings);
}

#[test]
fn a_technology_that_is_not_used_drafts_no_purpose() {
    #[track_caller]
    fn case(text: &str, drafts: bool) {
        let (draft, _) = drafted(&format!(
            "某某隐私政策\n一、收集\n注册时我们收集您的手机号信息。\n二、Cookie和同类技术\n{text}\n"
        ));
        let at = draft.settings.find("id = \"analytics\"");
        let clauses = at.map_or("", |at| &draft.settings[at..]);
        let clauses = clauses.split("data = ").next().unwrap_or_default();
        assert_eq!(clauses.contains("line 5"), drafts, "{}", draft.settings);
    }
    case("我们使用Cookie记住您的浏览偏好。", true);
    case("我们不使用Cookie和像素标签。", false);
    case("像素标签：我们不使用。", false);
    case("我们使用Cookie，不使用像素标签。", true);
}

#[test]
fn a_basic_service_that_speaks_of_consent_is_a_question() {
    #[track_caller]
    fn case(text: &str, question: &str) {
        let (draft, notice) = drafted(&format!("某某隐私政策\n一、收集\n{text}\n"));
        let id = &parse(&format!("某某隐私政策\n一、收集\n{text}\n")).clauses[0].id;
        let service = notice.purpose("service").expect("a purpose");
        assert!(service.clauses.contains(id), "{}", draft.settings);
        let questions = draft.settings.lines();
        let mut questions = questions.filter(|line| line.contains("no part of what needs none"));
        let told = questions.next().unwrap_or_default();
        assert!(told.starts_with(question), "{}", draft.settings);
        assert_eq!(told.is_empty(), question.is_empty(), "{told}");
    }
    case("注册时我们收集您的手机号信息。", "");
    case(
        "经您授权，我们收集您的微信昵称和头像信息。",
        "# Question: line 3 says 授权",
    );
    case(
        "您同意后，我们收集您的收货地址信息。",
        "# Question: line 3 says 同意",
    );
}

#[test]
fn consent_to_what_is_not_yet_done_is_a_comment() {
    let text = "某某隐私政策\n一、收集\n要把信息用于其他目的的，我们重新征得您的同意。\n";
    let (draft, notice) = drafted(text);
    let id = &parse(text).clauses[0].id;
    assert!(
        draft.settings.contains(&format!("# line 3 ({id})")),
        "{}",
        draft.settings
    );
    assert!(
        notice
            .purposes
            .iter()
            .all(|purpose| !purpose.clauses.contains(id))
    );
}

#[test]
fn a_separate_consent_that_nobody_knows_is_named_by_its_clause() {
    let (_, notice) =
        drafted("某某隐私政策\n一、收集\n家谱整理：经您单独同意，我们整理您上传的家谱。\n");
    let own = notice.purpose("consent-1").expect("a purpose");
    assert_eq!(
        (own.name.as_str(), own.basis),
        ("家谱整理", Basis::Separate)
    );
}

#[test]
fn what_the_policy_alone_calls_sensitive_is_a_question() {
    let (draft, notice) = drafted(
        "某某隐私政策\n一、定义\n敏感个人信息：包括人脸信息、手机号码等。\n二、收集\n注册时我们收集您的手机号码。\n\
         核验：经您单独同意，我们收集人脸信息。\n",
    );
    let service = notice.purpose("service").expect("a purpose");
    assert_eq!(service.data, ["手机号码"]);
    assert!(
        draft.settings.contains("itself calls 手机号码 sensitive"),
        "{}",
        draft.settings
    );
    let (draft, notice) = drafted(
        "某某隐私政策\n一、定义\n敏感个人信息：包括手机号码等。\n二、收集\n注册时我们收集您的手机号码。\n\
         好友：经您单独同意，我们收集好友的手机号码。\n",
    );
    let service = notice.purpose("service").expect("a purpose");
    assert!(service.data.is_empty(), "{}", draft.settings);
}

#[test]
fn acts_that_need_a_consent_each_are_apart() {
    let (_, notice) = drafted(
        "某某隐私政策\n一、收集\n查找门店：经您单独同意，我们读取位置信息，用于列出门店。不同意的，自选城市。\n\
         路线回放：经您单独同意，我们记录行踪轨迹，用于回放。不打开的，用车照旧。\n\
         需要位置权限，用于列出门店。\n",
    );
    let purpose = |id: &str| {
        notice
            .purpose(id)
            .unwrap_or_else(|| panic!("{id}: {notice:#?}"))
    };
    assert_eq!(purpose("location").name, "查找门店");
    assert_eq!(purpose("location").refusal, "不同意的，自选城市。");
    assert_eq!(purpose("location-2").name, "路线回放");
    assert_eq!(purpose("location-2").data, ["行踪轨迹"]);
    assert_eq!(notice.permissions[0].purpose, "location");
}

#[test]
fn a_recipient_that_is_named_with_its_facts_has_a_purpose_of_its_own() {
    let (_, notice) = drafted(
        "某某隐私政策\n一、我们如何共享信息\n向接收方提供您的信息之前，取得您的单独同意：\n\
         （1）甲物流有限公司，联系方式：a@b.example；目的：送货；方式：接口；种类：地址、电话。拒绝的，到店自取。\n\
         （2）乙票务有限公司，联系方式：c@d.example；目的：出票；方式：接口；种类：姓名。\n",
    );
    assert!(notice.purpose("sharing").is_none(), "each has its own");
    let first = notice.purpose("partner-1").expect("a purpose");
    assert_eq!(
        first.description,
        "把您的地址、电话提供给甲物流有限公司，用于送货。"
    );
    assert_eq!(
        (first.data.len(), first.refusal.as_str()),
        (2, "拒绝的，到店自取。")
    );
    assert_eq!(first.clauses.len(), 2, "its entry, and what holds for all");
    let second = notice.recipient("partner-2").expect("a recipient");
    assert_eq!(
        (second.name.as_str(), second.contact.as_str()),
        ("乙票务有限公司", "c@d.example")
    );
}

#[test]
fn an_authority_is_no_recipient_of_a_consent() {
    let (draft, notice) = drafted(
        "某某隐私政策\n一、我们如何共享信息\n我们将订单信息共享给合作伙伴。\n行政、司法机关依法调取的，我们提供给司法机关。\n",
    );
    let names: Vec<&str> = notice.recipients.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["合作伙伴"]);
    assert!(
        draft.settings.contains("# Not a recipient to ask about"),
        "{}",
        draft.settings
    );
}

#[test]
fn ages_and_terms_that_differ_from_the_law_are_questions() {
    let (draft, notice) = drafted(
        "某某隐私政策\n一、儿童\n我们不为14周岁以下（含）的儿童提供服务。\n\
         二、权利\n我们将在30天内答复您的请求。\n",
    );
    assert_eq!(notice.minors.map(|minors| minors.age), Some(14));
    assert!(
        draft.settings.contains("set age = 15"),
        "{}",
        draft.settings
    );
    assert_eq!(notice.rights.deadline, "30 days");
    assert!(
        draft.settings.contains("line 5 takes 30 days"),
        "{}",
        draft.settings
    );
}

#[test]
fn a_purpose_tells_for_how_long_its_data_is_kept() {
    #[track_caller]
    fn case(more: &str, retention: &str, source: &str) {
        let (draft, notice) = drafted(&format!(
            "某某隐私政策\n一、收集\n刷脸：经您单独同意，我们收集人脸信息，用于核验。{more}\n"
        ));
        let biometric = notice.purpose("biometric").expect("a purpose");
        assert_eq!(biometric.retention, retention, "{}", draft.settings);
        let part = draft.settings.split("\n\n");
        let mut part = part.filter(|part| part.contains("id = \"biometric\""));
        let part = part.next().unwrap_or_default();
        assert!(part.contains(source), "{part}");
        let asks = part.contains("# Question: for how long");
        assert_eq!(asks, retention.is_empty(), "{part}");
    }
    // Its own clause.
    case(
        "比对结束即刻删除图像。",
        "比对结束即刻删除图像",
        "# For how long, line 3: ",
    );
    case(
        "核验记录最长保存六个月。",
        "核验记录最长保存六个月",
        "# For how long, line 3: ",
    );
    // A list of terms, by the name of the data or the purpose.
    case(
        "\n二、保存期限\n网络日志——六个月；\n人脸信息、证件照片——核验完成为止。",
        "人脸信息、证件照片：核验完成为止",
        "# For how long, line 6, by the name of the data or the purpose: ",
    );
    // A sentence that names the data.
    case(
        "\n二、信息的保存\n人脸信息保存三十日。",
        "人脸信息保存三十日",
        "# For how long, line 5, by the name of the data or the purpose: ",
    );
    // What is said of all data.
    case(
        "\n二、信息的保存\n我们仅在实现目的所必需的最短时间内留存您的个人信息。",
        "我们仅在实现目的所必需的最短时间内留存您的个人信息",
        "# For how long, line 5, of all data: ",
    );
    case(
        "\n二、信息的保存\n您的个人信息保存三年。",
        "您的个人信息保存三年",
        "# For how long, line 5, of all data: ",
    );
    // A clause that names no data speaks of the one before it.
    case(
        "\n到期的，我们最长再存十天。",
        "最长再存十天",
        "# For how long, line 4, by the name of the data or the purpose: ",
    );
    // A row is about its own data alone.
    let rows = "\n二、保存期限\n| 信息种类 | 保存期限 |\n| --- | --- |\n| 网络日志 | 用完即弃 |\n";
    case(rows, "", "");
    case(
        &format!("{rows}| **人脸信息** | 核验后即删 |"),
        "人脸信息：核验后即删",
        "# For how long, line 8, by the name of the data or the purpose: ",
    );
    // Somebody else's, somebody's wish, and nothing.
    case("\n二、保存期限\n网络日志——六个月。", "", "");
    case("不同意的，填写的号码保存三年。", "", "");
    case("您撤回同意的，我们立即删除。", "", "");
    case("", "", "");
}

#[test]
fn a_term_before_a_more_general_one() {
    let (draft, notice) = drafted(
        "某某隐私政策\n一、收集\n注册时我们收集您的手机号信息。\n\
         刷脸：经您单独同意，我们收集人脸信息，用于核验，核验完立即删除。\n\
         二、信息的保存\n手机号：保存到注销时。\n其他信息在必需的最短时间内保存。\n",
    );
    let kept = |id: &str| notice.purpose(id).map(|p| p.retention.as_str());
    assert_eq!(
        kept("biometric"),
        Some("核验完立即删除"),
        "{}",
        draft.settings
    );
    assert_eq!(
        kept("service"),
        Some("手机号：保存到注销时"),
        "{}",
        draft.settings
    );
}
