//! Lines of `strace -f -y -xx --absolute-timestamps=unix,ns --syscall-times=ns`.
//!
//! All text in them is hexadecimal, also the paths behind numbers of files, so that quotes, commas and
//! brackets mean what they seem to.

use std::collections::HashMap;

/// A call of the system, as it stands in one line or in the two that it was interrupted into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spoken {
    /// The thread that made it.
    pub(super) thread: u32,
    /// When it began and returned, in nanoseconds since 1970; the second is `None` where it never did.
    pub(super) began: u64,
    pub(super) returned: Option<u64>,
    /// The lines of the file, from 0, where it began and where it returned.
    pub(super) lines: (usize, usize),
    pub(super) name: String,
    /// What stands between the brackets.
    pub(super) arguments: String,
    /// What it gave, with the path of a file that was opened: `3<\x2f…>`, `0`, `-1 ENOENT (…)`.
    pub(super) gave: String,
}

/// Reads the lines one after the other.
#[derive(Debug, Default)]
pub(super) struct Reader {
    line: usize,
    open: HashMap<u32, Spoken>,
    pub(super) calls: Vec<Spoken>,
}

impl Reader {
    /// Takes the next line. Where it is none of strace's the line is given back.
    pub(super) fn take<'a>(&mut self, text: &'a str) -> Result<(), &'a str> {
        let line = self.line;
        self.line += 1;
        self.read(line, text).ok_or(text)
    }

    /// All calls in the order in which they began; those that never returned, too.
    pub(super) fn end(mut self) -> Vec<Spoken> {
        self.calls.extend(self.open.into_values());
        self.calls.sort_by_key(|call| call.lines.0);
        self.calls
    }

    fn read(&mut self, line: usize, text: &str) -> Option<()> {
        let (thread, rest) = text.split_once(' ')?;
        let thread = thread.parse().ok()?;
        let (moment, rest) = rest.trim_start().split_once(' ')?;
        let moment = nanoseconds(moment)?;
        if rest.starts_with("+++") || rest.starts_with("---") {
            return Some(());
        }
        if let Some(rest) = rest.strip_prefix("<... ") {
            let (name, rest) = rest.split_once(" resumed>")?;
            // It began before the trace did.
            let Some(mut call) = self.open.remove(&thread) else {
                return Some(());
            };
            (call.name == name).then_some(())?;
            let (more, gave, _) = result(rest)?;
            call.arguments.push_str(more);
            call.gave = gave.to_owned();
            call.returned = Some(moment);
            call.lines.1 = line;
            self.calls.push(call);
            return Some(());
        }
        let (name, rest) = rest.split_once('(')?;
        let mut call = Spoken {
            thread,
            began: moment,
            returned: None,
            lines: (line, line),
            name: name.to_owned(),
            arguments: String::new(),
            gave: String::new(),
        };
        if let Some(begin) = rest.strip_suffix(" <unfinished ...>") {
            call.arguments = begin.to_owned();
            // strace may cut it off behind the comma or not.
            self.open.insert(thread, call);
            return Some(());
        }
        let (arguments, gave, took) = result(rest)?;
        call.arguments = arguments.to_owned();
        call.gave = gave.to_owned();
        // A process that ends in a call gives nothing, and is not heard of any more.
        call.returned = took.map(|took| moment + took);
        self.calls.push(call);
        Some(())
    }
}

/// Of `…) = 8192 <0.000012345>` what stands before, what was given, and the time in nanoseconds.
fn result(text: &str) -> Option<(&str, &str, Option<u64>)> {
    // strace puts blanks in between; an error is told in brackets behind.
    let (at, gave) = text.match_indices(") ").find_map(|(at, _)| {
        let gave = text[at + 2..].trim_start().strip_prefix("= ")?;
        Some((at, gave))
    })?;
    let before = &text[..at];
    if gave.starts_with('?') {
        return Some((before, gave, None));
    }
    let (gave, took) = gave.rsplit_once(" <")?;
    let took = nanoseconds(took.strip_suffix('>')?)?;
    Some((before, gave, Some(took)))
}

/// Seconds with nine digits of fraction.
fn nanoseconds(text: &str) -> Option<u64> {
    let (seconds, fraction) = text.split_once('.')?;
    let whole: u64 = seconds.parse().ok()?;
    (fraction.len() == 9).then_some(())?;
    Some(whole * 1_000_000_000 + fraction.parse::<u64>().ok()?)
}

/// Arguments one by one: lists, structures and texts are each one.
pub(super) fn split(arguments: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut begin) = (0_i32, false, 0);
    let mut parts = Vec::new();
    for (at, byte) in arguments.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(arguments[begin..at].trim());
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(arguments[begin..].trim());
    parts
}

/// Bytes that are written as `"\x61\x62"`; `None` where it is no such text or was cut short.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    unescaped(inner)
}

