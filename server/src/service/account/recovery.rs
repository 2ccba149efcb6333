//! A new password for whoever has forgotten theirs, and another address for whoever has a new one: both are
//! proved by a link in a mail. To look at a link changes nothing, because mail scanners do.

use std::net::IpAddr;

use app::{
    domain::{
        account::{Account, Email, Password},
        audit::Action,
        ids::AccountId,
    },
    routes,
    text::letters,
};
use time::Duration;

use super::{AccountError, AccountService, Passwords, link::LinkSecret};
use crate::store::{Mail, MailToken, StoredAccount};

/// How long a link for a new password is good.
const PASSWORD_LINK: Duration = Duration::hours(1);
/// How many mails are shown.
const SHOWN: i64 = 50;
/// How long a link for another address is good.
const ADDRESS_LINK: Duration = Duration::hours(24);

impl AccountService {
    /// Writes to an address: a link for a new password, or that it has no account. Whoever asks learns
    /// neither, nor when so many letters went there that no more are written.
    ///
    /// # Errors
    /// [`AccountError::Unusable`] where it is no address.
    pub async fn forgot_password(&self, email: &str, network: IpAddr) -> Result<(), AccountError> {
        self.wait_for_turn(network, email).await?;
        let email = Email::parse(email).ok_or(AccountError::Unusable)?;
        if self.limits.letter("new password", email.as_str()).is_none() {
            return Ok(());
        }
        let found = self.store.find_account_by_email(&email).await?;
        let (now, secret) = (self.clock.now().instant, LinkSecret::random()?);
        let mut tx = self.store.begin().await?;
        let letter = if let Some(StoredAccount { account, .. }) = found {
            let token = MailToken { account: account.id, credentials: account.credentials, new_email: None };
            tx.replace_mail_token(&secret.hash(), &token, now, now + PASSWORD_LINK).await?;
            letters::new_password(
                &self.mailbox.portal(),
                &account.name,
                self.link(&routes::new_password(secret.as_str())),
            )
        } else {
            letters::no_account(&self.mailbox.portal())
        };
        self.commit_with(tx, &email, &letter).await
    }

    /// The address of the account that a link for a new password is for; `None`: it is good no more.
    pub async fn find_password_link(&self, secret: &LinkSecret) -> Result<Option<Email>, AccountError> {
        let found = self.find_link(secret).await?.filter(|(token, _)| token.new_email.is_none());
        Ok(found.map(|(_, account)| account.email))
    }

    /// Gives an account a new password by a link, which is used up; sessions of before are worth nothing.
    ///
    /// # Errors
    /// [`AccountError::Wrong`] where the link is good no more; [`AccountError::Weak`], and the link stays good.
    pub async fn renew_password(
        &self,
        secret: &LinkSecret,
        new: Password,
        network: IpAddr,
    ) -> Result<(), AccountError> {
        self.wait_for_turn(network, &secret.hash()).await?;
        let found = self.find_link(secret).await?.filter(|(token, _)| token.new_email.is_none());
        let (_, account) = found.ok_or(AccountError::Wrong)?;
        Passwords::accept(&new, &[account.email.as_str(), &account.name]).map_err(AccountError::Weak)?;
        let hash = self.passwords.hash(new).await?;
        let now = self.clock.now().instant;
        let mut tx = self.store.begin().await?;
        tx.take_mail_token(&secret.hash(), now).await?.ok_or(AccountError::Wrong)?;
        tx.update_password(&account, &hash).await?;
        self.audit(&mut tx, account.id, Action::PasswordReset).await?;
        let letter = letters::password_changed(&self.mailbox.portal(), &account.name);
        self.commit_with(tx, &account.email, &letter).await
    }

    /// Writes to an address that is to become the account's. Whoever asks does not learn whether it is
    /// somebody's already.
    ///
    /// # Errors
    /// [`AccountError::Unusable`] where it is no address, or the one the account has.
    pub async fn ask_for_address(
        &self,
        account: AccountId,
        password: &Password,
        email: &str,
        network: IpAddr,
    ) -> Result<(), AccountError> {
        let account = self.confirm(account, password, network).await?.account;
        let email = Email::parse(email).ok_or(AccountError::Unusable)?;
        if email == account.email {
            return Err(AccountError::Unusable);
        }
        if self.limits.letter(&account.id.to_string(), email.as_str()).is_none() {
            return Ok(());
        }
        let is_taken = self.store.find_account_by_email(&email).await?.is_some();
        let (now, secret) = (self.clock.now().instant, LinkSecret::random()?);
        let mut tx = self.store.begin().await?;
        let letter = if is_taken {
            letters::address_taken(&self.mailbox.portal())
        } else {
            let (credentials, new_email) = (account.credentials, Some(email.clone()));
            let token = MailToken { account: account.id, credentials, new_email };
            tx.replace_mail_token(&secret.hash(), &token, now, now + ADDRESS_LINK).await?;
            letters::confirm_address(
                &self.mailbox.portal(),
                &account.name,
                self.link(&routes::confirm_address(secret.as_str())),
            )
        };
        self.commit_with(tx, &email, &letter).await
    }

    /// The address that a link would give its account; `None`: it is good no more.
    pub async fn find_address_link(&self, secret: &LinkSecret) -> Result<Option<Email>, AccountError> {
        Ok(self.find_link(secret).await?.and_then(|(token, _)| token.new_email))
    }

    /// Gives an account the address that a link was sent to; the old one is told. Whoever reads the old mailbox
    /// does not get in by a link that still lies there, and all sessions end.
    ///
    /// # Errors
    /// [`AccountError::Wrong`] where the link is good no more, [`AccountError::Taken`] where the address became
    /// somebody else's meanwhile.
    pub async fn change_address(&self, secret: &LinkSecret, network: IpAddr) -> Result<(), AccountError> {
        self.wait_for_turn(network, &secret.hash()).await?;
        let (_, account) = self.find_link(secret).await?.ok_or(AccountError::Wrong)?;
        let now = self.clock.now().instant;
        let mut tx = self.store.begin().await?;
        let token = tx.take_mail_token(&secret.hash(), now).await?;
        let email = token.and_then(|token| token.new_email).ok_or(AccountError::Wrong)?;
        tx.update_email(&account, &email).await.map_err(super::taken)?;
        self.audit(&mut tx, account.id, Action::AddressChanged).await?;
        let letter = letters::address_changed(&self.mailbox.portal(), &account.name);
        self.commit_with(tx, &account.email, &letter).await
    }

    /// The mails that lie in the queue, the newest first.
    pub async fn list_mail(&self) -> Result<Vec<Mail>, AccountError> {
        Ok(self.store.list_mail(SHOWN).await?)
    }

    /// What a link is for that is still good, and whose it is.
    async fn find_link(&self, secret: &LinkSecret) -> Result<Option<(MailToken, Account)>, AccountError> {
        let now = self.clock.now().instant;
        let Some(token) = self.store.find_mail_token(&secret.hash(), now).await? else { return Ok(None) };
        let account = self.find(token.account).await?;
        Ok(account.filter(|own| own.credentials == token.credentials).map(|own| (token, own)))
    }

    /// The whole address of a page.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.mailbox.portal().base_url)
    }
}
