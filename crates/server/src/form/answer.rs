//! What the person did, as the form says it.

use super::fields::{Fields, Wrong};
use super::standing::Standing;
use zhiqing_consent::rules::{self, Act};
use zhiqing_consent::{Basis, Method, Notice, Purpose, Technologies, Technology};
use zhiqing_view::Draft;

/// An act and how it was done, as the record has it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) act: Act,
    pub(crate) method: Method,
}

impl Answer {
    /// Reads `act` and what belongs to it. `standing` is what holds before.
    pub(crate) fn read(
        fields: &Fields,
        notice: &Notice,
        standing: &Standing,
    ) -> Result<Self, Wrong> {
        let (act, method) = match fields.the("act")? {
            "accept-all" => (Act::AcceptAll, Method::AcceptAll),
            "reject-all" => (Act::RejectAll, Method::RejectAll),
            "withdraw" => (Act::Withdraw { purposes: None }, Method::Item),
            "save" => (save(fields, notice, standing)?, Method::Save),
            "item" => (item(fields, notice)?, Method::Item),
            _ => return Err(Wrong::field("act")),
        };
        Ok(Self { act, method })
    }

    /// What the controls showed when this was sent: for a page that is shown again. A separate consent
    /// is none of a save's controls: it is shown as it stands.
    pub(crate) fn draft(&self, notice: &Notice, standing: Draft) -> Draft {
        let Act::Save {
            granted, refused, ..
        } = &self.act
        else {
            return standing;
        };
        let is_control = |id: &&str| {
            let purpose = notice.purpose(id);
            purpose.is_some_and(|purpose| !purpose.basis.needs_own_step())
        };
        let stands = standing.granted.iter().filter(|id| !is_control(id));
        Draft {
            granted: granted
                .iter()
                .map(String::as_str)
                .filter(is_control)
                .chain(stands)
                .map(str::to_owned)
                .collect(),
            refused: *refused,
            ..Draft::default()
        }
    }
}

/// The switches of the form. Separate consents are none of them: those that stand go on, although Global
/// Privacy Control may turn them off for now.
fn save(fields: &Fields, notice: &Notice, standing: &Standing) -> Result<Act, Wrong> {
    let mut granted = Vec::new();
    for id in fields.all("purpose") {
        let purpose = asked(notice, id)?;
        if purpose.basis != Basis::General {
            return Err(Wrong::field("purpose"));
        }
        granted.push(id.to_owned());
    }
    let own_step = notice
        .asked()
        .filter(|purpose| purpose.basis.needs_own_step());
    let kept = own_step.filter(|purpose| standing.keeps(notice, purpose));
    granted.extend(kept.map(|purpose| purpose.id.clone()));
    let mut refused = Technologies::default();
    for name in fields.all("refuse") {
        let technology = Technology::refusable(name);
        let offered = technology.filter(|technology| notice.technologies.contains(technology));
        refused.insert(offered.ok_or_else(|| Wrong::field("refuse"))?);
    }
    Ok(Act::Save {
        granted,
        confirmed: Vec::new(),
        refused,
    })
}

/// One purpose, answered on its own page.
fn item(fields: &Fields, notice: &Notice) -> Result<Act, Wrong> {
    let purpose = asked(notice, fields.the("purpose")?)?;
    let granted = match fields.the("answer")? {
        "granted" => true,
        "denied" => false,
        _ => return Err(Wrong::field("answer")),
    };
    if granted && !rules::may_grant_in_step(purpose) {
        return Err(Wrong::field("purpose"));
    }
    Ok(Act::Item {
        purpose: purpose.id.clone(),
        granted,
    })
}

fn asked<'a>(notice: &'a Notice, id: &str) -> Result<&'a Purpose, Wrong> {
    let purpose = notice.purpose(id).filter(|p| p.basis.is_asked());
    purpose.ok_or_else(|| Wrong::field("purpose"))
}
