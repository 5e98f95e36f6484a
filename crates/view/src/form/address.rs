//! Addresses of the form with their query.

use super::Way;
use std::fmt::Write;
use zhiqing_consent::Notice;

/// The address of a page of the form. `base` is its address from where the link stands.
pub(super) fn of(base: &str, notice: &Notice, way: Way<'_>, more: &[(&str, &str)]) -> String {
    let mut address = format!("{base}?site=");
    encode(&mut address, &notice.site);
    let back = way.back.map(|back| ("back", back));
    let origin = way.origin.map(|origin| ("from", origin));
    for (name, value) in more.iter().copied().chain(back).chain(origin) {
        let _ = write!(address, "&{name}=");
        encode(&mut address, value);
    }
    address
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn encode(address: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                address.push(char::from(byte));
            }
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::sample::notice;

    #[test]
    fn values_are_encoded() {
        let way = Way {
            origin: Some("https://a.example"),
            back: Some("/路?a=1&b=2#c"),
        };
        assert_eq!(
            of("form", &notice(), way, &[("purpose", "a b")]),
            "form?site=demo&purpose=a%20b&back=%2F%E8%B7%AF%3Fa%3D1%26b%3D2%23c\
             &from=https%3A%2F%2Fa.example"
        );
        let way = Way::default();
        assert_eq!(of("/v1/form", &notice(), way, &[]), "/v1/form?site=demo");
    }
}
