//! `application/x-www-form-urlencoded` and queries, read strictly.

use crate::content::{self, Unread};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use std::borrow::Cow;

/// The most bytes that are read: every purpose and technology of a long notice fits many times.
const MOST_BYTES: usize = 16 * 1024;

/// The fields of a form or a query, in the order in which they stand.
pub(crate) struct Fields(Vec<(String, String)>);

/// What is wrong with a form: the status of the answer, and the field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) status: StatusCode,
    pub(crate) field: Cow<'static, str>,
}

impl Wrong {
    /// 422: this field is not as it must be.
    pub(crate) fn field(field: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            field: field.into(),
        }
    }
}

impl Fields {
    /// The fields of a query; without one there are none.
    pub(crate) fn of_query(query: Option<&str>) -> Self {
        Self::parse(query.unwrap_or_default().as_bytes())
    }

    /// The fields of a body: 415 for another content type, 413 where it is too large, 422 or 408 where it
    /// breaks off or does not come.
    pub(crate) async fn of_body(headers: &HeaderMap, body: Body) -> Result<Self, Wrong> {
        let wrong = |status, field| Wrong {
            status,
            field: Cow::Borrowed(field),
        };
        let content_type = headers.get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let media = content_type.and_then(|value| value.split(';').next());
        if !media.is_some_and(|media| {
            media
                .trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        }) {
            return Err(wrong(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content-type"));
        }
        let status = |unread| match unread {
            Unread::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Unread::Broken => StatusCode::UNPROCESSABLE_ENTITY,
            Unread::Slow(_) => StatusCode::REQUEST_TIMEOUT,
        };
        let read = content::read(body, MOST_BYTES).await;
        let bytes = read.map_err(|unread| wrong(status(unread), "body"))?;
        Ok(Self::parse(&bytes))
    }

    fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The value of a field that may stand once.
    pub(crate) fn one(&self, name: &'static str) -> Result<Option<&str>, Wrong> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            _ => Err(Wrong::field(name)),
        }
    }

    /// The value of a field that must stand once.
    pub(crate) fn the(&self, name: &'static str) -> Result<&str, Wrong> {
        self.one(name)?.ok_or_else(|| Wrong::field(name))
    }

    /// The first value of a field; for what does no harm if it is wrong.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The values of a field that may stand many times.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(other, _)| other == name);
        named.map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_once_does_not_stand_twice() {
        let fields = Fields::of_query(Some("a=1&b=2&b=3&c&%E8%B7%AF=x+y%2B"));
        assert_eq!(fields.one("a"), Ok(Some("1")));
        assert_eq!(fields.one("b"), Err(Wrong::field("b")));
        assert_eq!(fields.one("c"), Ok(Some("")));
        assert_eq!(fields.one("d"), Ok(None));
        assert_eq!(fields.the("d"), Err(Wrong::field("d")));
        assert_eq!(fields.first("b"), Some("2"));
        assert_eq!(fields.all("b").collect::<Vec<_>>(), ["2", "3"]);
        assert_eq!(fields.first("路"), Some("x y+"));
    }
}
