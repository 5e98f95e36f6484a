//! Content that has no type of its own: what is read as one thing or another, and pages.

#![expect(dead_code, reason = "each is a schema, and never made")]

use utoipa::openapi::schema::{ArrayBuilder, OneOf, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};
use zhiqing_consent::Record;

/// One record or a list of them.
pub(crate) struct Submission;

impl PartialSchema for Submission {
    fn schema() -> RefOr<Schema> {
        let record = || Ref::from_schema_name(Record::name());
        let list = ArrayBuilder::new()
            .items(record())
            .min_items(Some(1))
            .max_items(Some(100));
        OneOf::builder()
            .item(record())
            .item(list)
            .description(Some(
                "One record, or up to a hundred of one subject, kept in their order, all or none.",
            ))
            .into()
    }
}

impl ToSchema for Submission {
    fn name() -> std::borrow::Cow<'static, str> {
        "Submission".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((Record::name().into(), Record::schema()));
        Record::schemas(schemas);
    }
}

/// A policy as `zhiqing parse` gives it, and more than its title: docs/policy.md.
#[derive(ToSchema)]
pub(crate) struct Policy {
    title: Option<String>,
}

/// A page.
#[derive(ToSchema)]
#[schema(value_type = String, title = "Page")]
pub(crate) struct Page(String);

/// What the person did, and on which notice.
#[derive(ToSchema)]
pub(crate) struct FormFields {
    /// Site id.
    site: String,
    /// Digest of the notice that the page showed.
    notice: String,
    /// What was done.
    act: Act,
    /// What is granted by `save`; the one that is answered by `item`.
    #[schema(required = false)]
    purpose: Vec<String>,
    /// Technologies refused by `save`.
    #[schema(required = false)]
    refuse: Vec<String>,
    /// Of `item`: `granted` or `denied`. Of the others it is not read.
    answer: Option<String>,
    /// Milliseconds since 1970 when the page was made.
    shown: Option<String>,
    /// Path of the page that led here.
    back: Option<String>,
    /// Its origin, if it is another one of the site's.
    from: Option<String>,
    /// Whether the form is shown again.
    stay: Option<String>,
}

/// What was done.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Act {
    AcceptAll,
    RejectAll,
    Withdraw,
    Save,
    Item,
}
