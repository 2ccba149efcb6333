//! What is in the example county.

use std::collections::{BTreeMap, BTreeSet};

use app::domain::{
    care_type::{CareGroup, Taxonomy},
    facility::Facility,
    ids::Slug,
    offer::{Offer, OfferForm, ServiceArea},
    opening_hours::OpeningHours,
    place::Position,
    specialism::SPECIALISMS,
};
use server::config::Config;

use crate::{NOW, county, later};

fn offers(facilities: &[Facility]) -> impl Iterator<Item = (&Facility, &Offer)> {
    facilities.iter().flat_map(|facility| facility.offers.iter().map(move |offer| (facility, offer)))
}

#[test]
fn it_is_large_enough_to_try_everything() {
    let county = county(NOW);
    assert_eq!(county.municipalities.len(), 8);
    assert!(county.facilities.len() >= 250, "{} facilities", county.facilities.len());
    let count = offers(&county.facilities).count();
    assert!(count >= 400, "{count} offers");
    let taxonomy = Taxonomy::builtin();
    let types: BTreeSet<&str> = offers(&county.facilities).map(|(_, o)| o.care_type.as_str()).collect();
    for group in CareGroup::ALL {
        for care_type in taxonomy.in_group(group) {
            assert!(types.contains(care_type.slug.as_str()), "nobody offers {}", care_type.slug);
        }
    }
    for form in OfferForm::ALL {
        assert!(offers(&county.facilities).any(|(_, offer)| offer.form == Some(form)), "{form:?}");
    }
    for municipality in &county.municipalities {
        let here = |f: &&Facility| f.address.municipality.as_ref() == Some(municipality);
        assert!(county.facilities.iter().filter(here).count() >= 15, "{}", municipality.name);
        assert!(municipality.ags.as_ref().is_some_and(|ags| ags.as_str().starts_with("10046")));
    }
}

#[test]
fn it_is_the_same_each_time_and_only_ages_differ_on_another_day() {
    let (first, second, next) = (county(NOW), county(NOW), county(later(400)));
    assert_eq!(first, second);
    for (now, then) in first.facilities.iter().zip(&next.facilities) {
        assert_eq!((now.id, &now.slug, &now.description), (then.id, &then.slug, &then.description));
        assert_eq!(now.opening_hours, then.opening_hours);
        let plain = |facility: &Facility| -> Vec<Offer> {
            let plain = |offer: &Offer| Offer { latest_report: None, cost_share: None, ..offer.clone() };
            facility.offers.iter().map(plain).collect()
        };
        assert_eq!(plain(now), plain(then), "{}", now.name);
    }
}

#[test]
fn ids_slugs_and_row_ids_are_valid_and_their_own() {
    let county = county(NOW);
    let unique = |texts: Vec<String>| {
        let distinct: BTreeSet<&String> = texts.iter().collect();
        assert_eq!(distinct.len(), texts.len());
    };
    for facility in &county.facilities {
        assert_eq!(Slug::parse(facility.slug.as_str()).as_ref(), Some(&facility.slug));
        // The slug is the first part of an invented address, which has a longest length.
        assert!(facility.slug.as_str().len() <= 63, "{}", facility.slug);
    }
    unique(county.facilities.iter().map(|f| f.slug.to_string()).collect());
    unique(county.facilities.iter().map(|f| f.id.to_string()).collect());
    unique(county.organizations.iter().map(|o| o.slug.to_string()).collect());
    unique(offers(&county.facilities).map(|(_, o)| o.id.to_string()).collect());
    unique(offers(&county.facilities).filter_map(|(_, o)| o.external_id.clone()).collect());
}

#[test]
fn every_text_says_something() {
    let county = county(NOW);
    let mut descriptions = BTreeMap::<&str, usize>::new();
    for facility in &county.facilities {
        let description = facility.description.as_deref().expect("a description");
        assert!(description.len() > 60 && !description.contains(['{', '}']), "{description}");
        *descriptions.entry(description).or_default() += 1;
        let contacts = facility.contacts.iter().flat_map(|c| [Some(&c.purpose), c.phone.as_ref()]);
        let address = [facility.address.street.as_ref(), facility.phone.as_ref(), facility.email.as_ref()];
        for text in contacts.chain(address) {
            assert!(text.is_some_and(|text| !text.trim().is_empty()), "{}", facility.name);
        }
        assert!(facility.address.postal_code.is_some() && !facility.offers.is_empty(), "{}", facility.name);
    }
    let most = descriptions.values().max();
    assert!(most.is_some_and(|most| *most <= 2), "one text for {most:?} facilities");
    let known: BTreeSet<&str> = SPECIALISMS.iter().map(|(slug, _)| *slug).collect();
    for (facility, offer) in offers(&county.facilities) {
        assert!(offer.specialisms.iter().all(|s| known.contains(s.as_str())), "{}", facility.name);
        let texts = [&offer.label, &offer.conditions, &offer.specialty];
        assert!(texts.into_iter().flatten().all(|text| !text.trim().is_empty()), "{}", facility.name);
    }
}

