//! Headers that whole groups of responses have.

use serde_json::{Value, json};

/// Whoever is answered by hyper, or before the check of origins, gets none of them.
const BARE: [&str; 5] = [
    "Ambiguous",
    "UriTooLong",
    "HeadersTooLarge",
    "MethodNotAllowed",
    "RequestTimeout",
];

/// Adds them, and says of each header whether it is always there.
pub(super) fn add(document: &mut Value) {
    if let Some(responses) = document["components"]["responses"].as_object_mut() {
        for (name, response) in responses {
            require_own(response);
            if !BARE.contains(&name.as_str()) {
                guarded(response, "no-store");
            }
        }
    }
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    for (path, item) in paths {
        for operation in item
            .as_object_mut()
            .into_iter()
            .flat_map(|item| item.values_mut())
        {
            let responses = operation["responses"].as_object_mut();
            for response in responses
                .into_iter()
                .flat_map(|responses| responses.values_mut())
            {
                // References are done.
                if response.get("$ref").is_some() {
                    continue;
                }
                require_own(response);
                match path.as_str() {
                    "/v1/form" => page(response),
                    _ if response["headers"].get("ETag").is_some() => guarded(response, "no-cache"),
                    _ => guarded(response, "no-store"),
                }
            }
        }
    }
}

/// A response's own headers are always there, but for those that say otherwise: of two outcomes each
/// has its own, and a cookie is set where there is a page to keep it.
fn require_own(response: &mut Value) {
    let Some(Value::Object(headers)) = response.get_mut("headers") else {
        return;
    };
    let accepts = headers.contains_key("Accept-Encoding");
    for (name, header) in headers {
        let is_sometimes = name == "Set-Cookie" || (accepts && name.starts_with("Accept"));
        header["required"] = (!is_sometimes).into();
    }
}

/// What [`crate::cors::guard`] adds.
fn guarded(response: &mut Value, cache: &str) {
    always(
        response,
        "Cache-Control",
        &json!({ "type": "string", "enum": [cache] }),
    );
    always(response, "Vary", &json!({ "type": "string" }));
    always(
        response,
        "X-Content-Type-Options",
        &json!({ "type": "string", "enum": ["nosniff"] }),
    );
    for name in [
        "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers",
    ] {
        response["headers"][name] = json!({
            "description": "Where the request has an Origin that is listed.",
            "schema": { "type": "string" },
        });
    }
}

/// What every page of the form has.
fn page(response: &mut Value) {
    for (name, value) in [
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    ] {
        always(
            response,
            name,
            &json!({ "type": "string", "enum": [value] }),
        );
    }
    if response.get("content").is_some() {
        always(
            response,
            "Content-Security-Policy",
            &json!({ "type": "string" }),
        );
    }
}

fn always(response: &mut Value, name: &str, schema: &Value) {
    response["headers"][name] = json!({ "required": true, "schema": schema });
}
