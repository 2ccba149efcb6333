//! Which municipality a row means: keys, names written two ways, keys that are not the row's own.

use std::collections::{BTreeSet, HashMap};

use app::domain::place::Ags;

use super::{row::Row, value::fold_name};

/// A municipality that the store has already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMunicipality {
    pub ags: Option<Ags>,
    pub name: String,
    pub aliases: Vec<String>,
    /// Postcodes of its facilities.
    pub postal_codes: BTreeSet<String>,
}

/// A municipality as it should be after the import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlannedMunicipality {
    pub ags: Option<Ags>,
    pub name: String,
    pub aliases: Vec<String>,
    /// Which of the known ones it is.
    pub known: Option<usize>,
}

/// Names and postcodes that belong together.
#[derive(Clone, Debug, Default)]
struct Group {
    ags: Option<Ags>,
    known: Option<usize>,
    names: Vec<String>,
    postal_codes: BTreeSet<String>,
    rows: Vec<usize>,
}

impl Group {
    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|own| same_name(own, name))
    }

    /// Adds a row; `true` where its name is new here.
    fn add(&mut self, at: usize, row: &Row, name: &str) -> bool {
        let is_new = !self.names.iter().any(|own| own == name);
        if is_new {
            self.names.push(name.to_owned());
        }
        self.postal_codes.extend(row.facility.postal_code.iter().map(|code| code.as_str().to_owned()));
        self.rows.push(at);
        is_new
    }

    fn longest(&self) -> &str {
        self.names.iter().rev().max_by_key(|name| name.chars().count()).map_or("", String::as_str)
    }
}

/// Municipalities with a table of their names: a country has ten thousand of them.
#[derive(Debug, Default)]
struct Groups {
    all: Vec<Group>,
    /// Which are called so to the letter (umlauts and signs aside), in order.
    by_name: HashMap<String, Vec<usize>>,
    by_key: HashMap<String, usize>,
}

impl Groups {
    fn push(&mut self, group: Group) -> usize {
        let at = self.all.len();
        for name in &group.names {
            called(&mut self.by_name, name, at);
        }
        if let Some(ags) = &group.ags {
            self.by_key.entry(ags.as_str().to_owned()).or_insert(at);
        }
        self.all.push(group);
        at
    }

    fn add(&mut self, group: usize, at: usize, row: &Row, name: &str) {
        if self.all[group].add(at, row, name) {
            called(&mut self.by_name, name, group);
        }
    }

    /// Gives a municipality its key, and the names that the key has.
    fn settle_key(&mut self, group: usize, ags: &Ags, names: &[String]) {
        self.by_key.insert(ags.as_str().to_owned(), group);
        self.all[group].ags = Some(ags.clone());
        for name in names {
            self.all[group].names.push(name.clone());
            called(&mut self.by_name, name, group);
        }
    }

    fn called(&self, name: &str) -> &[usize] {
        self.by_name.get(&fold_name(name)).map(Vec::as_slice).unwrap_or_default()
    }
}

fn called(by_name: &mut HashMap<String, Vec<usize>>, name: &str, at: usize) {
    let groups = by_name.entry(fold_name(name)).or_default();
    if let Err(place) = groups.binary_search(&at) {
        groups.insert(place, at);
    }
}

/// Finds the municipality of every row. Rows whose "municipality" turns out to be a locality of
/// another one get it as their locality. `warn` takes a line and a text.
pub fn resolve(
    rows: &mut [Row],
    known: &[KnownMunicipality],
    mut warn: impl FnMut(usize, String),
) -> (Vec<PlannedMunicipality>, Vec<Option<usize>>) {
    let mut groups = Groups::default();
    for (at, known) in known.iter().enumerate() {
        groups.push(Group {
            ags: known.ags.clone(),
            known: Some(at),
            names: [&known.name].into_iter().chain(&known.aliases).cloned().collect(),
            postal_codes: known.postal_codes.clone(),
            rows: Vec::new(),
        });
    }
    let mut strays = Vec::new();
    for (ags, of_key) in rows_by_key(rows) {
        place_key(rows, &ags, &of_key, &mut groups, &mut strays, &mut warn);
    }
    for stray in strays {
        place_stray(rows, stray, &mut groups, &mut warn);
    }
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.facility.ags.is_none()) {
        if let Some(name) = &row.facility.municipality {
            let group = find_by_name(&groups, row, name);
            let group = group.unwrap_or_else(|| groups.push(Group::default()));
            groups.add(group, at, row, name);
        }
    }
    finish(rows.len(), groups.all)
}

/// The rows of each key, the keys in the order in which they first appear.
fn rows_by_key(rows: &[Row]) -> Vec<(Ags, Vec<usize>)> {
    let mut keys: Vec<(Ags, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let Some(ags) = &row.facility.ags else { continue };
        let place = *known.entry(ags.as_str()).or_insert(keys.len());
        if place == keys.len() {
            keys.push((ags.clone(), Vec::new()));
        }
        keys[place].1.push(at);
    }
    keys
}

