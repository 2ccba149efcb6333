//! Facet counts are exact: the count of a value is what is listed when it is the only one chosen in
//! its group.

use app::domain::{
    capacity::{Light, WEEK},
    care_type::Taxonomy,
    facility::Facility,
    search::SearchQuery,
};
use proptest::prelude::*;
use server::index::filters::Group;
use time::Duration;

use crate::{
    support::samples,
    world::{Reports, Says, ask, ask_at, index_of, names, noon, offer, prepare, town},
};

#[test]
fn a_light_and_a_care_type_hold_for_the_same_offer() {
    let valid = noon().instant + Duration::days(1);
    let facilities = [
        samples::plain_facility("Haus Morgen")
            .offering(offer("kurzzeitpflege").reporting(0, valid))
            .offering(offer("tagespflege").reporting(3, valid)),
        samples::plain_facility("Haus Abend").offering(offer("kurzzeitpflege").reporting(1, valid)),
    ];
    let snapshot = index_of(&facilities).snapshot();
    for address in ["art=kurzzeitpflege&ampel=frei", "q=Kurzzeitpflege&ampel=frei"] {
        assert_eq!(names(&snapshot, &ask(&snapshot, address)), ["haus abend"], "{address}");
    }
    assert_eq!(ask(&snapshot, "q=Kurzzeitpflege").total_free, 1);
}

#[test]
fn a_green_light_turns_grey_in_filters_and_counts_by_itself() {
    let until = noon().instant + Duration::seconds(1);
    let facilities =
        [samples::plain_facility("Haus Morgen").offering(offer("kurzzeitpflege").reporting(2, until))];
    let snapshot = index_of(&facilities).snapshot();
    for (seconds, free, unknown) in [(0, 1, 0), (1, 0, 1), (2, 0, 1)] {
        let mut now = noon();
        now.instant += Duration::seconds(seconds);
        assert_eq!(ask_at(&snapshot, "ampel=frei", now).total, free, "{seconds} s later");
        let counts = ask_at(&snapshot, "", now).counts;
        assert_eq!(counts.get(Group::Light, Light::Free as u32), free);
        assert_eq!(counts.get(Group::Light, Light::Unknown as u32), unknown);
    }
}

#[test]
fn types_without_a_light_are_absent_from_the_lights() {
    let facilities = [samples::plain_facility("Markt-Apotheke").offering(offer("apotheke"))];
    let snapshot = index_of(&facilities).snapshot();
    assert_eq!(ask(&snapshot, "").counts.of_group(Group::Light), []);
    assert_eq!(ask(&snapshot, "ampel=unbekannt").total, 0);
}

const TYPES: [&str; 6] =
    ["kurzzeitpflege", "tagespflege", "verhinderungspflege", "apotheke", "arzt", "hausarzt"];
const WORDS: [&str; 6] = ["", "Kurzzeitpflege", "Haus", "Sonne", "Arzt", "Demenz"];

/// Type, free places, reported, specialised.
type OfferPlan = (usize, u32, bool, bool);
/// Town, offers, barrier-free, name.
type Plan = (usize, Vec<OfferPlan>, bool, usize);

fn any_facility() -> impl Strategy<Value = Plan> {
    let offers = proptest::collection::vec((0..TYPES.len(), 0..3u32, any::<bool>(), any::<bool>()), 1..4);
    (0..4usize, offers, any::<bool>(), 0..3usize)
}

fn build(plans: &[Plan]) -> Vec<Facility> {
    let towns: Vec<_> = (0u8..4)
        .map(|n| town(["Aubach", "Bergen", "Clausdorf", "Dornau"][n as usize], &format!("9900000{n}")))
        .collect();
    let facility = |(at, (place, offers, barrier_free, name)): (usize, &(usize, Vec<_>, bool, usize))| {
        let name = format!("{} {at}", ["Haus Sonne", "Haus Mond", "Praxis"][*name]);
        let lat = 50.0 + f64::from(u8::try_from(*place).unwrap_or(0)) / 10.0;
        let mut facility =
            samples::plain_facility(&name).in_town(&towns[*place], &format!("9900{place}"), lat, 10.0);
        if *barrier_free {
            facility = facility.barrier_free();
        }
        for (kind, free, reported, special) in offers {
            let mut one = offer(TYPES[*kind]);
            if *reported {
                one = one.reporting(*free, noon().instant + Duration::days(1));
            }
            if *special {
                one = one.specialised_in("demenz");
            }
            facility = facility.offering(one);
        }
        facility
    };
    plans.iter().enumerate().map(facility).collect()
}

