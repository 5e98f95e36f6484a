//! The style sheets. They live in the shadow root, so the page's styles stay out and these stay in;
//! a site sets the custom properties `--zq-*` on `zhiqing-notice`, or styles `::part`s.

use zhiqing_consent::{Notice, Place};

/// What the banner needs: shipped in `zhiqing.js`.
///
/// Buttons that stand side by side are of one size at any text size: the `flex` of `.choice` puts
/// all of them in one row where 16em fit, and each in a row of its own where they do not.
pub const BANNER: &str = include_str!("style/banner.css");

/// What the banner needs at the top: added when it is put there.
pub const TOP: &str = include_str!("style/banner_top.css");

/// What the banner of a notice needs on top, where it stands elsewhere or is in letters: most pages
/// need none of it.
pub fn banner_extra(notice: &Notice) -> String {
    let place = match notice.banner.place {
        Place::Bottom => "",
        Place::Top => TOP,
        Place::Over => include_str!("style/banner_over.css"),
    };
    let letters = match notice.locale.starts_with("zh") {
        true => "",
        false => include_str!("style/banner_latin.css"),
    };
    [place, letters].concat()
}

/// What the sheets need on top: shipped with the glue.
pub const SHEETS: &str = include_str!("style/sheets.css");

/// What the handle needs: added with it.
pub const HANDLE: &str = include_str!("style/handle.css");

/// What a placeholder in the page needs on top of the banner's: added with the first.
pub const HELD: &str = include_str!("style/held.css");

/// Of the snippet for a page without script, in the page itself: all of it under a class of ours, with
/// a name that no filter list hides, so that nothing of the page is touched.
pub const FORM: &str = include_str!("style/form.css");

/// Of the pages of the form: the sheets' style, on pages of their own.
pub const FORM_PAGE: &str = concat!(
    include_str!("style/sheets.css"),
    include_str!("style/form.css"),
    include_str!("style/form_page.css"),
);

/// Of the page that tells what changed between two versions of a policy: a page of its own, which
/// fetches nothing.
pub const CHANGES: &str = include_str!("style/changes.css");
