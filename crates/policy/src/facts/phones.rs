//! Telephone numbers: 400 and 800 lines, mobile numbers, numbers with an area code, short hotlines.

use super::contacts::label;
use super::passage::Passage;
use super::reach::{after, before, ends, has, starts};
use crate::text::position;

/// Words that say that a number is a telephone's.
const LABELS: [&str; 15] = [
    "电话",
    "热线",
    "手机",
    "座机",
    "致电",
    "拨打",
    "客服",
    "联系方式",
    "聯絡",
    "電話",
    "熱線",
    "Tel",
    "TEL",
    "tel",
    "hone",
];
/// Lines of the authorities, which take complaints about everybody.
const PUBLIC: [&str; 10] = [
    "12300", "12315", "12321", "12377", "12381", "12345", "12318", "12317", "12390", "12358",
];

/// How hotlines begin.
const HOTLINES: [&str; 5] = ["95", "96", "12", "10", "11"];

/// Digits of the shortest number.
const FEWEST: usize = 5;

/// Calls `add` with the bytes of each number. Which number is a telephone's is told by its shape,
/// and where that is not enough by the words before it.
/// Also says whether the passage has digits at all.
pub(super) fn find(passage: &Passage<'_>, mut add: impl FnMut(usize, usize)) -> bool {
    let text = passage.text;
    let bytes = text.as_bytes();
    let mut digits = false;
    let mut at = 0;
    while let Some(step) = position(&bytes[at..], |byte| byte.is_ascii_digit()) {
        let first = at + step;
        digits = true;
        // A few digits that nothing joins to others are none: 30天, 2026年.
        let group = bytes[first..].iter().take(FEWEST);
        let group = group.take_while(|byte| byte.is_ascii_digit()).count();
        if group < FEWEST && !may_join(bytes.get(first + group)) {
            at = first + group;
            continue;
        }
        let (mut start, end) = run(text, first);
        // A bracket that does not close within the number is not its own.
        if !text[start..end].contains(['）', ')']) {
            start +=
                text[start..first].len() - text[start..first].trim_start_matches(['（', '(']).len();
        }
        if is_phone(passage, &text[start..end], start) {
            add(start, end + extension(text, end));
        }
        at = end.max(first + 1);
    }
    digits
}

/// Whether a byte may begin what stands between two groups of a number.
fn may_join(byte: Option<&u8>) -> bool {
    byte.is_some_and(|byte| matches!(byte, b'-' | b' ' | b'(' | b')' | 0xC2 | 0xE2 | 0xEF))
}

