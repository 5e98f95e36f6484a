//! Pages in pieces.

use crate::{BODY, Chunks, HEAD, ask, chunks, navigation, page, read, snippet};
use http::{HeaderMap, Response};
use http_body::Body;
use http_body_util::BodyExt;
use proptest::prelude::*;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Pieces of documents, whole and broken.
const PIECES: [&str; 40] = [
    "<!doctype html>",
    "<html>",
    "<HEAD>",
    "</head>",
    "<body class='a>b'>",
    "</body>",
    "<p>",
    "</p>",
    "<title>",
    "</title>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<template>",
    "</template>",
    "<noscript>",
    "</noscript>",
    "<meta charset=utf-8>",
    "<meta charset=gbk>",
    "<link rel=a>",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<!",
    "<?",
    "</",
    "<",
    ">",
    "\"",
    "'",
    "=",
    "/",
    " ",
    "\n",
    "知情",
    "a",
    "-",
    "<script src=zhiqing.js>",
];

fn document() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => proptest::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..4),
        1 => (0_usize..1500).prop_map(|length| vec![b'x'; length]),
    ];
    proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

fn cut(document: &[u8], cuts: &[prop::sample::Index]) -> Vec<Vec<u8>> {
    let mut ends: Vec<usize> = cuts.iter().map(|at| at.index(document.len() + 1)).collect();
    ends.push(document.len());
    ends.sort_unstable();
    let mut from = 0;
    let mut parts = Vec::new();
    for end in ends {
        parts.push(document[from..end].to_vec());
        from = end;
    }
    parts
}

proptest! {
    #[test]
    fn how_a_page_is_cut_makes_no_difference(
        document in document(),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
        is_declared in any::<bool>(),
    ) {
        let content_type = if is_declared { "text/html;charset=utf-8" } else { "text/html" };
        let whole = page(content_type, &[&document]);
        let parts = cut(&document, &cuts);
        prop_assert_eq!(page(content_type, &parts).escape_ascii().to_string(),
            whole.escape_ascii().to_string());
        let bytes: Vec<_> = document.iter().map(|byte| [*byte]).collect();
        prop_assert_eq!(&page(content_type, &bytes), &whole);
    }

    #[test]
    fn nothing_of_a_page_is_lost_or_moved(document in document()) {
        let found = page("text/html;charset=utf-8", &[&document]);
        let head = position(&found, HEAD.as_bytes());
        let mut rest = found.clone();
        if let Some(at) = head {
            rest.drain(at..at + HEAD.len());
            if let Some(at) = position(&rest, BODY.as_bytes()) {
                rest.drain(at..at + BODY.len());
            }
        }
        prop_assert_eq!(rest, document);
    }

    #[test]
    fn no_script_runs_before_ours(document in document()) {
        let found = page("text/html;charset=utf-8", &[&document]);
        let mut emitter = html5gum::DefaultEmitter::<()>::default();
        emitter.naively_switch_states(true);
        let mut tags = html5gum::Tokenizer::new_with_emitter(found.as_slice(), emitter)
            .filter_map(|token| match token {
                Ok(html5gum::Token::StartTag(tag)) if *tag.name == b"script"[..] => Some(tag),
                _ => None,
            });
        if let Some(first) = tags.next() {
            let ours = first.attributes.contains_key(&b"data-zq-base"[..])
                || first.attributes.get(&b"src"[..]).is_some_and(|src| ***src == b"zhiqing.js"[..]);
            prop_assert!(ours, "{}", found.escape_ascii());
        }
    }
}

