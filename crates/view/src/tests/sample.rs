//! A notice and a policy in which every field is filled.

use proptest::prelude::*;
use std::collections::BTreeMap;
use zhiqing_consent::notice::{ContactPoint, Minors, Rights};
use zhiqing_consent::rules::{self, Act};
use zhiqing_consent::{
    Basis, Decision, Glob, Mode, Notice, Permission, PolicyRef, Purpose, Recipient, Technologies,
    Technology, Tier, Tracker, Use, Words,
};
use zhiqing_policy::{Category, Clause, ContentsLine, Document, Heading, Kind, Table, Term};

/// The notice of most tests.
pub(crate) fn notice() -> Notice {
    notice_of(&str::to_owned)
}

/// The same notice with each of its words passed through `words`.
pub(crate) fn notice_of(words: &dyn Fn(&str) -> String) -> Notice {
    let list = |items: &[&str]| items.iter().map(|item| words(item)).collect::<Vec<_>>();
    let purpose = |id: &str, name: &str, tier, basis, recipients: &[&str]| Purpose {
        id: words(id),
        name: words(name),
        description: words(&format!("{name}的说明")),
        tier,
        basis,
        clauses: list(&["c-1a", "c-1b"]),
        data: list(&["设备型号", "访问记录"]),
        recipients: list(recipients),
        refusal: words(&format!("不使用{name}")),
        retention: words("保存十二个月"),
        gpc: id == "ads",
    };
    let recipient = |id: &str, name: &str| Recipient {
        id: words(id),
        name: words(name),
        contact: words("privacy@example.cn"),
        data: list(&["访问记录", "设备型号"]),
        purpose: words("统计分析"),
        method: words("加密接口传输"),
        country: words("中国"),
    };
    Notice {
        site: words("demo"),
        digest: words("sha256:00"),
        name: words("云游"),
        operator: Some(words("云游科技有限公司")),
        contacts: ["email", "phone", "address", "postcode"]
            .map(|kind| ContactPoint {
                kind: words(kind),
                value: words("privacy@example.cn"),
            })
            .to_vec(),
        locale: words("zh-CN"),
        mode: Mode::Listed,
        policy: PolicyRef {
            version: words("2026.11"),
            digest: words("sha256:11"),
        },
        previous: vec![],
        report: words("/v1"),
        purposes: vec![
            purpose("service", "提供服务", Tier::Basic, Basis::None, &[]),
            purpose(
                "analytics",
                "访问统计",
                Tier::Extended,
                Basis::General,
                &["tongji", "umeng"],
            ),
            purpose("ads", "个性化推荐", Tier::Extended, Basis::General, &[]),
            purpose(
                "identity",
                "实名认证",
                Tier::Extended,
                Basis::Separate,
                &["tongji", "umeng"],
            ),
            purpose("signature", "电子签名", Tier::Extended, Basis::Written, &[]),
            purpose("child", "儿童模式", Tier::Extended, Basis::Guardian, &[]),
        ],
        recipients: vec![
            recipient("tongji", "百度统计"),
            Recipient {
                contact: String::new(),
                country: String::new(),
                ..recipient("umeng", "友盟")
            },
        ],
        trackers: vec![Tracker {
            id: words("tongji"),
            vendor: words("百度"),
            purpose: words("analytics"),
            uses: vec![Use {
                technology: Technology::Cookie,
                patterns: vec![Glob::new(words("Hm_lvt_*"))],
            }],
            signals: Default::default(),
        }],
        permissions: vec![Permission {
            id: words("camera"),
            purpose: words("identity"),
            refusal: words("不能刷脸"),
        }],
        technologies: Technology::REFUSABLE.to_vec(),
        minors: Some(Minors {
            age: 14,
            rule: words("由监护人同意"),
        }),
        rights: Rights {
            deadline: words("15 working days"),
        },
        banner: Default::default(),
        texts: texts(words),
    }
}

/// The interface's words in Simplified Chinese, each passed through `words`.
fn texts(words: &dyn Fn(&str) -> String) -> Words {
    let file = crate::text::language("zh-CN").expect("a language of ours");
    let texts: BTreeMap<String, String> = toml::from_str(file).expect("TOML");
    let texts = texts.into_iter().map(|(key, text)| (key, words(&text)));
    texts.collect()
}

