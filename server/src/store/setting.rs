//! What the program remembers about its database as a whole: it travels with backups.

use super::{
    ChangeKind, Store, StoreError, Tx,
    engine::{Sql, run, sql},
};

const FIND: Sql = sql!("setting/find");
const SAVE: Sql = sql!("setting/save");

impl Store {
    /// The value remembered under a name; `None` where nothing was.
    pub async fn find_setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional(String,) = FIND, [name])?;
        Ok(row.map(|(value,)| value))
    }
}

impl Tx {
    /// The value remembered under a name, as this transaction sees it.
    pub async fn find_setting(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        let row = run!(self.session(), fetch_optional(String,) = FIND, [name])?;
        Ok(row.map(|(value,)| value))
    }

    /// Remembers a value under a name, in the place of the one before. Nothing is logged: settings are
    /// in no index.
    pub async fn save_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        run!(self.session(), execute SAVE, [name, value])?;
        Ok(())
    }

    /// The same for what pages show to everybody: on every node, those that were kept are shown no more.
    pub async fn save_shown_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.save_setting(name, value).await?;
        self.record(ChangeKind::Facility, None);
        Ok(())
    }
}
