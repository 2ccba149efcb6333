//! What a facility of the store becomes by an import, and which rows made it so.

use std::collections::BTreeMap;

use app::domain::{
    facility::{Address, Facility, LegalParticulars, Visibility},
    ids::{FacilityId, Slug},
    offer::{Offer, Source},
    opening_hours::OpeningHours,
    organization::Organization,
    place::Municipality,
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::import::{
    plan::{PlannedFacility, PlannedOffer},
    value::{self, fold_name},
};

/// A planned facility with what it refers to.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub plan: &'a PlannedFacility,
    pub organization: Option<&'a Organization>,
    pub municipality: Option<&'a Municipality>,
}

impl Wanted<'_> {
    /// As it stands in the file alone.
    pub(super) fn facility(&self, slug: Slug, now: OffsetDateTime) -> Facility {
        let plan = self.plan;
        Facility {
            id: FacilityId(Uuid::now_v7()),
            slug,
            visibility: if plan.is_draft() { Visibility::Draft } else { Visibility::Public },
            name: plan.name.clone(),
            organization: self.organization.cloned(),
            owner: plan.owner.clone(),
            address: Address {
                street: plan.street.clone(),
                postal_code: plan.postal_code.clone(),
                municipality: self.municipality.cloned(),
                locality: plan.locality.clone(),
            },
            position: plan.position,
            phone: plan.phone.clone(),
            email: plan.email.clone(),
            website: plan.website.clone(),
            description: plan.description.clone(),
            contacts: plan.contacts.clone(),
            opening_hours: plan.opening_hours.clone(),
            languages: plan.languages.clone(),
            accessibility: plan.accessibility.clone(),
            documents: plan.documents.clone(),
            pictures: Vec::new(),
            source: Source::Import(plan.source.clone()),
            updated_at: now,
            confirmed_at: None,
            legal: plan.legal.clone(),
            offers: Vec::new(),
        }
    }

    /// The facility of the store with what the file says. A file with only some of its offers (mended
    /// rows, for example) adds to it and takes nothing away.
    pub(super) fn changed(&self, stored: &Facility, whole: bool, now: OffsetDateTime) -> Facility {
        let mut next = self.facility(stored.slug.clone(), now);
        next.id = stored.id;
        next.source = stored.source.clone();
        next.confirmed_at = stored.confirmed_at;
        next.pictures.clone_from(&stored.pictures);
        next.legal = legal_over(&next.legal, &stored.legal);
        next.offers.clone_from(&stored.offers);
        if !whole {
            add_missing(&mut next, stored);
        }
        next
    }

    /// Name and municipality make the slug; a draft has one that only the county sees.
    pub(super) fn slug(&self) -> Slug {
        let plan = self.plan;
        if let Some(slug) = &plan.slug {
            return slug.clone();
        }
        let place = self.municipality.map_or("", |municipality| municipality.name.as_str());
        if plan.is_draft() {
            let care_type = plan.offers.first().map_or("", |offer| offer.cells.care_type.as_str());
            let street = plan.street.as_deref().unwrap_or_default();
            return Slug::from_name(&format!("entwurf {care_type} {street} {place}"));
        }
        Slug::of_entry(&plan.name, place)
    }
}

fn add_missing(next: &mut Facility, stored: &Facility) {
    fn stay<T: Clone>(next: &mut Option<T>, stored: Option<&T>) {
        if let Some(stored) = stored {
            *next = Some(stored.clone());
        }
    }
    let further = |phone: Option<String>, email: Option<String>| app::domain::facility::Contact {
        purpose: "Weiterer Kontakt".to_owned(),
        phone,
        email,
    };
    let mut contacts = stored.contacts.clone();
    contacts.extend(next.contacts.iter().filter(|own| !stored.contacts.contains(own)).cloned());
    let known = texts(stored);
    if let (Some(phone), Some(_)) = (&next.phone, &stored.phone)
        && !known["phone"].contains(phone.as_str())
    {
        contacts.push(further(Some(phone.clone()), None));
    }
    if let (Some(email), Some(_)) = (&next.email, &stored.email)
        && !known["email"].contains(email.as_str())
    {
        contacts.push(further(None, Some(email.clone())));
    }
    next.contacts = contacts;
    if !stored.name.is_empty() {
        next.name.clone_from(&stored.name);
        next.visibility = stored.visibility;
    }
    stay(&mut next.organization, stored.organization.as_ref());
    stay(&mut next.owner, stored.owner.as_ref());
    stay(&mut next.address.street, stored.address.street.as_ref());
    stay(&mut next.address.postal_code, stored.address.postal_code.as_ref());
    stay(&mut next.address.municipality, stored.address.municipality.as_ref());
    stay(&mut next.address.locality, stored.address.locality.as_ref());
    stay(&mut next.position, stored.position.as_ref());
    stay(&mut next.phone, stored.phone.as_ref());
    stay(&mut next.email, stored.email.as_ref());
    stay(&mut next.website, stored.website.as_ref());
    stay(&mut next.description, stored.description.as_ref());
    if stored.opening_hours != OpeningHours::NotKnown {
        next.opening_hours = stored.opening_hours.clone();
    }
    let mut languages = stored.languages.clone();
    languages.extend(next.languages.iter().filter(|own| !stored.languages.contains(own)).cloned());
    next.languages = languages;
    let mut documents = stored.documents.clone();
    documents.extend(next.documents.iter().filter(|own| !stored.documents.contains(own)).cloned());
    next.documents = documents;
    next.accessibility.0.extend(stored.accessibility.0.clone());
    next.legal = legal_over(&stored.legal, &next.legal);
}

