//! Names of public holidays and states, as people and configurations say them.

use crate::domain::holiday::{Holiday, State};

pub fn name(holiday: Holiday) -> &'static str {
    match holiday {
        Holiday::NewYear => "Neujahr",
        Holiday::Epiphany => "Heilige Drei Könige",
        Holiday::WomensDay => "Internationaler Frauentag",
        Holiday::GoodFriday => "Karfreitag",
        Holiday::EasterSunday => "Ostersonntag",
        Holiday::EasterMonday => "Ostermontag",
        Holiday::LabourDay => "Tag der Arbeit",
        Holiday::Ascension => "Christi Himmelfahrt",
        Holiday::WhitSunday => "Pfingstsonntag",
        Holiday::WhitMonday => "Pfingstmontag",
        Holiday::CorpusChristi => "Fronleichnam",
        Holiday::PeaceFestival => "Friedensfest",
        Holiday::Assumption => "Mariä Himmelfahrt",
        Holiday::ChildrensDay => "Weltkindertag",
        Holiday::Unity => "Tag der Deutschen Einheit",
        Holiday::Reformation => "Reformationstag",
        Holiday::AllSaints => "Allerheiligen",
        Holiday::Repentance => "Buß- und Bettag",
        Holiday::Christmas => "1. Weihnachtstag",
        Holiday::SecondChristmas => "2. Weihnachtstag",
    }
}

pub fn state(state: State) -> &'static str {
    match state {
        State::SchleswigHolstein => "Schleswig-Holstein",
        State::Hamburg => "Hamburg",
        State::Niedersachsen => "Niedersachsen",
        State::Bremen => "Bremen",
        State::NordrheinWestfalen => "Nordrhein-Westfalen",
        State::Hessen => "Hessen",
        State::RheinlandPfalz => "Rheinland-Pfalz",
        State::BadenWuerttemberg => "Baden-Württemberg",
        State::Bayern => "Bayern",
        State::Saarland => "Saarland",
        State::Berlin => "Berlin",
        State::Brandenburg => "Brandenburg",
        State::MecklenburgVorpommern => "Mecklenburg-Vorpommern",
        State::Sachsen => "Sachsen",
        State::SachsenAnhalt => "Sachsen-Anhalt",
        State::Thueringen => "Thüringen",
    }
}

/// The state of a name, in any case.
pub fn find_state(text: &str) -> Option<State> {
    State::ALL.into_iter().find(|one| same(state(*one), text))
}

/// The holiday of a name, in any case.
pub fn find(text: &str) -> Option<Holiday> {
    Holiday::ALL.into_iter().find(|one| same(name(*one), text))
}

fn same(name: &str, text: &str) -> bool {
    name.to_lowercase() == text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_again() {
        assert!(State::ALL.into_iter().all(|one| find_state(state(one)) == Some(one)));
        assert!(Holiday::ALL.into_iter().all(|one| find(name(one)) == Some(one)));
        assert_eq!(find_state(" baden-WÜRTTEMBERG "), Some(State::BadenWuerttemberg));
        assert_eq!(find_state("Schweiz"), None);
    }
}
