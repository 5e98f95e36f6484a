//! The rules by name.

/// What a check looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "`zhiqing check --explain` says each")]
pub enum Rule {
    DeemedConsent,
    DisagreeMeansLeave,
    ExceptionTooWide,
    SharingByCustom,
    DeidentifiedAsAnonymous,
    LateResponse,
    ConflictingDeadlines,
    NoOperator,
    NoContact,
    NoRights,
    NoEffectiveDate,
    NoRetention,
    NoWithdrawal,
    NoReconsent,
    ChildAgeWrong,
    NoMinors,
    MissingAttachment,
    TemplateResidue,
    TruncatedSentence,
    NoRecipientDetails,
    NoRefusalOption,
    PermissionWithoutPurpose,
}

impl Rule {
    /// Every rule, in the order of the documentation.
    pub const ALL: [Self; 22] = [
        Self::DeemedConsent,
        Self::DisagreeMeansLeave,
        Self::ExceptionTooWide,
        Self::SharingByCustom,
        Self::DeidentifiedAsAnonymous,
        Self::LateResponse,
        Self::ConflictingDeadlines,
        Self::NoOperator,
        Self::NoContact,
        Self::NoRights,
        Self::NoEffectiveDate,
        Self::NoRetention,
        Self::NoWithdrawal,
        Self::NoReconsent,
        Self::ChildAgeWrong,
        Self::NoMinors,
        Self::MissingAttachment,
        Self::TemplateResidue,
        Self::TruncatedSentence,
        Self::NoRecipientDetails,
        Self::NoRefusalOption,
        Self::PermissionWithoutPurpose,
    ];

    /// Its name in every output: `deemed-consent`.
    pub fn name(self) -> &'static str {
        match self {
            Self::DeemedConsent => "deemed-consent",
            Self::DisagreeMeansLeave => "disagree-means-leave",
            Self::ExceptionTooWide => "exception-too-wide",
            Self::SharingByCustom => "sharing-by-custom",
            Self::DeidentifiedAsAnonymous => "deidentified-as-anonymous",
            Self::LateResponse => "late-response",
            Self::ConflictingDeadlines => "conflicting-deadlines",
            Self::NoOperator => "no-operator",
            Self::NoContact => "no-contact",
            Self::NoRights => "no-rights",
            Self::NoEffectiveDate => "no-effective-date",
            Self::NoRetention => "no-retention",
            Self::NoWithdrawal => "no-withdrawal",
            Self::NoReconsent => "no-reconsent",
            Self::ChildAgeWrong => "child-age-wrong",
            Self::NoMinors => "no-minors",
            Self::MissingAttachment => "missing-attachment",
            Self::TemplateResidue => "template-residue",
            Self::TruncatedSentence => "truncated-sentence",
            Self::NoRecipientDetails => "no-recipient-details",
            Self::NoRefusalOption => "no-refusal-option",
            Self::PermissionWithoutPurpose => "permission-without-purpose",
        }
    }

    /// The rule of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// The rule whose name is most like this one: for a name mistyped.
    pub fn nearest(name: &str) -> Self {
        let mut nearest = Self::ALL[0];
        let mut least = usize::MAX;
        for rule in Self::ALL {
            let edits = edits(name.as_bytes(), rule.name().as_bytes());
            if edits < least {
                (nearest, least) = (rule, edits);
            }
        }
        nearest
    }
}

/// Letters to add, drop or change to make one word the other.
fn edits(from: &[u8], to: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let kept = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = kept.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_found_by_its_name() {
        for rule in Rule::ALL {
            assert_eq!(Rule::named(rule.name()), Some(rule));
        }
        assert_eq!(Rule::named("deemed"), None);
    }

    #[test]
    fn a_mistyped_name_has_a_neighbour() {
        assert_eq!(Rule::nearest("deemed-consnet"), Rule::DeemedConsent);
        assert_eq!(Rule::nearest("no_contacts"), Rule::NoContact);
    }
}
