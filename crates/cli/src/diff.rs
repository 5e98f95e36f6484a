//! `zhiqing diff`.

use crate::args::{Diff as Args, DiffFormat};
use crate::parse;
use crate::terminal::visible;
use anyhow::{Context, Result, bail};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use zhiqing_consent::Notice;
use zhiqing_policy::Document;
use zhiqing_policy::diff::{self, Change, Diff, Place};
use zhiqing_site::{Site, ask_again};

/// Changes were found.
const FINDINGS: u8 = 1;

/// The contract's JSON, with the purposes to ask about again where settings are given.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    diff: &'a Diff,
    #[serde(skip_serializing_if = "Option::is_none")]
    ask_again: Option<&'a [String]>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if [&args.old, &args.new] == [Path::new("-"); 2] {
        bail!("OLD and NEW are both `-`: standard input is one text; name a file for the other");
    }
    let (old, new) = (parse::read(&args.old)?, parse::read(&args.new)?);
    let notice = match &args.site {
        Some(file) => Some(notice(file, &args.new, &new)?),
        None => None,
    };
    let diff = diff::compare(&old, &new);
    let ask_again = notice.as_ref().map(|notice| ask_again::of(&diff, notice));
    let named = notice
        .as_ref()
        .zip(ask_again.as_ref())
        .map(|(notice, ids)| named(notice, ids));
    let printed = match args.format {
        DiffFormat::Json => {
            let printed = Printed {
                diff: &diff,
                ask_again: ask_again.as_deref(),
            };
            serde_json::to_string_pretty(&printed).context("cannot write JSON")? + "\n"
        }
        DiffFormat::Html => {
            let names = [name(&args.old), name(&args.new)];
            let names = names.each_ref().map(String::as_str);
            zhiqing_view::changes(&diff, names, named.as_deref()).into_string()
        }
        DiffFormat::Text => {
            let style = Style {
                colours: io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            };
            text(&diff, named.as_deref(), [&args.old, &args.new], style)
        }
    };
    parse::print(printed.as_bytes())?;
    Ok(match diff.changes.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(FINDINGS),
    })
}

/// The site's notice. Its purposes name clauses by ids that belong to the site's own text, so `new`
/// has to be that one.
fn notice(settings: &Path, file: &Path, new: &Document) -> Result<Notice> {
    let site = Site::load(settings)?;
    if site
        .policies
        .first()
        .is_none_or(|policy| policy.document != *new)
    {
        bail!(
            "{} is not the text of version {:?} in {}: the ids by which purposes name their clauses \
             belong to that text, and mean nothing in another, so nobody can say who must be asked \
             again; compare with the file under [policy] there, or name this one there",
            file.display(),
            site.notice.policy.version,
            settings.display()
        );
    }
    Ok(site.notice)
}

