//! What sentences say: whether they deny, what an aim is, what follows from refusing.

use super::words::{any, has, words};
use zhiqing_policy::{Clause, Term};

/// Sentences longer than this are not told as a refusal's outcome, aims not as an aim, in
/// characters.
const LONGEST: usize = 160;
const LONGEST_AIM: usize = 60;

/// On what a sentence ends.
const ENDS: [char; 6] = ['。', '！', '？', '；', ';', '\n'];

/// The sentences of a text, without their full stops.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(ENDS)
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

/// Parts of sentences, between commas and the like.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['，', ',', '。', '！', '？', '；', ';', '：', '\n'])
}

/// Whether the text says one of the words in a part that does not deny it.
pub(super) fn states<S: AsRef<str>>(text: &str, words: &[S]) -> bool {
    parts(text).any(|part| any(part, words) && !has(part, "denial"))
}

/// The clause's terms in parts that do not deny them. What is done instead where the person refuses
/// is none of what is asked: `不同意的，可以填写手机号` states no mobile number.
pub(super) fn stated_terms(clause: &Clause) -> Vec<&Term> {
    let mut stated = Vec::new();
    let mut terms = clause.terms.iter().peekable();
    let mut end = 0;
    let mut refused = false;
    for part in parts(&clause.text) {
        if terms.peek().is_none() {
            break;
        }
        end += part.chars().count();
        refused |= refuses(part);
        let silent = refused || has(part, "denial");
        while let Some(term) = terms.next_if(|term| (term.start as usize) < end) {
            if !silent {
                stated.push(term);
            }
        }
        refused &= !part.ends_with(ENDS);
    }
    stated
}

/// Whether the text names storing or tracking technologies, and each as one that is not used. A name
/// before a colon is judged with what follows: `像素标签：我们不使用。`
pub(super) fn only_unused(text: &str) -> bool {
    let mut names = false;
    let mut from = 0;
    let mut end = 0;
    for part in parts(text) {
        end += part.len();
        if part.ends_with('：') && end < text.len() {
            continue;
        }
        let part = &text[from..end];
        from = end;
        if has(part, "technology") {
            if !has(part, "denial") {
                return false;
            }
            names = true;
        }
    }
    names
}

/// Whether the rest of the sentence tells what follows from the person's refusing.
pub(super) fn refuses(part: &str) -> bool {
    has(part, "refusing") && !has(part, "refusing-not")
}

/// Whether the text says these words, and only of what is denied or foreseen.
pub(super) fn only_foreseen<S: AsRef<str>>(text: &str, of: &[S]) -> bool {
    let mut said = sentences(text)
        .filter(|sentence| any(sentence, of))
        .peekable();
    said.peek().is_some()
        && said.all(|sentence| has(sentence, "foreseen") || has(sentence, "denial"))
}

/// What a text gives as its aim: `用来排列商家。` has `排列商家`. What follows from refusing has none.
pub(super) fn aim(text: &str) -> Option<String> {
    let mut told = sentences(text).filter(|sentence| has(sentence, "aim"));
    told.find(|sentence| !has(sentence, "refusing"))
        .and_then(aim_of)
}

fn aim_of(sentence: &str) -> Option<String> {
    let ends = words("aim").iter();
    let ends = ends.filter_map(|word| Some(sentence.find(word)? + word.len()));
    let (before, behind) = sentence.split_at(ends.min()?);
    let stops = ['，', ','];
    // 不得用于… names no aim.
    if before
        .rsplit(stops)
        .next()
        .is_some_and(|part| has(part, "denial"))
    {
        return None;
    }
    plain_aim(behind.split(stops).next()?)
}

/// An aim as it can stand in a sentence of ours; `None` where it cannot.
pub(super) fn plain_aim(aim: &str) -> Option<String> {
    let aim = aim.trim().trim_end_matches(['。', '；', ';', '.', '，']);
    let aim = words("aim").iter().fold(aim, |aim, word| {
        aim.strip_prefix(word).unwrap_or(aim).trim()
    });
    let fits = (2..=LONGEST_AIM).contains(&aim.chars().count());
    let plain = !aim.starts_with(|c: char| c.is_ascii_digit())
        && !aim.contains(['。', '；', '：', '（', '('])
        && !has(aim, "denial")
        && !has(aim, "vague");
    (fits && plain).then(|| aim.to_owned())
}

