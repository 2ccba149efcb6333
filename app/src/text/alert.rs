//! What is said of alerts: the search in words, and what has become free.

use time::OffsetDateTime;

use super::{counts, dates, letters::FreedOffer, light, summary};
use crate::{
    backend::FacilityView,
    domain::{
        capacity::{CapacityReport, Light, ReportSource},
        care_type::CareTypeSlug,
        offer::Offer,
        portal::Portal,
        search::SearchQuery,
        search_results::{FacetValue, SearchResults},
    },
    routes,
};

/// Most values of a filter that the first half of a sentence names.
const FEW: usize = 3;

/// "Kurzzeitpflege im Umkreis von 20 km um Parchim, Demenz, barrierefrei": all that a search asks for.
pub fn search(query: &SearchQuery, results: &SearchResults) -> String {
    let mut said = summary::title(&query.with(|_| ()), results);
    let facets = &results.facets;
    let mut also: Vec<String> = Vec::new();
    if !query.care_types.is_empty() {
        let text =
            results.place.as_ref().filter(|place| !place.unknown).map_or(&query.text, |p| &p.without.text);
        also.extend((!text.is_empty()).then(|| format!("„{text}“")));
    }
    if query.care_types.len() > FEW {
        also.extend(names(&facets.care_types, query.care_types.iter().map(CareTypeSlug::as_str)));
    }
    if query.municipalities.len() > FEW {
        also.extend(names(&facets.municipalities, query.municipalities.iter().map(String::as_str)));
    }
    also.extend(names(&facets.specialisms, query.specialisms.iter().map(String::as_str)));
    also.extend(names(&facets.languages, query.languages.iter().map(String::as_str)));
    if query.barrier_free {
        also.push("barrierefrei".to_owned());
    }
    if query.area.is_some() {
        also.push("im Kartenausschnitt".to_owned());
    }
    for part in also {
        said.push_str(", ");
        said.push_str(&part);
    }
    said
}

/// What is said of a place that nobody knows: results of the whole county would be told of.
pub fn unknown_place(results: &SearchResults) -> Option<String> {
    let place = results.place.as_ref().filter(|place| place.unknown)?;
    Some(format!("Einen Ort „{}“ kennen wir nicht.", place.label))
}

fn names<'a>(known: &[FacetValue], values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let name = |value: &str| {
        known.iter().find(|own| own.value == value).map_or_else(|| value.to_owned(), |own| own.label.clone())
    };
    values.map(name).collect()
}

/// The results of a search with what is free alone.
pub fn free_results(query: &SearchQuery) -> String {
    routes::search(&query.with(|q| q.lights = vec![Light::Free]))
}

/// What is said of an offer that is free; `None` where it is not.
pub fn freed(view: &FacilityView, offer: &Offer, portal: &Portal) -> Option<FreedOffer> {
    let availability = view.light(offer.id).filter(|light| light.light == Light::Free)?;
    let type_name = || portal.taxonomy.name_of(&offer.care_type).to_owned();
    Some(FreedOffer {
        facility: view.facility.name.clone(),
        offer: offer.label.clone().unwrap_or_else(type_name),
        light: light::text(availability, view.now.berlin_date),
        reported: reported(offer.latest_report.as_ref()?, view.now.instant),
        phone: view.facility.phone.clone(),
        path: routes::facility(&view.facility.slug),
    })
}

/// "gemeldet vor 3 Minuten, um 12:03 Uhr, von der Einrichtung".
fn reported(report: &CapacityReport, now: OffsetDateTime) -> String {
    let there = dates::berlin(report.reported_at);
    let time = format!("{}:{:02} Uhr", there.hour(), there.minute());
    let minutes = (now - report.reported_at).whole_minutes();
    let when = match minutes {
        ..=0 => format!("gerade eben, um {time}"),
        1 => format!("vor einer Minute, um {time}"),
        2..=59 => format!("vor {minutes} Minuten, um {time}"),
        _ => {
            let today = dates::berlin(now).date();
            format!(
                "{}, am {} um {time}",
                dates::ago(report.reported_at, today),
                dates::date(there.date(), today)
            )
        }
    };
    format!("gemeldet {when}, {}", by(report.source))
}

/// Where a report comes from.
fn by(source: ReportSource) -> &'static str {
    match source {
        ReportSource::Provider | ReportSource::Api => "von der Einrichtung",
        ReportSource::County => "vom Landkreis",
        ReportSource::Phone => "vom Landkreis nach einem Anruf",
        ReportSource::Import => "aus einer Tabelle",
    }
}

/// "3 Angebote sind schon frei", for what a page does not name.
pub fn more(left: usize) -> String {
    format!("und noch {}", counts::offers(left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn said(address: &str) -> String {
        let query = routes::parse_search(address);
        let mut results = testing::results();
        results.page = 1;
        results.place = Some(testing::place("Parchim"));
        search(&query, &results)
    }

    #[test]
    fn a_search_is_said_with_all_that_it_asks_for() {
        assert_eq!(
            said("art=kurzzeitpflege&ort=Parchim&umkreis=20"),
            "Kurzzeitpflege im Umkreis von 20 km um Parchim"
        );
        let all = said("art=kurzzeitpflege&ort=Parchim&schwerpunkt=demenz&barrierefrei=1&seite=7");
        assert!(all.starts_with("Kurzzeitpflege in Parchim, ") && all.ends_with(", barrierefrei"), "{all}");
    }
}
