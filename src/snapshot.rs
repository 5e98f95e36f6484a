//! What is kept, sent and told, as JSON.

use crate::json::{Value, object};
use zhiqing_consent::{Record, RecordId, Removal, Technology};

/// A record as it is sent.
pub(crate) fn record(record: &Record) -> Value {
    let mut choices = Vec::new();
    for choice in &record.choices {
        choices.push(object([
            ("purpose", choice.purpose.as_str().into()),
            ("state", choice.state.name().into()),
            ("separate", choice.separate.into()),
        ]));
    }
    let mut technologies = Vec::new();
    for technology in record.technologies.iter() {
        technologies.push((technology.name().to_owned(), "refused".into()));
    }
    let previous = record.previous.as_ref().map(RecordId::as_str);
    let guardian = record.guardian.as_ref();
    object([
        ("schema", record.schema.as_str().into()),
        ("id", record.id.as_str().into()),
        ("site", record.site.as_str().into()),
        ("subject", record.subject.as_str().into()),
        ("sequence", record.sequence.into()),
        ("previous", previous.into()),
        (
            "policy",
            object([
                ("version", record.policy.version.as_str().into()),
                ("digest", record.policy.digest.as_str().into()),
            ]),
        ),
        (
            "notice",
            object([
                ("digest", record.notice.digest.as_str().into()),
                ("locale", record.notice.locale.as_str().into()),
                ("shown_ms", record.notice.shown_ms.into()),
            ]),
        ),
        ("event", record.event.name().into()),
        ("method", record.method.name().into()),
        ("signals", object([("gpc", record.signals.gpc.into())])),
        ("choices", Value::List(choices)),
        ("technologies", Value::Object(technologies)),
        (
            "guardian",
            guardian.map_or(Value::Null, |it| {
                object([("verified_by", it.verified_by.as_str().into())])
            }),
        ),
        ("environment", record.environment.name().into()),
        ("occurred_at", record.occurred_at.as_str().into()),
    ])
}

/// What was deleted, as the page is told and as it is kept.
pub(crate) fn removal(removal: &Removal) -> Value {
    let row = |technology: Technology, key: &str, more: Option<(&str, Value)>| {
        let mut fields = vec![
            ("technology".to_owned(), technology.name().into()),
            ("key".to_owned(), key.into()),
        ];
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
        Value::Object(fields)
    };
    let mut removed = Vec::new();
    for it in &removal.removed {
        removed.push(row(it.technology, &it.key, None));
    }
    let mut kept = Vec::new();
    for it in &removal.kept {
        let reason = ("reason", it.reason.words().into());
        kept.push(row(it.technology, &it.key, Some(reason)));
    }
    let mut returned = Vec::new();
    for it in &removal.returned {
        let times = ("times", u64::from(it.times).into());
        returned.push(row(it.technology, &it.key, Some(times)));
    }
    object([
        ("removed", Value::List(removed)),
        ("kept", Value::List(kept)),
        ("returned", Value::List(returned)),
    ])
}
