//! A notice for tests, which no settings file is read for.

use zhiqing_consent::{Basis, Mode, Notice, PolicyRef, Purpose, Rights, Technology, Tier, digest};

/// A notice with a purpose of each basis that a person can choose alone.
pub(crate) fn notice() -> Notice {
    let purpose = |id: &str, basis| Purpose {
        id: id.into(),
        name: id.into(),
        description: "用于测试。".into(),
        tier: Tier::Extended,
        basis,
        clauses: vec![],
        data: vec![],
        recipients: vec![],
        refusal: "不影响使用。".into(),
        retention: String::new(),
        gpc: false,
    };
    let notice = Notice {
        site: "demo".into(),
        digest: String::new(),
        name: "示例".into(),
        operator: None,
        contacts: vec![],
        locale: "zh-CN".into(),
        mode: Mode::Listed,
        policy: PolicyRef {
            version: "2026.11".into(),
            digest: digest::of_bytes(b"{}"),
        },
        previous: vec![],
        report: "/v1".into(),
        purposes: vec![
            purpose("service", Basis::None),
            purpose("analytics", Basis::General),
            purpose("ads", Basis::General),
            purpose("identity", Basis::Separate),
        ],
        recipients: vec![],
        trackers: vec![],
        permissions: vec![],
        technologies: Technology::ALWAYS_OFFERED.to_vec(),
        minors: None,
        rights: Rights::default(),
        banner: Default::default(),
        texts: Default::default(),
    };
    notice.seal().expect("a digest")
}
