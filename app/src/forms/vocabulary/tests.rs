use super::*;

fn typed(fields: &[(&str, &str)]) -> Typed {
    Typed(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn fields_of(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.field.as_ref()).collect()
}

const NEW: [(&str, &str); 4] =
    [("name", "Kinderhospiz Süd"), ("gruppe", "hospice"), ("ampel", "places"), ("tage", "3")];

#[test]
fn what_a_form_shows_is_read_back_as_it_was() {
    let taxonomy = Taxonomy::builtin();
    for own in taxonomy.all() {
        assert_eq!(read_care_type(&write_care_type(own), Some(own), &taxonomy).as_ref(), Ok(own));
    }
    for own in taxonomy.specialisms() {
        assert_eq!(read_specialism(&write_specialism(own), Some(own), &taxonomy).as_ref(), Ok(own));
    }
}

#[test]
fn a_new_type_gets_its_slug_from_its_name_and_an_old_one_keeps_it() {
    let taxonomy = Taxonomy::builtin();
    let own = read_care_type(&typed(&NEW), None, &taxonomy).expect("a care type");
    assert_eq!((own.slug.as_str(), own.valid_days, own.hidden), ("kinderhospiz-sued", Some(3), false));
    let before = taxonomy.find("hospiz").expect("built in");
    let renamed = read_care_type(&typed(&NEW), Some(before), &taxonomy).expect("a care type");
    assert_eq!(renamed.slug, before.slug);
}

#[test]
fn names_are_bounded_and_taken_only_once() {
    let taxonomy = Taxonomy::builtin();
    let long = "ä".repeat(81);
    for name in ["", "x", "!!", "漢字", "Neu", &long, "Tagespflege", "tages-pflege"] {
        let mut form = NEW.to_vec();
        form[0].1 = name;
        let problems = read_care_type(&typed(&form), None, &taxonomy).expect_err(name);
        assert_eq!(fields_of(&problems), ["name"], "{name}");
        let specialism = if name.contains("ages") { "Demenz" } else { name };
        let problems = read_specialism(&typed(&[("name", specialism)]), None, &taxonomy).expect_err(name);
        assert_eq!(fields_of(&problems), ["name"], "{name}");
    }
}

#[test]
fn a_light_needs_days_and_none_has_none() {
    let taxonomy = Taxonomy::builtin();
    for (light, days, valid) in [
        ("places", "1", Some(Some(1))),
        ("intake", "365", Some(Some(365))),
        ("none", "", Some(None)),
        ("none", "7", Some(None)),
        ("places", "", None),
        ("places", "0", None),
        ("intake", "366", None),
        ("intake", "-1", None),
        ("intake", "99999999999", None),
    ] {
        let form = typed(&[NEW[0], NEW[1], ("ampel", light), ("tage", days)]);
        let read = read_care_type(&form, None, &taxonomy);
        match valid {
            Some(days) => assert_eq!(read.expect("a care type").valid_days, days),
            None => assert_eq!(fields_of(&read.expect_err(days)), ["tage"], "{days}"),
        }
    }
}

#[test]
fn related_types_exist_and_are_others() {
    let taxonomy = Taxonomy::builtin();
    let mut form = NEW.to_vec();
    form.extend([("verwandt", "hospiz"), ("verwandt", "sapv"), ("verwandt", "hospiz")]);
    let own = read_care_type(&typed(&form), None, &taxonomy).expect("a care type");
    assert_eq!(own.related.iter().map(CareTypeSlug::as_str).collect::<Vec<_>>(), ["hospiz", "sapv"]);
    let before = taxonomy.find("hospiz").expect("built in");
    for (before, other) in [(None, "gibt-es-nicht"), (Some(before), "hospiz")] {
        let mut form = NEW.to_vec();
        form.push(("verwandt", other));
        let problems = read_care_type(&typed(&form), before, &taxonomy).expect_err(other);
        assert_eq!(fields_of(&problems), ["verwandt"]);
    }
    assert_eq!(
        fields_of(&read_care_type(&typed(&[]), None, &taxonomy).expect_err("nothing")),
        ["name", "gruppe", "ampel"]
    );
}

#[test]
fn words_need_a_target_that_exists() {
    let taxonomy = Taxonomy::builtin();
    let read = |fields: &[(&str, &str)]| read_line(&typed(fields), &taxonomy);
    let (words, targets) =
        read(&[("woerter", "Käsekrainer\nWurst, Wurst"), ("art", "tagespflege"), ("schwerpunkt", "demenz")])
            .expect("a line");
    assert_eq!(words, ["Käsekrainer", "Wurst"]);
    assert_eq!((targets.care_types.len(), targets.specialisms.len()), (1, 1));
    assert!(read(&[("woerter", "Wurst"), ("gleich", "Tagespflege")]).is_ok());
    let many = (0..=MOST_WORDS).map(|at| format!("Wort {at}")).collect::<Vec<_>>().join(",");
    for (fields, field) in [
        (vec![("woerter", "Wurst")], "gleich"),
        (vec![("woerter", " , "), ("art", "tagespflege")], "woerter"),
        (vec![("woerter", "a b c d e f g"), ("art", "tagespflege")], "woerter"),
        (vec![("woerter", &many), ("art", "tagespflege")], "woerter"),
        (vec![("woerter", "Wurst"), ("art", "gibt-es-nicht")], "art"),
        (vec![("woerter", "Wurst"), ("schwerpunkt", "<script>")], "schwerpunkt"),
        (vec![("woerter", "Wurst"), ("gleich", "!!!")], "gleich"),
    ] {
        assert_eq!(fields_of(&read(&fields).expect_err(field)), [field]);
    }
}
