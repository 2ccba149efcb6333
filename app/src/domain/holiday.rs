//! Public holidays (gesetzliche Feiertage) of the German states.

use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month, Weekday};

/// A state (Bundesland). The number is the one that official municipality keys begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    SchleswigHolstein = 1,
    Hamburg,
    Niedersachsen,
    Bremen,
    NordrheinWestfalen,
    Hessen,
    RheinlandPfalz,
    BadenWuerttemberg,
    Bayern,
    Saarland,
    Berlin,
    Brandenburg,
    MecklenburgVorpommern,
    Sachsen,
    SachsenAnhalt,
    Thueringen,
}

use State::{
    BadenWuerttemberg, Bayern, Berlin, Brandenburg, Bremen, Hamburg, Hessen, MecklenburgVorpommern,
    Niedersachsen, NordrheinWestfalen, RheinlandPfalz, Saarland, Sachsen, SachsenAnhalt, SchleswigHolstein,
    Thueringen,
};

impl State {
    pub const ALL: [Self; 16] = [
        SchleswigHolstein,
        Hamburg,
        Niedersachsen,
        Bremen,
        NordrheinWestfalen,
        Hessen,
        RheinlandPfalz,
        BadenWuerttemberg,
        Bayern,
        Saarland,
        Berlin,
        Brandenburg,
        MecklenburgVorpommern,
        Sachsen,
        SachsenAnhalt,
        Thueringen,
    ];

    /// The state of a municipality, by the first two digits of its official key (AGS).
    pub fn of_key(key: &str) -> Option<Self> {
        let number: u8 = key.get(..2)?.parse().ok()?;
        Self::ALL.into_iter().find(|state| *state as u8 == number)
    }
}

/// A public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    NewYear,
    Epiphany,
    WomensDay,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    LabourDay,
    Ascension,
    WhitSunday,
    WhitMonday,
    CorpusChristi,
    PeaceFestival,
    Assumption,
    ChildrensDay,
    Unity,
    Reformation,
    AllSaints,
    Repentance,
    Christmas,
    SecondChristmas,
}

use Holiday::{
    AllSaints, Ascension, Assumption, ChildrensDay, Christmas, CorpusChristi, EasterMonday, EasterSunday,
    Epiphany, GoodFriday, LabourDay, NewYear, PeaceFestival, Reformation, Repentance, SecondChristmas, Unity,
    WhitMonday, WhitSunday, WomensDay,
};

impl Holiday {
    pub const ALL: [Self; 20] = [
        NewYear,
        Epiphany,
        WomensDay,
        GoodFriday,
        EasterSunday,
        EasterMonday,
        LabourDay,
        Ascension,
        WhitSunday,
        WhitMonday,
        CorpusChristi,
        PeaceFestival,
        Assumption,
        ChildrensDay,
        Unity,
        Reformation,
        AllSaints,
        Repentance,
        Christmas,
        SecondChristmas,
    ];

    /// The day it falls on in a year; `None` outside the calendar.
    pub fn date(self, year: i32) -> Option<Date> {
        let fixed = |month, day| Date::from_calendar_date(year, month, day).ok();
        let from_easter = |days| easter(year)?.checked_add(Duration::days(days));
        match self {
            NewYear => fixed(Month::January, 1),
            Epiphany => fixed(Month::January, 6),
            WomensDay => fixed(Month::March, 8),
            GoodFriday => from_easter(-2),
            EasterSunday => from_easter(0),
            EasterMonday => from_easter(1),
            LabourDay => fixed(Month::May, 1),
            Ascension => from_easter(39),
            WhitSunday => from_easter(49),
            WhitMonday => from_easter(50),
            CorpusChristi => from_easter(60),
            PeaceFestival => fixed(Month::August, 8),
            Assumption => fixed(Month::August, 15),
            ChildrensDay => fixed(Month::September, 20),
            Unity => fixed(Month::October, 3),
            Reformation => fixed(Month::October, 31),
            AllSaints => fixed(Month::November, 1),
            // The Wednesday before the last Sunday of the church's year: eleven days before Advent.
            Repentance => (16..=22)
                .filter_map(|day| fixed(Month::November, day))
                .find(|day| day.weekday() == Weekday::Wednesday),
            Christmas => fixed(Month::December, 25),
            SecondChristmas => fixed(Month::December, 26),
        }
    }

    /// Whether it is one in the whole of a state. What only some municipalities have (Fronleichnam in
    /// parts of Sachsen and Thüringen, Mariä Himmelfahrt in most of Bayern, the peace festival in
    /// Augsburg) a county adds itself.
    ///
    /// Source: the states' holiday laws, as of 2026.
    pub fn is_in(self, state: State) -> bool {
        match self {
            NewYear | GoodFriday | EasterMonday | LabourDay | Ascension | WhitMonday | Unity | Christmas
            | SecondChristmas => true,
            Epiphany => matches!(state, BadenWuerttemberg | Bayern | SachsenAnhalt),
            WomensDay => matches!(state, Berlin | MecklenburgVorpommern),
            EasterSunday | WhitSunday => state == Brandenburg,
            CorpusChristi => matches!(
                state,
                BadenWuerttemberg | Bayern | Hessen | NordrheinWestfalen | RheinlandPfalz | Saarland
            ),
            PeaceFestival => false,
            Assumption => state == Saarland,
            ChildrensDay => state == Thueringen,
            Reformation => matches!(
                state,
                Brandenburg
                    | Bremen
                    | Hamburg
                    | MecklenburgVorpommern
                    | Niedersachsen
                    | Sachsen
                    | SachsenAnhalt
                    | SchleswigHolstein
                    | Thueringen
            ),
            AllSaints => {
                matches!(state, BadenWuerttemberg | Bayern | NordrheinWestfalen | RheinlandPfalz | Saarland)
            }
            Repentance => state == Sachsen,
        }
    }

