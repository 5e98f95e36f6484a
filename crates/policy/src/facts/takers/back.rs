//! Words that point back at who is meant, or ahead: `与这些商家共享`, `向第三方共享`.

use super::super::classes::NEAR;
use super::super::cues::denies_giving;
use super::super::passage::Passage;
use super::super::reach::{after, before, is_stop};
use super::super::scan::Hit;
use super::is_ours;

/// `我们会向第三方共享您的信息。点开由第三方服务商所供的页面前`: who the third party is, is told later.
pub(super) fn unnamed(passage: &Passage<'_>, near: &str, hit: Hit) -> Option<(usize, usize)> {
    let word = &passage.text[hit.start()..hit.end()];
    let third = if word.starts_with("第三方") {
        0
    } else {
        "第三方".len()
    };
    if third > 0 && !near.ends_with("第三方") {
        return None;
    }
    let left = before(passage.text, hit.start() - third, 900);
    let given = [
        "向第三方共享您",
        "向第三方提供您",
        "向第三方披露您",
        "与第三方共享您",
    ];
    given.iter().find_map(|given| {
        let led = &left[..left.rfind(given)?];
        let led = led.rsplit(is_stop).next().unwrap_or(led);
        (is_ours(led) && !denies_giving(led)).then_some((hit.start() - third, hit.end()))
    })
}

/// `使用由关联公司、供应商提供的服务时，我们会将信息与这些…共享`, `当广告主与我们联合…，会与其共享`
pub(super) fn serving(near: &str, hits: &[Hit], text: &str) -> Option<(usize, usize, usize)> {
    const OPENS: [(&str, &str); 3] = [("使用由", "提供的"), ("当", "与我们"), ("在", "与我们")];
    // One of these is in each.
    if !near.chars().any(|c| matches!(c, '由' | '当' | '在')) {
        return None;
    }
    let hit = hits[0];
    let right = after(text, hit.end(), 500);
    let sentence = right.split(is_stop).next().unwrap_or(right);
    let led = |(open, does): (&str, &str)| {
        let at = near.rfind(open)? + open.len();
        sentence.split_once(does).map(|told| (at, told))
    };
    let (open, (list, rest)) = OPENS.iter().find_map(|&opens| led(opens))?;
    let these = [
        "与这些",
        "与上述",
        "与该等",
        "向这些",
        "向上述",
        "向该等",
        "与其",
        "向其",
    ];
    let (_, shared) = these.iter().find_map(|these| rest.split_once(these))?;
    let given = ["共享", "分享", "提供"];
    let verb = given
        .iter()
        .filter_map(|verb| after(shared, 0, 90).find(verb));
    let behind = hit.end() + sentence.len() - shared.len() + verb.min()?;
    let list = &list[..list.find(['（', '(', '，']).unwrap_or(list.len())];
    let until = hit.end() + list.len();
    let last = hits.iter().take(NEAR).rfind(|other| other.end() <= until)?;
    Some((hit.start() - near.len() + open, last.end(), behind))
}
