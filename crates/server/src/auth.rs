//! The bearer token: who holds the secret is the subject, and arithmetic alone tells.

use crate::problem::ApiError;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use zhiqing_consent::Secret;

/// The secret of an `Authorization: Bearer` header (RFC 6750). Anything else is refused with 401.
pub(crate) struct Bearer(Secret);

impl Bearer {
    /// Whether this token is the subject's at `site`. Nothing is looked up.
    ///
    /// The comparison may stop early: what it compares are digests, which tell nothing of the
    /// secret, and the caller knows both already.
    pub(crate) fn is(&self, subject: &str, site: &str) -> bool {
        self.0.subject(site) == subject
    }
}

impl<S: Sync> FromRequestParts<S> for Bearer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let mut values = parts.headers.get_all(AUTHORIZATION).into_iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            return Err(ApiError::unauthorized());
        };
        value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .and_then(|(_, token)| Secret::from_bearer(token.trim()))
            .map(Self)
            .ok_or_else(ApiError::unauthorized)
    }
}
