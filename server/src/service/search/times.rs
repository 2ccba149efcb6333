//! The times that a search asks for, and who is free whatever the times.

use app::{
    domain::{
        capacity::{Light, TimeKind, WEEK, weekday_bit},
        search::{SearchQuery, times},
        search_results::{AskedTimes, Change, Suggestion},
    },
    text,
};

use crate::index::engine::Prepared;

/// So many results are few: then those are named, too, who say nothing of the days asked for.
const FEW: usize = 5;

/// What counts of the times in filters and words.
pub(super) fn asked(prepared: &Prepared<'_>, query: &SearchQuery, total: usize) -> AskedTimes {
    let filters = prepared.filters(query);
    let in_text = &prepared.times_in_text;
    let by_words = query.free_from.or(query.free_until).is_none();
    let without = |spans| query.with(|q| q.text = times::without(&q.text, spans));
    let stretch = in_text.stretch.as_ref().filter(|_| by_words);
    let weekdays = in_text.weekdays.as_ref().filter(|_| query.weekdays.is_empty());
    AskedTimes {
        stretch: filters.stretch,
        weekdays: WEEK.into_iter().filter(|day| filters.weekdays & weekday_bit(*day) != 0).collect(),
        without_stretch: stretch.map(|read| without(&read.spans)),
        without_weekdays: weekdays.map(|read| without(&read.spans)),
        stays: prepared.time_kinds.contains(&TimeKind::Stays),
        by_weekday: prepared.time_kinds.contains(&TimeKind::Weekdays),
        free_today: (total <= FEW).then(|| free_today(prepared, query)).flatten(),
    }
}

/// The times among the words that count, with their names and the search without them.
pub(super) fn dropped(prepared: &Prepared<'_>, query: &SearchQuery) -> Vec<(&'static str, SearchQuery)> {
    let asked = asked(prepared, query, usize::MAX);
    let stretch = asked.without_stretch.map(|without| ("Freier Zeitraum", without));
    stretch.into_iter().chain(asked.without_weekdays.map(|without| ("Wochentag", without))).collect()
}

/// Who has a place today, whether or not the days that are asked for were reported.
fn free_today(prepared: &Prepared<'_>, query: &SearchQuery) -> Option<Suggestion> {
    let asked = prepared.filters(query);
    if asked.stretch.is_none() && asked.weekdays == 0 {
        return None;
    }
    let mut filters = asked;
    (filters.stretch, filters.weekdays) = (None, 0);
    filters.lights = vec![Light::Free];
    let total = prepared.total_there(&filters);
    let query = query.with(|q| {
        q.text = times::without(&q.text, &prepared.times_in_text.spans());
        (q.free_from, q.free_until) = (None, None);
        q.weekdays.clear();
        q.lights = vec![Light::Free];
    });
    let text = format!("Heute frei: {}", text::counts::facilities(total));
    (total > 0).then_some(Suggestion { text, query, change: Change::DropFilter })
}
