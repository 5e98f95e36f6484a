//! What must be known of a site to make its records and to judge its receipts.

use crate::book::Batch;
use crate::connection::{Connection, Target};
use crate::population::Population;
use crate::template::{Fill, Templates};
use crate::{Error, request};
use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use serde::Deserialize;
use zhiqing_consent::{Notice, Record, RecordId, receipt};

/// A site and the people who visit it.
#[derive(Clone, Debug)]
pub struct Site {
    /// The site's id.
    pub id: String,
    /// What its receipts are verified with.
    pub key: VerifyingKey,
    /// Who sends.
    pub people: Population,
    templates: Templates,
}

/// What `GET /v1/sites/{site}/key` gives.
#[derive(Deserialize)]
struct Key {
    key: String,
}

impl Site {
    /// A site of this notice and key.
    ///
    /// # Errors
    /// A notice that asks about nothing.
    pub fn new(notice: &Notice, key: VerifyingKey, people: Population) -> Result<Self, Error> {
        Ok(Self {
            id: notice.site.clone(),
            key,
            people,
            templates: Templates::of(notice)?,
        })
    }

    /// Asks a server for the site's notice and key.
    ///
    /// # Errors
    /// A server that does not answer, or has no such site.
    pub async fn ask(target: &Target, id: &str, people: Population) -> Result<Self, Error> {
        let notice = fetch(target, &format!("/v1/sites/{id}/notice")).await?;
        let notice = serde_json::from_slice(&notice).map_err(Error::json("the notice"))?;
        let key = fetch(target, &format!("/v1/sites/{id}/key")).await?;
        let key: Key = serde_json::from_slice(&key).map_err(Error::json("the key"))?;
        Self::new(&notice, receipt::public_key(&key.key)?, people)
    }

    /// Writes the body of a request: one record, or a list of them.
    pub fn write(&self, batch: &Batch, out: &mut Vec<u8>) {
        out.clear();
        let is_list = batch.count > 1;
        if is_list {
            out.push(b'[');
        }
        let subject = self.people.secret(batch.person).subject(&self.id);
        let moment = moment(batch.sent_ms);
        let mut previous = (batch.first > 1).then(|| {
            let before = u64::from(batch.first) - 1;
            self.people.id(batch.person, before, batch.previous_ms)
        });
        for sequence in batch.sequences() {
            if sequence > u64::from(batch.first) {
                out.push(b',');
            }
            let id = self.people.id(batch.person, sequence, batch.sent_ms);
            let kinds = self.templates.kinds(previous.is_none());
            let fill = Fill {
                id: id.as_str(),
                subject: &subject,
                sequence,
                previous: previous.as_ref().map(RecordId::as_str),
                moment: &moment,
            };
            let kind = self.people.kind(batch.person, sequence, kinds);
            self.templates.write(kind, &fill, out);
            previous = Some(id);
        }
        if is_list {
            out.push(b']');
        }
    }

    /// The records of a batch, as they were sent.
    ///
    /// # Errors
    /// None: what was written is read again.
    pub fn records(&self, batch: &Batch) -> Result<Vec<Record>, Error> {
        let mut json = Vec::new();
        self.write(batch, &mut json);
        if batch.count == 1 {
            json.insert(0, b'[');
            json.push(b']');
        }
        serde_json::from_slice(&json).map_err(Error::json("records"))
    }
}

/// The content of a path that must be there.
pub(crate) async fn fetch(target: &Target, path: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    request::get(&mut bytes, &target.host, path, None);
    let mut connection = Connection::new(target);
    let answer = connection
        .ask(&bytes)
        .await
        .map_err(|source| Error::Server {
            address: target.host.clone(),
            source,
        })?;
    let content = connection.content(&answer);
    match answer.status {
        200 => Ok(content.to_vec()),
        status => Err(Error::Answer {
            path: path.to_owned(),
            status,
            said: said(content),
        }),
    }
}

/// The beginning of what a server said, for a message.
pub(crate) fn said(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    text.chars().take(300).collect()
}

/// RFC 3339 in UTC with three digits of fraction, as a page writes it.
fn moment(unix_ms: u64) -> String {
    let ms = i64::try_from(unix_ms).unwrap_or_default();
    let timestamp = Timestamp::from_millisecond(ms).unwrap_or_default();
    format!("{timestamp:.3}")
}