fn position(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn body(parts: &[&str]) -> zhiqing_tower::snippet::SnippetBody<Chunks> {
    answer(chunks(parts)).into_body()
}

fn answer(body: Chunks) -> Response<zhiqing_tower::snippet::SnippetBody<Chunks>> {
    let request = navigation();
    let response = Response::builder().header("content-type", "text/html; charset=utf-8");
    ask(request, response.body(body).expect("a response")).1
}

#[test]
fn a_page_goes_on_as_soon_as_its_place_is_known() {
    let mut body = pin!(body(&[
        "<!doctype html>",
        "<head>",
        "<title>",
        "a</title><p>b",
        "c"
    ]));
    let mut next = || {
        let polled = body
            .as_mut()
            .poll_frame(&mut Context::from_waker(Waker::noop()));
        let Poll::Ready(frame) = polled else {
            panic!("it waits for nothing");
        };
        let data = frame?.expect("no error").into_data().expect("data");
        Some(String::from_utf8(data.to_vec()).expect("text"))
    };
    assert_eq!(next().as_deref(), Some("<!doctype html>"));
    assert_eq!(next().as_deref(), Some("<head>"));
    assert_eq!(next(), Some(format!("{HEAD}<title>")));
    assert_eq!(next(), Some(format!("a</title>{BODY}<p>b")));
    assert_eq!(next().as_deref(), Some("c"));
    assert_eq!(next(), None);
}

#[test]
fn the_size_is_told_as_far_as_it_is_known() {
    let mut body = pin!(body(&["<head><tit", "le>a</title><p>b", "cd"]));
    let mut remaining = Vec::new();
    let mut hints = Vec::new();
    loop {
        hints.push(body.size_hint());
        let polled = body
            .as_mut()
            .poll_frame(&mut Context::from_waker(Waker::noop()));
        let Poll::Ready(Some(Ok(frame))) = polled else {
            break;
        };
        remaining.push(frame.into_data().expect("data").len() as u64);
    }
    assert_eq!(remaining.len(), 3);
    for (at, hint) in hints.iter().enumerate() {
        let left: u64 = remaining[at..].iter().sum();
        assert!(hint.lower() <= left, "{hint:?} {left}");
        assert!(
            hint.upper().is_some_and(|upper| upper >= left),
            "{hint:?} {left}"
        );
    }
    assert!(hints[0].exact().is_none());
    assert_eq!(hints[2].exact(), Some(2), "nothing more is put in");
}

#[test]
fn the_size_is_not_told_too_small_where_all_is_escaped() {
    let cyrillic = zhiqing_tower::snippet::Snippet {
        head: String::new(),
        body: "\u{400}".repeat(1000),
    };
    let response = Response::builder().header("content-type", "text/html");
    let response = response.body(chunks(&["<body>"])).expect("a response");
    let (_, response) = crate::ask_with(cyrillic, navigation(), response);
    let upper = response.body().size_hint().upper().expect("a size");
    assert!(read(response).len() as u64 <= upper, "{upper}");
}

#[test]
fn trailers_come_last_and_errors_pass() {
    let mut trailers = HeaderMap::new();
    trailers.insert("server-timing", "a".parse().expect("a value"));
    let mut page = chunks(&["<html><p"]);
    page.trailers = Some(trailers.clone());
    let collected = crate::block_on(answer(page).into_body().collect()).expect("a body");
    assert_eq!(collected.trailers(), Some(&trailers));
    let text = collected.to_bytes();
    assert_eq!(text, format!("<html>{HEAD}{BODY}<p"));

    let mut page = chunks(&["<html><p"]);
    page.fails = true;
    let failed = crate::block_on(answer(page).into_body().collect());
    assert_eq!(failed.err(), Some("broken"));
}

#[test]
fn a_snippet_without_a_body_lets_the_rest_go_behind_the_head() {
    let request = navigation();
    let response = Response::builder().header("content-type", "text/html; charset=utf-8");
    let response = response
        .body(chunks(&["<head><p><bo", "dy>"]))
        .expect("a response");
    let mut bare = snippet();
    bare.body.clear();
    let (_, response) = crate::ask_with(bare, request, response);
    assert_eq!(read(response), format!("<head>{HEAD}<p><body>").as_bytes());
}
