//! The results in one sentence.

use time::Date;

use super::{counts, grammar, times};
use crate::domain::{
    search::SearchQuery,
    search_results::{FacetValue, FoundPlace, HitKind, SearchResults, Understood, Widened},
    unknown::{Filter, UnknownValue},
};

/// "12 Einrichtungen mit Kurzzeitpflege im Umkreis von 20 km um Tholey, 3 mit freien Plätzen".
pub fn sentence(query: &SearchQuery, results: &SearchResults, today: Date) -> String {
    // Where the search was widened, nothing of what was asked is there.
    let total = if results.widened.is_some() { 0 } else { results.total };
    let mut said = counts::facilities(total);
    said.push_str(&subject(query, results));
    said.push_str(&whereabouts(query, results));
    if query.area.is_some() {
        said.push_str(" im Kartenausschnitt");
    }
    let asked = &results.times;
    if let Some(stretch) = asked.stretch {
        said.push_str(", frei ");
        said.push_str(&times::over(stretch, today));
    }
    if !asked.weekdays.is_empty() {
        said.push_str(", frei ");
        said.push_str(&times::weekdays(&asked.weekdays));
    }
    // Who is free over the days asked for may be full today.
    if results.widened.is_none() && results.total_free > 0 && asked.stretch.is_none() {
        said.push_str(", ");
        said.push_str(&counts::number(results.total_free));
        said.push_str(" mit freien Plätzen");
    }
    said
}

/// The same in a few words, for the title of the page.
pub fn title(query: &SearchQuery, results: &SearchResults) -> String {
    let what = what(query, results).unwrap_or_else(|| "Alle Angebote".to_owned());
    let place = whereabouts(query, results);
    let page = if results.page > 1 { format!(", Seite {}", results.page) } else { String::new() };
    format!("{what}{place}{page}")
}

/// " mit Kurzzeitpflege", " zu „Haus Eldetal“" or nothing.
fn subject(query: &SearchQuery, results: &SearchResults) -> String {
    match (care_types(query, results), words(query, results)) {
        (Some(types), _) => {
            let types: Vec<_> = types.into_iter().map(grammar::dative).collect();
            format!(" mit {}", either(&types))
        }
        (None, Some(words)) => format!(" zu „{words}“"),
        (None, None) => String::new(),
    }
}

/// What was asked for, without the place.
pub fn what(query: &SearchQuery, results: &SearchResults) -> Option<String> {
    care_types(query, results)
        .map(|types| either(&types))
        .or_else(|| words(query, results).map(|words| format!("„{words}“")))
}

/// The names of the care types that the search is about, at most three.
fn care_types<'a>(query: &SearchQuery, results: &'a SearchResults) -> Option<Vec<&'a str>> {
    let types = if query.care_types.is_empty() {
        typed_type(query, results).map_or_else(|| meant_types(results), |name| vec![name])
    } else {
        chosen_labels(&results.facets.care_types)
    };
    (!types.is_empty() && types.len() <= 3).then_some(types)
}

/// The care type whose very name was typed.
fn typed_type<'a>(query: &SearchQuery, results: &'a SearchResults) -> Option<&'a str> {
    let words = words(query, results)?.to_lowercase();
    results
        .facets
        .care_types
        .iter()
        .map(|value| value.label.as_str())
        .find(|label| label.to_lowercase() == words)
}

