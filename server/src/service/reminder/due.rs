//! Writes what is due: at most one mail for each person and day, and nothing twice.

use std::collections::BTreeSet;

use app::{
    domain::{
        account::Account,
        ids::{AccountId, OfferId, OrganizationId},
        now::Now,
        portal::Portal,
        reminder::{self, ReminderKind, ReminderOffer},
    },
    routes,
    text::letters::{self, Standing, ToReport},
};
use time::{Duration, OffsetDateTime};

use super::{ReminderError, ReminderService, types_with_light};
use crate::{
    clock,
    service::{account::link::LinkSecret, capacity::mail_link},
    store::{ReminderWindow, TypeList},
};

/// How long a link ends reminders, and how long is known who was reminded. Long enough for what was said never to be
/// said again: see [`reminder::NEWS`].
const KEPT: Duration = Duration::days(400);

/// One look at what is due.
struct Look<'a> {
    portal: &'a Portal,
    now: Now,
    /// When mails are next written after today.
    again: OffsetDateTime,
    types: TypeList,
}

impl Look<'_> {
    fn kind(&self, offer: &ReminderOffer) -> Option<ReminderKind> {
        let (_, times) = offer.last?;
        reminder::due(times, self.now.instant, self.again)
    }

    /// How an offer stands, where it belongs into a letter.
    fn standing(&self, offer: &ReminderOffer) -> Option<Standing> {
        match offer.last {
            None => Some(Standing::Never),
            Some((_, times)) if times.valid_until <= self.now.instant => {
                Some(Standing::Ended(times.valid_until))
            }
            Some((_, times)) => self.kind(offer).map(|_| Standing::Ends(times.valid_until)),
        }
    }
}

impl ReminderService {
    /// Writes to everybody to whom there is something to say, if now is a time to write. Gives how many were written to.
    ///
    /// # Errors
    /// Where the store is away. What cannot be written to one person keeps nobody else from their mail.
    pub async fn remind_due(&self) -> Result<usize, ReminderError> {
        let (portal, now) = (self.mailbox.portal(), self.clock.now());
        if !portal.has_mail() || !reminder::may_write(now) {
            return Ok(0);
        }
        let next_day = reminder::next_day(now.berlin_date, &portal.holidays);
        let again = clock::in_berlin(next_day, reminder::FROM);
        let look = Look { portal: &portal, now, again, types: types_with_light(&portal) };
        let window = ReminderWindow {
            now: now.instant,
            today: now.berlin_date,
            oldest: now.instant - reminder::NEWS,
            near: again.max(now.instant + reminder::USUAL_LEAD),
            near_of_long: (again.max(now.instant + reminder::LONGEST_LEAD), reminder::LONG),
            types: look.types.clone(),
        };
        let candidates = self.store.list_reminder_candidates(&window).await?;
        let due = |times| reminder::due(times, now.instant, again).is_some();
        let people: BTreeSet<AccountId> =
            candidates.into_iter().filter(|(_, times)| due(*times)).map(|(account, _)| account).collect();
        let mut written = 0;
        for account in people {
            match self.remind(&look, account).await {
                Ok(is_written) => written += usize::from(is_written),
                Err(error) if error.is_unavailable() => return Err(error),
                Err(error) => {
                    tracing::error!(%account, error = &error as &dyn std::error::Error, "nobody was reminded");
                }
            }
        }
        if written > 0 {
            self.mailbox.collect();
            tracing::info!(people = written, "people were reminded to report");
        }
        Ok(written)
    }

    /// Writes to one person; `false`: there is nothing to say, or somebody else says it. Mail, links and what was said
    /// are written together or not at all.
    async fn remind(&self, look: &Look<'_>, account: AccountId) -> Result<bool, ReminderError> {
        let Now { instant: now, berlin_date: today, .. } = look.now;
        let Some(person) = self.store.find_account(account).await? else { return Ok(false) };
        let stop = LinkSecret::random()?;
        let mut tx = self.store.begin().await?;
        // From here on nobody else writes to this person today, and what was reported meanwhile is seen.
        if !tx.insert_reminder(account, today, &stop.hash()).await? {
            tx.rollback().await?;
            return Ok(false);
        }
        // One that could not be sent says what this one would say; the next one comes after it.
        if tx.has_reminder_waiting(&person.account.email).await? {
            tx.rollback().await?;
            return Ok(false);
        }
        let settings = tx.find_reminder_settings(account).await?;
        let offers = tx.list_reminder_offers(account, now, &look.types).await?;
        let news: Vec<(OrganizationId, OfferId, i64, ReminderKind)> = offers
            .iter()
            .filter(|offer| !offer.was_told)
            .filter_map(|offer| Some((offer.organization.id, offer.offer, offer.last?.0, look.kind(offer)?)))
            .filter(|(.., kind)| settings.wants(*kind))
            .collect();
        if news.is_empty() || settings.rests_on(today) {
            tx.rollback().await?;
            return Ok(false);
        }
        for (_, offer, sequence, kind) in &news {
            tx.insert_reminded(account, (*offer, *sequence), *kind, now).await?;
        }
        let Account { name, email, .. } = person.account;
        let base = &look.portal.base_url;
        let mut all: Vec<(OrganizationId, ToReport)> = Vec::new();
        for offer in &offers {
            let own = &offer.organization;
            if !news.iter().any(|(organization, ..)| *organization == own.id) {
                continue;
            }
            let Some(standing) = look.standing(offer) else { continue };
            if all.last().is_none_or(|(id, _)| *id != own.id) {
                let link = mail_link(&mut tx, own, (account, name.clone()), now).await?;
                let link = format!("{base}{}", routes::report_link(link.as_str()));
                let organization = own.name.clone();
                all.push((own.id, ToReport { organization, link, offers: Vec::new() }));
            }
            let type_name = || look.portal.taxonomy.name_of(&offer.care_type).to_owned();
            let line = (offer.facility.clone(), offer.label.clone().unwrap_or_else(type_name), standing);
            if let Some((_, own)) = all.last_mut() {
                own.offers.push(line);
            }
        }
        let stop = format!("{base}{}", routes::stop_reminders(stop.as_str()));
        let settings = format!("{base}{}", routes::OWN_REMINDERS);
        let all = all.into_iter().map(|(_, own)| own).collect();
        let letter = letters::reminder(look.portal, &name, all, (&stop, &settings), today);
        self.mailbox.post_with_end(&mut tx, &email, &letter, stop, now).await?;
        tx.delete_old_reminders(today - KEPT, now - KEPT).await?;
        tx.commit().await?;
        Ok(true)
    }
}
