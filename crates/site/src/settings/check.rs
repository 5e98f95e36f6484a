//! What can be told from the settings alone: words, origins, and names that name something.

use super::error::{SettingsError, Source};
use super::{Settings, tracker};
use std::collections::HashSet;
use std::net::Ipv6Addr;
use toml::Spanned;
use zhiqing_consent::cookie::is_word;

impl Settings {
    pub(super) fn check(&self, source: &Source<'_>) -> Result<(), SettingsError> {
        word(source, &self.site.id, "site.id", false)?;
        if self.site.name.as_ref().trim().is_empty() {
            return Err(source.error(self.site.name.span(), "site.name", "must not be empty"));
        }
        for (at, origin) in self.site.origins.iter().enumerate() {
            if !is_origin(origin.as_ref()) {
                let message = "must be an origin such as https://shop.example.com, without a path";
                return Err(source.error(origin.span(), format!("site.origins[{at}]"), message));
            }
        }
        let url = &self.report.url;
        if !is_api_base(url.as_ref()) {
            let message =
                "must be a path such as /v1, or an address such as https://example.com/v1";
            return Err(source.error(url.span(), "report.url", message));
        }
        if let Some(minors) = &self.minors
            && !(1..=18).contains(minors.age.as_ref())
        {
            let message = "must be an age from 1 to 18; the law's is 14 (PIPL 31)";
            return Err(source.error(minors.age.span(), "minors.age", message));
        }
        for (name, limit) in [
            ("limits.per_address", &self.limits.per_address),
            ("limits.per_site", &self.limits.per_site),
        ] {
            if let Some(limit) = limit
                && *limit.as_ref() < 100
            {
                let message =
                    "must be at least 100 records a minute: a page may send a hundred at once";
                return Err(source.error(limit.span(), name, message));
            }
        }
        self.check_versions(source)?;
        let purposes: Vec<&Spanned<String>> = self.purpose.iter().map(|p| &p.id).collect();
        let recipients: Vec<&Spanned<String>> = self.recipient.iter().map(|r| &r.id).collect();
        words(source, &purposes, "purpose")?;
        words(source, &recipients, "recipient")?;
        words(source, &tracker::ids(source, &self.tracker)?, "tracker")?;
        words(
            source,
            &self.permission.iter().map(|p| &p.id).collect::<Vec<_>>(),
            "permission",
        )?;
        for (at, purpose) in self.purpose.iter().enumerate() {
            for (n, id) in purpose.recipients.iter().enumerate() {
                let field = format!("purpose[{at}].recipients[{n}]");
                known(source, id, &recipients, &field, "recipient")?;
            }
        }
        for (at, tracker) in self.tracker.iter().enumerate() {
            let field = format!("tracker[{at}].purpose");
            known(source, &tracker.purpose, &purposes, &field, "purpose")?;
        }
        for (at, permission) in self.permission.iter().enumerate() {
            let field = format!("permission[{at}].purpose");
            known(source, &permission.purpose, &purposes, &field, "purpose")?;
        }
        Ok(())
    }

    fn check_versions(&self, source: &Source<'_>) -> Result<(), SettingsError> {
        let current = &self.policy.version;
        word(source, current, "policy.version", true)?;
        let mut seen = vec![current.as_ref()];
        for (at, previous) in self.policy.previous.iter().enumerate() {
            let field = format!("policy.previous[{at}].version");
            word(source, &previous.version, &field, true)?;
            if seen.contains(&previous.version.as_ref()) {
                let message = "is there twice; every version needs a name of its own";
                return Err(source.error(previous.version.span(), field, message));
            }
            seen.push(previous.version.as_ref());
        }
        Ok(())
    }
}

fn word(
    source: &Source<'_>,
    value: &Spanned<String>,
    field: &str,
    dots: bool,
) -> Result<(), SettingsError> {
    if is_word(value.as_ref(), dots) {
        return Ok(());
    }
    let also = if dots {
        ", \"_\" or \".\""
    } else {
        " or \"_\""
    };
    let message = format!(
        "{:?} must be 1 to 64 ASCII letters, digits, \"-\"{also}",
        value.as_ref()
    );
    Err(source.error(value.span(), field, message))
}

