//! The answers that a server gave, and the records in them.

use super::call::Act;
use super::trace::Trace;
use serde::Deserialize;
use std::collections::HashMap;
use zhiqing_consent::RecordId;

/// The sixteen bytes of a record's id, as stores keep them.
pub(super) type Id = [u8; 16];

/// An answer that acknowledged records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// The place where the call began that wrote its first byte.
    pub(super) begin: usize,
    /// Of its records.
    pub(super) ids: Vec<Id>,
}

#[derive(Deserialize)]
struct Body {
    receipts: Vec<Receipt>,
}

#[derive(Deserialize)]
struct Receipt {
    record: Record,
}

#[derive(Deserialize)]
struct Record {
    id: RecordId,
}

/// The answers with receipts of one of the traced programs, in the order in which they began.
pub(super) fn answers(trace: &Trace, program: usize) -> Vec<Answer> {
    let mut open: HashMap<&str, (usize, Vec<u8>)> = HashMap::new();
    let mut answers = Vec::new();
    for call in trace.calls.iter().filter(|call| call.program == program) {
        let Act::Send { socket, data } = &call.act else {
            continue;
        };
        let (begin, bytes) = open.entry(socket).or_insert((call.begin, Vec::new()));
        bytes.extend_from_slice(data);
        // What is said to a database is no HTTP.
        if !bytes.starts_with(b"HTTP/1.1 ") {
            open.remove(socket.as_str());
            continue;
        }
        if let Some(ids) = whole(bytes) {
            if !ids.is_empty() {
                let begin = *begin;
                answers.push(Answer { begin, ids });
            }
            open.remove(socket.as_str());
        }
    }
    answers.sort_by_key(|answer| answer.begin);
    answers
}

/// The records that an answer acknowledges, for the first time or again: none, unless it has receipts. `None`
/// while it is not whole.
fn whole(bytes: &[u8]) -> Option<Vec<Id>> {
    let mut headers = [httparse::EMPTY_HEADER; 48];
    let mut head = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(begin) = head.parse(bytes).ok()? else {
        return None;
    };
    let length = { head.headers.iter() }
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))
        .and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok());
    let content = bytes.get(begin..begin + length.unwrap_or(0))?;
    let body: Option<Body> = match head.code {
        Some(200 | 201) => serde_json::from_slice(content).ok(),
        _ => None,
    };
    let receipts = body.map(|body| body.receipts).unwrap_or_default();
    let ids = receipts.iter().map(|receipt| id(&receipt.record.id));
    Some(ids.collect())
}

/// The bytes of an id.
pub(super) fn id(id: &RecordId) -> Id {
    let digits: String = id.as_str().chars().filter(|&char| char != '-').collect();
    // A UUID by its type.
    u128::from_str_radix(&digits, 16)
        .unwrap_or_default()
        .to_be_bytes()
}

/// The text of an id.
pub(super) fn text(id: &Id) -> String {
    let hex = format!("{:032x}", u128::from_be_bytes(*id));
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    parts.join("-")
}

/// Finds ids among bytes.
#[derive(Debug)]
pub(super) struct Finder {
    ids: std::collections::HashSet<Id>,
    /// What all of them begin with: the time in them changes little.
    prefix: Vec<u8>,
}

impl Finder {
    pub(super) fn of(answers: &[Answer]) -> Self {
        let ids: std::collections::HashSet<Id> = answers
            .iter()
            .flat_map(|answer| &answer.ids)
            .copied()
            .collect();
        let mut prefix = ids.iter().next().map(|id| id.to_vec()).unwrap_or_default();
        for id in &ids {
            let same = prefix.iter().zip(id).take_while(|(a, b)| a == b).count();
            prefix.truncate(same);
        }
        Self { ids, prefix }
    }

    /// All ids in the bytes, each as often as it is there.
    pub(super) fn find(&self, bytes: &[u8]) -> Vec<Id> {
        let mut found = Vec::new();
        let mut rest = bytes;
        while let Some(window) = rest.first_chunk::<16>() {
            if window.starts_with(&self.prefix) && self.ids.contains(window) {
                found.push(*window);
            }
            rest = &rest[1..];
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::trace::Call;
    use super::*;

    const ID: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

    fn sent(parts: &[(usize, &str, &str)]) -> Trace {
        let calls = parts.iter().map(|&(begin, socket, data)| Call {
            thread: 1,
            program: 0,
            begin,
            end: Some(begin + 1),
            act: Act::Send {
                socket: socket.into(),
                data: data.into(),
            },
        });
        Trace {
            calls: calls.collect(),
            ..Trace::default()
        }
    }

    #[test]
    fn an_answer_begins_with_its_first_byte() {
        let body = format!(r#"{{"receipts":[{{"record":{{"id":"{ID}","site":"a"}},"salt":""}}]}}"#);
        let head = format!(
            "HTTP/1.1 201 Created\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let trace = sent(&[
            (1, "socket:[1]", &head),
            (3, "socket:[2]", "Q\0\0\0"),
            (5, "socket:[3]", "HTTP/1.1 204 No Content\r\n\r\n"),
            (7, "socket:[1]", &body[..20]),
            (9, "socket:[1]", &body[20..]),
            (11, "socket:[1]", &format!("{head}{body}")),
        ]);
        let answers = answers(&trace, 0);
        let begins: Vec<usize> = answers.iter().map(|answer| answer.begin).collect();
        assert_eq!(begins, [1, 11]);
        let told: Vec<String> = answers.iter().flat_map(|it| &it.ids).map(text).collect();
        assert_eq!(told, [ID, ID]);

        let finder = Finder::of(&answers);
        let mut page = vec![1; 100];
        page.extend(answers[0].ids[0]);
        page.extend([2; 100]);
        assert_eq!(finder.find(&page), [answers[0].ids[0]]);
        assert!(finder.find(&page[..115]).is_empty());
    }

    #[test]
    fn what_acknowledges_nothing_is_no_answer() {
        let body = format!(r#"{{"receipts":[{{"record":{{"id":"{ID}"}}}}]}}"#);
        for status in ["409 Conflict", "503 Service Unavailable"] {
            let length = body.len();
            let text = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}");
            assert_eq!(answers(&sent(&[(1, "socket:[1]", &text)]), 0), []);
        }
    }
}
