//! Which purposes a new version of the policy must ask about again.

use std::collections::{BTreeSet, HashMap};

use zhiqing_consent::{Notice, Purpose};
use zhiqing_policy::diff::{Change, ChangeKind, Diff};

/// Ids of the purposes whose clauses, data or recipients a material change touches, in the notice's
/// order. `notice` belongs to the new version, for its purposes name clauses of that one.
///
/// What changes the processing (PIPL 14, 22, 23, 39) and cannot be tied to one of the purposes that
/// are asked about concerns them all, because nobody can say whose consent it leaves untouched. What
/// does not (a right, a contact, a term of keeping, a rule for minors) is told to everybody and asked
/// of nobody, unless it stands in a purpose's own clauses.
pub fn of(diff: &Diff, notice: &Notice) -> Vec<String> {
    let concerns = Concerns::of(notice);
    let mut again = vec![false; concerns.asked.len()];
    for change in diff.changes.iter().filter(|change| change.material) {
        if again.iter().all(|again| *again) {
            break;
        }
        let touched = match change.kind {
            ChangeKind::Controller => BTreeSet::new(),
            _ => concerns.touched(change),
        };
        if touched.is_empty() && alters_processing(change.kind) {
            again.fill(true);
        }
        touched.into_iter().for_each(|at| again[at] = true);
    }
    let purposes = concerns.asked.iter().zip(again);
    let again = purposes.filter(|(_, again)| *again);
    again.map(|(purpose, _)| purpose.id.clone()).collect()
}

fn alters_processing(kind: ChangeKind) -> bool {
    matches!(
        kind,
        ChangeKind::Controller
            | ChangeKind::ThirdCountry
            | ChangeKind::Recipient
            | ChangeKind::Purpose
            | ChangeKind::Data
            | ChangeKind::Technology
    )
}

/// The purposes that are asked about, and by what a change is known to concern one. A purpose that
/// is not asked about is left out: a change in its clauses may be one that somebody has to be asked
/// about, and by it alone nobody would be.
struct Concerns<'a> {
    asked: Vec<&'a Purpose>,
    /// Which of the purposes name a clause, by its id.
    clauses: HashMap<&'a str, Vec<usize>>,
    /// Which of the purposes name a recipient, by its name.
    recipients: HashMap<&'a str, BTreeSet<usize>>,
}

impl<'a> Concerns<'a> {
    fn of(notice: &'a Notice) -> Self {
        let names = notice.recipients.iter();
        let names: HashMap<&str, &str> = names.map(|r| (r.id.as_str(), r.name.as_str())).collect();
        let asked: Vec<&Purpose> = notice.asked().collect();
        let mut clauses: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut recipients: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        for (at, purpose) in asked.iter().enumerate() {
            for id in &purpose.clauses {
                clauses.entry(id).or_default().push(at);
            }
            for id in &purpose.recipients {
                if let Some(name) = names.get(id.as_str()).filter(|name| !name.is_empty()) {
                    recipients.entry(name).or_default().insert(at);
                }
            }
        }
        Self {
            asked,
            clauses,
            recipients,
        }
    }

    /// The purposes of which the change touches a clause, a recipient or a datum.
    fn touched(&self, change: &Change) -> BTreeSet<usize> {
        let clauses = change.clauses[1].iter();
        let of_clauses = clauses.filter_map(|id| self.clauses.get(id.as_str()));
        let mut touched: BTreeSet<usize> = of_clauses.flatten().copied().collect();
        let places = || [&change.before, &change.after].into_iter().flatten();
        for (name, purposes) in &self.recipients {
            if places().any(|place| place.text.contains(name)) {
                touched.extend(purposes);
            }
        }
        if change.kind == ChangeKind::Data {
            let names = |purpose: &Purpose| purpose.data.iter().any(|d| puts_in(change, d));
            let purposes = self.asked.iter().enumerate();
            touched.extend(purposes.filter(|(_, p)| names(p)).map(|(at, _)| at));
        }
        touched
    }
}

