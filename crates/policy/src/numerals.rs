//! Numbers as policies write them: `15`, `１５`, `十五`, `三十`.

/// Value of an ASCII or full-width digit.
pub(crate) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// Value of a Chinese digit, `十` and `百` excepted.
fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Whether the character can be part of a Chinese numeral.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '十' | '百') || han_digit(c).is_some()
}

/// Reads a Chinese numeral below 1000, or a row of Chinese digits as in `二〇二六`.
pub(crate) fn han(chars: &[char]) -> Option<u32> {
    if chars.is_empty() || chars.len() > 5 {
        return None;
    }
    if chars.len() > 1 && chars.iter().all(|&c| han_digit(c).is_some()) {
        return chars
            .iter()
            .try_fold(0, |value, &c| Some(value * 10 + han_digit(c)?));
    }
    let (mut total, mut pending) = (0, None);
    for &c in chars {
        match c {
            '百' => total += pending.take()? * 100,
            '十' => total += pending.take().unwrap_or(1) * 10,
            _ => pending = Some(han_digit(c)?),
        }
    }
    Some(total + pending.unwrap_or(0))
}

/// Reads a number at the start of `chars`, Arabic or Chinese: its value and how many characters it
/// takes. Numbers of more than eight digits are none.
pub(crate) fn read(chars: &[char]) -> Option<(u32, usize)> {
    // Nine are enough to know that it is none: counting a long row of digits from each of them in
    // turn would take time that grows with its square.
    let start = chars.iter().take(9);
    let digits = start.take_while(|&&c| digit(c).is_some()).count();
    if digits > 0 {
        let value = chars[..digits.min(9)]
            .iter()
            .try_fold(0_u32, |v, &c| Some(v * 10 + digit(c)?));
        return value.filter(|_| digits < 9).map(|value| (value, digits));
    }
    let length = chars.iter().take(6).take_while(|&&c| is_han(c)).count();
    han(&chars[..length]).map(|value| (value, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, value: Option<(u32, usize)>) {
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(read(&chars), value, "{text}");
    }

    #[test]
    fn numbers_are_read_in_every_dress() {
        case("15天", Some((15, 2)));
        case("１５天", Some((15, 2)));
        case("十五日", Some((15, 2)));
        case("三十日", Some((30, 2)));
        case("二十一、", Some((21, 3)));
        case("一百二十", Some((120, 4)));
        case("二〇二六年", Some((2026, 4)));
        case("十", Some((10, 1)));
        case("日", None);
        case("1234567890123", None);
        case("百", None);
    }
}
