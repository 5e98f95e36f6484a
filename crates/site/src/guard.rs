//! `zhiqing.js` and its inline form: the guard with a site's settings and its banner.

use crate::Site;
use crate::csp::{self, Csp};
use crate::styles;
use serde::Serialize;
use zhiqing_consent::{Mode, Notice, Place, Technology, Tracker, digest::NotCanonical};
use zhiqing_guard::Extras;

/// The types on which Google's tags wait
/// (<https://developers.google.com/tag-platform/security/guides/consent>).
const CONSENT_TYPES: [&str; 4] = [
    "ad_storage",
    "ad_user_data",
    "ad_personalization",
    "analytics_storage",
];

/// What the guard knows before anything else has arrived: short names, because every visitor
/// downloads it.
#[derive(Serialize)]
struct GuardConfig<'a> {
    site: &'a str,
    version: &'a str,
    /// Earlier versions on which a decision stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    standing: Vec<&'a str>,
    locale: &'a str,
    /// Of the notice that this was rendered from, its beginning.
    digest: &'a str,
    // Here, where the compression finds most of it said before.
    banner: String,
    css: String,
    /// Left out where it is the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<Mode>,
    /// Ids of purposes and their kinds, see `Purpose::kind_for_guard`.
    purposes: Vec<(&'a str, u8)>,
    technologies: &'a [Technology],
    /// Purpose, technology, patterns.
    uses: Vec<(&'a str, Technology, Vec<&'a str>)>,
    /// The site's own origins: who else is a third party, where the site is strict or reports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    origins: Vec<String>,
    /// Purpose, types of Google's Consent Mode.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    consent_mode: Vec<(&'a str, Vec<&'a str>)>,
}

/// `zhiqing.js`: the guard with this site's settings and its banner.
pub(crate) fn script(site: &Site) -> Result<String, NotCanonical> {
    let notice = &site.notice;
    let config = GuardConfig {
        site: &notice.site,
        version: &notice.policy.version,
        standing: notice.standing_versions(),
        locale: &notice.locale,
        digest: notice.short_digest(),
        banner: zhiqing_view::banner(notice).into_string(),
        css: styles::banner(notice),
        mode: Some(notice.mode).filter(|mode| *mode != Mode::Listed),
        purposes: notice
            .purposes
            .iter()
            .map(|p| (p.id.as_str(), p.kind_for_guard()))
            .collect(),
        technologies: &notice.technologies,
        uses: notice
            .trackers
            .iter()
            .flat_map(|tracker| tracker.uses.iter().map(move |used| (tracker, used)))
            .map(|(tracker, used)| {
                let patterns = used
                    .patterns
                    .iter()
                    .map(zhiqing_consent::Glob::as_str)
                    .collect();
                (tracker.purpose.as_str(), used.technology, patterns)
            })
            .collect(),
        origins: own_origins(site),
        consent_mode: consent_mode(notice),
    };
    let extras = Extras {
        consent_mode: !config.consent_mode.is_empty(),
        over: notice.banner.place == Place::Over,
    };
    Ok(zhiqing_guard::script(&script_json(&config)?, extras))
}

/// Whose addresses are nobody's else, where what is undeclared is looked at: the site's, and the API's.
fn own_origins(site: &Site) -> Vec<String> {
    if site.notice.mode == Mode::Listed {
        return Vec::new();
    }
    let listed = site.origins.iter().cloned();
    listed.chain(csp::origin(&site.notice.report)).collect()
}

/// Which types of Google's Consent Mode follow which purposes. Those that no tracker stands for follow
/// none, and are denied: Google takes what nobody told for granted.
fn consent_mode(notice: &Notice) -> Vec<(&str, Vec<&str>)> {
    let types = |tracker: &'_ Tracker| tracker.signals.consent_mode.is_some();
    if notice.mode == Mode::Report || !notice.trackers.iter().any(types) {
        return Vec::new();
    }
    let mut rows: Vec<(&str, Vec<&str>)> = Vec::new();
    for tracker in &notice.trackers {
        let told = tracker.signals.consent_mode.iter().flatten();
        let told: Vec<&str> = told.map(String::as_str).collect();
        if !told.is_empty() {
            rows.push((&tracker.purpose, told));
        }
    }
    let is_told = |kind: &&str| rows.iter().any(|(_, told)| told.contains(kind));
    let rest: Vec<&str> = CONSENT_TYPES
        .into_iter()
        .filter(|it| !is_told(it))
        .collect();
    if !rest.is_empty() {
        rows.push(("", rest));
    }
    rows
}

/// JSON that may stand inside a `<script>`: no `<` that could end it, and none of the two line
/// separators that JSON allows and old engines do not.
pub(crate) fn script_json<T: Serialize>(value: &T) -> Result<String, NotCanonical> {
    Ok(serde_json::to_string(value)?
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029"))
}

/// The snippet to put into `<head>`, behind `<meta charset>` and before everything else, with what a
/// Content-Security-Policy needs to allow its script: every visitor loads it, and `build` prints the rest.
pub(crate) fn inline(script: &str, csp: &Csp) -> String {
    let script = script.trim_end();
    format!(
        "<!-- First in <head>. {} -->\n<script data-zq-base=\"./\">{script}</script>\n",
        csp.snippet()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_end_its_script() {
        assert_eq!(
            script_json(&"</script>\u{2028}").expect("JSON"),
            r#""\u003c/script>\u2028""#
        );
    }

    #[test]
    fn consent_mode_follows_the_purposes_and_denies_what_nobody_stands_for() {
        #[track_caller]
        fn case(mode: &str, trackers: &[(&str, &str)], rows: &[(&str, &[&str])]) {
            let folder = tempfile::tempdir().expect("a folder");
            let file = |name: &str, text: &str| {
                let path = folder.path().join(name);
                std::fs::write(&path, text).expect("a file");
                path
            };
            let mut text = format!(
                "[site]\nid = \"demo\"\nname = \"Demo\"\nmode = \"{mode}\"\n[policy]\nfile = \"p.txt\"\nversion = \"1\"\n"
            );
            for id in ["a", "b"] {
                text += &format!("[[purpose]]\nid = \"{id}\"\nname = \"x\"\ntier = \"extended\"\n");
            }
            for (known, purpose) in trackers {
                text += &format!("[[tracker]]\nuse = \"{known}\"\npurpose = \"{purpose}\"\n");
            }
            file("p.txt", "隐私政策\n我们收集您的浏览记录。\n");
            let site = Site::load(&file("site.toml", &text)).expect("a site");
            let drawn = consent_mode(&site.notice);
            let drawn: Vec<(&str, &[&str])> = drawn.iter().map(|(id, it)| (*id, &it[..])).collect();
            assert_eq!(drawn, rows, "{trackers:?}");
            let script = script(&site).expect("a script");
            assert_eq!(script.contains(r#""consent_mode":"#), !rows.is_empty());
        }
        let ads: &[&str] = &["ad_storage", "ad_user_data", "ad_personalization"];
        let analytics: &[&str] = &["analytics_storage"];
        case("listed", &[("matomo", "a")], &[]);
        case(
            "listed",
            &[("google-analytics", "a")],
            &[("a", analytics), ("", ads)],
        );
        case(
            "strict",
            &[("google-analytics", "a"), ("google-ads", "b")],
            &[("a", analytics), ("b", ads)],
        );
        case(
            "listed",
            &[("google-tag-manager", "a")],
            &[("", &CONSENT_TYPES)],
        );
        case("report", &[("google-analytics", "a")], &[]);
    }
}
