//! What an import does, in words.

use crate::domain::import::ImportNumbers;

/// How rows end, with the number of each, those that matter most first.
pub fn numbers(numbers: ImportNumbers) -> [(&'static str, usize); 7] {
    [
        ("neu", numbers.created),
        ("geändert", numbers.updated),
        ("unverändert", numbers.unchanged),
        ("als Vorschlag: Der Eintrag wird von Hand gepflegt, Sie entscheiden danach", numbers.proposed),
        ("ohne Namen: als Entwurf, den niemand sieht", numbers.drafts),
        ("übergangen: Der Eintrag ist archiviert oder auf Wunsch nicht gelistet", numbers.held_back),
        ("abgelehnt", numbers.rejected),
    ]
}

/// The same as one line; numbers that are nothing are left out.
pub fn short(numbers: ImportNumbers) -> String {
    let parts = [
        ("neu", numbers.created),
        ("geändert", numbers.updated),
        ("unverändert", numbers.unchanged),
        ("vorgeschlagen", numbers.proposed),
        ("als Entwurf", numbers.drafts),
        ("übergangen", numbers.held_back),
        ("abgelehnt", numbers.rejected),
    ];
    let said: Vec<_> = parts
        .iter()
        .filter(|(_, number)| *number > 0)
        .map(|(word, number)| format!("{number} {word}"))
        .collect();
    if said.is_empty() { "nichts geändert".to_owned() } else { said.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nothing_is_not_said() {
        let some = ImportNumbers { created: 3, rejected: 1, ..ImportNumbers::default() };
        assert_eq!(short(some), "3 neu, 1 abgelehnt");
        assert_eq!(short(ImportNumbers::default()), "nichts geändert");
    }
}
