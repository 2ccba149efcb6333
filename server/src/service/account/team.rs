//! Who is in a team: invitations, roles, leaving.

use std::{collections::BTreeMap, net::IpAddr};

use app::{
    backend::access::{CountyStaff, Team, TeamLead},
    domain::{
        account::{Account, CountyRole, Email, OrganizationRole, Password},
        audit::{Action, AuditEvent, Subject},
        ids::{AccountId, InvitationId, Slug},
        invitation::{Invitation, InvitedTo, TeamMember},
        organization::Organization,
    },
    routes,
    text::letters,
};
use time::Duration;
use uuid::Uuid;

use super::{AccountError, AccountService, Passwords, link::LinkSecret};
use crate::store::{StoredAccount, Tx};

/// How long an invitation can be taken.
const INVITATION: Duration = Duration::days(14);

/// A role in either kind of team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamRole {
    County(CountyRole),
    Organization(OrganizationRole),
}

impl TeamRole {
    /// A role by its key, as far as this team has it.
    pub fn parse(team: &Team, key: &str) -> Option<Self> {
        match team {
            Team::County => CountyRole::parse(key).map(Self::County),
            Team::Organization(_) => OrganizationRole::parse(key).map(Self::Organization),
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::County(role) => role.key(),
            Self::Organization(role) => role.key(),
        }
    }
}

/// Somebody of a team.
#[derive(Clone, Debug)]
pub struct Colleague {
    pub account: AccountId,
    pub name: String,
    pub email: Email,
    pub role: TeamRole,
    pub has_totp: bool,
}

/// Somebody who takes an invitation and has no account yet.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: String,
    pub password: Password,
}

impl AccountService {
    /// An organization by its slug.
    pub async fn find_organization(&self, slug: &Slug) -> Result<Option<Organization>, AccountError> {
        Ok(self.store.find_organization_by_slug(slug).await?)
    }

    /// All organizations, for the county's own people.
    pub async fn list_organizations(&self, _: &CountyStaff) -> Result<Vec<Organization>, AccountError> {
        Ok(self.store.list_organizations().await?)
    }

    /// The people of a team, by name.
    pub async fn list_team(&self, lead: &TeamLead) -> Result<Vec<Colleague>, AccountError> {
        let Some(organization) = lead.team().organization() else {
            let people = self.store.list_county_accounts().await?.into_iter();
            let colleague = |account: Account| {
                Some(Colleague {
                    role: TeamRole::County(account.county_role?),
                    has_totp: account.has_totp,
                    account: account.id,
                    name: account.name,
                    email: account.email,
                })
            };
            return Ok(people.filter_map(colleague).collect());
        };
        let people = self.store.list_team(organization).await?.into_iter();
        let colleague = |TeamMember { account, name, email, role, has_totp }| Colleague {
            account,
            name,
            email,
            role: TeamRole::Organization(role),
            has_totp,
        };
        Ok(people.map(colleague).collect())
    }

    /// The invitations of a team, the newest first.
    pub async fn list_invitations(&self, lead: &TeamLead) -> Result<Vec<Invitation>, AccountError> {
        Ok(self.store.list_invitations(lead.team().organization()).await?)
    }

