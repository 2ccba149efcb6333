//! What belongs to the capacity loop.

use app::domain::{
    ids::{OfferId, ReportLinkId},
    organization::Organization,
    report_link::ReportLink,
};
use server::store::Tx;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A link that reports for an organization, on a card.
pub fn card(organization: &Organization, at: OffsetDateTime) -> ReportLink {
    ReportLink {
        id: ReportLinkId(Uuid::now_v7()),
        organization: organization.id,
        organization_slug: organization.slug.clone(),
        organization_name: organization.name.clone(),
        recipient: None,
        label: "„Büro“ | Empfang".to_owned(),
        created_at: at,
        expires_at: Some(at + Duration::days(30)),
        revoked_at: None,
        used_at: None,
    }
}

/// An offer with a validity of its own, and a link that was used and switched off.
pub async fn fill_capacity(tx: &mut Tx, organization: &Organization, offer: OfferId, at: OffsetDateTime) {
    tx.save_offer_validity(offer, Some(21)).await.expect("saved");
    let link = card(organization, at);
    tx.insert_report_link("hash", &link).await.expect("inserted");
    tx.use_report_link(link.id, at).await.expect("used");
    assert!(tx.revoke_report_link(link.id, organization.id, at).await.expect("revoked"));
}
