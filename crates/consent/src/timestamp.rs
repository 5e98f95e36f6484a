//! Moments in UTC, as the wire has them.

/// Whether `text` is a moment in UTC as RFC 3339 writes it: `2026-11-21T08:00:00Z`, with up to
/// nine digits of fraction. Days are checked against their month, leap seconds are refused
/// because no browser makes them.
///
/// ```
/// use zhiqing_consent::timestamp::is_utc;
/// assert!(is_utc("2026-11-21T08:00:00.123Z"));
/// assert!(!is_utc("2026-02-29T08:00:00Z"));
/// ```
pub fn is_utc(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((b'Z', rest)) = bytes.split_last() else {
        return false;
    };
    let (whole, fraction) = match rest.iter().position(|&byte| byte == b'.') {
        Some(dot) => (&rest[..dot], Some(&rest[dot + 1..])),
        None => (rest, None),
    };
    if fraction.is_some_and(|f| f.is_empty() || f.len() > 9 || !f.iter().all(u8::is_ascii_digit)) {
        return false;
    }
    let shape = b"dddd-dd-ddTdd:dd:dd";
    let fits = whole.len() == shape.len()
        && whole.iter().zip(shape).all(|(&byte, &form)| match form {
            b'd' => byte.is_ascii_digit(),
            _ => byte == form,
        });
    if !fits {
        return false;
    }
    let number = |from: usize, to: usize| {
        whole[from..to]
            .iter()
            .fold(0, |n, &b| n * 10 + u32::from(b - b'0'))
    };
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day) && number(11, 13) < 24 && number(14, 16) < 60 && number(17, 19) < 60
}

#[cfg(test)]
mod tests {
    use super::is_utc;

    #[track_caller]
    fn case(text: &str, good: bool) {
        assert_eq!(is_utc(text), good, "{text}");
    }

    #[test]
    fn only_utc_moments_are_moments() {
        case("2026-11-21T08:00:00Z", true);
        case("2024-02-29T23:59:59.999999999Z", true);
        case("2000-02-29T00:00:00Z", true);
        case("2100-02-29T00:00:00Z", false);
        case("2026-11-21T08:00:00+08:00", false);
        case("2026-11-21 08:00:00Z", false);
        case("2026-11-21T24:00:00Z", false);
        case("2026-13-01T00:00:00Z", false);
        case("2026-00-01T00:00:00Z", false);
        case("2026-11-21T08:00:60Z", false);
        case("2026-11-21T08:00:00.Z", false);
        case("2026-11-21T08:00:00.0000000000Z", false);
        case("２026-11-21T08:00:00Z", false);
        case("", false);
        case("Z", false);
    }
}
