//! What the command understands.

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use zhiqing_server::Upstream;

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
    /// Verifies receipts offline with a site's public key.
    Verify(Verify),
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
    /// The settings of one site or more.
    #[arg(required = true)]
    pub(crate) sites: Vec<PathBuf>,
    /// Where records are kept: sqlite:FILE. Without it, zhiqing.sqlite beside the first settings.
    #[arg(long)]
    pub(crate) store: Option<String>,
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8020")]
    pub(crate) listen: SocketAddr,
    /// The first site's own server, as http://127.0.0.1:8080: everything that is not served here is
    /// fetched from it, its pages get the notice, and its cookies wait for the decision.
    #[arg(long, value_name = "http://HOST:PORT")]
    pub(crate) upstream: Option<Upstream>,
}

#[derive(Debug, Arguments)]
pub(crate) struct Verify {
    /// The site's public key, or the settings beside which `serve` keeps it.
    // One key in 64 begins with a hyphen.
    #[arg(long, value_name = "PUBLIC_KEY|SITE.toml", allow_hyphen_values = true)]
    pub(crate) key: Option<String>,
    /// Receipts: one, a list, or the API's answer, as JSON.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
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
        assert_eq!(verify.key.as_deref(), Some(key));
        assert_eq!(verify.files, [PathBuf::from("receipt.json")]);
    }
}
