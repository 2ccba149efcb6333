//! Whom an offer concerns is what the search itself would list.

use std::collections::BTreeSet;

use app::{
    domain::{
        alert::watched,
        capacity::Light,
        care_type::Taxonomy,
        facility::Facility,
        ids::{FacilityId, OfferId},
        now::Now,
        search::{SearchQuery, View},
        search_results::HitKind,
    },
    routes,
};
use server::{
    clock,
    example::ExampleCounty,
    index::{SearchIndex, engine::Prepared, lexicon::Lexicon, matching::Matcher, snapshot::Snapshot},
};
use time::macros::datetime;

fn now() -> Now {
    clock::berlin(datetime!(2026-11-22 14:30 UTC))
}

fn index_of(facilities: &[Facility]) -> SearchIndex {
    let (taxonomy, lexicon) = (Taxonomy::builtin(), Lexicon::builtin().expect("the lists"));
    let index = SearchIndex::open(None, taxonomy, lexicon).expect("an index").index;
    let rewrite = index.rewrite().expect("an index that is open");
    rewrite.add(facilities.to_vec()).expect("written");
    rewrite.finish(1).expect("on disk");
    let mut load = index.load();
    load.add(facilities.to_vec());
    load.finish().expect("visible");
    index
}

/// What the search itself lists as just what was asked, and free.
fn listed(snapshot: &Snapshot, query: &SearchQuery) -> BTreeSet<(FacilityId, OfferId)> {
    let asked = SearchQuery { lights: vec![Light::Free], view: View::List, ..watched(query) };
    let outcome = Prepared::new(snapshot, &asked, now()).expect("a search").answer(&asked, 100_000);
    let own = outcome.listed.iter().filter(|hit| matches!(hit.kind, HitKind::Match | HitKind::ServesPlace));
    own.flat_map(|hit| hit.offers.iter().map(|offer| (hit.facility, *offer))).collect()
}

/// Searches as people make them, every one different.
fn searches() -> Vec<SearchQuery> {
    let texts = [
        "",
        "Kurzzeitpflege",
        "Altersheim",
        "Tagespflege Tholey",
        "pflegedienst 66606",
        "Wer pflegt meine Mutter zu Hause in Marpingen?",
        "Kurzeitpflege St. Wendel",
        "Demenz WG",
        "Heim für Demenzkranke",
        "palliativ",
        "Caritas",
        "Haus",
        "Essen auf Rädern",
        "Physiotherapie in Oberthal",
        "Quastenflosser",
        "Quastenflosser in Nohfelden",
        "Doktor",
    ];
    let places = ["", "ort=Tholey", "ort=66606", "ort=Nirgendwo", "ort=St.+Wendel&umkreis=10", "umkreis=8"];
    let filters = [
        "",
        "art=kurzzeitpflege",
        "art=tagespflege&art=ambulanter-pflegedienst",
        "schwerpunkt=demenz",
        "barrierefrei=1",
        "sprache=tr",
        "ampel=belegt&geoeffnet=1",
        "gemeinde=10046117",
        "ausschnitt=7.0,49.4,7.2,49.6",
        "art=gestern",
    ];
    let mut made = Vec::new();
    for text in texts {
        for place in places {
            for filter in filters {
                let query = SearchQuery {
                    text: text.to_owned(),
                    ..routes::parse_search(&format!("{place}&{filter}"))
                };
                made.push(query);
            }
        }
    }
    made
}

/// Whether every search that lists an offer finds it from the other side, too, and no other does.
fn agree(snapshot: &Snapshot, matcher: &mut Matcher, searches: &[SearchQuery]) -> usize {
    let lists: Vec<_> = searches.iter().map(|query| listed(snapshot, query)).collect();
    let mut pairs = 0;
    let facilities: Vec<_> = snapshot.facts.iter().map(|(_, facility)| facility.id).collect();
    for facility in facilities {
        let offers: Vec<OfferId> =
            snapshot.facts.find(facility).expect("it").offers().iter().map(|offer| offer.id).collect();
        for offer in offers {
            let found = matcher.matches(snapshot, facility, offer, now()).expect("an answer");
            let expected: Vec<usize> =
                (0..searches.len()).filter(|at| lists[*at].contains(&(facility, offer))).collect();
            let name = snapshot.facts.find(facility).expect("it").name();
            let differs = (0..searches.len()).find(|at| found.contains(at) != expected.contains(at));
            let differs = differs.map(|at| (found.contains(&at), &searches[at]));
            assert!(differs.is_none(), "{name}, found from the other side: {differs:?}");
            pairs += found.len();
        }
    }
    pairs
}

#[test]
fn an_offer_concerns_exactly_those_whose_search_lists_it() {
    let mut county = ExampleCounty::at(now(), &Taxonomy::builtin()).expect("complete lists").facilities;
    let index = index_of(&county);
    let searches = searches();
    let mut matcher = Matcher::new(searches.clone());
    let pairs = agree(&index.snapshot(), &mut matcher, &searches);
    assert!(pairs > 1_000, "{pairs} pairs say little");
    for query in &searches {
        let free = index.snapshot().free_of(query, now()).expect("an answer");
        let free: BTreeSet<_> = free.into_iter().map(|free| (free.facility, free.offer)).collect();
        assert_eq!(free, listed(&index.snapshot(), query), "{query:?}");
    }
    // What was understood stays good as long as nothing changes it: a report, then names, places and languages.
    let free = |offer: &app::domain::offer::Offer| {
        let mut report = offer.latest_report.clone().expect("a report");
        (report.free_now, report.valid_until) = (Some(3), now().instant + time::Duration::days(2));
        (report.intake_stop, report.free_from) = (false, None);
        report
    };
    for facility in county.iter_mut().take(40) {
        for offer in facility.offers.iter_mut().filter(|offer| offer.latest_report.is_some()) {
            offer.latest_report = Some(free(offer));
        }
    }
    let changed = |some: &[Facility]| some.iter().map(|own| (own.id, Some(own.clone()))).collect::<Vec<_>>();
    index.apply(changed(&county[..40]), 2, false).expect("applied");
    agree(&index.snapshot(), &mut matcher, &searches);
    for (at, facility) in county.iter_mut().take(40).enumerate() {
        facility.name = if at % 2 == 0 { format!("Quastenflosser {at}") } else { facility.name.clone() };
        facility.languages.push("tr".to_owned());
        facility.address.locality = Some("Nirgendwo".to_owned());
        facility.offers.iter_mut().for_each(|offer| offer.specialisms.push("demenz".to_owned()));
    }
    let gone: Vec<_> = county[40..60].iter().map(|own| (own.id, None)).collect();
    index.apply(changed(&county[..40]), 3, false).expect("applied");
    index.apply(gone, 4, false).expect("applied");
    agree(&index.snapshot(), &mut matcher, &searches);
}
