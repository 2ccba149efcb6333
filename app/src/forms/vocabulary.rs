//! Forms of the county's own words: care types, specialisms, and what the search understands.

use super::{Reader, Typed};
use crate::{
    components::form::Problem,
    domain::{
        care_type::{CareGroup, CareType, CareTypeSlug, LightKind, Taxonomy},
        ids::Slug,
        specialism::Specialism,
        value,
        vocabulary::{
            self, LONGEST_PHRASE, LONGEST_WORD, LexiconLine, MOST_OWN, MOST_WORDS, Targets, VALID_DAYS,
        },
    },
};

const NAME: &str = "Bitte geben Sie einen Namen mit 2 bis 80 Zeichen an.";
/// What is said where a name is that of another one.
pub const TAKEN: &str = "Diesen Namen gibt es schon, vielleicht ausgeblendet.";
const FULL: &str = "Mehr lassen sich nicht hinzufügen. Bitte benennen Sie um, was es schon gibt.";
const YES: &str = "ja";

/// What the form of a care type shows.
pub fn write_care_type(own: &CareType) -> Typed {
    let mut typed = Typed::default();
    typed.set("name", own.name.as_str());
    typed.set("gruppe", own.group.key());
    typed.set("ampel", own.light.key());
    typed.set("tage", own.valid_days.map_or_else(String::new, |days| days.to_string()));
    for related in &own.related {
        typed.set("verwandt", related.as_str());
    }
    flag(&mut typed, "ins-haus", own.comes_to_people);
    flag(&mut typed, "ausgeblendet", own.hidden);
    typed
}

fn flag(typed: &mut Typed, name: &str, is_set: bool) {
    if is_set {
        typed.set(name, YES);
    }
}

/// The care type that somebody typed; `before`: the one that is changed, else a new one.
///
/// # Errors
/// What is wrong with it.
pub fn read_care_type(
    typed: &Typed,
    before: Option<&CareType>,
    taxonomy: &Taxonomy,
) -> Result<CareType, Vec<Problem>> {
    let mut reader = Reader { typed, problems: Vec::new() };
    let name = vocabulary::name(typed.get("name"));
    let slug = match before {
        Some(before) => Some(before.slug.clone()),
        None => name.as_deref().and_then(new_slug),
    };
    let others = || taxonomy.all().iter().filter(|own| before.is_none_or(|before| own.slug != before.slug));
    if name.is_none() || slug.is_none() {
        reader.problem("name", NAME);
    } else if others().any(|own| Some(&own.slug) == slug.as_ref() || is_same(&own.name, name.as_ref())) {
        reader.problem("name", TAKEN);
    } else if before.is_none() && taxonomy.all().len() >= Taxonomy::builtin().all().len() + MOST_OWN {
        reader.problem("name", FULL);
    }
    let group = CareGroup::parse(typed.get("gruppe"));
    if group.is_none() {
        reader.problem("gruppe", "Bitte wählen Sie eine Gruppe.");
    }
    let light = LightKind::parse(typed.get("ampel"));
    if light.is_none() {
        reader.problem("ampel", "Bitte wählen Sie, welche Ampel diese Angebote haben.");
    }
    let days = value::one_line(typed.get("tage"));
    let valid_days = match light {
        None | Some(LightKind::None) => None,
        Some(LightKind::Places | LightKind::Intake) => {
            let days = days.parse().ok().filter(|days| VALID_DAYS.contains(days));
            if days.is_none() {
                reader.problem("tage", "Bitte geben Sie an, wie viele Tage eine Meldung gilt: 1 bis 365.");
            }
            days
        }
    };
    let mut related: Vec<CareTypeSlug> = Vec::new();
    for other in typed.all("verwandt") {
        let known = others().find(|own| own.slug.as_str() == other).map(|own| own.slug.clone());
        match known {
            Some(known) if !related.contains(&known) => related.push(known),
            Some(_) => {}
            None => reader.problem("verwandt", "Eine der verwandten Angebotsarten gibt es nicht."),
        }
    }
    // What is chosen in another order is the same choice.
    if let Some(before) = before
        && before.related.len() == related.len()
        && before.related.iter().all(|own| related.contains(own))
    {
        related.clone_from(&before.related);
    }
    match (slug, name, group, light) {
        (Some(slug), Some(name), Some(group), Some(light)) if reader.problems.is_empty() => Ok(CareType {
            slug,
            group,
            name,
            light,
            valid_days,
            related,
            comes_to_people: typed.has("ins-haus", YES),
            hidden: typed.has("ausgeblendet", YES),
        }),
        _ => Err(reader.problems),
    }
}

/// What the form of a specialism shows.
pub fn write_specialism(own: &Specialism) -> Typed {
    let mut typed = Typed::default();
    typed.set("name", own.name.as_str());
    flag(&mut typed, "ausgeblendet", own.hidden);
    typed
}

