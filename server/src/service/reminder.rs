//! Reminders to report: who wants which, who stops them, and what the county sees of silence.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    backend::{Clock, access::CountyStaff},
    domain::{
        audit::{Action, AuditEvent, Subject},
        care_type::LightKind,
        facility::{Facility, Visibility},
        ids::{AccountId, Slug},
        portal::Portal,
        reminder::{ReminderKind, ReminderSettings},
        unreported::{FollowUp, UnreportedPage, UnreportedQuery, UnreportedShow},
        value,
    },
};
use time::{Date, Duration};

use super::{
    account::{AccountError, link::LinkSecret},
    capacity::CapacityError,
    mail::Mailbox,
};
use crate::store::{Store, StoreError, TypeList, UnreportedSince};

mod due;
mod link;

/// Why something about reminders was not done.
#[derive(Debug, thiserror::Error)]
pub enum ReminderError {
    /// There is no such facility, or the link is worth nothing.
    #[error("it is not there")]
    Gone,
    /// The day is over, or too far away.
    #[error("the day cannot be used")]
    Day,
    /// There are more words than may be.
    #[error("the note is too long")]
    Note,
    /// This person got enough links for a day.
    #[error("there were enough links")]
    Enough,
    #[error(transparent)]
    Capacity(#[from] CapacityError),
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReminderError {
    /// Whether it is no defect, but a store that is away.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Store(error)
            | Self::Capacity(CapacityError::Store(error))
            | Self::Account(AccountError::Store(error)) => error.is_unavailable(),
            _ => false,
        }
    }
}

/// Answers for reminders.
pub struct ReminderService {
    store: Store,
    clock: Arc<dyn Clock>,
    mailbox: Mailbox,
}

/// The types whose offers have a light and are shown.
fn types_with_light(portal: &Portal) -> TypeList {
    // A form changes the kind of a light, and takes none away.
    let has_light = portal.taxonomy.all().iter().filter(|own| !own.hidden && own.light != LightKind::None);
    has_light.map(|own| &own.slug).collect()
}

impl ReminderService {
    pub fn new(store: Store, clock: Arc<dyn Clock>, mailbox: Mailbox) -> Self {
        Self { store, clock, mailbox }
    }

    /// What somebody wants to be reminded of.
    pub async fn settings(&self, of: AccountId) -> Result<ReminderSettings, ReminderError> {
        Ok(self.store.find_reminder_settings(of).await?)
    }

    /// Changes that. A pause that is over is none.
    ///
    /// # Errors
    /// [`ReminderError::Day`]
    pub async fn change(&self, of: AccountId, settings: ReminderSettings) -> Result<(), ReminderError> {
        let today = self.clock.now().berlin_date;
        let fits =
            |last: Date| last >= today && (last - today).whole_days() <= ReminderSettings::LONGEST_PAUSE;
        if settings.paused_until.is_some_and(|last| !fits(last)) {
            return Err(ReminderError::Day);
        }
        self.save(of, |_| settings).await
    }

    /// Whose reminders a link ends, and what they want by now.
    ///
    /// # Errors
    /// [`ReminderError::Gone`]
    pub async fn find_link(&self, secret: &LinkSecret) -> Result<ReminderSettings, ReminderError> {
        let account = self.store.find_reminded(&secret.hash()).await?.ok_or(ReminderError::Gone)?;
        self.settings(account).await
    }

    /// Ends reminders of one kind, or all (`None`).
    ///
    /// # Errors
    /// [`ReminderError::Gone`]
    pub async fn stop(&self, secret: &LinkSecret, kind: Option<ReminderKind>) -> Result<(), ReminderError> {
        let account = self.store.find_reminded(&secret.hash()).await?.ok_or(ReminderError::Gone)?;
        self.save(account, |settings| settings.without(kind)).await
    }

    /// Writes and audits a change; where nothing changes, there is nothing to write.
    async fn save(
        &self,
        of: AccountId,
        change: impl FnOnce(ReminderSettings) -> ReminderSettings,
    ) -> Result<(), ReminderError> {
        let mut tx = self.store.begin().await?;
        let before = tx.find_reminder_settings(of).await?;
        let after = change(before);
        if after == before {
            return Ok(tx.rollback().await?);
        }
        tx.save_reminder_settings(of, after).await?;
        let kinds: Vec<_> =
            ReminderKind::ALL.into_iter().filter(|kind| after.wants(*kind)).map(ReminderKind::key).collect();
        let mut detail = BTreeMap::from([("kinds", kinds.join(" "))]);
        if let Some(last) = after.paused_until {
            detail.insert("paused_until", last.to_string());
        }
        let (action, subject) = (Action::RemindersChanged, Some(Subject::Account(of)));
        let at = self.clock.now().instant;
        tx.record_audit(&AuditEvent { actor: Some(of), action, subject, detail, at }).await?;
        Ok(tx.commit().await?)
    }

    fn since(&self) -> UnreportedSince {
        let (portal, now) = (self.mailbox.portal(), self.clock.now());
        UnreportedSince {
            now: now.instant,
            today: now.berlin_date,
            grey: now.instant - Duration::days(i64::from(portal.county_asks_after_days)),
            types: types_with_light(&portal),
        }
    }

    /// How many facilities have not reported for long, without those that were put off.
    pub async fn count_unreported(&self, _: &CountyStaff) -> Result<usize, ReminderError> {
        Ok(self.store.count_unreported(&self.since(), UnreportedShow::Open).await?)
    }

    /// Facilities that have not reported for long.
    pub async fn list_unreported(
        &self,
        _: &CountyStaff,
        query: UnreportedQuery,
    ) -> Result<UnreportedPage, ReminderError> {
        Ok(self.store.list_unreported(&self.since(), query).await?)
    }

    /// A public facility, and what was noted last about its silence.
    ///
    /// # Errors
    /// [`ReminderError::Gone`]
    pub async fn find_follow_up(
        &self,
        _: &CountyStaff,
        slug: &Slug,
    ) -> Result<(Facility, Option<FollowUp>), ReminderError> {
        let found = self.store.find_facility_by_slug(slug).await?;
        let public = found.filter(|facility| facility.visibility == Visibility::Public);
        let facility = public.ok_or(ReminderError::Gone)?;
        let follow_up = self.store.find_follow_up(facility.id).await?;
        Ok((facility, follow_up))
    }

    /// Leaves a facility out of the list until a day. Today brings it back.
    ///
    /// # Errors
    /// [`ReminderError::Gone`], [`ReminderError::Day`], [`ReminderError::Note`]
    pub async fn put_off(
        &self,
        staff: &CountyStaff,
        slug: &Slug,
        on: Date,
        note: &str,
    ) -> Result<(), ReminderError> {
        let now = self.clock.now();
        let note = value::one_line(note);
        if on < now.berlin_date || (on - now.berlin_date).whole_days() > FollowUp::MOST_DAYS {
            return Err(ReminderError::Day);
        }
        if note.chars().count() > FollowUp::LONGEST_NOTE {
            return Err(ReminderError::Note);
        }
        let (facility, _) = self.find_follow_up(staff, slug).await?;
        let mut tx = self.store.begin().await?;
        tx.save_follow_up(facility.id, (on, &note), staff.account(), now.instant).await?;
        Ok(tx.commit().await?)
    }
}
