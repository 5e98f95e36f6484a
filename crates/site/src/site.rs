//! A site: its settings, its policies, and the notice drawn from both.

use crate::ask_again;
use crate::settings::{Settings, SettingsError, Source, draw_trackers};
use crate::texts;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::{fs, io};
use toml::Spanned;
use zhiqing_consent::{
    ContactPoint, Minors, Notice, Permission, PolicyRef, PreviousVersion, Purpose, Recipient,
    Rights, Technology, Tracker, digest,
};
use zhiqing_policy::{Contact, ContactKind, Document, diff};

/// A site, ready to be built and served.
#[derive(Clone, Debug)]
pub struct Site {
    /// The settings file.
    pub file: PathBuf,
    /// What a person is asked.
    pub notice: Notice,
    /// Origins whose pages may report, beside the server's own.
    pub origins: Vec<String>,
    /// The policies, the current one first.
    pub policies: Vec<PolicyVersion>,
    /// How many records a server takes of it.
    pub limits: Limits,
    /// Where `[report] url` stands.
    report_line: usize,
}

/// How many records of a site a server takes in a minute; `None` where the settings say nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// From one address.
    pub per_address: Option<u32>,
    /// Of all together.
    pub per_site: Option<u32>,
    /// Whether the server's own machine is spared.
    pub spare_loopback: Option<bool>,
}

/// One version of a policy.
#[derive(Clone, Debug)]
pub struct PolicyVersion {
    /// The site's name for it.
    pub version: String,
    /// The parsed text.
    pub document: Document,
    /// The document's canonical JSON: `policy/<version>.json`, and what its digest is over.
    pub json: Vec<u8>,
}

impl Site {
    /// Reads `site.toml` and the policies it names.
    ///
    /// # Errors
    /// The first mistake, with file, line and field.
    pub fn load(file: &Path) -> Result<Self, SettingsError> {
        let unreadable = |message: String| SettingsError {
            file: file.to_owned(),
            line: 0,
            field: "file".into(),
            message,
        };
        let bytes = fs::read(file).map_err(|error| unreadable(cannot_read(file, &error)))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| unreadable("is not UTF-8; save the settings as UTF-8".into()))?;
        let source = Source { file, text: &text };
        let settings = Settings::read(&source)?;
        let folder = file.parent().unwrap_or(Path::new(""));

        let section = &settings.policy;
        let mut policies = vec![policy(
            &source,
            folder,
            &section.file,
            &section.version,
            "policy",
        )?];
        for (at, previous) in section.previous.iter().enumerate() {
            let field = format!("policy.previous[{at}]");
            policies.push(policy(
                &source,
                folder,
                &previous.file,
                &previous.version,
                &field,
            )?);
        }
        let words = texts::draw(&source, &settings, folder)?;
        let notice = draw(&source, &settings, &policies, words)?;
        let report_line = source.line(&settings.report.url.span());
        let limits = Limits {
            per_address: settings.limits.per_address.map(Spanned::into_inner),
            per_site: settings.limits.per_site.map(Spanned::into_inner),
            spare_loopback: settings.limits.spare_loopback,
        };
        let origins = settings
            .site
            .origins
            .into_iter()
            .map(Spanned::into_inner)
            .collect();
        Ok(Self {
            file: file.to_owned(),
            notice,
            origins,
            policies,
            limits,
            report_line,
        })
    }

    /// The mistake that `[report] url` is for how the site is to be served.
    pub fn wrong_report(&self, message: impl Into<String>) -> SettingsError {
        SettingsError {
            file: self.file.clone(),
            line: self.report_line,
            field: "report.url".into(),
            message: message.into(),
        }
    }

    /// `notice.json` as it is served.
    ///
    /// # Errors
    /// Never in practice: a notice has a JSON form.
    pub fn notice_json(&self) -> Result<Vec<u8>, digest::NotCanonical> {
        digest::canonical(&self.notice)
    }
}

fn cannot_read(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("there is no file {}", path.display()),
        _ => format!("cannot read {}: {error}", path.display()),
    }
}

