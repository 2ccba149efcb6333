//! Accounts: signing in, the second factor, and what people change about their own account.

use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

use app::{
    backend::Clock,
    domain::{
        account::{Account, CountyRole, Email, Password},
        audit::{Action, AuditEvent, Subject},
        ids::AccountId,
    },
    text::{letter::Letter, letters},
};

use super::mail::Mailbox;
use crate::store::{Store, StoreError, StoredAccount, Tx};

mod county_mail;
pub(in crate::service) mod limits;
pub mod link;
mod oversight;
mod passwords;
mod people;
mod recovery;
pub mod second_factor;
mod sessions;
pub mod team;

use limits::Limits;
use passwords::Passwords;
pub use passwords::Weak;
use second_factor::Codes;

/// Why something about an account was not done.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Address, password or code are not right. It is never said which.
    #[error("the credentials are wrong")]
    Wrong,
    /// The password is right, the code is not.
    #[error("the code is wrong")]
    WrongCode,
    /// Too many attempts; to be tried again after a while.
    #[error("too many attempts")]
    TooOften,
    /// The password that was chosen is too easy.
    #[error("the password is weak")]
    Weak(Weak),
    /// There is an account with this address.
    #[error("the address is taken")]
    Taken,
    #[error("the name or the address cannot be used")]
    Unusable,
    /// Nobody would lead the team any more.
    #[error("the last one of a team cannot leave it")]
    LastOne,
    /// The account is gone.
    #[error("the account does not exist")]
    Gone,
    #[error(transparent)]
    Store(StoreError),
    /// A defect.
    #[error("the password cannot be hashed")]
    Hash,
    /// The operating system gives no random bits.
    #[error("there are no random bits")]
    Random,
}

impl From<StoreError> for AccountError {
    fn from(error: StoreError) -> Self {
        match error {
            // Somebody changed password or second factor at the same moment.
            StoreError::NotFound => Self::Wrong,
            error => Self::Store(error),
        }
    }
}

/// Who signed in, as far as the password goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub account: Account,
    /// A code of the second factor is still wanted.
    pub needs_code: bool,
}

/// What somebody proves with that a second factor is theirs.
#[derive(Clone, Debug)]
pub struct Proof {
    pub password: Password,
    /// Of the app that is being set up.
    pub code: String,
}

/// A new account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub email: String,
    pub name: String,
    pub password: Password,
    pub county_role: Option<CountyRole>,
}

/// Entries of the log on a page.
pub const AUDIT_PAGE: i64 = 100;

/// Answers for accounts.
pub struct AccountService {
    store: Store,
    clock: Arc<dyn Clock>,
    mailbox: Mailbox,
    passwords: Passwords,
    limits: Limits,
}

impl AccountService {
    pub fn new(store: Store, clock: Arc<dyn Clock>, mailbox: Mailbox) -> Self {
        Self { store, clock, mailbox, passwords: Passwords::new(), limits: Limits::new() }
    }