    /// Whether it is one everywhere in Germany.
    fn is_everywhere(self) -> bool {
        State::ALL.into_iter().all(|state| self.is_in(state))
    }
}

/// The holidays of a county.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holidays {
    /// `None`: only what is one everywhere.
    pub state: Option<State>,
    /// What the county has besides those of its state.
    pub also: Vec<Holiday>,
}

impl Holidays {
    /// The holiday on a day; where two fall on one day, the first in the order of [`Holiday::ALL`].
    pub fn on(&self, day: Date) -> Option<Holiday> {
        Holiday::ALL.into_iter().find(|holiday| {
            let here = self.state.map_or_else(|| holiday.is_everywhere(), |state| holiday.is_in(state));
            (here || self.also.contains(holiday)) && holiday.date(day.year()) == Some(day)
        })
    }

    /// The holidays of so many days beginning with one, in order.
    pub fn next(&self, from: Date, days: u8) -> Vec<(Date, Holiday)> {
        (0..i64::from(days))
            .filter_map(|ahead| from.checked_add(Duration::days(ahead)))
            .filter_map(|day| Some((day, self.on(day)?)))
            .collect()
    }
}

/// Easter Sunday in the Gregorian calendar ("Anonymous Gregorian algorithm", Meeus, Astronomical
/// Algorithms, chapter 8).
fn easter(year: i32) -> Option<Date> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let (leap_centuries, century_rest) = (century / 4, century % 4);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - correction + 15) % 30;
    let (leaps, rest) = (of_century / 4, of_century % 4);
    let to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7;
    let shift = (golden + 11 * epact + 22 * to_sunday) / 451;
    let day = epact + to_sunday - 7 * shift + 114;
    let month = Month::try_from(u8::try_from(day / 31).ok()?).ok()?;
    Date::from_calendar_date(year, month, u8::try_from(day % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn of(state: State) -> Holidays {
        Holidays { state: Some(state), also: Vec::new() }
    }

    #[test]
    fn easter_is_where_the_church_says() {
        for day in [
            date!(2019 - 04 - 21),
            date!(2024 - 03 - 31),
            date!(2025 - 04 - 20),
            date!(2026 - 04 - 05),
            date!(2027 - 03 - 28),
            // The latest and the earliest of the century.
            date!(2038 - 04 - 25),
            date!(2008 - 03 - 23),
            // Years of the two exceptions of the older rule by Gauss.
            date!(1981 - 04 - 19),
            date!(1954 - 04 - 18),
        ] {
            assert_eq!(easter(day.year()), Some(day));
        }
        assert!((1583..=4000).all(|year| easter(year).is_some_and(|day| day.weekday() == Weekday::Sunday)));
    }

    #[test]
    fn the_saarland_has_twelve_holidays() {
        let year = of(Saarland).next(date!(2026 - 01 - 01), 255).into_iter();
        let year: Vec<Date> =
            year.chain(of(Saarland).next(date!(2026 - 09 - 13), 110)).map(|(day, _)| day).collect();
        assert_eq!(
            year,
            [
                date!(2026 - 01 - 01),
                date!(2026 - 04 - 03),
                date!(2026 - 04 - 06),
                date!(2026 - 05 - 01),
                date!(2026 - 05 - 14),
                date!(2026 - 05 - 25),
                date!(2026 - 06 - 04),
                date!(2026 - 08 - 15),
                date!(2026 - 10 - 03),
                date!(2026 - 11 - 01),
                date!(2026 - 12 - 25),
                date!(2026 - 12 - 26),
            ]
        );
    }

    #[test]
    fn every_state_has_as_many_holidays_as_its_law_says() {
        let numbers = [10, 10, 10, 10, 11, 10, 11, 12, 12, 12, 10, 12, 11, 11, 11, 11];
        for (state, number) in State::ALL.into_iter().zip(numbers) {
            let count = Holiday::ALL.into_iter().filter(|holiday| holiday.is_in(state)).count();
            assert_eq!(count, number, "{state:?}");
        }
    }

    #[test]
    fn what_is_a_holiday_here_is_none_there() {
        assert_eq!(of(MecklenburgVorpommern).on(date!(2026 - 03 - 08)), Some(WomensDay));
        assert_eq!(of(Saarland).on(date!(2026 - 03 - 08)), None);
        assert_eq!(of(MecklenburgVorpommern).on(date!(2026 - 10 - 31)), Some(Reformation));
        assert_eq!(of(MecklenburgVorpommern).on(date!(2026 - 06 - 04)), None);
        assert_eq!(of(Sachsen).on(date!(2026 - 11 - 18)), Some(Repentance));
        assert_eq!(Holidays::default().on(date!(2026 - 11 - 18)), None);
        assert_eq!(Holidays::default().on(date!(2026 - 05 - 14)), Some(Ascension));
    }

    #[test]
    fn a_county_may_have_more_than_its_state() {
        let mut county = of(Bayern);
        assert_eq!(county.on(date!(2026 - 08 - 15)), None);
        county.also.push(Assumption);
        assert_eq!(county.on(date!(2026 - 08 - 15)), Some(Assumption));
    }

    #[test]
    fn a_municipality_says_its_state() {
        assert_eq!(State::of_key("10046111"), Some(Saarland));
        assert_eq!(State::of_key("13076108"), Some(MecklenburgVorpommern));
        assert_eq!((State::of_key("00046111"), State::of_key("1"), State::of_key("")), (None, None, None));
    }
}
