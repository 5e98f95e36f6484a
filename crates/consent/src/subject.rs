//! Who a record is about, without saying who: a secret of the page and the subject drawn from it.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use std::fmt;

/// The 256-bit secret that a page makes at the first decision. Whoever holds it *is* the subject.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

/// Nothing may print a secret by accident.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A secret from random bytes, which the caller draws.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret of a bearer token; `None` unless it is 32 bytes in unpadded base64url.
    pub fn from_bearer(token: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let decoded = Base64UrlUnpadded::decode(token, &mut bytes).ok()?;
        (decoded.len() == 32).then_some(Self(bytes))
    }

    /// The bearer token: base64url of the secret.
    pub fn bearer(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.0)
    }

    /// The secret itself.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// `base64url(SHA-256("zhiqing" ‖ 0x00 ‖ site ‖ 0x00 ‖ secret))`: the subject under which
    /// this secret is known at `site`, and nowhere else.
    ///
    /// ```
    /// use zhiqing_consent::Secret;
    /// let secret = Secret::new([7; 32]);
    /// assert_eq!(secret.subject("a").len(), 43);
    /// assert_ne!(secret.subject("a"), secret.subject("b"));
    /// ```
    pub fn subject(&self, site: &str) -> String {
        let digest = Sha256::new()
            .chain_update(b"zhiqing\0")
            .chain_update(site.as_bytes())
            .chain_update(b"\0")
            .chain_update(self.0)
            .finalize();
        Base64UrlUnpadded::encode_string(&digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_is_the_documented_arithmetic() {
        // printf 'zhiqing\0demo\0' + 32 × 0x00, sha256, base64url
        let subject = Secret::new([0; 32]).subject("demo");
        let by_hand = Sha256::digest([b"zhiqing\0demo\0".as_slice(), &[0; 32]].concat());
        assert_eq!(subject, Base64UrlUnpadded::encode_string(&by_hand));
    }

    #[test]
    fn bearer_tokens_come_back_and_others_do_not_pass() {
        let secret = Secret::new([0xfb; 32]);
        assert_eq!(Secret::from_bearer(&secret.bearer()), Some(secret.clone()));
        for bad in [
            "",
            "abc",
            "=",
            &secret.bearer()[1..],
            &format!("{}A", secret.bearer()),
            "+/",
        ] {
            assert_eq!(Secret::from_bearer(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_secret_does_not_print_itself() {
        assert_eq!(format!("{:?}", Secret::new([1; 32])), "Secret(…)");
    }
}
