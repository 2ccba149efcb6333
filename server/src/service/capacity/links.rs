//! Links that report: in mails for one person each, and on cards until they are switched off.

use app::{
    backend::access::{CapacityReporter, TeamLead},
    domain::{
        audit::{Action, AuditEvent, Subject},
        ids::{AccountId, OrganizationId, ReportLinkId},
        organization::Organization,
        report_link::ReportLink,
    },
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{CapacityError, CapacityService};
use crate::{
    service::account::link::LinkSecret,
    store::{StoreError, Tx},
};

/// How long links that are over stay in the list.
const LISTED: Duration = Duration::days(60);

/// Makes a link for one person, in the transaction of the mail that carries it.
pub async fn mail_link(
    tx: &mut Tx,
    organization: &Organization,
    recipient: (AccountId, String),
    now: OffsetDateTime,
) -> Result<LinkSecret, CapacityError> {
    let expires_at = Some(now + Duration::days(ReportLink::MAIL_DAYS));
    insert(tx, new_link(organization, Some(recipient), String::new(), now, expires_at)).await
}

fn new_link(
    organization: &Organization,
    recipient: Option<(AccountId, String)>,
    label: String,
    created_at: OffsetDateTime,
    expires_at: Option<OffsetDateTime>,
) -> ReportLink {
    ReportLink {
        id: ReportLinkId(Uuid::now_v7()),
        organization: organization.id,
        organization_slug: organization.slug.clone(),
        organization_name: organization.name.clone(),
        recipient,
        label,
        created_at,
        expires_at,
        revoked_at: None,
        used_at: None,
    }
}

async fn insert(tx: &mut Tx, link: ReportLink) -> Result<LinkSecret, CapacityError> {
    let secret = LinkSecret::random()?;
    tx.delete_old_report_links(link.created_at - LISTED).await?;
    tx.insert_report_link(&secret.hash(), &link).await?;
    Ok(secret)
}

impl CapacityService {
    /// The link behind what an address holds, worth something or not.
    pub async fn find_link(&self, secret: &LinkSecret) -> Result<Option<ReportLink>, CapacityError> {
        Ok(self.store.find_report_link(&secret.hash()).await?)
    }

    /// Notes that somebody opened a link; once in a quarter of an hour, whoever looks.
    pub async fn note_opened(&self, reporter: &CapacityReporter) -> Result<(), CapacityError> {
        const ONCE_IN: Duration = Duration::minutes(15);
        let (Some(link), now) = (reporter.link(), self.clock.now().instant) else { return Ok(()) };
        let event = AuditEvent {
            actor: reporter.account(),
            action: Action::ReportLinkOpened,
            subject: Some(Subject::ReportLink(link)),
            detail: std::collections::BTreeMap::new(),
            at: now,
        };
        // Whoever looks again and again keeps nobody from writing.
        if self.store.was_audited(&event, now - ONCE_IN).await? {
            return Ok(());
        }
        let mut tx = self.store.begin().await?;
        // In the order of those who report: first the link, then the log.
        tx.use_report_link(link, now).await?;
        tx.record_audit_once(&event, now - ONCE_IN).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The links of an organization, the newest first.
    pub async fn list_links(&self, lead: &TeamLead) -> Result<Vec<ReportLink>, CapacityError> {
        let Some(organization) = lead.team().organization() else { return Ok(Vec::new()) };
        Ok(self.store.list_report_links(organization).await?)
    }

    /// Makes a link for a card. Gives what it holds, which is shown once.
    ///
    /// # Errors
    /// [`CapacityError::TooManyCards`]
    pub async fn add_card(
        &self,
        lead: &TeamLead,
        organization: &Organization,
        label: String,
    ) -> Result<(ReportLinkId, LinkSecret), CapacityError> {
        let now = self.clock.now().instant;
        let mut tx = self.store.begin().await?;
        tx.lock_reports(organization.id.0).await?;
        let known = tx.list_report_links(organization.id).await?;
        if known.iter().filter(|link| link.recipient.is_none() && link.holds_at(now)).count()
            >= ReportLink::MOST_CARDS
        {
            return Err(CapacityError::TooManyCards);
        }
        let link = new_link(organization, None, label, now, None);
        let id = link.id;
        let secret = insert(&mut tx, link).await?;
        audit_link(&mut tx, lead, Action::ReportLinkMade, organization.id, id, now).await?;
        tx.commit().await?;
        Ok((id, secret))
    }

    /// Switches a link off for good; `false`: it was off before, or is not theirs.
    pub async fn revoke_link(&self, lead: &TeamLead, id: ReportLinkId) -> Result<bool, CapacityError> {
        let Some(organization) = lead.team().organization() else { return Ok(false) };
        let now = self.clock.now().instant;
        let mut tx = self.store.begin().await?;
        let was_on = tx.revoke_report_link(id, organization, now).await?;
        if was_on {
            audit_link(&mut tx, lead, Action::ReportLinkRevoked, organization, id, now).await?;
        }
        tx.commit().await?;
        Ok(was_on)
    }
}

async fn audit_link(
    tx: &mut Tx,
    lead: &TeamLead,
    action: Action,
    organization: OrganizationId,
    link: ReportLinkId,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    let detail = std::collections::BTreeMap::from([("link", link.to_string())]);
    let subject = Some(Subject::Organization(organization));
    tx.record_audit(&AuditEvent { actor: Some(lead.account()), action, subject, detail, at }).await
}
