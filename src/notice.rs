//! The notice, read as far as the module goes by it: what the tools are told the loader reads by itself
//! (`www/loader/tools.js`).

use crate::json::Value;
use crate::read::{Fields, read};
use zhiqing_consent::notice::{ContactPoint, Minors};
use zhiqing_consent::{
    Banner, Basis, Glob, Handle, Mode, Notice, Permission, Place, PolicyRef, PreviousVersion,
    Purpose, Recipient, Rights, Signals, Technology, Tier, Tracker, Use,
};

/// Reads a notice; the error names the place.
pub(crate) fn read_notice(value: &Value) -> Result<Notice, String> {
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
        purposes: notice.list("purposes", purpose),
        recipients: notice.list("recipients", recipient),
        trackers: notice.list("trackers", tracker),
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
        texts: notice.words("texts").into_iter().collect(),
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
        signals: Signals::default(),
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
