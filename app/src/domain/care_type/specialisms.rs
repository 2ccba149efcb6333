//! The specialisms of a county.

use super::Taxonomy;
use crate::domain::{specialism::Specialism, value::fold_name};

impl Taxonomy {
    /// Every specialism in display order, hidden ones too.
    pub fn specialisms(&self) -> &[Specialism] {
        &self.specialisms
    }

    /// The specialism with this slug, hidden or not.
    pub fn find_specialism(&self, slug: &str) -> Option<&Specialism> {
        self.specialisms.iter().find(|own| own.slug == slug)
    }

    /// Replaces the specialism with the same slug, or adds a new one at the end.
    pub fn set_specialism(&mut self, specialism: Specialism) {
        match self.specialisms.iter_mut().find(|own| own.slug == specialism.slug) {
            Some(slot) => *slot = specialism,
            None => self.specialisms.push(specialism),
        }
    }

    /// Whether the county does not want this one to be seen. One that is in no list is hidden by nobody.
    pub fn hides_specialism(&self, slug: &str) -> bool {
        self.find_specialism(slug).is_some_and(|own| own.hidden)
    }

    /// The German name of a specialism; the slug itself where it is not in the list.
    pub fn specialism_name<'a>(&'a self, slug: &'a str) -> &'a str {
        self.find_specialism(slug).map_or(slug, |own| &own.name)
    }

    /// Those that can be chosen, each with its name.
    pub fn shown_specialisms(&self) -> impl Iterator<Item = (&str, &str)> {
        self.specialisms.iter().filter(|own| !own.hidden).map(|own| (own.slug.as_str(), own.name.as_str()))
    }

    /// The slug of a specialism from its slug or its German name.
    pub fn read_specialism(&self, text: &str) -> Option<String> {
        let wanted = fold_name(text);
        let fits = |own: &&Specialism| own.slug == text || fold_name(&own.name) == wanted;
        self.specialisms.iter().find(fits).map(|own| own.slug.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specialism_is_read_by_slug_or_name_and_shown_by_the_name_of_the_county() {
        let mut taxonomy = Taxonomy::builtin();
        let own = Specialism { slug: "demenz".to_owned(), name: "Vergesslichkeit".to_owned(), hidden: true };
        assert!(!taxonomy.hides_specialism("demenz"));
        taxonomy.set_specialism(own);
        for text in ["demenz", "vergesslichkeit"] {
            assert_eq!(taxonomy.read_specialism(text).as_deref(), Some("demenz"), "{text}");
        }
        assert_eq!(taxonomy.specialism_name("demenz"), "Vergesslichkeit");
        assert_eq!(taxonomy.specialism_name("anderes"), "anderes");
        assert!(taxonomy.hides_specialism("demenz") && !taxonomy.hides_specialism("anderes"));
        assert!(taxonomy.shown_specialisms().all(|(slug, _)| slug != "demenz"));
    }
}
