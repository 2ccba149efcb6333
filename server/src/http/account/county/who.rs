//! Whose pages these are.

use app::backend::access::{CountyAdministrator, CountyStaff};
use axum::{extract::FromRequestParts, http::request::Parts, response::Response};

use crate::http::account::{AccountState, session::SignedIn, team::denied};

/// Somebody of the county.
pub(super) struct Staff(pub SignedIn, pub CountyStaff);

impl FromRequestParts<AccountState> for Staff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let staff = CountyStaff::require(&signed_in.account).map_err(|refused| denied(state, refused))?;
        Ok(Self(signed_in, staff))
    }
}

/// Somebody who leads the county's team.
pub(super) struct Lead(pub SignedIn, pub CountyAdministrator);

impl FromRequestParts<AccountState> for Lead {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let lead =
            CountyAdministrator::require(&signed_in.account).map_err(|refused| denied(state, refused))?;
        Ok(Self(signed_in, lead))
    }
}
