//! What is said of the short list.

use super::counts;
use crate::domain::shortlist::Shortlist;

/// "2 Einrichtungen auf der Merkliste".
pub fn title(count: usize) -> String {
    format!("{} auf der Merkliste", counts::facilities(count))
}

/// How many there are, beside the word "Merkliste": " mit 2 Einrichtungen".
pub fn count(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " mit 1 Einrichtung".to_owned(),
        n => format!(" mit {n} Einrichtungen"),
    }
}

/// A facility was put on the list.
pub fn kept(name: &str, now: usize) -> String {
    format!("„{name}“ steht auf Ihrer Merkliste. Dort: {}.", counts::facilities(now))
}

/// A facility was taken off the list.
pub fn taken_off(name: &str, now: usize) -> String {
    format!("„{name}“ ist von Ihrer Merkliste genommen. Dort: {}.", counts::facilities(now))
}

/// No more room.
pub fn full() -> String {
    format!("Die Merkliste ist voll (höchstens {})", Shortlist::MOST)
}

/// Entries of a link that make no sense.
pub fn left_out(count: usize) -> String {
    match count {
        1 => "Eine Angabe im Link haben wir weggelassen: Sie war doppelt, nicht lesbar oder eine zu viel (höchstens 20).".to_owned(),
        n => format!("{n} Angaben im Link haben wir weggelassen: Sie waren doppelt, nicht lesbar oder zu viele (höchstens 20)."),
    }
}

/// Entries that lead nowhere any more.
pub fn gone(count: usize) -> String {
    match count {
        1 => "Eine Einrichtung dieser Liste gibt es in unserem Verzeichnis nicht mehr. Vielleicht hat sie geschlossen.".to_owned(),
        n => format!("{n} Einrichtungen dieser Liste gibt es in unserem Verzeichnis nicht mehr. Vielleicht haben sie geschlossen."),
    }
}
