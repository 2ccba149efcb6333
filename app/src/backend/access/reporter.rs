//! Who may say what is free.

use time::OffsetDateTime;

use super::{CountyStaff, Denied};
use crate::domain::{
    account::Account,
    api_token::{ApiToken, TokenState},
    capacity::ReportSource,
    facility::Facility,
    ids::{AccountId, ApiTokenId, FacilityId, OrganizationId, ReportLinkId},
    organization::Organization,
    report_link::ReportLink,
};

/// Whose offers somebody reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportScope {
    Organization(OrganizationId),
    /// One facility, whoever runs it: for the county, which phones.
    Facility(FacilityId),
}

/// Somebody who reports capacity: of an organization by account or link, or the county for a facility.
#[derive(Clone, Debug)]
pub struct CapacityReporter {
    scope: ReportScope,
    by: String,
    source: ReportSource,
    account: Option<AccountId>,
    link: Option<ReportLinkId>,
    token: Option<ApiTokenId>,
    /// Of the organization, this facility and no other.
    only: Option<FacilityId>,
}

impl CapacityReporter {
    /// Anybody of the organization, whatever their role, and the county.
    ///
    /// # Errors
    /// [`Denied::Hidden`] for everybody else.
    pub fn require(account: &Account, organization: &Organization) -> Result<Self, Denied> {
        let is_own = account.memberships.iter().any(|own| own.organization == organization.id);
        let source = match account.county_role {
            _ if is_own => ReportSource::Provider,
            Some(_) => ReportSource::County,
            None => return Err(Denied::Hidden),
        };
        let scope = ReportScope::Organization(organization.id);
        Ok(Self {
            scope,
            by: account.name.clone(),
            source,
            account: Some(account.id),
            link: None,
            token: None,
            only: None,
        })
    }

    /// Whoever has a link that is still worth something.
    ///
    /// # Errors
    /// [`Denied::Role`] where it was switched off or is over.
    pub fn of_link(link: &ReportLink, instant: OffsetDateTime) -> Result<Self, Denied> {
        if !link.holds_at(instant) {
            return Err(Denied::Role);
        }
        let (account, by) = match &link.recipient {
            Some((account, name)) => (Some(*account), name.clone()),
            None => (None, link.label.clone()),
        };
        let scope = ReportScope::Organization(link.organization);
        Ok(Self {
            scope,
            by,
            source: ReportSource::Provider,
            account,
            link: Some(link.id),
            token: None,
            only: None,
        })
    }

    /// The county, for a facility that it has phoned, or that told it otherwise.
    pub fn of_county(staff: &CountyStaff, facility: &Facility, by_phone: bool) -> Self {
        let source = if by_phone { ReportSource::Phone } else { ReportSource::County };
        let (by, account) = (staff.name().to_owned(), Some(staff.account()));
        Self {
            scope: ReportScope::Facility(facility.id),
            by,
            source,
            account,
            link: None,
            token: None,
            only: None,
        }
    }

    /// A program whose access is still worth something.
    ///
    /// # Errors
    /// [`Denied::Role`] where it is switched off, or whoever made it may not edit for the organization any more.
    pub fn of_token(token: &ApiToken) -> Result<Self, Denied> {
        if token.state() != TokenState::Good {
            return Err(Denied::Role);
        }
        Ok(Self {
            scope: ReportScope::Organization(token.organization),
            by: token.name.clone(),
            source: ReportSource::Api,
            account: None,
            link: None,
            token: Some(token.id),
            only: token.facility.as_ref().map(|(id, _)| *id),
        })
    }

    pub fn scope(&self) -> ReportScope {
        self.scope
    }

    /// As provider and county see it beside a report.
    pub fn by(&self) -> &str {
        &self.by
    }

    pub fn source(&self) -> ReportSource {
        self.source
    }

    /// `None`: a card, or a program.
    pub fn account(&self) -> Option<AccountId> {
        self.account
    }

    pub fn link(&self) -> Option<ReportLinkId> {
        self.link
    }

    pub fn token(&self) -> Option<ApiTokenId> {
        self.token
    }

    /// Whether the offers of a facility within the scope are theirs.
    pub fn covers(&self, facility: FacilityId) -> bool {
        self.only.is_none_or(|only| only == facility)
    }
}
