use leptos::prelude::*;
use time::macros::date;

use super::{
    advice::AdviceBox, card::FacilityCard, chips, filters::Filters, light::LightLine, map::CountyMap,
    pagination::Pagination, small_map::SmallMap, times::Times,
};
use crate::{
    domain::{
        capacity::{FreePeriod, FreeTimes, Light, LightReason, Stretch},
        search_results::AskedTimes,
    },
    routes,
    testing::{self, NOW, html, light},
};

#[test]
fn a_light_of_every_reason_has_its_shape_text_and_date() {
    let mut after_assessment = light(Light::Free, LightReason::FreePlaces(1));
    after_assessment.only_after_assessment = true;
    let lights = [
        light(Light::Unknown, LightReason::NeverReported),
        light(Light::Unknown, LightReason::Expired),
        light(Light::Full, LightReason::IntakeStop { until: Some(date!(2027 - 07 - 01)) }),
        light(Light::Full, LightReason::IntakeStop { until: None }),
        light(Light::Unknown, LightReason::AnnouncedNotConfirmed { date: date!(2026 - 11 - 20) }),
        light(Light::Free, LightReason::FreePlaces(3)),
        after_assessment,
        light(Light::Free, LightReason::Accepting),
        light(Light::WaitingList, LightReason::WaitingList { weeks: Some((4, 6)) }),
        light(Light::WaitingList, LightReason::FreeFrom(date!(2026 - 11 - 30))),
        light(Light::Full, LightReason::Occupied),
        light(Light::Full, LightReason::Stopped),
        light(Light::Unknown, LightReason::NotSaid),
    ];
    let rows: Vec<String> = lights
        .into_iter()
        .map(|availability| html(|| view! { <LightLine availability today=NOW.berlin_date /> }))
        .collect();
    insta::assert_snapshot!(rows.join("\n\n"));
}

#[test]
fn a_card_says_what_matched_and_folds_the_rest() {
    insta::assert_snapshot!(html(|| view! { <FacilityCard hit=testing::hit() today=NOW.berlin_date /> }));
}

#[test]
fn a_card_without_phone_position_and_light_has_no_empty_parts() {
    let mut hit = testing::hit();
    hit.phone = None;
    hit.position = None;
    hit.organization = None;
    hit.distance_km = None;
    hit.facts.clear();
    hit.other_offers.clear();
    hit.offers = vec![testing::offer_hit("apotheke", "Apotheke", None)];
    insta::assert_snapshot!(html(|| view! { <FacilityCard hit today=NOW.berlin_date /> }));
}

#[test]
fn filters_show_counts_keep_what_is_chosen_and_fold_long_lists() {
    let query = routes::parse_search("art=kurzzeitpflege&ort=Birkensee&umkreis=25&sort=name");
    let facets = testing::results().facets;
    insta::assert_snapshot!(html(|| view! { <Filters query facets has_place=true set=2 /> }));
}

#[test]
fn days_and_weekdays_are_unfolded_where_they_belong_to_what_is_asked_for() {
    let shown = |address: &str, times: AskedTimes| {
        let mut facets = testing::results().facets;
        facets.weekdays = vec![testing::facet("mittwoch", "Mittwoch", 3, address.contains("wochentag"))];
        let query = routes::parse_search(address);
        html(|| view! { <Filters query facets has_place=false set=0 times /> })
    };
    let is_open = |page: &str| {
        page.contains("<details open id=\"zeiten-mehr\"") || page.contains("<details id=\"zeiten-mehr\" open")
    };
    let plain = shown("", AskedTimes::default());
    assert!(plain.contains("zeiten-mehr") && !is_open(&plain), "{plain}");
    for times in [
        AskedTimes { stays: true, ..AskedTimes::default() },
        AskedTimes { by_weekday: true, ..AskedTimes::default() },
    ] {
        assert!(is_open(&shown("", times)));
    }
    let both = shown("frei_ab=2026-08-03&wochentag=mittwoch&gemeldet=14", AskedTimes::default());
    assert!(is_open(&both), "{both}");
    insta::assert_snapshot!(both);
}

fn times_of_an_offer() -> FreeTimes {
    let period = |from, until, places| FreePeriod { from, until, places };
    FreeTimes {
        periods: vec![
            period(NOW.berlin_date, date!(2026 - 11 - 29), 1),
            period(date!(2026 - 12 - 28), date!(2027 - 01 - 10), 12),
        ],
        weekdays: [Some(0), None, Some(2), Some(1), None, None, None],
    }
}

#[test]
fn times_are_a_calendar_a_list_a_table_and_a_sentence() {
    let times = times_of_an_offer();
    insta::assert_snapshot!(html(|| view! { <Times times today=NOW.berlin_date /> }));
    let none = html(|| view! { <Times times=FreeTimes::default() today=NOW.berlin_date /> });
    assert!(!none.contains("<svg") && !none.contains("<table"), "{none}");
}

