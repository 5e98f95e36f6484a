//! Pictures of every state, and the page that shows them: `cargo xtask screenshots`.

use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use zhiqing_tests::{Look, STATES, State};

/// Width and height of what is looked at, in CSS pixels: the narrowest phone, one of the middle, a
/// desk.
const SCREENS: [(u32, u32); 3] = [(320, 844), (390, 844), (1280, 800)];

const SCHEMES: [(&str, Look); 2] = [("light", Look::LIGHT), ("dark", Look::DARK)];

/// Of WebP, out of 100: letters are still sharp, and a picture takes some ten kilobytes.
const QUALITY: u8 = 40;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [docs, wanted @ ..] = arguments.as_slice() else {
        eprintln!("screenshots: the first argument is the folder of the docs");
        std::process::exit(2);
    };
    let docs = PathBuf::from(docs);
    let pictures = docs.join("images/states");
    if let Some(name) = wanted
        .iter()
        .find(|name| STATES.iter().all(|state| state.name != **name))
    {
        eprintln!("screenshots: there is no state `{name}`; docs/states.md lists them");
        std::process::exit(2);
    }
    let wanted = |state: &&State| wanted.is_empty() || wanted.iter().any(|name| name == state.name);
    fs::create_dir_all(&pictures).expect("a folder for the pictures");
    for state in STATES.iter().filter(wanted) {
        eprintln!("screenshots: {}", state.name);
        for (name, picture) in pictures_of(state).await {
            fs::write(pictures.join(name), picture).expect("the docs are ours");
        }
    }
    fs::write(docs.join("states.md"), table()).expect("the docs are ours");
}

async fn pictures_of(state: &State) -> Vec<(String, Vec<u8>)> {
    let visit = state.reach().await;
    // They fade in and out by a clock of their own.
    visit.dev_tools("Emulation.setScrollbarsHidden", &json!({ "hidden": true }));
    let mut pictures = Vec::new();
    for (width, height) in SCREENS {
        for (scheme, look) in SCHEMES {
            visit.look(look.wide(width).high(height)).await;
            state.show(&visit).await;
            let picture = visit.picture("webp", QUALITY);
            pictures.push((file(state, width, scheme), picture));
        }
    }
    visit.end().await;
    pictures
}

fn file(state: &State, width: u32, scheme: &str) -> String {
    format!("{}-{width}-{scheme}.webp", state.name)
}

/// `docs/states.md`.
fn table() -> String {
    let mut page = String::from(
        "# Every state that a person can see\n\n\
         Made by `cargo xtask screenshots`, from the list in \
         [`tests/support/states.rs`](../tests/support/states.rs); by hand nothing is changed here. Each state \
         at 320, 390 and 1280 px, in light and in dark colours; every one of them, and with large type, is \
         checked by [`tests/access.rs`](../tests/access.rs) with axe-core, and walked through by keys alone in \
         [`tests/keyboard.rs`](../tests/keyboard.rs).\n",
    );
    for state in STATES {
        let _ = write!(page, "\n## {}\n\n{}.\n\n", state.name, capital(state.shows));
        for (scheme, _) in SCHEMES {
            page.push_str("<p>\n");
            for (width, _) in SCREENS {
                let source = format!("images/states/{}", file(state, width, scheme));
                // At 1280 px a picture is as high as the others at this width.
                let shown = if width > 720 { 480 } else { width / 2 };
                let _ = writeln!(
                    page,
                    r#"<a href="{source}"><img src="{source}" width="{shown}" alt="{}, {width} px, {scheme}"></a>"#,
                    state.name
                );
            }
            page.push_str("</p>\n");
        }
    }
    page
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
