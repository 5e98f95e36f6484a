//! The samples in `policy-text/`: what the policy says and what the settings say are the same.
//!
//! A template whose halves differ teaches the fault that it should prevent, so every name, contact,
//! datum, permission, SDK and technology stands in both or in neither.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zhiqing_consent::{Basis, Notice, Purpose, Technology, Tier};
use zhiqing_policy::{Clause, Document, Unit};
use zhiqing_site::Site;

/// The settings' ids of permissions, and the words that the samples use for them.
const PERMISSIONS: [(&str, &[&str]); 9] = [
    ("location", &["位置", "定位"]),
    ("camera", &["相机"]),
    ("album", &["相册", "照片"]),
    ("microphone", &["麦克风"]),
    ("contacts", &["通讯录"]),
    ("notification", &["通知"]),
    ("bluetooth", &["蓝牙", "附近设备"]),
    ("call", &["拨打电话"]),
    ("phone-number", &["手机号码"]),
];

/// A sample, its two halves side by side.
struct Sample {
    site: Site,
    /// The policy's characters: no blanks, no marks of emphasis.
    text: String,
}

impl Sample {
    #[track_caller]
    fn load(name: &str) -> Self {
        let file = folder().join(name).join("site.toml");
        let site = Site::load(&file).expect("settings that build");
        let clauses = site.policies[0].document.clauses.iter();
        let text: String = clauses.map(|clause| clause.text.as_str()).collect();
        let text = squeeze(&text);
        Self { site, text }
    }

    fn notice(&self) -> &Notice {
        &self.site.notice
    }

    fn document(&self) -> &Document {
        &self.site.policies[0].document
    }

    /// Whether the policy has these words.
    fn says(&self, words: &str) -> bool {
        self.text.contains(&squeeze(words))
    }

