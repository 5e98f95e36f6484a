//! The site that the tests visit.

use zhiqing_consent::notice::Rights;
use zhiqing_consent::{
    Basis, Glob, Mode, Notice, Permission, PolicyRef, Purpose, Technology, Tier, Tracker, Use,
};
use zhiqing_policy::Document;

/// What the person is told where storage is full.
pub(crate) const KEPT_IN_COOKIE: &str = "选择记在 Cookie 里";

pub(crate) fn notice() -> Notice {
    let purpose = |id: &str, basis| Purpose {
        id: id.into(),
        name: format!("名为{id}"),
        description: format!("用于{id}"),
        tier: match basis {
            Basis::None => Tier::Basic,
            _ => Tier::Extended,
        },
        basis,
        clauses: vec![],
        data: vec!["设备型号".into()],
        recipients: vec![],
        refusal: format!("没有{id}"),
        retention: String::new(),
        gpc: id == "ads",
    };
    let tracker = |purpose: &str, uses: &[(Technology, &str)]| Tracker {
        id: format!("{purpose}-tool"),
        vendor: "某公司".into(),
        purpose: purpose.into(),
        uses: uses
            .iter()
            .map(|&(technology, pattern)| Use {
                technology,
                patterns: vec![Glob::new(pattern)],
            })
            .collect(),
        signals: Default::default(),
    };
    let permission = |id: &str, purpose: &str, refusal: &str| Permission {
        id: id.into(),
        purpose: purpose.into(),
        refusal: refusal.into(),
    };
    Notice {
        site: "demo".into(),
        digest: format!("sha256:{}", "1".repeat(64)),
        name: "示例".into(),
        operator: None,
        contacts: vec![],
        locale: "zh-CN".into(),
        mode: Mode::Listed,
        policy: PolicyRef {
            version: "2026.11".into(),
            digest: format!("sha256:{}", "2".repeat(64)),
        },
        previous: vec![],
        report: "/v1".into(),
        purposes: vec![
            purpose("service", Basis::None),
            purpose("analytics", Basis::General),
            purpose("ads", Basis::General),
            purpose("identity", Basis::Separate),
            purpose("child", Basis::Guardian),
        ],
        recipients: vec![],
        trackers: vec![
            tracker("service", &[(Technology::Cookie, "session*")]),
            tracker(
                "analytics",
                &[
                    (Technology::Cookie, "Hm_*"),
                    (Technology::LocalStorage, "Hm_*"),
                    (Technology::SessionStorage, "Hm_*"),
                ],
            ),
            tracker(
                "ads",
                &[
                    (Technology::Cookie, "z*"),
                    (Technology::LocalStorage, "z*"),
                    (Technology::SessionStorage, "z*"),
                ],
            ),
        ],
        permissions: vec![
            permission("camera", "identity", "不能刷脸"),
            permission("location", "analytics", ""),
            permission("clipboard", "service", ""),
            permission("contacts", "child", ""),
        ],
        technologies: Technology::ALWAYS_OFFERED.to_vec(),
        minors: None,
        rights: Rights::default(),
        banner: Default::default(),
        texts: [("kept_in_cookie", KEPT_IN_COOKIE)]
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .into(),
    }
}

pub(crate) fn document() -> Document {
    zhiqing_policy::parse(
        "示例隐私政策\n\
         一、我们如何收集信息\n\
         登录时我们会收集您的人脸信息，<b>“用于”</b>&amp;核验身份。\n\
         二、联系我们\n\
         邮箱：privacy@example.cn\n",
    )
}