/// The digits from `first` on with what may stand between the groups of a number, and the brackets
/// and the `+` before them. At most 24 bytes: a longer row of digits is no number and is read over.
fn run(text: &str, first: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let left = before(text, first, 4);
    let open = left.trim_end_matches(['（', '(', '+', '＋']);
    let start = first - left.len() + open.len();
    let mut end = first;
    let mut gap = 0;
    for (at, c) in after(text, first, 40).char_indices() {
        if c.is_ascii_digit() {
            end = first + at + 1;
            gap = 0;
        } else if matches!(
            c,
            '-' | ' ' | '－' | '–' | '—' | '）' | ')' | '（' | '(' | '\u{a0}'
        ) && gap < 2
        {
            gap += 1;
        } else {
            break;
        }
    }
    // The rest of a row of digits that the window cut belongs to it.
    let rest = bytes[end..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    (start, end + rest)
}

/// Bytes of `转8001` behind a number.
fn extension(text: &str, end: usize) -> usize {
    let right = after(text, end, 20);
    let open = right.trim_start_matches([' ', '-', ',', '，', '（', '(']);
    let Some(digits) = ["转", "轉", "分机", "分機", "ext."]
        .iter()
        .find_map(|word| open.strip_prefix(word))
    else {
        return 0;
    };
    let digits = digits.trim_start_matches([' ', '：', ':']);
    let run = digits.bytes().take_while(u8::is_ascii_digit).count();
    if run == 0 || run > 5 {
        return 0;
    }
    let end = right.len() - digits.len() + run;
    // The bracket that it stands in closes behind it.
    let opened = right[..end].contains(['（', '(']);
    let close = right[end..]
        .chars()
        .next()
        .filter(|c| matches!(c, '）' | ')'));
    end + close.filter(|_| opened).map_or(0, char::len_utf8)
}

/// Whether a number is one of another service: 客服微信：13900000000, 企业QQ：4000000000.
fn is_account(left: &str) -> bool {
    const SERVICES: [&str; 9] = [
        "微信",
        "微信号",
        "QQ",
        "QQ号",
        "QQ群",
        "qq",
        "QQ号码",
        "QQ群号",
        "抖音号",
    ];
    let label = left.trim_end_matches(|c: char| !c.is_alphanumeric());
    // 电话/微信：13900000000 is a telephone's as well.
    let label = label
        .rsplit(['，', '。', '；', '：', ':', ' ', '\t'])
        .next();
    label.is_some_and(|label| ends(label, &SERVICES) && !has(label, &["电话", "手机"]))
}

fn is_phone(passage: &Passage<'_>, written: &str, start: usize) -> bool {
    let text = passage.text;
    if written.len() > 40 || written.bytes().filter(u8::is_ascii_digit).count() < FEWEST {
        return false;
    }
    // Five or six digits can only be a hotline's.
    let short = written.trim_start_matches(['（', '(']);
    if short.len() <= 6 && !HOTLINES.iter().any(|head| short.starts_with(head)) {
        return false;
    }
    let edge = before(text, start, 4).chars().next_back();
    let next = after(text, start + written.len(), 4).chars().next();
    let joined = |c: Option<char>| {
        c.is_some_and(|c| {
            c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '@' | '*' | '/' | '%' | '＠' | '=')
        })
    };
    // 13800000000/13900000000: two numbers.
    let second = edge == Some('/') && is_behind_another(text, start - 1);
    if is_account(before(text, start, 45))
        || joined(edge) && edge != Some('*') && !second
        || joined(next) && !matches!(next, Some('.' | '*' | '/'))
    {
        return false;
    }
    let abroad = written.contains(['+', '＋']);
    let bare = written.trim_start_matches(['+', '＋', '（', '(']);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let china =
        (abroad || bare.starts_with("0086") || bare.starts_with("86-") || bare.starts_with("86 "))
            .then(|| digits.trim_start_matches("00").strip_prefix("86"))
            .flatten();
    let local = china.unwrap_or(&digits);
    let grouped = bare.contains(['-', ' ', '）', ')', '－', '–', '—', '\u{a0}']);
    let left = before(text, start, 60);
    let left = left.rsplit(['。', '；']).next().unwrap_or(left);
    let near = || has(left, &LABELS) || label(passage.previous, &LABELS);
    // A label right before the number: nothing but marks and a few words of blandness between.
    let tight = || {
        let tail = left.trim_end_matches(|c: char| !c.is_alphanumeric());
        label(passage.previous, &LABELS) && start <= 6
            || ends(tail, &LABELS)
            || ends(
                tail,
                &["热线为", "电话为", "电话是", "热线号码", "电话号码"],
            )
    };
    // 0571-00000000-8001: the last of three groups is an extension.
    let groups = bare
        .split(['-', '－', '–', '—'])
        .filter(|group| !group.is_empty());
    let extension = match groups.collect::<Vec<_>>()[..] {
        [area, _, last] if area.starts_with('0') && (3..=5).contains(&last.len()) => last.len(),
        _ => 0,
    };
    let length = local.len() - extension.min(local.len());
    if local.starts_with("400") || local.starts_with("800") {
        return length == 10 && (local.starts_with("400") || near());
    }
    if length == 11 && local.starts_with('1') {
        let mobile = matches!(local.as_bytes()[1], b'3'..=b'9');
        return mobile && (near() || china.is_some() || passage.under.contact);
    }
    if local.starts_with('0') || china.is_some() {
        // With the country's number before it the area code has lost its 0.
        let fits = if local.starts_with('0') {
            (10..=12).contains(&length)
        } else {
            (9..=11).contains(&length)
        };
        return fits
            && (grouped || near())
            && (near() || !written.contains(' ') || passage.under.contact);
    }
    if abroad {
        return (9..=15).contains(&length) && near();
    }
    let hotline = matches!(length, 5 | 6) && HOTLINES.iter().any(|head| local.starts_with(head));
    if hotline {
        let right = after(text, start + written.len(), 30);
        return !grouped
            && (!PUBLIC.contains(&local) && tight() || passage.under.contact && asks(left, right));
    }
    // 010-00000000/88880000: the second number is in the same place.
    (length == 8 || length == 7) && !local.starts_with(['0', '1']) && (second || tight())
}

