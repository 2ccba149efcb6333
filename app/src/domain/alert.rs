//! Alerts: somebody without an account wants to be told when something becomes free.

use time::{Date, OffsetDateTime, macros::date};

use super::{
    account::Email,
    ids::AlertId,
    search::{SearchQuery, Sort, View, times},
    unknown::Filter,
};

/// What is kept of a wish to be told: nothing else about the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub id: AlertId,
    pub email: Email,
    /// The search, as its address says it: see [`watched`].
    pub query: String,
    pub created_at: OffsetDateTime,
    /// `None`: whoever has the mailbox has not said yes yet.
    pub confirmed_at: Option<OffsetDateTime>,
    /// From this instant on it is nothing, and is deleted.
    pub ends_at: OffsetDateTime,
}

impl Alert {
    /// How long one that was confirmed tells.
    pub const DAYS: i64 = 90;
    /// How long one may wait to be confirmed.
    pub const HOURS_TO_CONFIRM: i64 = 48;
    /// Most that an address may have.
    pub const MOST: usize = 10;
    /// Most that may wait to be confirmed by one address: each has sent a letter there.
    pub const MOST_WAITING: usize = 3;
    /// Longest search that is kept, in bytes.
    pub const MOST_QUERY: usize = 2_000;
    /// Least minutes between two mails of an alert; what happens meanwhile is collected.
    pub const MINUTES_BETWEEN: i64 = 1;
}

/// What of a search is watched. How it is shown and where a device stands belong to nobody's wish; the light is always
/// the green one; and a home is as free at night as it is while its office is open. Days and weekdays are left out, too
/// (see [`asks_for_days`]): most say that a place is free and not when, and a mail too many costs a family less than one
/// that never comes.
#[must_use]
pub fn watched(query: &SearchQuery) -> SearchQuery {
    let mut query = SearchQuery {
        text: times::without(&query.text, &times::read(&query.text, ANY_DAY).spans()),
        free_from: None,
        free_until: None,
        weekdays: Vec::new(),
        reported_days: None,
        lights: Vec::new(),
        open_now: false,
        near: None,
        sort: Sort::default(),
        view: View::default(),
        page: 1,
        shortlist: Vec::new(),
        ..query.clone()
    };
    query.unknown.retain(|unknown| {
        !matches!(
            unknown.filter,
            Filter::Light
                | Filter::OpenNow
                | Filter::FreeFrom
                | Filter::FreeUntil
                | Filter::Weekday
                | Filter::Reported
        )
    });
    query
}

/// Which words of a text are days does not depend on the day it is read.
const ANY_DAY: Date = date!(2024 - 01 - 01);

/// Whether a search is for certain days, which an alert does not look at.
pub fn asks_for_days(query: &SearchQuery) -> bool {
    let typed = times::read(&query.text, ANY_DAY);
    query.free_from.is_some() || query.free_until.is_some() || !query.weekdays.is_empty() || !typed.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_results_are_shown_and_when_is_no_part_of_what_is_watched() {
        let asked = SearchQuery::from_pairs([
            ("q", "Kurzzeitpflege"),
            ("ort", "Parchim"),
            ("umkreis", "20"),
            ("frei_ab", "2026-08-03"),
            ("wochentag", "montag"),
            ("gemeldet", "7"),
            ("ampel", "belegt"),
            ("ampel", "blau"),
            ("geoeffnet", "1"),
            ("sort", "name"),
            ("ansicht", "karte"),
            ("seite", "3"),
        ]);
        let kept = SearchQuery::from_pairs([("q", "Kurzzeitpflege"), ("ort", "Parchim"), ("umkreis", "20")]);
        assert_eq!(watched(&asked), kept);
    }

    #[test]
    fn days_in_the_words_are_left_out_like_those_of_filters_and_said_to_be() {
        let asked = SearchQuery::from_pairs([("q", "Kurzzeitpflege 14 Tage ab 3. August Parchim")]);
        assert_eq!(watched(&asked).text, "Kurzzeitpflege Parchim");
        assert!(asks_for_days(&asked) && !asks_for_days(&watched(&asked)));
    }

    #[test]
    fn what_nothing_can_meet_stays_so_that_it_is_not_taken_for_everything() {
        let asked = SearchQuery::from_pairs([("art", "<script>")]);
        assert_eq!(watched(&asked).unknown.len(), 1);
    }
}
