//! Pages that are not in UTF-8, or do not say so.

use crate::{BODY, HEAD, page};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};

const ASCII_HEAD: &str = "<script data-zq-base='/zq/'>'\\u77e5\\u60c5'</script>";
const ASCII_BODY: &str = "<form>&#30693;</form>";

/// A document in an encoding, and what a browser reads that knows it. `[h]` and `[b]` as they come.
#[track_caller]
fn case(content_type: &str, encoding: &'static Encoding, marked: &str, head: &str, body: &str) {
    let document = marked.replace("[h]", "").replace("[b]", "");
    let (document, _, _) = match encoding == GBK {
        true => GB18030.encode(&document),
        false => encoding.encode(&document),
    };
    let found = page(content_type, &[document]);
    let found = encoding.decode_without_bom_handling(&found).0;
    let expected = marked.replace("[h]", head).replace("[b]", body);
    assert_eq!(found, expected, "{content_type} {}", encoding.name());
}

#[test]
fn the_snippet_speaks_the_documents_encoding() {
    let marked = "<!doctype html><head>[h]<title>世界</title><body>[b]知";
    for (label, encoding) in [
        ("utf-8", UTF_8),
        ("gb18030", GB18030),
        ("GB2312", GBK),
        ("shift_jis", SHIFT_JIS),
    ] {
        let content_type = format!("text/html; charset={label}");
        case(&content_type, encoding, marked, HEAD, BODY);
    }
    let latin = "<head>[h]<body>[b]é";
    case(
        "text/html;charset=latin1",
        WINDOWS_1252,
        latin,
        ASCII_HEAD,
        ASCII_BODY,
    );
    case(
        "text/html;charset=big5",
        BIG5,
        "<head>[h]<body>[b]知",
        HEAD,
        BODY,
    );
}

#[test]
fn a_meta_tells_the_encoding_and_is_not_pushed_out_of_browsers_sight() {
    for (meta, encoding) in [
        ("<meta charset=gb18030>", GB18030),
        ("<META CHARSET=\"gbk\">", GBK),
        (
            "<meta content='text/html; charset=gb2312' http-equiv=Content-Type>",
            GBK,
        ),
        (
            "<meta http-equiv=content-type content='text/html charset=gbk'>",
            GBK,
        ),
        ("<meta charset=utf-8>", UTF_8),
        ("<meta charset=utf-16>", UTF_8),
    ] {
        let marked = format!("<head>[h]<title>你好</title><script>a</script>{meta}<body>[b]世界");
        let head = format!("<meta charset=\"{}\">{HEAD}", encoding.name());
        case("text/html", encoding, &marked, &head, BODY);
    }
    let none = "<head>[h]<meta name=a content='text/html; charset=gbk'><body>[b]a";
    case("text/html", UTF_8, none, ASCII_HEAD, ASCII_BODY);
}

#[test]
fn the_header_and_the_mark_count_more_than_a_meta() {
    let marked = "<head>[h]<meta charset=gbk><body>[b]你好";
    case("text/html; charset=utf-8", UTF_8, marked, HEAD, BODY);
    let marked = format!("\u{feff}{marked}");
    case("text/html", UTF_8, &marked, HEAD, BODY);
    case("text/html; charset=gbk", UTF_8, &marked, HEAD, BODY);
}

#[test]
fn where_nothing_tells_only_ascii_is_put_in() {
    case("text/html", UTF_8, "[h][b]你好", ASCII_HEAD, ASCII_BODY);
    let late = format!(
        "<head>[h]<title>{}</title><meta charset=gbk><body>[b]",
        "x".repeat(1024)
    );
    case("text/html", GBK, &late, ASCII_HEAD, ASCII_BODY);
    let marked = "[h][b]<p>";
    case(
        "text/html; charset=klingon",
        GBK,
        marked,
        ASCII_HEAD,
        ASCII_BODY,
    );
}

#[test]
fn what_cannot_be_read_passes_unchanged() {
    let page_of = |content_type: &str, bytes: &[u8]| {
        assert_eq!(page(content_type, &[bytes]), bytes, "{content_type}");
    };
    let utf16: Vec<u8> = "\u{feff}<head>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    page_of("text/html", &utf16);
    page_of("text/html; charset=utf-16", &utf16[2..]);
    page_of("text/html; charset=iso-2022-jp", b"<head>");
    page_of("text/html", b"<head><meta charset=iso-2022-jp><body>");
}

#[test]
fn bytes_that_are_no_characters_stay_as_they_are() {
    let found = page(
        "text/html; charset=utf-8",
        &[b"<head>\xff\xfe<body>\xc3".as_slice()],
    );
    let expected = [
        b"<head>",
        HEAD.as_bytes(),
        BODY.as_bytes(),
        b"\xff\xfe<body>\xc3",
    ]
    .concat();
    assert_eq!(found, expected);
}
