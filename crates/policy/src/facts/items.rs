//! Items that open with the name of a permission: `相机：用于扫码`, `**位置（可选）**——推荐门店`.

use super::lists;
use super::passage::Passage;
use super::reach::{after, ends, has, is_comma, is_filler, is_stop, starts};
use super::scan::Hit;
use super::words::{self, Sure};

/// Longest name of an item, in bytes.
const LONGEST: usize = 150;

/// How an item begins that denies what it names.
const DENIED: [&str; 9] = [
    "我们不",
    "本应用不",
    "本小程序不",
    "不收集",
    "不读取",
    "不使用",
    "不申请",
    "不涉及",
    "无需",
];

/// An item: what it names, where the name begins and where what is said of it does.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) names: Vec<&'static str>,
    pub(super) start: usize,
    pub(super) body: usize,
    /// Whether it says itself that it is one of a list: `基于相机的功能：您可使用扫码`.
    pub(super) opens: bool,
}

/// Reads an item. In a list of permissions, a name is enough; elsewhere it must be one of a part of
/// the device that is said to be for something, or have 权限 in it.
pub(super) fn read(passage: &Passage<'_>, hits: &[Hit], listed: bool) -> Option<Item> {
    let text = passage.text;
    let whole = after(text, passage.start, LONGEST);
    let open = whole.trim_start_matches(|c| is_filler(c) || matches!(c, '•' | '·' | '●' | '-'));
    let start = passage.start + whole.len() - open.len();
    let (end, length) = mark(open)?;
    let mut near = hits.iter().take_while(|hit| hit.end() <= start + end);
    let body = start + end + length;
    let aims = starts(
        &text[body..],
        &["用于", "用来", "用以", "以便", "便于", "为了"],
    );
    let opens = is_based(&open[..end]) && starts(&text[body..], &["您可", "你可", "用于", "用来"]);
    let counts = listed
        || opens
        || near.any(|hit| match words::permission(hit.word).sure {
            Sure::Own | Sure::Constant => true,
            Sure::Device => aims || reads(&text[body..], &text[hit.start()..hit.end()]),
            _ => false,
        });
    let rest = text[body..].trim_start_matches(is_filler);
    if !counts || rest.is_empty() || starts(rest, &DENIED) {
        return None;
    }
    let head = without_brackets(&open[..end]);
    let head = if is_based(&head) {
        head.trim_start_matches("基于")
            .rsplit_once('的')
            .map_or(head.as_str(), |(name, _)| name)
    } else {
        &head
    };
    let apart = ['、', '/', '和', '及', '或', '与'];
    let names: Option<Vec<_>> = match lists::name(head) {
        Some((name, _)) => Some(vec![name]),
        None => {
            let parts = head.split(apart).map(|part| lists::name(part));
            parts.map(|part| part.map(|(name, _)| name)).collect()
        }
    };
    Some(Item {
        names: names?,
        start,
        body,
        opens,
    })
}

/// Whether a passage is an item of a few words before a colon and what is said of them.
pub(super) fn is_labelled(passage: &Passage<'_>) -> bool {
    const SHORT: usize = 45;
    let open = after(passage.text, passage.start, LONGEST);
    mark(open).is_some_and(|(end, length)| end <= SHORT && open.len() > end + length)
}

/// Whether an item says on what occasion what it names is read: `剪贴板：您发帖时，我们会读取`.
fn reads(body: &str, name: &str) -> bool {
    let near = after(body, 0, 180);
    let near = near.split(is_stop).next().unwrap_or(near);
    let Some((first, rest)) = near.split_once(['，', ',']) else {
        return false;
    };
    let rest = after(rest, 0, 60);
    first.trim_end().ends_with('时')
        && first.contains(['您', '你'])
        && rest.contains("我们")
        && !rest.contains('不')
        && (rest.contains(name) || has(rest, &["调用", "读取", "访问"]))
}

/// Whether the name of an item is that of functions which need a permission: `基于相机的功能`.
fn is_based(head: &str) -> bool {
    let tails = [
        "的功能",
        "的附加功能",
        "的扩展功能",
        "的附加服务",
        "的扩展服务",
        "的业务功能",
    ];
    head.starts_with("基于") && ends(head, &tails)
}

/// Where the mark between the name and the rest begins, and its bytes.
fn mark(open: &str) -> Option<(usize, usize)> {
    let mut depth = 0;
    for (at, c) in open.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ if depth > 0 => {}
            '：' | ':' | '—' | '–' | '】' => {
                let rest = &open[at..];
                let tail = rest.trim_start_matches(|c| {
                    is_filler(c) || matches!(c, '：' | ':' | '—' | '–' | '】')
                });
                return Some((at, rest.len() - tail.len()));
            }
            c if is_comma(c) => return None,
            _ => {}
        }
    }
    None
}

/// A name without what explains it in brackets.
fn without_brackets(head: &str) -> String {
    let mut depth = 0;
    let kept = head.chars().filter(|c| {
        let open = matches!(c, '（' | '(');
        let close = matches!(c, '）' | ')');
        depth += i32::from(open) - i32::from(close);
        depth == 0 && !close
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::passage::Under;
    use crate::facts::scan::{Found, Topic};
    use crate::structure::draft::{Draft, Role};

    #[track_caller]
    fn case(text: &str, listed: bool, expected: Option<(&[&str], &str)>) {
        let draft = Draft::new(1, text, Role::Paragraph);
        let passage = Passage::clause(&draft, Under::default(), "");
        let mut found = Found::default();
        found.scan(text);
        let item = read(&passage, found.of(Topic::Permission), listed);
        let item = item.map(|item| (item.names, &text[item.body..]));
        let expected = expected.map(|(names, body)| (names.to_vec(), body));
        assert_eq!(item, expected, "{text}");
    }

    #[test]
    fn items_open_with_names() {
        case("位置——找门店", true, Some((&["位置"], "找门店")));
        case("位置——找门店", false, None);
        case("相机：用于扫码", false, Some((&["相机"], "用于扫码")));
        case("相机：像素很高", false, None);
        case(
            "剪贴板：您发帖时，我们会看剪贴板里有没有链接",
            false,
            Some((&["剪贴板"], "您发帖时，我们会看剪贴板里有没有链接")),
        );
        case("相机：您拍照时，光线要足", false, None);
        case("相机：您拍照时，我们不会调用麦克风", false, None);
        case("相机权限：扫码", false, Some((&["相机"], "扫码")));
        case(
            "【麦克风（录音）】用于通话",
            true,
            Some((&["麦克风"], "用于通话")),
        );
        case(
            "使用相册/存储: 保存海报",
            true,
            Some((&["相册", "存储"], "保存海报")),
        );
        case(
            "基于相机（摄像头）的功能：您可使用扫码服务。",
            false,
            Some((&["相机"], "您可使用扫码服务。")),
        );
        case("基于位置的服务：推荐门店", false, None);
        case("Face ID：用于登录", true, Some((&["面容"], "用于登录")));
        case("投屏录屏：讲解", true, Some((&["投屏录屏"], "讲解")));
        case("相机很好，位置：近", true, None);
        case("关闭方法：在设置里", true, None);
        case("相机：", true, None);
        case("健康：我们不收集", true, None);
    }
}
