//! Data files: rows of columns, and words written short.

/// The rows of a data file: columns apart by tabs, `#` lines are remarks.
pub(crate) fn rows(file: &str) -> impl Iterator<Item = std::str::Split<'_, char>> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t'))
}

/// All words that a short form stands for: `{不满|未满}{14|十四}岁` is four, `收货{人|}` two.
pub(crate) fn expand(short: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut rest = short;
    while let Some((plain, after)) = rest.split_once('{') {
        let (choices, behind) = after.split_once('}').unwrap_or((after, ""));
        words = words
            .iter()
            .flat_map(|word| {
                choices
                    .split('|')
                    .map(move |choice| format!("{word}{plain}{choice}"))
            })
            .collect();
        rest = behind;
    }
    for word in &mut words {
        word.push_str(rest);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_expanded() {
        assert_eq!(expand("姓名"), ["姓名"]);
        assert_eq!(
            expand("{手机|电话}号{码|}"),
            ["手机号码", "手机号", "电话号码", "电话号"]
        );
        assert_eq!(expand("收件{人|}"), ["收件人", "收件"]);
    }
}