    /// The clauses in which a person is asked for a consent of its own to some one act. What the
    /// word means, what an update asks again, and what would be asked if data ever went abroad is
    /// no such act.
    fn separate_clauses(&self) -> impl Iterator<Item = &Clause> {
        let outline = &self.document().outline;
        let is_update = |title: &str| {
            ["更新", "修订", "改动"]
                .iter()
                .any(|word| title.contains(word))
        };
        let updates = outline
            .iter()
            .rposition(|heading| is_update(&heading.title));
        let updates = updates.map(|at| {
            let next = outline[at + 1..]
                .iter()
                .find(|next| next.level <= outline[at].level);
            outline[at].line..next.map_or(u32::MAX, |next| next.line)
        });
        self.document().clauses.iter().filter(move |clause| {
            let asks = ["单独同意", "单独征得"]
                .iter()
                .any(|words| clause.text.contains(words));
            let defines = ["单独同意】", "单独同意："]
                .iter()
                .any(|words| clause.text.contains(words));
            let again = updates
                .as_ref()
                .is_some_and(|lines| lines.contains(&clause.line));
            asks && !defines && !again && !clause.text.contains("将来")
        })
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy-text")
}

fn squeeze(text: &str) -> String {
    text.replace("**", "").split_whitespace().collect()
}

#[track_caller]
fn case(name: &str) {
    let sample = Sample::load(name);
    facts(&sample);
    purposes(&sample);
    recipients(&sample);
    kits(&sample);
    permissions(&sample);
    technologies(&sample);
    separate_consents(&sample);
    signal(&sample);
}

/// What PIPL 17 wants told is told, and read as told.
#[track_caller]
fn facts(sample: &Sample) {
    let document = sample.document();
    assert!(document.title.is_some() && document.effective_date.is_some());
    assert!(document.facts.operator.is_some() && !sample.notice().contacts.is_empty());
    let deadlines = document.facts.deadlines.iter();
    let answers: BTreeSet<(u32, bool)> = deadlines
        .filter(|deadline| deadline.what == "response")
        .map(|deadline| (deadline.count, deadline.unit == Unit::WorkingDay))
        .collect();
    assert_eq!(answers, BTreeSet::from([(15, true)]));
    assert_eq!(sample.notice().rights.deadline, "15 working days");
    let minors = &document.facts.minors;
    assert!(
        minors.iter().any(|rule| rule.age == 14 && !rule.inclusive),
        "{minors:?}"
    );
    assert_eq!(
        sample.notice().minors.as_ref().map(|minors| minors.age),
        Some(14)
    );
}

/// Each choice says what it takes, for how long, and what follows from refusing it.
#[track_caller]
fn purposes(sample: &Sample) {
    let all = &sample.notice().purposes;
    assert!(all.iter().any(|purpose| purpose.basis == Basis::Guardian));
    for purpose in all {
        let id = &purpose.id;
        assert_eq!(
            purpose.tier == Tier::Basic,
            purpose.basis == Basis::None,
            "{id}"
        );
        assert!(
            !purpose.clauses.is_empty() && !purpose.refusal.is_empty(),
            "{id}"
        );
        kept(sample, purpose);
        assert!(!purpose.data.is_empty(), "{id}");
        for datum in &purpose.data {
            assert!(sample.says(datum), "{id}: the policy has no {datum:?}");
        }
    }
}

/// For how long the data is kept stands in its own field alone, and every term is the policy's.
#[track_caller]
fn kept(sample: &Sample, purpose: &Purpose) {
    let (id, retention) = (&purpose.id, &purpose.retention);
    assert!(!retention.is_empty(), "{id}: kept how long?");
    let mut parts = retention.split('，');
    let twice = parts.find(|part| purpose.description.contains(part));
    assert_eq!(twice, None, "{id}: is said twice");
    let terms = terms(retention);
    let unsaid = terms.iter().find(|term| !sample.says(term));
    assert_eq!(unsaid, None, "{id}: the policy has no such term");
    // What has no term ends on something that happens.
    let mut ends = ["删", "弃", "到"].iter();
    let is_end = !terms.is_empty() || ends.any(|word| retention.contains(word));
    assert!(is_end, "{id}: {retention:?} is no end");
}

/// Terms such as `三年` and `十二个月`.
fn terms(text: &str) -> Vec<&str> {
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let units = ["个月", "年", "日"].into_iter();
    let ends = units.flat_map(|unit| text.match_indices(unit));
    let whole = ends.map(|(at, unit)| {
        let from = text[..at].trim_end_matches(numeral).len();
        &text[from..at + unit.len()]
    });
    whole.filter(|term| term.starts_with(numeral)).collect()
}

/// PIPL 23: the same recipients, told with the same words.
#[track_caller]
fn recipients(sample: &Sample) {
    let notice = sample.notice();
    for recipient in &notice.recipients {
        let id = &recipient.id;
        let named = |purpose: &Purpose| purpose.recipients.contains(id);
        assert!(notice.purposes.iter().any(named), "no purpose names {id}");
        let method = recipient.method.split('（').next().unwrap_or_default();
        let told = [&recipient.name, &recipient.contact, &recipient.purpose];
        let told = told.into_iter().map(String::as_str).chain([method]);
        for words in told.chain(recipient.data.iter().map(String::as_str)) {
            assert!(
                !words.is_empty() && sample.says(words),
                "{id}: the policy has no {words:?}"
            );
        }
        let country = &recipient.country;
        assert!(country == "中国" || sample.says(country), "{id}: {country}");
    }
    let names = notice
        .recipients
        .iter()
        .map(|recipient| recipient.name.as_str());
    let names: Vec<&str> = names.chain(notice.operator.as_deref()).collect();
    let company = "有限公司";
    for (at, _) in sample.text.match_indices(company) {
        let before = &sample.text[..at + company.len()];
        let known = names.iter().any(|name| before.ends_with(name));
        let start = before.char_indices().rev().nth(18).map_or(0, |(at, _)| at);
        assert!(
            known,
            "the settings have no recipient …{:?}",
            &before[start..]
        );
    }
}

/// An SDK is a recipient that collects through one.
#[track_caller]
fn kits(sample: &Sample) {
    let kits = &sample.document().facts.sdks;
    for kit in kits {
        assert!(kit.purpose.is_some() && kit.data.is_some(), "{kit:?}");
    }
    let names: Vec<String> = kits
        .iter()
        .map(|kit| squeeze(kit.name.trim_end_matches("SDK")))
        .collect();
    let by_kit = |words: &str| names.iter().any(|name| squeeze(words).contains(name));
    let recipients = &sample.notice().recipients;
    for name in &names {
        let known = recipients.iter().any(|recipient| {
            [&recipient.name, &recipient.method]
                .iter()
                .any(|words| squeeze(words).contains(name))
        });
        assert!(known, "the settings have no SDK {name:?}");
    }
    for recipient in recipients
        .iter()
        .filter(|recipient| recipient.method.contains("SDK"))
    {
        let known = by_kit(&recipient.name) || by_kit(&recipient.method);
        assert!(known, "the policy has no SDK of {}", recipient.id);
    }
}

#[track_caller]
fn permissions(sample: &Sample) {
    let told = sample.document().facts.permissions.iter().map(|fact| {
        assert!(fact.purpose.is_some() && fact.refusal.is_some(), "{fact:?}");
        let word = |words: &[&str]| words.iter().any(|word| fact.name.contains(word));
        let found = PERMISSIONS.iter().find(|(_, words)| word(words));
        found
            .unwrap_or_else(|| panic!("no id for {:?}", fact.name))
            .0
    });
    let told: BTreeSet<&str> = told.collect();
    let asked = &sample.notice().permissions;
    assert!(
        asked
            .iter()
            .all(|permission| !permission.refusal.is_empty())
    );
    let asked: BTreeSet<&str> = asked
        .iter()
        .map(|permission| permission.id.as_str())
        .collect();
    assert_eq!(told, asked);
}

#[track_caller]
fn technologies(sample: &Sample) {
    let told = &sample.document().facts.technologies;
    let told: BTreeSet<&str> = told.iter().map(|fact| fact.name.as_str()).collect();
    let used = sample
        .notice()
        .trackers
        .iter()
        .flat_map(|tracker| &tracker.uses);
    let used = used.map(|used| used.technology);
    let used = used.filter(|technology| Technology::REFUSABLE.contains(technology));
    assert_eq!(told, used.map(Technology::name).collect());
}

/// PIPL 23, 25, 29, 31, 39: what the policy asks separately has a step of its own.
#[track_caller]
fn separate_consents(sample: &Sample) {
    let notice = sample.notice();
    let own_step = notice
        .purposes
        .iter()
        .filter(|purpose| purpose.basis.needs_own_step());
    let covered: BTreeSet<&str> = own_step
        .flat_map(|p| &p.clauses)
        .map(String::as_str)
        .collect();
    let mut asking = 0;
    for clause in sample.separate_clauses() {
        asking += 1;
        let known = covered.contains(clause.id.as_str());
        assert!(
            known,
            "line {}: no purpose asks for this: {} {}",
            clause.line, clause.id, clause.text
        );
    }
    assert!(asking > 2);
    // A company that decides for itself receives data only after such a step, which shows all that
    // it receives and nothing else.
    for purpose in &notice.purposes {
        for recipient in purpose
            .recipients
            .iter()
            .filter_map(|id| notice.recipient(id))
        {
            let place = format!("{} → {}", purpose.id, recipient.id);
            if purpose.basis.needs_own_step() {
                for datum in &recipient.data {
                    assert!(purpose.data.contains(datum), "{place}: {datum}");
                }
            } else {
                assert!(recipient.method.contains("受托"), "{place}");
            }
        }
    }
}

/// Rule 7: whoever sends the signal gets no advertising and gives nothing to a company that decides for
/// itself, unless they ask for it.
#[track_caller]
fn signal(sample: &Sample) {
    let notice = sample.notice();
    for purpose in notice.asked() {
        let mut given = purpose.recipients.iter();
        let shares = given.any(|id| {
            let recipient = notice.recipient(id);
            recipient.is_some_and(|r| !r.method.contains("受托"))
        });
        let mut ads = ["广告", "优惠"].iter();
        let advertises = ads.any(|word| purpose.description.contains(word));
        assert!(purpose.gpc || !(shares || advertises), "{}", purpose.id);
    }
    assert!(notice.purpose("service").is_some_and(|basic| !basic.gpc));
}

#[test]
fn no_sample_is_left_out() {
    let folders = std::fs::read_dir(folder()).expect("the samples' folder");
    let names = folders.filter_map(|entry| {
        let entry = entry.expect("an entry of it");
        let is_sample = entry.path().join("site.toml").is_file();
        is_sample.then(|| entry.file_name().into_string().expect("ASCII"))
    });
    let known = [
        "car-hire",
        "h5-shop",
        "live-shopping",
        "local-life",
        "travel-benefits",
    ];
    assert_eq!(
        names.collect::<BTreeSet<_>>(),
        known.map(String::from).into()
    );
}

#[test]
fn a_local_life_app() {
    case("local-life");
}

#[test]
fn a_shop_of_pages_and_mini_programs() {
    case("h5-shop");
}

#[test]
fn a_platform_of_travel_benefits() {
    case("travel-benefits");
}

#[test]
fn a_live_shopping_site() {
    case("live-shopping");
}

#[test]
fn a_car_hire() {
    case("car-hire");
}
