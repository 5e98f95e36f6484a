//! `[site]`, `[policy]` and `[report]`: what the site is called, and by which id. `[banner]` and
//! `[texts]` are mentioned: a policy says nothing of them.

use super::words::{has, words};
use super::write::Writer;
use zhiqing_consent::cookie::is_word;
use zhiqing_policy::document::{Contact, ContactKind, Document};

/// How many clauses are searched for the product's name.
const OPENING: usize = 30;
/// A longer name is no name, in characters.
const LONGEST: usize = 24;
/// A letter alone, as in e约车, names nothing.
const FEWEST: usize = 2;

/// Said of a name that nothing tells.
const UNKNOWN: &str = "nothing: the policy does not tell";

/// A value, and where it was taken from.
type Guess = (String, String);

pub(super) fn write(out: &mut Writer, document: &Document, policy_file: &str, file: &str) {
    out.text.push_str("\n[site]\n");
    let (id, source) = site_id(document, file);
    out.comment(&format!("A guess, from {source}. It names the site in every record: choose it now, keep it for ever."));
    out.pair("id", &id);
    let (name, source) = site_name(document, file);
    out.comment(&format!("As people know it; from {source}."));
    if source == UNKNOWN {
        out.question("what do people call the site?");
    }
    out.pair("name", &name);
    operator(out, document);
    out.comment(
        "Origins of pages beside the server's own that may report, as \"https://m.example.com\".",
    );
    out.line("origins = []");
    out.line("locale = \"zh-CN\"");
    out.comment("listed: what is listed below waits for its purpose. strict: everything undeclared waits too.");
    out.line("mode = \"listed\"");
    out.text.push_str("\n[policy]\n");
    out.pair("file", policy_file);
    version(out, document);
    out.text.push_str("\n[report]\n");
    out.comment("A path on the page's own host, or the whole address of an API elsewhere.");
    out.line("url = \"/v1\"");
    out.gap();
    out.comment("Where the banner stands (bottom, top, over), and whether a handle leads back to the choices");
    out.comment(
        "(auto, always, never). These are the defaults; docs/settings.md tells all fields.",
    );
    out.comment("[banner]");
    out.comment("place = \"bottom\"");
    out.comment("handle = \"auto\"");
    out.gap();
    out.comment(
        "Words of the interface that you say otherwise; docs/languages.md tells which there are.",
    );
    out.comment("[texts]");
    out.comment("handle = \"隐私设置\"");
}

fn operator(out: &mut Writer, document: &Document) {
    match &document.facts.operator {
        Some(operator) => out.comment(&format!("Who processes the data: {operator}.")),
        None => {
            out.question("who processes the data? The policy does not name the company (PIPL 17).")
        }
    }
    if document.facts.contacts.is_empty() {
        out.question(
            "how are you reached? The policy gives no mail, telephone or address (PIPL 17).",
        );
    }
}

fn version(out: &mut Writer, document: &Document) {
    out.comment("Your name for this version. A new text needs a new one; keep the old under [[policy.previous]].");
    let date = document
        .effective_date
        .as_deref()
        .or(document.updated_date.as_deref());
    match date.filter(|date| is_word(date, true)) {
        Some(date) => out.pair("version", date),
        None => {
            out.question("from when does the policy apply? It names no date.");
            out.pair("version", "1");
        }
    }
}

/// The product, from the policy's title or from how the policy calls itself; else the company, else
/// the file.
fn site_name(document: &Document, file: &str) -> Guess {
    let title = document.title.as_deref().and_then(product);
    if let Some(name) = title {
        return (name, "the policy's title".into());
    }
    for clause in document.clauses.iter().take(OPENING) {
        if let Some(name) = clause
            .text
            .split(['《', '“', '「', '【'])
            .skip(1)
            .find_map(called)
        {
            return (name, format!("line {}", clause.line));
        }
    }
    for clause in document.clauses.iter().take(OPENING) {
        if let Some(name) = nickname(&clause.text) {
            return (name, format!("what line {} calls it", clause.line));
        }
    }
    if let Some(operator) = &document.facts.operator {
        return (
            operator.clone(),
            "the company, for want of the product's name".into(),
        );
    }
    let letters = file.chars().filter(|c| c.is_alphabetic()).count();
    let digits = file.chars().filter(char::is_ascii_digit).count();
    if letters <= digits || words("file").contains(&file.to_ascii_lowercase().as_str()) {
        return ("本网站".into(), UNKNOWN.into());
    }
    (
        file.to_owned(),
        "the file's name, for want of a better one".into(),
    )
}

/// What a policy's name names: `某某隐私政策` is of 某某.
fn product(title: &str) -> Option<String> {
    let title = title.trim_matches(|c: char| c.is_whitespace() || "《》“”「」【】".contains(c));
    let at = words("title")
        .iter()
        .filter_map(|word| title.find(word))
        .min()?;
    let mut name = title[..at].trim();
    let marks = |c: char| c.is_whitespace() || "《》“”「」【】\"-—·:：#*&".contains(c);
    name = name.trim_matches(marks);
    while let Some(rest) = stripped(name) {
        name = rest.trim_matches(marks);
    }
    let plain = !name.contains(['。', '，', '；', '、', '的']);
    (plain && (2..=LONGEST).contains(&name.chars().count())).then(|| name.to_owned())
}