/// The bytes of `\x61\x62`.
fn unescaped(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    rest.is_empty().then_some(())?;
    let byte = |group: &[u8; 4]| match group {
        [b'\\', b'x', high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    };
    groups.iter().map(byte).collect()
}

/// A file as it is written behind its number, or as `AT_FDCWD`: `3<\x2f\x61>(deleted)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// `None` for the folder that a process works in.
    pub(super) number: Option<u32>,
    /// Its path, or what the system calls a socket: `socket:[17]`.
    pub(super) path: String,
    /// Whether no name leads to it any more.
    pub(super) deleted: bool,
}

impl File {
    pub(super) fn read(text: &str) -> Option<Self> {
        let (number, rest) = text.split_once('<')?;
        let (path, rest) = rest.split_once('>')?;
        let path = String::from_utf8(unescaped(path)?).ok()?;
        Some(Self {
            number: match number {
                "AT_FDCWD" => None,
                number => Some(number.parse().ok()?),
            },
            path,
            deleted: rest == "(deleted)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<Spoken> {
        let mut reader = Reader::default();
        for line in lines {
            reader.take(line).expect("a line of strace's");
        }
        reader.end()
    }

    /// As strace 6.1 wrote them.
    #[test]
    fn calls_are_read_whole_or_in_two_lines() {
        let calls = read(&[
            r#"18540 1795438255.051172905 recvfrom(5<\x73\x3a\x5b\x31\x5d>,  <unfinished ...>"#,
            r#"18379 1795438255.151352722 sendto(6<\x73\x3a\x5b\x32\x5d>, "\x68\x65\x79", 3, 0, NULL, 0) = 3 <0.000041000>"#,
            r#"18540 1795438255.151522034 <... recvfrom resumed>"\x68\x65\x79", 10, 0, NULL, NULL) = 3 <0.100298000>"#,
            r#"18540 1795438255.152089691 +++ exited with 0 +++"#,
            r#"18379 1795438255.152096751 fdatasync(4<\x2f\x61> <unfinished ...>"#,
            r#"18379 1795438255.152096752 --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=1, si_uid=0} ---"#,
        ]);
        assert_eq!(calls.len(), 3);
        assert_eq!(calls[0].name, "recvfrom");
        assert_eq!(
            calls[0].arguments,
            r#"5<\x73\x3a\x5b\x31\x5d>, "\x68\x65\x79", 10, 0, NULL, NULL"#
        );
        assert_eq!((calls[0].lines, calls[0].gave.as_str()), ((0, 2), "3"));
        let took = calls[0].returned.map(|at| at - calls[0].began);
        assert_eq!(took, Some(100_349_129));
        assert_eq!(calls[1].returned, Some(1_795_438_255_151_393_722));
        assert_eq!((calls[2].returned, calls[2].lines), (None, (4, 4)));
    }

    #[test]
    fn what_a_call_gave_is_read() {
        #[track_caller]
        fn case(line: &str, arguments: &str, gave: &str, returned: bool) {
            let line = format!("7 1.000000000 {line}");
            let call = read(&[&line]).remove(0);
            assert_eq!(call.arguments, arguments);
            assert_eq!(call.gave, gave);
            assert_eq!(call.returned.is_some(), returned);
        }
        case(
            r#"openat(AT_FDCWD<\x2f>, "\x61", O_RDONLY) = 4<\x2f\x61> <0.000163000>"#,
            r#"AT_FDCWD<\x2f>, "\x61", O_RDONLY"#,
            r"4<\x2f\x61>",
            true,
        );
        case(
            r#"link("\x62", "\x63") = -1 ENOENT (No such file or directory) <0.000015000>"#,
            r#""\x62", "\x63""#,
            "-1 ENOENT (No such file or directory)",
            true,
        );
        case(
            "close(4<\\x2f>)                = 0 <0.000015000>",
            r"4<\x2f>",
            "0",
            true,
        );
        case("fsync(4<\\x2f>) = ?", r"4<\x2f>", "?", false);
    }

    #[test]
    fn what_strace_did_not_write_is_refused() {
        for line in [
            "",
            "strace: Process 1 attached",
            "1 2 read(",
            "1 2.5 close(1) = 0 <0.1>",
        ] {
            assert_eq!(Reader::default().take(line), Err(line));
        }
    }

    #[test]
    fn arguments_are_told_apart() {
        let text = r#"3<\x61>, [{iov_base="\x61", iov_len=1}, {iov_base="", iov_len=0}], 2, 9"#;
        let list = r#"[{iov_base="\x61", iov_len=1}, {iov_base="", iov_len=0}]"#;
        assert_eq!(split(text), [r"3<\x61>", list, "2", "9"]);
        assert_eq!(bytes(r#""\x00\xff\x41""#), Some(vec![0, 255, 65]));
        assert_eq!(bytes(r#""\x00"..."#), None);
        let file = File {
            number: Some(3),
            path: "/a".into(),
            deleted: true,
        };
        assert_eq!(File::read(r"3<\x2f\x61>(deleted)"), Some(file));
        let folder = File::read(r"AT_FDCWD<\x2f>").expect("a folder");
        assert_eq!((folder.number, folder.path.as_str()), (None, "/"));
    }
}
