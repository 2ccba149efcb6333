//! Notices: what people without an account write, and what the county makes of it.

use std::{collections::BTreeMap, net::IpAddr};

use app::{
    backend::access::{CountyStaff, Team, TeamLead},
    domain::{
        account::{Account, OrganizationRole},
        audit::{Action, Subject},
        facility::{Facility, Visibility},
        ids::{NoticeId, OrganizationId, Slug},
        invitation::TeamRole,
        notice::{Notice, NoticeAbout, NoticeKind, NoticeState},
        organization::Organization,
    },
    forms::{self, NoticeTexts, Typed},
    routes,
    text::{editing as words, letters},
};
use time::Duration;
use uuid::Uuid;

use super::{EntryError, EntryService, moderation::text, publish::keep_first};
use crate::store::Tx;

/// How long it is known what somebody wrote, after it was handled.
const KEPT: Duration = Duration::days(365);

/// Most notices of a list.
const LIST: i64 = 200;

impl EntryService {
    /// Writes down what somebody sent. `about` is the entry, where there is one.
    ///
    /// # Errors
    /// [`EntryError::Problems`], [`EntryError::TooOften`].
    pub async fn write_notice(
        &self,
        kind: NoticeKind,
        about: Option<NoticeAbout>,
        typed: &Typed,
        network: IpAddr,
    ) -> Result<(), EntryError> {
        let NoticeTexts { organization_name, name, email, text } =
            forms::read_notice(kind, typed).map_err(EntryError::Problems)?;
        let notice = Notice {
            id: NoticeId(Uuid::now_v7()),
            kind,
            about,
            organization_name,
            name,
            email,
            text,
            created_at: self.clock.now().instant,
            state: NoticeState::Open,
            handled_by: None,
            handled_at: None,
            answer: None,
        };
        self.accounts.notice_from(network).ok_or(EntryError::TooOften)?;
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        tx.delete_old_notices(notice.created_at - KEPT).await?;
        tx.insert_notice(&notice).await?;
        let about = notice.about.as_ref().map(|about| &about.name).or(notice.organization_name.as_ref());
        let about = about.map_or("", String::as_str);
        let news = format!("„{about}“ ({})", words::notice_kind(notice.kind));
        self.tell_county(&mut tx, None, &news).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    /// Notices that the county has handled, the newest first.
    pub async fn list_handled(&self, _: &CountyStaff) -> Result<Vec<Notice>, EntryError> {
        Ok(self.store.list_notices(false, LIST).await?)
    }

    pub async fn find_notice(&self, _: &CountyStaff, id: NoticeId) -> Result<Option<Notice>, EntryError> {
        Ok(self.store.find_notice(id).await?)
    }

    /// Does what a notice asks for, and answers. Whoever claims an entry, or registers, is invited to lead its
    /// organization; `takes_over`: a claim brings a new organization in the place of the one that is known.
    ///
    /// # Errors
    /// [`EntryError::Changed`] where somebody has handled it before.
    pub async fn accept_notice(
        &self,
        (account, staff): (&Account, &CountyStaff),
        id: NoticeId,
        answer: &str,
        takes_over: bool,
    ) -> Result<(), EntryError> {
        let notice = self.store.find_notice(id).await?.ok_or(EntryError::Gone)?;
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        tx.lock_teams().await?;
        tx.lock_entries().await?;
        self.close(&mut tx, staff, &notice, NoticeState::Accepted, answer).await?;
        match notice.kind {
            NoticeKind::Wrong => {}
            NoticeKind::Decline => {
                let about = notice.about.as_ref().ok_or(EntryError::Gone)?;
                tx.delete_draft(about.id).await?;
                // One that is not public any more has nothing to hide.
                let live = tx.find_facility(about.id).await?;
                if live.is_some_and(|live| live.visibility != Visibility::Draft) {
                    self.set_visibility_in(&mut tx, staff, about.id, (Visibility::Declined, None)).await?;
                }
            }
            NoticeKind::Registration => {
                let organization = self.new_organization(&mut tx, staff, &notice).await?;
                self.invite_owner(&mut tx, account, organization, &notice).await?;
            }
            NoticeKind::Claim => {
                let about = notice.about.as_ref().ok_or(EntryError::Gone)?;
                let live = tx.find_facility(about.id).await?.ok_or(EntryError::Gone)?;
                let organization = match &live.organization {
                    Some(known) if !takes_over => known.clone(),
                    _ => self.new_organization(&mut tx, staff, &notice).await?,
                };
                if live.organization.as_ref() != Some(&organization) {
                    // What another organization has begun is none of the new one's.
                    tx.delete_draft(live.id).await?;
                    keep_first(&mut tx, &live).await?;
                    let changed = Facility { organization: Some(organization.clone()), ..live.clone() };
                    tx.update_facility(&changed).await?;
                    let (entry, path) = (live.name.as_str(), routes::facility(&live.slug));
                    let operators = (live.organization.as_ref(), &organization);
                    self.tell_of_operator(&mut tx, staff, (entry, &path), operators, None).await?;
                    let subject = Subject::Entry(live.id);
                    self.audit(&mut tx, staff.account(), Action::OperatorChanged, subject).await?;
                }
                self.invite_owner(&mut tx, account, organization, &notice).await?;
            }
        }
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    /// Leaves everything as it is, and answers.
    ///
    /// # Errors
    /// As for [`EntryService::accept_notice`].
    pub async fn refuse_notice(
        &self,
        staff: &CountyStaff,
        id: NoticeId,
        answer: &str,
    ) -> Result<(), EntryError> {
        let notice = self.store.find_notice(id).await?.ok_or(EntryError::Gone)?;
        let _turn = self.turn().await;
        let mut tx = self.store.begin().await?;
        self.close(&mut tx, staff, &notice, NoticeState::Refused, answer).await?;
        tx.commit().await?;
        self.mailbox.collect();
        Ok(())
    }

    async fn new_organization(
        &self,
        tx: &mut Tx,
        staff: &CountyStaff,
        notice: &Notice,
    ) -> Result<Organization, EntryError> {
        let name = notice.organization_name.clone().ok_or(EntryError::Gone)?;
        if let Some(known) = tx.find_organization_by_name(&name, None).await? {
            return Ok(known);
        }
        let slug = tx.free_organization_slug(&Slug::from_name(&name)).await?;
        let id = OrganizationId(Uuid::now_v7());
        let organization =
            Organization { id, slug, name, umbrella: None, phone: None, email: None, website: None };
        tx.insert_organization(&organization).await?;
        self.audit(tx, staff.account(), Action::OrganizationAdded, Subject::Organization(id)).await?;
        Ok(organization)
    }

    async fn close(
        &self,
        tx: &mut Tx,
        staff: &CountyStaff,
        notice: &Notice,
        state: NoticeState,
        answer: &str,
    ) -> Result<(), EntryError> {
        let (answer, now) = (text(answer), self.clock.now().instant);
        if !tx.close_notice(notice.id, state, staff.account(), now, answer.as_deref()).await? {
            return Err(EntryError::Changed);
        }
        let action =
            if state == NoticeState::Accepted { Action::NoticeAccepted } else { Action::NoticeRefused };
        let detail = BTreeMap::from([("kind", notice.kind.key().to_owned())]);
        self.audit_with(tx, staff.account(), action, Subject::Notice(notice.id), detail).await?;
        if let Some(email) = &notice.email {
            let letter = letters::notice_answer(&self.portal(), notice, state, answer.as_deref());
            self.post(tx, email, &letter).await?;
        }
        Ok(())
    }

    async fn invite_owner(
        &self,
        tx: &mut Tx,
        account: &Account,
        organization: Organization,
        notice: &Notice,
    ) -> Result<(), EntryError> {
        let email = notice.email.clone().ok_or(EntryError::Gone)?;
        let team = Team::Organization(organization);
        let lead = TeamLead::require(account, team).map_err(|_| EntryError::Gone)?;
        let role = TeamRole::Organization(OrganizationRole::Owner);
        Ok(self.accounts.invite_in(tx, &lead, email, role).await?)
    }
}
