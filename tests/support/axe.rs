//! axe-core, in the page that is open.

use crate::Browser;
use serde_json::{Value, json};

const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");

/// The success criteria of WCAG 2.0 to 2.2, levels A and AA, and what axe calls good practice.
const TAGS: [&str; 7] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22a",
    "wcag22aa",
    "best-practice",
];

/// Axe lays its map of the page over `body` alone, and decides on no contrast and no target outside
/// it: ours hangs on `html`. It is moved there and back without closing what is open in it.
const MOVED: &str = "(async (run) => {
    const host = document.querySelector('zhiqing-notice');
    const next = host?.nextSibling ?? null;
    if (host) document.body.moveBefore(host, null);
    try {
        return await run();
    } finally {
        if (host) document.documentElement.moveBefore(host, next);
    }
})";

/// What axe found.
#[derive(Debug, Default)]
pub struct Audit {
    /// Rules that are broken: each with the elements and the remedy.
    pub violations: Vec<String>,
    /// Rules that axe could not decide on, by their id, each with the element's selector.
    pub undecided: Vec<(String, String)>,
}

impl Browser {
    /// Runs the rules of axe-core for WCAG 2.0 to 2.2, levels A and AA, and for good practice on what an
    /// expression gives: an element or the document. Open shadow roots in it are part of it.
    ///
    /// # Panics
    /// Where axe does not run.
    pub async fn audit(&self, context: &str) -> Audit {
        if self.value("typeof axe").await == "undefined" {
            self.run(AXE).await;
        }
        let options = json!({
            "runOnly": { "type": "tag", "values": TAGS },
            "resultTypes": ["violations", "incomplete"],
        });
        let found = format!(
            "{MOVED}(() => axe.run({context}, {options}))
                .then(({{ violations, incomplete }}) => ({{ violations, incomplete }}))"
        );
        let found = self.value(&found).await;
        let list = |name: &str| found[name].as_array().cloned().unwrap_or_default();
        let undecided = list("incomplete");
        let undecided = undecided.iter().flat_map(|rule| {
            let nodes = rule["nodes"].as_array().into_iter().flatten();
            nodes.map(|node| (text(&rule["id"]), target(node)))
        });
        Audit {
            violations: list("violations").iter().map(told).collect(),
            undecided: undecided.collect(),
        }
    }
}

/// A broken rule as a person reads it.
fn told(rule: &Value) -> String {
    let mut told = format!(
        "{}: {} ({})",
        text(&rule["id"]),
        text(&rule["help"]),
        text(&rule["helpUrl"])
    );
    for node in rule["nodes"].as_array().into_iter().flatten() {
        let (html, remedy) = (text(&node["html"]), text(&node["failureSummary"]));
        told.push_str(&format!("\n  {}\n    {html}\n    ", target(node)));
        told.push_str(&remedy.replace('\n', "\n    "));
    }
    told
}

/// The selectors that lead to a node, one for each tree.
fn target(node: &Value) -> String {
    let target = node["target"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|part| match part.as_array() {
            Some(trees) => trees.iter().map(text).collect::<Vec<_>>(),
            None => vec![text(part)],
        });
    target.collect::<Vec<_>>().join(" >> ")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
