//! Who may do what. What needs a right takes the type that proves it; its fields are private, so that there
//! is no other way to one than its `require`.

mod reporter;

pub use reporter::{CapacityReporter, ReportScope};

use crate::domain::{
    account::{Account, CountyRole, OrganizationRole},
    facility::Facility,
    ids::{AccountId, FacilityId, OrganizationId},
    invitation::TeamRole,
    organization::Organization,
};

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// It is nothing of theirs: whether it exists is not said.
    #[error("not theirs")]
    Hidden,
    /// They see it, and their role does not go that far.
    #[error("the role does not suffice")]
    Role,
}

/// Somebody of the county's own team.
#[derive(Clone, Debug)]
pub struct CountyStaff {
    account: AccountId,
    name: String,
    is_administrator: bool,
}

impl CountyStaff {
    /// # Errors
    /// [`Denied::Hidden`] for everybody else.
    pub fn require(account: &Account) -> Result<Self, Denied> {
        let role = account.county_role.ok_or(Denied::Hidden)?;
        let is_administrator = role == CountyRole::Administrator;
        Ok(Self { account: account.id, name: account.name.clone(), is_administrator })
    }

    pub fn account(&self) -> AccountId {
        self.account
    }

    /// As those see it whom they answer.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether people and settings are theirs, too.
    pub fn is_administrator(&self) -> bool {
        self.is_administrator
    }
}

/// Somebody who leads the county's team: what the county calls things is theirs to change.
#[derive(Clone, Debug)]
pub struct CountyAdministrator(CountyStaff);

impl CountyAdministrator {
    /// # Errors
    /// [`Denied::Role`] for others of the county, [`Denied::Hidden`] for everybody else.
    pub fn require(account: &Account) -> Result<Self, Denied> {
        let staff = CountyStaff::require(account)?;
        if staff.is_administrator { Ok(Self(staff)) } else { Err(Denied::Role) }
    }

    /// What others of the county may, they may, too.
    pub fn staff(&self) -> &CountyStaff {
        &self.0
    }

    pub fn account(&self) -> AccountId {
        self.0.account
    }

    /// As colleagues see it.
    pub fn name(&self) -> &str {
        &self.0.name
    }
}

/// People who work together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Team {
    /// The county's own.
    County,
    Organization(Organization),
}

impl Team {
    /// `None`: the county's own.
    pub fn organization(&self) -> Option<OrganizationId> {
        match self {
            Self::County => None,
            Self::Organization(organization) => Some(organization.id),
        }
    }

    /// A role by its key, as far as this team has it.
    pub fn role(&self, key: &str) -> Option<TeamRole> {
        match self {
            Self::County => CountyRole::parse(key).map(TeamRole::County),
            Self::Organization(_) => OrganizationRole::parse(key).map(TeamRole::Organization),
        }
    }
}

/// Whether somebody says who is in a team: in the county's own (`None`) its administrators, in an organization's
/// its owners and the county.
///
/// # Errors
/// [`Denied::Role`] for others of the same team, [`Denied::Hidden`] for everybody else.
pub fn leads(account: &Account, organization: Option<OrganizationId>) -> Result<(), Denied> {
    let leads = match (organization, account.county_role) {
        (None, role) => role.ok_or(Denied::Hidden)? == CountyRole::Administrator,
        (Some(_), Some(_)) => true,
        (Some(organization), None) => {
            let own = account.memberships.iter().find(|own| own.organization == organization);
            own.ok_or(Denied::Hidden)?.role == OrganizationRole::Owner
        }
    };
    if leads { Ok(()) } else { Err(Denied::Role) }
}

/// Whether somebody edits the entries of an organization: its editors and owners, and the county.
///
/// # Errors
/// [`Denied::Role`] for those of the organization who only report capacity, [`Denied::Hidden`] for everybody else.
fn edits(account: &Account, organization: Option<OrganizationId>) -> Result<(), Denied> {
    if account.county_role.is_some() {
        return Ok(());
    }
    let own = account.memberships.iter().find(|own| Some(own.organization) == organization);
    let role = own.ok_or(Denied::Hidden)?.role;
    if role.includes(OrganizationRole::Editor) { Ok(()) } else { Err(Denied::Role) }
}

/// Somebody who edits the entries of an organization, and adds some.
#[derive(Clone, Debug)]
pub struct OrganizationEditor {
    account: AccountId,
    is_county: bool,
    organization: Organization,
}

