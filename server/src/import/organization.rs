//! Träger and Dachverband: one organization however its name is spelt.

use std::collections::HashMap;

use super::{plan::PlannedOrganization, row::Row, value::fold_name};

/// What makes two spellings one organization, within one umbrella.
pub fn fold(name: &str, umbrella: Option<&str>) -> (String, String) {
    (fold_name(name), umbrella.map(fold_name).unwrap_or_default())
}

/// The organizations of all rows, and that of each. The most frequent spelling is the name; the
/// first of equals.
pub fn collect(rows: &[Row]) -> (Vec<PlannedOrganization>, Vec<Option<usize>>) {
    let mut found: Vec<Spellings> = Vec::new();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    let mut of_row = vec![None; rows.len()];
    // Rows that name an umbrella first, so that the others can join their organization.
    for with_umbrella in [true, false] {
        for (at, row) in rows.iter().enumerate() {
            let umbrella = row.facility.umbrella.as_deref();
            let Some(name) = name_of(row).filter(|_| umbrella.is_some() == with_umbrella) else { continue };
            let (name_key, umbrella_key) = fold(name, umbrella);
            if name_key.is_empty() {
                continue;
            }
            let named = by_name.entry(name_key).or_default();
            let same = |at: &&usize| found[**at].umbrella_key == umbrella_key || umbrella.is_none();
            let position = named.iter().find(same).copied().unwrap_or_else(|| {
                named.push(found.len());
                found.push(Spellings { umbrella_key, ..Spellings::default() });
                found.len() - 1
            });
            count(&mut found[position].names, name);
            if let Some(umbrella) = umbrella {
                count(&mut found[position].umbrellas, umbrella);
            }
            of_row[at] = Some(position);
        }
    }
    let most = |counts: &[(String, usize)]| {
        counts.iter().rev().max_by_key(|(_, count)| *count).map(|(text, _)| text.clone())
    };
    let planned = found
        .iter()
        .map(|s| PlannedOrganization {
            name: most(&s.names).unwrap_or_default(),
            umbrella: most(&s.umbrellas),
        })
        .collect();
    (planned, of_row)
}

/// A house that names an umbrella and no organization answers for itself.
fn name_of(row: &Row) -> Option<&str> {
    let own =
        Some(row.facility.name.as_str()).filter(|name| !name.is_empty() && row.facility.umbrella.is_some());
    row.facility.organization.as_deref().or(own)
}

#[derive(Default)]
struct Spellings {
    umbrella_key: String,
    names: Vec<(String, usize)>,
    umbrellas: Vec<(String, usize)>,
}

fn count(counts: &mut Vec<(String, usize)>, text: &str) {
    match counts.iter_mut().find(|(known, _)| known == text) {
        Some((_, count)) => *count += 1,
        None => counts.push((text.to_owned(), 1)),
    }
}