/// The search with one value as the only one of its group.
fn alone(
    query: &SearchQuery,
    group: Group,
    value: u32,
    snapshot: &server::index::snapshot::Snapshot,
) -> SearchQuery {
    query.with(|q| match group {
        Group::CareType => q.care_types = vec![Taxonomy::builtin().all()[value as usize].slug.clone()],
        Group::Municipality => {
            q.municipalities = vec![snapshot.facts.municipalities[value as usize].filter_value()];
        }
        Group::Light => q.lights = vec![Light::ALL[value as usize]],
        Group::Specialism => q.specialisms = vec![snapshot.facts.specialisms.all()[value as usize].clone()],
        Group::Language => q.languages = vec![snapshot.facts.languages.all()[value as usize].clone()],
        Group::BarrierFree => q.barrier_free = true,
        Group::OpenNow => q.open_now = true,
        Group::Weekday => q.weekdays = vec![WEEK[value as usize]],
        Group::Reported => q.reported_days = Some(7),
        Group::FreeDays => {}
    })
}

/// Every group with the number of its values.
fn every_value(snapshot: &server::index::snapshot::Snapshot) -> [(Group, u32); 7] {
    let count = |length: usize| u32::try_from(length).expect("few values");
    [
        (Group::CareType, count(Taxonomy::builtin().all().len())),
        (Group::Municipality, count(snapshot.facts.municipalities.len())),
        (Group::Light, 4),
        (Group::Specialism, count(snapshot.facts.specialisms.all().len())),
        (Group::BarrierFree, 1),
        (Group::Weekday, 7),
        (Group::Reported, 1),
    ]
}

/// Whether the value that is chosen alone is among the chosen ones of the search.
fn is_chosen(query: &SearchQuery, single: &SearchQuery, group: Group) -> bool {
    match group {
        Group::CareType => query.care_types.contains(&single.care_types[0]),
        Group::Municipality => query.municipalities.contains(&single.municipalities[0]),
        Group::Light => query.lights.contains(&single.lights[0]),
        Group::Specialism => query.specialisms.contains(&single.specialisms[0]),
        Group::Weekday => query.weekdays.contains(&single.weekdays[0]),
        Group::BarrierFree | Group::Language | Group::OpenNow | Group::FreeDays | Group::Reported => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn every_count_is_what_the_value_alone_would_list(
        plans in proptest::collection::vec(any_facility(), 1..25),
        word in 0..WORDS.len(),
        place in proptest::option::of(0..4usize),
        radius in proptest::option::of(1..30u16),
        kinds in proptest::collection::vec(0..TYPES.len(), 0..2),
        light in proptest::option::of(0..4usize),
        town in proptest::option::of(0..4usize),
        special in any::<bool>(),
        barrier_free in any::<bool>(),
    ) {
        let snapshot = index_of(&build(&plans)).snapshot();
        let towns = ["Aubach", "Bergen", "Clausdorf", "Dornau"];
        let query = SearchQuery {
            text: WORDS[word].to_owned(),
            place: place.map_or("", |at| towns[at]).to_owned(),
            radius_km: radius.filter(|_| place.is_some()),
            care_types: kinds.iter().map(|at| crate::world::care_type(TYPES[*at])).collect(),
            lights: light.map(|at| Light::ALL[at]).into_iter().collect(),
            municipalities: town.map(|at| format!("9900000{at}")).into_iter().collect(),
            specialisms: special.then(|| "demenz".to_owned()).into_iter().collect(),
            barrier_free,
            page: 1,
            ..SearchQuery::default()
        };
        let answer = prepare(&snapshot, &query, noon()).answer(&query, 100);
        for (group, values) in every_value(&snapshot) {
            for value in 0..values {
                let count = answer.counts.get(group, value);
                let single = alone(&query, group, value, &snapshot);
                let chosen = single.page == query.page && is_chosen(&query, &single, group);
                // Where the search finds something, a value that is not there is not offered.
                if count > 0 || chosen || answer.widened.is_some() {
                    let listed = prepare(&snapshot, &single, noon()).answer(&single, 100).total;
                    prop_assert_eq!(count, listed, "{:?} {} of {:?}", group, value, query);
                }
            }
        }
    }

    #[test]
    fn what_is_listed_is_what_passes_every_filter(
        plans in proptest::collection::vec(any_facility(), 1..25),
        kind in 0..TYPES.len(),
        light in 0..4usize,
    ) {
        let facilities = build(&plans);
        let snapshot = index_of(&facilities).snapshot();
        let outcome = ask(&snapshot, &format!("art={}&ampel={}", TYPES[kind], Light::ALL[light].slug()));
        let taxonomy = Taxonomy::builtin();
        let fits = |facility: &&Facility| facility.offers.iter().any(|offer| {
            let kind_of_light = taxonomy.light_of(&offer.care_type, None);
            let shown = app::domain::capacity::Availability::of(kind_of_light, offer.latest_report.as_ref(), noon());
            offer.care_type.as_str() == TYPES[kind] && shown.is_some_and(|a| a.light == Light::ALL[light])
        });
        let expected = facilities.iter().filter(fits).count();
        // Related types are listed where the asked type has nothing.
        if expected > 0 {
            prop_assert_eq!(outcome.total, expected);
        }
    }
}