/// Notices with any number of purposes of any tier and basis.
pub(crate) fn notices() -> impl Strategy<Value = Notice> {
    let bases = prop::sample::select(vec![
        Basis::None,
        Basis::General,
        Basis::Separate,
        Basis::Written,
        Basis::Guardian,
    ]);
    let tiers = prop::sample::select(vec![Tier::Basic, Tier::Extended]);
    let technologies = prop::sample::subsequence(Technology::REFUSABLE.to_vec(), 0..=10);
    let purposes = prop::collection::vec((tiers, bases), 0..8);
    (purposes, technologies).prop_map(|(purposes, technologies)| {
        let notice = notice();
        let purposes = purposes
            .into_iter()
            .enumerate()
            .map(|(at, (tier, basis))| Purpose {
                id: format!("p{at}"),
                tier,
                basis,
                ..notice.purposes[at % notice.purposes.len()].clone()
            });
        Notice {
            purposes: purposes.collect(),
            technologies,
            ..notice
        }
    })
}

/// What `act` leads to from nothing.
pub(crate) fn decided(notice: &Notice, act: &Act) -> Decision {
    rules::decide(notice, None, act, 1_763_690_000)
}

/// All that the preferences can switch on, and two technologies refused.
pub(crate) fn save_all(notice: &Notice) -> Act {
    let ids: Vec<String> = notice.asked().map(|purpose| purpose.id.clone()).collect();
    Act::Save {
        granted: ids.clone(),
        confirmed: ids,
        refused: Technologies::from([Technology::Cookie, Technology::Etag]),
    }
}

/// A policy with one passage of each sort.
pub(crate) fn document() -> Document {
    let heading = |level, label: &str, title: &str, line| Heading {
        id: format!("s-{line}"),
        level,
        label: label.into(),
        title: title.into(),
        line,
        ..Heading::default()
    };
    let clause = |line, text: &str| Clause {
        id: format!("c-{line}-{}", text.chars().count()),
        line,
        end_line: line,
        text: text.into(),
        ..Clause::default()
    };
    let term = |start, text: &str, category, sensitive| Term {
        line: 5,
        start,
        text: text.into(),
        category,
        sensitive,
    };
    let marked = Clause {
        kinds: vec![Kind::Collection, Kind::Sensitive],
        terms: vec![
            term(5, "手机号", Category::Contact, false),
            term(9, "人脸信息", Category::Biometric, true),
            term(14, "银行账户", Category::FinancialAccount, true),
        ],
        ..clause(5, "我们会收集手机号、人脸信息和银行账户。")
    };
    let table = |clauses, header: &[&str], rows: &[&[&str]]| {
        let texts = |row: &[&str]| row.iter().map(|&text| text.to_owned()).collect();
        Table {
            header: texts(header),
            rows: rows.iter().map(|row| texts(row)).collect(),
            clauses,
            ..Table::default()
        }
    };
    let emphasised = Clause {
        head: Some([2, 6]),
        emphasis: vec![[2, 6], [13, 20]],
        terms: vec![term(16, "人脸信息", Category::Biometric, true)],
        ..clause(12, "**实名认证**：我们**将核验人脸信息**。")
    };
    Document {
        title: Some("云游隐私政策".into()),
        outline: vec![
            heading(0, "", "云游隐私政策", 1),
            heading(1, "一、", "我们如何收集信息", 3),
            heading(2, "1.", "实名认证", 4),
            heading(3, "（1）", "第三方", 6),
        ],
        contents: vec![ContentsLine {
            line: 2,
            text: "一、我们如何收集信息 …… 1".into(),
            ..ContentsLine::default()
        }],
        clauses: vec![
            marked,
            clause(7, "名称"),
            clause(7, "信息类型"),
            clause(8, "百度统计"),
            clause(8, "访问"),
            clause(9, "百度地图"),
            clause(9, "位置"),
            clause(10, "权限：相机"),
            clause(10, "用途：扫码"),
            clause(10, "没有格子的一段"),
            emphasised,
        ],
        tables: vec![
            table(
                [1, 7],
                &["名称", "信息类型"],
                &[&["百度统计", "访问"], &["百度地图", "位置"]],
            ),
            table([7, 10], &["权限", "用途"], &[&["相机", "扫码"]]),
        ],
        ..Document::default()
    }
}
