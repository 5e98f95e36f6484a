//! Policies, their drafts, and what must hold of every draft.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use zhiqing_consent::{Basis, Notice};
use zhiqing_policy::{Category, Document, Kind, decode_vec, parse};
use zhiqing_site::init::{Draft, draft};
use zhiqing_site::{Module, Site, page};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
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
pub(crate) fn ours() -> Vec<PathBuf> {
    let mut texts = Vec::new();
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

pub(crate) fn read(file: &Path) -> Document {
    let bytes = fs::read(file).expect("the policy can be read");
    parse(&decode_vec(bytes).expect("the policy is text"))
}

/// Loads a draft as the settings of a policy, and builds the site.
#[track_caller]
pub(crate) fn load(draft: &Draft, policy: &[u8]) -> Site {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("policy.txt"), policy).expect("a file");
    let file = folder.path().join("site.toml");
    fs::write(&file, &draft.settings).expect("a file");
    let site = Site::load(&file).unwrap_or_else(|error| panic!("{error}\n{}", draft.settings));
    let module = Module {
        wasm: b"\0asm",
        glue: b"",
        fallback: b"",
    };
    let files = page::build(&site, module).expect("it builds");
    assert!(files.iter().any(|file| file.name == "notice.json"));
    site
}

#[track_caller]
pub(crate) fn drafted(text: &str) -> (Draft, Notice) {
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
pub(crate) fn complete(name: &str, document: &Document) {
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
pub(crate) fn sound(name: &str, document: &Document, notice: &Notice) {
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
