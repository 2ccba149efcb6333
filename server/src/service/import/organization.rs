//! Planned organizations and those of the store.

use app::domain::{
    ids::{OrganizationId, Slug},
    organization::Organization,
};
use uuid::Uuid;

use crate::{
    import::{organization::fold, plan::PlannedOrganization},
    store::{StoreError, Tx},
};

/// The organization of the store for each planned one; missing ones are made. A name that the store
/// spells otherwise stays as it is.
pub(super) async fn settle(
    tx: &mut Tx,
    planned: &[PlannedOrganization],
    known: &mut Vec<Organization>,
) -> Result<Vec<Organization>, StoreError> {
    let mut settled = Vec::with_capacity(planned.len());
    for plan in planned {
        let organization = if let Some(at) = find(plan, known) {
            if known[at].umbrella.is_none() && plan.umbrella.is_some() {
                known[at].umbrella.clone_from(&plan.umbrella);
                tx.update_organization(&known[at]).await?;
            }
            known[at].clone()
        } else if let Some(renamed) = renamed(tx, plan, known).await? {
            renamed
        } else {
            let slug = tx.free_organization_slug(&Slug::from_name(&plan.name)).await?;
            let organization = Organization {
                id: OrganizationId(Uuid::now_v7()),
                slug,
                name: plan.name.clone(),
                umbrella: plan.umbrella.clone(),
                phone: None,
                email: None,
                website: None,
            };
            tx.insert_organization(&organization).await?;
            known.push(organization.clone());
            organization
        };
        settled.push(organization);
    }
    Ok(settled)
}

/// An organization that had this name until the county changed it: a file that still has the old one means the same.
async fn renamed(
    tx: &mut Tx,
    plan: &PlannedOrganization,
    known: &[Organization],
) -> Result<Option<Organization>, StoreError> {
    let slug = tx.find_organization_slug_redirect(&Slug::from_name(&plan.name)).await?;
    let umbrella = |name: &str, umbrella: Option<&str>| fold(name, umbrella).1;
    let wanted = umbrella(&plan.name, plan.umbrella.as_deref());
    let same = |own: &&Organization| {
        let has = umbrella(&own.name, own.umbrella.as_deref());
        Some(&own.slug) == slug.as_ref() && (has == wanted || has.is_empty() || wanted.is_empty())
    };
    Ok(known.iter().find(same).cloned())
}

/// The same name under the same umbrella; where one side names none, under any.
fn find(plan: &PlannedOrganization, known: &[Organization]) -> Option<usize> {
    let key = fold(&plan.name, plan.umbrella.as_deref());
    let of = |organization: &Organization| fold(&organization.name, organization.umbrella.as_deref());
    known.iter().position(|own| of(own) == key).or_else(|| {
        known.iter().position(|own| {
            let (name, umbrella) = of(own);
            name == key.0 && (umbrella.is_empty() || key.1.is_empty())
        })
    })
}
