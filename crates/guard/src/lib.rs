//! The guard: the first script of a page, and the only one that has to be, as it is shipped. It is
//! written in `www/guard`, and made small when this crate is built.

/// What stands before a site's settings, and what behind: without signals and with them.
const PARTS: [[&str; 2]; 2] = include!(concat!(env!("OUT_DIR"), "/guard.rs"));

/// The guard with a site's settings, a classic script on one line; `config` is JSON in which no `<`
/// stands. With `signals` it tells Google's Consent Mode, from `consent_mode` in the settings.
pub fn script(config: &str, signals: bool) -> String {
    let [before, behind] = PARTS[usize::from(signals)];
    [before, config, behind, "\n"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_stand_where_they_are_awaited() {
        let script = script(r#"{"site":"a"}"#, false);
        assert!(script.starts_with("(function "), "{script}");
        assert!(script.ends_with("})({\"site\":\"a\"});\n"), "{script}");
    }

    /// The snippet puts it between the tags of a page as it is.
    #[test]
    fn a_page_that_holds_the_guard_sees_no_tag_in_it() {
        let script = script("{}", true).to_ascii_lowercase();
        for tag in ["<!--", "<script", "</"] {
            assert!(!script.contains(tag), "{tag} in {script}");
        }
    }
}
