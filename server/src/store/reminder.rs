//! Reminders: who wants which, who may be due, and what was said to whom.

use app::domain::{
    account::Email,
    care_type::CareTypeSlug,
    ids::{AccountId, OfferId, Slug},
    reminder::{ReminderKind, ReminderOffer, ReminderSettings, ReportTimes},
};
use sqlx::FromRow;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    Store, StoreError, Tx,
    engine::{Session, Sql, run, sql},
    organization::OrganizationRow,
    values::{Instant, date_text, read_date},
};

const NOTE_SENT: Sql = sql!("reminder/note_sent");
const LIST_CANDIDATES: Sql = sql!("reminder/list_candidates");
const LIST_OFFERS: Sql = sql!("reminder/list_offers");
const LIST_REMINDED: Sql = sql!("reminder/list_reminded");
const FIND: Sql = sql!("reminder/find");
const INSERT: Sql = sql!("reminder/insert");
const INSERT_NEWS: Sql = sql!("reminder/insert_news");
const FIND_SETTINGS: Sql = sql!("reminder/find_settings");
const SAVE_SETTINGS: Sql = sql!("reminder/save_settings");
const DELETE_OLD: Sql = sql!("reminder/delete_old");
const DELETE_OLD_NEWS: Sql = sql!("reminder/delete_old_news");

/// What the store looks at, wider than the rule.
#[derive(Clone, Debug)]
pub struct ReminderWindow {
    pub now: OffsetDateTime,
    /// The Berlin date.
    pub today: Date,
    /// What was over by then is no news.
    pub oldest: OffsetDateTime,
    /// What ends by then may be announced.
    pub near: OffsetDateTime,
    /// The same for reports that hold at least so long.
    pub near_of_long: (OffsetDateTime, Duration),
    /// The types that have a light.
    pub types: TypeList,
}

/// Types of offers, as one value of a statement.
#[derive(Clone, Debug)]
pub struct TypeList(String);

impl<'a> FromIterator<&'a CareTypeSlug> for TypeList {
    fn from_iter<T: IntoIterator<Item = &'a CareTypeSlug>>(types: T) -> Self {
        Self(types.into_iter().fold(",".to_owned(), |list, slug| list + slug.as_str() + ","))
    }
}

impl TypeList {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(FromRow)]
struct SettingsRow {
    before_expiry: bool,
    expired: bool,
    paused_until: Option<String>,
}

#[derive(FromRow)]
struct OfferRow {
    #[sqlx(flatten)]
    organization: OrganizationRow,
    facility: String,
    facility_slug: String,
    offer_id: Uuid,
    care_type: String,
    label: Option<String>,
    sequence: Option<i64>,
    reported_at: Option<Instant>,
    valid_until: Option<Instant>,
    was_told: bool,
}

impl TryFrom<OfferRow> for ReminderOffer {
    type Error = StoreError;

    fn try_from(row: OfferRow) -> Result<Self, StoreError> {
        let last = match (row.sequence, row.reported_at, row.valid_until) {
            (Some(sequence), Some(reported_at), Some(valid_until)) => {
                let (reported_at, valid_until) = (reported_at.read()?, valid_until.read()?);
                Some((sequence, ReportTimes { reported_at, valid_until }))
            }
            _ => None,
        };
        Ok(Self {
            organization: row.organization.try_into()?,
            facility: row.facility,
            facility_slug: Slug::parse(&row.facility_slug).ok_or(StoreError::Unreadable("slug"))?,
            offer: OfferId(row.offer_id),
            care_type: CareTypeSlug::parse(&row.care_type).ok_or(StoreError::Unreadable("care type"))?,
            label: row.label,
            last,
            was_told: row.was_told,
        })
    }
}

async fn find_settings(session: Session<'_>, of: AccountId) -> Result<ReminderSettings, StoreError> {
    let row = run!(session, fetch_optional SettingsRow = FIND_SETTINGS, [of.0])?;
    let Some(SettingsRow { before_expiry, expired, paused_until }) = row else {
        return Ok(ReminderSettings::default());
    };
    let paused_until = paused_until.as_deref().map(read_date).transpose()?;
    Ok(ReminderSettings { before_expiry, expired, paused_until })
}

