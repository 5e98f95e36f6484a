//! A notice comes from a file that somebody wrote: whatever it says, it says as text.

use super::markup::{content, skeleton};
use super::sample::{decided, notice_of, save_all};
use crate::{
    Delivery, Draft, Entry, Form, FormFault, Held, Html, Rights, Step, Store, Stored, Told, Way,
    banner, form_fault, form_page, form_policy, form_step, handle, held, noscript, preferences,
    rights, step,
};
use proptest::prelude::*;
use zhiqing_consent::removal::{NotRemoved, Reason, Removed, Returned};
use zhiqing_consent::{Decision, Notice, Removal, Technology};

/// Every view of a notice, with everything in it that can be shown.
fn views(notice: &Notice, words: &dyn Fn(&str) -> String) -> Vec<Html> {
    let draft = Draft {
        granted: notice.asked().map(|purpose| purpose.id.clone()).collect(),
        ..Draft::default()
    };
    let decision = decided(notice, &save_all(notice));
    let note = words("只在本页有效");
    let technology = Technology::Cookie;
    let removal = Removal {
        removed: vec![Removed {
            technology,
            key: words("Hm_lvt_1"),
        }],
        kept: vec![NotRemoved {
            technology,
            key: words("cna"),
            reason: Reason::Undeletable,
        }],
        returned: vec![Returned {
            technology,
            key: words("Hm_lvt_2"),
            times: 2,
        }],
    };
    let entry = |store, key: &str| Entry {
        store,
        key: words(key),
    };
    let list = Stored {
        entries: Store::ALL.map(|store| entry(store, "cart")).to_vec(),
        deleted: Some(1),
        left: vec![words("cna")],
        sure: false,
    };
    let shown = Rights {
        decision: Some(&decision),
        receipt: Delivery::Here,
        returned: true,
        gpc: false,
        removal: Some(&removal),
        note: Some(&note),
    };
    let mut views = vec![
        banner(notice),
        preferences(notice, &draft, &list, Some(&note)),
        handle(notice),
        rights(notice, shown),
    ];
    views.push(noscript(notice, &words("/v1/form"), Some(&note)));
    views.extend(form_views(notice, &draft, &decision, &note));
    let refused = [None, Some(Technology::Pixel)];
    views.extend(refused.map(|refused| {
        let shown = Held {
            place: &note,
            purpose: notice.purposes.last(),
            refused,
            ..Held::default()
        };
        held(notice, shown)
    }));
    for purpose in notice.asked() {
        for refusal in [None, Some(note.as_str())] {
            views.push(step(notice, Step { purpose, refusal }));
        }
    }
    views
}

/// Every page of the form.
fn form_views(notice: &Notice, draft: &Draft, decision: &Decision, note: &str) -> Vec<Html> {
    let way = Way {
        origin: Some(note),
        back: Some(note),
    };
    let form = Form {
        draft,
        decision: Some(decision),
        way,
        rendered_ms: 1,
        gpc: true,
        told: Some(Told::Saved),
    };
    let mut views = vec![
        form_page(notice, &form),
        form_policy(notice, None, way),
        form_fault(notice, FormFault::Malformed(note)),
    ];
    let steps = notice
        .asked()
        .map(|purpose| form_step(notice, purpose, &form));
    views.extend(steps);
    views
}

/// What texts try, and any text.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "</script><img src=x onerror=alert(1)>",
        "\" onclick=\"alert(1)",
        "' onclick='alert(1)",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
        "</dialog>",
        "</article></dialog><input checked>",
        "&lt;b&gt;",
        "&#60;b&#62;",
        "&amp;amp;",
        "&",
        "a\0b",
        "\r",
        "\r\n",
        "\u{c}",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "\u{feff}",
        "{{name}}",
        "`${1}`",
        "=",
        "/",
        "\\",
    ]);
    prop_oneof![
        4 => known.prop_map(str::to_owned),
        1 => "[<>&\"'=/ ;#a-z\u{0}-\u{1f}]{1,20}",
        1 => any::<String>(),
    ]
}

proptest! {
    #[test]
    fn no_word_of_a_notice_becomes_markup(text in hostile()) {
        let plain = str::to_owned;
        let spoiled = |words: &str| format!("{words}{text}");
        let expected = views(&notice_of(&plain), &plain);
        let found = views(&notice_of(&spoiled), &spoiled);
        prop_assert_eq!(found.len(), expected.len());
        let shown = text.replace('\0', "\u{fffd}");
        for (found, expected) in found.iter().zip(&expected) {
            let [found, expected] = [found, expected]
                .map(|html| html.as_str().trim_start_matches("<!doctype html>"));
            prop_assert_eq!(skeleton(found), skeleton(expected));
            prop_assert!(content(found).contains(&shown), "{:?} in {:?}", shown, found);
        }
    }
}
