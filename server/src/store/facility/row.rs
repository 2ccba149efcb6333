//! How a facility lies in the database.

use app::domain::{
    accessibility::Accessibility,
    facility::{Address, Contact, Document, Facility, LegalParticulars},
    ids::{FacilityId, MunicipalityId, OrganizationId, Slug},
    offer::Offer,
    opening_hours::OpeningHours,
    organization::Organization,
    place::{Ags, Municipality, Position, PostalCode},
    upload::Picture,
};
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

use crate::store::{
    StoreError,
    offer::OfferRow,
    values::{Instant, read_source, read_visibility},
};

/// Position (latitude, longitude), the facility, and its offers in the order in which they were made,
/// each with its latest report. A position is no part of the document, because its digits might not
/// survive one.
pub(super) type FacilityRow = (Option<f64>, Option<f64>, Json<FacilityEntry>, Option<Json<Vec<OfferRow>>>);

/// A facility as the database hands it out: one document instead of thirty columns, each of which
/// would cost more than all the rest.
#[derive(Deserialize)]
pub(super) struct FacilityEntry {
    id: Uuid,
    slug: String,
    visibility: String,
    hidden: Option<String>,
    name: String,
    owner: Option<String>,
    street: Option<String>,
    postal_code: Option<String>,
    locality: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    website: Option<String>,
    description: Option<String>,
    contacts: Vec<Contact>,
    opening_hours: OpeningHours,
    languages: Vec<String>,
    accessibility: Accessibility,
    documents: Vec<Document>,
    pictures: Vec<Picture>,
    source_kind: String,
    source_name: Option<String>,
    updated_at: Instant,
    confirmed_at: Option<Instant>,
    legal: LegalParticulars,
    organization_id: Option<Uuid>,
    organization_slug: Option<String>,
    organization_name: Option<String>,
    organization_umbrella: Option<String>,
    organization_phone: Option<String>,
    organization_email: Option<String>,
    organization_website: Option<String>,
    municipality_id: Option<Uuid>,
    municipality_ags: Option<String>,
    municipality_name: Option<String>,
    municipality_aliases: Option<Vec<String>>,
}

pub(super) fn read_facility((lat, lon, Json(row), offers): FacilityRow) -> Result<Facility, StoreError> {
    let organization = match (row.organization_id, row.organization_slug, row.organization_name) {
        (Some(id), Some(slug), Some(name)) => Some(Organization {
            id: OrganizationId(id),
            slug: Slug::parse(&slug).ok_or(StoreError::Unreadable("slug"))?,
            name,
            umbrella: row.organization_umbrella,
            phone: row.organization_phone,
            email: row.organization_email,
            website: row.organization_website,
        }),
        _ => None,
    };
    let ags = row.municipality_ags.map(|ags| Ags::parse(&ags).ok_or(StoreError::Unreadable("ags")));
    let municipality = match (row.municipality_id, row.municipality_name, row.municipality_aliases) {
        (Some(id), Some(name), Some(aliases)) => {
            Some(Municipality { id: MunicipalityId(id), ags: ags.transpose()?, name, aliases })
        }
        _ => None,
    };
    let postal_code = row
        .postal_code
        .map(|code| PostalCode::parse(&code).ok_or(StoreError::Unreadable("postcode")))
        .transpose()?;
    Ok(Facility {
        id: FacilityId(row.id),
        slug: Slug::parse(&row.slug).ok_or(StoreError::Unreadable("slug"))?,
        visibility: read_visibility(&row.visibility, row.hidden.as_deref())?,
        name: row.name,
        organization,
        owner: row.owner,
        address: Address { street: row.street, postal_code, municipality, locality: row.locality },
        position: lat.zip(lon).and_then(|(lat, lon)| Position::new(lat, lon)),
        phone: row.phone,
        email: row.email,
        website: row.website,
        description: row.description,
        contacts: row.contacts,
        opening_hours: row.opening_hours,
        languages: row.languages,
        accessibility: row.accessibility,
        documents: row.documents,
        pictures: row.pictures,
        source: read_source(&row.source_kind, row.source_name)?,
        updated_at: row.updated_at.read()?,
        confirmed_at: row.confirmed_at.map(Instant::read).transpose()?,
        legal: row.legal,
        offers: offers
            .map_or_else(Vec::new, |Json(rows)| rows)
            .into_iter()
            .map(Offer::try_from)
            .collect::<Result<_, _>>()?,
    })
}