impl Store {
    /// People there may be something to say to today, with the times of the reports it is about.
    pub async fn list_reminder_candidates(
        &self,
        window: &ReminderWindow,
    ) -> Result<Vec<(AccountId, ReportTimes)>, StoreError> {
        let (near_of_long, long) = window.near_of_long;
        let mut lease = self.lease().await?;
        let rows = run!(
            lease.session(),
            fetch_all(Uuid, Instant, Instant) = LIST_CANDIDATES,
            [
                Instant::from(window.now),
                Instant::from(window.oldest),
                Instant::from(window.near),
                Instant::from(near_of_long),
                i64::try_from(long.whole_microseconds()).unwrap_or(i64::MAX),
                date_text(window.today),
                window.types.as_str(),
            ]
        )?;
        let read = |(account, reported_at, valid_until): (Uuid, Instant, Instant)| {
            let times = ReportTimes { reported_at: reported_at.read()?, valid_until: valid_until.read()? };
            Ok((AccountId(account), times))
        };
        rows.into_iter().map(read).collect()
    }

    /// What somebody wants to be reminded of.
    pub async fn find_reminder_settings(&self, of: AccountId) -> Result<ReminderSettings, StoreError> {
        let mut lease = self.lease().await?;
        find_settings(lease.session(), of).await
    }

    /// Whom the reminder with this hash was written to.
    pub async fn find_reminded(&self, hash: &str) -> Result<Option<AccountId>, StoreError> {
        let mut lease = self.lease().await?;
        let row = run!(lease.session(), fetch_optional(Uuid,) = FIND, [hash])?;
        Ok(row.map(|(account,)| AccountId(account)))
    }
}

pub(super) async fn list_reminded(
    session: Session<'_>,
    facility: Uuid,
    most: i64,
) -> Result<Vec<(String, OffsetDateTime)>, StoreError> {
    let rows = run!(session, fetch_all(String, Instant) = LIST_REMINDED, [facility, most])?;
    rows.into_iter().map(|(name, at)| Ok((name, at.read()?))).collect()
}

/// Reminders are in no index, so no change is recorded.
impl Tx {
    /// Notes that a reminder was sent on a day, of whichever day it is: there is no other one then.
    pub async fn note_reminder_sent(&mut self, to: &Email, day: Date, hash: &str) -> Result<(), StoreError> {
        run!(self.session(), execute NOTE_SENT, [to.as_str(), date_text(day), hash])?;
        Ok(())
    }

    /// See [`Store::find_reminder_settings`].
    pub async fn find_reminder_settings(&mut self, of: AccountId) -> Result<ReminderSettings, StoreError> {
        find_settings(self.session(), of).await
    }

    /// Says what somebody wants to be reminded of.
    pub async fn save_reminder_settings(
        &mut self,
        of: AccountId,
        settings: ReminderSettings,
    ) -> Result<(), StoreError> {
        let ReminderSettings { before_expiry, expired, paused_until } = settings;
        let paused_until = paused_until.map(date_text);
        run!(self.session(), execute SAVE_SETTINGS, [of.0, before_expiry, expired, paused_until])?;
        Ok(())
    }

    /// Begins the one reminder of a person's day; `false`: there is one. Whoever writes it at the same moment is waited
    /// for.
    pub async fn insert_reminder(
        &mut self,
        account: AccountId,
        day: Date,
        hash: &str,
    ) -> Result<bool, StoreError> {
        Ok(run!(self.session(), execute INSERT, [account.0, date_text(day), hash])? == 1)
    }

    /// All offers with a light of the organizations that somebody works for.
    pub async fn list_reminder_offers(
        &mut self,
        account: AccountId,
        now: OffsetDateTime,
        types: &TypeList,
    ) -> Result<Vec<ReminderOffer>, StoreError> {
        let params = (account.0, Instant::from(now), types.as_str());
        let rows = run!(self.session(), fetch_all OfferRow = LIST_OFFERS, [params.0, params.1, params.2])?;
        rows.into_iter().map(ReminderOffer::try_from).collect()
    }

    /// Notes what somebody hears of an offer's report.
    pub async fn insert_reminded(
        &mut self,
        account: AccountId,
        (offer, sequence): (OfferId, i64),
        kind: ReminderKind,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let at = Instant::from(at);
        run!(self.session(), execute INSERT_NEWS, [account.0, offer.0, sequence, kind.key(), at])?;
        Ok(())
    }

    /// Forgets what was written before: links of that time end nothing any more.
    pub async fn delete_old_reminders(
        &mut self,
        before: Date,
        instant: OffsetDateTime,
    ) -> Result<(), StoreError> {
        run!(self.session(), execute DELETE_OLD, [date_text(before)])?;
        run!(self.session(), execute DELETE_OLD_NEWS, [Instant::from(instant)])?;
        Ok(())
    }
}
