//! What a notice leads to expect.

use serde_json::{Map, Value, json};

/// The states of every purpose: the granted ones and those of basis none granted, the rest in
/// `otherwise`.
///
/// # Panics
/// Where the notice has no purposes.
pub fn states(notice: &Value, granted: &[&str], otherwise: &str) -> Value {
    let states: Map<String, Value> = purposes(notice)
        .map(|purpose| {
            let id = id(purpose);
            let is_granted = purpose["basis"] == "none" || granted.contains(&id);
            let state = if is_granted { "granted" } else { otherwise };
            (id.to_owned(), state.into())
        })
        .collect();
    Value::Object(states)
}

/// The choices of a record that grants these purposes, each of `separate` in its own step.
///
/// # Panics
/// Where the notice has no purposes.
pub fn choices(notice: &Value, granted: &[&str], separate: &[&str]) -> Value {
    let asked = purposes(notice).filter(|purpose| purpose["basis"] != "none");
    let choices = asked.map(|purpose| {
        let id = id(purpose);
        let is_granted = granted.contains(&id) || separate.contains(&id);
        let state = if is_granted { "granted" } else { "denied" };
        json!({ "purpose": id, "state": state, "separate": separate.contains(&id) })
    });
    choices.collect::<Vec<_>>().into()
}

fn purposes(notice: &Value) -> impl Iterator<Item = &Value> {
    notice["purposes"].as_array().expect("purposes").iter()
}

fn id(purpose: &Value) -> &str {
    purpose["id"].as_str().expect("an id")
}
