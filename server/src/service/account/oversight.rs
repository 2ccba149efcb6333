//! What those see of other people's accounts who lead the county, and the record of who has seen what.

use std::{collections::BTreeMap, net::IpAddr};

use app::{
    backend::access::CountyAdministrator,
    domain::{
        account::{Account, Password},
        audit::{Action, AuditEvent, Subject},
        ids::AccountId,
    },
};
use time::Duration;

use super::{AccountError, AccountService};
use crate::store::StoredSession;

/// Most sessions of a list.
const LIST: i64 = 500;
/// Whoever looks at the same again so soon is looking still.
const SAME_LOOK: Duration = Duration::minutes(15);

/// Somebody with the sessions that may still last.
pub type SignedInPerson = (Account, Vec<StoredSession>);

impl AccountService {
    /// Everybody with a session, whoever used theirs last first.
    pub async fn list_signed_in(&self, _: &CountyAdministrator) -> Result<Vec<SignedInPerson>, AccountError> {
        let mut people: Vec<SignedInPerson> = Vec::new();
        for (account, session) in self.store.list_all_sessions(LIST).await? {
            if !self.still_lasts(&session) {
                continue;
            }
            if let Some((_, sessions)) = people.iter_mut().find(|(own, _)| own.id == account) {
                sessions.push(session);
            } else if let Some(account) = self.find(account).await? {
                people.push((account, vec![session]));
            }
        }
        Ok(people)
    }

    /// Somebody with their sessions; `None` where there is no such account.
    pub async fn find_signed_in(
        &self,
        _: &CountyAdministrator,
        account: AccountId,
    ) -> Result<Option<SignedInPerson>, AccountError> {
        let Some(account) = self.find(account).await? else { return Ok(None) };
        let sessions = self.list_sessions(account.id).await?;
        Ok(Some((account, sessions)))
    }

    /// Signs somebody out everywhere. Whoever does so says their own password once more.
    ///
    /// # Errors
    /// [`AccountError::Wrong`] for the password, [`AccountError::Gone`] where the right or the account is gone.
    pub async fn end_sessions_of(
        &self,
        administrator: &CountyAdministrator,
        account: AccountId,
        password: &Password,
        network: IpAddr,
    ) -> Result<(), AccountError> {
        let own = self.confirm(administrator.account(), password, network).await?.account;
        CountyAdministrator::require(&own).map_err(|_| AccountError::Gone)?;
        self.find(account).await?.ok_or(AccountError::Gone)?;
        let mut tx = self.store.begin().await?;
        tx.delete_all_sessions(account).await?;
        tx.record_audit(&AuditEvent {
            actor: Some(own.id),
            action: Action::SessionsEnded,
            subject: Some(Subject::Account(account)),
            detail: BTreeMap::new(),
            at: self.clock.now().instant,
        })
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Writes down that somebody of the county sees what is about other people's accounts, once for each look.
    pub async fn note_seen(
        &self,
        reader: AccountId,
        action: Action,
        subject: Option<Subject>,
    ) -> Result<(), AccountError> {
        let at = self.clock.now().instant;
        let event = AuditEvent { actor: Some(reader), action, subject, detail: BTreeMap::new(), at };
        if self.store.was_audited(&event, at - SAME_LOOK).await? {
            return Ok(());
        }
        let mut tx = self.store.begin().await?;
        if tx.record_audit_once(&event, at - SAME_LOOK).await? {
            tx.commit().await?;
        }
        Ok(())
    }
}
