//! Numbers with their nouns.

/// "1.234": German digit groups, from five digits on as Duden has it, from four where they stand
/// in running text.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// "Keine Einrichtung", "1 Einrichtung", "12 Einrichtungen".
pub fn facilities(n: usize) -> String {
    if n == 0 { "Keine Einrichtung".to_owned() } else { counted(n, "Einrichtung", "Einrichtungen") }
}

/// "1 Angebot", "12 Angebote".
pub fn offers(n: usize) -> String {
    counted(n, "Angebot", "Angebote")
}

/// "1 Angebot", "12 Angeboten": behind "mit".
pub fn offers_dative(n: usize) -> String {
    counted(n, "Angebot", "Angeboten")
}

/// "1 Platz", "65 Plätze".
pub fn places(n: u32) -> String {
    counted(n as usize, "Platz", "Plätze")
}

/// What the button of the filters says once the count is known.
pub fn show_facilities(n: usize) -> String {
    match n {
        0 => "Keine Einrichtung – trotzdem anzeigen".to_owned(),
        n => format!("{} anzeigen", facilities(n)),
    }
}

/// "3,2 km"; below one kilometre in steps of 100 metres, above 10 in whole kilometres.
pub fn distance(km: f64) -> String {
    if km < 0.95 {
        format!("{} m", ((km * 10.0).round().max(1.0)) * 100.0)
    } else if km < 9.95 {
        format!("{km:.1} km").replace('.', ",")
    } else {
        format!("{km:.0} km")
    }
}

/// "2.345,60 €" from cents.
pub fn euro(cents: i64) -> String {
    let whole = number(usize::try_from(cents / 100).unwrap_or(0));
    format!("{whole},{:02} €", (cents % 100).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_everything_else_plural() {
        assert_eq!(facilities(0), "Keine Einrichtung");
        assert_eq!(facilities(1), "1 Einrichtung");
        assert_eq!(facilities(12), "12 Einrichtungen");
        assert_eq!(places(1), "1 Platz");
        assert_eq!(places(65), "65 Plätze");
    }

    #[test]
    fn thousands_are_grouped() {
        for (n, text) in
            [(0, "0"), (999, "999"), (1000, "1.000"), (63874, "63.874"), (1_000_000, "1.000.000")]
        {
            assert_eq!(number(n), text);
        }
        assert_eq!(euro(234_560), "2.345,60 €");
    }

    #[test]
    fn distances_are_as_exact_as_people_say_them() {
        for (km, text) in
            [(0.02, "100 m"), (0.42, "400 m"), (0.97, "1,0 km"), (3.24, "3,2 km"), (23.7, "24 km")]
        {
            assert_eq!(distance(km), text);
        }
    }
}
