//! Characters, as the contract counts them.

/// The text without white space, byte order marks and characters of no width: what a policy says.
pub fn squeezed(text: &str) -> String {
    let seen = |c: &char| {
        !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
    };
    text.chars().filter(seen).collect()
}

/// Panics with the place where two texts part, instead of with both texts.
///
/// # Panics
/// Unless they are equal.
#[track_caller]
pub fn assert_same(found: &str, expected: &str, what: &str) {
    if found == expected {
        return;
    }
    let same = found.chars().zip(expected.chars());
    let at = same.take_while(|(a, b)| a == b).count();
    let around =
        |text: &str| -> String { text.chars().skip(at.saturating_sub(20)).take(60).collect() };
    panic!(
        "{what}: differs at character {at} of {}: found …{}… where …{}… is expected",
        expected.chars().count(),
        around(found),
        around(expected),
    );
}
