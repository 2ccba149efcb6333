//! An invented facility with three kinds of offers.

use super::*;

fn document(title: &str, url: &str) -> Document {
    Document { title: title.to_owned(), url: url.to_owned() }
}

pub(crate) fn offer(number: u128, care_type: &str) -> Offer {
    Offer {
        id: OfferId(Uuid::from_u128(number)),
        external_id: Some(number.to_string()),
        care_type: slug(care_type),
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
        source: Source::Import("Seenland".to_owned()),
        latest_report: None,
    }
}

pub(crate) fn facility_view() -> FacilityView {
    let home = Offer {
        places_total: Some(65),
        specialisms: vec!["demenz".to_owned()],
        cost_share: Some(CostShare { cents_per_month: 234_560, as_of: date!(2026 - 07 - 01) }),
        approval: Some(Approval::Approved),
        quality_report_url: Some("https://example.org/bericht".to_owned()),
        conditions: Some("Ab Pflegegrad 2".to_owned()),
        ..offer(1, "vollstationaere-pflege")
    };
    let short = Offer {
        form: Some(OfferForm::Embedded),
        shares_places_with: Some(home.id),
        places_total: Some(6),
        ..offer(2, "kurzzeitpflege")
    };
    let flats = [3, 4, 5].map(|number| Offer { places_total: Some(2), ..offer(number, "betreutes-wohnen") });
    let lights = vec![
        (home.id, light(Light::Full, LightReason::Occupied)),
        (short.id, light(Light::Free, LightReason::FreePlaces(3))),
    ];
    let offers: Vec<Offer> = [home, short].into_iter().chain(flats).collect();
    let spans =
        (1..=5).filter_map(|day| OpenSpan::new(day, 480, 960)).chain(OpenSpan::new(7, 840, 1020)).collect();
    FacilityView {
        facility: Facility {
            id: FacilityId(Uuid::nil()),
            slug: Slug::from_name("Haus am Birkensee"),
            visibility: Visibility::Public,
            name: "Haus am Birkensee".to_owned(),
            organization: Some(organization()),
            owner: None,
            address: Address {
                street: Some("Uferweg 4".to_owned()),
                postal_code: PostalCode::parse("19999"),
                municipality: Some(Municipality {
                    id: MunicipalityId(Uuid::nil()),
                    ags: None,
                    name: "Birkensee".to_owned(),
                    aliases: Vec::new(),
                }),
                locality: Some("Klein Birken".to_owned()),
            },
            position: Position::new(53.4, 11.8),
            phone: Some("03999 / 22-110".to_owned()),
            email: Some("haus@birkensee.example".to_owned()),
            website: Some("javascript:alert(1)".to_owned()),
            description: Some("Ein kleines Haus am See.\nJedes Zimmer hat einen Balkon.".to_owned()),
            contacts: vec![Contact {
                purpose: "Aufnahme".to_owned(),
                phone: Some("03999 22 111".to_owned()),
                email: None,
            }],
            opening_hours: OpeningHours::Regular(spans),
            languages: vec!["pl".to_owned(), "uk".to_owned()],
            accessibility: Accessibility(
                [(Feature::StepFreeEntrance, true), (Feature::Elevator, false)].into_iter().collect(),
            ),
            documents: vec![
                document("Hausordnung", "https://birkensee.example/hausordnung.PDF"),
                document("Preise", "https://www.birkensee.example/preise?jahr=2026"),
                document("Falle", "javascript:alert(1)"),
            ],
            pictures: vec![Picture {
                id: UploadId(Uuid::from_u128(1)),
                alt: "Das Haus vom See aus".to_owned(),
                width: 1600,
                height: 1200,
            }],
            source: Source::Import("Seenland".to_owned()),
            updated_at: datetime!(2026-10-01 08:00 UTC),
            confirmed_at: None,
            legal: LegalParticulars::default(),
            offers,
        },
        lights,
        shares: Vec::new(),
        now: NOW,
    }
}
