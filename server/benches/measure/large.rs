//! The large set as facilities: real names at drawn places, for load and size only.

use std::{
    collections::HashMap,
    path::Path,
    process::{Command, Stdio},
};

use app::domain::{
    care_type::CareTypeSlug,
    facility::{Address, Facility, LegalParticulars, Visibility},
    ids::{FacilityId, MunicipalityId, OfferId, Slug},
    offer::{Offer, Source},
    opening_hours::OpeningHours,
    place::{Municipality, Position, PostalCode},
};
use serde::Deserialize;
use server::store::Store;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(Deserialize)]
struct Record {
    id: u32,
    name: String,
    specialties: Vec<String>,
    plz: String,
    city: String,
    lat: f64,
    lon: f64,
}

/// Names tell the care type often enough; the rest are doctors.
const TYPES: &[(&str, &str)] = &[
    ("apotheke", "apotheke"),
    ("zahn", "zahnarzt"),
    ("kiefer", "zahnarzt"),
    ("physio", "physiotherapie"),
    ("krankengymnastik", "physiotherapie"),
    ("ergotherap", "ergotherapie"),
    ("logopäd", "logopaedie"),
    ("podolog", "podologie"),
    ("fußpflege", "podologie"),
    ("hebamme", "hebamme"),
    ("psychother", "psychotherapie"),
    ("klinik", "krankenhaus"),
    ("krankenhaus", "krankenhaus"),
    ("mvz", "mvz"),
    ("versorgungszentrum", "mvz"),
    ("sanitätshaus", "sanitaetshaus"),
    ("kurzzeitpflege", "kurzzeitpflege"),
    ("tagespflege", "tagespflege"),
    ("pflegeheim", "vollstationaere-pflege"),
    ("pflegedienst", "ambulanter-pflegedienst"),
    ("sozialstation", "ambulanter-pflegedienst"),
    ("hospiz", "hospiz"),
];

/// Puts all records into a store, in one transaction; answers how many.
pub async fn fill(store: &Store, shared: &Path) -> usize {
    let unpacked = Command::new("gzip")
        .arg("-dc")
        .arg(shared.join("data/scale/providers_63k.jsonl.gz"))
        .stdout(Stdio::piped())
        .output()
        .expect("gzip");
    let text = String::from_utf8(unpacked.stdout).expect("text");
    let mut tx = store.begin().await.expect("a transaction");
    let mut municipalities: HashMap<String, Municipality> = HashMap::new();
    let mut count = 0;
    for line in text.lines() {
        let record: Record = serde_json::from_str(line).expect("a record");
        if !municipalities.contains_key(&record.city) {
            let municipality = Municipality {
                id: MunicipalityId(Uuid::now_v7()),
                ags: None,
                name: record.city.clone(),
                aliases: Vec::new(),
            };
            tx.insert_municipality(&municipality).await.expect("a municipality");
            municipalities.insert(record.city.clone(), municipality);
        }
        let facility = facility(&record, municipalities[&record.city].clone());
        tx.insert_facility(&facility, None).await.expect("a facility");
        for offer in &facility.offers {
            tx.insert_offer(facility.id, offer).await.expect("an offer");
        }
        count += 1;
    }
    tx.commit().await.expect("a commit");
    count
}

fn facility(record: &Record, municipality: Municipality) -> Facility {
    let name = record.name.to_lowercase();
    let care_type = TYPES.iter().find(|(part, _)| name.contains(part)).map_or("arzt", |(_, slug)| slug);
    let specialty = record.specialties.first().cloned();
    Facility {
        id: FacilityId(Uuid::now_v7()),
        slug: Slug::from_name(&record.name).numbered(record.id as usize),
        visibility: Visibility::Public,
        name: record.name.clone(),
        organization: None,
        owner: None,
        address: Address {
            street: None,
            postal_code: PostalCode::parse(&record.plz),
            municipality: Some(municipality),
            locality: None,
        },
        position: Position::new(record.lat, record.lon),
        phone: None,
        email: None,
        website: None,
        description: None,
        contacts: Vec::new(),
        documents: Vec::new(),
        pictures: Vec::new(),
        opening_hours: OpeningHours::NotKnown,
        languages: Vec::new(),
        accessibility: app::domain::accessibility::Accessibility::default(),
        source: Source::Import("large set".to_owned()),
        updated_at: OffsetDateTime::UNIX_EPOCH,
        confirmed_at: None,
        legal: LegalParticulars::default(),
        offers: vec![Offer {
            id: OfferId(Uuid::now_v7()),
            external_id: Some(record.id.to_string()),
            care_type: CareTypeSlug::parse(care_type).expect("a slug"),
            label: None,
            form: None,
            specialty,
            specialisms: Vec::new(),
            places_total: None,
            service_area: None,
            cost_share: None,
            approval: None,
            quality_report_url: None,
            conditions: None,
            shares_places_with: None,
            source: Source::Import("large set".to_owned()),
            latest_report: None,
        }],
    }
}
