use super::*;
use crate::durable::line::Reader;

/// As strace writes text.
fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("\\x{byte:02x}")).collect()
}

/// A line of strace's, in which `«text»` stands for text in hexadecimal.
fn spoken(call: &str) -> Spoken {
    let mut line = String::from("7 1.000000000 ");
    let mut rest = call;
    while let Some((before, after)) = rest.split_once('«') {
        let (text, after) = after.split_once('»').expect("an end");
        line.push_str(before);
        line.push_str(&hex(text));
        rest = after;
    }
    line.push_str(rest);
    let mut reader = Reader::default();
    reader.take(&line).expect("a line of strace's");
    reader.end().remove(0)
}

#[track_caller]
fn case(call: &str, expected: Option<Act>) {
    assert_eq!(
        act(&spoken(call), Path::new("/data")),
        Ok(expected),
        "{call}"
    );
}

#[track_caller]
fn refused(call: &str) {
    assert!(act(&spoken(call), Path::new("/data")).is_err(), "{call}");
}

fn write(path: Option<&str>, at: At, data: &str) -> Option<Act> {
    Some(Act::Write {
        number: 3,
        path: path.map(PathBuf::from),
        at,
        data: data.into(),
    })
}

#[test]
fn writes_are_what_was_written_of_them() {
    case(
        r#"pwrite64(3<«/a»>, "«hello»", 5, 4096) = 5 <0.000015000>"#,
        write(Some("/a"), At::Place(4096), "hello"),
    );
    case(
        r#"write(3<«/a»>, "«hello»", 5) = 2 <0.000015000>"#,
        write(Some("/a"), At::Next, "he"),
    );
    case(
        r#"pwritev(3<«/a»>, [{iov_base="«ab»", iov_len=2}, {iov_base="«cd»", iov_len=2}], 2, 9) = 4 <0.000015000>"#,
        write(Some("/a"), At::Place(9), "abcd"),
    );
    case(
        r#"write(3<«/a»>(deleted), "«z»", 1) = 1 <0.000008000>"#,
        write(None, At::Next, "z"),
    );
    case(
        r#"pwrite64(3<«/a»>, "«hello»", 5, 0) = -1 ENOSPC (No space left on device) <0.000015000>"#,
        None,
    );
    // Nobody knows how much of it was done: it may be all.
    case(
        r#"pwrite64(3<«/a»>, "«hello»", 5, 0 <unfinished ...>"#,
        write(Some("/a"), At::Place(0), "hello"),
    );
}

#[test]
fn what_goes_to_a_socket_is_said() {
    let said = |data: &str| {
        Some(Act::Send {
            socket: "socket:[7]".into(),
            data: data.into(),
        })
    };
    case(
        r#"sendto(9<«socket:[7]»>, "«hey»", 3, MSG_NOSIGNAL, NULL, 0) = 3 <0.000041000>"#,
        said("hey"),
    );
    case(
        r#"writev(9<«socket:[7]»>, [{iov_base="«HT»", iov_len=2}, {iov_base="«TP»", iov_len=2}], 2) = 3 <0.000041000>"#,
        said("HTT"),
    );
    case(
        r#"recvfrom(9<«socket:[7]»>, "«hey»", 10, 0, NULL, NULL) = 3 <0.100298000>"#,
        Some(Act::Receive {
            socket: "socket:[7]".into(),
            data: "hey".into(),
        }),
    );
}

#[test]
fn names_are_whole_paths() {
    case(
        r#"openat(AT_FDCWD<«/data»>, "«a»", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 4<«/data/a»> <0.000163000>"#,
        Some(Act::Open {
            number: 4,
            path: "/data/a".into(),
            creates: true,
            empties: false,
            appends: false,
        }),
    );
    let (from, to) = (PathBuf::from("/data/a"), PathBuf::from("/data/b"));
    let rename = Act::Rename { from, to };
    case(
        r#"rename("«a»", "«./b»") = 0 <0.000015000>"#,
        Some(rename.clone()),
    );
    case(
        r#"renameat2(AT_FDCWD<«/»>, "«data/a»", 8<«/data»>, "«b»", RENAME_NOREPLACE) = 0 <0.000015000>"#,
        Some(rename),
    );
    let path = PathBuf::from("/b");
    case(
        r#"unlink("«/b»") = 0 <0.000010000>"#,
        Some(Act::Remove { path }),
    );
    case(
        r#"unlink("«/b»") = -1 ENOENT (No such file or directory) <0.000010000>"#,
        None,
    );
}

#[test]
fn syncs_are_told_from_their_failures() {
    let path = PathBuf::from("/a");
    case(
        "fdatasync(4<«/a»>) = 0 <0.000163000>",
        Some(Act::Sync { path }),
    );
    case(
        "fsync(4<«/a»>) = -1 EIO (Input/output error) <0.000163000>",
        None,
    );
}

#[test]
fn what_cannot_be_followed_is_refused() {
    refused(r#"openat(AT_FDCWD<«/»>, "«a»", O_RDWR|O_DSYNC) = 4<«/a»> <0.000163000>"#);
    refused(r#"write(3<«/a»>, "«he»"..., 5) = 5 <0.000015000>"#);
    refused("io_uring_setup(8, {flags=0}) = 4<«/a»> <0.000163000>");
    refused("fallocate(4<«/a»>, FALLOC_FL_PUNCH_HOLE, 0, 100) = 0 <0.000163000>");
}
