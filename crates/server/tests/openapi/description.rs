//! The document as a judge of answers.

use crate::app::TestApp;
use crate::wire::{Answer, Request};
use axum::body::Body;
use http_body_util::BodyExt;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use tower::ServiceExt;

/// What the server says of itself.
pub(crate) struct Description {
    pub(crate) document: Value,
    /// By the schema that they hold values against.
    validators: RefCell<BTreeMap<String, Rc<Validator>>>,
}

/// Headers of every answer of HTTP, and those of the server's check of origins, which are described
/// where they are always there.
const COMMON: [&str; 10] = [
    "access-control-allow-origin",
    "access-control-expose-headers",
    // axum adds it whatever else is said to a method that is not there.
    "allow",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "date",
    "vary",
    "x-content-type-options",
];

impl Description {
    /// The document, asked for as any client does.
    pub(crate) async fn of(app: &TestApp) -> Self {
        let answer = app.get("/openapi.json").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "application/json");
        Self::new(answer.json())
    }

    fn new(document: Value) -> Self {
        Self {
            document,
            validators: RefCell::default(),
        }
    }

    /// The validator of a schema: making one takes longer than a request.
    fn validator(&self, schema: &Value) -> Rc<Validator> {
        let mut known = self.validators.borrow_mut();
        let made = known.entry(schema.to_string());
        Rc::clone(made.or_insert_with(|| Rc::new(validator(&self.document, schema))))
    }

    /// The addresses, as they are written: `/v1/consents/{subject}`.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        let paths = self.document["paths"].as_object().expect("paths");
        paths.keys().map(String::as_str)
    }

    /// The methods of an address, in capitals and in their order.
    pub(crate) fn methods(&self, path: &str) -> Vec<String> {
        let item = self.document["paths"][path].as_object().expect("a path");
        let names = item.keys().filter(|name| !name.starts_with("x-"));
        names.map(|name| name.to_ascii_uppercase()).collect()
    }

    /// An operation of an address. `HEAD` is one wherever `GET` is.
    pub(crate) fn operation(&self, path: &str, method: &str) -> Option<&Value> {
        let method = if method == "HEAD" { "GET" } else { method };
        if method.bytes().any(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        self.document["paths"][path].get(method.to_ascii_lowercase())
    }

    /// What a reference leads to; anything else is itself.
    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => {
                let pointer = reference.strip_prefix('#').expect("a reference within");
                self.document.pointer(pointer).expect("what it refers to")
            }
            None => value,
        }
    }

    /// Whether a body of this type is what the operation wants.
    pub(crate) fn takes(&self, path: &str, method: &str, media: &str, body: &Value) -> bool {
        let content = &self.document["paths"][path][method]["requestBody"]["content"];
        let taken = content.get(media);
        taken.is_some_and(|taken| self.validator(&taken["schema"]).is_valid(body))
    }

    /// Holds an answer against what is said of `request` at `path`.
    ///
    /// # Errors
    /// What is not as it is said.
    pub(crate) fn judge(
        &self,
        path: &str,
        request: &Request,
        answer: &Answer,
    ) -> Result<(), String> {
        let status = answer.status;
        if status >= 500 && status != 503 {
            return Err(format!("{status} is nobody's but the server's fault"));
        }
        let told = match self.operation(path, &request.method) {
            Some(operation) => operation["responses"].get(status.to_string()),
            // Some are no method for hyper, which answers 400, others are just not there.
            None if status != 400 => {
                self.document["paths"][path]["x-other-methods"].get(status.to_string())
            }
            None => Some(&self.document["components"]["responses"]["Ambiguous"])
                .filter(|_| status == 400),
        };
        let told = self.resolved(told.ok_or_else(|| format!("{status} is not described"))?);
        self.judge_headers(told, answer)?;
        self.judge_body(told, request, answer)
    }

    fn judge_headers(&self, told: &Value, answer: &Answer) -> Result<(), String> {
        // Of hyper's own making.
        if answer.status == 400 && answer.body.is_empty() {
            return Ok(());
        }
        let none = serde_json::Map::new();
        let headers = told["headers"].as_object().unwrap_or(&none);
        for (name, header) in headers {
            let lower = name.to_ascii_lowercase();
            let has = answer
                .head
                .lines()
                .any(|line| line.starts_with(&format!("{lower}: ")));
            if !has {
                match header["required"] == true {
                    true => return Err(format!("{name} is missing")),
                    false => continue,
                }
            }
            // The head is read in lower case.
            let value = answer.header(&lower);
            let allowed = header["schema"]["enum"].as_array();
            let is_allowed = allowed.is_none_or(|allowed| {
                let mut texts = allowed.iter().filter_map(Value::as_str);
                texts.any(|text| text.eq_ignore_ascii_case(value))
            });
            if !is_allowed {
                return Err(format!("{name} is {value:?}"));
            }
        }
        for line in answer.head.lines().skip(1) {
            let name = line.split(':').next().unwrap_or_default();
            let described = headers.keys().any(|own| own.eq_ignore_ascii_case(name));
            if !described && !COMMON.contains(&name) {
                return Err(format!("{name} is not described"));
            }
        }
        Ok(())
    }

    fn judge_body(&self, told: &Value, request: &Request, answer: &Answer) -> Result<(), String> {
        let media = answer.header("content-type");
        let content = told["content"]
            .as_object()
            .and_then(|content| content.get(media));
        let is_bare = request.method == "HEAD" || answer.status == 400;
        match content {
            _ if answer.body.is_empty() && (is_bare || told.get("content").is_none()) => Ok(()),
            None => Err(format!("content of type {media:?} is not described")),
            Some(_) if media.starts_with("text/html") => {
                let text = String::from_utf8(answer.body.clone()).map_err(|_| "no UTF-8")?;
                match text.to_ascii_lowercase().starts_with("<!doctype html>") {
                    true => Ok(()),
                    false => Err("no page".into()),
                }
            }
            Some(_) if media.starts_with("application/openmetrics-text") => {
                // As the format ends.
                match answer.body.ends_with(b"\n# EOF\n") {
                    true => Ok(()),
                    false => Err("no metrics".into()),
                }
            }
            Some(content) => {
                let body =
                    serde_json::from_slice(&answer.body).map_err(|error| error.to_string())?;
                let validator = self.validator(&content["schema"]);
                let errors: Vec<String> = validator
                    .iter_errors(&body)
                    .map(|error| format!("{}: {error}", error.instance_path()))
                    .collect();
                match errors.is_empty() {
                    true => Ok(()),
                    false => Err(errors.join("; ")),
                }
            }
        }
    }
}

/// A schema of the document, with what it refers to.
pub(crate) fn validator(document: &Value, schema: &Value) -> Validator {
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": document["components"],
        "allOf": [schema],
    });
    jsonschema::validator_for(&whole).expect("a schema")
}

/// What the router answers, as if it had come over a socket.
pub(crate) async fn send(app: &TestApp, request: &Request) -> Answer {
    let mut built = axum::http::Request::builder()
        .method(request.method.as_str())
        .uri(&request.target);
    for (name, value) in &request.headers {
        built = built.header(name.as_str(), value.as_slice());
    }
    let built = built.body(Body::from(request.body.clone()));
    let response = app.router.clone().oneshot(built.expect("a request")).await;
    let (parts, body) = response.expect("infallible").into_parts();
    let body = body.collect().await.expect("a body").to_bytes().to_vec();
    let mut head = String::from("http/1.1\n");
    for (name, value) in &parts.headers {
        let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        head += &format!("{name}: {value}\n");
    }
    Answer {
        status: parts.status.as_u16(),
        head,
        body,
    }
}
