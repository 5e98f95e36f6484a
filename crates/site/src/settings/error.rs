//! A mistake, and where in the file it stands.

use std::ops::Range;
use std::path::{Path, PathBuf};

/// A mistake in the settings.
#[derive(Debug, thiserror::Error)]
#[error("{}{}{message}", file.display(), place(*line, field))]
pub struct SettingsError {
    /// The settings file.
    pub file: PathBuf,
    /// 1-based line; 0 if the file could not be read at all.
    pub line: usize,
    /// Path of the field, as `tracker[0].purpose`.
    pub field: String,
    /// What is wrong, and the remedy.
    pub message: String,
}

/// `:12: tracker[0].purpose: `, or a colon for what is wrong with the file as a whole.
fn place(line: usize, field: &str) -> String {
    match line {
        0 => ": ".to_owned(),
        line => format!(":{line}: {field}: "),
    }
}

/// Where in the file a mistake stands.
pub(crate) struct Source<'a> {
    pub(crate) file: &'a Path,
    pub(crate) text: &'a str,
}

impl Source<'_> {
    /// The error for a field whose value stands at `span`.
    pub(crate) fn error(
        &self,
        span: Range<usize>,
        field: impl Into<String>,
        message: impl Into<String>,
    ) -> SettingsError {
        SettingsError {
            file: self.file.to_owned(),
            line: self.line(&span),
            field: field.into(),
            message: message.into(),
        }
    }

    /// The 1-based line on which `span` begins.
    pub(crate) fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.bytes().take(span.start);
        1 + before.filter(|&byte| byte == b'\n').count()
    }
}