/// What the words mean, where nothing else was typed.
fn meant_types(results: &SearchResults) -> Vec<&str> {
    let mut meant = results.understood.iter().filter_map(|part| match part {
        Understood::CareTypes { names, .. } => Some(names),
        _ => None,
    });
    match (meant.next(), meant.next()) {
        (Some(names), None) => names.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The typed words without the place in them.
fn words(query: &SearchQuery, results: &SearchResults) -> Option<String> {
    let text = match &results.place {
        Some(place) if !place.unknown => &place.without.text,
        _ => &query.text,
    };
    (!text.is_empty()).then(|| text.clone())
}

/// " im Umkreis von 20 km um Tholey", " in Parchim oder Lübz" or nothing.
fn whereabouts(query: &SearchQuery, results: &SearchResults) -> String {
    let towns = chosen_labels(&results.facets.municipalities);
    let towns =
        if towns.is_empty() || towns.len() > 3 { String::new() } else { format!(" in {}", either(&towns)) };
    if results.place.as_ref().is_some_and(|place| place.is_device) {
        return match query.radius_km {
            Some(km) => format!("{towns} im Umkreis von {km} km um Ihren Standort"),
            None => format!("{towns} in Ihrer Nähe"),
        };
    }
    match known(results.place.as_ref()) {
        Some(place) => match query.radius_km {
            Some(km) => format!("{towns} im Umkreis von {km} km um {}", place.label),
            None if towns.is_empty() => format!(" in {}", place.label),
            None => towns,
        },
        None => towns,
    }
}

/// A sentence for what is listed instead, where the strict search found nothing.
pub fn widened(results: &SearchResults) -> Option<String> {
    let gone = match known(results.place.as_ref()) {
        Some(place) => format!("In {} gibt es das nicht.", place.label),
        None => "Dort gibt es das nicht.".to_owned(),
    };
    Some(match results.widened? {
        Widened::Related => format!("{gone} Verwandte Angebote:"),
        Widened::Nearest => format!("{gone} Die nächsten:"),
        Widened::RelatedThenNearest => format!("{gone} Verwandte Angebote dort und die nächsten:"),
    })
}

/// The heading above a run of results of one kind.
pub fn kind(kind: HitKind, place: Option<&FoundPlace>) -> String {
    let place = known(place).map(|p| p.label.as_str());
    match (kind, place) {
        (HitKind::Match, Some(place)) => format!("In {place}"),
        (HitKind::Match, None) => "Passende Einrichtungen".to_owned(),
        (HitKind::ServesPlace, Some(place)) => format!("Kommen nach {place}"),
        (HitKind::ServesPlace, None) => "Kommen zu Ihnen".to_owned(),
        (HitKind::Related, Some(place)) => format!("Verwandte Angebote in {place}"),
        (HitKind::Related, None) => "Verwandte Angebote".to_owned(),
        (HitKind::Nearest, Some(place)) => format!("In der Nähe von {place}"),
        (HitKind::Nearest, None) => "In der Nähe".to_owned(),
    }
}

/// How a part of the search was read; `None` where that says nothing new.
pub fn understood(part: &Understood) -> Option<String> {
    Some(match part {
        Understood::Corrected { typed, read_as } => format!("„{typed}“ haben wir als „{read_as}“ gelesen."),
        Understood::CareTypes { typed, names } => {
            if names.len() == 1 && names[0].to_lowercase() == typed.to_lowercase() {
                return None;
            }
            format!("Mit „{typed}“ ist gemeint: {}.", either(names))
        }
        Understood::Ignored { typed } => {
            format!("Zu „{typed}“ haben wir nichts gefunden und ohne das Wort gesucht.")
        }
    })
}

/// What the page says about a value that a filter does not have.
pub fn unknown(unknown: &UnknownValue) -> String {
    let UnknownValue { filter, value } = unknown;
    match filter {
        Filter::Radius => {
            format!("Einen Umkreis von „{value}“ gibt es nicht, möglich sind 1 bis 200 Kilometer.")
        }
        Filter::FreeUntil if SearchQuery::read_day(value).is_some() => {
            "Der letzte Tag liegt vor dem ersten. Bitte ändern Sie einen von beiden.".to_owned()
        }
        Filter::FreeFrom | Filter::FreeUntil => {
            format!("„{value}“ ist kein Tag, den wir kennen. Schreiben Sie zum Beispiel 3.8.2026.")
        }
        Filter::Reported => format!("„{value}“ Tage gibt es nicht, möglich sind 1 bis 365."),
        filter => format!("Im Filter „{}“ gibt es „{value}“ nicht.", filter_name(*filter)),
    }
}

/// "Ohne den unbekannten Filter „blau“".
pub fn without_unknown(unknown: &[UnknownValue]) -> String {
    match unknown {
        [one] => format!("Ohne den unbekannten Filter „{}“", one.value),
        _ => "Ohne die unbekannten Filter".to_owned(),
    }
}

/// A filter as the page calls it.
pub fn filter_name(filter: Filter) -> &'static str {
    match filter {
        Filter::Radius => "Umkreis",
        Filter::Municipality => "Gemeinde",
        Filter::CareType => "Angebotsart",
        Filter::Light => "Plätze",
        Filter::Specialism => "Schwerpunkt",
        Filter::Language => "Sprache",
        Filter::BarrierFree => "Barrierefrei",
        Filter::OpenNow => "Jetzt geöffnet",
        Filter::FreeFrom => "Frei ab",
        Filter::FreeUntil => "Frei bis",
        Filter::Weekday => "Wochentag",
        Filter::Reported => "Gemeldet",
    }
}

fn known(place: Option<&FoundPlace>) -> Option<&FoundPlace> {
    place.filter(|place| !place.unknown && !place.is_device)
}

fn chosen_labels(values: &[FacetValue]) -> Vec<&str> {
    values.iter().filter(|v| v.chosen).map(|v| v.label.as_str()).collect()
}

/// "a", "a oder b", "a, b oder c".
pub fn either<S: AsRef<str>>(names: &[S]) -> String {
    let Some((last, first)) = names.split_last() else { return String::new() };
    let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
    if first.is_empty() {
        last.as_ref().to_owned()
    } else {
        format!("{} oder {}", first.join(", "), last.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{routes, testing};

    fn said(address: &str, change: impl FnOnce(&mut SearchResults)) -> String {
        let mut results = testing::results();
        change(&mut results);
        sentence(&routes::parse_search(address), &results, testing::NOW.berlin_date)
    }

    #[test]
    fn the_sentence_names_what_where_and_how_many_are_free() {
        let sentence = said("art=kurzzeitpflege&ort=Tholey&umkreis=20", |results| {
            results.total = 12;
            results.total_free = 3;
            results.place = Some(testing::place("Tholey"));
        });
        assert_eq!(
            sentence,
            "12 Einrichtungen mit Kurzzeitpflege im Umkreis von 20 km um Tholey, 3 mit freien Plätzen"
        );
    }

    #[test]
    fn words_are_quoted_where_they_mean_no_care_type() {
        let sentence = said("q=Haus+Eldetal", |results| {
            results.total = 1;
            results.total_free = 0;
            results.facets.care_types.clear();
        });
        assert_eq!(sentence, "1 Einrichtung zu „Haus Eldetal“");
    }

    #[test]
    fn a_word_that_means_itself_needs_no_explanation() {
        let meant = |typed: &str, name: &str| {
            understood(&Understood::CareTypes { typed: typed.to_owned(), names: vec![name.to_owned()] })
        };
        assert_eq!(meant("kurzzeitpflege", "Kurzzeitpflege"), None);
        assert!(meant("Altersheim", "Vollstationäre Pflege").is_some());
    }

    #[test]
    fn a_typed_care_type_is_the_subject() {
        let sentence = said("q=kurzzeitpflege", |results| results.total = 2);
        assert_eq!(sentence, "2 Einrichtungen mit Kurzzeitpflege");
    }

    #[test]
    fn a_widened_search_says_that_nothing_is_there() {
        let query = routes::parse_search("art=kurzzeitpflege&ort=Dabel");
        let mut results = testing::results();
        results.place = Some(testing::place("Dabel"));
        results.widened = Some(Widened::Nearest);
        let sentence = sentence(&query, &results, testing::NOW.berlin_date);
        assert_eq!(sentence, "Keine Einrichtung mit Kurzzeitpflege in Dabel");
        assert_eq!(widened(&results).as_deref(), Some("In Dabel gibt es das nicht. Die nächsten:"));
    }

    #[test]
    fn the_sentence_names_the_times_that_were_asked_for() {
        use time::{Weekday, macros::date};
        let sentence = said("art=kurzzeitpflege", |results| {
            let (from, until) = (date!(2027 - 08 - 03), date!(2027 - 08 - 16));
            results.times.stretch = Some(crate::domain::capacity::Stretch { from, until });
            results.times.weekdays = vec![Weekday::Wednesday];
            (results.total, results.total_free) = (2, 1);
        });
        assert_eq!(
            sentence,
            "2 Einrichtungen mit Kurzzeitpflege, frei vom 3. bis 16. August 2027, frei mittwochs"
        );
    }

    #[test]
    fn days_that_make_no_sense_are_said_clearly() {
        let said =
            |address: &str| routes::parse_search(address).unknown.iter().map(unknown).collect::<Vec<_>>();
        assert_eq!(
            said("frei_ab=2026-08-17&frei_bis=2026-08-03"),
            ["Der letzte Tag liegt vor dem ersten. Bitte ändern Sie einen von beiden."]
        );
        assert_eq!(
            said("frei_ab=bald&frei_bis=9999-12-31&wochentag=feiertag&gemeldet=0"),
            [
                "„bald“ ist kein Tag, den wir kennen. Schreiben Sie zum Beispiel 3.8.2026.",
                "„9999-12-31“ ist kein Tag, den wir kennen. Schreiben Sie zum Beispiel 3.8.2026.",
                "Im Filter „Wochentag“ gibt es „feiertag“ nicht.",
                "„0“ Tage gibt es nicht, möglich sind 1 bis 365.",
            ]
        );
    }

    #[test]
    fn an_unknown_value_is_named_with_its_filter() {
        let said: Vec<String> =
            routes::parse_search("ampel=blau&umkreis=weit").unknown.iter().map(unknown).collect();
        assert_eq!(
            said,
            [
                "Im Filter „Plätze“ gibt es „blau“ nicht.",
                "Einen Umkreis von „weit“ gibt es nicht, möglich sind 1 bis 200 Kilometer.",
            ]
        );
    }

    #[test]
    fn everything_needs_no_subject() {
        let sentence = said("", |results| {
            results.total = 488;
            results.total_free = 0;
            results.facets.care_types.clear();
        });
        assert_eq!(sentence, "488 Einrichtungen");
    }
}
