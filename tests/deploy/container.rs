//! The container file: what it copies is there, and its versions are the repository's.

use crate::repository;
use zhiqing_tests::site::workspace;

const FILE: &str = "deploy/Containerfile";

/// Its instructions, each as one line.
fn instructions() -> Vec<String> {
    let text = repository(FILE);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let joined: Vec<_> = lines.collect();
    let joined = joined.join("\n").replace("\\\n", " ");
    let lines = joined
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// What stands behind an instruction's name, each time it is there.
fn all(name: &str) -> Vec<String> {
    let lines = instructions();
    let rests = lines.iter().filter_map(|line| line.strip_prefix(name));
    rests.map(|rest| rest.trim().to_owned()).collect()
}

/// The one value behind `key = "` in a TOML file.
fn value(file: &str, key: &str) -> String {
    let text = repository(file);
    let start = format!("{key} = \"");
    let rest = text.lines().find_map(|line| line.strip_prefix(&start));
    let rest = rest.unwrap_or_else(|| panic!("{file} has no {key}"));
    rest.trim_end_matches('"').to_owned()
}

#[test]
fn what_is_copied_from_the_repository_is_there_and_not_ignored() {
    let ignore = repository(".dockerignore");
    let ignore: Vec<_> = ignore.lines().collect();
    assert!(
        ignore.contains(&"*"),
        "only what is named goes to the builder"
    );
    let copied: Vec<_> = all("COPY ")
        .into_iter()
        .filter(|copy| !copy.starts_with("--from"))
        .collect();
    assert!(copied.len() >= 5, "{copied:?}");
    for copy in &copied {
        let words: Vec<_> = copy.split_whitespace().collect();
        let (_, sources) = words.split_last().expect("a destination");
        for source in sources {
            assert!(workspace().join(source).exists(), "{FILE} copies {source}");
            let named = format!("!{source}");
            assert!(
                ignore.contains(&named.as_str()),
                ".dockerignore hides {source}"
            );
        }
    }
    for secret in ["**/*.key", "**/*.sqlite*"] {
        let at = |line: &str| ignore.iter().position(|there| *there == line);
        assert!(
            at(secret) > at("!crates"),
            "the last line that fits decides"
        );
    }
    // Cargo reads the manifest of each member before it builds one of them.
    let members = repository("Cargo.toml");
    let members = members.lines().find(|line| line.starts_with("members = "));
    let members = members.expect("members").split('"').skip(1).step_by(2);
    for member in members.filter(|member| *member != ".") {
        let folder = member.trim_end_matches("/*");
        let copy = format!("{folder} {folder}");
        assert!(
            copied.contains(&copy),
            "{folder} is a member of the workspace"
        );
    }
}

#[test]
fn what_is_copied_from_a_stage_was_made_there() {
    let stages: Vec<_> = all("FROM ")
        .iter()
        .filter_map(|from| from.split_once(" AS ").map(|(_, name)| name.to_owned()))
        .collect();
    let made = all("RUN ").join("\n");
    let copies: Vec<_> = all("COPY ")
        .into_iter()
        .filter(|copy| copy.starts_with("--from"))
        .collect();
    assert_eq!(copies.len(), 2);
    for copy in copies {
        let words: Vec<_> = copy.split_whitespace().collect();
        let stage = words[0].trim_start_matches("--from=");
        assert!(stages.iter().any(|there| there == stage), "{stage}");
        let source = words[words.len() - 2];
        assert!(made.contains(source), "{source} is made by no RUN");
    }
}

#[test]
fn the_versions_are_those_of_the_repository() {
    let toolchain = value("rust-toolchain.toml", "channel");
    let image = all("ARG RUST=");
    let tag = image[0].rsplit_once(':').expect("a tag").1;
    assert!(
        tag.starts_with(&format!("{toolchain}-")),
        "{tag} and {toolchain}"
    );
    let version = format!(
        "org.opencontainers.image.version={:?}",
        value("Cargo.toml", "version")
    );
    assert!(all("LABEL ")[0].contains(&version), "{version}");
}

#[test]
fn it_runs_as_a_number_and_asks_itself_without_a_shell() {
    let user = all("USER ");
    let [user] = user.as_slice() else {
        panic!("{user:?}");
    };
    let (id, group) = user.split_once(':').expect("a group");
    assert!(id.parse::<u32>().is_ok_and(|id| id > 0), "{user}");
    let owner = format!("--chown={id}:{group}");
    assert!(
        all("COPY ").iter().any(|copy| copy.contains(&owner)),
        "{owner}"
    );
    // No shell is in the image, so none may be meant.
    let health = all("HEALTHCHECK ");
    let (_, health) = health[0].split_once("CMD ").expect("a command");
    for command in [
        health.to_owned(),
        all("ENTRYPOINT ").remove(0),
        all("CMD ").remove(0),
    ] {
        let words: Result<Vec<String>, _> = serde_json::from_str(&command);
        assert!(words.is_ok(), "{command}");
    }
}
