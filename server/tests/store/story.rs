//! One story about a county, told to every engine.

use app::domain::{
    facility::{Facility, Visibility},
    ids::{FacilityId, Slug},
    offer::{Offer, ServiceArea, Source},
    opening_hours::OpeningHours,
};
use server::store::{ImportKey, Store};
use uuid::Uuid;

use crate::support::{
    samples::{
        IMPORT, full_facility, full_offer, gazetteer_place, municipality, organization, plain_facility,
        plain_offer, report,
    },
    stores,
};

fn key(text: &str) -> ImportKey {
    ImportKey { source: IMPORT.to_owned(), key: text.to_owned() }
}

async fn find(store: &Store, slug: &Slug) -> Option<Facility> {
    store.find_facility_by_slug(slug).await.expect("an answer")
}

/// A facility with two offers that share their places, and what it was made from.
async fn tell(store: &Store) -> Facility {
    let diakonie = organization("Diakoniewerk Muster");
    let parchim = municipality("Parchim", Some("13076108"));
    let mut home = full_facility("Haus Eldetal, Lübz", &diakonie, &parchim);
    let beds = full_offer("vollstationaere-pflege", "17");
    let short_term = Offer {
        shares_places_with: Some(beds.id),
        service_area: Some(ServiceArea::RadiusKm(12.5)),
        ..full_offer("kurzzeitpflege", "18")
    };
    let mut tx = store.begin().await.expect("a transaction");
    tx.insert_organization(&diakonie).await.expect("inserted");
    tx.insert_municipality(&parchim).await.expect("inserted");
    tx.insert_facility(&home, Some(&key("eldetal"))).await.expect("inserted");
    tx.insert_offer(home.id, &beds).await.expect("inserted");
    tx.insert_offer(home.id, &short_term).await.expect("inserted");
    tx.commit().await.expect("committed");
    home.offers = vec![beds, short_term];
    home
}

#[tokio::test]
async fn what_is_written_is_read_again_in_every_field() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        assert!(store.is_empty().await.expect("an answer"), "{engine}");
        let mut home = tell(store).await;
        assert!(!store.is_empty().await.expect("an answer"), "{engine}");
        assert_eq!(find(store, &home.slug).await.as_ref(), Some(&home), "{engine}");

        let mut bare = plain_facility("Beratung");
        bare.opening_hours = OpeningHours::ByAppointment;
        let offer = plain_offer("pflegeberatung");
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_facility(&bare, None).await.expect("inserted");
        tx.insert_offer(bare.id, &offer).await.expect("inserted");
        let first = tx.insert_report(&report(home.offers[0].id, 3)).await.expect("inserted");
        let second_report = report(home.offers[0].id, 0);
        let second = tx.insert_report(&second_report).await.expect("inserted");
        tx.commit().await.expect("committed");
        assert!(first < second, "{engine}");

        bare.offers = vec![offer];
        home.offers[0].latest_report =
            Some(app::domain::capacity::CapacityReport { sequence: second, ..second_report });
        let missing = FacilityId(Uuid::now_v7());
        let listed = store.list_facilities(&[bare.id, missing, home.id]).await.expect("a list");
        assert_eq!(listed, [bare, home], "{engine}");
        assert_eq!(store.list_facilities(&[]).await.expect("a list"), [], "{engine}");
    }
}

#[tokio::test]
async fn an_import_finds_its_entries_again_whoever_has_edited_them() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let mut home = tell(store).await;
        let mut tx = store.begin().await.expect("a transaction");
        home.source = Source::Provider;
        home.name = "Haus Eldetal am See".to_owned();
        tx.update_facility(&home).await.expect("updated");
        home.offers[0].source = Source::County;
        home.offers[0].places_total = Some(40);
        tx.update_offer(home.id, &home.offers[0]).await.expect("updated");
        tx.commit().await.expect("committed");

        let mut tx = store.begin().await.expect("a transaction");
        let found = tx.find_facility_by_import_key(&key("eldetal")).await.expect("an answer");
        assert_eq!(found.as_ref(), Some(&home), "{engine}");
        let offer = tx.find_offer_by_external_id(IMPORT, "17").await.expect("an answer");
        assert_eq!(offer, Some((home.id, home.offers[0].id)), "{engine}");
        assert_eq!(tx.find_facility_by_import_key(&key("other")).await.expect("an answer"), None);
        assert_eq!(tx.find_offer_by_external_id("andere Liste", "17").await.expect("an answer"), None);
        let name = "Diakoniewerk Muster";
        let with = tx.find_organization_by_name(name, Some("Diakonie")).await.expect("an answer");
        assert_eq!(with, home.organization, "{engine}");
        assert_eq!(tx.find_organization_by_name(name, None).await.expect("an answer"), None, "{engine}");
        let parchim = tx.find_municipality_by_name("Parchim").await.expect("an answer");
        assert_eq!(parchim, home.address.municipality, "{engine}");
        let ags = parchim.and_then(|m| m.ags).expect("a key");
        assert_eq!(
            tx.find_municipality_by_ags(&ags).await.expect("an answer"),
            home.address.municipality,
            "{engine}"
        );
        assert!(!tx.has_changes(), "{engine}: reading is no change");
    }
}

