//! How the API says no: a response for each status, drawn from the outcomes in [`crate::problem`].

use crate::problem::{self, Outcome};
use axum::http::HeaderValue;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{AdditionalProperties, Object, ObjectBuilder, Type};
use utoipa::openapi::{Content, Header, Ref, RefOr};
use utoipa::{IntoResponses, ToResponse};

/// Whether a problem names a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Named,
    Absent,
}
use Field::{Absent, Named};

macro_rules! refusals {
    ($($name:ident: $status:literal, $field:ident, [$($outcome:ident)*], $also:literal;)*) => {
        $(
            #[doc = concat!("The response of status ", $status, ".")]
            pub(crate) struct $name;

            impl ToResponse<'static> for $name {
                fn response() -> (&'static str, RefOr<Response>) {
                    let outcomes: &[&Outcome] = &[$(&problem::$outcome),*];
                    (stringify!($name), response($status, $field, outcomes, $also).into())
                }
            }
        )*
    };
}

refusals! {
    Ambiguous: 400, Absent, [UNREADABLE AMBIGUOUS_HOST],
        "Without content where it is no HTTP/1.";
    Unauthorized: 401, Absent, [UNAUTHORIZED], "";
    ForeignOrigin: 403, Absent, [FOREIGN_ORIGIN], "";
    NotFound: 404, Absent, [NOT_FOUND], "";
    MethodNotAllowed: 405, Absent, [METHOD_NOT_ALLOWED], "";
    RequestTimeout: 408, Absent, [REQUEST_TIMEOUT], "";
    Conflict: 409, Named, [CONFLICT], "";
    TooLarge: 413, Absent, [TOO_LARGE], "";
    UriTooLong: 414, Absent, [], "The address is longer than 65,534 bytes.";
    UnsupportedMediaType: 415, Absent, [UNSUPPORTED_MEDIA_TYPE UNSUPPORTED_CODING], "";
    Malformed: 422, Named, [MALFORMED], "";
    TooManyRequests: 429, Absent, [TOO_MANY], "Send the same again after Retry-After.";
    HeadersTooLarge: 431, Absent, [], "The headers are more than 100, or too long.";
    Unavailable: 503, Absent, [UNAVAILABLE], "";
}

/// What can be answered whatever is asked: there is no request yet, or none that is for one host.
pub(crate) struct Anywhere;

impl IntoResponses for Anywhere {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let all = [
            ("400", "Ambiguous"),
            ("414", "UriTooLong"),
            ("431", "HeadersTooLarge"),
        ];
        all.map(|(status, name)| (status.into(), Ref::from_response_name(name).into()))
            .into()
    }
}

/// The JSON of a reference to a response.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/responses/{name}") })
}

const PROBLEM: &str = "application/problem+json";

fn response(status: u16, field: Field, outcomes: &[&Outcome], also: &str) -> Response {
    let titles = outcomes.iter().map(|outcome| format!("{}.", outcome.title));
    let told: Vec<String> = titles.chain([also.to_owned()]).collect();
    let response = Response::builder().description(told.join(" ").trim());
    let response = headers(outcomes).fold(response, |response, (name, header)| {
        response.header(name, header)
    });
    let response = match status {
        405 => response.header("Allow", Header::new(text().build())),
        429 => response.header("Retry-After", seconds()),
        _ => response,
    };
    match outcomes {
        [] => response.build(),
        _ => with_content(response, outcomes, status, field),
    }
}

fn with_content(
    response: ResponseBuilder,
    outcomes: &[&Outcome],
    status: u16,
    field: Field,
) -> Response {
    let content = content(outcomes, status, field);
    response.content(PROBLEM, content).build()
}

/// A problem document (RFC 9457) of one of these outcomes.
fn content(outcomes: &[&Outcome], status: u16, field: Field) -> Content {
    let kinds = outcomes.iter().map(|outcome| outcome.urn());
    let titles = outcomes.iter().map(|outcome| outcome.title);
    let one_of = |values: Vec<String>| text().enum_values(Some(values));
    let status = Object::builder()
        .schema_type(Type::Integer)
        .enum_values(Some([status]));
    let detail = text()
        .min_length(Some(1))
        .description(Some("What is wrong and what to do."));
    let document = Object::builder()
        .title(Some("Problem"))
        .property("type", one_of(kinds.collect()))
        .property("title", one_of(titles.map(str::to_owned).collect()))
        .property("status", status)
        .property("detail", detail);
    let names = ["type", "title", "status", "detail"];
    let document = names.into_iter().fold(document, ObjectBuilder::required);
    let document = match field {
        Absent => document,
        Named => document
            .property(
                "field",
                text().min_length(Some(1)).description(Some(
                    "Path of the field, as `choices[2].purpose`; `body` for all of it; behind `[1].` \
                     in the second record of a list.",
                )),
            )
            .required("field"),
    };
    let closed = document.additional_properties(Some(AdditionalProperties::FreeForm(false)));
    Content::new(Some(closed.build()))
}

/// The headers that these outcomes have.
fn headers(outcomes: &[&Outcome]) -> impl Iterator<Item = (String, Header)> {
    let own = outcomes
        .iter()
        .filter_map(|outcome| outcome.header.as_ref());
    own.map(|(name, value): &(_, HeaderValue)| {
        let value = value.to_str().unwrap_or_default();
        let header = text().enum_values(Some([value])).build();
        (capital(name.as_str()), Header::new(header))
    })
}

/// The header that says when to come again.
fn seconds() -> Header {
    let seconds = text().pattern(Some("^[0-9]+$"));
    Header::new(seconds.description(Some("In seconds.")).build())
}

fn text() -> ObjectBuilder {
    Object::builder().schema_type(Type::String)
}

/// A header's name as people write it.
fn capital(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_ascii_uppercase() + rest
    });
    words.collect::<Vec<_>>().join("-")
}
