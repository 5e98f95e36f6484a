//! Requests drawn from the document, and from what the server itself publishes.

use crate::app::{TestApp, person, record};
use crate::description::Description;
use crate::generate::{by, changed};
use crate::wire::Request;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// A request, and the address that it is for as the document writes it.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    pub(crate) path: String,
    /// Whether the parts of the address are what their schemas allow.
    pub(crate) is_allowed: bool,
    pub(crate) request: Request,
}

/// Requests of every operation, most of them wrong in something.
pub(crate) fn requests(description: &Description, app: &TestApp) -> BoxedStrategy<Drawn> {
    let mut operations = Vec::new();
    for path in description.paths() {
        for method in description.methods(path) {
            // Where most can go wrong, most is tried.
            let weight = match (path, method.as_str()) {
                ("/v1/consents", "POST") => 8,
                ("/v1/form", _) => 3,
                _ => 1,
            };
            operations.push((weight, operation(description, app, path, &method)));
        }
    }
    let drawn = proptest::strategy::Union::new_weighted(operations);
    (drawn, method(), proptest::collection::vec(header(), 0..3))
        .prop_map(|(mut drawn, method, headers)| {
            if let Some(method) = method {
                drawn.request.method = method;
            }
            for (name, value) in headers {
                drawn.request = drawn.request.header(name, value);
            }
            drawn
        })
        .boxed()
}

/// Another method, now and then.
fn method() -> BoxedStrategy<Option<String>> {
    let others = select(vec![
        "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "GET", "POST", "X",
    ]);
    proptest::option::weighted(0.1, others.prop_map(str::to_owned)).boxed()
}

