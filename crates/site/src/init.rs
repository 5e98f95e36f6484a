//! The other way round: settings drafted from a policy, to be read and corrected by a person.

mod candidates;

use candidates::{CANDIDATES, Candidate};
use std::fmt::Write;
use zhiqing_consent::cookie::is_word;
use zhiqing_policy::document::{Clause, Document, Kind};

/// How many clauses a drafted purpose points to; the first is where "read the clause" leads.
const CLAUSES: usize = 6;

/// Drafts `site.toml` for a policy. `policy_file` is the policy's path as the settings shall have
/// it; `name` is what the site is called until somebody says better.
///
/// The result builds as it is. Comments quote the clause that each part came from.
pub fn draft(document: &Document, policy_file: &str, name: &str) -> String {
    let mut out = String::new();
    let date = document
        .effective_date
        .as_ref()
        .or(document.updated_date.as_ref());
    let version = date
        .filter(|date| is_word(date, true))
        .map_or("1", String::as_str);
    push(
        &mut out,
        "# Drafted from the policy. Read it line by line: the law holds you to what you ask.\n",
    );
    push(&mut out, "# Paths are relative to this file.\n\n[site]\n");
    pair(&mut out, "id", &site_id(name));
    pair(
        &mut out,
        "name",
        document.facts.operator.as_deref().unwrap_or(name),
    );
    push(
        &mut out,
        "# Origins of pages beside the server's own that may report, as \"https://m.example.com\".\n",
    );
    push(&mut out, "origins = []\nlocale = \"zh-CN\"\n");
    push(
        &mut out,
        "# listed: what is listed below waits for its purpose. strict: everything undeclared waits too.\n",
    );
    push(&mut out, "mode = \"listed\"\n\n[policy]\n");
    pair(&mut out, "file", policy_file);
    push(
        &mut out,
        "# Your name for this version. A new text needs a new one; keep the old under [[policy.previous]].\n",
    );
    pair(&mut out, "version", version);
    push(
        &mut out,
        "\n[report]\n# A path on the page's own host, or the whole address of an API elsewhere.\nurl = \"/v1\"\n",
    );
    for candidate in &CANDIDATES {
        purpose(&mut out, document, candidate);
    }
    recipients(&mut out, document);
    permissions(&mut out, document);
    trackers(&mut out, document);
    let minors = document.facts.minors.first();
    push(&mut out, "\n[minors]\n");
    match minors {
        Some(rule) => push(&mut out, &format!("# Line {} of the policy.\n", rule.line)),
        None => push(
            &mut out,
            "# The policy names no age; the law's is 14 (PIPL 31).\n",
        ),
    }
    push(
        &mut out,
        &format!(
            "age = {}\nrule = \"guardian\"\n",
            minors.map_or(14, |rule| rule.age)
        ),
    );
    rights(&mut out, document);
    out
}

fn purpose(out: &mut String, document: &Document, candidate: &Candidate) {
    let states = |clause: &&Clause| candidate.kinds.iter().all(|k| clause.kinds.contains(k));
    // A definition and the rules for children name data without saying that it is processed.
    let aside = |clause: &&Clause| {
        let kinds = &clause.kinds;
        kinds.contains(&Kind::Definition) || kinds.contains(&Kind::Minors)
    };
    let stating: Vec<&Clause> = document.clauses.iter().filter(states).collect();
    let plain: Vec<&Clause> = stating
        .iter()
        .copied()
        .filter(|clause| !aside(clause))
        .collect();
    let clauses = if plain.is_empty() { stating } else { plain };
    if clauses.is_empty() && !candidate.always {
        return;
    }
    push(out, "\n[[purpose]]\n");
    pair(out, "id", candidate.id);
    pair(out, "name", candidate.name);
    pair(out, "description", candidate.description);
    pair(out, "tier", candidate.tier);
    pair(out, "basis", candidate.basis);
    if clauses.is_empty() {
        push(
            out,
            "# No clause was found that states this. Do you do it? Then the policy must say so.\n",
        );
        push(out, "clauses = []\n");
    } else {
        push(out, "clauses = [\n");
        for clause in clauses.iter().take(CLAUSES) {
            let _ = writeln!(
                out,
                "  {}, # line {}: {}",
                quoted(&clause.id),
                clause.line,
                excerpt(&clause.text)
            );
        }
        push(out, "]\n");
    }
    let mut data: Vec<String> = Vec::new();
    for term in clauses
        .iter()
        .take(CLAUSES)
        .flat_map(|clause| &clause.terms)
    {
        let text = quoted(&term.text);
        if !data.contains(&text) {
            data.push(text);
        }
    }
    let _ = writeln!(out, "data = [{}]", data.join(", "));
    push(out, "recipients = []\n");
    pair(out, "refusal", candidate.refusal);
}

fn recipients(out: &mut String, document: &Document) {
    for (at, recipient) in document.facts.recipients.iter().enumerate() {
        let _ = write!(
            out,
            "\n# Line {} of the policy. Who exactly? PIPL 23 wants name, contact, purpose, method and data.\n\
             [[recipient]]\nid = \"recipient-{}\"\n",
            recipient.line,
            at + 1
        );
        pair(out, "name", &recipient.class);
    }
}

