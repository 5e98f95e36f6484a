//! What a file says.

use super::said::Said;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use zhiqing_site::SettingsError;

/// What the file says. Its paths are relative to its folder.
///
/// # Errors
/// A file that cannot be read, or the first mistake with file, line and field.
pub(super) fn read(file: &Path) -> Result<Said> {
    let text = fs::read_to_string(file).with_context(|| {
        format!(
            "cannot read {}, which --config or ZHIQING_CONFIG names",
            file.display()
        )
    })?;
    let said = parse(file, &text)?;
    Ok(below(file.parent().unwrap_or(Path::new("")), said))
}

/// The file's text, its paths as they stand there.
pub(super) fn parse(file: &Path, text: &str) -> Result<Said, SettingsError> {
    let wrong = |error: toml::de::Error, field: &str| SettingsError {
        file: file.to_owned(),
        line: line(text, error.span().unwrap_or_default().start),
        field: field.to_owned(),
        message: error.message().to_owned(),
    };
    let deserializer = toml::Deserializer::parse(text).map_err(|error| wrong(error, "TOML"))?;
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        wrong(error.into_inner(), &path)
    })
}

/// The 1-based line of a byte.
fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count()
}

/// What was said, its paths seen from where we run.
fn below(folder: &Path, said: Said) -> Said {
    let join = |path: PathBuf| folder.join(path);
    Said {
        sites: said
            .sites
            .map(|sites| sites.into_iter().map(join).collect()),
        keys: said.keys.map(join),
        store: said.store.map(|store| store_below(folder, store)),
        store_file: said.store_file.map(join),
        ..said
    }
}

/// `sqlite:FILE` with the file below the folder; what names no file stays.
fn store_below(folder: &Path, store: String) -> String {
    let file = store.strip_prefix("sqlite:");
    let file = file.map(|file| file.strip_prefix("//").unwrap_or(file));
    match file {
        None | Some("" | ":memory:") => store,
        Some(file) => format!("sqlite:{}", folder.join(file).display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn store(store: &str, expected: &str) {
        let folder = Path::new("/etc/zhiqing");
        assert_eq!(store_below(folder, store.to_owned()), expected);
    }

    #[test]
    fn a_store_in_a_file_is_relative_to_its_folder() {
        store("sqlite:a.sqlite", "sqlite:/etc/zhiqing/a.sqlite");
        store("sqlite://a/b.sqlite", "sqlite:/etc/zhiqing/a/b.sqlite");
        store("sqlite:/var/a.sqlite", "sqlite:/var/a.sqlite");
        store("sqlite:///var/a.sqlite", "sqlite:/var/a.sqlite");
        store("sqlite::memory:", "sqlite::memory:");
        store("sqlite:", "sqlite:");
        store("postgres://u@h/d", "postgres://u@h/d");
    }

    #[track_caller]
    fn mistake(text: &str, line: usize, field: &str, message: &str) {
        let error = parse(Path::new("zhiqing.toml"), text).expect_err(text);
        assert_eq!((error.line, error.field.as_str()), (line, field), "{error}");
        assert!(error.message.contains(message), "{error}");
        let place = format!("zhiqing.toml:{line}: {field}: ");
        assert!(error.to_string().starts_with(&place), "{error}");
    }

    #[test]
    fn a_mistake_names_file_line_and_key() {
        //      text                                line  key            what is told
        mistake(
            "log = \"info\"\nstoer = \"a\"",
            2,
            "stoer",
            "`store`, `store_file`, `listen`",
        );
        mistake(
            "[serve]\nlog = \"info\"",
            1,
            "serve",
            "expected one of `sites`",
        );
        mistake("sites = \"site.toml\"", 1, "sites", "expected a sequence");
        mistake("\nlisten = \"8020\"", 2, "listen", "127.0.0.1:8020");
        mistake("listen = 8020", 1, "listen", "expected a string");
        mistake(
            "upstream = \"https://a.example\"",
            1,
            "upstream",
            "plain http alone",
        );
        mistake(
            "trust_proxy = [\"10.0.0.1/33\"]",
            1,
            "trust_proxy",
            "10.0.0.0/8",
        );
        mistake("connections = 0", 1, "connections", "such as 4096");
        mistake(
            "connections = \"4096\"",
            1,
            "connections",
            "invalid type: string",
        );
        mistake("log = \"zhiqing=loud\"", 1, "log", "debug");
        mistake(
            "log = \"info\"\n\nlog = \"warn\"",
            3,
            "TOML",
            "duplicate key",
        );
        mistake("listen = ", 1, "TOML", "");
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = read(Path::new("/nowhere/zhiqing.toml")).expect_err("nothing there");
        assert!(
            error.to_string().contains("/nowhere/zhiqing.toml"),
            "{error}"
        );
        assert!(error.to_string().contains("--config"), "{error}");
    }
}