/// Whose the hotline at `start` is by the words right before it: 电信客服10000, 某某银行客服95000.
pub(super) fn hotline(text: &str, start: usize) -> Option<String> {
    const CARRIERS: [(&str, &str); 4] = [
        ("10000", "电信"),
        ("10086", "移动"),
        ("10010", "联通"),
        ("10099", "广电"),
    ];
    const BODIES: [&str; 4] = ["银行", "保险", "人寿", "证券"];
    let right = after(text, start, 6);
    let number = &right[..right.bytes().take_while(u8::is_ascii_digit).count()];
    if number.len() != 5 {
        return None;
    }
    let left = before(text, start, 45).trim_end_matches(|c: char| !c.is_alphanumeric());
    let named = left.trim_end_matches(char::is_alphanumeric).len();
    let label = ["客服电话", "客服热线", "服务热线", "热线", "电话", "客服"]
        .iter()
        .find_map(|label| left[named..].strip_suffix(label))?;
    if let Some((_, name)) = CARRIERS.iter().find(|(line, _)| *line == number) {
        return label.ends_with(name).then(|| (*name).to_owned());
    }
    let name = label
        .rsplit(['的', '与', '和', '或'])
        .next()
        .unwrap_or(label);
    let long = name.chars().count() >= 4;
    let other = ends(name, &BODIES) && long && !has(name, &["我", "本", "您", "手机", "网上"]);
    other.then(|| name.to_owned())
}

/// Whether another number ends at `end`.
fn is_behind_another(text: &str, end: usize) -> bool {
    let left = before(text, end, 24);
    let rest = left.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '－' | ' '));
    let written = left[rest.len()..].trim_start_matches(' ');
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 && !rest.ends_with(|c: char| c.is_ascii() && !matches!(c, '(' | ')' | ':'))
}

/// Whether the words on both sides of a number invite to ask there: `通过95000进行咨询`. Where the
/// operator tells how to reach it, even a line of the authorities is its own.
fn asks(left: &str, right: &str) -> bool {
    let left = left.trim_end_matches(|c: char| !c.is_alphanumeric());
    let right = right.trim_start_matches(|c: char| !c.is_alphanumeric());
    ends(left, &["通过", "拨打", "致电"])
        && starts(
            right,
            &["咨询", "进行咨询", "联系我们", "与我们联系", "和我们联系"],
        )
}

#[cfg(test)]
mod tests {
    use crate::document::ContactKind;
    use crate::facts::contacts_of;

    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        assert_eq!(contacts_of(text, ContactKind::Phone), expected, "{text}");
    }

    #[test]
    fn numbers_are_read_as_written() {
        case("拨打“400-000-0000”客服", &["400-000-0000"]);
        case("热线：4000000000（全天）", &["4000000000"]);
        case("电话：010-00000000", &["010-00000000"]);
        case("电话：（0571）0000 0000", &["（0571）0000 0000"]);
        case("电话：(0571)00000000转8001", &["(0571)00000000转8001"]);
        case("电话：0571-00000000-8001，", &["0571-00000000-8001"]);
        case(
            "电话：0571-00000000（转8001）",
            &["0571-00000000（转8001）"],
        );
        case(
            "电话：0571-00000000/88880000",
            &["0571-00000000", "88880000"],
        );
        case("电话/微信：13900000000", &["13900000000"]);
        case("电话：+86 21 0000 0000", &["+86 21 0000 0000"]);
        case("电话：01000000000", &["01000000000"]);
        case("手机：13900000000", &["13900000000"]);
        case("客服热线：95000", &["95000"]);
        case("客服电话\n95000", &["95000"]);
        case("服务热线：400 000 0000", &["400 000 0000"]);
        case("联系电话：88880000", &["88880000"]);
        let two = ["13900000000", "13800000000"];
        case("客服电话：13900000000/13800000000", &two);
        case(
            "电话：400-000-0000/010-00000000",
            &["400-000-0000", "010-00000000"],
        );
        case("#联系我们\n您可以通过12345进行咨询。", &["12345"]);
        case("#联系我们\n您可以拨打95000与我们联系。", &["95000"]);
    }

    #[test]
    fn other_numbers_are_none() {
        case("订单202600001111，IP地址：1.2.3.4", &[]);
        case("通过我们公布的电话联系", &[]);
        case("#联系我们\n您可以拨打12345投诉。", &[]);
        case("您可以通过12345进行咨询。", &[]);
        case("编号 GB/T 00000-2026", &[]);
        case("向12377举报热线反映，举报电话：12377", &[]);
        case("服务时间09:00-18:00", &[]);
        case("#联系我们\n客服微信：13900000000，企业QQ：4000000000", &[]);
        case("2026-01-02 至 2026-02-03", &[]);
        case("0123456789012345678901234567890123456789", &[]);
        case("邮箱：13900000000@example.com", &[]);
        case("客服电话见a.cn/id12345678/13900000000", &[]);
    }
}
