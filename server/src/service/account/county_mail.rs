//! Whether somebody of the county is told by mail that something waits.

use app::{backend::access::CountyStaff, domain::audit::Action};

use super::{AccountError, AccountService};

impl AccountService {
    /// Whether somebody wants to be told.
    pub async fn wants_county_mail(&self, staff: &CountyStaff) -> Result<bool, AccountError> {
        let found = self.store.find_county_mail(staff.account()).await?.ok_or(AccountError::Gone)?;
        Ok(found.wants_county_mail)
    }

    /// Turns these mails on or off.
    pub async fn set_county_mail(&self, staff: &CountyStaff, wants: bool) -> Result<(), AccountError> {
        let mut tx = self.store.begin().await?;
        tx.update_county_mail(staff.account(), wants).await?;
        self.audit(&mut tx, staff.account(), Action::CountyMailChanged).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Somebody sees what waits: what comes next is news again.
    pub async fn has_looked(&self, staff: &CountyStaff) -> Result<(), AccountError> {
        let found = self.store.find_county_mail(staff.account()).await?;
        if found.is_some_and(|found| found.was_told) {
            let mut tx = self.store.begin().await?;
            tx.county_was_looked_at(staff.account()).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
