//! Accesses of programs: who gets in, who makes them, who switches them off.

use std::net::IpAddr;

use app::{
    backend::access::{CapacityReporter, TeamLead},
    domain::{
        api_token::{ApiToken, TokenMaker, TokenState},
        audit::{Action, AuditEvent, Subject},
        ids::{ApiTokenId, FacilityId, OrganizationId},
        organization::Organization,
    },
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{CapacityError, CapacityService, is_public};
use crate::{
    service::account::link::LinkSecret,
    store::{StoreError, Tx},
};

/// How long accesses that were switched off stay in the list.
const LISTED: Duration = Duration::days(60);
/// How exactly the last use is known: a write for every call would be one too many.
const USED_TO: Duration = Duration::minutes(1);

/// What a program shows: a prefix and 256 random bits as hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSecret(LinkSecret);

impl TokenSecret {
    fn random() -> Result<Self, CapacityError> {
        Ok(Self(LinkSecret::random()?))
    }

    /// `None` where that can be none of ours.
    pub fn parse(text: &str) -> Option<Self> {
        LinkSecret::parse(text.strip_prefix(ApiToken::PREFIX)?).map(Self)
    }

    /// As it is shown, once.
    pub fn text(&self) -> String {
        format!("{}{}", ApiToken::PREFIX, self.0.as_str())
    }
}

/// Why a program does not get in.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("nobody knows this access")]
    Unknown,
    #[error("the access was switched off")]
    Revoked,
    #[error("whoever made the access may not edit any more")]
    MakerLeft,
    #[error("too many calls")]
    TooOften,
    /// Too many calls from one network with accesses that are none.
    #[error("too many calls without an access")]
    TooManyFailures,
    #[error(transparent)]
    Capacity(#[from] CapacityError),
}

impl CapacityService {
    /// Lets a program in that shows an access.
    ///
    /// # Errors
    /// Each of [`Refusal`].
    pub async fn admit(&self, shown: &str, network: IpAddr) -> Result<CapacityReporter, Refusal> {
        let refused = match self.find_token(shown).await? {
            None => Refusal::Unknown,
            Some(token) => match (CapacityReporter::of_token(&token), token.state()) {
                (Ok(reporter), _) => {
                    self.limits.call(token.id).ok_or(Refusal::TooOften)?;
                    self.note_token_used(&token).await?;
                    return Ok(reporter);
                }
                (Err(_), TokenState::Revoked) => Refusal::Revoked,
                (Err(_), _) => Refusal::MakerLeft,
            },
        };
        Err(if self.limits.failure(network).is_some() { refused } else { Refusal::TooManyFailures })
    }

    async fn find_token(&self, shown: &str) -> Result<Option<ApiToken>, CapacityError> {
        let Some(secret) = TokenSecret::parse(shown) else { return Ok(None) };
        Ok(self.store.find_api_token(&secret.0.hash()).await?)
    }

    async fn note_token_used(&self, token: &ApiToken) -> Result<(), CapacityError> {
        let now = self.clock.now().instant;
        if token.used_at.is_some_and(|used| now - used < USED_TO) {
            return Ok(());
        }
        let mut tx = self.store.begin().await?;
        tx.use_api_token(token.id, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The accesses of an organization, the newest first.
    pub async fn list_tokens(&self, lead: &TeamLead) -> Result<Vec<ApiToken>, CapacityError> {
        let Some(organization) = lead.team().organization() else { return Ok(Vec::new()) };
        Ok(self.store.list_api_tokens(organization).await?)
    }

    /// Makes an access for all offers of an organization, or for one facility. Gives its secret, which is shown once.
    ///
    /// # Errors
    /// [`CapacityError::TooManyTokens`], [`CapacityError::NameTaken`], [`CapacityError::NoFacility`]
    pub async fn add_token(
        &self,
        lead: &TeamLead,
        organization: &Organization,
        name: String,
        facility: Option<FacilityId>,
    ) -> Result<(ApiTokenId, TokenSecret), CapacityError> {
        let now = self.clock.now().instant;
        let secret = TokenSecret::random()?;
        let mut tx = self.store.begin().await?;
        tx.lock_reports(organization.id.0).await?;
        tx.delete_old_api_tokens(now - LISTED).await?;
        let known = tx.list_api_tokens(organization.id).await?;
        let known: Vec<_> = known.into_iter().filter(|token| token.revoked_at.is_none()).collect();
        if known.iter().any(|token| token.name.to_lowercase() == name.to_lowercase()) {
            return Err(CapacityError::NameTaken);
        }
        if known.len() >= ApiToken::MOST {
            return Err(CapacityError::TooManyTokens);
        }
        let facility = match facility {
            None => None,
            Some(id) => {
                let found = tx.find_facility(id).await?.filter(is_public);
                let own =
                    found.filter(|own| own.organization.as_ref().map(|own| own.id) == Some(organization.id));
                Some((id, own.ok_or(CapacityError::NoFacility)?.name))
            }
        };
        let maker = TokenMaker {
            account: lead.account(),
            name: lead.name().to_owned(),
            role: None,
            is_county: lead.is_county(),
        };
        let token = ApiToken {
            id: ApiTokenId(Uuid::now_v7()),
            organization: organization.id,
            organization_slug: organization.slug.clone(),
            facility,
            name,
            maker: Some(maker),
            created_at: now,
            used_at: None,
            revoked_at: None,
        };
        tx.insert_api_token(&secret.0.hash(), &token).await?;
        audit_token(&mut tx, lead, Action::ApiTokenMade, organization.id, token.id, now).await?;
        tx.commit().await?;
        Ok((token.id, secret))
    }

    /// Switches an access off for good; `false`: it was off before, or is not theirs.
    pub async fn revoke_token(&self, lead: &TeamLead, id: ApiTokenId) -> Result<bool, CapacityError> {
        let Some(organization) = lead.team().organization() else { return Ok(false) };
        let now = self.clock.now().instant;
        let mut tx = self.store.begin().await?;
        let was_on = tx.revoke_api_token(id, organization, now).await?;
        if was_on {
            audit_token(&mut tx, lead, Action::ApiTokenRevoked, organization, id, now).await?;
        }
        tx.commit().await?;
        Ok(was_on)
    }
}

async fn audit_token(
    tx: &mut Tx,
    lead: &TeamLead,
    action: Action,
    organization: OrganizationId,
    token: ApiTokenId,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    let detail = std::collections::BTreeMap::from([("token", token.to_string())]);
    let subject = Some(Subject::Organization(organization));
    tx.record_audit(&AuditEvent { actor: Some(lead.account()), action, subject, detail, at }).await
}
