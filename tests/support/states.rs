//! Every state of the interface that a person can see, and how to come there.
//!
//! One more is one more entry of [`STATES`]: what it is called, what is seen, what leads there from
//! a first visit of the sample site, and by what a script tells that it is there. It is then
//! checked by `tests/access.rs` and has its pictures in `docs/states.md`.

mod way;

pub use way::State;

use crate::translated::{ENGLISH, TRADITIONAL};
use crate::visit::NO_STORAGE;
use way::Step::{self, Again, Click, Run, Until};

const PREFERENCES: Step = Click("[data-zq=preferences]");
const ACCEPTED: &[Step] = &[
    Click("[data-zq=accept-all]"),
    Until("zhiqing.receipt()"),
    Run("zhiqing.show('rights')"),
];
const A_LOOK_AT_RIGHTS: &[Step] = &[Run("zhiqing.show('rights')")];
/// A separate consent from the preferences.
const OVERSEAS: &[Step] = &[
    PREFERENCES,
    Until("$('dialog')"),
    Click("[data-zq-purpose=overseas]"),
];
/// What the page and a tracker leave behind, and the preferences after it.
macro_rules! after_storing {
    ($($step:expr),*) => {
        &[
            Click("[data-zq=accept-all]"),
            Until("zhiqing.receipt()"),
            Run("(localStorage.setItem('cart', '1'), document.cookie = 'theme=dark; Path=/',
                new Promise((done) => { indexedDB.open('offline').onsuccess = (event) => {
                    event.target.result.close(); done(1); }; }))"),
            Run("zhiqing.show('preferences')"),
            Until("['Hm_lvt_demo', 'theme', 'cart', 'offline'].every((key) =>
                $$('#zq-stored .key').some((shown) => shown.textContent === key))"),
            $($step),*
        ]
    };
}
const THE_LIST: &str = ".group:has(#zq-stored)";
const DELETE_ALL: &str = "[data-zq=delete-all]";
const SURE: Step = Until("$('[data-zq=delete-all]').textContent.includes('再点一次')");
const THE_PREFERENCES: &str = "$('dialog.preferences')";

/// The way there by keys begins in front of it.
const THE_FRAME: Step = Run("document.querySelector('nav a:last-child').focus()");
const A_PLACEHOLDER: &str = "document.querySelector('zhiqing-placeholder') && $('.banner') === null && zhiqing.state().decidedAt";

const A_STEP: &str = "$('dialog.step')";
const THE_BANNER: &str = "$('.banner').checkVisibility()";
const THE_POLICY: &str = "$('[data-zq-document]')";
const THE_RIGHTS: &str = "$('dialog.rights')";

/// Answers as where the network is away, for addresses with `PART` in them.
macro_rules! lost {
    ($part:literal) => {
        concat!(
            "const reached = fetch;
            window.fetch = (input, init) => String(input.url ?? input).includes('",
            $part,
            "') ? Promise.reject(new TypeError('away')) : reached(input, init);"
        )
    };
}

/// The browser signals Global Privacy Control.
const SIGNAL: &str = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl',
    { configurable: true, get: () => true });";

