//! Schemas of fields that no attribute can describe. Each is what [`Record::check`](crate::Record::check)
//! holds the field against; where a schema cannot say all of it, it says more is good, never less.

use crate::Technology;
use utoipa::openapi::schema::{AdditionalProperties, KnownFormat, Object, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema, SchemaFormat};

/// A digest.
pub(crate) fn digest() -> RefOr<Schema> {
    let digest = text("^sha256:[0-9a-f]{64}$");
    digest
        .description(Some("`sha256:` and lower-case hexadecimal digits."))
        .into()
}

/// A moment in UTC. The days of each month are beyond a pattern.
pub(crate) fn moment() -> RefOr<Schema> {
    let moment = text(
        "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\
         T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z$",
    );
    moment
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .description(Some("Moment in UTC, RFC 3339."))
        .into()
}

/// How a guardian was verified: one line that is not blank.
pub(crate) fn verified_by() -> RefOr<Schema> {
    const LINE: &str = r"[^\u0000-\u001f\u007f-\u009f]*";
    // What Unicode calls white space, and control characters.
    const INK: &str =
        r"[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]";
    let text = text(&format!("^{LINE}{INK}{LINE}$"));
    text.max_length(Some(200))
        .description(Some(
            "How the guardian was reached and verified, in the site's words: 1 to 200 characters of \
             one line.",
        ))
        .into()
}

/// Refused technologies: an object of their names, `"refused"` each.
pub(crate) fn refused() -> RefOr<Schema> {
    let refused = Object::builder()
        .schema_type(Type::String)
        .enum_values(Some(["refused"]))
        .build();
    let object = Technology::REFUSABLE
        .into_iter()
        .fold(Object::builder(), |object, technology| {
            object.property(technology.name(), refused.clone())
        });
    object
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        .description(Some("Only those refused, of those that the notice offers."))
        .into()
}

fn text(pattern: &str) -> ObjectBuilder {
    Object::builder()
        .schema_type(Type::String)
        .pattern(Some(pattern))
}
