//! Where the snippet comes in.

use crate::{BODY, HEAD, page, snippet};

/// A document in which `[h]` and `[b]` stand where the parts must come.
#[track_caller]
fn case(marked: &str) {
    let document = marked.replace("[h]", "").replace("[b]", "");
    let expected = marked.replace("[h]", HEAD).replace("[b]", BODY);
    assert_eq!(snippet().insert(&document), expected);
    let found = page("text/html; charset=utf-8", &[document]);
    assert_eq!(String::from_utf8_lossy(&found), expected);
}

#[test]
fn behind_the_tags_where_they_are_written() {
    case("<!doctype html><html><head>[h]<title>a</title></head><body>[b]b</body></html>");
    case("<HTML LANG=zh><HEAD>[h]</HEAD><BODY CLASS='>'>[b]b");
    case("<html>\n<head\n profile=\"a>b\" x='>' y=z/>[h]<body/>[b]");
    case("\u{feff}<!DOCTYPE html PUBLIC \"a\">\r\n<head>[h]</head>\n<body>[b]");
    case("<head>[h]\n<meta charset=utf-8><link href=a></head> <!-- a --> <body>[b]");
}

#[test]
fn where_the_parser_opens_what_nobody_wrote() {
    case("[h][b]你好");
    case("<!doctype html>\n[h][b]<p>a");
    case("<html>[h]<title>a</title><script>b</script>[b]<p>c");
    case("[h]<script>a</script>[b]text");
    case(" <!-- a -->\n[h]<meta charset=utf-8>\n[b]<div>");
    case("<html>[h]<body>[b]a");
    case("<!doctype html>[h]</head>\n[b]<p>");
    case("[h][b]</br>");
    case("</p></div>[h]<style>a</style></p>[b]a");
    case("<head>[h]</head><link href=a>[b]</body>");
    case("<?xml version='1.0'?><!a>[h]<link>[b]<");
    case("[h][b]< p>");
    case("[h][b]<1<head>");
}

#[test]
fn at_the_end_of_a_document_that_opens_nothing() {
    case("<!doctype html>[h][b]");
    case("<html><head>[h]<title>a</title>[b]");
    case("<html>[h][b]<p");
    case("<html>[h][b]<p a='");
    case("<head>[h][b]</");
    case("\u{feff}[h][b]");
    case("");
    // Nothing of these is shown, and nothing would be read as markup.
    case("<!-- a");
    case("<!doctype html");
    case("<head>[h]<script>a");
    case("<head>[h]<title>");
}

#[test]
fn what_only_looks_like_a_tag_is_none() {
    case("<!-- <head> --><head>[h]<body>[b]");
    case("<!--><head>[h]<body>[b]-->");
    case("<!---><head>[h]<body>[b]");
    case("<!----><head>[h]<body>[b]");
    case("<!---!><head>--!><head>[h]<body>[b]");
    case("<!-- --!><head>[h]<body>[b]");
    case("<!-- a -- > <head> --- > <head>---><head>[h]<body>[b]");
    case("<!- <head>[h]<body>[b]");
    case("<![CDATA[ ><head>[h]<body>[b]");
    case("<!doctype html \"<head>[h]<body>[b]");
    case("</ <head><head>[h]<body>[b]");
    case("<html a=\"<head>\"><head>[h]<meta content='<body>'><body>[b]");
    case("[h][b]<header><head>");
    case("<head>[h]<title><body></title><style><body></style><noscript><body></noscript><body>[b]");
    case("<head>[h]<script>'<body>'</scripts ></script ><body>[b]");
    case("<head>[h]<script><!-- <script> </script> <body> --></script><body>[b]");
    case("<head>[h]<script><!-- </script><body>[b]<!-- -->");
    case("<head>[h]<script><!--><script></script><body>[b]</script>");
    case("<head>[h]<script><!-<script></script><body>[b]");
    case("<head>[h]<script><!-- <scripts></script><body>[b]");
    case("<head>[h]<template><body><template></template><p>a</template><body>[b]");
    case("[h]<template><head></template>[b]<p>");
    case("[h][b]<svg><head></head><body></svg>");
    case("<head>[h]<meta =<body><body>[b]");
}

#[test]
fn once_whatever_follows() {
    case("<head>[h]</head><head><body>[b]<body><head>");
    case("<html><head>[h]<html><head><body>[b]");
    case("<head>[h]<frameset><frame src=a></frameset><noframes><body>a");
}

#[test]
fn our_script_in_front_of_all_others_is_enough() {
    case("<head><script data-zq-base=./>a</script><body>b");
    case("<head><!-- ours --><meta charset=utf-8>\n<script src=/zq/zhiqing.js?v=1></script><body>");
    case("<script src='zhiqing.js' ></script>a");
    case("<script src=/zhiqing.js#a type=Text/JavaScript></script>a");
    case("<script defer type='' data-zq-base=./>a</script><body>b");
    // Behind another element it is too late: what that does would not be held back.
    case("<head>[h]<script src=a.js></script><script src=zhiqing.js></script><body>[b]");
    case("<head>[h]<script src=zhiqing.js.map></script><body>[b]");
    // Another script, and ours where it runs late or not at all.
    case("<head>[h]<script src=/js/about-zhiqing.js></script><body>[b]");
    case("<head>[h]<script src=/zhiqing.js/a.js></script><body>[b]");
    case("<head>[h]<script src=/a.js?/zhiqing.js></script><body>[b]");
    case("<head>[h]<script defer src=zhiqing.js></script><body>[b]");
    case("<head>[h]<script src=zhiqing.js async></script><body>[b]");
    case("<head>[h]<script type=module src=zhiqing.js></script><body>[b]");
    case("<head>[h]<script type=text/plain data-zq-base=./>a</script><body>[b]");
    case(
        "<body>a<script src=zhiqing.js></script>"
            .replacen("<body>", "[h]<body>[b]", 1)
            .as_str(),
    );
}

#[test]
fn a_tag_without_end_is_not_waited_for() {
    let endless = format!("<head a='{}", "x".repeat(100_000));
    case(&endless);
    case(&format!(
        "<head>[h]<link href='{}'><body>b",
        "x".repeat(100_000)
    ));
    let long = format!("<head a='{}'>[h]<body>[b]", "x".repeat(60_000));
    case(&long);
}
