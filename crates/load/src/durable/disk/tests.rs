use super::*;

const ROOT: &str = "/s";

/// Calls that each begin and return before the next, but for those that say otherwise.
fn trace(acts: Vec<Act>) -> Trace {
    let call = |(at, act)| Call {
        thread: 1,
        program: 0,
        begin: 2 * at,
        end: Some(2 * at + 1),
        act,
    };
    let calls: Vec<Call> = acts.into_iter().enumerate().map(call).collect();
    Trace {
        end: 2 * calls.len(),
        calls,
        moments: Vec::new(),
    }
}

fn image() -> Image {
    Image {
        roots: vec![ROOT.into()],
        ..Image::default()
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(ROOT).join(name).components().collect()
}

fn make(name: &str) -> Act {
    Act::Open {
        number: 3,
        path: path(name),
        creates: true,
        empties: false,
        appends: false,
    }
}

fn write(name: &str, at: u64, data: &str) -> Act {
    Act::Write {
        number: 3,
        path: Some(path(name)),
        at: At::Place(at),
        data: data.into(),
    }
}

fn sync(name: &str) -> Act {
    Act::Sync { path: path(name) }
}

fn rename(from: &str, to: &str) -> Act {
    Act::Rename {
        from: path(from),
        to: path(to),
    }
}

fn remove(name: &str) -> Act {
    Act::Remove { path: path(name) }
}

/// What is left, as `name=content`.
fn left(trace: &Trace, deaf: usize) -> String {
    let image = image();
    let disk = Disk::at(&image, trace, trace.end, deaf).expect("a disk");
    told(&disk.left(Cut::Bare, &mut fastrand::Rng::with_seed(1)))
}

fn told(tree: &BTreeMap<PathBuf, Option<Vec<u8>>>) -> String {
    let entry = |(path, bytes): (&PathBuf, &Option<Vec<u8>>)| {
        let name = path.strip_prefix(ROOT).expect("one of ours").display();
        let bytes = bytes.as_deref().map_or("/".into(), String::from_utf8_lossy);
        format!("{name}={bytes}")
    };
    tree.iter().map(entry).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn case(acts: Vec<Act>, expected: &str) {
    assert_eq!(left(&trace(acts), usize::MAX), expected);
}

#[test]
fn only_what_was_synced_is_left() {
    case(vec![make("a"), write("a", 0, "x")], "");
    case(vec![make("a"), write("a", 0, "x"), sync("a")], "a=x");
    case(
        vec![make("a"), write("a", 0, "x"), sync("a"), write("a", 1, "y")],
        "a=x",
    );
    // The name, and nothing in it.
    case(vec![make("a"), write("a", 0, "x"), sync("")], "a=");
    // Another file's sync.
    case(
        vec![make("a"), write("a", 0, "x"), make("b"), sync("b")],
        "b=",
    );
    case(
        vec![
            make("a"),
            write("a", 0, "xy"),
            sync("a"),
            Act::Resize {
                path: Some(path("a")),
                size: 1,
            },
        ],
        "a=xy",
    );
}

#[test]
fn names_are_left_with_what_they_follow_from() {
    let new = || vec![make("a"), write("a", 0, "x"), sync("a")];
    let and = |acts: &[Act]| [new(), acts.to_vec()].concat();
    case(and(&[remove("a")]), "a=x");
    case(and(&[remove("a"), sync("")]), "");
    case(and(&[rename("a", "b")]), "a=x");
    case(and(&[rename("a", "b"), sync("b")]), "b=x");
    case(and(&[rename("a", "b"), sync("")]), "b=x");
    // Renamed before it was synced: the classic mistake.
    case(
        vec![make("a"), write("a", 0, "x"), rename("a", "b"), sync("")],
        "b=",
    );
    // A new file under the name of one that was removed.
    case(
        and(&[remove("a"), make("a"), write("a", 0, "z"), sync("a")]),
        "a=z",
    );
    // What was before it does not come after it.
    let again = [
        remove("a"),
        make("a"),
        write("a", 0, "z"),
        sync("a"),
        sync(""),
    ];
    case(and(&again), "a=z");
    // A file of a folder that nobody synced is there, and so is its folder.
    let folder = Act::MakeFolder { path: path("f") };
    case(
        vec![folder, make("f/a"), write("f/a", 0, "x"), sync("f/a")],
        "f/a=x",
    );
}

#[test]
fn a_sync_holds_for_what_was_done_before_it_began() {
    let mut overlapping = trace(vec![make("a"), write("a", 0, "x"), sync("a")]);
    // It begins while the write is under way.
    overlapping.calls[1].end = Some(5);
    overlapping.calls[2].begin = 4;
    overlapping.calls[2].end = Some(6);
    overlapping.end = 7;
    assert_eq!(left(&overlapping, usize::MAX), "a=");
    // It never returned.
    let mut unfinished = trace(vec![make("a"), write("a", 0, "x"), sync("a")]);
    unfinished.calls[2].end = None;
    assert_eq!(left(&unfinished, usize::MAX), "");
    // Nobody heard of it.
    let whole = trace(vec![
        make("a"),
        write("a", 0, "x"),
        sync("a"),
        write("a", 0, "y"),
        sync("a"),
    ]);
    assert_eq!(left(&whole, usize::MAX), "a=y");
    assert_eq!(left(&whole, 9), "a=x");
    assert_eq!(left(&whole, 5), "");
}

#[test]
fn what_was_not_synced_is_torn_at_sectors() {
    let (old, new) = ("o".repeat(2000), "n".repeat(2000));
    let acts = vec![
        make("a"),
        write("a", 0, &old),
        sync("a"),
        write("a", 100, &new[..1500]),
    ];
    let (image, trace) = (image(), trace(acts));
    let disk = Disk::at(&image, &trace, trace.end, usize::MAX).expect("a disk");
    let mut draws = fastrand::Rng::with_seed(7);
    let mut seen = HashSet::new();
    for _ in 0..500 {
        let tree = disk.left(Cut::Torn, &mut draws);
        let bytes = tree[&path("a")].clone().expect("a file");
        assert_eq!(bytes.len(), 2000);
        let is_new = |range: std::ops::Range<usize>| bytes[range].iter().all(|&byte| byte == b'n');
        let parts = [100..512, 512..1024, 1024..1536, 1536..1600].map(is_new);
        let news = bytes.iter().filter(|&&byte| byte == b'n').count();
        let whole = [412, 512, 512, 64].iter().zip(parts).filter(|part| part.1);
        assert_eq!(whole.map(|part| part.0).sum::<usize>(), news, "{parts:?}");
        seen.insert(parts);
    }
    // None, all, three heads and three tails.
    assert_eq!(seen.len(), 8, "{seen:?}");
}

#[test]
fn of_names_that_were_not_synced_the_first_are_left() {
    let (image, trace) = (image(), trace(vec![make("a"), make("b"), remove("a")]));
    let disk = Disk::at(&image, &trace, trace.end, usize::MAX).expect("a disk");
    let mut draws = fastrand::Rng::with_seed(7);
    let seen: HashSet<String> = (0..100)
        .map(|_| told(&disk.left(Cut::Torn, &mut draws)))
        .collect();
    assert_eq!(seen, ["", "a=", "a= b=", "b="].map(String::from).into());
    assert_eq!(told(&disk.seen()), "b=");
}

#[test]
fn what_the_trace_does_not_explain_is_refused() {
    let image = image();
    let nowhere = Act::Write {
        number: 3,
        path: Some(path("a")),
        at: At::Next,
        data: vec![1],
    };
    for acts in [
        vec![write("a", 0, "x")],
        vec![make("a"), nowhere],
        vec![remove("a")],
    ] {
        let trace = trace(acts);
        assert!(Disk::at(&image, &trace, trace.end, usize::MAX).is_err());
    }
    // What is none of ours is none of ours.
    let path = PathBuf::from("/elsewhere");
    let trace = trace(vec![Act::Remove { path }]);
    assert!(Disk::at(&image, &trace, trace.end, usize::MAX).is_ok());
}
