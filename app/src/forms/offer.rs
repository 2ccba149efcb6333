//! One offer.

use uuid::Uuid;

use super::{Known, LINE, Reader, Typed};
use crate::domain::{
    care_type::CareTypeSlug,
    facility::Facility,
    ids::OfferId,
    offer::{Approval, CostShare, Offer, OfferForm, ServiceArea, Source},
    value,
};

/// Most offers of an entry.
pub const MOST: usize = 40;

pub(super) fn write(offer: &Offer) -> Typed {
    let mut typed = Typed::default();
    typed.set("art", offer.care_type.as_str());
    typed.set_optional("bezeichnung", offer.label.as_ref());
    typed.set("form", offer.form.map_or("", OfferForm::key));
    typed.set_optional("fachrichtung", offer.specialty.as_ref());
    for slug in &offer.specialisms {
        typed.set("schwerpunkt", slug);
    }
    typed.set("plaetze", offer.places_total.map_or_else(String::new, |places| places.to_string()));
    match &offer.service_area {
        None => typed.set("gebiet", "unbekannt"),
        Some(ServiceArea::RadiusKm(km)) => {
            typed.set("gebiet", "umkreis");
            typed.set("gebiet-km", km.to_string().replace('.', ","));
        }
        Some(ServiceArea::Municipalities(keys)) => {
            typed.set("gebiet", "gemeinden");
            for key in keys {
                typed.set("gebiet-gemeinde", key);
            }
        }
    }
    typed.set(
        "eigenanteil",
        offer.cost_share.as_ref().map_or_else(String::new, |share| value::write_cents(share.cents_per_month)),
    );
    let as_of = offer.cost_share.as_ref().map(|share| share.as_of);
    typed.set("eigenanteil-stand", as_of.map_or_else(String::new, |as_of| as_of.to_string()));
    typed.set("zulassung", offer.approval.map_or("", Approval::key));
    typed.set_optional("pruefbericht", offer.quality_report_url.as_ref());
    typed.set_optional("bedingungen", offer.conditions.as_ref());
    typed.set("teilt", offer.shares_places_with.map_or_else(String::new, |id| id.to_string()));
    typed
}

/// Sets an offer that is there, or adds one.
pub(super) fn read(reader: &mut Reader<'_>, facility: &mut Facility, id: Option<OfferId>, known: Known<'_>) {
    let before = facility.offers.iter().find(|offer| Some(offer.id) == id).cloned();
    if id.is_some() && before.is_none() {
        return reader.problem("art", "Dieses Angebot gibt es nicht mehr.");
    }
    if before.is_none() && facility.offers.len() >= MOST {
        return reader.problem("art", format!("Eine Einrichtung hat höchstens {MOST} Angebote."));
    }
    let slug = CareTypeSlug::parse(reader.typed.get("art"));
    let kept = before.as_ref().map(|before| before.care_type.clone());
    let Some(care_type) = slug.filter(|slug| known.taxonomy.shows(slug) || Some(slug) == kept.as_ref())
    else {
        return reader.problem("art", "Bitte wählen Sie, was angeboten wird.");
    };
    let mut offer = before.unwrap_or_else(|| blank(care_type.clone()));
    offer.care_type = care_type;
    offer.label = reader.line("bezeichnung", LINE);
    offer.form = OfferForm::parse(reader.typed.get("form"));
    offer.specialty = reader.line("fachrichtung", LINE);
    offer.specialisms = specialisms(reader, &offer.specialisms, known);
    let places =
        (offer.places_total.map_or_else(String::new, |places| places.to_string()), offer.places_total);
    offer.places_total = reader.checked(
        "plaetze",
        places,
        |text| value::number(text).filter(|places| *places <= 5_000),
        "Bitte geben Sie eine ganze Zahl bis 5.000 an.",
    );
    offer.service_area = service_area(reader, &offer, known);
    offer.cost_share = cost_share(reader, offer.cost_share.as_ref());
    offer.approval = Approval::parse(reader.typed.get("zulassung"));
    offer.quality_report_url = reader.website("pruefbericht", offer.quality_report_url.clone().as_ref());
    offer.conditions = reader.lines("bedingungen", 2_000);
    let other = reader.typed.get("teilt").parse().ok().map(OfferId).filter(|other| *other != offer.id);
    offer.shares_places_with = other.filter(|other| facility.offers.iter().any(|own| own.id == *other));
    match facility.offers.iter_mut().find(|own| own.id == offer.id) {
        Some(own) => *own = offer,
        None => facility.offers.push(offer),
    }
}

