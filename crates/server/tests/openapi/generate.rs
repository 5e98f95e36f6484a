//! Values by a JSON schema, and values that are none.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::string::string_regex;
use serde_json::{Map, Value, json};

/// Values that `schema` allows, as far as its keywords go that the document uses.
pub(crate) fn by(schema: &Value, document: &Value) -> BoxedStrategy<Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        let to = document
            .pointer(&reference[1..])
            .expect("what it refers to");
        return by(to, document);
    }
    if let Some(options) = schema["oneOf"].as_array() {
        return union(options.iter().map(|option| by(option, document)));
    }
    if let Some(values) = schema["enum"].as_array() {
        return select(values.clone()).boxed();
    }
    match &schema["type"] {
        Value::Array(types) => union(types.iter().map(|kind| {
            let mut one = schema.clone();
            one["type"] = kind.clone();
            by(&one, document)
        })),
        kind => match kind.as_str().expect("a type") {
            "null" => Just(Value::Null).boxed(),
            "boolean" => any::<bool>().prop_map(Value::from).boxed(),
            "integer" => integer(schema),
            "string" => text(schema),
            "array" => list(schema, document),
            "object" => object(schema, document),
            other => panic!("no type of the document: {other}"),
        },
    }
}

fn union(options: impl Iterator<Item = BoxedStrategy<Value>>) -> BoxedStrategy<Value> {
    proptest::strategy::Union::new(options.collect::<Vec<_>>()).boxed()
}

fn integer(schema: &Value) -> BoxedStrategy<Value> {
    let least = schema["minimum"].as_u64().unwrap_or(0);
    let most = schema["maximum"].as_u64().unwrap_or(u64::MAX);
    let edges = select(vec![least, most]);
    prop_oneof![edges, least..=most]
        .prop_map(Value::from)
        .boxed()
}

fn text(schema: &Value) -> BoxedStrategy<Value> {
    let most = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let pattern = schema["pattern"].as_str().unwrap_or("^.{0,20}$");
    let inner = pattern
        .strip_prefix('^')
        .and_then(|pattern| pattern.strip_suffix('$'));
    let texts = string_regex(inner.expect("a pattern of the whole")).expect("a pattern");
    let is_short = move |text: &String| text.chars().count() as u64 <= most;
    texts
        .prop_filter("longer than allowed", is_short)
        .prop_map(Value::from)
        .boxed()
}

fn list(schema: &Value, document: &Value) -> BoxedStrategy<Value> {
    let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
    let items = by(&schema["items"], document);
    proptest::collection::vec(items, least..least + 4)
        .prop_map(Value::from)
        .boxed()
}

fn object(schema: &Value, document: &Value) -> BoxedStrategy<Value> {
    let none = Map::new();
    let fields = schema["properties"].as_object().unwrap_or(&none);
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let fields: Vec<BoxedStrategy<Option<(String, Value)>>> = fields
        .iter()
        .map(|(name, schema)| {
            let (name, always) = (name.clone(), required.contains(&json!(name)));
            let field = by(schema, document).prop_map(move |value| (name.clone(), value));
            match always {
                true => field.prop_map(Some).boxed(),
                false => proptest::option::of(field).boxed(),
            }
        })
        .collect();
    let whole = |fields: Vec<_>| Value::Object(fields.into_iter().flatten().collect());
    fields.prop_map(whole).boxed()
}

/// A way to make a value another one.
#[derive(Clone, Debug)]
enum Change {
    Remove,
    Add(String),
    Replace(Value),
    Wrap,
    Lengthen(usize),
    Number(i128),
}

/// Changes at places of a value, which mostly make it one that no schema allows.
pub(crate) fn changed(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let change = prop_oneof![
        Just(Change::Remove),
        "[a-z_$]{0,8}".prop_map(Change::Add),
        anything().prop_map(Change::Replace),
        Just(Change::Wrap),
        (1_usize..300).prop_map(Change::Lengthen),
        select(vec![-1, 0, 1 << 53, (1 << 53) - 1, i128::from(u64::MAX)]).prop_map(Change::Number),
    ];
    let changes = proptest::collection::vec((any::<Index>(), change), 1..4);
    (value, changes)
        .prop_map(|(mut value, changes)| {
            for (at, change) in changes {
                apply(&mut value, at, change);
            }
            value
        })
        .boxed()
}

/// Any JSON, of a few levels.
pub(crate) fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        select(vec!["granted", "refused", "zhiqing/1", "demo", "1"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{0,6}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
    .boxed()
}

fn apply(value: &mut Value, at: Index, change: Change) {
    let mut places = Vec::new();
    pointers(value, "", &mut places);
    let place = &places[at.index(places.len())];
    let here = value.pointer_mut(place).expect("a place");
    match change {
        Change::Add(name) => match here {
            Value::Object(map) => drop(map.insert(name, json!(1))),
            Value::Array(list) => list.push(json!(name)),
            _ => *here = json!({ name: 1 }),
        },
        Change::Replace(other) => *here = other,
        Change::Wrap => *here = json!([here.take()]),
        Change::Lengthen(by) => match here {
            Value::String(text) => text.push_str(&"x".repeat(by)),
            Value::Array(list) => {
                let last = list.last().cloned().unwrap_or_default();
                list.resize(list.len() + by, last);
            }
            _ => *here = json!("x".repeat(by)),
        },
        Change::Number(number) => {
            *here = u64::try_from(number).map_or_else(|_| json!(-1), |number| json!(number));
        }
        Change::Remove => {
            let Some((parent, name)) = place.rsplit_once('/') else {
                *value = Value::Null;
                return;
            };
            match value.pointer_mut(parent) {
                Some(Value::Object(map)) => drop(map.remove(name)),
                Some(Value::Array(list)) => drop(list.remove(name.parse().expect("a number"))),
                _ => unreachable!("a place is in an object or a list"),
            }
        }
    }
}

/// The places in a value, as pointers. Keys that a pointer would have to escape are passed over.
fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(key, _)| !key.contains(['~', '/'])) {
                pointers(value, &format!("{at}/{key}"), out);
            }
        }
        Value::Array(list) => {
            for (at_item, value) in list.iter().enumerate() {
                pointers(value, &format!("{at}/{at_item}"), out);
            }
        }
        _ => {}
    }
}
