//! The path without script: a decision that a plain HTML form sends.
//!
//! The straight line of `POST /v1/form`: [`fields`] reads the form; [`sender`] says whether a page of
//! the site sent it; the notice is found that was shown; [`identity`] reads the secret and the
//! decision that the request brings; [`standing`] is as much of it as the ledger proves; [`answer`] says
//! what the person did, by the rules of asking that the page's module keeps, too; [`record`] writes the record that the module would have written; it is kept like any other, and only then the
//! cookies are set and [`way`] says where the person goes. [`reply`] are the pages.
//!
//! What a record from here has that is not what a script would say:
//! - `notice.shown_ms` is the time from the rendering of the page to its answer where the form says when
//!   it was rendered and that was at most a day ago, and 0 where it does not (the static snippet).
//!   Nobody can tell without a script for how long it was in view.
//! - `environment` is told by the `User-Agent` alone.
//! - The subject is another than that of the scripted page: its secret lies in local storage, where no
//!   server reads it, and this one in a cookie that no script reads. So no separate consent that was given
//!   there goes on here: it is asked again.

pub(crate) mod answer;
pub(crate) mod fields;
pub(crate) mod identity;
pub(crate) mod record;
pub(crate) mod reply;
pub(crate) mod sender;
pub(crate) mod standing;
pub(crate) mod way;
