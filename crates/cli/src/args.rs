//! What the command understands.

use crate::config::Said;
use crate::health::Health;
use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Asks people in China for consent on the web, honestly and provably.
#[derive(Debug, Parser)]
#[command(name = "zhiqing", version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reads a privacy policy and prints its structure as JSON.
    Parse(Parse),
    /// Says what is wrong with a privacy policy, by which article, and what to write instead.
    Check(Check),
    /// Tells what changed between two versions of a privacy policy, and what of it is material.
    Diff(Diff),
    /// Drafts settings from a privacy policy.
    Init(Init),
    /// Writes the files that a page loads.
    Build(Build),
    /// Serves the consent API, the sites' files, and at / a page of the first site, or its own server.
    Serve(Serve),
    /// Asks a running server whether it is there; exits with 1 where it is not.
    Health(Health),
    /// Verifies receipts and exports offline with a site's public key.
    Verify(Verify),
    /// Writes a store's records, and the notices that they were made under, as lines of JSON.
    Export(Export),
    /// Puts what `export` wrote into a store; what is there already is passed over.
    Import(Import),
}

#[derive(Debug, Arguments)]
pub(crate) struct Parse {
    /// The policy as text, Markdown or HTML, in UTF-8, UTF-16 or GB18030; `-` is standard input.
    pub(crate) file: PathBuf,
    /// What to print: the parsed document, or its text again.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Json,
    Text,
}

#[derive(Debug, Arguments)]
pub(crate) struct Check {
    /// The policy as text, Markdown or HTML, in UTF-8, UTF-16 or GB18030; `-` is standard input.
    #[arg(required_unless_present = "explain")]
    pub(crate) file: Option<PathBuf>,
    /// How to print what is found.
    #[arg(long, value_enum, default_value_t = Report::Text)]
    pub(crate) format: Report,
    /// The language of what is said.
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub(crate) locale: Language,
    /// Explains a rule instead: why, the article, an unlawful and a lawful wording.
    #[arg(long, value_name = "RULE", conflicts_with_all = ["file", "format"])]
    pub(crate) explain: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Report {
    /// For people, like a compiler's.
    Text,
    Json,
    /// SARIF 2.1.0, for code review.
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    #[value(name = "en")]
    En,
    #[value(name = "zh-CN")]
    ZhCn,
}

#[derive(Debug, Arguments)]
pub(crate) struct Diff {
    /// The older version, as text, Markdown or HTML; `-` is standard input.
    pub(crate) old: PathBuf,
    /// The newer version; with --site, the text that the settings name. `-` is standard input.
    pub(crate) new: PathBuf,
    /// What to print: blocks of text, the changes as JSON, or a page with both texts side by side.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// The site's settings: tells which purposes must be asked about again.
    #[arg(long, value_name = "SITE.toml")]
    pub(crate) site: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Text,
    Json,
    Html,
}

#[derive(Debug, Arguments)]
pub(crate) struct Init {
    /// The policy as text, Markdown or HTML, in UTF-8, UTF-16 or GB18030; a file, for the settings
    /// name it.
    pub(crate) file: PathBuf,
    /// Where to write the settings; never over a file that is there.
    #[arg(long, default_value = "site.toml")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Arguments)]
pub(crate) struct Build {
    /// The site's settings.
    pub(crate) site: PathBuf,
    /// The folder to write to; made if it is not there.
    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Arguments)]
pub(crate) struct Serve {
    /// A file that says what the options below say, as listen = "0.0.0.0:8020" [env: ZHIQING_CONFIG].
    #[arg(long, value_name = "zhiqing.toml")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) said: Said,
}

#[derive(Debug, Arguments)]
pub(crate) struct Verify {
    /// A site's public key, the file that holds it, or the settings beside which `serve` keeps it. Of several sites
    /// each its own: a receipt is good if one of them fits.
    // One key in 64 begins with a hyphen.
    #[arg(long, value_name = "PUBLIC_KEY|SITE.toml", allow_hyphen_values = true)]
    pub(crate) key: Vec<String>,
    /// Receipts, as JSON: one, a list, or the API's answer; or what `export` wrote. `-` is standard input.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

/// Which store.
#[derive(Debug, Arguments)]
pub(crate) struct Stored {
    /// The store: sqlite:FILE, or postgres://USER:PASSWORD@HOST/DATABASE. Without it the one of the server that is
    /// configured by --config and the environment [env: ZHIQING_STORE].
    #[arg(long)]
    pub(crate) store: Option<String>,
    /// The file that configures the server, as for serve [env: ZHIQING_CONFIG].
    #[arg(long, value_name = "zhiqing.toml")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Arguments)]
pub(crate) struct Export {
    /// The store, on which servers may go on.
    #[command(flatten)]
    pub(crate) store: Stored,
    /// The id of a site; without it, all of them.
    #[arg(long = "site", value_name = "ID")]
    pub(crate) sites: Vec<String>,
}

#[derive(Debug, Arguments)]
pub(crate) struct Import {
    /// The store, to which no server may write meanwhile; made if it is not there.
    #[command(flatten)]
    pub(crate) store: Stored,
    /// What `export` wrote.
    #[arg(default_value = "-")]
    pub(crate) file: PathBuf,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_begin_with_a_hyphen() {
        let key = "-jlb9LROjhKknGDPtW5TRk9f7htT6fjDdSdOEyXvEME";
        let args = Args::try_parse_from(["zhiqing", "verify", "--key", key, "receipt.json"]);
        let Ok(Args {
            command: Command::Verify(verify),
        }) = args
        else {
            panic!("it is no verification");
        };
        assert_eq!(verify.key, [key]);
        assert_eq!(verify.files, [PathBuf::from("receipt.json")]);
    }
}
