//! Facilities for search engines: schema.org as JSON-LD.
//!
//! Lights are left out: who keeps one would show it after it has expired.

use serde_json::{Map, Value, json};

use super::{address, features};
use crate::{
    domain::{
        accessibility::Feature,
        facility::Facility,
        opening_hours::{OpenSpan, OpeningHours},
        portal::Portal,
        upload::UploadFile,
    },
    routes,
};

const DAYS: [&str; 8] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays"];

/// What stands between `<script type="application/ld+json">` and its end. No character of it can end the
/// element or begin another.
pub fn facility(facility: &Facility, portal: &Portal) -> String {
    let address = &facility.address;
    let page = format!("{}{}", portal.base_url, routes::facility(&facility.slug));
    let contacts = facility.contacts.iter().map(|contact| {
        object([
            ("@type", Some(json!("ContactPoint"))),
            ("contactType", Some(json!(contact.purpose))),
            ("telephone", contact.phone.clone().map(Value::from)),
            ("email", contact.email.clone().map(Value::from)),
        ])
    });
    let organization = facility.organization.as_ref().map(|organization| {
        let page = format!("{}{}", portal.base_url, routes::organization(&organization.slug));
        json!({ "@type": "Organization", "name": organization.name, "url": page })
    });
    let known = Feature::ALL.into_iter().filter_map(|feature| {
        let value = facility.accessibility.get(feature)?;
        let name = features::feature(feature);
        Some(json!({ "@type": "LocationFeatureSpecification", "name": name, "value": value }))
    });
    let mut names: Vec<&str> = Vec::new();
    for offer in &facility.offers {
        let name = portal.taxonomy.name_of(&offer.care_type);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let offers = names.into_iter().map(|name| {
        json!({ "@type": "Offer", "itemOffered": { "@type": "Service", "name": name, "serviceType": name } })
    });
    let languages: Vec<&str> = facility.languages.iter().map(String::as_str).collect();
    escape(&object([
        ("@context", Some(json!("https://schema.org"))),
        ("@type", Some(json!(kind(facility)))),
        ("@id", Some(json!(page))),
        ("url", Some(json!(page))),
        ("name", Some(json!(facility.name))),
        ("description", facility.description.clone().map(Value::from)),
        (
            "image",
            list(facility.pictures.iter().map(|own| {
                Value::from(format!("{}{}", portal.base_url, routes::upload(own.id, UploadFile::Picture)))
            })),
        ),
        ("telephone", facility.phone.clone().map(Value::from)),
        ("email", facility.email.clone().map(Value::from)),
        ("sameAs", facility.website.as_deref().and_then(address::web).map(Value::from)),
        (
            "address",
            Some(object([
                ("@type", Some(json!("PostalAddress"))),
                ("streetAddress", address.street.clone().map(Value::from)),
                ("postalCode", address.postal_code.as_ref().map(|code| json!(code.as_str()))),
                ("addressLocality", address.municipality.as_ref().map(|town| json!(town.name))),
                ("addressCountry", Some(json!("DE"))),
            ])),
        ),
        (
            "geo",
            facility
                .position
                .map(|at| json!({ "@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon })),
        ),
        ("openingHoursSpecification", list(hours(&facility.opening_hours))),
        ("parentOrganization", organization),
        ("contactPoint", list(contacts)),
        ("knowsLanguage", (!languages.is_empty()).then(|| json!(languages))),
        ("amenityFeature", list(known)),
        ("makesOffer", list(offers)),
    ]))
}

/// The narrowest type that schema.org has for all offers of the facility.
fn kind(facility: &Facility) -> &'static str {
    let mut kinds = facility.offers.iter().map(|offer| match offer.care_type.as_str() {
        "apotheke" => "Pharmacy",
        "zahnarzt" => "Dentist",
        "arzt" | "hausarzt" | "facharzt" => "Physician",
        "krankenhaus" => "Hospital",
        "mvz" | "tagesklinik" | "rehabilitation" => "MedicalClinic",
        _ => "LocalBusiness",
    });
    let first = kinds.next().unwrap_or("LocalBusiness");
    if kinds.all(|other| other == first) { first } else { "LocalBusiness" }
}

/// Days of equal hours together.
fn hours(hours: &OpeningHours) -> Vec<Value> {
    let OpeningHours::Regular(spans) = hours else { return Vec::new() };
    let mut times: Vec<(u16, u16)> = spans.iter().map(|span| (span.from, span.to)).collect();
    times.sort_unstable();
    times.dedup();
    // schema.org knows no 24:00.
    let clock = |minute: u16| format!("{:02}:{:02}", minute.min(1439) / 60, minute.min(1439) % 60);
    let days = |(from, to): (u16, u16)| -> Vec<&str> {
        let same = |span: &&OpenSpan| (span.from, span.to) == (from, to);
        let mut numbers: Vec<u8> = spans.iter().filter(same).map(|span| span.weekday).collect();
        numbers.sort_unstable();
        numbers.into_iter().filter_map(|day| DAYS.get(usize::from(day).checked_sub(1)?).copied()).collect()
    };
    times
        .into_iter()
        .map(|time| {
            json!({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": days(time),
                "opens": clock(time.0),
                "closes": clock(time.1),
            })
        })
        .collect()
}

/// What is not known is left out.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(known.collect::<Map<_, _>>())
}

fn list(values: impl IntoIterator<Item = Value>) -> Option<Value> {
    let values: Vec<Value> = values.into_iter().collect();
    (!values.is_empty()).then_some(Value::Array(values))
}

/// JSON in which only quotes and letters could mean something to HTML.
fn escape(value: &Value) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\'' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_facility_is_told_to_search_engines() {
        let facility = testing::facility_view().facility;
        let told: Value =
            serde_json::from_str(&super::facility(&facility, &testing::portal())).expect("JSON");
        assert_eq!(told["@type"], "LocalBusiness");
        assert_eq!(told["url"], "https://pflege.example/einrichtung/haus-am-birkensee");
        assert_eq!(told["address"]["postalCode"], "19999");
        assert_eq!(told["geo"]["latitude"], 53.4);
        assert_eq!(told["openingHoursSpecification"][0]["opens"], "08:00");
        assert_eq!(told["openingHoursSpecification"][0]["dayOfWeek"][4], "Friday");
        assert_eq!(told["contactPoint"][0]["contactType"], "Aufnahme");
        assert_eq!(told["amenityFeature"][1]["value"], false);
        assert_eq!(told["makesOffer"].as_array().map(Vec::len), Some(3));
        // Its web address is none, and what is not known is not there.
        assert!(told.get("sameAs").is_none());
        assert!(!told.to_string().contains("null"));
    }

    #[test]
    fn nothing_in_it_can_end_the_element() {
        let mut facility = testing::facility_view().facility;
        "</script><script>alert(1)</script><!-- \u{2028} ' & \"".clone_into(&mut facility.name);
        let text = super::facility(&facility, &testing::portal());
        assert!(!text.contains(['<', '>', '&', '\'', '\u{2028}']));
        let told: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(told["name"], facility.name);
    }

    #[test]
    fn the_type_is_the_narrowest_that_fits_all_offers() {
        let mut facility = testing::facility_view().facility;
        facility.offers.truncate(1);
        facility.offers[0].care_type = testing::slug("apotheke");
        assert_eq!(kind(&facility), "Pharmacy");
        facility.offers.push(facility.offers[0].clone());
        facility.offers[1].care_type = testing::slug("sanitaetshaus");
        assert_eq!(kind(&facility), "LocalBusiness");
    }

    #[test]
    fn round_the_clock_and_holidays_are_said() {
        let spans = (1..=8).filter_map(|day| OpenSpan::new(day, 0, 1440)).collect();
        let told = hours(&OpeningHours::Regular(spans));
        assert_eq!(told[0]["dayOfWeek"].as_array().map(Vec::len), Some(8));
        assert_eq!((&told[0]["opens"], &told[0]["closes"]), (&json!("00:00"), &json!("23:59")));
        assert_eq!(told[0]["dayOfWeek"][7], "PublicHolidays");
    }
}
