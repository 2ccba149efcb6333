//! A link that reports, sent because somebody asked for it.

use app::{
    backend::access::TeamLead,
    domain::{
        audit::{Action, AuditEvent, Subject},
        ids::AccountId,
        invitation::TeamMember,
        organization::Organization,
    },
    routes,
    text::letters,
};
use time::Duration;

use super::{ReminderError, ReminderService};
use crate::service::capacity::mail_link;

/// Most links that one person is sent within a day: nobody fills somebody else's mailbox.
const MOST: usize = 3;

impl ReminderService {
    /// Those a link can be sent to: the people of the organization.
    pub async fn list_recipients(&self, lead: &TeamLead) -> Result<Vec<TeamMember>, ReminderError> {
        let Some(organization) = lead.team().organization() else { return Ok(Vec::new()) };
        Ok(self.store.list_team(organization).await?)
    }

    /// Sends somebody of the organization their own link.
    ///
    /// # Errors
    /// [`ReminderError::Gone`] where they are not of it, [`ReminderError::Enough`]
    pub async fn send_link(
        &self,
        lead: &TeamLead,
        organization: &Organization,
        to: AccountId,
    ) -> Result<(), ReminderError> {
        let now = self.clock.now().instant;
        let people = self.list_recipients(lead).await?;
        let person = people.into_iter().find(|person| person.account == to).ok_or(ReminderError::Gone)?;
        let mut tx = self.store.begin().await?;
        // Several presses of the button come one after the other.
        tx.lock_reports(organization.id.0).await?;
        let known = tx.list_report_links(organization.id).await?;
        let is_theirs = |own: &(AccountId, String)| own.0 == to;
        let recent = |own: &&app::domain::report_link::ReportLink| {
            own.recipient.as_ref().is_some_and(is_theirs) && own.created_at > now - Duration::days(1)
        };
        if known.iter().filter(recent).count() >= MOST {
            return Err(ReminderError::Enough);
        }
        let secret = mail_link(&mut tx, organization, (to, person.name.clone()), now).await?;
        let base = self.mailbox.portal().base_url.clone();
        let link = format!("{base}{}", routes::report_link(secret.as_str()));
        let letter = letters::report_link(&person.name, &organization.name, link);
        self.mailbox.post(&mut tx, &person.email, &letter, now).await?;
        let event = AuditEvent {
            actor: Some(lead.account()),
            action: Action::ReportLinkSent,
            subject: Some(Subject::Organization(organization.id)),
            detail: [("to", to.to_string())].into(),
            at: now,
        };
        tx.record_audit(&event).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }
}
