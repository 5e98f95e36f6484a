//! The body of `POST /v1/consents`: one record or a list of them.

use crate::content::{self, Unread};
use crate::problem::ApiError;
use crate::strict::Strict;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};
use zhiqing_consent::{Fault, Record};

/// The most bytes that are read: a hundred long records fit.
pub(crate) const MOST_BYTES: usize = 256 * 1024;

/// The most records in one list.
pub(crate) const MOST_RECORDS: usize = 100;

/// What a fault of the body as a whole is said to be in.
const WHOLE: &str = "body";

/// Records in the order in which they were sent; at least one.
pub(crate) struct Submission {
    /// The records.
    pub(crate) records: Vec<Record>,
    is_list: bool,
}

impl Submission {
    /// Reads a body. What it says is not checked yet, only its shape.
    pub(crate) fn read(body: &[u8]) -> Result<Self, ApiError> {
        let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
        let is_list = first == Some(&b'[');
        let records: Vec<Record> = match is_list {
            true => typed(body)?,
            false => vec![typed(body)?],
        };
        if !(1..=MOST_RECORDS).contains(&records.len()) {
            let message = format!("must be a record or a list of 1 to {MOST_RECORDS} records");
            return Err(ApiError::malformed(WHOLE, &message));
        }
        Ok(Self { records, is_list })
    }

    /// The path of a field of the record at `at`, as `[3].choices[0].state`.
    pub(crate) fn field(&self, at: usize, field: &str) -> String {
        match self.is_list {
            true => format!("[{at}].{field}"),
            false => field.to_owned(),
        }
    }

    /// What is wrong with the record at `at`.
    pub(crate) fn malformed(&self, at: usize, fault: &Fault) -> ApiError {
        ApiError::malformed(self.field(at, &fault.field), &fault.message)
    }
}

fn typed<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    // To keep track of the path costs as much as reading: only where there is something to tell.
    let mut json = serde_json::Deserializer::from_slice(body);
    if let Ok(value) = T::deserialize(Strict(&mut json))
        && json.end().is_ok()
    {
        return Ok(value);
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(Strict(&mut json)).map_err(|error| {
        let message = error.inner().to_string();
        match error.inner().classify() {
            Category::Data => ApiError::malformed(path(error.path(), &message), &message),
            _ => ApiError::malformed(WHOLE, &format!("is not JSON: {message}")),
        }
    })?;
    match json.end() {
        Ok(()) => Ok(value),
        Err(error) => Err(ApiError::malformed(WHOLE, &format!("is not JSON: {error}"))),
    }
}

/// Where the error is, as `[3].choices[0].state`. serde says only in its message which field is
/// missing or there twice, and which key is none of those that a map may have: its path ends in `?` there.
fn path(path: &Path, message: &str) -> String {
    let named = |prefix: &str| message.strip_prefix(prefix)?.split('`').next();
    let told = named("missing field `").or_else(|| named("duplicate field `"));
    let last = told.or_else(|| {
        let is_key = matches!(path.iter().next_back(), Some(Segment::Unknown));
        // A value of such a map has the same path, and another list of what is expected.
        let is_one_of_many = message.contains("expected one of");
        named("unknown variant `").filter(|_| is_key && is_one_of_many)
    });
    let text = path.to_string();
    let parent = text.trim_end_matches('?').trim_end_matches('.');
    match (parent, last) {
        ("", None) => WHOLE.to_owned(),
        ("", Some(last)) => last.to_owned(),
        (parent, None) => parent.to_owned(),
        (parent, Some(last)) => format!("{parent}.{last}"),
    }
}

/// The bytes of a body, or 400, 408 or 413.
pub(crate) struct Payload(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Payload {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let read = content::read(request.into_body(), MOST_BYTES).await;
        read.map(Self).map_err(|unread| match unread {
            Unread::TooLarge => ApiError::too_large(MOST_BYTES),
            Unread::Broken => ApiError::unreadable(),
            Unread::Slow(seconds) => ApiError::request_timeout(seconds),
        })
    }
}
