//! What a Content-Security-Policy must allow for a page that carries the notice (CSP Level 3).

use crate::styles;
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};
use zhiqing_consent::Notice;

/// The directives for one site: nothing wider than what its files need.
#[derive(Clone, Debug)]
pub struct Csp {
    script: String,
    styles: String,
    api: String,
}

impl Csp {
    /// For the site of `notice`, whose `zhiqing.js` is `script`.
    pub(crate) fn of(notice: &Notice, script: &str) -> Self {
        let styles = styles::all(notice);
        let styles: Vec<String> = styles.iter().map(|style| hash(style)).collect();
        Self {
            script: hash(script.trim_end()),
            styles: styles.join(" "),
            api: origin(&notice.report).map_or_else(String::new, |origin| format!(" {origin}")),
        }
    }

    /// For a page with `<script src="…/zhiqing.js">`.
    pub fn external(&self) -> String {
        self.directives("")
    }

    /// For a page with the inline snippet.
    pub fn inline(&self) -> String {
        self.directives(&format!(" {}", self.script))
    }

    /// What the snippet's own script needs of it.
    pub(crate) fn snippet(&self) -> String {
        format!("script-src '{}'", self.script.trim_matches('\''))
    }

    /// Browsers without constructed style sheets (Safari before 16.4, Chrome before 73) take the styles
    /// as elements, hence their hashes. The names of Trusted Types are ours alone: a page that uses
    /// them adds its own.
    fn directives(&self, script: &str) -> String {
        let Self { styles, api, .. } = self;
        format!(
            "script-src 'self' 'wasm-unsafe-eval'{script}; style-src 'self' {styles}; \
             connect-src 'self' data:{api}; form-action 'self'{api}; \
             require-trusted-types-for 'script'; trusted-types zhiqing"
        )
    }
}

/// The source expression of an inline script or style.
pub(crate) fn hash(text: &str) -> String {
    format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(text)))
}

/// The origin of the API where it is another than the page's.
pub(crate) fn origin(report: &str) -> Option<String> {
    let mut parts = report.splitn(4, '/');
    match (parts.next()?, parts.next()?, parts.next()?) {
        (scheme @ ("http:" | "https:"), "", host) => Some(format!("{scheme}//{host}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard;

    #[test]
    fn the_origin_of_an_api_elsewhere_is_named() {
        let case = |report, expected: Option<&str>| {
            assert_eq!(origin(report).as_deref(), expected, "{report}");
        };
        case("/v1", None);
        case("https://api.example/v1", Some("https://api.example"));
        case("http://127.0.0.1:8020/a/b", Some("http://127.0.0.1:8020"));
    }

    #[test]
    fn the_snippets_hash_is_of_what_stands_between_the_tags() {
        let csp = Csp {
            script: hash("alert(1)"),
            styles: hash("a{}"),
            api: String::new(),
        };
        let snippet = guard::inline("alert(1)\n", &csp);
        let script = snippet.split_once("\"./\">").expect("a script").1;
        let script = script.strip_suffix("</script>\n").expect("its end");
        assert!(snippet.contains(&hash(script)), "{snippet}");
        assert!(!csp.external().contains(&hash(script)));
        for directives in [csp.inline(), csp.external()] {
            assert!(directives.contains(&hash("a{}")), "{directives}");
            assert!(!directives.contains("unsafe-inline"), "{directives}");
        }
    }
}
