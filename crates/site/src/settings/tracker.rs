//! `[[tracker]]`: taken from the catalogue by `use`, or written out.

use super::UseSection;
use super::error::{SettingsError, Source};
use crate::catalogue::{self, Definition};
use serde::Deserialize;
use toml::Spanned;
use zhiqing_consent::{Glob, Technology, Tracker, Use};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrackerSection {
    /// The catalogue's name for it.
    #[serde(rename = "use")]
    known: Option<Spanned<String>>,
    id: Option<Spanned<String>>,
    vendor: Option<String>,
    pub(crate) purpose: Spanned<String>,
    /// Beside the catalogue's.
    uses: Option<Vec<UseSection>>,
}

impl TrackerSection {
    fn definition(&self) -> Option<&'static Definition> {
        catalogue::find(self.known.as_ref()?.as_ref())
    }

    /// As it stands in the notice; `loaders` are the scripts that the definitions before it claim.
    fn draw(&self, loaders: &mut Vec<(&'static str, &'static Glob)>) -> Tracker {
        let definition = self.definition();
        let id = self.id.as_ref().or(self.known.as_ref());
        let vendor = definition.map(|known| known.vendor.clone());
        let mut uses = definition.map_or_else(Vec::new, |known| own_uses(known, loaders));
        let known = uses.len();
        for used in self.uses.iter().flatten() {
            let same = uses[..known]
                .iter_mut()
                .find(|it| it.technology == used.technology);
            match same {
                Some(same) => {
                    let new = used
                        .patterns
                        .iter()
                        .filter(|it| !same.patterns.contains(it));
                    let new: Vec<Glob> = new.cloned().collect();
                    same.patterns.extend(new);
                }
                None => uses.push(Use {
                    technology: used.technology,
                    patterns: used.patterns.clone(),
                }),
            }
        }
        Tracker {
            id: id.map(|id| id.as_ref().clone()).unwrap_or_default(),
            vendor: self.vendor.clone().or(vendor).unwrap_or_default(),
            purpose: self.purpose.as_ref().clone(),
            uses,
            signals: definition.map(Definition::signals).unwrap_or_default(),
        }
    }
}

/// A definition's uses. A script that another definition loads, too, as Google's tag, is claimed by the
/// first of them alone: it would wait for the purposes of both.
fn own_uses(
    known: &'static Definition,
    loaders: &mut Vec<(&'static str, &'static Glob)>,
) -> Vec<Use> {
    let mut uses = Vec::new();
    for used in &known.uses {
        let mut patterns = Vec::new();
        for pattern in &used.patterns {
            let others = |(id, it): &(&str, &Glob)| *id != known.id && *it == pattern;
            if used.technology == Technology::Script {
                if loaders.iter().any(others) {
                    continue;
                }
                loaders.push((&known.id, pattern));
            }
            patterns.push(pattern.clone());
        }
        if !patterns.is_empty() {
            uses.push(Use {
                technology: used.technology,
                patterns,
            });
        }
    }
    uses
}

/// The trackers as they stand in the notice.
pub(crate) fn draw_trackers(sections: &[TrackerSection]) -> Vec<Tracker> {
    let mut loaders = Vec::new();
    let drawn = sections.iter().map(|section| section.draw(&mut loaders));
    drawn.collect()
}

