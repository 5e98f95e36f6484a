//! Purposes that many policies have.

use zhiqing_policy::Kind;

/// A purpose that many policies have, and by what its clauses are known.
pub(super) struct Candidate {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) tier: &'static str,
    pub(super) basis: &'static str,
    pub(super) refusal: &'static str,
    /// A clause belongs to it if it has all of these kinds.
    pub(super) kinds: &'static [Kind],
    /// Drafted even where the policy states nothing of the kind: most pages need the question.
    pub(super) always: bool,
}

/// In the order in which they are drafted.
pub(super) const CANDIDATES: [Candidate; 6] = [
    Candidate {
        id: "service",
        name: "基本服务",
        description: "提供浏览、登录、下单和客服等基本功能，并保障安全。",
        tier: "basic",
        basis: "none",
        refusal: "这是提供服务所必需的。",
        kinds: &[Kind::Collection],
        always: true,
    },
    Candidate {
        id: "analytics",
        name: "访问统计",
        description: "了解页面被怎样使用，以便改进。",
        tier: "extended",
        basis: "general",
        refusal: "不统计您的访问，其他功能不变。",
        kinds: &[Kind::Tracking],
        always: true,
    },
    Candidate {
        id: "personalisation",
        name: "个性化推荐",
        description: "根据您的浏览和使用记录推荐内容。",
        tier: "extended",
        basis: "general",
        refusal: "看到的内容不针对您个人，其他功能不变。",
        kinds: &[Kind::Profiling],
        always: true,
    },
    Candidate {
        id: "marketing",
        name: "广告与营销",
        description: "向您展示广告、推送活动消息。",
        tier: "extended",
        basis: "general",
        refusal: "不向您推送营销信息，其他功能不变。",
        kinds: &[Kind::Marketing],
        always: false,
    },
    Candidate {
        id: "sensitive",
        name: "敏感个人信息",
        description: "在个别功能中处理您的敏感个人信息。",
        tier: "extended",
        basis: "separate",
        refusal: "不能使用需要这些信息的功能，其他功能不变。",
        kinds: &[Kind::Sensitive],
        always: false,
    },
    Candidate {
        id: "cross-border",
        name: "向境外提供",
        description: "把您的个人信息提供给境外的接收方。",
        tier: "extended",
        basis: "separate",
        refusal: "不向境外提供，需要境外接收方才能办的业务办不成。",
        kinds: &[Kind::CrossBorder, Kind::SeparateConsent],
        always: false,
    },
];
