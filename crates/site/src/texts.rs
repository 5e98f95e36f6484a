//! The interface's words: the notice's language, a file of the site's own, and single overrides.

use crate::settings::{Settings, SettingsError, Source};
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use zhiqing_view::text;

/// What does not count as an explicit agreement (MIIT 信管函〔2020〕164): a button must say that it
/// agrees.
const NO_AGREEMENT: [&str; 6] = ["好的", "好", "我知道了", "知道了", "OK", "Got it"];

/// The words of a site: every key of the built-in languages, each with its holes.
pub(crate) fn draw(
    source: &Source<'_>,
    settings: &Settings,
    folder: &Path,
) -> Result<BTreeMap<String, String>, SettingsError> {
    let (first, model) = text::LANGUAGES[0];
    let model = table(model).map_err(|message| source.error(0..0, first, message))?;
    let locale = &settings.site.locale;
    let mut texts = match (&settings.site.texts, text::language(locale.as_ref())) {
        (Some(file), _) => {
            let wrong = |message| source.error(file.span(), "site.texts", message);
            let path = folder.join(file.as_ref());
            let read = fs::read_to_string(&path);
            let read = read.map_err(|e| wrong(format!("cannot read {}: {e}", path.display())))?;
            let texts = table(&read).map_err(|e| wrong(format!("{}: {e}", path.display())))?;
            check_file(&path, &texts, &model).map_err(wrong)?;
            texts
        }
        (None, Some(file)) => {
            table(file).map_err(|message| source.error(0..0, "site.locale", message))?
        }
        (None, None) => {
            let message = format!(
                "there are no words for {:?}; use a tag that begins with zh or en, or give a file with \
                 all of them: texts = \"FILE.toml\" under [site]",
                locale.as_ref()
            );
            return Err(source.error(locale.span(), "site.locale", message));
        }
    };
    for (key, value) in &settings.texts {
        let field = format!("texts.{}", key.as_ref());
        let Some(was) = model.get(key.as_ref()) else {
            let message = format!(
                "there is no text {:?}{}",
                key.as_ref(),
                near(key.as_ref(), &model)
            );
            return Err(source.error(key.span(), field, message));
        };
        same_holes(value.as_ref(), was)
            .map_err(|message| source.error(value.span(), &field, message))?;
        texts.insert(key.as_ref().clone(), value.as_ref().clone());
    }
    honest(source, settings, &texts, &model)?;
    Ok(texts)
}

fn table(file: &str) -> Result<BTreeMap<String, String>, String> {
    toml::from_str(file).map_err(|error| error.to_string())
}

/// A file of a site's own has every key and no other.
fn check_file(
    path: &Path,
    texts: &BTreeMap<String, String>,
    model: &BTreeMap<String, String>,
) -> Result<(), String> {
    let path = path.display();
    if let Some(key) = model.keys().find(|key| !texts.contains_key(*key)) {
        return Err(format!(
            "{path} lacks {key:?}, which in Chinese is {:?}",
            model[key]
        ));
    }
    for (key, text) in texts {
        let Some(was) = model.get(key) else {
            return Err(format!(
                "{path} has {key:?}, which is none{}",
                near(key, model)
            ));
        };
        same_holes(text, was).map_err(|message| format!("{path}: {key}: {message}"))?;
    }
    Ok(())
}

/// What a text names is part of what is told: it may not be left out.
fn same_holes(text: &str, model: &str) -> Result<(), String> {
    let (found, wanted) = (holes(text), holes(model));
    if found == wanted {
        return Ok(());
    }
    let told = match wanted.as_slice() {
        [] => "nothing in braces".to_owned(),
        wanted => format!("{{{}}} once each", wanted.join("}, {")),
    };
    Err(format!("must have {told}, as in {model:?}"))
}

fn holes(text: &str) -> Vec<&str> {
    let mut holes: Vec<&str> = text
        .split('{')
        .skip(1)
        .map(|rest| rest.split_once('}').map_or(rest, |(name, _)| name))
        .collect();
    holes.sort_unstable();
    holes
}