fn words(source: &Source<'_>, ids: &[&Spanned<String>], table: &str) -> Result<(), SettingsError> {
    let mut seen = HashSet::new();
    for (at, id) in ids.iter().enumerate() {
        let field = format!("{table}[{at}].id");
        word(source, id, &field, false)?;
        if !seen.insert(id.as_ref().as_str()) {
            let message = format!(
                "{:?} is there twice; every {table} needs its own id",
                id.as_ref()
            );
            return Err(source.error(id.span(), field, message));
        }
    }
    Ok(())
}

fn known(
    source: &Source<'_>,
    id: &Spanned<String>,
    known: &[&Spanned<String>],
    field: &str,
    table: &str,
) -> Result<(), SettingsError> {
    if known.iter().any(|known| known.as_ref() == id.as_ref()) {
        return Ok(());
    }
    let names: Vec<&str> = known.iter().map(|id| id.as_ref().as_str()).collect();
    let remedy = match names.as_slice() {
        [] => format!("add a [[{table}]] with this id"),
        names => format!(
            "use one of {}, or add a [[{table}]] with this id",
            names.join(", ")
        ),
    };
    let message = format!("there is no {table} {:?}; {remedy}", id.as_ref());
    Err(source.error(id.span(), field, message))
}

/// `scheme://host` or `scheme://host:port`, nothing behind it (RFC 6454). A host outside ASCII is
/// written in its `xn--` form, as browsers send it.
fn is_origin(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let (host, port) = match rest.rfind(':') {
        Some(at) if !rest.ends_with(']') => (&rest[..at], Some(&rest[at + 1..])),
        _ => (rest, None),
    };
    let name = |host: &str| {
        let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        host.split('.')
            .all(|label| !label.is_empty() && label.bytes().all(letter))
    };
    let address = |host: &str| {
        let inner = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'));
        inner.is_some_and(|inner| inner.parse::<Ipv6Addr>().is_ok())
    };
    matches!(scheme, "http" | "https")
        && (name(host) || address(host))
        && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// A path on the page's host, or an address: nothing else can be posted to.
fn is_api_base(text: &str) -> bool {
    let path = |path: &str| !path.contains(['?', '#', ' ', '\\']);
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest) => !rest.is_empty() && !rest.starts_with('/') && path(rest),
        None => text.starts_with('/') && !text.starts_with("//") && path(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const GOOD: &str = r#"
[site]
id = "demo"
name = "Demo"

[policy]
file = "policy.txt"
version = "1"

[[purpose]]
id = "ads"
name = "Ads"
tier = "extended"
"#;

    #[track_caller]
    fn case(text: &str, line: usize, field: &str, message: &str) {
        let source = Source {
            file: Path::new("site.toml"),
            text,
        };
        let error = Settings::read(&source).expect_err("a mistake");
        assert_eq!((error.line, error.field.as_str()), (line, field), "{error}");
        assert!(error.message.contains(message), "{error}");
        assert!(error.to_string().starts_with("site.toml:"), "{error}");
    }

    fn with(more: &str) -> String {
        format!("{GOOD}{more}")
    }

    #[test]
    fn a_mistake_names_line_and_field() {
        case("", 1, "settings", "missing field `site`");
        case("[site\n", 1, "TOML", "");
        case(
            &GOOD.replace("name = \"Demo\"", "nmae = \"Demo\""),
            4,
            "site.nmae",
            "unknown field",
        );
        case(
            &GOOD.replace("\"demo\"", "\"de mo\""),
            3,
            "site.id",
            "ASCII letters",
        );
        case(
            &GOOD.replace("\"Demo\"", "\" \""),
            4,
            "site.name",
            "must not be empty",
        );
        case(
            &GOOD.replace("\"Demo\"", "7"),
            4,
            "site.name",
            "expected a string",
        );
        case(
            &GOOD.replace("version = \"1\"", "version = \"1 beta\""),
            8,
            "policy.version",
            "ASCII",
        );
        case(
            &GOOD.replace("extended", "extra"),
            13,
            "purpose[0].tier",
            "unknown variant",
        );
        case(
            &with("basis = \"maybe\"\n"),
            14,
            "purpose[0].basis",
            "unknown variant",
        );
        case(
            &with("recipients = [\"acme\"]"),
            14,
            "purpose[0].recipients[0]",
            "[[recipient]]",
        );
        case(
            &with("[[purpose]]\nid = \"ads\"\nname = \"x\"\ntier = \"basic\"\n"),
            15,
            "purpose[1].id",
            "twice",
        );
        case(
            &with("[[tracker]]\nid = \"t\"\npurpose = \"adds\"\nuses = []\n"),
            16,
            "tracker[0].purpose",
            "use one of ads",
        );
        case(
            &with(
                "[[tracker]]\nid = \"t\"\npurpose = \"ads\"\nuses = [{ technology = \"cokie\", match = \"a\" }]\n",
            ),
            17,
            "tracker[0].uses[0].technology",
            "unknown variant",
        );
        case(
            &with(
                "[[tracker]]\nid = \"t\"\npurpose = \"ads\"\nuses = [{ technology = \"cookie\", match = 3 }]\n",
            ),
            17,
            "tracker[0].uses[0].match",
            "a string or a list",
        );
        case(
            &with(
                "[[tracker]]\nid = \"t\"\npurpose = \"ads\"\nuses = [{ technology = \"script\", match = \"https://a.b/c.js\" }]\n",
            ),
            17,
            "tracker[0].uses[0].match",
            "leave out the scheme",
        );
        case(
            &with("[[permission]]\nid = \"camera\"\npurpose = \"scan\"\n"),
            16,
            "permission[0].purpose",
            "no purpose",
        );
        let previous = "[[policy.previous]]\nfile = \"old.txt\"\nversion = \"1\"\n";
        case(&with(previous), 16, "policy.previous[0].version", "twice");
        let origins = GOOD.replace(
            "name = \"Demo\"",
            "name = \"D\"\norigins = [\"https://a.b/c\"]",
        );
        case(&origins, 5, "site.origins[0]", "without a path");
    }

    #[test]
    fn good_settings_are_good() {
        for more in [
            "",
            "data = \"phone\"\n",
            "data = [\"phone\"]\n",
            "[minors]\nage = 14\n",
            "[limits]\nper_address = 100\nspare_loopback = false\n",
        ] {
            let text = with(more);
            let source = Source {
                file: Path::new("site.toml"),
                text: &text,
            };
            Settings::read(&source).expect(more);
        }
    }

    #[test]
    fn addresses_of_the_api() {
        for good in [
            "/v1",
            "/",
            "https://a.example/v1",
            "http://127.0.0.1:8020/v1",
        ] {
            assert!(is_api_base(good), "{good}");
        }
        for bad in [
            "",
            "v1",
            "//a.example",
            "javascript:alert(1)",
            "https://",
            "/v1?x",
            "/v 1",
        ] {
            assert!(!is_api_base(bad), "{bad}");
        }
        case(
            &with("[report]\nurl = \"v1\"\n"),
            15,
            "report.url",
            "a path such as /v1",
        );
        case(
            &with("[minors]\nage = 200\n"),
            15,
            "minors.age",
            "from 1 to 18",
        );
        case(
            &with("[limits]\nper_site = 99\n"),
            15,
            "limits.per_site",
            "at least 100",
        );
    }

    #[test]
    fn origins() {
        for good in [
            "https://a.example",
            "http://127.0.0.1",
            "http://localhost:80",
            "http://[::1]",
        ] {
            assert!(is_origin(good), "{good}");
        }
        for bad in [
            "https://日本.example",
            "https://[zz]",
            "https://a..b",
            "https://a:0",
            "",
            "*",
            "a.example",
            "ftp://a",
            "https://",
            "https://a/",
            "https://a:x",
            "null",
        ] {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}