#[test]
fn a_card_says_when_places_are_free() {
    let mut free = light(Light::Free, LightReason::FreePlaces(3));
    free.times = times_of_an_offer();
    let mut hit = testing::hit();
    hit.offers = vec![testing::offer_hit("kurzzeitpflege", "Kurzzeitpflege", Some(free))];
    let card = html(|| view! { <FacilityCard hit today=NOW.berlin_date /> });
    let said = "bis 29. November: 1 Platz · 28. Dezember – 10. Januar 2027: 12 Plätze · mittwochs und donnerstags frei";
    assert!(card.contains(said), "{card}");
}

#[test]
fn times_of_filters_and_of_words_are_chips() {
    use time::Weekday;
    let stretch = Stretch { from: date!(2026 - 12 - 03), until: date!(2026 - 12 - 16) };
    let address = "q=Tagespflege&frei_ab=2026-12-03&frei_bis=2026-12-16&wochentag=mittwoch&wochentag=freitag&gemeldet=7";
    let query = routes::parse_search(address);
    let facets = testing::results().facets;
    let weekdays = vec![Weekday::Wednesday, Weekday::Friday];
    let asked = AskedTimes { stretch: Some(stretch), weekdays, ..AskedTimes::default() };
    let of = |query, asked| {
        let chips = chips::of(query, None, &facets, asked, NOW.berlin_date);
        chips.into_iter().map(|chip| (chip.label, routes::search(&chip.without))).collect::<Vec<_>>()
    };
    let chip = |label: &str, address: &str| (label.to_owned(), address.to_owned());
    assert_eq!(
        of(&query, &asked),
        [
            chip(
                "frei vom 3. bis 16. Dezember",
                "/suche?q=Tagespflege&wochentag=mittwoch&wochentag=freitag&gemeldet=7"
            ),
            chip(
                "mittwochs frei",
                "/suche?q=Tagespflege&frei_ab=2026-12-03&frei_bis=2026-12-16&wochentag=freitag&gemeldet=7"
            ),
            chip(
                "freitags frei",
                "/suche?q=Tagespflege&frei_ab=2026-12-03&frei_bis=2026-12-16&wochentag=mittwoch&gemeldet=7"
            ),
            chip(
                "Meldung der letzten 7 Tage",
                "/suche?q=Tagespflege&frei_ab=2026-12-03&frei_bis=2026-12-16&wochentag=mittwoch&wochentag=freitag"
            ),
        ]
    );
    let typed = routes::parse_search("q=Tagespflege+mittwochs+und+freitags");
    let without = routes::parse_search("q=Tagespflege");
    let asked = AskedTimes { stretch: None, without_weekdays: Some(without), ..asked.clone() };
    assert_eq!(of(&typed, &asked), [chip("mittwochs und freitags frei", "/suche?q=Tagespflege")]);
}

#[test]
fn chips_name_what_is_chosen_and_lead_to_the_search_without_it() {
    let query = routes::parse_search("q=Heim&ort=Birkensee&art=kurzzeitpflege&ampel=frei&geoeffnet=1");
    let facets = testing::results().facets;
    let mut place = testing::place("Birkensee");
    place.without = query.with(|q| q.place.clear());
    let chips = chips::of(&query, Some(&place), &facets, &AskedTimes::default(), NOW.berlin_date);
    insta::assert_snapshot!(html(|| view! { <chips::Chips chips query /> }));
}

#[test]
fn pages_are_links_and_the_present_one_is_named() {
    let query = routes::parse_search("q=Heim&seite=2");
    insta::assert_snapshot!(html(|| view! { <Pagination query page=2 pages=7 /> }));
}

#[test]
fn the_advice_centre_can_be_called() {
    let centre = testing::portal().advice_centre;
    insta::assert_snapshot!(html(|| view! { <AdviceBox centre /> }));
}

#[test]
fn a_map_has_outlines_names_shapes_numbers_and_a_way_out() {
    let query = routes::parse_search("q=Pflege&gemeinde=00000001&ansicht=karte&ausschnitt=11.6,53.3,12,53.5");
    let portal = std::sync::Arc::new(testing::portal());
    insta::assert_snapshot!(html(|| view! { <CountyMap map=testing::map_view() query portal /> }));
}

#[test]
fn without_outlines_a_facility_has_no_small_map_and_far_away_neither() {
    let drawn = |lat, lon, portal: crate::domain::portal::Portal| {
        let position = crate::domain::place::Position::new(lat, lon);
        html(|| view! { <SmallMap position municipality=None portal=portal.into() /> })
    };
    assert!(drawn(53.4, 11.8, testing::portal()).contains("<svg"));
    assert!(!drawn(48.1, 11.6, testing::portal()).contains("<svg"));
    let mut bare = testing::portal();
    bare.map = crate::domain::portal::CountyMap::default();
    assert!(!drawn(53.4, 11.8, bare).contains("<svg"));
}
