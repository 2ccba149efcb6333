//! Who is in a team: invitations, roles, leaving.

use std::{collections::BTreeMap, net::IpAddr};

use app::{
    backend::access::{self, CountyStaff, Team, TeamLead},
    domain::{
        account::{Account, Email, Password},
        audit::{Action, AuditEvent, Subject},
        ids::{AccountId, InvitationId, OrganizationId, Slug},
        invitation::{Invitation, InvitedTo, TeamMember, TeamRole},
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
    pub async fn list_team(&self, lead: &TeamLead) -> Result<Vec<TeamMember>, AccountError> {
        if let Some(organization) = lead.team().organization() {
            return Ok(self.store.list_team(organization).await?);
        }
        let member = |account: Account| {
            Some(TeamMember {
                role: TeamRole::County(account.county_role?),
                has_totp: account.has_totp,
                account: account.id,
                name: account.name,
                email: account.email,
            })
        };
        Ok(self.store.list_county_accounts().await?.into_iter().filter_map(member).collect())
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
        let mut tx = self.store.begin().await?;
        tx.lock_teams().await?;
        self.invite_in(&mut tx, lead, email, role).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    /// The same as part of a transaction that holds the lock of teams; the letter goes out with it.
    pub(in crate::service) async fn invite_in(
        &self,
        tx: &mut Tx,
        lead: &TeamLead,
        email: Email,
        role: TeamRole,
    ) -> Result<(), AccountError> {
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
            letters::invitation(&portal, lead.name(), &to, self.link(&routes::invitation(secret.as_str())));
        let invitation = Invitation {
            id: InvitationId(Uuid::now_v7()),
            email,
            to,
            invited_by: lead.account(),
            inviter: lead.name().to_owned(),
            created_at: now,
            expires_at: now + INVITATION,
        };
        self.still_leads(lead).await?;
        tx.replace_invitation(&invitation, &secret.hash()).await.map_err(super::taken)?;
        self.audit_team(tx, lead, Action::Invited, None, role.key()).await?;
        self.mailbox.post(tx, &invitation.email, &letter, now).await?;
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
        tx.delete_invitations_of_in(account, lead.team().organization()).await?;
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
        let inviter = self.find(invitation.invited_by).await?.ok_or(AccountError::Wrong)?;
        access::leads(&inviter, invitation.to.organization()).map_err(|_| AccountError::Wrong)?;
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
        match &invitation.to {
            InvitedTo::County(role) => {
                if !account.county_role.is_some_and(|own| own.includes(*role)) {
                    tx.update_county_role(account.id, Some(*role)).await?;
                }
            }
            InvitedTo::Organization { id, role, .. } => {
                let own = account.memberships.iter().find(|own| own.organization == *id);
                if !own.is_some_and(|own| own.role.includes(*role)) {
                    tx.save_membership(account.id, *id, *role).await?;
                }
            }
        }
        let account = account.id;
        let detail = detail(invitation.to.organization(), invitation.to.role().key());
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

    /// Records what somebody did about a team.
    async fn audit_team(
        &self,
        tx: &mut Tx,
        lead: &TeamLead,
        action: Action,
        subject: Option<Subject>,
        role: &'static str,
    ) -> Result<(), AccountError> {
        let detail = detail(lead.team().organization(), role);
        let at = self.clock.now().instant;
        tx.record_audit(&AuditEvent { actor: Some(lead.account()), action, subject, detail, at }).await?;
        Ok(())
    }
}

/// What the audit log says of a team and a role in it.
fn detail(organization: Option<OrganizationId>, role: &str) -> BTreeMap<&'static str, String> {
    let team = organization.map_or_else(|| "county".to_owned(), |id| id.to_string());
    BTreeMap::from([("team", team), ("role", role.to_owned())])
}
