//! The server's proof that it holds a record.
//!
//! The log's leaf is the canonical JSON of `{commitment, received_at, site}`, and the commitment
//! is SHA-256 over sixteen random bytes of salt and the canonical record: deleting record and salt
//! erases the person, and every proof stays valid. The signature is Ed25519 over the leaf.

use crate::{Record, digest};
use base64ct::{Base64UrlUnpadded, Encoding};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// Proof that a record was received: whoever holds it verifies it offline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The record as received.
    pub record: Record,
    /// Sixteen random bytes, base64url.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{21}[AQgw]$"))]
    pub salt: String,
    /// Moment in UTC, RFC 3339, by the server's clock.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::openapi::moment))]
    pub received_at: String,
    /// Ed25519 over the leaf, base64url.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{85}[AQgw]$"))]
    pub signature: String,
}

/// What the log commits to.
#[derive(Serialize)]
struct Leaf<'a> {
    commitment: &'a str,
    received_at: &'a str,
    site: &'a str,
}

/// Why a receipt is not good.
#[derive(Debug, thiserror::Error)]
pub enum Unverified {
    /// It is not a receipt.
    #[error("not a receipt: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Its JSON says more, or less, than a receipt does.
    #[error("altered: the JSON is not the receipt that was issued")]
    Reshaped,
    /// Salt or signature are not base64url of the right length.
    #[error("altered: {0} is not base64url of {1} bytes")]
    Encoding(&'static str, usize),
    /// The signature does not fit the content and the key.
    #[error("altered, or signed with another key")]
    Signature,
    /// The record has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] digest::NotCanonical),
}

/// A public key that is not one.
#[derive(Debug, thiserror::Error)]
#[error("not an Ed25519 public key: 43 characters of base64url are expected")]
pub struct NotAKey;

/// Reads a public key: base64url of its 32 bytes.
///
/// # Errors
/// Anything else.
pub fn public_key(text: &str) -> Result<VerifyingKey, NotAKey> {
    let bytes = fixed::<32>(text).ok_or(NotAKey)?;
    VerifyingKey::from_bytes(&bytes).map_err(|_| NotAKey)
}

/// Writes a public key as [`public_key`] reads it.
pub fn key_text(key: &VerifyingKey) -> String {
    Base64UrlUnpadded::encode_string(key.as_bytes())
}

impl Receipt {
    /// Signs a record that was received at `received_at`; `salt` is drawn by the caller.
    ///
    /// # Errors
    /// A record that JSON cannot hold.
    pub fn issue(
        record: Record,
        salt: [u8; 16],
        received_at: String,
        key: &SigningKey,
    ) -> Result<Self, digest::NotCanonical> {
        let canonical = record.canonical()?;
        Self::issue_canonical(record, &canonical, salt, received_at, key)
    }

    /// The same for whoever has the record's canonical JSON already: making it is half of the work.
    ///
    /// # Errors
    /// A moment that JSON cannot hold.
    pub fn issue_canonical(
        record: Record,
        canonical: &[u8],
        salt: [u8; 16],
        received_at: String,
        key: &SigningKey,
    ) -> Result<Self, digest::NotCanonical> {
        let leaf = leaf(&record.site, canonical, &salt, &received_at)?;
        let signature = Base64UrlUnpadded::encode_string(&key.sign(&leaf).to_bytes());
        Ok(Self {
            record,
            salt: Base64UrlUnpadded::encode_string(&salt),
            received_at,
            signature,
        })
    }