fn policy(
    source: &Source<'_>,
    folder: &Path,
    file: &Spanned<PathBuf>,
    version: &Spanned<String>,
    field: &str,
) -> Result<PolicyVersion, SettingsError> {
    let wrong = |message: String| source.error(file.span(), format!("{field}.file"), message);
    let path = folder.join(file.as_ref());
    let bytes = fs::read(&path).map_err(|error| wrong(cannot_read(&path, &error)))?;
    let text = zhiqing_policy::decode_vec(bytes)
        .map_err(|error| wrong(format!("{}: {error}", path.display())))?;
    let document = zhiqing_policy::parse(&text);
    let json = digest::canonical(&document).map_err(|error| wrong(error.to_string()))?;
    Ok(PolicyVersion {
        version: version.as_ref().clone(),
        document,
        json,
    })
}

/// The notice: what the settings say, and what only the policy knows.
fn draw(
    source: &Source<'_>,
    settings: &Settings,
    policies: &[PolicyVersion],
    texts: BTreeMap<String, String>,
) -> Result<Notice, SettingsError> {
    let (policy, earlier) = (&policies[0], &policies[1..]);
    let document = &policy.document;
    let clauses: HashSet<&str> = document.clauses.iter().map(|c| c.id.as_str()).collect();
    for (at, purpose) in settings.purpose.iter().enumerate() {
        for (n, id) in purpose.clauses.iter().enumerate() {
            if !clauses.contains(id.as_ref().as_str()) {
                let message = format!(
                    "the policy has no clause {:?}; `zhiqing parse` lists the clauses and their ids",
                    id.as_ref()
                );
                return Err(source.error(
                    id.span(),
                    format!("purpose[{at}].clauses[{n}]"),
                    message,
                ));
            }
        }
    }
    let plain = |list: &[Spanned<String>]| list.iter().map(|id| id.as_ref().clone()).collect();
    let purposes = settings.purpose.iter().map(|purpose| Purpose {
        id: purpose.id.as_ref().clone(),
        name: purpose.name.clone(),
        description: purpose.description.clone(),
        tier: purpose.tier,
        basis: purpose.basis,
        clauses: plain(&purpose.clauses),
        data: purpose.data.clone(),
        recipients: plain(&purpose.recipients),
        refusal: purpose.refusal.clone(),
        retention: purpose.retention.clone(),
        // A refusal of ads and third-party sharing: what nobody else receives goes on.
        gpc: purpose.basis.is_asked() && purpose.gpc.unwrap_or(!purpose.recipients.is_empty()),
    });
    let recipients = settings.recipient.iter().map(|recipient| Recipient {
        id: recipient.id.as_ref().clone(),
        name: recipient.name.clone(),
        contact: recipient.contact.clone(),
        data: recipient.data.clone(),
        purpose: recipient.purpose.clone(),
        method: recipient.method.clone(),
        country: recipient.country.clone(),
    });
    let trackers = draw_trackers(&settings.tracker);
    let mut notice = Notice {
        site: settings.site.id.as_ref().clone(),
        digest: String::new(),
        name: settings.site.name.as_ref().clone(),
        operator: document.facts.operator.clone(),
        contacts: contacts(document),
        locale: settings.site.locale.as_ref().clone(),
        mode: settings.site.mode,
        policy: PolicyRef {
            version: policy.version.clone(),
            digest: digest::of_bytes(&policy.json),
        },
        previous: Vec::new(),
        report: settings
            .report
            .url
            .as_ref()
            .trim_end_matches('/')
            .to_owned(),
        purposes: purposes.collect(),
        recipients: recipients.collect(),
        technologies: technologies(document, &trackers),
        trackers,
        permissions: settings
            .permission
            .iter()
            .map(|permission| Permission {
                id: permission.id.as_ref().clone(),
                purpose: permission.purpose.as_ref().clone(),
                refusal: permission.refusal.clone(),
            })
            .collect(),
        minors: settings.minors.as_ref().map(|minors| Minors {
            age: *minors.age.as_ref(),
            rule: minors.rule.clone(),
        }),
        rights: Rights {
            deadline: settings.rights.deadline.clone(),
        },
        banner: settings.banner,
        texts: texts.into_iter().collect(),
    };
    let previous = earlier.iter().map(|earlier| PreviousVersion {
        version: earlier.version.clone(),
        ask_again: ask_again::of(&diff::compare(&earlier.document, document), &notice),
    });
    notice.previous = previous.collect();
    notice
        .seal()
        .map_err(|error| source.error(0..0, "notice", error.to_string()))
}

