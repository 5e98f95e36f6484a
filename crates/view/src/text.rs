//! What the interface says. Another language is another module like this one.

use zhiqing_consent::Technology;

pub(crate) const BANNER_TITLE: &str = "您的隐私，由您决定";
pub(crate) const CHANGES: &str = "隐私政策变更对照";
pub(crate) const CHANGES_LIST: &str = "变更清单";
pub(crate) const NO_CHANGES: &str = "两个版本的内容没有变化。";
pub(crate) const MATERIAL: &str = "重大变更";
pub(crate) const OLD_TEXT: &str = "旧版第";
pub(crate) const NEW_TEXT: &str = "新版第";
pub(crate) const ASK_AGAIN: &str = "需要重新征得同意的处理目的：";
pub(crate) const ASK_NOBODY: &str = "没有需要重新征得同意的处理目的。";
pub(crate) const TROUBLE: &str = "网络不通，暂时打不开。请稍后再点一次。";
pub(crate) const POLICY_MISSING: &str = "政策正文暂时取不到，请检查网络后再试。";
pub(crate) const BANNER_POLICY: &str = "隐私政策";
pub(crate) const ACCEPT_ALL: &str = "全部同意";
pub(crate) const REJECT_ALL: &str = "全部拒绝";
pub(crate) const CHOOSE: &str = "逐项选择";
pub(crate) const PREFERENCES: &str = "隐私设置";
pub(crate) const PREFERENCES_LEAD: &str =
    "每一项都可以单独打开或关闭，随时可以回来更改。没有打开的，我们不会使用。";
pub(crate) const SAVE: &str = "保存选择";
pub(crate) const CLOSE: &str = "关闭";
pub(crate) const BASIC: &str = "基本功能";
pub(crate) const BASIC_LEAD: &str = "网站运行所必需，无需同意，拒绝下面任何一项都不影响使用。";
pub(crate) const EXTENDED: &str = "扩展功能";
pub(crate) const EXTENDED_LEAD: &str = "由您自己决定，默认全部关闭。";
pub(crate) const ALWAYS_ON: &str = "始终开启";
pub(crate) const NEEDS_STEP: &str = "需单独同意";
pub(crate) const NEEDS_GUARDIAN: &str = "需监护人同意";
pub(crate) const DATA: &str = "涉及的信息";
pub(crate) const RECIPIENTS: &str = "接收方";
pub(crate) const IF_REFUSED: &str = "如果拒绝";
pub(crate) const READ_CLAUSE: &str = "查看政策原文";
pub(crate) const DETAILS: &str = "详情";
pub(crate) const TECHNOLOGIES: &str = "拒绝某种技术";
pub(crate) const TECHNOLOGIES_LEAD: &str =
    "勾选后，即使上面同意了某项用途，它也不能再使用这种技术。网站运行所必需的除外。";
pub(crate) const REFUSE_PREFIX: &str = "拒绝";
pub(crate) const STEP_LEAD: &str = "这一项需要您单独同意，不包含在“全部同意”之内。";
pub(crate) const STEP_AGREE: &str = "单独同意";
pub(crate) const STEP_REFUSE: &str = "不同意";
pub(crate) const STEP_GUARDIAN: &str =
    "这一项需要监护人同意。监护人尚未同意之前，它保持关闭，其他功能照常使用。";
pub(crate) const WHY: &str = "用来做什么";
pub(crate) const WHAT: &str = "哪些信息";
pub(crate) const WHO: &str = "交给谁";
pub(crate) const HOW: &str = "怎样提供";
pub(crate) const POLICY: &str = "隐私政策";
pub(crate) const CONTENTS: &str = "目录";
pub(crate) const SENSITIVE: &str = "敏感";
/// In the place of a table's cell that says what the cell above it says.
pub(crate) const SAME: &str = "同上";
pub(crate) const POLICY_LEGEND: &str = "标色的段落涉及敏感个人信息，请重点阅读。";
pub(crate) const VERSION: &str = "版本";
pub(crate) const RIGHTS: &str = "我的权利";
pub(crate) const RIGHTS_LEAD: &str =
    "您可以查阅、复制、更正、补充、删除您的个人信息，撤回同意，注销账号，要求我们解释处理规则。";
pub(crate) const NOW: &str = "您现在的选择";
pub(crate) const NOT_YET: &str = "您还没有作出选择，所有扩展功能都是关闭的。";
pub(crate) const NOTHING_GRANTED: &str = "您没有同意任何扩展功能。";
pub(crate) const WITHDRAW: &str = "撤回全部同意";
pub(crate) const CHANGE: &str = "更改选择";
pub(crate) const WHO_WE_ARE: &str = "运营者";
pub(crate) const CONTACT: &str = "联系我们";
pub(crate) const CONTACT_DETAILS: &str = "联系方式";
pub(crate) const COUNTRY: &str = "所在地";
pub(crate) const NO_CONTACT: &str = "政策中没有写明联系方式，您可以向网信部门投诉。";
pub(crate) const ANSWER_WITHIN: &str = "答复期限";
pub(crate) const REMOVED: &str = "上次撤回后已删除";
pub(crate) const KEPT: &str = "未能删除";
pub(crate) const RECEIPT: &str = "保存同意凭证";
pub(crate) const RECEIPT_LEAD: &str = "凭证由服务器签名，您可以自行保存，用来证明您作过的选择。";
pub(crate) const RECEIPT_WAITING: &str = "凭证还在路上：网络恢复后会自动送达并取回。";
/// Shown where neither cookies nor storage work.
pub const NOT_KEPT: &str = "浏览器不允许保存，您的选择只在本页有效，下次打开时会再次询问。";

/// Shown where cookies work and storage does not.
pub const KEPT_IN_COOKIE: &str =
    "浏览器不允许本地存储，您的选择记在 Cookie 里，同意凭证只在本页可以取得。";

/// A technology's name and what it does, for people.
pub(crate) fn technology(technology: Technology) -> (&'static str, &'static str) {
    match technology {
        Technology::Cookie => ("Cookie", "网站存在浏览器里的小段文字，可用来认出您的设备"),
        Technology::LocalStorage => ("本地存储", "长期存在浏览器里的数据，关掉页面也不会消失"),
        Technology::SessionStorage => ("会话存储", "只在这个标签页打开期间保存的数据"),
        Technology::IndexedDb => ("浏览器数据库", "浏览器里的大容量存储（IndexedDB）"),
        Technology::FlashCookie => ("Flash Cookie", "旧式 Flash 插件保存的数据"),
        Technology::Beacon => ("网络信标", "离开或停留时在后台发出的上报"),
        Technology::Pixel => ("像素标签", "一张看不见的小图，加载时上报您的访问"),
        Technology::EmailPixel => ("邮件像素", "邮件里看不见的小图，用来得知邮件被打开"),
        Technology::Etag => ("ETag 缓存标识", "借浏览器缓存再次认出您的设备"),
        Technology::Fingerprint => ("设备指纹", "凭设备特征的组合认出您的设备"),
        Technology::Script => ("脚本", "第三方脚本"),
        Technology::Iframe => ("内嵌页面", "第三方内嵌页面"),
        Technology::Request => ("网络请求", "发往第三方的请求"),
    }
}

/// A contact's kind, for people.
pub(crate) fn contact(kind: &str) -> &'static str {
    match kind {
        "email" => "邮箱",
        "phone" => "电话",
        "address" => "地址",
        "postcode" => "邮编",
        _ => "联系方式",
    }
}
