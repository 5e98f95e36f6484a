//! How answers look to a person, side by side.

use serde_json::{Value, json};
use zhiqing_tests::Browser;

/// In how far buttons that stand side by side differ: in size, and in every property of theirs and of
/// what is drawn before and behind their words, but those that follow from the place and the size.
const UNLIKE: &str = "((buttons) => {
    const placed = ['width', 'height', 'inline-size', 'block-size', 'perspective-origin', 'transform-origin'];
    const looks = buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect();
        return [`size: ${Math.round(width)} x ${Math.round(height)}`].concat(
            ['', '::before', '::after', '::first-letter', '::first-line'].flatMap((part) => {
                const style = getComputedStyle(button, part);
                return [...style].filter((name) => !placed.includes(name))
                    .map((name) => `${part} ${name}: ${style.getPropertyValue(name)}`);
            }));
    });
    return looks.flatMap((look, n) => look.filter((line, at) => line !== looks[0][at])
        .map((line) => `${n}: ${line}`));
})";

/// Asserts that so many answers look alike; `answers` is a selector of ours.
pub(super) async fn assert_alike(browser: &Browser, answers: &str, count: usize) {
    let found = browser.value(&format!("$$('{answers}').length")).await;
    assert_eq!(found, count, "{answers}");
    assert_eq!(unlike(browser, answers).await, json!([]), "{answers}");
}

async fn unlike(browser: &Browser, answers: &str) -> Value {
    browser.value(&format!("{UNLIKE}($$('{answers}'))")).await
}

/// What makes one answer stand out is found, however it does.
pub(super) async fn assert_planted_are_found(browser: &Browser, answers: &str) {
    for plant in [
        "background-image: linear-gradient(red, red)",
        "text-decoration: underline",
        "text-shadow: 0 0 1px red",
        "box-shadow: 0 0 1px red",
        "filter: brightness(1.1)",
        "outline: 1px solid red",
        "font-style: italic",
        "letter-spacing: 1px",
        "animation: beat 1s infinite",
        "transform: translateY(1px)",
        "opacity: .9",
        "min-height: 60px",
    ] {
        for part in ["", "::before", "::after"] {
            let sheet = json!(format!(
                ".actions .choice[data-planted]{part} {{ content: ''; {plant} }}"
            ));
            let found = browser
                .value(&format!(
                    "((last) => {{
                        const sheet = document.createElement('style');
                        sheet.textContent = {sheet};
                        root.append(sheet);
                        last.dataset.planted = '';
                        const found = {UNLIKE}($$('{answers}'));
                        sheet.remove();
                        delete last.dataset.planted;
                        return found;
                    }})($$('{answers}').at(-1))"
                ))
                .await;
            let found = found.as_array().expect("lines");
            let name = plant.split_once(':').map_or(plant, |(name, _)| name);
            // A shorthand is told by its parts.
            let told = |line: &&Value| {
                let line = line.as_str().unwrap_or_default();
                line.contains(name) || line.contains("size: ")
            };
            assert!(
                found.iter().any(|line| told(&line)),
                "{part} {plant}: {found:?}"
            );
        }
    }
}
