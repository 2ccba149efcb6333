use super::*;

fn slug(text: &str) -> CareTypeSlug {
    CareTypeSlug::parse(text).expect("a slug")
}

#[test]
fn a_change_holds_only_what_differs_and_follows_the_rest() {
    let configured = Taxonomy::builtin();
    let before = configured.find("tagespflege").expect("built in");
    assert_eq!(CareTypeChange::between(Some(before), before), None);
    let wanted = CareType { name: "Tagestreff".to_owned(), hidden: true, ..before.clone() };
    let change = CareTypeChange::between(Some(before), &wanted).expect("a change");
    assert_eq!((change.name.as_deref(), change.hidden), (Some("Tagestreff"), Some(true)));
    assert_eq!((change.light, change.valid_days, change.group), (None, None, None));
    let vocabulary = Vocabulary { care_types: vec![change], ..Vocabulary::default() };
    // A later program has other days: they hold.
    let mut later = configured.clone();
    later.set(CareType { valid_days: Some(21), ..before.clone() });
    let taxonomy = vocabulary.taxonomy(&later);
    assert_eq!(taxonomy.find("tagespflege"), Some(&CareType { valid_days: Some(21), ..wanted }));
    assert_eq!(taxonomy.ordinal("tagespflege"), configured.ordinal("tagespflege"));
}

#[test]
fn a_type_of_its_own_stands_at_the_end_and_half_of_one_nowhere() {
    let configured = Taxonomy::builtin();
    let own = CareType {
        slug: slug("kinderhospiz"),
        group: CareGroup::Hospice,
        name: "Kinderhospiz".to_owned(),
        light: LightKind::Places,
        valid_days: Some(3),
        related: vec![slug("hospiz")],
        comes_to_people: false,
        hidden: false,
    };
    let change = CareTypeChange::between(None, &own).expect("a change");
    let half = CareTypeChange { slug: slug("halb"), light: None, ..change.clone() };
    let vocabulary = Vocabulary { care_types: vec![half, change], ..Vocabulary::default() };
    let taxonomy = vocabulary.taxonomy(&configured);
    assert_eq!(taxonomy.all().last(), Some(&own));
    assert_eq!(taxonomy.all().len(), configured.all().len() + 1);
}

#[test]
fn without_a_light_there_are_no_days() {
    let configured = Taxonomy::builtin();
    let before = configured.find("hospiz").expect("built in");
    let wanted = CareType { light: LightKind::None, valid_days: None, ..before.clone() };
    let change = CareTypeChange::between(Some(before), &wanted).expect("a change");
    let vocabulary = Vocabulary { care_types: vec![change], ..Vocabulary::default() };
    assert_eq!(vocabulary.taxonomy(&configured).find("hospiz"), Some(&wanted));
}

#[test]
fn specialisms_are_renamed_hidden_and_added() {
    let configured = Taxonomy::builtin();
    let before = configured.find_specialism("demenz").expect("built in");
    assert_eq!(SpecialismChange::between(Some(before), before), None);
    let wanted = Specialism { hidden: true, ..before.clone() };
    let added = Specialism { slug: "tiere".to_owned(), name: "Tiere".to_owned(), hidden: false };
    let changes = [(Some(before), &wanted), (None, &added)];
    let specialisms =
        changes.into_iter().filter_map(|(before, after)| SpecialismChange::between(before, after)).collect();
    let vocabulary = Vocabulary { specialisms, ..Vocabulary::default() };
    let taxonomy = vocabulary.taxonomy(&configured);
    assert_eq!(taxonomy.find_specialism("demenz"), Some(&wanted));
    assert_eq!(taxonomy.specialisms().last(), Some(&added));
    let unknown = SpecialismChange { slug: "weg".to_owned(), name: None, hidden: Some(true) };
    let vocabulary = Vocabulary { specialisms: vec![unknown], ..Vocabulary::default() };
    assert_eq!(vocabulary.taxonomy(&configured), configured);
}

#[test]
fn names_have_two_to_eighty_characters_and_a_letter() {
    for (typed, read) in [
        ("  Tages\u{200b}treff \n", Some("Tagestreff")),
        ("WG", Some("WG")),
        ("W", None),
        ("", None),
        ("12", None),
        ("<b>fett</b>", Some("<b>fett</b>")),
    ] {
        assert_eq!(name(typed).as_deref(), read, "{typed}");
    }
    assert!(name(&"ä".repeat(80)).is_some() && name(&"ä".repeat(81)).is_none());
}

#[test]
fn phrases_are_separated_and_none_is_too_long() {
    assert_eq!(
        phrases("Käsekrainer, Käse-Krainer\r\n Heim für Alte;"),
        Ok(vec!["Käsekrainer".to_owned(), "Heim für Alte".to_owned()])
    );
    assert_eq!(phrases(" \n,"), Ok(Vec::new()));
    assert_eq!(phrases("gut, !!!"), Err("!!!".to_owned()));
    assert!(phrases("a b c d e f").is_ok());
    assert!(phrases("a b c d e f g").is_err());
    assert!(phrases(&"ä".repeat(80)).is_ok());
    assert!(phrases(&"ä".repeat(81)).is_err());
}
