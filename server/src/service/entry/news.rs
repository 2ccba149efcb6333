//! Who is told what: the county what waits, those who run an entry what the county decided about it.

use app::{
    backend::access::CountyStaff,
    domain::{
        account::{Email, OrganizationRole},
        ids::{AccountId, OrganizationId},
        invitation::TeamRole,
        organization::Organization,
    },
    text::letters::{self, News},
};
use time::Duration;

use super::{EntryError, EntryService};
use crate::store::Tx;

/// Whoever has not looked is told again after so long.
const QUIET: Duration = Duration::hours(4);

/// Somebody who is told something.
pub(super) struct Reader {
    pub account: AccountId,
    pub name: String,
    pub email: Email,
}

impl EntryService {
    /// Tells the county's people that something waits, but whoever has brought it about. Comes before the audit log: that
    /// is written last.
    pub(super) async fn tell_county(
        &self,
        tx: &mut Tx,
        by: Option<AccountId>,
        news: &str,
    ) -> Result<(), EntryError> {
        let now = self.clock.now().instant;
        for (name, email) in tx.tell_county(by, now, now - QUIET).await? {
            self.post(tx, &email, &letters::county_news(&self.portal(), &name, news)).await?;
        }
        Ok(())
    }

    /// Those who keep the entries of an organization, but whoever decides.
    pub(super) async fn keepers(
        &self,
        staff: &CountyStaff,
        organization: Option<&Organization>,
    ) -> Result<Vec<Reader>, EntryError> {
        let Some(organization) = organization else { return Ok(Vec::new()) };
        self.team(organization.id, OrganizationRole::Editor).await.map(|mut team| {
            team.retain(|own| own.account != staff.account());
            team
        })
    }

    /// The people of an organization who have this role, or more.
    pub(super) async fn team(
        &self,
        organization: OrganizationId,
        role: OrganizationRole,
    ) -> Result<Vec<Reader>, EntryError> {
        let team = self.store.list_team(organization).await?;
        let fits = |own: TeamRole| matches!(own, TeamRole::Organization(own) if own.includes(role));
        Ok(team
            .into_iter()
            .filter(|own| fits(own.role))
            .map(|own| Reader { account: own.account, name: own.name, email: own.email })
            .collect())
    }

    /// Tells each what became of an entry. `path` is where it is looked at.
    pub(super) async fn tell(
        &self,
        tx: &mut Tx,
        readers: &[Reader],
        entry: &str,
        (news, reason): (News<'_>, Option<&str>),
        path: &str,
    ) -> Result<(), EntryError> {
        for reader in readers {
            let link = format!("{}{path}", self.portal().base_url);
            let letter = letters::entry_decided(&self.portal(), &reader.name, entry, news, reason, link);
            self.post(tx, &reader.email, &letter).await?;
        }
        Ok(())
    }

    /// Another organization runs an entry: those before and those now each get a letter of their own.
    pub(super) async fn tell_of_operator(
        &self,
        tx: &mut Tx,
        staff: &CountyStaff,
        (entry, path): (&str, &str),
        (before, now): (Option<&Organization>, &Organization),
        reason: Option<&str>,
    ) -> Result<(), EntryError> {
        let came = self.keepers(staff, Some(now)).await?;
        let mut left = self.keepers(staff, before).await?;
        // Whoever works for both still edits it.
        left.retain(|own| !came.iter().any(|other| other.account == own.account));
        self.tell(tx, &left, entry, (News::Left(&now.name), reason), path).await?;
        self.tell(tx, &came, entry, (News::Came(&now.name), reason), path).await
    }
}
