//! Accounts that come and go: added, reset and dismissed from the command line, removed by whoever leaves.

use std::{collections::BTreeMap, net::IpAddr};

use app::{
    backend::access::CountyAdministrator,
    domain::{
        account::{Account, CountyRole, Email, OrganizationRole, Password},
        audit::{Action, AuditEvent, AuditLine, Subject},
        ids::AccountId,
    },
};
use uuid::Uuid;

use super::{AUDIT_PAGE, AccountError, AccountService, NewAccount, Passwords, taken, usable_name};
use crate::store::{StoredAccount, Tx};

impl AccountService {
    /// Adds an account, from the command line.
    pub async fn add(&self, new: NewAccount) -> Result<Account, AccountError> {
        let email = Email::parse(&new.email).ok_or(AccountError::Unusable)?;
        let name = usable_name(&new.name)?;
        Passwords::accept(&new.password, &[email.as_str(), &name]).map_err(AccountError::Weak)?;
        let county_role = new.county_role;
        let account = Account { county_role, ..Account::new(AccountId(Uuid::now_v7()), email, name) };
        let password_hash = self.passwords.hash(new.password).await?;
        let stored = StoredAccount { account: account.clone(), password_hash, totp_secret: None };
        let now = self.clock.now().instant;
        let mut tx = self.store.begin().await?;
        tx.insert_account(&stored, now).await.map_err(taken)?;
        let role = account.county_role.map_or("none", CountyRole::key);
        tx.record_audit(&AuditEvent {
            actor: None,
            action: Action::AccountAdded,
            subject: Some(Subject::Account(account.id)),
            detail: BTreeMap::from([("county_role", role.to_owned())]),
            at: now,
        })
        .await?;
        tx.commit().await?;
        Ok(account)
    }

    /// Takes somebody all they are, in the county and in organizations, from the command line: their invitations
    /// go with it. The account stays, and is nothing.
    pub async fn dismiss(&self, email: &str) -> Result<Account, AccountError> {
        let email = Email::parse(email).ok_or(AccountError::Gone)?;
        let account = self.store.find_account_by_email(&email).await?.ok_or(AccountError::Gone)?.account;
        let mut tx = self.store.begin().await?;
        tx.lock_teams().await?;
        tx.update_county_role(account.id, None).await?;
        tx.delete_memberships(account.id).await?;
        tx.delete_invitations_of(account.id).await?;
        tx.record_audit(&AuditEvent {
            actor: None,
            action: Action::RoleChanged,
            subject: Some(Subject::Account(account.id)),
            detail: BTreeMap::from([("team", "all".to_owned()), ("role", "none".to_owned())]),
            at: self.clock.now().instant,
        })
        .await?;
        tx.commit().await?;
        Ok(account)
    }

    /// Removes somebody with all that names them, from the command line.
    pub async fn remove(&self, email: &str) -> Result<Account, AccountError> {
        let email = Email::parse(email).ok_or(AccountError::Gone)?;
        let account = self.store.find_account_by_email(&email).await?.ok_or(AccountError::Gone)?.account;
        let mut tx = self.store.begin().await?;
        tx.lock_teams().await?;
        self.remove_in(&mut tx, None, &account).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// Removes somebody's own account with all that names them.
    ///
    /// # Errors
    /// [`AccountError::Wrong`] for the password, [`AccountError::LastOne`] where nobody would lead a team any more.
    pub async fn leave(
        &self,
        account: AccountId,
        password: &Password,
        network: IpAddr,
    ) -> Result<(), AccountError> {
        self.confirm(account, password, network).await?;
        let mut tx = self.store.begin().await?;
        tx.lock_teams().await?;
        let account = self.find(account).await?.ok_or(AccountError::Gone)?;
        self.remove_in(&mut tx, Some(account.id), &account).await?;
        if account.county_role == Some(CountyRole::Administrator) && tx.count_administrators().await? == 0 {
            return Err(AccountError::LastOne);
        }
        for own in account.memberships.iter().filter(|own| own.role == OrganizationRole::Owner) {
            if tx.count_owners(own.organization).await? == 0 {
                return Err(AccountError::LastOne);
            }
        }
        tx.commit().await?;
        Ok(())
    }

    async fn remove_in(
        &self,
        tx: &mut Tx,
        actor: Option<AccountId>,
        account: &Account,
    ) -> Result<(), AccountError> {
        tx.delete_invitations_of(account.id).await?;
        tx.delete_mail_to(&account.email).await?;
        tx.delete_account(account.id).await?;
        tx.record_audit(&AuditEvent {
            actor,
            action: Action::AccountRemoved,
            subject: Some(Subject::Account(account.id)),
            detail: BTreeMap::new(),
            at: self.clock.now().instant,
        })
        .await?;
        Ok(())
    }

    /// The newest entries of the log before a number, for those of the county who lead it.
    pub async fn list_audit(
        &self,
        _: &CountyAdministrator,
        before: i64,
    ) -> Result<Vec<AuditLine>, AccountError> {
        Ok(self.store.list_audit(before, AUDIT_PAGE).await?)
    }

    /// Gives somebody a new password and takes the second factor away, from the command line: for whoever
    /// has lost them.
    pub async fn reset(&self, email: &str, password: Password) -> Result<Account, AccountError> {
        let email = Email::parse(email).ok_or(AccountError::Gone)?;
        let mut account = self.store.find_account_by_email(&email).await?.ok_or(AccountError::Gone)?.account;
        Passwords::accept(&password, &[email.as_str(), &account.name]).map_err(AccountError::Weak)?;
        let hash = self.passwords.hash(password).await?;
        let mut tx = self.store.begin().await?;
        tx.update_password(&account, &hash).await?;
        account.credentials += 1;
        tx.update_totp(&account, None, None).await?;
        account.credentials += 1;
        tx.replace_recovery_codes(account.id, &[]).await?;
        tx.record_audit(&AuditEvent {
            actor: None,
            action: Action::AccountReset,
            subject: Some(Subject::Account(account.id)),
            detail: BTreeMap::new(),
            at: self.clock.now().instant,
        })
        .await?;
        tx.commit().await?;
        Ok(Account { has_totp: false, ..account })
    }
}