impl OrganizationEditor {
    /// # Errors
    /// As for [`EntryEditor::require`].
    pub fn require(account: &Account, organization: Organization) -> Result<Self, Denied> {
        edits(account, Some(organization.id))?;
        Ok(Self { account: account.id, is_county: account.county_role.is_some(), organization })
    }

    pub fn account(&self) -> AccountId {
        self.account
    }

    /// They act for the county.
    pub fn is_county(&self) -> bool {
        self.is_county
    }

    pub fn organization(&self) -> &Organization {
        &self.organization
    }
}

/// Somebody who edits an entry: of the organization that runs it, or of the county.
#[derive(Clone, Debug)]
pub struct EntryEditor {
    account: AccountId,
    name: String,
    is_county: bool,
    entry: FacilityId,
}

impl EntryEditor {
    /// # Errors
    /// [`Denied::Role`] for those of the organization who only report capacity, [`Denied::Hidden`] for everybody else.
    pub fn require(account: &Account, facility: &Facility) -> Result<Self, Denied> {
        edits(account, facility.organization.as_ref().map(|own| own.id))?;
        let (name, is_county) = (account.name.clone(), account.county_role.is_some());
        Ok(Self { account: account.id, name, is_county, entry: facility.id })
    }

    pub fn account(&self) -> AccountId {
        self.account
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// They act for the county.
    pub fn is_county(&self) -> bool {
        self.is_county
    }

    pub fn entry(&self) -> FacilityId {
        self.entry
    }
}

/// Somebody who says who is in a team.
#[derive(Clone, Debug)]
pub struct TeamLead {
    account: AccountId,
    name: String,
    is_county: bool,
    team: Team,
}

impl TeamLead {
    /// # Errors
    /// As for [`leads`].
    pub fn require(account: &Account, team: Team) -> Result<Self, Denied> {
        leads(account, team.organization())?;
        let (name, is_county) = (account.name.clone(), account.county_role.is_some());
        Ok(Self { account: account.id, name, is_county, team })
    }

    pub fn account(&self) -> AccountId {
        self.account
    }

    /// As those see it whom they invite.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// They act for the county.
    pub fn is_county(&self) -> bool {
        self.is_county
    }

    pub fn team(&self) -> &Team {
        &self.team
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{account, organization};

    #[test]
    fn each_leads_their_own_team_and_sees_no_other() {
        let own = organization();
        let stranger = Organization { id: OrganizationId(uuid::Uuid::max()), ..own.clone() };
        let teams = [Team::County, Team::Organization(own.clone()), Team::Organization(stranger)];
        let answers = |account: Account| {
            teams.clone().map(|team| TeamLead::require(&account, team).map(|lead| lead.is_county()))
        };
        let (hidden, role) = (Err(Denied::Hidden), Err(Denied::Role));
        let county = |role| Account { county_role: Some(role), ..account() };
        assert_eq!(answers(county(CountyRole::Administrator)), [Ok(true), Ok(true), Ok(true)]);
        assert_eq!(answers(county(CountyRole::Editor)), [role, Ok(true), Ok(true)]);
        let member = |role| {
            let membership = crate::domain::account::Membership {
                organization: own.id,
                slug: own.slug.clone(),
                name: own.name.clone(),
                role,
            };
            Account { memberships: vec![membership], ..account() }
        };
        assert_eq!(answers(member(OrganizationRole::Owner)), [hidden, Ok(false), hidden]);
        assert_eq!(answers(member(OrganizationRole::Editor)), [hidden, role, hidden]);
        assert_eq!(answers(member(OrganizationRole::Capacity)), [hidden, role, hidden]);
        assert_eq!(answers(account()), [hidden, hidden, hidden]);
        assert!(CountyStaff::require(&member(OrganizationRole::Owner)).is_err());
        let administrator = |account: &Account| CountyAdministrator::require(account).map(drop);
        assert_eq!(administrator(&county(CountyRole::Administrator)), Ok(()));
        assert_eq!(administrator(&county(CountyRole::Editor)), Err(Denied::Role));
        assert_eq!(administrator(&member(OrganizationRole::Owner)), Err(Denied::Hidden));
        assert!(
            CountyStaff::require(&county(CountyRole::Editor)).is_ok_and(|staff| !staff.is_administrator())
        );
    }
}