#[tokio::test]
async fn old_slugs_redirect_and_are_given_to_nobody_else() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let mut home = tell(store).await;
        let (old, new) = (home.slug.clone(), Slug::from_name("Haus am See"));
        let mut tx = store.begin().await.expect("a transaction");
        home.slug = new.clone();
        tx.update_facility(&home).await.expect("updated");
        assert_eq!(tx.free_facility_slug(&old).await.expect("a slug"), old.numbered(2), "{engine}");
        assert_eq!(tx.free_facility_slug(&new).await.expect("a slug"), new.numbered(2), "{engine}");
        let mut work = home.organization.clone().expect("an organization");
        let old_work = std::mem::replace(&mut work.slug, Slug::from_name("Diakonie"));
        tx.update_organization(&work).await.expect("updated");
        assert_eq!(
            tx.free_organization_slug(&old_work).await.expect("a slug"),
            old_work.numbered(2),
            "{engine}"
        );
        tx.commit().await.expect("committed");
        assert_eq!(find(store, &old).await, None, "{engine}");
        let redirect = store.find_facility_slug_redirect(&old).await.expect("an answer");
        assert_eq!(redirect, Some(new.clone()), "{engine}");
        let redirect = store.find_organization_slug_redirect(&old_work).await.expect("an answer");
        assert_eq!(redirect.as_ref(), Some(&work.slug), "{engine}");
        let found = store.find_organization_by_slug(&work.slug).await.expect("an answer");
        assert_eq!(found.as_ref(), Some(&work), "{engine}");

        // Back to the first one: it is no redirect any more, the other is.
        let mut tx = store.begin().await.expect("a transaction");
        home.slug = old.clone();
        tx.update_facility(&home).await.expect("updated");
        tx.commit().await.expect("committed");
        assert_eq!(store.find_facility_slug_redirect(&old).await.expect("an answer"), None, "{engine}");
        assert_eq!(store.find_facility_slug_redirect(&new).await.expect("an answer"), Some(old), "{engine}");

        // Nobody learns about a draft by its old address.
        let mut tx = store.begin().await.expect("a transaction");
        home.visibility = Visibility::Draft;
        tx.update_facility(&home).await.expect("updated");
        tx.commit().await.expect("committed");
        assert_eq!(store.find_facility_slug_redirect(&new).await.expect("an answer"), None, "{engine}");
    }
}

#[tokio::test]
async fn pages_of_public_facilities_miss_none_and_show_no_draft() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let work = organization("Werk");
        let mut tx = store.begin().await.expect("a transaction");
        tx.insert_organization(&work).await.expect("inserted");
        let mut public = Vec::new();
        for number in 0..7 {
            let mut facility = plain_facility(&format!("Haus {}", 9 - number));
            facility.organization = Some(work.clone());
            if number == 3 {
                facility.visibility = Visibility::Draft;
                facility.name = String::new();
            } else {
                public.push(facility.id);
            }
            tx.insert_facility(&facility, None).await.expect("inserted");
        }
        tx.commit().await.expect("committed");

        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = store.list_public_facilities(after, 2).await.expect("a page");
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            seen.extend(page.iter().map(|facility| facility.id));
        }
        public.sort();
        assert_eq!(seen, public, "{engine}");
        let of_work = store.list_facilities_of_organization(work.id).await.expect("a list");
        let names: Vec<_> = of_work.iter().map(|facility| facility.name.as_str()).collect();
        assert_eq!(names, ["Haus 3", "Haus 4", "Haus 5", "Haus 7", "Haus 8", "Haus 9"], "{engine}");
    }
}

#[tokio::test]
async fn places_are_listed_and_the_gazetteer_is_replaced_as_a_whole() {
    for test in stores().await {
        let (store, engine) = (&test.store, test.engine);
        let home = tell(store).await;
        let municipalities = store.list_municipalities().await.expect("a list");
        assert_eq!(municipalities, home.address.municipality.into_iter().collect::<Vec<_>>(), "{engine}");
        let mut localities = store.list_localities().await.expect("a list");
        assert_eq!(localities.len(), 1, "{engine}");
        assert_eq!(localities[0].name, "Slate", "{engine}: made by the address");
        localities[0].aliases.push("Slaate".to_owned());

        let first: Vec<_> = (0..1001).map(|n| gazetteer_place("19370", &format!("Ort {n}"))).collect();
        let second = [gazetteer_place("19386", "Lübz"), gazetteer_place("19386", "\"Kreien\"")];
        let mut tx = store.begin().await.expect("a transaction");
        tx.save_locality(&localities[0]).await.expect("saved");
        tx.replace_gazetteer(&first).await.expect("replaced");
        tx.commit().await.expect("committed");
        assert_eq!(store.list_localities().await.expect("a list"), localities, "{engine}");
        assert_eq!(store.list_gazetteer().await.expect("a list"), first, "{engine}");

        let mut tx = store.begin().await.expect("a transaction");
        tx.replace_gazetteer(&second).await.expect("replaced");
        tx.commit().await.expect("committed");
        assert_eq!(store.list_gazetteer().await.expect("a list"), second, "{engine}");
    }
}
