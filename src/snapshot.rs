//! Values for the page.

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::JsValue;
use zhiqing_consent::{Record, Removal, Technology};

/// A record as it is sent. By hand: serde's way costs three times the bytes.
pub(crate) fn record(record: &Record) -> Object {
    let text = |text: &str| JsValue::from_str(text);
    let choices: Array = record
        .choices
        .iter()
        .map(|it| {
            object([
                ("purpose", text(&it.purpose)),
                ("state", text(it.state.name())),
                ("separate", it.separate.into()),
            ])
        })
        .collect();
    let technologies = object([]);
    for technology in record.technologies.iter() {
        set(&technologies, technology.name(), &text("refused"));
    }
    let previous = record.previous.as_ref();
    let guardian = record.guardian.as_ref();
    object([
        ("schema", text(&record.schema)),
        ("id", text(record.id.as_str())),
        ("site", text(&record.site)),
        ("subject", text(&record.subject)),
        ("sequence", number(record.sequence)),
        (
            "previous",
            previous.map_or(JsValue::NULL, |it| text(it.as_str())),
        ),
        (
            "policy",
            object([
                ("version", text(&record.policy.version)),
                ("digest", text(&record.policy.digest)),
            ])
            .into(),
        ),
        (
            "notice",
            object([
                ("digest", text(&record.notice.digest)),
                ("locale", text(&record.notice.locale)),
                ("shown_ms", number(record.notice.shown_ms)),
            ])
            .into(),
        ),
        ("event", text(record.event.name())),
        ("method", text(record.method.name())),
        (
            "signals",
            object([("gpc", record.signals.gpc.into())]).into(),
        ),
        ("choices", choices.into()),
        ("technologies", technologies.into()),
        (
            "guardian",
            guardian.map_or(JsValue::NULL, |it| {
                object([("verified_by", text(&it.verified_by))]).into()
            }),
        ),
        ("environment", text(record.environment.name())),
        ("occurred_at", text(&record.occurred_at)),
    ])
}

/// A count or a span of time, which a page never gets to where a number of JavaScript's is not exact.
#[expect(clippy::cast_precision_loss, reason = "below 2 to the 53rd")]
fn number(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}

/// What was deleted, as the page is told and as it is kept.
pub(crate) fn removal(removal: &Removal) -> JsValue {
    let removed = removal.removed.iter();
    let kept = removal.kept.iter();
    let returned = removal.returned.iter();
    let key = |technology: Technology, key: &str, more: Option<(&'static str, JsValue)>| {
        let row = object([
            ("technology", technology.name().into()),
            ("key", key.into()),
        ]);
        if let Some((name, value)) = more {
            set(&row, name, &value);
        }
        row
    };
    let removed: Array = removed
        .map(|it| key(it.technology, &it.key, None))
        .collect();
    let kept: Array = kept
        .map(|it| {
            key(
                it.technology,
                &it.key,
                Some(("reason", it.reason.words().into())),
            )
        })
        .collect();
    let returned: Array = returned
        .map(|it| key(it.technology, &it.key, Some(("times", it.times.into()))))
        .collect();
    let told = [
        ("removed", removed.into()),
        ("kept", kept.into()),
        ("returned", returned.into()),
    ];
    object(told).into()
}

/// An object of these fields.
pub(crate) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, &value);
    }
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(object, &JsString::from(name), value);
}