fn blank(care_type: CareTypeSlug) -> Offer {
    Offer {
        id: OfferId(Uuid::now_v7()),
        external_id: None,
        care_type,
        label: None,
        form: None,
        specialty: None,
        specialisms: Vec::new(),
        places_total: None,
        service_area: None,
        cost_share: None,
        approval: None,
        quality_report_url: None,
        conditions: None,
        shares_places_with: None,
        source: Source::Provider,
        latest_report: None,
    }
}

fn specialisms(reader: &Reader<'_>, before: &[String], known: Known<'_>) -> Vec<String> {
    let known = |slug: &&str| {
        known.taxonomy.shown_specialisms().any(|(own, _)| own == *slug)
            || before.iter().any(|own| own == slug)
    };
    let mut chosen: Vec<String> = Vec::new();
    for slug in reader.typed.all("schwerpunkt").filter(known) {
        if !chosen.iter().any(|own| own == slug) {
            chosen.push(slug.to_owned());
        }
    }
    chosen
}

fn service_area(reader: &mut Reader<'_>, offer: &Offer, known: Known<'_>) -> Option<ServiceArea> {
    let filled = |name| !reader.typed.get(name).trim().is_empty();
    // Whoever fills in what was empty means it.
    let kind = match reader.typed.get("gebiet") {
        "unbekannt" | "" if offer.service_area.is_none() && filled("gebiet-km") => "umkreis",
        "unbekannt" | "" if offer.service_area.is_none() && filled("gebiet-gemeinde") => "gemeinden",
        kind => kind,
    };
    match kind {
        "umkreis" => {
            let area = value::service_area(&format!("{} km", value::one_line(reader.typed.get("gebiet-km"))));
            if area.is_none() {
                reader.problem("gebiet-km", "Bitte geben Sie den Umkreis in Kilometern an, höchstens 500.");
            }
            area
        }
        "gemeinden" => {
            let own: &[String] = match &offer.service_area {
                Some(ServiceArea::Municipalities(keys)) => keys,
                _ => &[],
            };
            let fits = |key: &&str| {
                let of_county = known.municipalities.iter().filter_map(|m| m.ags.as_ref());
                own.iter().any(|own| own == key) || of_county.into_iter().any(|ags| ags.as_str() == *key)
            };
            let keys: Vec<String> =
                reader.typed.all("gebiet-gemeinde").filter(fits).map(str::to_owned).collect();
            if keys.is_empty() {
                reader.problem("gebiet-gemeinde", "Bitte wählen Sie mindestens eine Gemeinde.");
            }
            Some(ServiceArea::Municipalities(keys))
        }
        _ => None,
    }
}

fn cost_share(reader: &mut Reader<'_>, before: Option<&CostShare>) -> Option<CostShare> {
    let cents = reader.checked(
        "eigenanteil",
        (
            before.map_or_else(String::new, |share| value::write_cents(share.cents_per_month)),
            before.map(|s| s.cents_per_month),
        ),
        |text| value::cents(text).filter(|cents| *cents <= 2_000_000),
        "Bitte geben Sie einen Betrag in Euro an, zum Beispiel 2.437,50.",
    );
    let as_of = reader.checked(
        "eigenanteil-stand",
        (before.map_or_else(String::new, |share| share.as_of.to_string()), before.map(|share| share.as_of)),
        value::date,
        "Bitte geben Sie den Tag so an: 1.7.2026.",
    );
    match (cents, as_of) {
        (Some(cents_per_month), Some(as_of)) => Some(CostShare { cents_per_month, as_of }),
        (Some(_), None) if reader.typed.get("eigenanteil-stand").trim().is_empty() => {
            reader.problem("eigenanteil-stand", "Bitte sagen Sie, seit wann dieser Betrag gilt.");
            None
        }
        (None, Some(_)) if before.is_none() && reader.typed.get("eigenanteil").trim().is_empty() => {
            reader.problem("eigenanteil", "Bitte nennen Sie auch den Betrag.");
            None
        }
        _ => None,
    }
}