    /// Reads a receipt and verifies it with the site's public key.
    ///
    /// # Errors
    /// Anything but the receipt that was issued, to the last field.
    pub fn verify(json: &[u8], key: &VerifyingKey) -> Result<Self, Unverified> {
        let receipt: Self = serde_json::from_slice(json)?;
        // A missing null or a reordered number would read the same; only the issued form is good.
        if serde_json::to_value(&receipt)? != serde_json::from_slice::<serde_json::Value>(json)? {
            return Err(Unverified::Reshaped);
        }
        let salt = fixed::<16>(&receipt.salt).ok_or(Unverified::Encoding("salt", 16))?;
        let signature =
            fixed::<64>(&receipt.signature).ok_or(Unverified::Encoding("signature", 64))?;
        let canonical = receipt.record.canonical()?;
        let leaf = leaf(
            &receipt.record.site,
            &canonical,
            &salt,
            &receipt.received_at,
        )?;
        key.verify_strict(&leaf, &Signature::from_bytes(&signature))
            .map_err(|_| Unverified::Signature)?;
        Ok(receipt)
    }
}

fn leaf(
    site: &str,
    canonical: &[u8],
    salt: &[u8; 16],
    received_at: &str,
) -> Result<Vec<u8>, digest::NotCanonical> {
    let commitment = digest::of_bytes(&[salt, canonical].concat());
    digest::canonical(&Leaf {
        commitment: &commitment,
        received_at,
        site,
    })
}

fn fixed<const N: usize>(text: &str) -> Option<[u8; N]> {
    Base64UrlUnpadded::decode_vec(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::record;
    use proptest::prelude::*;
    use serde_json::Value;

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[9; 32])
    }

    fn issued() -> Value {
        let receipt = Receipt::issue(record(), [5; 16], "2026-11-21T08:00:01.000Z".into(), &key());
        serde_json::to_value(receipt.expect("a receipt")).expect("JSON")
    }

    fn verifies(value: &Value, key: &SigningKey) -> bool {
        Receipt::verify(value.to_string().as_bytes(), &key.verifying_key()).is_ok()
    }

    /// Every leaf of a JSON value, as a pointer.
    fn leaves(value: &Value, at: &str, out: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                map.iter()
                    .for_each(|(key, value)| leaves(value, &format!("{at}/{key}"), out));
            }
            Value::Array(list) => {
                list.iter()
                    .enumerate()
                    .for_each(|(n, v)| leaves(v, &format!("{at}/{n}"), out));
            }
            _ => out.push(at.to_owned()),
        }
    }

    #[test]
    fn a_receipt_verifies_with_its_key_alone() {
        assert!(verifies(&issued(), &key()));
        assert!(!verifies(&issued(), &SigningKey::from_bytes(&[8; 32])));
    }

    #[test]
    fn every_altered_leaf_is_noticed() {
        let good = issued();
        let mut pointers = Vec::new();
        leaves(&good, "", &mut pointers);
        assert!(pointers.len() > 20, "{pointers:?}");
        for pointer in pointers {
            let mut bad = good.clone();
            let leaf = bad.pointer_mut(&pointer).expect("a leaf");
            *leaf = match leaf.take() {
                Value::Null => "x".into(),
                Value::Bool(was) => (!was).into(),
                Value::Number(was) => (was.as_u64().expect("an integer") + 1).into(),
                Value::String(was) if was.ends_with('A') => {
                    format!("{}B", &was[..was.len() - 1]).into()
                }
                Value::String(was) => format!("{}A", &was[..was.len() - 1]).into(),
                _ => unreachable!("leaves only"),
            };
            assert!(!verifies(&bad, &key()), "{pointer} altered unnoticed");
        }
    }

    #[test]
    fn added_removed_and_doubled_fields_are_noticed() {
        let mut removed = issued();
        removed["record"]
            .as_object_mut()
            .expect("an object")
            .remove("guardian");
        assert!(!verifies(&removed, &key()));
        let mut added = issued();
        added["note"] = "x".into();
        assert!(!verifies(&added, &key()));
        let doubled = issued().to_string().replacen('{', r#"{"salt":"x","#, 1);
        assert!(Receipt::verify(doubled.as_bytes(), &key().verifying_key()).is_err());
    }

    #[test]
    fn keys_come_back_and_others_do_not_pass() {
        let public = key().verifying_key();
        assert_eq!(public_key(&key_text(&public)).expect("a key"), public);
        assert!(public_key("").is_err());
        assert!(public_key(&key_text(&public)[1..]).is_err());
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Receipt::verify(&bytes, &key().verifying_key()).is_err());
        }
    }
}