/// Words that would ask unfairly are no matter of taste (rule 1).
fn honest(
    source: &Source<'_>,
    settings: &Settings,
    texts: &BTreeMap<String, String>,
    model: &BTreeMap<String, String>,
) -> Result<(), SettingsError> {
    let place = |key: &str| -> Range<usize> {
        let own = settings.texts.iter().find(|(k, _)| k.as_ref() == key);
        let file = settings.site.texts.as_ref().map(toml::Spanned::span);
        let site = || file.unwrap_or(settings.site.locale.span());
        own.map_or_else(site, |(_, value)| value.span())
    };
    for key in ["accept_all", "step_agree", "held_agree"] {
        let text = texts.get(key).map_or("", String::as_str);
        if NO_AGREEMENT
            .iter()
            .any(|no| no.eq_ignore_ascii_case(text.trim()))
        {
            let message = format!(
                "{text:?} does not count as agreeing (MIIT 信管函〔2020〕164): say that it agrees, as 全部同意"
            );
            return Err(source.error(place(key), format!("texts.{key}"), message));
        }
    }
    // A button without a name, a heading without words: nobody is told what the text would tell.
    if let Some(key) = texts.keys().find(|key| texts[*key].trim().is_empty()) {
        let message = format!("must not be empty; in Chinese it is {:?}", model[key]);
        return Err(source.error(place(key), format!("texts.{key}"), message));
    }
    Ok(())
}

/// A key that was perhaps meant.
fn near(key: &str, model: &BTreeMap<String, String>) -> String {
    let key = key.to_ascii_lowercase().replace('-', "_");
    let found = model.keys().find(|known| {
        known.as_str() == key || known.contains(&key) || key.contains(known.as_str())
    });
    found.map_or_else(
        || "; the keys are those of crates/view/texts/zh-Hans.toml".to_owned(),
        |known| format!("; is {known:?} meant?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// The texts of settings with these lines under `[site]` and `[texts]`.
    fn drawn(site: &str, own: &str) -> Result<BTreeMap<String, String>, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let all = text::LANGUAGES[2].1;
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text);
        write("fr.toml", &all.replace("Accept all", "Tout accepter")).expect("a file");
        write("short.toml", &all.replace("save =", "# save =")).expect("a file");
        write("long.toml", &format!("{all}\nsaves = \"x\"\n")).expect("a file");
        write("blank.toml", &all.replace("\"Close\"", "\"\"")).expect("a file");
        let text = format!(
            "[site]\nid = \"demo\"\nname = \"Demo\"\n{site}\n[policy]\nfile = \"p\"\nversion = \"1\"\n[texts]\n{own}\n"
        );
        let file = PathBuf::from("site.toml");
        let source = Source {
            file: &file,
            text: &text,
        };
        let settings = Settings::read(&source).map_err(|error| error.to_string())?;
        draw(&source, &settings, folder.path()).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn says(site: &str, own: &str, key: &str, text: &str) {
        assert_eq!(drawn(site, own).expect("texts")[key], text);
    }

    #[track_caller]
    fn wrong(site: &str, own: &str, told: &str) {
        let error = drawn(site, own).expect_err("a mistake");
        assert!(error.contains(told), "{error}");
    }

    #[test]
    fn words_are_of_the_locale_unless_the_site_has_its_own() {
        says("", "", "reject_all", "全部拒绝");
        says("locale = \"zh-TW\"", "", "reject_all", "全部拒絕");
        says("locale = \"en\"", "", "reject_all", "Refuse all");
        says("locale = \"en\"", "reject_all = \"No\"", "reject_all", "No");
        let french = "locale = \"fr\"\ntexts = \"fr.toml\"";
        says(french, "", "accept_all", "Tout accepter");
        says(french, "accept_all = \"Oui\"", "accept_all", "Oui");
    }

    #[test]
    fn a_mistake_names_its_place_and_remedy() {
        wrong(
            "locale = \"fr\"",
            "",
            "site.toml:4: site.locale: there are no words for \"fr\"",
        );
        wrong(
            "texts = \"none.toml\"",
            "",
            "site.toml:4: site.texts: cannot read",
        );
        wrong("texts = \"short.toml\"", "", "lacks \"save\"");
        wrong(
            "texts = \"long.toml\"",
            "",
            "has \"saves\", which is none; is \"save\" meant?",
        );
        wrong(
            "",
            "accept = \"同意\"",
            "site.toml:9: texts.accept: there is no text \"accept\"; is \"accept_all\"",
        );
        wrong(
            "",
            "banner_ask = \"同意吗\"",
            "must have {purposes}, {site} once each",
        );
        wrong("", "save = \"{x}\"", "nothing in braces");
        wrong(
            "",
            "accept_all = \"好的\"",
            "site.toml:9: texts.accept_all: \"好的\" does not count",
        );
        wrong(
            "",
            "reject_all = \" \"",
            "site.toml:9: texts.reject_all: must not be empty; in Chinese it is \"全部拒绝\"",
        );
        wrong("", "close = \"　\"", "texts.close: must not be empty");
        wrong("", "step_lead = \"{accept_all}\"\nwhy = \"\"", "texts.why");
        wrong("texts = \"blank.toml\"", "", "site.toml:4: texts.close");
    }
}