/// What a file says of the law over what was known. Few files say anything of it: silence takes nothing away.
pub(super) fn legal_over(said: &LegalParticulars, known: &LegalParticulars) -> LegalParticulars {
    let or = |said: &Option<String>, known: &Option<String>| said.clone().or_else(|| known.clone());
    LegalParticulars {
        legal_form: or(&said.legal_form, &known.legal_form),
        represented_by: or(&said.represented_by, &known.represented_by),
        register: or(&said.register, &known.register),
        supervisory_authority: or(&said.supervisory_authority, &known.supervisory_authority),
        institution_code: or(&said.institution_code, &known.institution_code),
    }
}

/// What is compared: a facility's own values by name. Numbers and addresses of contacts count with
/// those of the facility.
fn texts(facility: &Facility) -> BTreeMap<&'static str, String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let all = |own: &Option<String>, further: fn(&app::domain::facility::Contact) -> Option<&String>| {
        let further = facility.contacts.iter().filter_map(further);
        own.iter().chain(further).cloned().collect::<Vec<_>>().join("/")
    };
    BTreeMap::from([
        ("name", facility.name.clone()),
        ("slug", facility.slug.to_string()),
        ("visibility", format!("{:?}", facility.visibility)),
        ("organization", facility.organization.as_ref().map(|own| own.name.clone()).unwrap_or_default()),
        ("organization id", facility.organization.as_ref().map(|own| own.id.to_string()).unwrap_or_default()),
        ("owner", text(&facility.owner)),
        ("street", text(&facility.address.street)),
        (
            "postal_code",
            facility.address.postal_code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default(),
        ),
        (
            "municipality",
            facility.address.municipality.as_ref().map(|own| own.id.to_string()).unwrap_or_default(),
        ),
        ("locality", text(&facility.address.locality)),
        ("position", facility.position.map(|p| format!("{} {}", p.lat, p.lon)).unwrap_or_default()),
        ("phone", all(&facility.phone, |contact| contact.phone.as_ref())),
        ("email", all(&facility.email, |contact| contact.email.as_ref())),
        ("website", text(&facility.website)),
        ("description", text(&facility.description)),
        ("contacts", value::contacts::write(&facility.contacts)),
        ("opening_hours", value::hours::write(&facility.opening_hours)),
        ("languages", facility.languages.join(", ")),
        ("accessibility", value::write_accessibility(&facility.accessibility)),
        ("documents", value::documents::write(&facility.documents)),
        ("legal_form", text(&facility.legal.legal_form)),
        ("represented_by", text(&facility.legal.represented_by)),
        ("register", text(&facility.legal.register)),
        ("supervisory_authority", text(&facility.legal.supervisory_authority)),
        ("institution_code", text(&facility.legal.institution_code)),
    ])
}

/// What differs between two states of a facility, by name, with what was there before.
pub(super) fn differences(before: &Facility, after: &Facility) -> BTreeMap<&'static str, String> {
    let after = texts(after);
    texts(before).into_iter().filter(|(name, text)| after[name] != *text).collect()
}

/// Whether a row says something about the facility that was not so before. Only what has changed is
/// looked at, because rows of one facility may always have differed.
pub(super) fn is_new_of(offer: &PlannedOffer, differences: &BTreeMap<&'static str, String>) -> bool {
    differences.iter().any(|(name, before)| match (*name, offer.own.get(name)) {
        ("phone" | "email", Some(own)) => own.split('/').any(|part| !before.contains(part)),
        ("organization", Some(own)) => fold_name(own) != fold_name(before),
        // An alias is no change, and ids cannot be compared with what a row says.
        ("municipality", _) | (_, None) => false,
        (_, Some(own)) => own != before,
    })
}

/// The offer as the row says it; what imports never say stays.
pub(super) fn offer(planned: &PlannedOffer, stored: Option<&Offer>, id: app::domain::ids::OfferId) -> Offer {
    let cells = &planned.cells;
    Offer {
        id,
        external_id: Some(planned.external_id.clone()),
        care_type: cells.care_type.clone(),
        label: cells.label.clone(),
        form: cells.form,
        specialty: cells.specialty.clone(),
        specialisms: cells.specialisms.clone(),
        places_total: cells.places_total,
        service_area: cells.service_area.clone(),
        cost_share: cells.cost_share.clone(),
        approval: cells.approval,
        quality_report_url: cells.quality_report_url.clone(),
        conditions: cells.conditions.clone(),
        shares_places_with: None,
        source: Source::Import(planned.source.clone()),
        latest_report: stored.and_then(|offer| offer.latest_report.clone()),
    }
}
