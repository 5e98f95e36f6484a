//! Makes records and sends them, oldest first, until the server has each of them.

use crate::browser::{self, window};
use crate::error::Error;
use crate::host::Host;
use crate::json::Value;
use crate::kept::{Keeper, Kept};
use crate::{fetch, snapshot};
use js_sys::Reflect;
use std::cell::RefCell;
use zhiqing_consent::record::{SCHEMA, Shown, Signals};
use zhiqing_consent::{Decision, Event, Method, Notice, Record, RecordId, Secret, cookie};

/// Keeps a decision and its record, which is thereby on its way.
pub(crate) fn keep(
    keeper: &mut Keeper,
    notice: &Notice,
    host: &Host,
    decision: &Decision,
    event: Event,
    method: Method,
) -> Result<String, Error> {
    let mut kept = keeper.read();
    let secret = match who(&kept, host) {
        Some(secret) => secret,
        None => Secret::new(browser::random()?),
    };
    if kept.secret.as_deref() != Some(&secret.bearer()) {
        // Somebody else's first record in this container.
        (kept.sequence, kept.previous) = (0, None);
    }
    let id = RecordId::new(browser::now_ms(), browser::random()?);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a span of time"
    )]
    let shown_ms = host.shown_ms() as u64;
    let record = Record {
        schema: SCHEMA.into(),
        id: id.clone(),
        site: notice.site.clone(),
        subject: secret.subject(&notice.site),
        sequence: u64::from(kept.sequence) + 1,
        previous: kept.previous.take().map(RecordId::from_kept),
        policy: notice.policy.clone(),
        notice: Shown {
            digest: notice.digest.clone(),
            locale: notice.locale.clone(),
            shown_ms,
        },
        event,
        method,
        signals: Signals {
            gpc: browser::gpc(),
        },
        choices: decision.complete(notice),
        technologies: decision.refused(),
        guardian: None,
        environment: browser::environment(host.mini_program().as_deref()),
        occurred_at: browser::now_text(),
    };
    let value = cookie::encode(&notice.site, decision);
    kept.pending.push(snapshot::record(&record));
    kept.secret = Some(secret.bearer());
    kept.sequence += 1;
    kept.previous = Some(id.as_str().to_owned());
    kept.decision = Some(value.clone());
    kept.receipt = Value::Null;
    keeper.write(&kept);
    Ok(value)
}

/// Who decides: whom the page's tag names, or else who decided here before. What is still to be sent was
/// decided by the latter, and goes first.
pub(crate) fn who(kept: &Kept, host: &Host) -> Option<Secret> {
    let secret = |bearer: Option<&str>| bearer.and_then(Secret::from_bearer);
    let here = secret(kept.secret.as_deref());
    match kept.pending.is_empty() {
        true => secret(host.token().as_deref()).or(here),
        false => here,
    }
}

/// Sends what is pending, one record at a time and in order.
///
/// Where the server cannot be reached or is not able to, the record stays and is tried again at
/// the next decision, the next load, or when the browser is online again. What the server refuses
/// for what it says would be refused again: it is put aside, so that the next one gets through.
pub(crate) async fn send(keeper: &RefCell<Keeper>, notice: &Notice) {
    mend(keeper, notice);
    let Some(url) = address(&notice.report, "/consents") else {
        return;
    };
    loop {
        let kept = keeper.borrow().read();
        let (Some(bearer), Some(record)) = (&kept.secret, kept.pending.first()) else {
            return;
        };
        match fetch::post(&url, bearer, &record.to_text()).await {
            Ok((200 | 201, answer)) => {
                settle(&mut keeper.borrow_mut(), record, Some(&answer));
                mend(keeper, notice);
            }
            Ok((status, answer)) => {
                let said = |name: &str| answer.get(name).text().unwrap_or_default();
                let remedy = match (status, said("field")) {
                    (422, "notice.digest") => {
                        "; the server does not know this notice: restart it with the settings \
                         that this page was built from"
                    }
                    (404 | 405 | 501, _) => "; is [report] url the address of the consent API?",
                    _ => "",
                };
                let words = [
                    "the record was not taken by ",
                    &url,
                    ": ",
                    &status.to_string(),
                    " ",
                    said("field"),
                    " ",
                    said("detail"),
                    remedy,
                ];
                warn(&words.concat());
                // 400, 409, 413, 422: the record itself, unless the server is older than the
                // page. Everything else is the way to the server.
                if !matches!(status, 400 | 409 | 413 | 422) || !remedy.is_empty() {
                    return;
                }
                settle(&mut keeper.borrow_mut(), record, None);
            }
            Err(message) => {
                let words = [
                    "the record could not be sent and waits: ",
                    &message,
                    "; a page of another origin must be among the site's origins",
                ];
                warn(&words.concat());
                return;
            }
        }
    }
}

/// Writes the cookie again where it is not the decision that stands: a server's answer sets it, too, and may
/// come after the next decision. Only then, because a cookie that a script wrote lives shorter.
fn mend(keeper: &RefCell<Keeper>, notice: &Notice) {
    let Some(value) = keeper.borrow().read().decision else {
        return;
    };
    let jar = browser::document().cookie().unwrap_or_default();
    let named = || cookie::named(&jar, cookie::NAME);
    if named().any(|other| other == value) {
        return;
    }
    let Some(ours) = cookie::decode(notice, &value) else {
        return;
    };
    let theirs = cookie::latest(notice, named(), browser::now_ms() / 1000);
    // Another tab may have decided, and could keep it in the cookie alone.
    if theirs.is_none_or(|theirs| theirs.decided_at() <= ours.decided_at()) {
        Keeper::write_cookie(&value);
    }
}

/// Takes a record out of what is pending, which may have grown meanwhile: its receipt takes its
/// place, or it is kept as returned.
fn settle(keeper: &mut Keeper, record: &Value, answer: Option<&Value>) {
    let mut kept: Kept = keeper.read();
    let settled = record.get("id");
    kept.pending.retain(|other| other.get("id") != settled);
    match answer {
        Some(answer) => {
            if let Value::List(receipts) = answer.get("receipts")
                && settled.text() == kept.previous.as_deref()
            {
                kept.receipt = receipts.first().cloned().unwrap_or_default();
            }
        }
        None => kept.returned.push(record.clone()),
    }
    keeper.write(&kept);
}

/// A path of the API: below the notice's base, seen from the page.
pub(crate) fn address(base: &str, path: &str) -> Option<String> {
    let page = window().location().href().ok()?;
    let url = web_sys::Url::new_with_base(&[base, path].concat(), &page).ok()?;
    Some(url.href())
}

pub(crate) fn warn(message: &str) {
    // web_sys::console would do, at the price of its whole feature.
    if let Ok(console) = Reflect::get(&js_sys::global(), &"console".into())
        && let Ok(warn) = Reflect::get(&console, &"warn".into())
    {
        let _ =
            js_sys::Function::from(warn).call1(&console, &["[zhiqing] ", message].concat().into());
    }
}
