//! Drafted settings: over our own texts, the real policies where they are at hand, and input that is
//! hostile or no policy at all. Of the real policies nothing is repeated here but file and line.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use zhiqing_consent::{Basis, Notice};
use zhiqing_policy::{Category, Document, Kind, decode_vec, parse};
use zhiqing_site::init::{Draft, draft};
use zhiqing_site::{Module, Site, page};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(ROOT).join(folder);
    let Ok(entries) = folder.read_dir() else {
        println!("not present: {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// The project's own policies.
fn ours() -> Vec<PathBuf> {
    let mut texts = files("crates/policy/tests/texts");
    for folder in Path::new(ROOT)
        .join("policy-text")
        .read_dir()
        .expect("a folder")
    {
        let folder = folder.expect("an entry").path();
        let there = ["policy.txt", "policy.md"].map(|name| folder.join(name));
        texts.extend(there.into_iter().filter(|path| path.is_file()));
    }
    assert!(texts.len() >= 5, "{texts:?}");
    texts
}

fn read(file: &Path) -> Document {
    let bytes = fs::read(file).expect("the policy can be read");
    parse(&decode_vec(bytes).expect("the policy is text"))
}

/// Loads a draft as the settings of a policy, and builds the site.
#[track_caller]
fn load(draft: &Draft, policy: &[u8]) -> Site {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("policy.txt"), policy).expect("a file");
    let file = folder.path().join("site.toml");
    fs::write(&file, &draft.settings).expect("a file");
    let site = Site::load(&file).unwrap_or_else(|error| panic!("{error}\n{}", draft.settings));
    let module = Module {
        wasm: b"\0asm",
        glue: b"",
    };
    let files = page::build(&site, module).expect("it builds");
    assert!(files.iter().any(|file| file.name == "notice.json"));
    site
}

#[track_caller]
fn drafted(text: &str) -> (Draft, Notice) {
    let draft = draft(&parse(text), "policy.txt", "某站 policy!");
    let notice = load(&draft, text.as_bytes()).notice;
    assert!(notice.purposes.len() >= 3, "{}", draft.settings);
    (draft, notice)
}

/// A text without its blanks and without what TOML may write in another way.
fn plain(text: &str) -> String {
    let same = |c: &char| !c.is_whitespace() && !matches!(c, '\\' | '"' | '\'');
    text.chars().filter(same).collect()
}

/// Whether one paragraph of the draft names both the line and the words.
fn tells(paragraphs: &[String], line: u32, words: &str) -> bool {
    let words = plain(words);
    let numbers = |paragraph: &str| {
        let mut found = paragraph.to_lowercase();
        found.push(' ');
        let at = format!("line {line}");
        found
            .match_indices(&at)
            .any(|(from, _)| !found[from + at.len()..].starts_with(|c: char| c.is_ascii_digit()))
    };
    paragraphs
        .iter()
        .any(|paragraph| numbers(paragraph) && plain(paragraph).contains(&words))
}

/// What the text says stands in the settings, each with its clause.
#[track_caller]
fn complete(name: &str, document: &Document) {
    let draft = draft(document, "policy.txt", name);
    let paragraphs: Vec<String> = draft.settings.split("\n\n").map(str::to_owned).collect();
    let facts = &document.facts;
    let technologies = facts
        .technologies
        .iter()
        .map(|fact| (fact.line, &fact.name));
    let permissions = facts.permissions.iter().map(|fact| (fact.line, &fact.name));
    let kits = facts.sdks.iter().map(|fact| (fact.line, &fact.name));
    let classes = facts.recipients.iter().map(|fact| (fact.line, &fact.class));
    for (line, words) in technologies.chain(permissions).chain(kits).chain(classes) {
        assert!(
            tells(&paragraphs, line, words),
            "{name}: line {line}, {words}"
        );
    }
    for clause in &document.clauses {
        if clause.kinds.contains(&Kind::SeparateConsent) {
            assert!(
                draft.settings.contains(&clause.id),
                "{name}: line {}",
                clause.line
            );
        }
    }
    for due in &facts.deadlines {
        assert!(
            tells(&paragraphs, due.line, &due.count.to_string()),
            "{name}: line {}",
            due.line
        );
    }
    for rule in &facts.minors {
        assert!(
            tells(&paragraphs, rule.line, &rule.age.to_string()),
            "{name}: line {}",
            rule.line
        );
    }
}

/// Categories that are sensitive whoever writes the policy (PIPL 28).
const BY_LAW: [Category; 8] = [
    Category::Biometric,
    Category::Religion,
    Category::SpecificIdentity,
    Category::Health,
    Category::FinancialAccount,
    Category::LocationTrack,
    Category::Minor,
    Category::OtherSensitive,
];

/// What must hold of a draft whatever the policy.
#[track_caller]
fn sound(name: &str, document: &Document, notice: &Notice) {
    assert!(notice.purposes.len() >= 3, "{name}");
    let sensitive: HashSet<&str> = document
        .clauses
        .iter()
        .flat_map(|clause| &clause.terms)
        .filter(|term| term.sensitive && BY_LAW.contains(&term.category))
        .map(|term| term.text.as_str())
        .collect();
    for purpose in &notice.purposes {
        let unasked = matches!(purpose.basis, Basis::None | Basis::General);
        let held = purpose
            .data
            .iter()
            .find(|data| sensitive.contains(data.as_str()));
        assert!(
            !unasked || held.is_none(),
            "{name}: {} has {held:?}",
            purpose.id
        );
        assert!(!purpose.name.is_empty() && !purpose.description.is_empty());
        assert!(!purpose.refusal.is_empty(), "{name}: {}", purpose.id);
    }
    let used: HashSet<&String> = notice.purposes.iter().flat_map(|p| &p.recipients).collect();
    for recipient in &notice.recipients {
        assert!(
            used.contains(&recipient.id),
            "{name}: nobody gives to {}",
            recipient.id
        );
        assert_eq!(recipient.name, recipient.name.trim(), "{name}");
    }
}

#[track_caller]
fn whole(file: &Path) {
    let name = file.file_stem().expect("a name").to_string_lossy();
    let document = read(file);
    complete(&name, &document);
    let draft = draft(&document, "policy.txt", &name);
    let site = load(&draft, &fs::read(file).expect("the policy can be read"));
    sound(&name, &document, &site.notice);
    assert_eq!(draft.doubts, Vec::<String>::new(), "{name}");
    let questions = draft.settings.matches("# Question: ").count();
    assert_eq!(questions, draft.questions, "{name}");
}

#[test]
fn everything_that_our_texts_say_is_in_their_drafts() {
    for file in ours() {
        whole(&file);
    }
}

#[test]
fn everything_that_the_real_policies_say_is_in_their_drafts() {
    let seeds = files("../shared/seeds");
    for file in seeds
        .iter()
        .filter(|file| file.extension().is_some_and(|e| e == "txt"))
    {
        whole(file);
    }
}

#[test]
fn a_draft_for_reviewers_to_read() {
    let file = ours()
        .into_iter()
        .find(|file| file.to_string_lossy().contains("local-life"));
    let document = read(&file.expect("the text of a local-life app"));
    insta::assert_snapshot!(draft(&document, "policy.txt", "local-life").settings);
}

const SMALL: &str = "某某隐私政策\n生效日期：2026年1月2日\n一、我们如何收集信息\n\
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
         行程回放：经您单独同意，我们记录行踪轨迹，用于回放。不打开的，用车照旧。\n\
         需要位置权限，用于列出门店。\n",
    );
    let purpose = |id: &str| {
        notice
            .purpose(id)
            .unwrap_or_else(|| panic!("{id}: {notice:#?}"))
    };
    assert_eq!(purpose("location").name, "查找门店");
    assert_eq!(purpose("location").refusal, "不同意的，自选城市。");
    assert_eq!(purpose("location-2").name, "行程回放");
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
fn a_text_that_is_no_policy_is_doubted_and_still_drafted() {
    for text in ["。", "一句话。", "天气预报\n明天晴，最高气温二十度。\n"] {
        let (draft, notice) = drafted(text);
        assert!(!draft.doubts.is_empty(), "{text}");
        let ids: Vec<&str> = notice.purposes.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["service", "analytics", "personalisation"]);
        assert!(draft.settings.contains("strike the purpose"));
        assert_eq!(notice.policy.version, "1");
    }
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
fn hostile_text_stays_text() {
    for text in [
        "我们收集\u{7f}\"'''\"\"\"\\ 手机号 # [x]\n我们会收集您的人脸\u{1}信息\"]。\n",
        "某某隐私政策\n一、'''\"\"\"\n经您单独同意，我们收集人脸信息，用于\"'''\\u0000\\。拒绝的，\"#\\\n",
        "\u{202e}某某\u{1}隐私政策\u{feff}\n]]\n[[purpose]]\nid = \"service\"\n经您单独同意收集指纹信息。\n",
        "某某隐私政策\n一、第三方SDK\nSDK名称：\"]\\'''SDK\n使用目的：\"统计#\n收集信息：'''、\"\"\"、\\\n",
        "某某隐私政策\n一、权限\n相机权限\"\\：用于'''拍照\"\"\"；拒绝的，\\不能拍照\n",
        "某某隐私政策\n我们与\"合作伙伴\\'''共享信息，第三方\"商家\"\\、供应商'''。\n",
    ] {
        drafted(text);
    }
}

