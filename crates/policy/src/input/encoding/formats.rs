//! What a file's first bytes say it is.

/// The signatures of what policies are kept in, beside text.
const SIGNATURES: [(&[u8], &str); 17] = [
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office document (.doc, .xls, .ppt or .wps)",
    ),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"%!PS", "a PostScript document"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
    (b"bplist00", "a web archive of Safari"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (
        b"\xff\xfe\0\0",
        "a text in UTF-32, which nothing writes any more",
    ),
];

/// What the file is, with its article, if it is no text.
pub(super) fn of(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(package(bytes));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("a picture (WebP)");
    }
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some("a picture (BMP)");
    }
    let known = SIGNATURES.iter();
    let mut known = known.filter(|(signature, _)| bytes.starts_with(signature));
    if let Some(&(_, what)) = known.next() {
        return Some(what);
    }
    is_web_archive(bytes).then_some("a web archive (MHTML, saved by a browser or by Word)")
}

/// What a ZIP archive is the package of: the names of its first parts tell.
fn package(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(16 * 1024)];
    let names = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if names(b"word/") {
        "a Word document (.docx)"
    } else if names(b"xl/") {
        "an Excel workbook (.xlsx)"
    } else if names(b"ppt/") {
        "a PowerPoint presentation (.pptx)"
    } else if names(b"opendocument") {
        "an OpenDocument file (.odt)"
    } else if names(b"application/epub") {
        "an e-book (EPUB)"
    } else {
        "a ZIP archive or an office document (.docx)"
    }
}

/// A mail's head that says several parts follow: what browsers and Word call a web page in one file.
fn is_web_archive(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(2048)];
    let opens = |word: &[u8]| {
        let first = head.get(..word.len());
        first.is_some_and(|first| first.eq_ignore_ascii_case(word))
    };
    let has = |word: &[u8]| {
        let mut windows = head.windows(word.len());
        windows.any(|window| window.eq_ignore_ascii_case(word))
    };
    (opens(b"mime-version:") || opens(b"from: <saved by")) && has(b"multipart/related")
}