/// A key in local storage that nothing deletes.
const STUBBORN: &str = "const remove = Storage.prototype.removeItem;
    Storage.prototype.removeItem = function (key) {
        if (key !== 'sawebjssdk-1') remove.call(this, key);
    };
    const { set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    window.setCookie = (text) => set.call(document, text);";

/// The guard does not run: it takes itself for the second on the page.
const NO_GUARD: &str = "window.zhiqing = { state: () => ({ purposes: {} }) };";
/// Puts what is asked with scripts off where it stands then.
const SCRIPTS_OFF: Step = Run("((it) => { it.outerHTML = it.textContent; })
    (document.querySelector('noscript'))");
const THE_FORM: &str = "$('form')";

const PLACE: &str = "# [banner]\n# place = \"bottom\"\n";

/// The glue of the module never comes.
const NO_MODULE: &str = "const append = Node.prototype.appendChild;
    Node.prototype.appendChild = function (node) {
        if (!String(node.src).includes('zhiqing_glue')) return append.call(this, node);
        setTimeout(() => node.onerror(new Event('error')));
        return node;
    };";

/// Every state, in the order of a visit.
pub const STATES: &[State] = &[
    State::new(
        "banner",
        "the first visit: what is asked, and three answers of one size",
    )
    .there(THE_BANNER),
    State::new(
        "banner-trouble",
        "the same where the module cannot be fetched",
    )
    .before(NO_MODULE)
    .there("$('.banner .trouble').checkVisibility()"),
    State::new("banner-top", "the same where the site puts it at the top")
        .with(&[(PLACE, "[banner]\nplace = \"top\"\n")])
        .there(THE_BANNER),
    State::new(
        "banner-over",
        "the same where the site puts it over the page, which waits for the answer",
    )
    .with(&[(PLACE, "[banner]\nplace = \"over\"\n")])
    .there("$('dialog.banner:modal')"),
    State::new(
        "banner-gpc",
        "the same in a browser that signals Global Privacy Control",
    )
    .before(SIGNAL)
    .there("$('.banner .gpc').checkVisibility()"),
    State::new("banner-en", "the same in English")
        .with(ENGLISH)
        .there(THE_BANNER),
    State::new("banner-hant", "the same in traditional characters")
        .with(TRADITIONAL)
        .there(THE_BANNER),
    State::new(
        "handle",
        "the way back on a page that has no link of its own",
    )
    .after(&[
        Run("document.querySelector('nav').remove()"),
        Click("[data-zq=accept-all]"),
    ])
    .there("$('.handle').checkVisibility()"),
    State::new("preferences", "each purpose on its own, none preselected")
        .after(&[PREFERENCES])
        .there(THE_PREFERENCES),
    State::new(
        "preferences-details",
        "what a purpose uses, who receives it, what follows from refusing",
    )
    .after(&[
        PREFERENCES,
        Until("$('dialog')"),
        Click(".group + .group summary"),
    ])
    .there("$('details[open] dl').checkVisibility()")
    .in_view(".group + .group"),
    State::new(
        "preferences-technologies",
        "each technology, to be refused whatever the purpose",
    )
    .after(&[
        PREFERENCES,
        Until("$('dialog')"),
        Click("[data-zq-technology=etag]"),
    ])
    .there("$('[data-zq-technology=etag]').checked")
    .in_view(".group:has([data-zq-technology])"),
    State::new(
        "preferences-stored",
        "what is stored now and by whom, to be deleted",
    )
    .after(after_storing!())
    .there(THE_PREFERENCES)
    .in_view(THE_LIST),
    State::new(
        "preferences-stored-sure",
        "\"delete all\" was tapped once, and asks again",
    )
    .after(after_storing!(Click(DELETE_ALL)))
    .there("$('[data-zq=delete-all]').textContent.includes('再点一次')")
    .in_view(DELETE_ALL),
    State::new("preferences-stored-deleted", "what was deleted")
        .after(after_storing!(Click(DELETE_ALL), SURE, Click(DELETE_ALL)))
        .there("$('.told').textContent && $('[data-zq=delete-all]') === null")
        .in_view(THE_LIST),
    State::new(
        "preferences-gpc",
        "in a browser that signals Global Privacy Control",
    )
    .before(SIGNAL)
    .after(&[PREFERENCES])
    .there("$('dialog.preferences .note')"),
    State::new("preferences-en", "in English")
        .with(ENGLISH)
        .after(&[PREFERENCES])
        .there(THE_PREFERENCES),
    State::new("preferences-hant", "in traditional characters")
        .with(TRADITIONAL)
        .after(&[PREFERENCES])
        .there(THE_PREFERENCES),
    State::new(
        "preferences-denied",
        "the browser keeps nothing for sites, and the person is told",
    )
    .before(NO_STORAGE)
    .after(&[PREFERENCES])
    .there("$('dialog.preferences .note')"),
    State::new(
        "preferences-decided",
        "the choices that stand, to be changed",
    )
    .after(&[
        Click("[data-zq=accept-all]"),
        Until("zhiqing.receipt()"),
        Run("zhiqing.show('preferences')"),
    ])
    .there("$('dialog [data-zq-purpose=ads]').checked")
    .in_view(".group + .group"),
    State::new("step", "a separate consent in a step of its own")
        .after(OVERSEAS)
        .there(A_STEP),
    State::new("step-en", "the same in English")
        .with(ENGLISH)
        .after(OVERSEAS)
        .there(A_STEP),
    State::new("step-hant", "the same in traditional characters")
        .with(TRADITIONAL)
        .after(OVERSEAS)
        .there(A_STEP),
    State::new(
        "step-permission",
        "the same, when the page wants a permission of the device",
    )
    .after(&[
        Until(THE_BANNER),
        Run("void zhiqing.permission('location')"),
    ])
    .there(A_STEP),
    State::new("step-guardian", "what only a guardian can agree to")
        .after(&[Run("zhiqing.accept(['child'])")])
        .there(A_STEP),
    State::new("policy", "the policy, its sensitive clauses marked")
        .after(&[Click("[data-zq=policy]")])
        .there(THE_POLICY),
    State::new("policy-contents", "its contents")
        .after(&[
            Click("[data-zq=policy]"),
            Until(THE_POLICY),
            Click(".contents summary"),
        ])
        .there("$('.contents ol').checkVisibility()"),
    State::new("policy-clause", "the clause that a purpose rests on")
        .after(&[
            PREFERENCES,
            Until("$('dialog')"),
            Click("article:has([data-zq-purpose=overseas]) summary"),
            Click("article:has([data-zq-purpose=overseas]) [data-zq-clause]"),
            Until(THE_POLICY),
        ])
        .there("$('.found')")
        .in_view(".found"),
    State::new(
        "policy-table",
        "a table, its cells below each other where it is too wide",
    )
    .of("h5-shop", "policy.md")
    .after(&[Click("[data-zq=policy]")])
    .there("$('.stack')")
    .in_view(".stack"),
    State::new("policy-missing", "the policy cannot be fetched")
        .before(lost!("/policy/"))
        .after(&[Click("[data-zq=policy]")])
        .there("$('dialog.policy .note')"),
    State::new("rights", "the rights before any decision")
        .after(A_LOOK_AT_RIGHTS)
        .there(THE_RIGHTS),
    State::new("rights-en", "the same in English")
        .with(ENGLISH)
        .after(A_LOOK_AT_RIGHTS)
        .there(THE_RIGHTS),
    State::new("rights-hant", "the same in traditional characters")
        .with(TRADITIONAL)
        .after(A_LOOK_AT_RIGHTS)
        .there(THE_RIGHTS),
    State::new(
        "rights-granted",
        "what was agreed to, to be withdrawn, and its receipt",
    )
    .after(ACCEPTED)
    .there("$('[data-zq=receipt]')"),
    State::new("rights-waiting", "the receipt has not come yet")
        .before(lost!("/v1/consents"))
        .after(&[
            Click("[data-zq=accept-all]"),
            Until("zhiqing.state().decidedAt"),
            Run("zhiqing.show('rights')"),
        ])
        .there(THE_RIGHTS),
    State::new("rights-refused", "everything was refused")
        .after(&[
            Click("[data-zq=reject-all]"),
            Until("zhiqing.receipt()"),
            Run("zhiqing.show('rights')"),
        ])
        .there("$('[data-zq=receipt]')"),
    State::new("rights-withdrawn", "what the withdrawal deleted")
        .after(&[
            Click("[data-zq=accept-all]"),
            Until("zhiqing.receipt()"),
            Run("zhiqing.withdraw()"),
            Run("zhiqing.show('rights')"),
        ])
        .there("$('dialog.rights .keys')"),
    State::new(
        "rights-returned",
        "what the withdrawal could not delete and why, and what was there again",
    )
    .before(STUBBORN)
    .after(&[
        Click("[data-zq=accept-all]"),
        Until("zhiqing.receipt()"),
        Run("(['cart', 'sawebjssdk-1'].forEach((key) => localStorage.setItem(key, '1')),
            sessionStorage.setItem('youtu.recent', '1'),
            Array.from({ length: 24 }, (_, at) => { document.cookie = `Hm_lvt_${at}=1; Path=/`; }).length)"),
        Run("zhiqing.withdraw()"),
        Run("zhiqing.removed()"),
        // Past the guard, as a server's answer would.
        Run("[3, 4].forEach((at) => setCookie(`Hm_lvt_${at}=2; Path=/`))"),
        Until("zhiqing.removed().then((it) => it.returned.length === 2)"),
        Run("zhiqing.show('rights')"),
    ])
    .there("$('.erased .keys + .says')")
    .in_view(".erased"),
    State::new("form-snippet", "what a page asks where scripts are off")
        .before(NO_GUARD)
        .after(&[SCRIPTS_OFF])
        .there("$('h2')"),
    State::new("form", "every choice, where scripts are off")
        .at("/v1/form?site=youtu")
        .there(THE_FORM),
    State::new("form-en", "the same in English")
        .with(ENGLISH)
        .at("/v1/form?site=youtu")
        .there(THE_FORM),
    State::new(
        "form-decided",
        "a choice that is recorded, and the way back",
    )
    .at("/v1/form?site=youtu")
    .after(&[Click("[value=accept-all]")])
    .there("$('.note.good')"),
    State::new("form-step", "a separate consent on a page of its own")
        .at("/v1/form?site=youtu&purpose=overseas")
        .there(THE_FORM),
    State::new("form-policy", "the policy, where scripts are off")
        .at("/v1/form?site=youtu&view=policy")
        .there(THE_POLICY),
    State::new("form-unknown", "an address that leads nowhere")
        .at("/v1/form?site=nobody")
        .there("$('h1')"),
    State::new("placeholder", "what stands in the place of a held frame")
        .after(&[Click("[data-zq=reject-all]"), THE_FRAME])
        .there(A_PLACEHOLDER)
        .in_view("zhiqing-placeholder"),
    State::new("placeholder-small", "the same in little room")
        .after(&[
            Click("[data-zq=reject-all]"),
            THE_FRAME,
            Run("document.querySelector('iframe').setAttribute('style', 'width: 160px; height: 110px')"),
            Until("document.querySelector('zhiqing-placeholder').offsetWidth === 160"),
        ])
        .there(A_PLACEHOLDER)
        .in_view("zhiqing-placeholder"),
    State::new("nothing", "a page on which nothing is left to ask")
        .after(&[
            Click("[data-zq=reject-all]"),
            Until("zhiqing.receipt()"),
            Again,
            THE_FRAME,
        ])
        .there("$('.banner') === null && $('dialog') === null"),
];
