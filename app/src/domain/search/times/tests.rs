use proptest::prelude::*;
use time::macros::date;

use super::*;

/// A Wednesday.
const TODAY: Date = date!(2026 - 07 - 01);

/// What is read, and the text without it.
fn stretch_on(text: &str, today: Date) -> Option<(Date, Date, String)> {
    let read = read(text, today).stretch?;
    Some((read.value.from, read.value.until, without(text, &read.spans)))
}

#[test]
fn days_are_read_as_people_write_them() {
    let (third, sixteenth, seventeenth) =
        (date!(2026 - 08 - 03), date!(2026 - 08 - 16), date!(2026 - 08 - 17));
    for (text, from, until) in [
        ("14 Tage ab 3. August", third, sixteenth),
        ("14 Tage ab dem 3. August", third, sixteenth),
        ("ab 3.8. für zwei Wochen", third, sixteenth),
        ("zwei Wochen ab 03.08.2026", third, sixteenth),
        ("Ab Montag, 3. August, 14 Tage", third, sixteenth),
        ("vom 3. bis 17. August", third, seventeenth),
        ("vom 3. August bis zum 17. August 2026", third, seventeenth),
        ("3.–17. August", third, seventeenth),
        ("3.8.-17.8.", third, seventeenth),
        ("3.8. bis 17.8.26", third, seventeenth),
        ("14 Tage vom 3. bis 16. August", third, sixteenth),
        ("2026-08-03 bis 2026-08-17", third, seventeenth),
        ("ab 3. August bis 17. August", third, seventeenth),
        ("ab 3. August", third, third),
        ("am 3. AUGUST", third, third),
        ("3. Aug. 2026", third, third),
        ("3.8.", third, third),
        ("ab 3 August", third, third),
        ("ab 3.8", third, third),
        ("bis 17. August", TODAY, seventeenth),
        ("bis zum 17.8.", TODAY, seventeenth),
        ("ab morgen für eine Woche", date!(2026 - 07 - 02), date!(2026 - 07 - 08)),
        ("ab heute", TODAY, TODAY),
        ("ab Montag", date!(2026 - 07 - 06), date!(2026 - 07 - 06)),
        ("ab kommenden Mittwoch", TODAY, TODAY),
        ("vom 28. Juli bis 3. August", date!(2026 - 07 - 28), third),
        ("vom 28. bis 3. August", date!(2026 - 07 - 28), third),
        ("am 1. März", date!(2027 - 03 - 01), date!(2027 - 03 - 01)),
        ("am 1. Maerz", date!(2027 - 03 - 01), date!(2027 - 03 - 01)),
        ("ab 29. Februar", date!(2028 - 02 - 29), date!(2028 - 02 - 29)),
        ("ab 1. Juli", TODAY, TODAY),
        ("ab 30. Juni", date!(2027 - 06 - 30), date!(2027 - 06 - 30)),
        // The year that is said counts, even where it is over.
        ("vom 3. bis 17. August 2020", date!(2020 - 08 - 03), date!(2020 - 08 - 17)),
    ] {
        assert_eq!(stretch_on(text, TODAY), Some((from, until, String::new())), "{text}");
        let around = format!("Kurzzeitpflege {text} in Parchim");
        let rest = "Kurzzeitpflege in Parchim".to_owned();
        assert_eq!(stretch_on(&around, TODAY), Some((from, until, rest)), "{around}");
    }
    let split = stretch_on("14 Tage Kurzzeitpflege ab 3. August", TODAY);
    assert_eq!(split, Some((third, sixteenth, "Kurzzeitpflege".to_owned())));
}

#[test]
fn at_the_end_of_a_year_the_next_one_is_meant() {
    let (new_year, christmas) = (date!(2027 - 01 - 04), date!(2026 - 12 - 28));
    for (today, text, from, until) in [
        (date!(2026 - 12 - 20), "28. Dezember bis 4. Januar", christmas, new_year),
        (date!(2026 - 12 - 31), "ab 1. Januar", date!(2027 - 01 - 01), date!(2027 - 01 - 01)),
        (date!(2026 - 12 - 31), "14 Tage ab 31.12.", date!(2026 - 12 - 31), date!(2027 - 01 - 13)),
        (date!(2026 - 12 - 31), "ab morgen", date!(2027 - 01 - 01), date!(2027 - 01 - 01)),
        // It has begun already: the one that goes on is meant.
        (date!(2026 - 12 - 30), "28.12. bis 4.1.", christmas, new_year),
        (date!(2026 - 08 - 10), "vom 3. bis 17. August", date!(2026 - 08 - 03), date!(2026 - 08 - 17)),
        (date!(2026 - 08 - 10), "ab 3. August", date!(2027 - 08 - 03), date!(2027 - 08 - 03)),
        (date!(2026 - 08 - 18), "vom 3. bis 17. August", date!(2027 - 08 - 03), date!(2027 - 08 - 17)),
    ] {
        assert_eq!(stretch_on(text, today), Some((from, until, String::new())), "{text} on {today}");
    }
}