fn permissions(out: &mut String, document: &Document) {
    let facts = &document.facts.permissions;
    // What a device gives away is asked as sensitive where the policy has such clauses.
    let sensitive = document
        .clauses
        .iter()
        .any(|clause| clause.kinds.contains(&Kind::Sensitive));
    let purpose = if sensitive {
        "sensitive"
    } else {
        "personalisation"
    };
    let mut ids: Vec<String> = Vec::new();
    for fact in facts {
        let known = PERMISSIONS
            .iter()
            .find(|(word, _)| fact.name.contains(word));
        let id = known.map_or_else(
            || format!("permission-{}", ids.len() + 1),
            |(_, id)| (*id).to_owned(),
        );
        if ids.contains(&id) {
            continue;
        }
        let _ = write!(
            out,
            "\n# Line {} of the policy: {}\n[[permission]]\n",
            fact.line,
            excerpt(&fact.name)
        );
        pair(out, "id", &id);
        pair(out, "purpose", purpose);
        pair(out, "refusal", fact.refusal.as_deref().unwrap_or(""));
        ids.push(id);
    }
}

const PERMISSIONS: [(&str, &str); 13] = [
    ("位置", "location"),
    ("定位", "location"),
    ("相机", "camera"),
    ("摄像", "camera"),
    ("相册", "album"),
    ("照片", "album"),
    ("麦克风", "microphone"),
    ("录音", "microphone"),
    ("通讯录", "contacts"),
    ("通知", "notifications"),
    ("日历", "calendar"),
    ("存储", "storage"),
    ("电话", "phone"),
];

fn trackers(out: &mut String, document: &Document) {
    push(
        out,
        "\n# Trackers: what the gate holds back until its purpose is granted.\n",
    );
    for fact in &document.facts.technologies {
        let _ = writeln!(
            out,
            "# The policy names {} (line {}).",
            fact.name, fact.line
        );
    }
    push(
        out,
        "# [[tracker]]\n# id = \"baidu-tongji\"\n# vendor = \"百度统计\"\n# purpose = \"analytics\"\n\
         # uses = [{ technology = \"cookie\", match = [\"Hm_lvt_*\", \"Hm_lpvt_*\"] }]\n",
    );
}

fn rights(out: &mut String, document: &Document) {
    let answer = document
        .facts
        .deadlines
        .iter()
        .find(|deadline| deadline.what == "response");
    push(out, "\n[rights]\n");
    match answer {
        Some(deadline) => {
            let unit = match deadline.unit {
                zhiqing_policy::Unit::Day => "days",
                zhiqing_policy::Unit::WorkingDay => "working days",
            };
            let _ = writeln!(out, "# Line {} of the policy.", deadline.line);
            pair(out, "deadline", &format!("{} {unit}", deadline.count));
        }
        None => {
            push(
                out,
                "# The policy gives no time for answers; practice is 15 working days.\n",
            );
            pair(out, "deadline", "15 working days");
        }
    }
}

fn push(out: &mut String, text: &str) {
    out.push_str(text);
}

fn pair(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {}", quoted(value));
}

/// A TOML string on one line.
fn quoted(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    toml::Value::String(line).to_string()
}

/// The beginning of a clause, fit for a comment.
fn excerpt(text: &str) -> String {
    let mut excerpt: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(36)
        .collect::<String>()
        .trim()
        .to_owned();
    if text.chars().count() > 36 {
        excerpt.push('…');
    }
    excerpt
}

/// An id out of a file's name: what cannot stand in an id becomes a dash.
fn site_id(name: &str) -> String {
    let mut id = String::new();
    for c in name.chars().take(64) {
        let c = if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        };
        if c != '-' || !(id.is_empty() || id.ends_with('-')) {
            id.push(c);
        }
    }
    let id = id.trim_matches('-');
    if id.is_empty() {
        "site".to_owned()
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Site;
    use std::fs;

    /// Drafts settings for `text` and loads them again.
    fn drafted(text: &str) -> Site {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("policy.txt"), text).expect("a file");
        let settings = draft(&zhiqing_policy::parse(text), "policy.txt", "某站 policy!");
        let file = folder.path().join("site.toml");
        fs::write(&file, &settings).expect("a file");
        Site::load(&file).unwrap_or_else(|error| panic!("{error}\n{settings}"))
    }

    #[test]
    fn a_draft_builds_as_it_is() {
        let text = "某某隐私政策\n生效日期：2026年1月2日\n一、收集\n我们会收集您的人脸信息用于核验。\n\
                    我们使用Cookie了解\"您\"的访问。\n我们将在15个工作日内答复您的请求。\n";
        let site = drafted(text);
        assert_eq!(site.notice.policy.version, "2026-01-02");
        assert!(site.notice.purposes.len() >= 3);
        assert_eq!(site.notice.site, "policy");
        assert!(
            site.notice
                .purpose("sensitive")
                .is_some_and(|p| p.basis.needs_own_step())
        );
    }

    #[test]
    fn a_policy_that_says_nothing_still_gives_three_questions() {
        let site = drafted("一句话。");
        assert_eq!(site.notice.purposes.len(), 3);
        assert_eq!(site.notice.policy.version, "1");
    }

    #[test]
    fn hostile_text_stays_text() {
        let site =
            drafted("我们收集\u{7f}\"'''\"\"\"\\ 手机号 # [x]\n我们会收集您的人脸\u{1}信息\"]。\n");
        assert!(site.notice.purposes.len() >= 3);
    }

    #[test]
    fn ids() {
        for (name, id) in [
            ("A b.c", "a-b-c"),
            ("政策", "site"),
            ("--x--", "x"),
            ("", "site"),
        ] {
            assert_eq!(site_id(name), id);
        }
    }
}
