//! An attack, and what must come of it.

use crate::house::House;
use crate::wire::{self, Answer, Request};
use serde_json::Value;

/// A submission made wrong in one way.
pub(crate) struct Attack {
    bytes: Vec<u8>,
    /// Nothing follows, though more was promised.
    cut: bool,
    expected: Expected,
}

/// What must come of it.
enum Expected {
    /// One answer with one of these statuses.
    Refused(&'static [u16]),
    /// One of these, or the connection is closed without a word.
    Dropped(&'static [u16]),
    /// 200 and this body: nothing is new.
    Replayed(Vec<u8>),
}

impl Attack {
    /// A request that is answered with one of these statuses.
    pub(crate) fn refused(request: &Request, statuses: &'static [u16]) -> Self {
        Self::raw(request.bytes(), statuses)
    }

    /// Bytes that are answered once, with one of these statuses, before the connection is closed.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>, statuses: &'static [u16]) -> Self {
        Self {
            bytes: bytes.into(),
            cut: false,
            expected: Expected::Refused(statuses),
        }
    }

    /// Bytes behind which the connection ends.
    pub(crate) fn cut(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            cut: true,
            expected: Expected::Dropped(&[400, 408]),
        }
    }

    /// Bytes that may not be worth an answer.
    pub(crate) fn dropped(bytes: impl Into<Vec<u8>>, statuses: &'static [u16]) -> Self {
        Self {
            bytes: bytes.into(),
            cut: true,
            expected: Expected::Dropped(statuses),
        }
    }

    /// What was kept before, sent again.
    pub(crate) fn replayed(request: &Request, answer: &[u8]) -> Self {
        Self {
            bytes: request.bytes(),
            cut: false,
            expected: Expected::Replayed(answer.to_vec()),
        }
    }

    /// Does it.
    ///
    /// # Errors
    /// What came of it that must not.
    pub(crate) async fn run(&self, house: &House) -> Result<(), String> {
        let answers = wire::exchange(house.address, &self.bytes, self.cut).await;
        self.judge(&answers).map_err(|why| {
            let shown = &self.bytes[..self.bytes.len().min(2000)];
            format!(
                "{why}\n  sent: {}\n  got: {answers:?}",
                shown.escape_ascii()
            )
        })
    }

    fn judge(&self, answers: &[Answer]) -> Result<(), String> {
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        match (&self.expected, answers) {
            (Expected::Replayed(before), [answer]) => match &answer.body == before {
                true if answer.status == 200 => Ok(()),
                _ => Err("a replay that is not the receipt from before".into()),
            },
            (Expected::Dropped(_), []) => Ok(()),
            (Expected::Refused(expected) | Expected::Dropped(expected), [answer]) => {
                match expected.contains(&answer.status) {
                    true => explained(answer),
                    false => Err(format!("{} is none of {expected:?}", answer.status)),
                }
            }
            _ => Err(format!("one answer, not {statuses:?}")),
        }
    }
}

/// A refusal tells why: as a problem document, as a page where the form was asked for, or with its
/// status alone where hyper could make no request of it.
fn explained(answer: &Answer) -> Result<(), String> {
    let body = String::from_utf8_lossy(&answer.body);
    for inside in ["panicked", "sqlite", "rusqlite", "src/"] {
        if body.contains(inside) {
            return Err(format!("the answer tells of {inside}"));
        }
    }
    match answer.header("content-type") {
        "application/problem+json" => {
            let document: Value = serde_json::from_str(&body).map_err(|error| error.to_string())?;
            let names = ["type", "title", "detail", "field"];
            let told = if answer.status == 422 { 4 } else { 3 };
            for name in &names[..told] {
                if document[name].as_str().unwrap_or_default().is_empty() {
                    return Err(format!("the problem has no {name}"));
                }
            }
            match document["status"] == answer.status {
                true => Ok(()),
                false => Err("the problem has another status".into()),
            }
        }
        "text/html; charset=utf-8" => Ok(()),
        "" if body.is_empty() => Ok(()),
        other => Err(format!("a refusal as {other:?}")),
    }
}
