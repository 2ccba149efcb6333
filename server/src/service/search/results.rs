//! From what the index answered to what the page shows.

use std::collections::HashMap;

use app::{
    domain::{
        capacity::Availability,
        care_type::Taxonomy,
        facility::Facility,
        ids::FacilityId,
        now::Now,
        offer::Offer,
        search::{SearchQuery, Sort},
        search_results::{FacilityHit, FoundPlace, HitKind, OfferHit, SearchResults},
    },
    text,
};

use super::{Answer, facets};
use crate::index::{engine::Listed, places::PlaceKind};

/// Most facts on a card.
const FACTS: usize = 3;

/// Puts the page together.
pub(super) fn assemble(
    query: &SearchQuery,
    page_size: usize,
    answer: Answer,
    facilities: Vec<Facility>,
    now: Now,
) -> SearchResults {
    // That of the index: what it says of offers belongs to its own list of types.
    let taxonomy = &answer.snapshot.taxonomy.clone();
    let place = found_place(query, &answer);
    let facets = facets::facets(&answer.snapshot, &answer.outcome.counts, query);
    let shown = facilities.into_iter().filter_map(|facility| facility.shown(taxonomy));
    let mut facilities: HashMap<FacilityId, Facility> = shown.map(|f| (f.id, f)).collect();
    let hits = answer.outcome.listed.iter().filter_map(|listed| {
        // One that was deleted a moment ago is left out.
        let facility = facilities.remove(&listed.facility)?;
        Some(hit(query, facility, Some(listed), taxonomy, now))
    });
    SearchResults {
        total: answer.outcome.total,
        total_free: answer.outcome.total_free,
        page: query.page.max(1),
        page_size,
        place,
        hits: hits.collect(),
        understood: answer.notes,
        unknown: query.unknown.clone(),
        times: answer.times,
        widened: answer.outcome.widened,
        facets,
        map: None,
        suggestion: answer.suggestion,
        ways: answer.ways,
    }
}

/// A facility with all its offers, as an organization's page lists it.
pub(in crate::service) fn listed_whole(facility: Facility, taxonomy: &Taxonomy, now: Now) -> FacilityHit {
    hit(&SearchQuery::default(), facility, None, taxonomy, now)
}

fn found_place(query: &SearchQuery, answer: &Answer) -> Option<FoundPlace> {
    let without_field = || {
        query.with(|q| {
            q.place.clear();
            q.radius_km = None;
            // Distances are from there; without it they mean nothing.
            if q.near.take().is_some() && q.sort == Sort::Distance {
                q.sort = Sort::default();
            }
        })
    };
    if answer.place_unknown && answer.text_without_place.is_none() {
        let label = query.place.clone();
        let without = without_field();
        return Some(FoundPlace { label, position: None, without, unknown: true, is_device: false });
    }
    let place = &answer.place.as_ref()?.place;
    let without = match &answer.text_without_place {
        Some(rest) => query.with(|q| {
            q.text.clone_from(rest);
            q.radius_km = None;
            answer.times_in_text.keep(q);
        }),
        None => without_field(),
    };
    Some(FoundPlace {
        label: place.label.clone(),
        position: place.position,
        without,
        unknown: false,
        is_device: place.kind == PlaceKind::Device,
    })
}

fn hit(
    query: &SearchQuery,
    facility: Facility,
    listed: Option<&Listed>,
    taxonomy: &Taxonomy,
    now: Now,
) -> FacilityHit {
    let matches = |offer: &&Offer| listed.is_none_or(|listed| listed.offers.contains(&offer.id));
    let matching: Vec<&Offer> = facility.offers.iter().filter(matches).collect();
    let others = facility.offers.iter().filter(|offer| !matches(offer));
    FacilityHit {
        kind: listed.map_or(HitKind::Match, |listed| listed.kind),
        distance_km: listed.and_then(|listed| listed.distance_km),
        facts: facts(query, &facility, &matching, taxonomy),
        other_offers: others.map(|offer| label(offer, taxonomy)).collect(),
        offers: matching.into_iter().map(|offer| offer_hit(offer, taxonomy, now)).collect(),
        id: facility.id,
        slug: facility.slug,
        name: facility.name,
        organization: facility.organization.map(|o| o.name),
        street: facility.address.street,
        postal_code: facility.address.postal_code.map(|code| code.as_str().to_owned()),
        municipality: facility.address.municipality.map(|m| m.name),
        locality: facility.address.locality,
        position: facility.position,
        phone: facility.phone,
    }
}

fn offer_hit(offer: &Offer, taxonomy: &Taxonomy, now: Now) -> OfferHit {
    let kind = taxonomy.light_of(&offer.care_type, offer.form);
    let availability = Availability::of(kind, offer.latest_report.as_ref(), now);
    OfferHit {
        id: offer.id,
        external_id: offer.external_id.clone(),
        care_type: offer.care_type.clone(),
        label: label(offer, taxonomy),
        form: offer.form,
        total: availability.as_ref().and_then(|a| a.total).or(offer.places_total),
        availability,
        shares_places: offer.shares_places_with.is_some(),
        count: 1,
    }
}

fn label(offer: &Offer, taxonomy: &Taxonomy) -> String {
    offer.label.clone().unwrap_or_else(|| taxonomy.name_of(&offer.care_type).to_owned())
}

/// What answers the query beyond the offers: first what was asked for, then what is special.
fn facts(query: &SearchQuery, facility: &Facility, matching: &[&Offer], taxonomy: &Taxonomy) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    let mut add = |fact: String| {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    };
    let has = |slug: &String| matching.iter().any(|offer| offer.specialisms.contains(slug));
    query.specialisms.iter().filter(|s| has(s)).for_each(|s| add(taxonomy.specialism_name(s).to_owned()));
    if facility.accessibility.is_barrier_free() {
        add("barrierefrei".to_owned());
    }
    for code in query.languages.iter().filter(|code| facility.languages.contains(code)) {
        add(format!("spricht {}", text::features::language(code)));
    }
    for slug in matching.iter().flat_map(|offer| &offer.specialisms) {
        add(taxonomy.specialism_name(slug).to_owned());
    }
    facts.truncate(FACTS);
    facts
}