#[test]
fn telephone_numbers_and_addresses_belong_to_nobody() {
    let county = county(NOW);
    let phones = county.facilities.iter().flat_map(|facility| {
        facility.contacts.iter().filter_map(|c| c.phone.clone()).chain(facility.phone.clone())
    });
    let phones: Vec<String> =
        phones.chain(county.organizations.iter().filter_map(|o| o.phone.clone())).collect();
    let distinct: BTreeSet<&String> = phones.iter().collect();
    assert_eq!(distinct.len(), phones.len());
    // Bundesnetzagentur: numbers for media productions.
    let free = ["030 23125 ", "069 90009 ", "040 66969 ", "0221 4710 "];
    assert!(phones.iter().all(|phone| free.iter().any(|range| phone.starts_with(range))), "{phones:?}");
    let links = county.facilities.iter().filter_map(|f| f.website.as_ref());
    let reports = offers(&county.facilities).filter_map(|(_, o)| o.quality_report_url.as_ref());
    let documents: Vec<_> = county.facilities.iter().flat_map(|f| &f.documents).map(|d| &d.url).collect();
    assert!(documents.len() > 100, "{}", documents.len());
    for link in links.chain(reports).chain(documents) {
        let host = link.trim_start_matches("https://").split('/').next().expect("a host");
        assert!(host.ends_with(".example"), "{link}");
    }
    assert!(county.facilities.iter().filter_map(|f| f.email.as_ref()).all(|mail| mail.ends_with(".example")));
}

#[test]
fn what_decides_a_placement_is_there() {
    let county = county(NOW);
    let all: Vec<&Offer> = offers(&county.facilities).map(|(_, offer)| offer).collect();
    assert!(all.iter().filter(|offer| offer.cost_share.is_some()).count() > 60);
    assert!(all.iter().filter_map(|o| o.cost_share.as_ref()).all(|c| c.as_of < NOW.berlin_date));
    assert!(all.iter().any(|offer| offer.quality_report_url.is_some()));
    assert!(all.iter().any(|offer| matches!(offer.service_area, Some(ServiceArea::RadiusKm(_)))));
    assert!(
        all.iter()
            .any(|offer| matches!(&offer.service_area, Some(ServiceArea::Municipalities(k)) if k.len() == 8))
    );
    let embedded: Vec<_> = all.iter().filter(|offer| offer.form == Some(OfferForm::Embedded)).collect();
    assert!(embedded.len() >= 20 && embedded.iter().all(|offer| offer.shares_places_with.is_some()));
    let facilities = &county.facilities;
    assert!(facilities.iter().any(|f| f.opening_hours == OpeningHours::ByAppointment));
    assert!(facilities.iter().any(|f| f.opening_hours == OpeningHours::NotKnown));
    assert!(facilities.iter().filter(|f| !f.languages.is_empty()).count() > 80);
    assert!(facilities.iter().any(|f| f.accessibility.is_barrier_free()));
    let umbrellas: BTreeSet<_> = county.organizations.iter().filter_map(|o| o.umbrella.as_ref()).collect();
    assert!(umbrellas.len() >= 5);
}

#[test]
fn every_facility_stands_in_its_locality() {
    let config = Config::or_example(|_| None).expect("the configuration of the example");
    let county = county(NOW);
    for facility in &county.facilities {
        let (address, position) = (&facility.address, facility.position.expect("a position"));
        let municipality = address.municipality.as_ref().expect("a municipality");
        let known = config.municipalities.iter().find(|m| m.ags.as_str() == municipality.filter_value());
        let known = known.expect("it is configured");
        assert_eq!(address.postal_code.as_ref(), known.postal_codes.first());
        let middle = match &address.locality {
            None => known.position,
            Some(name) => known.localities.iter().find(|l| l.name == *name).expect("configured").position,
        };
        let away = |middle: Option<Position>| middle.expect("a position").distance_km(position);
        assert!(away(middle) < 0.6, "{} is {:.1} km away", facility.name, away(middle));
        // From the middle of a municipality of this county to its farthest village.
        assert!(away(known.position) < 12.0, "{}: {:.1} km", facility.name, away(known.position));
    }
}

#[test]
fn every_facility_stands_inside_the_outline_of_its_municipality() {
    let outlines: serde_json::Value =
        serde_json::from_str(include_str!("../../example/outlines.geojson")).expect("GeoJSON");
    let features = outlines["features"].as_array().expect("features");
    for facility in &county(NOW).facilities {
        let municipality = facility.address.municipality.as_ref().expect("a municipality");
        let own = |f: &&serde_json::Value| f["properties"]["ags"] == municipality.filter_value().as_str();
        let outline = &features.iter().find(own).expect("an outline")["geometry"];
        let rings = match outline["type"].as_str() {
            Some("Polygon") => vec![&outline["coordinates"][0]],
            _ => outline["coordinates"].as_array().expect("polygons").iter().map(|p| &p[0]).collect(),
        };
        let position = facility.position.expect("a position");
        assert!(rings.iter().any(|ring| is_inside(position, ring)), "{} is outside", facility.name);
    }
}

/// Counts how often a ray to the east crosses the ring.
fn is_inside(position: Position, ring: &serde_json::Value) -> bool {
    let corners: Vec<(f64, f64)> =
        serde_json::from_value(ring.clone()).expect("a ring of positions, longitude first");
    let crosses = |(a, b): (&(f64, f64), &(f64, f64))| {
        (a.1 > position.lat) != (b.1 > position.lat)
            && position.lon < (b.0 - a.0) * (position.lat - a.1) / (b.1 - a.1) + a.0
    };
    corners.iter().zip(corners.iter().skip(1)).filter(|pair| crosses(*pair)).count() % 2 == 1
}
