//! The guard: the first script of a page, and the only one that has to be, as it is shipped. It is
//! written in `www/guard`, and made small when this crate is built.

/// What stands before a site's settings, and what behind, for each [`Extras::variant`].
const PARTS: [[&str; 2]; 4] = include!(concat!(env!("OUT_DIR"), "/guard.rs"));

/// What not every site needs: every visitor downloads the guard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// It tells Google's Consent Mode, from `consent_mode` in the settings.
    pub consent_mode: bool,
    /// The banner lies over the page.
    pub over: bool,
}

impl Extras {
    /// The same order as in `build.rs`.
    fn variant(self) -> usize {
        usize::from(self.consent_mode) + 2 * usize::from(self.over)
    }
}

/// The guard with a site's settings, a classic script on one line; `config` is JSON in which no `<`
/// stands.
pub fn script(config: &str, extras: Extras) -> String {
    let [before, behind] = PARTS[extras.variant()];
    [before, config, behind, "\n"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_stand_where_they_are_awaited() {
        let script = script(r#"{"site":"a"}"#, Extras::default());
        assert!(script.starts_with("(function "), "{script}");
        assert!(script.ends_with("})({\"site\":\"a\"});\n"), "{script}");
    }

    #[test]
    fn a_site_carries_what_it_needs() {
        #[track_caller]
        fn case(consent_mode: bool, over: bool) {
            let script = script("{}", Extras { consent_mode, over });
            assert_eq!(script.contains("dataLayer"), consent_mode);
            assert_eq!(script.contains("showModal"), over);
        }
        case(false, false);
        case(true, false);
        case(false, true);
        case(true, true);
    }

    /// The snippet puts it between the tags of a page as it is.
    #[test]
    fn a_page_that_holds_the_guard_sees_no_tag_in_it() {
        let all = Extras {
            consent_mode: true,
            over: true,
        };
        let script = script("{}", all).to_ascii_lowercase();
        for tag in ["<!--", "<script", "</"] {
            assert!(!script.contains(tag), "{tag} in {script}");
        }
    }
}
