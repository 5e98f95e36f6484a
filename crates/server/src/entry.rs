//! A record on its way into the ledger: received, salted and signed.

use base64ct::{Base64UrlUnpadded, Encoding};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use zhiqing_consent::{Receipt, Record, digest};

/// A signed receipt and what the store keeps of it in columns of their own.
#[derive(Clone)]
pub(crate) struct Entry {
    /// What the client gets.
    pub(crate) receipt: Receipt,
    /// The record's id.
    pub(crate) id: [u8; 16],
    /// The subject.
    pub(crate) subject: [u8; 32],
    /// SHA-256 of the notice that was shown.
    pub(crate) notice: [u8; 32],
    /// RFC 8785 canonical JSON of the record.
    pub(crate) canonical: Vec<u8>,
    /// Milliseconds since 1970 by the server's clock.
    pub(crate) received_at: i64,
    /// The salt of the commitment.
    pub(crate) salt: [u8; 16],
    /// Ed25519 over the leaf.
    pub(crate) signature: [u8; 64],
}

/// Why no receipt could be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unissued {
    #[error("no random bytes: {0}")]
    Random(#[from] getrandom::Error),
    #[error("{0}")]
    NotCanonical(#[from] digest::NotCanonical),
    /// Cannot happen to a record that was checked.
    #[error("{0} is not well formed")]
    Field(&'static str),
}

impl Entry {
    /// Signs a record that was [checked](Record::check) and whose subject was proven, as received at `now`.
    pub(crate) fn issue(
        record: Record,
        key: &SigningKey,
        now: Timestamp,
    ) -> Result<Self, Unissued> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)?;
        let received_at = now.as_millisecond();
        let moment = moment(received_at).ok_or(Unissued::Field("received_at"))?;

        let id = uuid(record.id.as_str()).ok_or(Unissued::Field("id"))?;
        let subject = base64(&record.subject).ok_or(Unissued::Field("subject"))?;
        let notice = sha256(&record.notice.digest).ok_or(Unissued::Field("notice.digest"))?;
        let canonical = record.canonical()?;

        let receipt = Receipt::issue_canonical(record, &canonical, salt, moment, key)?;
        let signature = base64(&receipt.signature).ok_or(Unissued::Field("signature"))?;
        Ok(Self {
            receipt,
            id,
            subject,
            notice,
            canonical,
            received_at,
            salt,
            signature,
        })
    }

    /// What is kept of a receipt that was issued elsewhere. Whether its signature is good only its key tells.
    pub(crate) fn of_issued(receipt: Receipt) -> Result<Self, Unissued> {
        let record = &receipt.record;
        let field = Unissued::Field;
        Ok(Self {
            id: uuid(record.id.as_str()).ok_or(field("id"))?,
            subject: base64(&record.subject).ok_or(field("subject"))?,
            notice: sha256(&record.notice.digest).ok_or(field("notice.digest"))?,
            canonical: record.canonical()?,
            received_at: unix_ms(&receipt.received_at).ok_or(field("received_at"))?,
            salt: base64(&receipt.salt).ok_or(field("salt"))?,
            signature: base64(&receipt.signature).ok_or(field("signature"))?,
            receipt,
        })
    }

    /// The id of the site whose record it is.
    pub(crate) fn site(&self) -> &str {
        &self.receipt.record.site
    }
}

/// RFC 3339 in UTC with exactly three digits of fraction; `None` beyond the year 9999.
pub(crate) fn moment(unix_ms: i64) -> Option<String> {
    let timestamp = Timestamp::from_millisecond(unix_ms).ok()?;
    Some(format!("{timestamp:.3}"))
}

/// Milliseconds since 1970 of a text that [`moment`] wrote.
pub(crate) fn unix_ms(text: &str) -> Option<i64> {
    let unix_ms = text.parse::<Timestamp>().ok()?.as_millisecond();
    (moment(unix_ms)? == text).then_some(unix_ms)
}

/// The bytes of a UUID's text.
fn uuid(text: &str) -> Option<[u8; 16]> {
    hex(&text.replace('-', ""))
}

/// The bytes of a `sha256:…` digest.
pub(crate) fn sha256(text: &str) -> Option<[u8; 32]> {
    hex(text.strip_prefix("sha256:")?)
}

/// The bytes of unpadded base64url.
pub(crate) fn base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    Base64UrlUnpadded::decode_vec(text).ok()?.try_into().ok()
}

fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_three_digits_and_utc() {
        assert_eq!(moment(0).as_deref(), Some("1970-01-01T00:00:00.000Z"));
        assert_eq!(
            moment(1_763_690_000_120).as_deref(),
            Some("2025-11-21T01:53:20.120Z")
        );
        assert_eq!(moment(i64::MAX), None);
        assert_eq!(unix_ms("2025-11-21T01:53:20.120Z"), Some(1_763_690_000_120));
        // The same moment, written as we do not.
        assert_eq!(unix_ms("2025-11-21T01:53:20.12Z"), None);
        assert_eq!(unix_ms("2025-11-21T09:53:20.120+08:00"), None);
    }

    #[test]
    fn texts_become_their_bytes() {
        let id = uuid("01920000-0001-7fff-bfff-ffffffffff0a").expect("a UUID");
        assert_eq!((id[0], id[1], id[15]), (0x01, 0x92, 0x0a));
        assert_eq!(uuid("01920000"), None);
        let digest = sha256(&digest::of_bytes(b"")).expect("a digest");
        assert_eq!((digest[0], digest[1]), (0xe3, 0xb0));
        assert_eq!(base64::<1>("_w"), Some([0xff]));
        assert_eq!(base64::<2>("_w"), None);
    }
}
