//! Who of the county is told by mail that something waits, and who was.

use app::domain::{account::Email, ids::AccountId};
use sqlx::FromRow;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Sql, run, sql},
    values::Instant,
};

const TELL: Sql = sql!("county_mail/tell");
const FIND: Sql = sql!("county_mail/find");
const LOOK: Sql = sql!("county_mail/look");
const UPDATE: Sql = sql!("county_mail/update");

/// How somebody of the county is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct CountyMail {
    /// They want to be told.
    pub wants_county_mail: bool,
    /// They were, and have not looked since.
    pub was_told: bool,
}

impl Store {
    /// How somebody is told; `None` where there is no such account.
    pub async fn find_county_mail(&self, account: AccountId) -> Result<Option<CountyMail>, StoreError> {
        let mut lease = self.lease().await?;
        run!(lease.session(), fetch_optional CountyMail = FIND, [account.0])
    }
}

/// Letters are in no index, so no change is recorded.
impl Tx {
    /// Names and addresses of those who are to be told now, each for this once: all of the county who want it, but one,
    /// and but those who were told after `before` and have not looked since.
    pub async fn tell_county(
        &mut self,
        but: Option<AccountId>,
        now: OffsetDateTime,
        before: OffsetDateTime,
    ) -> Result<Vec<(String, Email)>, StoreError> {
        // Several accounts at once: two that each wait for one of the other's would wait for ever.
        self.lock_county_mail().await?;
        let but = but.map_or(Uuid::nil(), |but| but.0);
        let (now, before) = (Instant::from(now), Instant::from(before));
        let rows = run!(self.session(), fetch_all(String, String) = TELL, [but, now, before])?;
        let read = |(name, email): (String, String)| {
            Ok((name, Email::parse(&email).ok_or(StoreError::Unreadable("e-mail address"))?))
        };
        rows.into_iter().map(read).collect()
    }

    /// Somebody has seen what waits.
    pub async fn county_was_looked_at(&mut self, account: AccountId) -> Result<(), StoreError> {
        run!(self.session(), execute LOOK, [account.0])?;
        Ok(())
    }

    /// Whether somebody wants to be told.
    pub async fn update_county_mail(&mut self, account: AccountId, wants: bool) -> Result<(), StoreError> {
        run!(self.session(), execute UPDATE, [account.0, wants])?;
        Ok(())
    }
}
