//! The two editions of a snippet: for who is still asked, and for who has decided.

use super::Snippet;
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
    /// Of the edition that another decision would have chosen; `None` where there is one for all.
    pub(super) other: Option<&'a SnippetTag>,
}

/// What pages are given, by the decision that the request's cookie holds.
#[derive(Clone, Debug)]
pub(super) struct Editions {
    asking: Edition,
    /// Without the body's part: it asks (rule 4: who has answered is not asked again).
    decided: Option<(Arc<Notice>, Edition)>,
}

impl Editions {
    /// One for all.
    pub(super) fn same(snippet: Arc<Snippet>) -> Self {
        Self {
            asking: Edition::of(snippet),
            decided: None,
        }
    }

    /// Another for who has decided under this notice.
    pub(super) fn asking_once(self, notice: Arc<Notice>) -> Self {
        let asking = self.asking;
        let decided = (!asking.snippet.body.is_empty()).then(|| {
            let silent = Snippet {
                head: asking.snippet.head.clone(),
                body: String::new(),
            };
            (notice, Edition::of(Arc::new(silent)))
        });
        Self { asking, decided }
    }

    /// The edition for a request with these headers.
    pub(super) fn choose(&self, headers: &HeaderMap) -> Chosen<'_> {
        let (chosen, other) = match &self.decided {
            Some((notice, decided)) if !is_asked(notice, headers) => {
                (decided, Some(&self.asking.tag))
            }
            Some((_, decided)) => (&self.asking, Some(&decided.tag)),
            None => (&self.asking, None),
        };
        Chosen {
            snippet: &chosen.snippet,
            tag: &chosen.tag,
            other,
        }
    }
}

/// Whether a page may ask who sends this.
fn is_asked(notice: &Notice, headers: &HeaderMap) -> bool {
    let decision = enforcement::decision(notice, headers);
    may_ask(notice, decision.as_ref(), Asker::Page, enforcement::now())
}