    /// Invites somebody; whoever was invited to the same team before gets a new link.
    ///
    /// # Errors
    /// [`AccountError::Unusable`] where it is no address, [`AccountError::TooOften`] where it got many letters,
    /// [`AccountError::Gone`] where the right is lost meanwhile.
    pub async fn invite(&self, lead: &TeamLead, email: &str, role: TeamRole) -> Result<(), AccountError> {
        let email = Email::parse(email).ok_or(AccountError::Unusable)?;
        let by = lead.account().to_string();
        self.limits.invitation(&by).ok_or(AccountError::TooOften)?;
        self.limits.letter(&by, email.as_str()).ok_or(AccountError::TooOften)?;
        let to = match (lead.team(), role) {
            (Team::County, TeamRole::County(role)) => InvitedTo::County(role),
            (Team::Organization(own), TeamRole::Organization(role)) => {
                InvitedTo::Organization { id: own.id, name: own.name.clone(), role }
            }
            _ => return Err(AccountError::Unusable),
        };
        let (now, secret) = (self.clock.now().instant, LinkSecret::random()?);
        let portal = self.mailbox.portal();
        let letter =
            letters::invitation(portal, lead.name(), &to, self.link(&routes::invitation(secret.as_str())));
        let invitation = Invitation {
            id: InvitationId(Uuid::now_v7()),
            email,
            to,
            invited_by: lead.account(),
            inviter: lead.name().to_owned(),
            created_at: now,
            expires_at: now + INVITATION,
        };
        let mut tx = self.store.begin().await?;
        tx.lock_teams().await?;
        self.still_leads(lead).await?;
        tx.replace_invitation(&invitation, &secret.hash()).await.map_err(super::taken)?;
        self.audit_team(&mut tx, lead, Action::Invited, None, role.key()).await?;
        self.mailbox.post(&mut tx, &invitation.email, &letter, now).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`AccountError::Gone`] where this team has none such.
    pub async fn withdraw_invitation(&self, lead: &TeamLead, id: InvitationId) -> Result<(), AccountError> {
        let mut tx = self.store.begin().await?;
        if !tx.withdraw_invitation(id, lead.team().organization()).await? {
            return Err(AccountError::Gone);
        }
        self.audit_team(&mut tx, lead, Action::InvitationWithdrawn, None, "").await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives somebody of the team another role, or (`None`) takes them out of it. Whoever does so says their own
    /// password once more.
    ///
    /// # Errors
    /// [`AccountError::Wrong`] for the password, [`AccountError::Gone`] where they are not in the team,
    /// [`AccountError::LastOne`] where nobody would lead it any more.
    pub async fn change_role(
        &self,
        lead: &TeamLead,
        account: AccountId,
        role: Option<TeamRole>,
        password: &Password,
        network: IpAddr,
    ) -> Result<(), AccountError> {
        self.confirm(lead.account(), password, network).await?;
        let mut tx = self.store.begin().await?;
        tx.lock_teams().await?;
        // Asked again with everybody else kept out: two who lead must not take each other out.
        let lead = &self.still_leads(lead).await?;
        let known = self.list_team(lead).await?.into_iter().any(|person| person.account == account);
        if !known {
            return Err(AccountError::Gone);
        }
        match (lead.team(), role) {
            (Team::County, role) => {
                let role = match role {
                    Some(TeamRole::County(role)) => Some(role),
                    None => None,
                    Some(TeamRole::Organization(_)) => return Err(AccountError::Unusable),
                };
                tx.update_county_role(account, role).await?;
                if tx.count_administrators().await? == 0 {
                    return Err(AccountError::LastOne);
                }
            }
            (Team::Organization(own), role) => {
                match role {
                    Some(TeamRole::Organization(role)) => tx.save_membership(account, own.id, role).await?,
                    None => drop(tx.delete_membership(account, own.id).await?),
                    Some(TeamRole::County(_)) => return Err(AccountError::Unusable),
                }
                if !lead.is_county() && tx.count_owners(own.id).await? == 0 {
                    return Err(AccountError::LastOne);
                }
            }
        }
        // What they were invited to, and whom they have invited, goes with what they were.
        tx.delete_invitations_of(account, Some(lead.team().organization())).await?;
        let subject = Some(Subject::Account(account));
        self.audit_team(&mut tx, lead, Action::RoleChanged, subject, role.map_or("none", TeamRole::key))
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The invitation of a link, and whether its address has an account; `None`: it cannot be taken any more.
    pub async fn find_invitation(
        &self,
        secret: &LinkSecret,
    ) -> Result<Option<(Invitation, bool)>, AccountError> {
        let now = self.clock.now().instant;
        let Some(invitation) = self.store.find_invitation(&secret.hash(), now).await? else {
            return Ok(None);
        };
        let has_account = self.store.find_account_by_email(&invitation.email).await?.is_some();
        Ok(Some((invitation, has_account)))
    }

    /// Takes an invitation: whoever has its link has the mailbox. A new account is made where the address has
    /// none.
    ///
    /// # Errors
    /// [`AccountError::Wrong`] where it cannot be taken any more, [`AccountError::Unusable`] for the name,
    /// [`AccountError::Weak`] for the password.
    pub async fn take_invitation(
        &self,
        secret: &LinkSecret,
        person: NewPerson,
        network: IpAddr,
    ) -> Result<(), AccountError> {
        self.wait_for_turn(network, &secret.hash()).await?;
        let now = self.clock.now().instant;
        let invitation = self.store.find_invitation(&secret.hash(), now).await?.ok_or(AccountError::Wrong)?;
        let new = match self.store.find_account_by_email(&invitation.email).await? {
            Some(_) => None,
            None => Some(self.new_person(&invitation.email, person).await?),
        };
        let mut tx = self.store.begin().await?;
        tx.lock_teams().await?;
        // Whoever may not invite any more has invited nobody.
        self.may_still_invite(&invitation).await?;
        if !tx.take_invitation(&secret.hash(), now).await? {
            return Err(AccountError::Wrong);
        }
        let account = if let Some(new) = new {
            tx.insert_account(&new, now).await.map_err(super::taken)?;
            self.audit(&mut tx, new.account.id, Action::AccountAdded).await?;
            new.account
        } else {
            let known = self.store.find_account_by_email(&invitation.email).await?;
            known.ok_or(AccountError::Wrong)?.account
        };
        // An invitation gives, and takes nothing away.
        let detail = match &invitation.to {
            InvitedTo::County(role) => {
                if !account.county_role.is_some_and(|own| own.includes(*role)) {
                    tx.update_county_role(account.id, Some(*role)).await?;
                }
                BTreeMap::from([("role", role.key().to_owned())])
            }
            InvitedTo::Organization { id, role, .. } => {
                let own = account.memberships.iter().find(|own| own.organization == *id);
                if !own.is_some_and(|own| own.role.includes(*role)) {
                    tx.save_membership(account.id, *id, *role).await?;
                }
                BTreeMap::from([("role", role.key().to_owned()), ("organization", id.to_string())])
            }
        };
        let account = account.id;
        let subject = Some(Subject::Account(account));
        let event =
            AuditEvent { actor: Some(account), action: Action::InvitationTaken, subject, detail, at: now };
        tx.record_audit(&event).await?;
        tx.commit().await?;
        Ok(())
    }

    /// An account for somebody who was invited.
    async fn new_person(&self, email: &Email, person: NewPerson) -> Result<StoredAccount, AccountError> {
        let name = super::usable_name(&person.name)?;
        Passwords::accept(&person.password, &[email.as_str(), &name]).map_err(AccountError::Weak)?;
        let password_hash = self.passwords.hash(person.password).await?;
        let account = Account::new(AccountId(Uuid::now_v7()), email.clone(), name);
        Ok(StoredAccount { account, password_hash, totp_secret: None })
    }

    /// The right as it is now.
    async fn still_leads(&self, lead: &TeamLead) -> Result<TeamLead, AccountError> {
        let account = self.find(lead.account()).await?.ok_or(AccountError::Gone)?;
        TeamLead::require(&account, lead.team().clone()).map_err(|_| AccountError::Gone)
    }

    async fn may_still_invite(&self, invitation: &Invitation) -> Result<(), AccountError> {
        let inviter = self.find(invitation.invited_by).await?.ok_or(AccountError::Wrong)?;
        let may = match &invitation.to {
            InvitedTo::County(_) => inviter.county_role == Some(CountyRole::Administrator),
            InvitedTo::Organization { id, .. } => {
                let own = inviter.memberships.iter().find(|own| own.organization == *id);
                inviter.county_role.is_some() || own.is_some_and(|own| own.role == OrganizationRole::Owner)
            }
        };
        if may { Ok(()) } else { Err(AccountError::Wrong) }
    }

    /// Records what somebody did about a team.
    async fn audit_team(
        &self,
        tx: &mut Tx,
        lead: &TeamLead,
        action: Action,
        subject: Option<Subject>,
        role: &'static str,
    ) -> Result<(), AccountError> {
        let team = lead.team().organization().map_or_else(|| "county".to_owned(), |id| id.to_string());
        let detail = BTreeMap::from([("team", team), ("role", role.to_owned())]);
        let at = self.clock.now().instant;
        tx.record_audit(&AuditEvent { actor: Some(lead.account()), action, subject, detail, at }).await?;
        Ok(())
    }
}
