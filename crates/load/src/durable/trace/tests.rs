use super::*;
use std::fs;

/// What the lines of programs say, in one order.
fn read(programs: &[(&str, bool)]) -> Trace {
    let folder = tempfile::tempdir().expect("a folder");
    let files: Vec<_> = (0..programs.len())
        .map(|at| folder.path().join(at.to_string()))
        .collect();
    for (file, (lines, _)) in files.iter().zip(programs) {
        fs::write(file, lines).expect("a file");
    }
    let logs = files
        .iter()
        .zip(programs)
        .map(|(file, &(_, processes))| Log {
            file,
            folder: Path::new("/"),
            processes,
        });
    let logs: Vec<_> = logs.collect();
    Trace::read(&logs).expect("a trace")
}

const A: &str = r"3<\x2f\x61>";

#[test]
fn calls_of_two_programs_have_one_order() {
    let server = format!(
        "1 10.000000005 fsync({A}) = 0 <0.000000004>\n1 10.000000020 fsync({A} <unfinished ...>\n"
    );
    let database = format!(
        "5 10.000000007 fdatasync({A} <unfinished ...>\n6 10.000000008 fsync({A}) = 0 <0.000000100>\n\
         5 10.000000012 <... fdatasync resumed>) = 0 <0.000000005>\n"
    );
    let trace = read(&[(&server, false), (&database, true)]);
    let places: Vec<_> = trace
        .calls
        .iter()
        .map(|it| (it.thread, it.begin, it.end))
        .collect();
    // A call of one line has returned when the next line begins, whatever its time says.
    let expected = [
        (1, 0, Some(3)),
        (5, 1, Some(5)),
        (6, 2, Some(4)),
        (1, 6, None),
    ];
    assert_eq!(places, expected);
    assert_eq!(trace.end, 7);
}

#[track_caller]
fn places(processes: bool, calls: &[(u32, &str)], expected: &[At]) {
    let lines: String = { calls.iter().zip(1..) }
        .map(|((thread, call), second)| {
            format!("{thread} {second}.000000000 {call} <0.000000001>\n")
        })
        .collect();
    let trace = read(&[(&lines, processes)]);
    let at = |call: &Call| match call.act {
        Act::Write { at, .. } => Some(at),
        _ => None,
    };
    let found: Vec<At> = trace.calls.iter().filter_map(at).collect();
    assert_eq!(found, expected);
}

#[test]
fn writes_go_on_where_the_last_one_ended() {
    let open = format!(r#"openat(AT_FDCWD<\x2f>, "\x61", O_RDWR|O_CREAT) = {A}"#);
    let append = format!(r#"openat(AT_FDCWD<\x2f>, "\x61", O_WRONLY|O_APPEND) = {A}"#);
    let two = format!(r#"write({A}, "\x61\x62", 2) = 2"#);
    let seek = format!("lseek({A}, 7, SEEK_SET) = 7");
    let [at_0, at_2, at_7] = [0, 2, 7].map(At::Place);
    places(false, &[(1, &open), (1, &two), (1, &two)], &[at_0, at_2]);
    places(false, &[(1, &open), (1, &seek), (1, &two)], &[at_7]);
    places(
        false,
        &[(1, &append), (1, &two), (1, &two)],
        &[At::End, At::End],
    );
    // Threads have their open files together, processes have not.
    places(false, &[(1, &open), (2, &two), (1, &two)], &[at_0, at_2]);
    places(true, &[(1, &open), (2, &two), (1, &two)], &[At::Next, at_0]);
    places(false, &[(1, &two)], &[At::Next]);
}