/// How to reach the operator. A policy names its recipients' mail addresses as well: where it has
/// a section on how to reach the operator (联系我们), of mail addresses only those there count.
fn contacts(document: &Document) -> Vec<ContactPoint> {
    let outline = &document.outline;
    let section = outline
        .iter()
        .position(|heading| heading.title.contains("联系"));
    let lines = section.map(|at| {
        let next = outline[at + 1..]
            .iter()
            .find(|next| next.level <= outline[at].level);
        outline[at].line..next.map_or(u32::MAX, |next| next.line)
    });
    let there = |contact: &Contact| lines.as_ref().is_some_and(|l| l.contains(&contact.line));
    let is_mail = |contact: &Contact| contact.kind == ContactKind::Email;
    let all = &document.facts.contacts;
    let mail_there = all.iter().any(|contact| is_mail(contact) && there(contact));
    let mut contacts: Vec<ContactPoint> = Vec::new();
    for contact in all
        .iter()
        .filter(|c| !is_mail(c) || !mail_there || there(c))
    {
        let kind = match contact.kind {
            ContactKind::Email => "email",
            ContactKind::Phone => "phone",
            ContactKind::Address => "address",
            ContactKind::Postcode => "postcode",
        };
        let point = ContactPoint {
            kind: kind.into(),
            value: contact.value.clone(),
        };
        if !contacts.contains(&point) {
            contacts.push(point);
        }
    }
    contacts
}

/// What can be refused: what can always be refused, what a tracker uses, what the policy names.
fn technologies(document: &Document, trackers: &[Tracker]) -> Vec<Technology> {
    let used = |technology| {
        trackers
            .iter()
            .flat_map(|tracker| &tracker.uses)
            .any(|used| used.technology == technology)
    };
    let named = |technology: Technology| {
        document
            .facts
            .technologies
            .iter()
            .any(|fact| fact.name == technology.name())
    };
    Technology::REFUSABLE
        .into_iter()
        .filter(|&technology| {
            Technology::ALWAYS_OFFERED.contains(&technology)
                || used(technology)
                || named(technology)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "某某应用隐私政策\n一、收集\n1、统计：我们会收集您的浏览记录，用于统计访问量。\n2、附近：我们会收集您的城市，用于推荐门店。\n";

    #[test]
    fn the_notice_tells_what_changed_since_each_earlier_version() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = |name: &str| folder.path().join(name);
        let write = |name: &str, text: &str| fs::write(file(name), text).expect("a file");
        write("now.txt", POLICY);
        write("same.txt", &POLICY.replace("，", ", "));
        write("before.txt", &POLICY.replace("您的城市", "您的昵称"));
        let document = zhiqing_policy::parse(POLICY);
        let purpose = |id: &str, at: usize| {
            let clause = &document.clauses[at].id;
            format!(
                "[[purpose]]\nid = \"{id}\"\nname = \"{id}\"\ntier = \"extended\"\nclauses = [\"{clause}\"]\n"
            )
        };
        let previous = |name: &str| {
            format!("[[policy.previous]]\nfile = \"{name}.txt\"\nversion = \"{name}\"\n")
        };
        let settings = format!(
            "[site]\nid = \"demo\"\nname = \"Demo\"\n[policy]\nfile = \"now.txt\"\nversion = \"now\"\n{}{}{}{}",
            previous("same"),
            previous("before"),
            purpose("analytics", 0),
            purpose("nearby", 1)
        );
        write("site.toml", &settings);
        let notice = Site::load(&file("site.toml")).expect("a site").notice;
        let told: Vec<(&str, String)> = notice
            .previous
            .iter()
            .map(|previous| (previous.version.as_str(), previous.ask_again.join(" ")))
            .collect();
        assert_eq!(
            told,
            [("same", String::new()), ("before", "nearby".to_owned())]
        );
        assert_eq!(notice.standing_versions(), ["same"]);
    }
}
