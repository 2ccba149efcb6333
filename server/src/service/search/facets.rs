//! Counts of filter values, with their names.

use std::cmp::Reverse;

use app::domain::{
    capacity::{Light, WEEK},
    search::{SearchQuery, times::weekday_slug},
    search_results::{FacetValue, Facets},
};
use app::text;

use crate::index::{counts::Counts, filters::Group, snapshot::Snapshot};

/// Most municipalities that are offered as a filter, those with most facilities first.
const MUNICIPALITIES: usize = 150;

/// Names the counted values. Chosen values stay, even with nothing behind them.
pub(super) fn facets(snapshot: &Snapshot, counts: &Counts, query: &SearchQuery) -> Facets {
    let (facts, taxonomy) = (&snapshot.facts, &snapshot.taxonomy);
    let number = |group, value: usize| counts.get(group, u32::try_from(value).unwrap_or(u32::MAX));
    let mut facets = Facets {
        barrier_free: counts.get(Group::BarrierFree, 0),
        open_now: counts.get(Group::OpenNow, 0),
        reported: counts.get(Group::Reported, 0),
        ..Facets::default()
    };
    for (at, care_type) in taxonomy.all().iter().enumerate() {
        let chosen = query.care_types.contains(&care_type.slug);
        let count = number(Group::CareType, at);
        push(&mut facets.care_types, care_type.slug.as_str(), &care_type.name, count, chosen);
    }
    // Names of those that are shown only: a country has ten thousand.
    let chosen: Vec<u32> =
        query.municipalities.iter().filter_map(|value| facts.municipality(value)).collect();
    let mut counted = counts.of_group(Group::Municipality);
    counted.extend(chosen.iter().filter(|v| counts.get(Group::Municipality, **v) == 0).map(|v| (*v, 0)));
    counted.sort_unstable_by_key(|(value, count)| (!chosen.contains(value), Reverse(*count), *value));
    for (number, count) in counted.into_iter().take(MUNICIPALITIES) {
        let value = facts.municipality_value(number).unwrap_or_default();
        let name = facts.municipalities.get(number as usize).map_or("", |m| m.name.as_str());
        push(&mut facets.municipalities, value, name, count, chosen.contains(&number));
    }
    for light in Light::ALL {
        let chosen = query.lights.contains(&light);
        let count = number(Group::Light, light as usize);
        push(&mut facets.lights, light.slug(), text::light::name(light), count, chosen);
    }
    for weekday in WEEK {
        let chosen = query.weekdays.contains(&weekday);
        let count = number(Group::Weekday, usize::from(weekday.number_days_from_monday()));
        let name = text::dates::weekday(weekday.number_from_monday());
        push(&mut facets.weekdays, weekday_slug(weekday), name, count, chosen);
    }
    for (at, slug) in facts.specialisms.all().iter().enumerate() {
        let chosen = query.specialisms.contains(slug);
        push(
            &mut facets.specialisms,
            slug,
            taxonomy.specialism_name(slug),
            number(Group::Specialism, at),
            chosen,
        );
    }
    for (at, code) in facts.languages.all().iter().enumerate() {
        let chosen = query.languages.contains(code);
        push(
            &mut facets.languages,
            code,
            text::features::language(code),
            number(Group::Language, at),
            chosen,
        );
    }
    for by_name in [&mut facets.municipalities, &mut facets.specialisms, &mut facets.languages] {
        by_name.sort_by_cached_key(|value| crate::index::text::fold(&value.label));
    }
    facets
}

fn push(values: &mut Vec<FacetValue>, value: &str, label: &str, count: usize, chosen: bool) {
    if count > 0 || chosen {
        values.push(FacetValue { value: value.to_owned(), label: label.to_owned(), count, chosen });
    }
}
