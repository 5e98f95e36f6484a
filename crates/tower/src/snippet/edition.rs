//! The two editions of a snippet: the one that asks, and the silent one for who has decided and for frames.

use super::Snippet;
use super::headers::SEC_FETCH_DEST;
use super::tag::SnippetTag;
use crate::enforcement;
use http::HeaderMap;
use std::sync::Arc;
use zhiqing_consent::Notice;
use zhiqing_consent::rules::{Asker, may_ask};

/// A snippet and the tag of the pages that hold it.
#[derive(Clone, Debug)]
struct Edition {
    snippet: Arc<Snippet>,
    tag: SnippetTag,
}

impl Edition {
    fn of(snippet: Arc<Snippet>) -> Self {
        let tag = SnippetTag::of(&snippet);
        Self { snippet, tag }
    }
}

/// What a request's page is given.
#[derive(Debug)]
pub(super) struct Chosen<'a> {
    pub(super) snippet: &'a Arc<Snippet>,
    pub(super) tag: &'a SnippetTag,
    /// Of the edition that it is not given; `None` where there is one for all.
    pub(super) other: Option<&'a SnippetTag>,
    /// Whether another decision may have chosen the other one.
    pub(super) is_personal: bool,
}

/// What pages are given, by what they are asked for and by the decision that the request's cookie holds.
#[derive(Clone, Debug)]
pub(super) struct Editions {
    asking: Edition,
    /// Without the body's part, which asks. None where there is no such part.
    silent: Option<Edition>,
    /// On which it is told who has decided (rule 4: who has answered is not asked again).
    notice: Option<Arc<Notice>>,
}

impl Editions {
    /// One for all but frames.
    pub(super) fn same(snippet: Arc<Snippet>) -> Self {
        let silent = (!snippet.body.is_empty()).then(|| {
            Edition::of(Arc::new(Snippet {
                head: snippet.head.clone(),
                body: String::new(),
            }))
        });
        Self {
            asking: Edition::of(snippet),
            silent,
            notice: None,
        }
    }

    /// Another for who has decided under this notice.
    pub(super) fn asking_once(self, notice: Arc<Notice>) -> Self {
        Self {
            notice: Some(notice),
            ..self
        }
    }

    /// The edition for a request with these headers.
    pub(super) fn choose(&self, headers: &HeaderMap) -> Chosen<'_> {
        let Some(silent) = &self.silent else {
            return Chosen {
                snippet: &self.asking.snippet,
                tag: &self.asking.tag,
                other: None,
                is_personal: false,
            };
        };
        let notice = self.notice.as_deref();
        let asks = !is_framed(headers) && notice.is_none_or(|notice| is_asked(notice, headers));
        let (chosen, other) = match asks {
            true => (&self.asking, silent),
            false => (silent, &self.asking),
        };
        Chosen {
            snippet: &chosen.snippet,
            tag: &chosen.tag,
            other: Some(&other.tag),
            is_personal: notice.is_some(),
        }
    }
}

/// Whether the page is shown inside of another. The page around it asks; an answer from inside would
/// lead to the form's page, which cannot be framed.
fn is_framed(headers: &HeaderMap) -> bool {
    headers.get(SEC_FETCH_DEST).is_some_and(|destination| {
        matches!(
            destination.as_bytes(),
            b"iframe" | b"frame" | b"fencedframe" | b"embed" | b"object"
        )
    })
}

/// Whether a page may ask who sends this.
fn is_asked(notice: &Notice, headers: &HeaderMap) -> bool {
    let decision = enforcement::decision(notice, headers);
    may_ask(notice, decision.as_ref(), Asker::Page, enforcement::now())
}
