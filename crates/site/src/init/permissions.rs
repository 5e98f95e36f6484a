//! `[[permission]]`: what is asked of the device, with the purpose that needs it.

use super::plan::{Asked, Plan};
use super::words::{has, rows};
use super::write::{Writer, excerpt_at};
use std::collections::HashSet;
use std::sync::LazyLock;

/// A permission that is known by its names: `data/permissions.tsv`.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) id: &'static str,
    /// Whether a web page can ask for it.
    pub(super) is_web: bool,
    names: Vec<&'static str>,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    rows(include_str!("../../data/permissions.tsv"))
        .filter_map(|row| {
            let [id, reach, names] = row[..] else {
                return None;
            };
            let names = names.split('|').collect();
            Some(Known {
                id,
                is_web: reach == "web",
                names,
            })
        })
        .collect()
});

/// The permission that the policy calls so.
pub(super) fn known(name: &str) -> Option<&'static Known> {
    let longest = |known: &&Known| {
        let fits = known.names.iter().filter(|word| name.contains(*word));
        fits.map(|word| word.len()).max()
    };
    KNOWN
        .iter()
        .rev()
        .filter(|known| longest(known).is_some())
        .max_by_key(longest)
}

pub(super) fn write(out: &mut Writer, plan: &Plan<'_>) {
    out.part("Device permissions: asked just in time, with the purpose that needs them");
    if plan.permissions.is_empty() {
        out.comment("The policy names none.");
    } else {
        out.comment("The page asks with zhiqing.permission(id), where the person taps; what only an app can ask");
        out.comment("for may be struck from the settings of a page.");
    }
    for asked in &plan.permissions {
        out.gap();
        permission(out, plan, asked);
    }
}

fn permission(out: &mut Writer, plan: &Plan<'_>, asked: &Asked<'_>) {
    for (fact, place) in &asked.facts {
        let excerpt = excerpt_at(place.text, &fact.name);
        out.comment(&format!("{}, line {}: {excerpt}", fact.name, fact.line));
        if let Some(purpose) = &fact.purpose {
            out.detail(&format!("for: {purpose}"));
        }
        if let Some(refusal) = &fact.refusal {
            out.detail(&format!("refused: {refusal}"));
        }
    }
    let known = asked.facts.first().and_then(|(fact, _)| known(&fact.name));
    match known {
        Some(known) if !known.is_web => out.comment("An app asks for it; a web page cannot."),
        Some(_) => {}
        None => out.question("what is the page's name for it? The id below is made up."),
    }
    if asked.facts.iter().all(|(fact, _)| fact.purpose.is_none()) {
        out.question("what is it for? The purpose has to be told together with the permission.");
    }
    let vague = asked.facts.iter().find(|(fact, _)| {
        fact.purpose
            .as_deref()
            .is_some_and(|purpose| has(purpose, "vague"))
    });
    if let Some((fact, _)) = vague {
        out.question(&format!(
            "for which function? Line {} names none (PIPL 17).",
            fact.line
        ));
    }
    let purposes = asked
        .facts
        .iter()
        .filter_map(|(fact, _)| fact.purpose.as_deref());
    let purposes: HashSet<&str> = purposes.collect();
    if purposes.len() > 1 && !asked.mixed {
        out.question("the policy tells different aims of it. Are all of them the purpose below?");
    }
    if asked.mixed {
        out.question("it serves more than one purpose; where it serves one with a consent of its own, ask for that there.");
    }
    let refusal = asked
        .facts
        .iter()
        .find_map(|(fact, _)| fact.refusal.as_deref());
    if refusal.is_none() {
        out.question("what follows when it is refused? The policy does not say.");
    }
    let purpose = &plan.purposes[asked.purpose];
    out.line("[[permission]]");
    out.pair("id", &asked.id);
    out.pair("purpose", &purpose.id);
    out.pair("refusal", &refusal.map(sentence).unwrap_or_default());
}

fn sentence(text: &str) -> String {
    format!("{}。", text.trim_end_matches(['。', '；', ';', '，']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhiqing_consent::cookie::is_word;

    #[test]
    fn names() {
        for (name, id) in [
            ("使用期间的定位权限", "location"),
            ("后台定位", "background-location"),
            ("拨打电话", "call"),
            ("电话状态", "phone-state"),
            ("通讯录读取权限", "contacts"),
            ("接入WIFI权限", "network"),
            ("摄像头", "camera"),
        ] {
            assert_eq!(known(name).map(|known| known.id), Some(id), "{name}");
        }
        assert!(known("未知之物").is_none());
    }

    #[test]
    fn every_row_is_read() {
        let count = rows(include_str!("../../data/permissions.tsv")).count();
        assert_eq!(KNOWN.len(), count);
        assert!(KNOWN.iter().all(|known| is_word(known.id, false)));
    }
}