/// Rows of one key: those that name its municipality go there, the others are strays.
fn place_key(
    rows: &[Row],
    ags: &Ags,
    of_key: &[usize],
    groups: &mut Groups,
    strays: &mut Vec<(usize, usize)>,
    warn: &mut impl FnMut(usize, String),
) {
    // Names of the key, those that are spellings of each other together, the most frequent first.
    let mut names: Vec<Group> = Vec::new();
    for &at in of_key {
        let Some(name) = &rows[at].facility.municipality else { continue };
        let spelled = names.iter().position(|group| group.has(name));
        let group = spelled.unwrap_or_else(|| push(&mut names, Group::default()));
        names[group].add(at, &rows[at], name);
    }
    names.sort_by_key(|group| std::cmp::Reverse(group.rows.len()));
    let owner = match groups.by_key.get(ags.as_str()) {
        Some(owner) => *owner,
        // A municipality that had no key so far has found its own.
        None => match names.first() {
            Some(first) => {
                let keyless = |at: &&usize| groups.all[**at].ags.is_none();
                let found = groups.called(first.longest()).iter().find(keyless).copied();
                let owner = found.unwrap_or_else(|| groups.push(Group::default()));
                groups.settle_key(owner, ags, &first.names);
                owner
            }
            None => return,
        },
    };
    for group in names {
        if group.names.iter().any(|name| groups.all[owner].has(name)) {
            for at in group.rows {
                let name = rows[at].facility.municipality.clone().unwrap_or_default();
                groups.add(owner, at, &rows[at], &name);
            }
        } else {
            strays.extend(group.rows.iter().map(|at| (*at, owner)));
        }
    }
    let spellings: BTreeSet<&str> =
        groups.all[owner].rows.iter().filter_map(|at| rows[*at].facility.municipality.as_deref()).collect();
    if let (true, Some(first)) = (spellings.len() > 1, groups.all[owner].rows.first()) {
        let spellings = spellings.into_iter().collect::<Vec<_>>().join("“ und „");
        let line = rows[*first].line;
        warn(
            line,
            format!("Schlüssel {} mit zwei Namen: „{spellings}“ gelten als eine Gemeinde", ags.as_str()),
        );
    }
    for at in of_key.iter().filter(|at| rows[**at].facility.municipality.is_none()) {
        groups.all[owner].rows.push(*at);
    }
}

/// A row with the key of a municipality it does not name: name and postcode decide.
fn place_stray(
    rows: &mut [Row],
    (at, owner): (usize, usize),
    groups: &mut Groups,
    warn: &mut impl FnMut(usize, String),
) {
    let row = &rows[at];
    let name = row.facility.municipality.clone().unwrap_or_default();
    let key = groups.all[owner].ags.as_ref().map(|ags| ags.as_str().to_owned()).unwrap_or_default();
    let says = format!("„{name}“ hat den Schlüssel {key} von {}", groups.all[owner].longest());
    let line = row.line;
    if let Some(group) = find_by_name(groups, row, &name) {
        warn(line, format!("{says}; der Name gilt"));
        groups.add(group, at, row, &name);
        return;
    }
    let postal_code = row.facility.postal_code.as_ref().map(|code| code.as_str().to_owned());
    if postal_code.is_some_and(|code| groups.all[owner].postal_codes.contains(&code)) {
        warn(line, format!("{says} und dessen Postleitzahl; gilt als Ortsteil"));
        groups.all[owner].rows.push(at);
        rows[at].facility.locality.get_or_insert(name);
        return;
    }
    warn(line, format!("{says}, aber nicht dessen Postleitzahl; gilt als eigene Gemeinde ohne Schlüssel"));
    let group = groups.push(Group::default());
    groups.add(group, at, &rows[at], &name);
}

/// The municipality with this name; where several have it, the one with the row's postcode.
fn find_by_name(groups: &Groups, row: &Row, name: &str) -> Option<usize> {
    let called = groups.called(name);
    let code = row.facility.postal_code.as_ref().map(|code| code.as_str().to_owned());
    let near = called
        .iter()
        .find(|at| code.as_ref().is_some_and(|code| groups.all[**at].postal_codes.contains(code)));
    near.or(called.first()).copied()
}

fn finish(rows: usize, groups: Vec<Group>) -> (Vec<PlannedMunicipality>, Vec<Option<usize>>) {
    let mut of_row = vec![None; rows];
    let mut planned = Vec::new();
    for group in groups.into_iter().filter(|group| !group.rows.is_empty()) {
        for at in &group.rows {
            of_row[*at] = Some(planned.len());
        }
        let name = group.longest().to_owned();
        let mut aliases: Vec<String> = group.names.into_iter().filter(|own| *own != name).collect();
        aliases.sort();
        aliases.dedup();
        planned.push(PlannedMunicipality { ags: group.ags, name, aliases, known: group.known });
    }
    (planned, of_row)
}

fn push<T>(list: &mut Vec<T>, item: T) -> usize {
    list.push(item);
    list.len() - 1
}

/// Whether two names under one key are spellings of one: "Plau" and "Plau am See".
fn same_name(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let generic = ["stadt", "hansestadt", "gemeinde", "landeshauptstadt"];
        name.split(|c: char| !c.is_alphanumeric())
            .map(fold_name)
            .filter(|word| !word.is_empty() && !generic.contains(&word.as_str()))
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && long.starts_with(&short)
}

#[cfg(test)]
mod tests {
    use super::same_name;

    #[test]
    fn spellings_of_one_name_are_told_from_other_names() {
        for (a, b) in [("Plau", "Plau am See"), ("Lübz", "Stadt Luebz"), ("Boizenburg/Elbe", "Boizenburg")] {
            assert!(same_name(a, b) && same_name(b, a), "{a} {b}");
        }
        for (a, b) in [("Sternberg", "Suckow"), ("Krenzlin", "Alt Krenzlin"), ("Plau", "Plaue"), ("", "Plau")]
        {
            assert!(!same_name(a, b), "{a} {b}");
        }
    }
}
