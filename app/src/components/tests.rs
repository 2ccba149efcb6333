use leptos::prelude::*;
use time::macros::date;

use super::{
    advice::AdviceBox, card::FacilityCard, chips, filters::Filters, light::LightLine, map::CountyMap,
    pagination::Pagination, small_map::SmallMap,
};
use crate::{
    domain::capacity::{Light, LightReason},
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
fn chips_name_what_is_chosen_and_lead_to_the_search_without_it() {
    let query = routes::parse_search("q=Heim&ort=Birkensee&art=kurzzeitpflege&ampel=frei&geoeffnet=1");
    let facets = testing::results().facets;
    let mut place = testing::place("Birkensee");
    place.without = query.with(|q| q.place.clear());
    let chips = chips::of(&query, Some(&place), &facets);
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