#[test]
fn what_is_not_certain_stays_a_word() {
    for text in [
        "",
        "14 Tage",
        "Straße des 17. Juni",
        "Haus 3 August Bebel",
        "im August",
        "ab August",
        "ab 31. Februar",
        "ab 3. Monat",
        "3.8",
        "19370",
        "0387 / 1 23 45",
        "1. Etage",
        "ab 60",
        "morgen",
        "morgen bis 12 Uhr",
        "Guten Morgen Parchim",
        "ab 99.99.9999",
        "bis 3. ",
        "ab",
        "für",
        "Tagespflege am Montag",
    ] {
        assert_eq!(read(text, TODAY).stretch, None, "{text}");
    }
}

#[test]
fn weekdays_are_read_as_people_write_them() {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let week = vec![Monday, Tuesday, Wednesday, Thursday, Friday];
    for (text, days) in [
        ("mittwochs", vec![Wednesday]),
        ("am Mittwoch", vec![Wednesday]),
        ("Mittwoch", vec![Wednesday]),
        ("jeden Mittwoch", vec![Wednesday]),
        ("freitags und mittwochs", vec![Wednesday, Friday]),
        ("montags, mittwochs und freitags", vec![Monday, Wednesday, Friday]),
        ("montags bis freitags", week.clone()),
        ("Montag-Freitag", week),
        ("samstags bis montags", vec![Monday, Saturday, Sunday]),
        ("sonnabends", vec![Saturday]),
        ("nur am Sonntag", vec![Sunday]),
        ("mittwochs oder am Mittwoch", vec![Wednesday]),
    ] {
        let text = format!("Tagespflege {text} in Parchim");
        let found = read(&text, TODAY).weekdays.expect("weekdays");
        assert_eq!(
            (found.value, without(&text, &found.spans).as_str()),
            (days, "Tagespflege in Parchim"),
            "{text}"
        );
    }
    for text in ["Tagespflege Freitag", "Haus Sonntag", "Mittwochstreff", "ab Mittwoch", "mi", "Tagespflege"]
    {
        assert_eq!(read(text, TODAY).weekdays, None, "{text}");
    }
}

#[test]
fn weekdays_and_days_stand_side_by_side() {
    let text = "Tagespflege mittwochs ab 3. August";
    let found = read(text, TODAY);
    assert!(found.stretch.is_some() && found.weekdays.is_some());
    assert_eq!(without(text, &found.spans()), "Tagespflege");
    assert_eq!(blank(text, &found.spans()).len(), text.len());
}

#[test]
fn every_weekday_has_a_value_and_a_short_one() {
    for weekday in WEEK {
        let slug = weekday_slug(weekday);
        assert_eq!((parse_weekday(slug), parse_weekday(&slug[..2])), (Some(weekday), Some(weekday)));
    }
    for text in ["", "m", "Mo", "mon", "montags", "ä", "äö", "0"] {
        assert_eq!(parse_weekday(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(
        text in prop_oneof![
            ".{0,80}",
            "((ab|vom|bis|am|zum|dem|des|für|und|,|-|–|ẞ|İ|3\\.|31\\.|8\\.|2026|99999|August|Feb\\.|Tage|14|zwei|Wochen|montags|Freitag|heute|ä) ?){0,14}",
        ],
        days in 0..4000i64,
    ) {
        let today = TODAY + Duration::days(days);
        let found = read(&text, today);
        for span in found.spans() {
            prop_assert!(span.start < span.end && text.get(span).is_some());
        }
        prop_assert_eq!(blank(&text, &found.spans()).len(), text.len());
        if let Some(read) = found.stretch {
            prop_assert!(read.value.from <= read.value.until);
        }
        if let Some(read) = found.weekdays {
            prop_assert!(!read.value.is_empty() && read.value.is_sorted_by_key(|d| d.number_days_from_monday()));
        }
    }
}