    /// Checks address and password. Takes as long, and answers the same, whether there is an account or
    /// not.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &Password,
        network: IpAddr,
    ) -> Result<SignedIn, AccountError> {
        self.wait_for_turn(network, email).await?;
        let found = match Email::parse(email) {
            Some(email) => self.store.find_account_by_email(&email).await?,
            None => None,
        };
        let hash = found.as_ref().map(|found| found.password_hash.clone());
        let fits = self.passwords.verify(password.clone(), hash).await?;
        match found {
            Some(found) if fits => {
                let needs_code = found.totp_secret.is_some();
                Ok(SignedIn { account: found.account, needs_code })
            }
            _ => Err(AccountError::Wrong),
        }
    }

    /// Checks a code of the second factor, or uses up a recovery code. `credentials` is what the account had
    /// when its password was right.
    pub async fn check_code(
        &self,
        account: AccountId,
        credentials: i64,
        code: &str,
        network: IpAddr,
    ) -> Result<(), AccountError> {
        self.limits.code(network, &account.to_string()).ok_or(AccountError::TooOften)?;
        let found = self.store.find_account(account).await?.ok_or(AccountError::Gone)?;
        let secret = found.totp_secret.ok_or(AccountError::Wrong)?;
        if found.account.credentials != credentials {
            return Err(AccountError::Wrong);
        }
        let mut tx = self.store.begin().await?;
        let taken = if let Some(step) = second_factor::step(&secret, code, self.clock.now().instant) {
            tx.take_totp_step(&found.account, step).await?
        } else {
            let used = tx.take_recovery_code(account, &second_factor::code_hash(code)).await?;
            if used {
                self.audit(&mut tx, account, Action::RecoveryCodeUsed).await?;
            }
            used
        };
        if !taken {
            return Err(AccountError::Wrong);
        }
        tx.commit().await?;
        Ok(())
    }

    /// Counts a file that somebody sends; `None`: they have sent enough for now.
    pub fn count_upload(&self, by: AccountId) -> Option<()> {
        self.limits.upload(&by.to_string())
    }

    /// Counts a notice that somebody without an account writes; `None` where it comes too often.
    pub(in crate::service) fn notice_from(&self, network: IpAddr) -> Option<()> {
        self.limits.notice(network)
    }

    pub async fn find(&self, account: AccountId) -> Result<Option<Account>, AccountError> {
        Ok(self.store.find_account(account).await?.map(|found| found.account))
    }

    /// Changes somebody's own password; sessions of before are worth nothing. Gives the account as it is now.
    pub async fn change_password(
        &self,
        account: AccountId,
        current: &Password,
        new: Password,
        network: IpAddr,
    ) -> Result<Account, AccountError> {
        let found = self.confirm(account, current, network).await?.account;
        Passwords::accept(&new, &[found.email.as_str(), &found.name]).map_err(AccountError::Weak)?;
        let hash = self.passwords.hash(new).await?;
        let mut tx = self.store.begin().await?;
        tx.update_password(&found, &hash).await?;
        self.audit(&mut tx, account, Action::PasswordChanged).await?;
        let letter = letters::password_changed(&self.mailbox.portal(), &found.name);
        self.commit_with(tx, &found.email, &letter).await?;
        Ok(Account { credentials: found.credentials + 1, ..found })
    }

    /// Sets up the second factor with this secret if password and code fit; sessions of before are worth
    /// nothing. Gives the account as it is now, and the recovery codes, which are shown once.
    pub async fn confirm_totp(
        &self,
        account: AccountId,
        secret: &str,
        proof: &Proof,
        network: IpAddr,
    ) -> Result<(Account, Codes), AccountError> {
        let found = self.confirm(account, &proof.password, network).await?.account;
        let step = second_factor::step(secret, &proof.code, self.clock.now().instant);
        let step = step.ok_or(AccountError::WrongCode)?;
        let codes = Codes::generate();
        let mut tx = self.store.begin().await?;
        tx.update_totp(&found, Some(secret), Some(step)).await?;
        tx.replace_recovery_codes(account, &codes.hashes()).await?;
        self.audit(&mut tx, account, Action::TotpSetUp).await?;
        tx.commit().await?;
        Ok((Account { has_totp: true, credentials: found.credentials + 1, ..found }, codes))
    }

    /// Takes the second factor away from an account that may be without one. Gives the account as it is now.
    pub async fn remove_totp(
        &self,
        account: AccountId,
        password: &Password,
        network: IpAddr,
    ) -> Result<Account, AccountError> {
        let found = self.confirm(account, password, network).await?.account;
        if found.needs_totp() {
            return Err(AccountError::Wrong);
        }
        let mut tx = self.store.begin().await?;
        tx.update_totp(&found, None, None).await?;
        tx.replace_recovery_codes(account, &[]).await?;
        self.audit(&mut tx, account, Action::TotpRemoved).await?;
        tx.commit().await?;
        Ok(Account { has_totp: false, credentials: found.credentials + 1, ..found })
    }

    /// How many recovery codes are left.
    pub async fn recovery_codes_left(&self, account: AccountId) -> Result<usize, AccountError> {
        Ok(self.store.count_recovery_codes(account).await?)
    }

    /// Counts an attempt at a password, and waits as long as it has to.
    async fn wait_for_turn(&self, network: IpAddr, account: &str) -> Result<(), AccountError> {
        let pause = self.limits.attempt(network, account).ok_or(AccountError::TooOften)?;
        tokio::time::sleep(pause).await;
        Ok(())
    }

    /// Ends a transaction with a letter that tells of it.
    async fn commit_with(&self, mut tx: Tx, to: &Email, letter: &Letter) -> Result<(), AccountError> {
        self.mailbox.post(&mut tx, to, letter, self.clock.now().instant).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    /// Asks for the password once more before something that cannot be taken back.
    async fn confirm(
        &self,
        account: AccountId,
        password: &Password,
        network: IpAddr,
    ) -> Result<StoredAccount, AccountError> {
        self.wait_for_turn(network, &account.to_string()).await?;
        let found = self.store.find_account(account).await?.ok_or(AccountError::Gone)?;
        let hash = Some(found.password_hash.clone());
        if self.passwords.verify(password.clone(), hash).await? {
            Ok(found)
        } else {
            Err(AccountError::Wrong)
        }
    }

    /// Records what somebody did to their own account.
    async fn audit(&self, tx: &mut Tx, own: AccountId, action: Action) -> Result<(), StoreError> {
        tx.record_audit(&AuditEvent {
            actor: Some(own),
            action,
            subject: Some(Subject::Account(own)),
            detail: BTreeMap::new(),
            at: self.clock.now().instant,
        })
        .await
    }
}

/// The name of a person as it may be shown.
fn usable_name(typed: &str) -> Result<String, AccountError> {
    let name = typed.trim();
    let fits = !name.is_empty()
        && name.chars().count() <= Account::MAX_NAME
        && !name.contains(char::is_control)
        && !name.contains("://");
    if fits { Ok(name.to_owned()) } else { Err(AccountError::Unusable) }
}

/// What a conflict means where an address becomes an account's.
fn taken(error: StoreError) -> AccountError {
    match error {
        StoreError::Conflict(_) => AccountError::Taken,
        error => error.into(),
    }
}