/// The specialism that somebody typed; `before`: the one that is changed, else a new one.
///
/// # Errors
/// What is wrong with it.
pub fn read_specialism(
    typed: &Typed,
    before: Option<&Specialism>,
    taxonomy: &Taxonomy,
) -> Result<Specialism, Vec<Problem>> {
    let problem = |text| Err(vec![Problem::new("name", text)]);
    let Some(name) = vocabulary::name(typed.get("name")) else { return problem(NAME) };
    let slug = match before {
        Some(before) => Some(before.slug.clone()),
        None => new_slug(&name).map(|slug| slug.as_str().to_owned()),
    };
    let Some(slug) = slug else { return problem(NAME) };
    let others =
        || taxonomy.specialisms().iter().filter(|own| before.is_none_or(|before| own.slug != before.slug));
    if others().any(|own| own.slug == slug || is_same(&own.name, Some(&name))) {
        return problem(TAKEN);
    }
    if before.is_none() && taxonomy.specialisms().len() >= MOST_OWN {
        return problem(FULL);
    }
    Ok(Specialism { slug, name, hidden: typed.has("ausgeblendet", YES) })
}

/// What the form of a line shows.
pub fn write_line(line: &LexiconLine) -> Typed {
    let mut typed = Typed::default();
    typed.set("woerter", line.words.join("\n"));
    for slug in &line.targets.care_types {
        typed.set("art", slug.as_str());
    }
    for slug in &line.targets.specialisms {
        typed.set("schwerpunkt", slug.as_str());
    }
    typed.set("gleich", line.targets.same_as.join(", "));
    typed
}

/// Words that somebody typed, and what they stand for.
///
/// # Errors
/// What is wrong with it.
pub fn read_line(typed: &Typed, taxonomy: &Taxonomy) -> Result<(Vec<String>, Targets), Vec<Problem>> {
    let mut reader = Reader { typed, problems: Vec::new() };
    let words = phrases(&mut reader, "woerter");
    if words.as_ref().is_some_and(Vec::is_empty) {
        reader.problem("woerter", "Bitte geben Sie mindestens ein Wort an.");
    }
    let same_as = phrases(&mut reader, "gleich").unwrap_or_default();
    let mut targets = Targets { same_as, ..Targets::default() };
    for slug in typed.all("art") {
        match taxonomy.find(slug) {
            Some(own) if !targets.care_types.contains(&own.slug) => targets.care_types.push(own.slug.clone()),
            Some(_) => {}
            None => reader.problem("art", "Eine der Angebotsarten gibt es nicht."),
        }
    }
    for slug in typed.all("schwerpunkt") {
        match taxonomy.find_specialism(slug) {
            Some(own) if !targets.specialisms.contains(&own.slug) => {
                targets.specialisms.push(own.slug.clone());
            }
            Some(_) => {}
            None => reader.problem("schwerpunkt", "Einen der Schwerpunkte gibt es nicht."),
        }
    }
    if targets.is_empty() && reader.problems.is_empty() {
        reader.problem("gleich", "Bitte sagen Sie, was die Wörter bedeuten: eine Angebotsart, einen Schwerpunkt oder ein anderes Wort.");
    }
    match words {
        Some(words) if reader.problems.is_empty() => Ok((words, targets)),
        _ => Err(reader.problems),
    }
}

/// The phrases of a field; `None` where one of them is none, which is then said.
fn phrases(reader: &mut Reader<'_>, field: &'static str) -> Option<Vec<String>> {
    match vocabulary::phrases(reader.typed.get(field)) {
        Ok(found) if found.len() <= MOST_WORDS => Some(found),
        Ok(_) => {
            reader.problem(field, format!("Bitte geben Sie höchstens {MOST_WORDS} Wörter auf einmal an."));
            None
        }
        Err(phrase) => {
            reader.problem(
                field,
                format!("„{phrase}“ geht nicht: Ein Ausdruck hat höchstens {LONGEST_PHRASE} Wörter und {LONGEST_WORD} Zeichen."),
            );
            None
        }
    }
}

fn is_same(name: &str, other: Option<&String>) -> bool {
    other.is_some_and(|other| vocabulary::is_same(name, other))
}

/// The slug of a new name; `None` for one without a usable character, and for the address of the form.
fn new_slug(name: &str) -> Option<CareTypeSlug> {
    let slug = Slug::from_name(name);
    let text: String = slug.as_str().chars().take(64).collect();
    let usable = name.chars().any(|c| c.is_alphanumeric() && c.is_ascii()) && text != "neu";
    CareTypeSlug::parse(text.trim_end_matches('-')).filter(|_| usable)
}

#[cfg(test)]
mod tests;
