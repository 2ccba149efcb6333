//! Days and weekdays on which places are free, in the words people use.

use time::{Date, Weekday};

use super::{counts, dates};
use crate::domain::capacity::{FreePeriod, FreeTimes, Stretch, WEEK};

/// Periods that a card names.
const MOST_ON_A_CARD: usize = 2;

/// "3.–17. August", "28. Juli – 3. August", "3. August".
pub fn span(stretch: Stretch, today: Date) -> String {
    let Stretch { from, until } = stretch;
    if from == until {
        dates::date(from, today)
    } else if (from.year(), from.month()) == (until.year(), until.month()) {
        format!("{}.–{}", from.day(), dates::date(until, today))
    } else {
        format!("{} – {}", dates::date(from, today), dates::date(until, today))
    }
}

/// "vom 3. bis 17. August", "am 3. August": what was asked for.
pub fn over(stretch: Stretch, today: Date) -> String {
    let Stretch { from, until } = stretch;
    if from == until {
        format!("am {}", dates::date(from, today))
    } else if (from.year(), from.month()) == (until.year(), until.month()) {
        format!("vom {}. bis {}", from.day(), dates::date(until, today))
    } else {
        format!("vom {} bis {}", dates::date(from, today), dates::date(until, today))
    }
}

/// "3.–17. August: 2 Plätze"; what has begun is free "bis 17. August".
pub fn period(period: &FreePeriod, today: Date) -> String {
    let when = if period.from <= today && period.until > today {
        format!("bis {}", dates::date(period.until, today))
    } else {
        span(Stretch { from: period.from, until: period.until }, today)
    };
    format!("{when}: {}", counts::places(u32::from(period.places)))
}

/// The same in full, for a list: "Montag, 3. August, bis Sonntag, 16. August: 2 Plätze".
pub fn period_in_full(period: &FreePeriod, today: Date) -> String {
    let day = |day: Date| dates::weekday_and_date(day, today);
    let places = counts::places(u32::from(period.places));
    if period.from == period.until {
        return format!("{}: {places}", day(period.from));
    }
    format!("{}, bis {}: {places}", day(period.from), day(period.until))
}

/// "mittwochs und freitags", "montags bis freitags", "täglich".
pub fn weekdays(days: &[Weekday]) -> String {
    let name = |day: &Weekday| format!("{}s", dates::weekday(day.number_from_monday()).to_lowercase());
    if days.len() == WEEK.len() {
        return "täglich".to_owned();
    }
    let in_a_row = days.windows(2).all(|pair| pair[0].next() == pair[1]);
    match days {
        [first, .., last] if in_a_row && days.len() > 2 => format!("{} bis {}", name(first), name(last)),
        [first @ .., last] if !first.is_empty() => {
            format!("{} und {}", first.iter().map(name).collect::<Vec<_>>().join(", "), name(last))
        }
        [only] => name(only),
        _ => String::new(),
    }
}

/// "Meldung der letzten 7 Tage".
pub fn reported_within(days: u16) -> String {
    if days == 1 { "Meldung seit gestern".to_owned() } else { format!("Meldung der letzten {days} Tage") }
}

/// "Meldungen der letzten 7 Tage".
pub fn reports_within(days: u16) -> String {
    if days == 1 { "Meldungen seit gestern".to_owned() } else { format!("Meldungen der letzten {days} Tage") }
}

/// What a card says about times; `None` where nothing is free at any.
pub fn short(times: &FreeTimes, today: Date) -> Option<String> {
    let mut said: Vec<String> =
        times.periods.iter().take(MOST_ON_A_CARD).map(|one| period(one, today)).collect();
    match times.periods.len().saturating_sub(MOST_ON_A_CARD) {
        0 => {}
        1 => said.push("1 weiterer Zeitraum".to_owned()),
        more => said.push(format!("{more} weitere Zeiträume")),
    }
    let days: Vec<Weekday> = times.free_weekdays().collect();
    if !days.is_empty() {
        said.push(format!("{} frei", weekdays(&days)));
    }
    (!said.is_empty()).then(|| said.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 07 - 01);

    #[test]
    fn a_card_says_when_places_are_free() {
        let one = |from, until, places| FreePeriod { from, until, places };
        let mut times = FreeTimes {
            periods: vec![
                one(TODAY, date!(2026 - 07 - 12), 1),
                one(date!(2026 - 08 - 03), date!(2026 - 08 - 17), 2),
                one(date!(2026 - 12 - 28), date!(2027 - 01 - 04), 1),
            ],
            ..FreeTimes::default()
        };
        assert_eq!(
            short(&times, TODAY).as_deref(),
            Some("bis 12. Juli: 1 Platz · 3.–17. August: 2 Plätze · 1 weiterer Zeitraum")
        );
        assert_eq!(period(&times.periods[2], TODAY), "28. Dezember – 4. Januar 2027: 1 Platz");
        assert_eq!(
            period_in_full(&times.periods[1], TODAY),
            "Montag, 3. August, bis Montag, 17. August: 2 Plätze"
        );
        times.periods.clear();
        assert_eq!(short(&times, TODAY), None);
        times.weekdays = [Some(0), None, Some(1), None, Some(3), None, None];
        assert_eq!(short(&times, TODAY).as_deref(), Some("mittwochs und freitags frei"));
    }

    #[test]
    fn weekdays_in_a_row_are_said_as_such() {
        for (count, said) in [
            (0, ""),
            (1, "montags"),
            (2, "montags und dienstags"),
            (5, "montags bis freitags"),
            (7, "täglich"),
        ] {
            assert_eq!(weekdays(&WEEK[..count]), said);
        }
        assert_eq!(weekdays(&[WEEK[0], WEEK[2], WEEK[4]]), "montags, mittwochs und freitags");
    }

    #[test]
    fn what_was_asked_for_is_said_in_one_phrase() {
        let asked = |from, until| over(Stretch { from, until }, TODAY);
        assert_eq!(asked(date!(2026 - 08 - 03), date!(2026 - 08 - 16)), "vom 3. bis 16. August");
        assert_eq!(asked(date!(2026 - 08 - 03), date!(2026 - 08 - 03)), "am 3. August");
        assert_eq!(asked(date!(2026 - 07 - 28), date!(2026 - 08 - 03)), "vom 28. Juli bis 3. August");
    }
}