/// The ids, or the first tracker that has none, or does not say what it uses.
pub(super) fn ids<'s>(
    source: &Source<'_>,
    sections: &'s [TrackerSection],
) -> Result<Vec<&'s Spanned<String>>, SettingsError> {
    let id = |(at, section): (usize, &'s TrackerSection)| {
        let missing = |name: &str| {
            let message = format!(
                "missing field `{name}`; or take the tracker from the catalogue with `use` (docs/trackers.md)"
            );
            source.error(section.purpose.span(), format!("tracker[{at}]"), message)
        };
        match (&section.known, &section.id) {
            (Some(name), _) if section.definition().is_none() => {
                let near = catalogue::nearest(name.as_ref());
                let message = format!(
                    "the catalogue has no {:?}; did you mean {}? docs/trackers.md lists them all",
                    name.as_ref(),
                    near.join(", ")
                );
                Err(source.error(name.span(), format!("tracker[{at}].use"), message))
            }
            (Some(name), own) => Ok(own.as_ref().unwrap_or(name)),
            (None, Some(_)) if section.uses.is_none() => Err(missing("uses")),
            (None, Some(own)) => Ok(own),
            (None, None) => Err(missing("id")),
        }
    };
    sections.iter().enumerate().map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use std::path::Path;
    use zhiqing_consent::Signals;

    fn read(trackers: &str) -> Result<Vec<Tracker>, SettingsError> {
        let text = format!(
            "[site]\nid = \"demo\"\nname = \"Demo\"\n[policy]\nfile = \"policy.txt\"\nversion = \"1\"\n\
             [[purpose]]\nid = \"analytics\"\nname = \"A\"\ntier = \"extended\"\n\
             [[purpose]]\nid = \"ads\"\nname = \"B\"\ntier = \"extended\"\n{trackers}"
        );
        let source = Source {
            file: Path::new("site.toml"),
            text: &text,
        };
        Ok(draw_trackers(&Settings::read(&source)?.tracker))
    }

    fn tracker(lines: &str) -> String {
        format!("[[tracker]]\n{lines}\n")
    }

    #[track_caller]
    fn wrong(trackers: &str, line: usize, field: &str, message: &str) {
        let error = read(trackers).expect_err("a mistake");
        assert_eq!((error.line, error.field.as_str()), (line, field), "{error}");
        assert!(error.message.contains(message), "{error}");
    }

    #[test]
    fn a_name_that_the_catalogue_lacks_is_told_with_those_nearest_to_it() {
        let tongji = tracker("use = \"baidu_tongji\"\npurpose = \"analytics\"");
        wrong(&tongji, 16, "tracker[0].use", "mean baidu-tongji,");
        let google = tracker("use = \"google\"\npurpose = \"analytics\"");
        wrong(
            &google,
            16,
            "tracker[0].use",
            "mean google-ads, google-adsense, google-analytics",
        );
        let second = tracker("use = \"Sentry\"\npurpose = \"analytics\"");
        wrong(&second, 16, "tracker[0].use", "mean sentry,");
    }

    #[test]
    fn a_tracker_is_taken_or_written_out() {
        let none = tracker("purpose = \"analytics\"");
        wrong(&none, 16, "tracker[0]", "missing field `id`");
        let half = tracker("id = \"t\"\npurpose = \"analytics\"");
        wrong(&half, 17, "tracker[0]", "missing field `uses`");
        let unknown = tracker("use = \"matomo\"\npurpose = \"x\"");
        wrong(&unknown, 17, "tracker[0].purpose", "no purpose \"x\"");
        let twice = tracker("use = \"matomo\"\npurpose = \"ads\"").repeat(2);
        wrong(&twice, 19, "tracker[1].id", "twice");
        let own = tracker("id = \"own\"\npurpose = \"ads\"\nuses = []");
        let drawn = read(&own).expect("a tracker");
        assert_eq!(
            (drawn[0].id.as_str(), drawn[0].vendor.as_str()),
            ("own", "")
        );
        assert_eq!(drawn[0].signals, Signals::default());
    }

    fn uses(tracker: &Tracker) -> Vec<(Technology, Vec<&str>)> {
        let uses = tracker.uses.iter();
        uses.map(|it| {
            (
                it.technology,
                it.patterns.iter().map(Glob::as_str).collect(),
            )
        })
        .collect()
    }

    #[test]
    fn what_the_site_says_is_put_to_what_the_catalogue_knows() {
        let text = tracker("use = \"sentry\"\npurpose = \"analytics\"")
            + &tracker(
                "use = \"sentry\"\nid = \"own\"\nvendor = \"Us\"\npurpose = \"ads\"\nuses = [\n\
                 { technology = \"request\", match = [\"errors.example.com/*\", \"*.sentry.io/*\"] },\n\
                 { technology = \"cookie\", match = \"err_*\" },\n]",
            );
        let drawn = read(&text).expect("trackers");
        assert_eq!(
            (drawn[0].id.as_str(), drawn[0].vendor.as_str()),
            ("sentry", "Sentry")
        );
        assert_eq!(
            (drawn[1].id.as_str(), drawn[1].vendor.as_str()),
            ("own", "Us")
        );
        assert_eq!(drawn[0].signals, drawn[1].signals);
        assert_eq!(drawn[0].signals.calls.len(), 1);
        let known = catalogue::find("sentry").expect("it is there");
        assert_eq!(drawn[0].uses, known.uses);
        let (one, other) = (uses(&drawn[0]), uses(&drawn[1]));
        assert_eq!(other.len(), one.len() + 1);
        assert_eq!(other[..2], one[..2], "the same tool twice claims the same");
        assert_eq!(other[2].1, ["*.sentry.io/*", "errors.example.com/*"]);
        assert_eq!(other[3], (Technology::Cookie, vec!["err_*"]));
    }

    #[test]
    fn a_script_that_two_tools_share_waits_for_the_first_of_them() {
        let gtag = "www.googletagmanager.com/gtag/*";
        let loads = |tracker: &Tracker| {
            let mut uses = tracker.uses.iter();
            uses.any(|it| it.patterns.iter().any(|pattern| pattern.as_str() == gtag))
        };
        let ads = tracker("use = \"google-ads\"\npurpose = \"ads\"");
        let analytics = tracker("use = \"google-analytics\"\npurpose = \"analytics\"");
        let claims =
            |text: &str| -> Vec<bool> { read(text).expect("trackers").iter().map(loads).collect() };
        assert_eq!(claims(&ads), [true]);
        assert_eq!(claims(&(analytics.clone() + &ads)), [true, false]);
        assert_eq!(claims(&(ads + &analytics)), [true, false]);
    }
}