/// What the text says follows when the person refuses: from the words that tell the refusing to the
/// end of the sentence.
pub(super) fn refusal(text: &str) -> Option<&str> {
    sentences(text).find_map(|sentence| {
        if has(sentence, "refusing-not") {
            return None;
        }
        let mut from = 0;
        for part in parts(sentence) {
            let follows =
                from + part.len() < sentence.len() || part.contains('就') || part.contains("可");
            if follows && has(part, "refusing") {
                let told = sentence[from..].trim();
                return (told.chars().count() <= LONGEST).then_some(told);
            }
            from += part.len();
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_is_not_stated() {
        assert!(states("我们展示广告。", &["广告"]));
        assert!(!states("目前，我们不会将信息用于广告。", &["广告"]));
        assert!(states("我们不出售信息，但展示广告。", &["广告"]));
        let policy = zhiqing_policy::parse("一、收集\n我们收集指纹。我们不收集人脸信息。\n");
        let terms = stated_terms(&policy.clauses[0]);
        assert_eq!(terms.len(), 1);
        assert_eq!(terms[0].text, "指纹");
    }

    #[test]
    fn what_follows_from_refusing_is_not_stated() {
        #[track_caller]
        fn case(text: &str, expected: &[&str]) {
            let policy = zhiqing_policy::parse(&format!("某某隐私政策\n一、收集\n{text}\n"));
            let terms = policy.clauses.iter().flat_map(stated_terms);
            let terms: Vec<&str> = terms.map(|term| term.text.as_str()).collect();
            assert_eq!(terms, expected, "{text}");
        }
        case("我们收集指纹。不同意的，可以填写手机号。", &["指纹"]);
        case(
            "我们收集指纹；您拒绝的，用身份证号核验；我们还收集手机号。",
            &["指纹", "手机号"],
        );
        case("我们收集指纹，不同意的，改用手机号。", &["指纹"]);
        // Somebody else refuses.
        case("我们将拒绝的请求，附上手机号。", &["手机号"]);
    }

    #[test]
    fn technologies_that_are_not_used() {
        for text in [
            "我们不使用Cookie。",
            "我们的页面没有使用Cookie，也不使用像素标签。",
            "网络信标：我们不使用。",
        ] {
            assert!(only_unused(text), "{text}");
        }
        for text in [
            "我们使用Cookie。",
            "我们使用Cookie，不使用像素标签。",
            "Cookie：用来保持登录。",
            "我们不收集指纹。",
            "",
        ] {
            assert!(!only_unused(text), "{text}");
        }
    }

    #[test]
    fn what_is_foreseen_does_not_happen() {
        let words = ["境外"];
        assert!(only_foreseen(
            "目前不向境外提供。将来要向境外提供的，先问您。",
            &words
        ));
        assert!(!only_foreseen(
            "您预订后，我们把护照号交给境外的民宿。",
            &words
        ));
    }

    #[test]
    fn aims() {
        let case = |text: &str| aim(text);
        assert_eq!(
            case("读取位置，用来排列商家、算距离。").as_deref(),
            Some("排列商家、算距离")
        );
        assert_eq!(case("目的：送餐；方式：接口").as_deref(), Some("送餐"));
        assert_eq!(case("读取位置。"), None);
        assert_eq!(case("对方不得用于其他目的。"), None);
        assert_eq!(case("不同意的，改领余额用来购物。"), None);
        assert_eq!(plain_aim("1、甲；2、乙"), None);
        assert_eq!(plain_aim("用于付款。").as_deref(), Some("付款"));
    }

    #[test]
    fn refusals() {
        assert_eq!(
            refusal("算距离离不开位置。不同意的，手动选城市，商家一样全。"),
            Some("不同意的，手动选城市，商家一样全")
        );
        assert_eq!(
            refusal("对明显重复的请求，我们有权拒绝，并说明理由。"),
            None
        );
        assert_eq!(
            refusal("发布前先问您，不同意就不发布；点评可以匿名。"),
            Some("不同意就不发布")
        );
        assert_eq!(refusal("我们收集手机号。"), None);
    }
}
