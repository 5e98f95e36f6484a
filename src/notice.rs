//! The notice, read a part at a time: the functions that read it are compiled at their first use, so that a
//! slow phone would not answer a finger meanwhile.

use crate::json::Value;
use crate::read::{Fields, read};
use crate::task::Work;
use zhiqing_consent::notice::{ContactPoint, Minors};
use zhiqing_consent::{
    Banner, Basis, Call, Glob, Handle, Mode, Notice, Permission, Place, PolicyRef, PreviousVersion,
    Purpose, Recipient, Rights, Signals, Technology, Tier, Tracker, Use,
};

/// Reads a notice; the error names the place.
pub(crate) async fn read_notice(value: &Value, work: &mut Work) -> Result<Notice, String> {
    let purposes = read(value, |notice| notice.list("purposes", purpose))?;
    work.make_way().await;
    let recipients = read(value, |notice| notice.list("recipients", recipient))?;
    work.make_way().await;
    let trackers = read(value, |notice| notice.list("trackers", tracker))?;
    work.make_way().await;
    let texts = read(value, |notice| notice.words("texts"))?;
    work.make_way().await;
    read(value, |notice| Notice {
        site: notice.text("site"),
        digest: notice.text("digest"),
        name: notice.text("name"),
        operator: notice.optional("operator"),
        contacts: notice.list("contacts", |contact| ContactPoint {
            kind: contact.text("kind"),
            value: contact.text("value"),
        }),
        locale: notice.text("locale"),
        mode: [Mode::Listed, Mode::Strict, Mode::Report]
            [notice.word("mode", &["listed", "strict", "report"])],
        policy: notice.object("policy", |policy| PolicyRef {
            version: policy.text("version"),
            digest: policy.text("digest"),
        }),
        previous: notice.optional_list("previous", |notice| {
            notice.list("previous", |previous| PreviousVersion {
                version: previous.text("version"),
                ask_again: previous.texts("ask_again"),
            })
        }),
        report: notice.text("report"),
        purposes,
        recipients,
        trackers,
        permissions: notice.list("permissions", |permission| Permission {
            id: permission.text("id"),
            purpose: permission.text("purpose"),
            refusal: permission.text("refusal"),
        }),
        technologies: technologies(notice),
        minors: notice.has("minors").then(|| {
            notice.object("minors", |minors| Minors {
                age: u8::try_from(minors.number("age")).unwrap_or(u8::MAX),
                rule: minors.text("rule"),
            })
        }),
        rights: notice.object("rights", |rights| Rights {
            deadline: rights.text("deadline"),
        }),
        banner: match notice.has("banner") {
            true => notice.object("banner", banner),
            false => Banner::default(),
        },
        texts: texts.into_iter().collect(),
    })
}

fn purpose(purpose: &Fields<'_>) -> Purpose {
    let bases = ["none", "general", "separate", "written", "guardian"];
    Purpose {
        id: purpose.text("id"),
        name: purpose.text("name"),
        description: purpose.text("description"),
        tier: [Tier::Basic, Tier::Extended][purpose.word("tier", &["basic", "extended"])],
        basis: [
            Basis::None,
            Basis::General,
            Basis::Separate,
            Basis::Written,
            Basis::Guardian,
        ][purpose.word("basis", &bases)],
        clauses: purpose.texts("clauses"),
        data: purpose.texts("data"),
        recipients: purpose.texts("recipients"),
        refusal: purpose.text("refusal"),
        retention: purpose.optional("retention").unwrap_or_default(),
        gpc: purpose.flag("gpc"),
    }
}

fn recipient(recipient: &Fields<'_>) -> Recipient {
    Recipient {
        id: recipient.text("id"),
        name: recipient.text("name"),
        contact: recipient.text("contact"),
        data: recipient.texts("data"),
        purpose: recipient.text("purpose"),
        method: recipient.text("method"),
        country: recipient.text("country"),
    }
}

fn tracker(tracker: &Fields<'_>) -> Tracker {
    Tracker {
        id: tracker.text("id"),
        vendor: tracker.text("vendor"),
        purpose: tracker.text("purpose"),
        uses: tracker.list("uses", |used| Use {
            technology: technology(used),
            patterns: used.texts("match").into_iter().map(Glob::new).collect(),
        }),
        signals: match tracker.has("signals") {
            true => tracker.object("signals", |signals| Signals {
                calls: signals.optional_list("calls", |signals| {
                    signals.list("calls", |call| Call {
                        call: call.text("call"),
                        granted: call.optional("granted"),
                        denied: call.optional("denied"),
                    })
                }),
                consent_mode: signals
                    .has("consent_mode")
                    .then(|| signals.texts("consent_mode")),
            }),
            false => Signals::default(),
        },
    }
}

fn banner(banner: &Fields<'_>) -> Banner {
    Banner {
        place: match banner.has("place") {
            true => [Place::Bottom, Place::Top, Place::Over]
                [banner.word("place", &["bottom", "top", "over"])],
            false => Place::default(),
        },
        handle: match banner.has("handle") {
            true => [Handle::Auto, Handle::Always, Handle::Never]
                [banner.word("handle", &["auto", "always", "never"])],
            false => Handle::default(),
        },
    }
}

fn technologies(notice: &Fields<'_>) -> Vec<Technology> {
    let names = notice.texts("technologies");
    // A technology that this module does not know is none that anybody can refuse here.
    let known = names.iter().filter_map(|name| Technology::named(name));
    known.collect()
}

/// The technology under the name `technology`.
pub(crate) fn technology(fields: &Fields<'_>) -> Technology {
    let names = Technology::ALL.map(Technology::name);
    Technology::ALL[fields.word("technology", &names)]
}
