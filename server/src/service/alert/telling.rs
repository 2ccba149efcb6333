//! From news to mails: what waits is told if it is still true.

use std::collections::HashMap;

use app::{
    backend::FacilityView,
    domain::{account::Email, alert::Alert, ids::FacilityId},
    routes,
    text::{
        alert as words,
        letters::{self, FreedOffer, SearchNews},
    },
};
use time::{Duration, OffsetDateTime};

use super::{AlertError, AlertService};
use crate::{
    service::account::link::LinkSecret,
    store::{Tx, WaitingNews},
};

/// Addresses that are written to in one transaction.
const ADDRESSES: i64 = 50;

impl AlertService {
    /// Writes what waits: one mail an address, and none an hour after the last of the same alert.
    pub async fn tell(&self) -> Result<(), AlertError> {
        let now = self.clock.now().instant;
        let before = now - Duration::minutes(Alert::MINUTES_BETWEEN);
        let (mut said, mut after) = (HashMap::new(), String::new());
        loop {
            let addresses = self.store.list_due_alert_addresses(now, before, &after, ADDRESSES).await?;
            let Some(last) = addresses.last() else { return Ok(()) };
            after = last.as_str().to_owned();
            let mut waiting = Vec::new();
            for email in addresses {
                let news = self.store.list_waiting_news(&email, now, before).await?;
                for one in &news {
                    if !said.contains_key(&one.query) {
                        let (words, _) = self.look(&routes::parse_search(&one.query)).await?;
                        said.insert(one.query.clone(), words);
                    }
                }
                waiting.push((email, news));
            }
            let ids = waiting.iter().flat_map(|(_, news)| news).map(|one| one.news.facility);
            let facilities = self.views(ids).await?;
            let moment = Moment { said: &said, facilities: &facilities, now, before };
            let mut tx = self.store.begin().await?;
            tx.lock_alerts().await?;
            for (email, news) in waiting {
                self.tell_one(&mut tx, &email, news, &moment).await?;
            }
            tx.commit().await?;
            self.mailbox.collect();
        }
    }

    async fn tell_one(
        &self,
        tx: &mut Tx,
        email: &Email,
        waiting: Vec<WaitingNews>,
        moment: &Moment<'_>,
    ) -> Result<(), AlertError> {
        let portal = self.mailbox.portal();
        let (mut searches, mut alerts) = (Vec::new(), Vec::new());
        for of_alert in waiting.chunk_by(|a, b| a.news.alert == b.news.alert) {
            let mut offers: Vec<FreedOffer> = Vec::new();
            let mut told = Vec::new();
            for one in of_alert {
                let freed = moment.facilities.get(&one.news.facility).and_then(|view| {
                    let offer = view.facility.offers.iter().find(|own| own.id == one.news.offer)?;
                    words::freed(view, offer, &portal)
                });
                match freed {
                    Some(freed) => {
                        told.push(one.news);
                        // What was full in between is two pieces of news, and one line.
                        if !offers.contains(&freed) {
                            offers.push(freed);
                        }
                    }
                    // Full again, too old or gone. If it becomes free again, that is news again.
                    None => tx.drop_alert_news(&one.news).await?,
                }
            }
            let Some(first) = of_alert.first().filter(|_| !told.is_empty()) else { continue };
            if !tx.claim_alert(first.news.alert, moment.now, moment.before).await? {
                continue;
            }
            for news in &told {
                tx.tell_alert_news(news).await?;
            }
            let query = routes::parse_search(&first.query);
            searches.push(SearchNews {
                words: moment.said.get(&first.query).cloned().unwrap_or_default(),
                link: format!("{}{}", portal.base_url, words::free_results(&query)),
                ends_at: first.ends_at,
                offers,
            });
            alerts.push(first.news.alert);
        }
        if searches.is_empty() {
            return Ok(());
        }
        let secret = LinkSecret::random()?;
        for alert in alerts {
            tx.insert_alert_link(&secret.hash(), alert).await?;
        }
        let link = self.link(&secret);
        let letter = letters::alert_news(&portal, &searches, link.clone());
        self.mailbox.post_with_end(tx, email, &letter, link, moment.now).await?;
        Ok(())
    }
}

/// What is true of the searches and facilities of some news.
struct Moment<'a> {
    /// Searches in words, by their address.
    said: &'a HashMap<String, String>,
    facilities: &'a HashMap<FacilityId, FacilityView>,
    now: OffsetDateTime,
    before: OffsetDateTime,
}
