//! What `init` asked and nobody has answered yet.

use std::fs;
use std::path::Path;

/// Stands in front of what a policy does not tell.
const QUESTION: &str = "# Question:";

/// Says how many are left in settings, which build all the same.
pub(crate) fn tell(settings: &Path) {
    let count = fs::read_to_string(settings).map_or(0, |text| count(&text));
    if count > 0 {
        eprintln!(
            "zhiqing: {}: `{QUESTION}` still stands {count} times; answer what it asks, then strike the \
             comment",
            settings.display()
        );
    }
}

fn count(settings: &str) -> usize {
    let lines = settings.lines().map(str::trim_start);
    lines.filter(|line| line.starts_with(QUESTION)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_counted_where_they_stand_as_comments() {
        #[track_caller]
        fn case(settings: &str, expected: usize) {
            assert_eq!(count(settings), expected, "{settings}");
        }
        case("", 0);
        case("# Question: who?\nname = \"a\"\n  # Question: why?\n", 2);
        case("name = \"# Question: what\" # the policy's line 3\n", 0);
    }
}