/// A header that a client, or nobody, would send.
fn header() -> BoxedStrategy<(&'static str, Vec<u8>)> {
    let known = select(vec![
        ("Origin", "https://demo.example"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("If-None-Match", "*"),
        ("If-None-Match", "\"sha256:0\", W/\"x\""),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Accept", "text/html;q=0"),
        ("Content-Encoding", "gzip"),
        ("Cookie", "zq=1~demo~2026.11~1763690000~analytics~identity~"),
        ("Sec-GPC", "1"),
        ("X-HTTP-Method-Override", "DELETE"),
        ("Range", "bytes=0-1"),
    ]);
    let known = known.prop_map(|(name, value)| (name, value.as_bytes().to_vec()));
    let names = select(vec![
        "Cookie",
        "Origin",
        "Referer",
        "User-Agent",
        "Accept-Language",
        "X-Any",
    ]);
    // Visible characters and what lies beyond ASCII: HTTP allows no others in a value.
    let value = prop_oneof![
        9 => proptest::collection::vec(prop_oneof![0x20_u8..0x7f, 0x80_u8..=0xff], 0..60),
        1 => (1_000_usize..9_000).prop_map(|length| vec![b'a'; length]),
    ];
    prop_oneof![3 => known, 1 => (names, value)].boxed()
}

fn operation(
    description: &Description,
    app: &TestApp,
    path: &str,
    method: &str,
) -> BoxedStrategy<Drawn> {
    let told = description
        .operation(path, method)
        .expect("an operation")
        .clone();
    let target = target(description, app, path, &told);
    let path = path.to_owned();
    let method = method.to_owned();
    let body = match (path.as_str(), method.as_str()) {
        ("/v1/consents", "POST") => submission(description, app, &told),
        ("/v1/form", "POST") => form(description, app, &told),
        _ => Just(None).boxed(),
    };
    (target, body, bearer())
        .prop_map(move |((target, is_allowed), body, bearer)| {
            let mut request = Request::new(&method, &target);
            if let Some(bearer) = bearer {
                request = request.header("Authorization", bearer);
            }
            if let Some((media, body)) = body {
                // Mostly from the site's own page, without which no form is read.
                if path == "/v1/form" && body.len() % 4 != 0 {
                    request = request.header("Sec-Fetch-Site", "same-origin");
                }
                request = request.header("Content-Type", media).body(body);
            }
            let path = path.clone();
            Drawn {
                path,
                is_allowed,
                request,
            }
        })
        .boxed()
}

/// Mostly the token of the person whose records are drawn.
fn bearer() -> BoxedStrategy<Option<String>> {
    let own = format!("Bearer {}", person().bearer());
    prop_oneof![
        8 => Just(Some(own)),
        1 => Just(None),
        1 => "Bearer [A-Za-z0-9_-]{0,50}".prop_map(Some),
    ]
    .boxed()
}

/// An address, and whether its parts are what their schemas allow: those that are there, that may be,
/// and that may not.
fn target(
    description: &Description,
    app: &TestApp,
    path: &str,
    told: &Value,
) -> BoxedStrategy<(String, bool)> {
    let parameters = told["parameters"].as_array().cloned().unwrap_or_default();
    let known = |name: &str| match name {
        "site" => app.notice.site.clone(),
        "subject" => person().subject(&app.notice.site),
        "version" => app.notice.policy.version.clone(),
        "purpose" => "identity".to_owned(),
        "view" => "policy".to_owned(),
        _ => "/list".to_owned(),
    };
    let value = |parameter: &Value| {
        let by_schema = by(&parameter["schema"], &description.document);
        let by_schema = by_schema.prop_map(|value| value.as_str().unwrap_or_default().into());
        let known = known(parameter["name"].as_str().expect("a name"));
        let random = proptest::collection::vec(any::<u8>(), 1..20);
        prop_oneof![6 => Just(known.into_bytes()), 2 => by_schema, 2 => random]
    };
    let values: Vec<_> = parameters.iter().map(value).collect();
    let validators: Vec<_> = parameters
        .iter()
        .map(|parameter| jsonschema::validator_for(&parameter["schema"]).expect("a schema"))
        .collect();
    let path = path.to_owned();
    (values, any::<u8>())
        .prop_map(move |(values, choices)| {
            let (mut target, mut allowed) = (path.clone(), true);
            let mut query = Vec::new();
            for (at, (parameter, value)) in parameters.iter().zip(values).enumerate() {
                let name = parameter["name"].as_str().expect("a name");
                let is_path = parameter["in"] == "path";
                // Nothing at all would be another address.
                let value = if is_path && value.is_empty() {
                    b" ".to_vec()
                } else {
                    value
                };
                let text = percent(&value, choices % 4 == 0);
                let is_sent = is_path || at == 0 || choices >> at & 1 == 1;
                if is_sent {
                    let value = String::from_utf8(value).ok();
                    let is_good = |value: String| validators[at].is_valid(&json!(value));
                    allowed &= value.is_some_and(is_good);
                }
                match is_path {
                    true => target = target.replace(&format!("{{{name}}}"), &text),
                    false if is_sent => query.push(format!("{name}={text}")),
                    false => {}
                }
            }
            match query.is_empty() {
                true => (target, allowed),
                false => (format!("{target}?{}", query.join("&")), true),
            }
        })
        .boxed()
}

/// Percent-encoded where it must be, or everywhere.
fn percent(bytes: &[u8], everywhere: bool) -> String {
    let mut text = String::new();
    for &byte in bytes {
        let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        match is_plain && !everywhere {
            true => text.push(char::from(byte)),
            false => text += &format!("%{byte:02x}"),
        }
    }
    match text.as_str() {
        // Clients resolve these before they ask.
        "." | ".." => "%2e".into(),
        _ => text,
    }
}

type Body = Option<(&'static str, Vec<u8>)>;

/// Bodies for `POST /v1/consents`.
fn submission(description: &Description, app: &TestApp, told: &Value) -> BoxedStrategy<Body> {
    let schema = &told["requestBody"]["content"]["application/json"]["schema"];
    let by_schema = by(schema, &description.document);
    let notice = app.notice.clone();
    // A few ids, so that some come again.
    let good = any::<u8>().prop_map(move |number| record(&notice, number));
    let one = mixed(description, good.clone().boxed());
    let list = proptest::collection::vec(one.clone(), 0..4).prop_map(Value::from);
    let value = prop_oneof![
        3 => good.clone(),
        4 => one.clone(),
        2 => list,
        2 => changed(one),
        4 => changed(good.clone().boxed()),
        1 => by_schema.clone(),
        1 => changed(by_schema),
    ];
    let media = prop_oneof![
        12 => Just("application/json"),
        1 => select(vec!["text/plain", "application/x-www-form-urlencoded", "application/json;charset=gbk", "x"]),
    ];
    let bytes = prop_oneof![
        20 => value.prop_map(|value| value.to_string().into_bytes()),
        1 => proptest::collection::vec(any::<u8>(), 0..200),
        1 => Just(vec![b' '; 300_000]),
    ];
    (media, bytes).prop_map(Some).boxed()
}

/// A good record, a few fields of which are what the schema allows for them.
fn mixed(description: &Description, good: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let schema = json!({ "$ref": "#/components/schemas/Record" });
    let random = by(&schema, &description.document);
    let fields = proptest::collection::vec(any::<proptest::sample::Index>(), 0..3);
    (good, random, fields)
        .prop_map(|(mut good, random, fields)| {
            let names: Vec<String> = random
                .as_object()
                .expect("an object")
                .keys()
                .cloned()
                .collect();
            for field in fields {
                let name = field.get(&names);
                good[name.as_str()] = random[name.as_str()].clone();
            }
            good
        })
        .boxed()
}

/// Bodies for `POST /v1/form`.
fn form(description: &Description, app: &TestApp, told: &Value) -> BoxedStrategy<Body> {
    const MEDIA: &str = "application/x-www-form-urlencoded";
    let schema = &told["requestBody"]["content"][MEDIA]["schema"];
    let by_schema = by(schema, &description.document);
    let (site, digest) = (app.notice.site.clone(), app.notice.digest.clone());
    let known = (by_schema.clone(), any::<u8>()).prop_map(move |(mut fields, kept)| {
        if kept % 8 != 0 {
            fields["site"] = json!(site);
        }
        if kept / 8 % 8 != 0 {
            fields["notice"] = json!(digest);
        }
        if kept / 64 != 0 {
            fields["purpose"] = json!(["analytics"]);
            fields["refuse"] = json!(["etag"]);
        }
        fields
    });
    let fields = prop_oneof![4 => known.clone(), 1 => by_schema, 2 => changed(known.boxed())];
    let media = prop_oneof![9 => Just(MEDIA), 1 => Just("application/json")];
    (media, fields)
        .prop_map(|(media, fields)| Some((media, encoded(&fields))))
        .boxed()
}

/// Fields as a form sends them: a list is its name many times, `null` is not sent.
fn encoded(fields: &Value) -> Vec<u8> {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields.as_object().into_iter().flatten() {
        match value {
            Value::Null => {}
            Value::Array(values) => {
                for value in values {
                    text.append_pair(name, &plain(value));
                }
            }
            value => drop(text.append_pair(name, &plain(value))),
        }
    }
    text.finish().into_bytes()
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The fields that a body holds, as the schema of the form sees them.
pub(crate) fn decoded(body: &[u8]) -> Value {
    let mut fields = json!({});
    for (name, value) in form_urlencoded::parse(body) {
        match name.as_ref() {
            "purpose" | "refuse" => match fields[name.as_ref()].as_array_mut() {
                Some(list) => list.push(json!(value)),
                None => fields[name.as_ref()] = json!([value]),
            },
            name => fields[name] = json!(value),
        }
    }
    fields
}
