//! Words about care types, specialisms and what the search understands.

use super::groups;
use crate::domain::{
    care_type::{CareType, LightKind, Taxonomy},
    specialism::Specialism,
    vocabulary::{LexiconLine, Targets},
};

/// What kind of light the offers of a type have.
pub fn light(kind: LightKind) -> &'static str {
    match kind {
        LightKind::Places => "zählt freie Plätze",
        LightKind::Intake => "sagt, ob aufgenommen wird",
        LightKind::None => "keine Ampel",
    }
}

fn yes(is_so: bool) -> &'static str {
    if is_so { "ja" } else { "nein" }
}

/// A care type field by field.
fn fields(own: &CareType, taxonomy: &Taxonomy) -> [(&'static str, String); 7] {
    let related: Vec<&str> = own.related.iter().map(|slug| taxonomy.name_of(slug)).collect();
    [
        ("Name", own.name.clone()),
        ("Gruppe", groups::group(own.group).to_owned()),
        ("Ampel", light(own.light).to_owned()),
        ("gültig", own.valid_days.map_or_else(|| "–".to_owned(), |days| format!("{days} Tage"))),
        ("verwandt", if related.is_empty() { "–".to_owned() } else { related.join(", ") }),
        ("kommt ins Haus", yes(own.comes_to_people).to_owned()),
        ("ausgeblendet", yes(own.hidden).to_owned()),
    ]
}

/// What differs between two versions of a care type: as it was, and as it is.
pub fn care_type_change(
    before: Option<&CareType>,
    after: &CareType,
    taxonomy: &Taxonomy,
) -> (String, String) {
    let Some(before) = before else { return ("neu".to_owned(), listed(fields(after, taxonomy))) };
    let (before, after) = (fields(before, taxonomy), fields(after, taxonomy));
    let differs: Vec<bool> = before.iter().zip(&after).map(|(one, other)| one != other).collect();
    let of = |fields: [(&'static str, String); 7]| {
        listed(fields.into_iter().zip(&differs).filter(|(_, differs)| **differs).map(|(field, _)| field))
    };
    (of(before), of(after))
}

fn listed(fields: impl IntoIterator<Item = (&'static str, String)>) -> String {
    fields.into_iter().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("; ")
}

/// A specialism in words.
pub fn specialism(own: &Specialism) -> String {
    if own.hidden { format!("{} (ausgeblendet)", own.name) } else { own.name.clone() }
}

/// What words stand for.
pub fn targets(targets: &Targets, taxonomy: &Taxonomy) -> String {
    let types = targets.care_types.iter().map(|slug| taxonomy.name_of(slug).to_owned());
    let specialisms = targets.specialisms.iter().map(|slug| taxonomy.specialism_name(slug).to_owned());
    let same = targets.same_as.iter().map(|word| format!("wie „{word}“"));
    types.chain(specialisms).chain(same).collect::<Vec<_>>().join(", ")
}

/// A line of words.
pub fn line(line: &LexiconLine, taxonomy: &Taxonomy) -> String {
    format!("{} = {}", line.words.join(", "), targets(&line.targets, taxonomy))
}

/// How many offers are shown, as a sentence that says what hiding does. `None`: nobody knows at the moment.
pub fn hiding(offers: Option<usize>) -> String {
    let Some(offers) = offers else {
        return "Ausgeblendet verschwinden alle Angebote dieser Art aus dem Portal und aus der Suche. Gelöscht wird nichts.".to_owned();
    };
    match offers {
        0 => "Zurzeit wird kein Angebot dieser Art gezeigt.".to_owned(),
        1 => "Zurzeit wird 1 Angebot dieser Art gezeigt. Ausgeblendet verschwindet es aus dem Portal und aus der Suche. Gelöscht wird nichts.".to_owned(),
        many => format!("Zurzeit werden {many} Angebote dieser Art gezeigt. Ausgeblendet verschwinden sie aus dem Portal und aus der Suche. Gelöscht wird nichts."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_only_what_differs() {
        let taxonomy = Taxonomy::builtin();
        let before = taxonomy.find("hospiz").expect("built in");
        let after = CareType { name: "Hospizhaus".to_owned(), hidden: true, ..before.clone() };
        assert_eq!(
            care_type_change(Some(before), &after, &taxonomy),
            (
                "Name: Stationäres Hospiz; ausgeblendet: nein".to_owned(),
                "Name: Hospizhaus; ausgeblendet: ja".to_owned()
            )
        );
        assert!(care_type_change(None, &after, &taxonomy).1.contains("gültig: 3 Tage"));
    }
}
