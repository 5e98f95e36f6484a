//! Digests: `sha256:` and lower-case hexadecimal digits, over bytes or RFC 8785 canonical JSON.

use sha2::{Digest, Sha256};

/// The digest of some bytes.
///
/// ```
/// let digest = zhiqing_consent::digest::of_bytes(b"");
/// assert!(digest.starts_with("sha256:e3b0c44298fc1c14"));
/// ```
pub fn of_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(7 + 64);
    text.push_str("sha256:");
    for byte in Sha256::digest(bytes) {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(digit.into(), 16));
        }
    }
    text
}

/// Whether `text` has the form of a digest.
pub fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|hex| {
        hex.len() == 64
            && hex
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

/// A value that has no canonical JSON: a number JSON cannot hold, a key that is not a string.
#[cfg(feature = "json")]
#[derive(Debug, thiserror::Error)]
#[error("cannot be written as canonical JSON: {0}")]
pub struct NotCanonical(#[from] serde_json::Error);

/// RFC 8785 canonical JSON.
///
/// # Errors
/// A value that JSON cannot hold.
#[cfg(feature = "json")]
pub fn canonical<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, NotCanonical> {
    Ok(serde_json_canonicalizer::to_vec(value)?)
}

/// The digest of a value's canonical JSON.
///
/// # Errors
/// A value that JSON cannot hold.
#[cfg(feature = "json")]
pub fn of_json<T: serde::Serialize>(value: &T) -> Result<String, NotCanonical> {
    Ok(of_bytes(&canonical(value)?))
}
