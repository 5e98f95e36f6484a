use super::*;

const POLICY: &str =
    "隐私政策\n我们会收集您的个人信息，用于“登录”。\n\n一、How we use it\n请您仔细阅读。\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[track_caller]
fn case(bytes: &[u8], text: &str, encoding: Encoding) {
    let expected = Decoded {
        text: text.to_owned(),
        encoding,
    };
    assert_eq!(read(bytes.to_vec()), Ok(expected));
    assert_eq!(decode(bytes).as_deref(), Ok(text));
    assert_eq!(decode_vec(bytes.to_vec()).as_deref(), Ok(text));
}

#[test]
fn texts_are_read_in_the_encodings_they_come_in() {
    case(POLICY.as_bytes(), POLICY, Encoding::Utf8);
    case(
        format!("\u{feff}{POLICY}").as_bytes(),
        POLICY,
        Encoding::Utf8,
    );
    case(&utf16(POLICY, u16::to_le_bytes), POLICY, Encoding::Utf16Le);
    case(&utf16(POLICY, u16::to_be_bytes), POLICY, Encoding::Utf16Be);
    let marked = format!("\u{feff}{POLICY}");
    case(&utf16(&marked, u16::to_le_bytes), POLICY, Encoding::Utf16Le);
    case(&utf16(&marked, u16::to_be_bytes), POLICY, Encoding::Utf16Be);
    // Not one NUL in it.
    let han = "我们会收集您的个人信息，用于登录。";
    case(&utf16(han, u16::to_le_bytes), han, Encoding::Utf16Le);
    case(&utf16(han, u16::to_be_bytes), han, Encoding::Utf16Be);
    case(
        &utf16("Privacy policy", u16::to_le_bytes),
        "Privacy policy",
        Encoding::Utf16Le,
    );
    case(&gbk(POLICY), POLICY, Encoding::Gb18030);
    case(&gbk("隐私政策"), "隐私政策", Encoding::Gb18030);
    case(&gbk(&marked), POLICY, Encoding::Gb18030);
    let page = format!("<html><meta charset=GBK><p>{POLICY}㐀𠀀");
    case(&gbk(&page), &page, Encoding::Gb18030);
    let page =
        "<meta http-equiv=Content-Type content='text/html; charset=big5'><p>隱私權政策，我們蒐集";
    let (bytes, ..) = encoding_rs::BIG5.encode(page);
    case(&bytes, page, Encoding::Big5);
    // The declaration is older than the file.
    let page = "<?xml version='1.0' encoding='gb2312'?><p>隐私";
    case(page.as_bytes(), page, Encoding::Utf8);
}

#[test]
fn odd_characters_in_a_text_are_kept() {
    let text = "\u{f06c} 隐私\u{fffd}政策\u{b}\u{7f}\u{1b}\u{85}\u{200b}\u{f0b7}";
    case(text.as_bytes(), text, Encoding::Utf8);
}

#[track_caller]
fn refused(bytes: &[u8], message: &str) {
    let errors = [
        decode(bytes).expect_err("must be refused"),
        decode_vec(bytes.to_vec()).expect_err("must be refused"),
    ];
    for error in errors.map(|error| error.to_string()) {
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn what_is_no_text_is_refused_with_what_it_is_and_the_remedy() {
    refused(b"", "holds no text");
    refused(b" \n", "holds no text");
    refused("\u{feff}\u{a0}\u{3000}\n".as_bytes(), "holds no text");
    refused(b"\xff\xfe\x0d\0\x0a\0", "holds no text");
    refused(
        b"%PDF-1.7\n\0",
        "the file is a PDF document: export the policy as text, Markdown or HTML and try again",
    );
    refused(
        b"PK\x03\x04\x14\0\x06\0word/document.xml",
        "a Word document (.docx)",
    );
    refused(b"PK\x03\x04\x14\0", "a ZIP archive or an office document");
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document");
    refused(b"\x89PNG\r\n\x1a\n", "a picture (PNG)");
    refused(b"{\\rtf1\\ansi", "an RTF document");
    refused(
        b"MIME-Version: 1.0\nContent-Type: multipart/related;",
        "a web archive",
    );
    refused(b"\xca\xfe\0\x01\x02policy", "byte 2 is no character");
    refused("隐私\0政策".as_bytes(), "byte 6 is no character");
    refused(b"a\x01\x02\x03\x04bc", "byte 1 is no character");
}

#[test]
fn what_cannot_be_decoded_is_refused_with_its_place() {
    let broken = &POLICY.as_bytes()[..POLICY.len() - 2];
    refused(broken, "either as UTF-8 or as GB18030: byte");
    refused(b"ok\n\xff", "byte 3 (line 2)");
    let mut broken = gbk(POLICY);
    broken.push(0xff);
    refused(&broken, &format!("byte {} (line 6)", broken.len() - 1));
    refused(
        b"\xff\xfe\x90\x96\x00\xd8\x0a\0",
        "as UTF-16, as its first bytes say: byte 4 (line 1)",
    );
    refused(
        b"\xef\xbb\xbfok\n\xff",
        "as UTF-8, as its first bytes say: byte 6 (line 2)",
    );
    refused(
        b"<meta charset=big5>\n\xb5\xff",
        "Big5, which it names: byte 20 (line 2)",
    );
    // French in Latin-1, Japanese in Shift_JIS, undeclared Big5: no Chinese comes out.
    refused(
        b"Politique de confidentialit\xe9: donn\xe9es priv\xe9es",
        "either as UTF-8",
    );
    for (encoding, text) in [
        (
            encoding_rs::SHIFT_JIS,
            "個人情報の取り扱いについて、お客様の情報を",
        ),
        (encoding_rs::BIG5, "隱私權政策，我們蒐集您的個人資料"),
    ] {
        refused(&encoding.encode(text).0, "either as UTF-8 or as GB18030");
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let text = decode(&bytes);
        proptest::prop_assert_eq!(decode_vec(bytes.clone()), text.map(Cow::into_owned));
    }

    #[test]
    fn utf8_is_read_as_it_is(text in "[^\0\u{1}-\u{1f}\u{7f}\u{feff}]*[a-z]") {
        let text = format!("字{text}");
        let read = decode(text.as_bytes());
        proptest::prop_assert!(matches!(&read, Ok(Cow::Borrowed(read)) if *read == text), "{read:?}");
    }
}
