//! What is wrong with a capacity report, in words.

use crate::domain::capacity::{
    Fault, Field, FreeTimes, LONGEST_NOTE, LONGEST_REMARK, MOST_PLACES, MOST_WEEKS,
};

/// What a field is called.
pub fn field(field: Field) -> String {
    let name = match field {
        Field::Total => "gesamt",
        Field::FreeNow => "frei",
        Field::FreeFrom => "frei ab",
        Field::Intake => "Aufnahme",
        Field::WaitingWeeks => "Wartezeit",
        Field::IntakeStopUntil => "Aufnahmestopp bis",
        Field::Rooms => "Zimmer",
        Field::ForWhom => "für wen",
        Field::Remark => "Bemerkung",
        Field::Period(number) => return format!("Zeitraum {}", number + 1),
        Field::Weekdays => "Wochentage",
    };
    name.to_owned()
}

/// What to do, one sentence.
pub fn fault(fault: Fault) -> String {
    let name = || field(fault.field());
    match fault {
        Fault::Nothing => {
            "Es fehlt, was frei ist: freie Plätze, ein Datum, die Warteliste, die Aufnahme oder ein Aufnahmestopp.".to_owned()
        }
        Fault::TooMany(Field::WaitingWeeks) => format!("Die Wartezeit ist höchstens {MOST_WEEKS} Wochen."),
        Fault::TooMany(Field::Period(_)) => format!("Es sind höchstens {} Zeiträume möglich.", FreeTimes::MOST),
        Fault::TooMany(_) => format!("„{}“ ist höchstens {MOST_PLACES}.", name()),
        Fault::FreeOverTotal { total, .. } => {
            format!("„{}“: Es können nicht mehr Plätze frei sein, als es gibt ({total}).", name())
        }
        Fault::Past(_) => format!("„{}“: Das Datum ist vorbei.", name()),
        Fault::TooFar(_) => format!("„{}“: Das Datum liegt mehr als zwei Jahre in der Zukunft.", name()),
        Fault::Reversed(_) => format!("„{}“: Das Ende liegt vor dem Anfang.", name()),
        Fault::TooLong(Field::Remark) => format!("Die Bemerkung hat höchstens {LONGEST_REMARK} Zeichen."),
        Fault::TooLong(_) => format!("„{}“ hat höchstens {LONGEST_NOTE} Zeichen.", name()),
        Fault::UntilWithoutStop => "„Aufnahmestopp bis“ gilt nur mit einem Aufnahmestopp.".to_owned(),
        Fault::AcceptsWhileStopped => "Wer einen Aufnahmestopp hat, nimmt nicht auf.".to_owned(),
        Fault::WeeksWithoutList => "Eine Wartezeit gibt es nur mit einer offenen Warteliste.".to_owned(),
        Fault::NotOfThisType(_) => format!("„{}“ gibt es bei dieser Art von Angebot nicht.", name()),
    }
}

/// A stable word for programs.
pub fn code(fault: Fault) -> &'static str {
    match fault {
        Fault::Nothing => "nothing_said",
        Fault::TooMany(_) => "too_many",
        Fault::FreeOverTotal { .. } => "free_over_total",
        Fault::Past(_) => "date_in_the_past",
        Fault::TooFar(_) => "date_too_far",
        Fault::Reversed(_) => "end_before_beginning",
        Fault::TooLong(_) => "too_long",
        Fault::UntilWithoutStop => "until_without_stop",
        Fault::AcceptsWhileStopped => "accepts_while_stopped",
        Fault::WeeksWithoutList => "weeks_without_list",
        Fault::NotOfThisType(_) => "not_of_this_type",
    }
}
