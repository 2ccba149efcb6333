//! Names of care types inside a sentence.

use std::borrow::Cow;

/// A name behind "mit": adjectives in front of the noun take the strong dative ("Ambulanter
/// Pflegedienst" becomes "Ambulantem Pflegedienst"). Names of other shapes stay as they are.
pub fn dative(name: &str) -> Cow<'_, str> {
    let words: Vec<&str> = name.split(' ').collect();
    let noun = words.iter().skip(1).position(|word| word.starts_with(char::is_uppercase)).map(|at| at + 1);
    let Some(noun) = noun else { return Cow::Borrowed(name) };
    let (front, rest) = words.split_at(noun);
    let describes = front.last().is_some_and(|word| inflected(word).is_some());
    // "Fachstelle für pflegende Angehörige": the noun comes first.
    let noun_first = front.iter().any(|word| matches!(*word, "für" | "zur" | "zum" | "im" | "in" | "und"));
    if !describes || noun_first {
        return Cow::Borrowed(name);
    }
    let front = front.iter().map(|word| inflected(word).map_or(Cow::Borrowed(*word), Cow::Owned));
    let all: Vec<Cow<'_, str>> = front.chain(rest.iter().map(|word| Cow::Borrowed(*word))).collect();
    Cow::Owned(all.join(" "))
}

/// The strong dative of an adjective in the nominative singular; `None` without its ending.
fn inflected(word: &str) -> Option<String> {
    let masculine_or_neuter = word.strip_suffix("er").or_else(|| word.strip_suffix("es"));
    let feminine = || word.strip_suffix('e').map(|stem| format!("{stem}er"));
    masculine_or_neuter.map(|stem| format!("{stem}em")).or_else(feminine)
}

#[cfg(test)]
mod tests {
    use super::dative;

    #[test]
    fn adjectives_in_front_of_the_noun_are_inflected() {
        for (name, said) in [
            ("Ambulanter Pflegedienst", "Ambulantem Pflegedienst"),
            ("Vollstationäre Pflege (Pflegeheim)", "Vollstationärer Pflege (Pflegeheim)"),
            (
                "Spezialisierte ambulante Palliativversorgung",
                "Spezialisierter ambulanter Palliativversorgung",
            ),
            ("Betreutes Wohnen / Servicewohnen", "Betreutem Wohnen / Servicewohnen"),
            ("Ambulant betreute Wohngemeinschaft", "Ambulant betreuter Wohngemeinschaft"),
        ] {
            assert_eq!(dative(name), said);
        }
    }

    #[test]
    fn other_names_stay_as_they_are() {
        for name in [
            "Kurzzeitpflege",
            "Angebote zur Unterstützung im Alltag",
            "Fachstelle für pflegende Angehörige",
            "Hausnotruf",
            "",
        ] {
            assert_eq!(dative(name), name);
        }
    }
}