/// A name without a word that is no part of it; `None` where there is none.
fn stripped(name: &str) -> Option<&str> {
    let before = words("title-before")
        .iter()
        .find_map(|word| name.strip_prefix(word));
    before.or_else(|| {
        words("title-after")
            .iter()
            .find_map(|word| name.strip_suffix(word))
    })
}

/// The product in what stands behind an opening quote: `某某隐私政策”…`.
fn called(quoted: &str) -> Option<String> {
    let end = quoted.find(['》', '”', '」', '】'])?;
    let quoted = &quoted[..end];
    words("title")
        .iter()
        .any(|word| quoted.ends_with(word))
        .then(|| product(quoted))?
}

/// The name behind 简称 or its like that is neither the operator's nor the person's: `以下称“我们”或“某某”`.
fn nickname(text: &str) -> Option<String> {
    let said = words("nickname")
        .iter()
        .filter_map(|word| text.find(word))
        .min()?;
    let behind = text[said..].split(['）', ')', '。']).next()?;
    let mut quoted = behind
        .split(['“', '”', '"', '「', '」', '/', '、'])
        .map(str::trim);
    let fits = |name: &&str| {
        (2..=LONGEST / 2).contains(&name.chars().count())
            && !has(name, "nickname-not")
            && !has(name, "nickname")
            && !name.contains(['，', '的', '或', '和', '：'])
    };
    quoted.find(fits).map(str::to_owned)
}

/// The host of the operator's mail, the Latin letters of the name, or the file's name; the same
/// every time.
fn site_id(document: &Document, file: &str) -> Guess {
    let mails = document
        .facts
        .contacts
        .iter()
        .filter(|contact| contact.kind == ContactKind::Email);
    let host = |contact: &Contact| Some((host_name(&contact.value)?, contact.line));
    if let Some((id, line)) = mails.filter_map(host).next() {
        return (id, format!("the mail address on line {line}"));
    }
    if let Some(id) = document
        .title
        .as_deref()
        .and_then(product)
        .and_then(|name| latin(&name, FEWEST))
    {
        return (id, "the policy's title".into());
    }
    match latin(file, 1).filter(|id| !words("file").contains(&id.as_str())) {
        Some(id) => (id, "the file's name".into()),
        None => ("site".into(), "nothing: the policy names no host".into()),
    }
}

/// The label of a mail's host that names somebody.
fn host_name(mail: &str) -> Option<String> {
    let (_, host) = mail.rsplit_once('@')?;
    let host = host.to_ascii_lowercase();
    // The last label is the country's or the trade's.
    let mut labels = host.rsplit('.').skip(1);
    let label = labels.find(|label| !words("host-suffix").contains(label))?;
    let public = words("mail-public").contains(&label);
    latin(label, FEWEST).filter(|id| !public && id.len() > 1)
}

/// Letters and digits; what cannot stand in an id becomes a dash. `None` where it has not two letters.
fn latin(name: &str, fewest: usize) -> Option<String> {
    let mut id = String::new();
    for c in name.chars().take(64) {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_matches('-');
    let letters = id.bytes().filter(u8::is_ascii_alphabetic).count();
    (letters >= fewest).then(|| id.to_owned())
}

/// Whether a text speaks of what privacy policies speak of.
pub(super) fn names_its_subject(text: &str) -> bool {
    has(text, "speaks")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products() {
        for (title, name) in [
            ("悠途隐私政策", Some("悠途")),
            ("《某某App隐私权政策》", Some("某某")),
            ("隐私政策", None),
            ("关于某某平台用户隐私政策", Some("某某")),
            ("今日天气", None),
            ("我们的隐私政策", None),
            ("某某宝App法律声明及隐私权政策", Some("某某宝")),
            ("“某某”个人信息保护及隐私政策", Some("某某")),
        ] {
            assert_eq!(product(title).as_deref(), name, "{title}");
        }
    }

    #[test]
    fn nicknames() {
        for (text, name) in [
            ("某某（以下或称“我们”或者“晚集”）重视隐私。", Some("晚集")),
            ("甲公司(简称“我们/晚集”)是运营者。", Some("晚集")),
            ("（以下简称“本政策”）", None),
            ("我们重视“晚集”。", None),
        ] {
            assert_eq!(nickname(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn ids() {
        for (text, id) in [
            ("A b.c", Some("a-b-c")),
            ("政策", None),
            ("--xy--", Some("xy")),
            ("e约车", None),
            ("", None),
            ("123", None),
        ] {
            assert_eq!(latin(text, FEWEST).as_deref(), id, "{text}");
        }
        for (mail, id) in [
            ("privacy@linxi.example.cn", Some("linxi")),
            ("service@mail.shop.com.cn", Some("shop")),
            ("a@qq.com", None),
            ("a@vip.163.com", None),
            ("a@a-b.com", Some("a-b")),
            ("a@b.im", None),
            ("nonsense", None),
        ] {
            assert_eq!(host_name(mail).as_deref(), id, "{mail}");
        }
    }
}