/// Purposes as people know them, with their ids.
fn named(notice: &Notice, ids: &[String]) -> Vec<String> {
    let name = |id: &String| {
        let purpose = notice.purpose(id);
        purpose.map_or_else(|| id.clone(), |purpose| format!("{} ({id})", purpose.name))
    };
    ids.iter().map(name).collect()
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Whether what is printed is coloured.
#[derive(Clone, Copy)]
struct Style {
    colours: bool,
}

impl Style {
    /// The words in a colour of the terminal: an SGR parameter such as `31`, red.
    fn paint(self, colour: &str, words: &str) -> String {
        match self.colours {
            true => format!("\u{1b}[{colour}m{words}\u{1b}[0m"),
            false => words.to_owned(),
        }
    }
}

const RED: &str = "31";
const GREEN: &str = "32";
const BOLD: &str = "1";
const BOLD_RED: &str = "1;31";

/// One block a change, and a line that sums up.
fn text(diff: &Diff, ask_again: Option<&[String]>, files: [&Path; 2], style: Style) -> String {
    let mut out = String::new();
    for change in &diff.changes {
        block(&mut out, change, files, style);
    }
    let material = diff.changes.iter().filter(|change| change.material).count();
    // Writing into a string cannot fail.
    let _ = match diff.changes.len() {
        0 => writeln!(out, "no change"),
        1 => writeln!(out, "1 change, {material} material"),
        count => writeln!(out, "{count} changes, {material} material"),
    };
    match ask_again {
        None => {}
        Some([]) => out.push_str("nobody needs to be asked again\n"),
        Some(ids) => {
            let _ = writeln!(out, "ask again about: {}", visible(&ids.join(", ")));
        }
    }
    out
}

fn block(out: &mut String, change: &Change, files: [&Path; 2], style: Style) {
    let reason = change.reason();
    let title = match change.material {
        true => style.paint(BOLD_RED, &format!("{} (material)", change.kind.name())),
        false => style.paint(BOLD, change.kind.name()),
    };
    let articles = match reason.articles {
        "" => String::new(),
        articles => format!(" [{articles}]"),
    };
    let at = |file: &Path, place: &Option<Place>| match place {
        Some(place) => format!("{}:{}", visible(&file.to_string_lossy()), place.line),
        None => "-".to_owned(),
    };
    let _ = writeln!(out, "{title}: {}{articles}", reason.english);
    let _ = writeln!(
        out,
        "  --> {} → {}",
        at(files[0], &change.before),
        at(files[1], &change.after)
    );
    if change.words.is_empty() {
        let whole = match (&change.before, &change.after) {
            (Some(before), None) => Some((RED, '-', before)),
            (None, Some(after)) => Some((GREEN, '+', after)),
            (_, Some(after)) => Some((BOLD, ' ', after)),
            (None, None) => None,
        };
        if let Some((colour, sign, place)) = whole {
            for line in place.text.lines() {
                let line = style.paint(colour, &format!("{sign} {}", visible(line)));
                let _ = writeln!(out, "  {line}");
            }
        }
    }
    for words in &change.words {
        let sign = |colour: &str, [open, close]: [&str; 2], words: &str| match words {
            "" => String::new(),
            words => style.paint(colour, &format!("{open}{}{close}", visible(words))),
        };
        let [before, after] = words.around.each_ref().map(|text| visible(text));
        let _ = writeln!(
            out,
            "  {before}{}{}{after}",
            sign(RED, ["[-", "-]"], &words.old),
            sign(GREEN, ["{+", "+}"], &words.new)
        );
    }
    if !change.also.is_empty() {
        let lines: Vec<String> = change
            .also
            .iter()
            .map(|lines| {
                let [old, new] =
                    lines.map(|line| line.map_or("-".to_owned(), |line| line.to_string()));
                format!("{old} → {new}")
            })
            .collect();
        let _ = writeln!(out, "  also {}", lines.join(", "));
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const OLD: &str =
        "隐私政策\n一、收集\n登录时我们会收集您的手机号码。\n二、保存\n保存期限为三年。\n";

    fn shown(new: &str, style: Style) -> String {
        let diff = diff::compare(&zhiqing_policy::parse(OLD), &zhiqing_policy::parse(new));
        text(
            &diff,
            None,
            [Path::new("old.txt"), Path::new("new.txt")],
            style,
        )
    }

    #[test]
    fn a_change_is_a_block() {
        let plain = Style { colours: false };
        assert_eq!(shown(OLD, plain), "no change\n");
        let new = OLD
            .replace("手机号码", "手机号码、人脸信息")
            .replace("三年", "一年");
        assert_eq!(
            shown(&new, plain),
            "data (material): the types of data change, which needs consent anew [PIPL 14]\n\
             \x20 --> old.txt:3 → new.txt:3\n\
             \x20 登录时我们会收集您的手机号码{+、人脸信息+}\n\
             \n\
             retention: data are kept shorter [PIPL 17]\n\
             \x20 --> old.txt:5 → new.txt:5\n\
             \x20 保存期限为[-三-]{+一+}年\n\
             \n\
             2 changes, 1 material\n"
        );
    }

    #[test]
    fn a_policy_does_not_steer_the_terminal() {
        let plain = Style { colours: false };
        let put_in = "\u{1b}[31m人脸\u{202e}信息\u{2066}\u{7f}\u{9b}2J";
        for new in [
            OLD.replace("手机号码", &format!("手机号码、{put_in}")),
            OLD.replace("登录时", &format!("{put_in}登录时")),
            format!("{OLD}{put_in}也会收集。\n"),
        ] {
            let told = shown(&new, plain);
            let steers = |c: char| c != '\n' && c.is_control() || "\u{202e}\u{2066}".contains(c);
            assert!(!told.contains(steers), "{told:?}");
            assert!(told.contains("人脸\u{fffd}信息"), "{told:?}");
        }
    }

    #[test]
    fn settings_are_about_their_own_text() {
        let folder = std::env::temp_dir().join(format!("zhiqing-diff-{}", std::process::id()));
        let [policy, settings] = ["policy.txt", "site.toml"].map(|name| folder.join(name));
        let own = zhiqing_policy::parse(OLD);
        let draft = zhiqing_site::init::draft(&own, "policy.txt", "demo").settings;
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(&policy, OLD).expect("a file");
        fs::write(&settings, draft).expect("a file");
        let other = zhiqing_policy::parse(&OLD.replace("三年", "五年"));
        let [own, other] = [own, other].map(|new| notice(&settings, &policy, &new));
        fs::remove_dir_all(&folder).expect("removed");
        own.expect("its own text");
        let refused = other.expect_err("another text").to_string();
        for part in ["policy.txt", "site.toml", "ids", "[policy]"] {
            assert!(refused.contains(part), "{refused}");
        }
    }

    #[test]
    fn standard_input_is_one_text() {
        let args = Args {
            old: "-".into(),
            new: "-".into(),
            format: DiffFormat::Text,
            site: None,
        };
        let refused = run(&args).expect_err("one text only").to_string();
        assert!(refused.contains("both `-`"), "{refused}");
    }

    #[test]
    fn only_a_terminal_gets_colours() {
        let new = OLD.replace("三年", "五年");
        assert!(!shown(&new, Style { colours: false }).contains('\u{1b}'));
        assert!(shown(&new, Style { colours: true }).contains("\u{1b}[32m{+五+}\u{1b}[0m"));
    }
}