/// Whether the words that were put in name this datum.
fn puts_in(change: &Change, datum: &str) -> bool {
    let sign = |c: char| !c.is_alphanumeric();
    let names = |words: &str| {
        let words = words.trim_matches(sign);
        let long = words.chars().count() > 1;
        words.contains(datum) || long && datum.contains(words)
    };
    match (&change.before, &change.after) {
        (None, Some(after)) => after.text.contains(datum),
        _ => change.words.iter().any(|words| names(&words.new)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhiqing_consent::{Basis, Mode, PolicyRef, Recipient, Rights, Tier};
    use zhiqing_policy::{Document, diff, parse};

    const OLD: &str = "某某应用隐私政策\n一、收集\n1、统计：我们会收集您的浏览记录，用于统计访问量。\n2、附近：我们会收集您的城市，用于推荐门店。\n3、账号：我们会收集您的昵称，用于登录。\n二、共享\n1、我们会将订单信息提供给甲乙物流有限公司，用于送货。\n三、权利\n1、您可以查阅、复制、删除您的个人信息。\n四、联系我们\n客服电话：400-123-4567。\n";

    /// A notice on this document: statistics on its first clause, nearby shops on its second, what
    /// needs no consent on its third, delivery through its recipient.
    fn notice(document: &Document) -> Notice {
        let purpose =
            |id: &str, basis, clauses: &[usize], data: &[&str], recipients: &[&str]| Purpose {
                id: id.into(),
                name: id.into(),
                description: String::new(),
                tier: Tier::Extended,
                basis,
                clauses: clauses
                    .iter()
                    .map(|&at| document.clauses[at].id.clone())
                    .collect(),
                data: data.iter().map(ToString::to_string).collect(),
                recipients: recipients.iter().map(ToString::to_string).collect(),
                refusal: String::new(),
                retention: String::new(),
                gpc: false,
            };
        Notice {
            site: "demo".into(),
            digest: String::new(),
            name: "Demo".into(),
            operator: None,
            contacts: vec![],
            locale: "zh-CN".into(),
            mode: Mode::Listed,
            policy: PolicyRef {
                version: "2".into(),
                digest: String::new(),
            },
            previous: vec![],
            report: "/v1".into(),
            purposes: vec![
                purpose("service", Basis::None, &[2], &["昵称"], &[]),
                purpose("analytics", Basis::General, &[0], &["浏览记录"], &[]),
                purpose("nearby", Basis::Separate, &[1], &["精确位置"], &[]),
                purpose("delivery", Basis::General, &[], &[], &["jiayi"]),
            ],
            recipients: vec![Recipient {
                id: "jiayi".into(),
                name: "甲乙物流有限公司".into(),
                contact: String::new(),
                data: vec![],
                purpose: String::new(),
                method: String::new(),
                country: String::new(),
            }],
            trackers: vec![],
            permissions: vec![],
            technologies: vec![],
            minors: None,
            rights: Rights::default(),
            banner: Default::default(),
            texts: Default::default(),
        }
    }

    #[track_caller]
    fn case(from: &str, to: &str, expected: &str) {
        assert!(OLD.contains(from), "{from}");
        let (old, new) = (parse(OLD), parse(&OLD.replace(from, to)));
        let diff = diff::compare(&old, &new);
        let again = of(&diff, &notice(&new));
        assert_eq!(
            again.join(" "),
            expected,
            "{from} → {to}: {:#?}",
            diff.changes
        );
    }

    #[test]
    fn only_what_changed_materially_is_asked_again() {
        case("统计访问量", "统计访问量", "");
        case(
            "收集您的浏览记录",
            "收集您的浏览记录、设备标识符",
            "analytics",
        );
        case("收集您的城市", "收集您的精确位置", "nearby");
        case("用于送货", "用于送货和推销保险", "delivery");
        case("用于送货", "用来送货", "");
        case("将订单信息", "将订单信息、手机号码", "delivery");
        // Whom it concerns cannot be told: everybody.
        case(
            "三、权利",
            "2、我们会将您的手机号码提供给广告商。\n三、权利",
            "analytics nearby delivery",
        );
        // A clause of a purpose that nobody is asked about.
        case(
            "收集您的昵称",
            "收集您的昵称、通讯录",
            "analytics nearby delivery",
        );
        // Told to all, asked of nobody.
        case("400-123-4567", "400-123-9999", "");
        case("复制、", "", "");
        // Less is done than was agreed to.
        case(
            "二、共享\n1、我们会将订单信息提供给甲乙物流有限公司，用于送货。\n",
            "",
            "",
        );
    }
}
