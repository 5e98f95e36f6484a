//! The built snippet, put into the pages of a server as they stream: the notice is there at the
//! first paint, and no template of the site has to change.
//!
//! The straight line: [`SnippetLayer`] wraps a service; a request's tags lose our suffix; a
//! response that is a page has its headers corrected, and its body goes byte by byte through a
//! scanner of tags until the head and the body have opened. After that, bytes pass as they are.
//!
//! [`Snippet::head`] comes right behind `<head>`, or where the parser opens it if nobody wrote it:
//! it is the first script of the page. Only the first one kilobyte behind that place is held back,
//! and only until the encoding is known and the first tag other than `<meta>` has come.
//! [`Snippet::body`] comes right behind `<body>`.
//!
//! Which responses: `text/html` with a status of success or error, not 204, 205, 206 or a
//! redirection, and no `Content-Disposition: attachment`. XHTML is left alone: an XML parser would
//! read our script's text as markup. What is compressed already passes as it is: put the layer
//! inside of the one that compresses. Only what a browser asks for to show it is a page whatever it
//! begins with: by its `Sec-Fetch-Dest`, or where it sends none (old browsers, pages without TLS) a
//! GET, HEAD or POST whose `Accept` names `text/html` and `application/xhtml+xml`, without an
//! `X-Requested-With: XMLHttpRequest`. All else may be a part of a page, or the very bytes that another server waits
//! for, and gets the snippet only if it begins like a document: with a DOCTYPE, `<html>` or
//! `<head>`. A page that has our script in front already is left alone, too. A page in a frame, which
//! `Sec-Fetch-Dest` tells, gets the head's part alone: the page around it asks.
//!
//! Encodings: the document's own, from `Content-Type`, byte order mark or `<meta>`. What it cannot
//! write is escaped, and so is all but ASCII where no encoding is told: the script then has another
//! hash than the one beside the built snippet. In UTF-16 and ISO-2022-JP nothing is put in. Where
//! the encoding stands in a `<meta>`, the snippet brings one of its own, because it pushes the
//! document's out of the kilobyte in which browsers look for it.
//!
//! Headers: `Content-Length`, digests, `Last-Modified` and `Accept-Ranges` go, for `HEAD` also. An
//! `ETag` gets a suffix drawn from the snippet, so that a new build is a new page, and
//! `If-None-Match` and `If-Match` lose it before the service sees them; a navigation is never told that a
//! page kept from before the layer was there, or from another build, still holds. `Range` and `If-Range` pass
//! unchanged: a part of a page (206) is a part of the one without the snippet, its tag says so, and
//! no page with the snippet invites anybody to ask for one. `Cache-Control: no-transform` is for
//! those between this server and the browser; this layer is a part of the server.
//!
//! With [`SnippetLayer::asking_once`], who has decided gets the head's part alone. The two editions
//! have suffixes of their own, so that a decision makes a new page; `Vary` names the cookie, and
//! `Cache-Control` becomes `private`.
//!
//! ```
//! use http::{Request, Response};
//! use http_body_util::{BodyExt, Full};
//! use std::convert::Infallible;
//! use std::sync::Arc;
//! use tower::{Layer, ServiceExt, service_fn};
//! use zhiqing_tower::snippet::{Snippet, SnippetLayer};
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let snippet = Snippet {
//!     // The content of the built zhiqing.inline.html, with its data-zq-base set.
//!     head: "<script data-zq-base='/zhiqing/'>/* … */</script>".into(),
//!     body: String::new(),
//! };
//! let app = service_fn(|_: Request<()>| async {
//!     let page = "<!doctype html><title>悠途</title><p>你好";
//!     let response = Response::builder().header("content-type", "text/html; charset=utf-8");
//!     Ok::<_, Infallible>(response.body(Full::<&[u8]>::from(page.as_bytes())).unwrap())
//! });
//! let app = SnippetLayer::new(Arc::new(snippet)).layer(app);
//!
//! let response = app.oneshot(Request::get("/").body(()).unwrap()).await.unwrap();
//! let page = response.into_body().collect().await.unwrap().to_bytes();
//! assert_eq!(
//!     std::str::from_utf8(&page).unwrap(),
//!     "<!doctype html><script data-zq-base='/zhiqing/'>/* … */</script><title>悠途</title><p>你好"
//! );
//! # });
//! ```

mod body;
mod charset;
mod edition;
mod headers;
mod layer;
mod place;
mod raw;
mod rewriter;
mod scan;
mod tag;

pub use body::SnippetBody;
pub use layer::{SnippetFuture, SnippetLayer, SnippetService};

use rewriter::Rewriter;
use std::sync::Arc;

/// What is put into each page, as trusted markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Comes first into `<head>`: the built `zhiqing.inline.html`, with its `data-zq-base` set.
    pub head: String,
    /// Comes first into `<body>`, for people without scripts: the built `zhiqing.noscript.html`.
    /// May be empty.
    pub body: String,
}

impl Snippet {
    /// A whole page in UTF-8 with the snippet put in, for servers that are not made of `tower`.
    ///
    /// ```
    /// use zhiqing_tower::snippet::Snippet;
    ///
    /// let snippet = Snippet { head: "<script>1</script>".into(), body: "<form></form>".into() };
    /// assert_eq!(
    ///     snippet.insert("<!-- <head> --><HEAD lang=zh><title>a</title></HEAD><body class=b>c"),
    ///     "<!-- <head> --><HEAD lang=zh><script>1</script><title>a</title></HEAD>\
    ///      <body class=b><form></form>c",
    /// );
    /// ```
    pub fn insert(&self, html: &str) -> String {
        let utf8 = Some(encoding_rs::UTF_8);
        let mut rewriter = Rewriter::new(Arc::new(self.clone()), utf8, true);
        let mut page = rewriter.push(html.as_bytes());
        page.extend(rewriter.finish());
        // Whole strings were put between whole characters.
        String::from_utf8(page).unwrap_or_else(|_| html.to_owned())
    }
}