/// Pieces of which policies that are hard to draft from are made.
const PIECES: [&str; 32] = [
    "\n",
    "\n\n",
    "一、",
    "（一）",
    "我们如何收集信息",
    "我们如何共享信息",
    "您的权利",
    "：",
    "。",
    "；",
    "，",
    "、",
    "\"",
    "'''",
    "\\",
    "#",
    "]",
    "经您单独同意",
    "明示同意",
    "我们收集",
    "人脸信息",
    "位置信息",
    "手机号",
    "相机权限",
    "用于",
    "拒绝的，",
    "SDK名称：百度统计SDK",
    "提供给供应商",
    "联系方式：a@b.cn",
    "目的：",
    "方式：接口",
    "不向境外提供",
];

#[test]
fn no_text_is_too_strange() {
    // A linear congruential generator: the same texts every time.
    let mut state = 1_u64;
    for _ in 0..300 {
        let mut text = String::from("某某隐私政策\n");
        for _ in 0..40 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text += PIECES[(state >> 59) as usize];
        }
        let (_, notice) = drafted(&text);
        complete("strange", &parse(&text));
        sound(&text, &parse(&text), &notice);
    }
}

/// Every ending that cuts a text in two gives a draft that loads.
#[test]
fn a_text_may_end_anywhere() {
    for (end, _) in SMALL.char_indices().skip(1).step_by(7) {
        drafted(&SMALL[..end]);
    }
}

/// Time grows with the length of the text, however many facts and consents it has.
#[test]
fn a_long_text_is_drafted_at_once() {
    let mut text = String::from("某某隐私政策\n一、收集\n");
    for number in 0..5_000 {
        text += &format!(
            "经您单独同意，我们收集第{number}种人脸信息；相机权限用于拍摄{number}；与第{number}家供应商共享。\n"
        );
    }
    let document = parse(&text);
    let draft = draft(&document, "policy.txt", "long");
    assert!(draft.settings.matches("人脸信息").count() > 5_000);
}
