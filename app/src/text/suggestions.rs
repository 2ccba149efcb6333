//! What is said of suggestions.

/// The end of the `id` of a list of suggestions.
pub const LIST: &str = "vorschlaege";

/// How many there are, and how to get at them.
pub fn count(count: usize) -> String {
    match count {
        0 => "Keine Vorschläge".to_owned(),
        1 => "1 Vorschlag, Auswahl mit den Pfeiltasten".to_owned(),
        n => format!("{n} Vorschläge, Auswahl mit den Pfeiltasten"),
    }
}

/// A suggestion was put into its field.
pub fn taken(name: &str) -> String {
    format!("„{name}“ übernommen")
}
