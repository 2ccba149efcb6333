//! Nothing is lost in a form that is sent as it was shown.

use proptest::prelude::*;

use super::*;
use crate::{
    domain::opening_hours::{OpenSpan, OpeningHours},
    testing::{facility_view, portal},
};

fn known(municipalities: &[Municipality], taxonomy: &Taxonomy, act: impl FnOnce(Known<'_>)) {
    act(Known { taxonomy, municipalities });
}

fn parts(facility: &Facility) -> Vec<Part> {
    Part::FIXED.into_iter().chain(facility.offers.iter().map(|offer| Part::Offer(offer.id))).collect()
}

#[test]
fn a_form_that_is_sent_as_it_was_shown_changes_nothing() {
    let facility = facility_view().facility;
    let municipalities: Vec<_> = facility.address.municipality.clone().into_iter().collect();
    known(&municipalities, &portal().taxonomy, |known| {
        let mut offers = 0;
        for part in parts(&facility) {
            let mut read_back = facility.clone();
            let typed = write(part, &facility).expect("a form");
            assert_eq!(read(part, &typed, &mut read_back, known), Ok(()), "{part:?}");
            assert_eq!(read_back, facility, "{part:?}");
            offers += usize::from(matches!(part, Part::Offer(_)));
        }
        assert!(offers > 1);
    });
}

#[test]
fn a_part_sets_nothing_of_another() {
    let facility = facility_view().facility;
    let everything: Vec<(String, String)> = parts(&facility)
        .into_iter()
        .flat_map(|part| write(part, &facility).expect("a form").0)
        .map(|(name, _)| (name, "1".to_owned()))
        .chain(
            ["slug", "id", "visibility", "source", "organization", "latest_report"]
                .map(|n| (n.to_owned(), "x".to_owned())),
        )
        .collect();
    let mut changed = facility.clone();
    known(&[], &portal().taxonomy, |known| {
        assert_eq!(
            read(Part::Provider, &Typed(everything), &mut changed, known).map_err(|p| p.len()),
            Err(1)
        );
    });
    changed.legal = facility.legal.clone();
    changed.owner.clone_from(&facility.owner);
    assert_eq!(changed, facility);
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    let facility = facility_view().facility;
    let wrong = |part: Part, name: &str, value: &str| {
        let mut typed = write(part, &facility).unwrap_or_default();
        typed.set(name, value);
        let mut problems = Vec::new();
        known(&[], &portal().taxonomy, |known| {
            problems = read(part, &typed, &mut facility.clone(), known).err().unwrap_or_default();
        });
        problems.into_iter().map(|problem| problem.field.into_owned()).collect::<Vec<_>>()
    };
    let offer = Part::Offer(facility.offers[0].id);
    for (part, name, value) in [
        (Part::Basics, "name", "  "),
        (Part::Basics, "plz", "123"),
        (Part::Basics, "telefon", "ruf an"),
        (Part::Basics, "email", "haus.de"),
        (Part::Basics, "website", "ftp://haus.de"),
        (Part::Basics, "lage", "irgendwo"),
        (Part::Contacts, "kontakt-0-email", "a@b"),
        (Part::Contacts, "tag-1", "morgens"),
        (Part::Documents, "unterlage-0-adresse", "kein Ort"),
        (Part::Provider, "ik", "12345"),
        (offer, "plaetze", "viele"),
        (offer, "eigenanteil", "viel"),
        (offer, "pruefbericht", "ftp://x"),
        (Part::NewOffer, "art", "gibt-es-nicht"),
    ] {
        let found = wrong(part, name, value);
        assert!(found.contains(&name.to_owned()), "{name}: {found:?}");
    }
    let long = "x".repeat(5_001);
    assert_eq!(wrong(Part::Basics, "beschreibung", &long), ["gemeinde", "beschreibung"]);
}

#[test]
fn the_place_on_the_map_is_what_the_form_says() {
    let facility = facility_view().facility;
    let municipalities: Vec<_> = facility.address.municipality.clone().into_iter().collect();
    let moved = |fields: &[(&str, &str)]| {
        let mut typed = write(Part::Basics, &facility).expect("a form");
        for (name, value) in fields {
            typed.set(*name, *value);
        }
        let mut next = facility.clone();
        known(&municipalities, &portal().taxonomy, |known| {
            assert_eq!(read(Part::Basics, &typed, &mut next, known), Ok(()));
        });
        next.position
    };
    assert!(facility.position.is_some());
    assert_eq!(moved(&[("strasse", "Neue Straße 1")]), facility.position);
    assert_eq!(moved(&[("lage", "")]), None);
    let place = moved(&[("lage", "49,46, 7,17")]).expect("a place");
    assert!((place.lat - 49.46).abs() < 1e-9 && (place.lon - 7.17).abs() < 1e-9);
}

#[test]
fn what_was_filled_in_counts_where_nobody_chose_a_kind() {
    let mut facility = facility_view().facility;
    facility.opening_hours = OpeningHours::NotKnown;
    let mut typed = write(Part::Contacts, &facility).expect("a form");
    typed.set("tag-1", "8–12");
    known(&[], &portal().taxonomy, |known| {
        assert_eq!(read(Part::Contacts, &typed, &mut facility, known), Ok(()));
    });
    assert!(matches!(&facility.opening_hours, OpeningHours::Regular(spans) if spans.len() == 1));
    // Now the days are there, and "nothing" means nothing.
    let mut typed = write(Part::Contacts, &facility).expect("a form");
    typed.set("zeiten", "unbekannt");
    known(&[], &portal().taxonomy, |known| {
        assert_eq!(read(Part::Contacts, &typed, &mut facility, known), Ok(()));
    });
    assert_eq!(facility.opening_hours, OpeningHours::NotKnown);

    let offer = Part::Offer(facility.offers[0].id);
    facility.offers[0].service_area = None;
    facility.offers[0].cost_share = None;
    let mut typed = write(offer, &facility).expect("a form");
    typed.set("gebiet-km", "12,5");
    known(&[], &portal().taxonomy, |known| {
        assert_eq!(read(offer, &typed, &mut facility, known), Ok(()));
        let area = facility.offers[0].service_area.clone();
        assert_eq!(area, Some(crate::domain::offer::ServiceArea::RadiusKm(12.5)));
        typed.set("eigenanteil-stand", "2026-07-01");
        let problems = read(offer, &typed, &mut facility, known).expect_err("half of it");
        assert_eq!(problems[0].field, "eigenanteil");
    });
}

#[test]
fn hours_are_read_as_people_write_them() {
    let span = |from, to| OpenSpan::new(1, from, to).expect("a span");
    for text in ["8-12, 14–17:30", "8–12 Uhr und 14.00 – 17.30 Uhr", "von 8 bis 12 Uhr; 14:00-17:30"] {
        assert_eq!(hours::parse(1, text), Some(vec![span(480, 720), span(840, 1050)]), "{text}");
    }
    assert_eq!(hours::parse(1, "geschlossen"), Some(Vec::new()));
    for text in ["8", "12-8", "8-12, 11-14", "25-26", "8-9 abends"] {
        assert_eq!(hours::parse(1, text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn hours_read_back_as_they_were_written(starts in prop::collection::btree_set(0u16..95, 0..4)) {
        let spans: Vec<_> =
            starts.into_iter().filter_map(|quarter| OpenSpan::new(3, quarter * 15, quarter * 15 + 15)).collect();
        prop_assert_eq!(hours::parse(3, &hours::write(&spans)), Some(spans));
    }

    #[test]
    fn no_input_brings_a_form_down(value in "\\PC{0,60}", which in 0usize..40) {
        let mut facility = facility_view().facility;
        facility.opening_hours = OpeningHours::NotKnown;
        let part = parts(&facility)[which % parts(&facility).len()];
        let mut typed = write(part, &facility).expect("a form");
        for (_, own) in &mut typed.0 {
            own.clone_from(&value);
        }
        let taxonomy = portal().taxonomy.clone();
        let _ = read(part, &typed, &mut facility, Known { taxonomy: &taxonomy, municipalities: &[] });
    }
}
