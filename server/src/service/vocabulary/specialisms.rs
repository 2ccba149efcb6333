//! Specialisms: renamed, hidden, added, and as they were configured again.

use app::{
    backend::access::CountyAdministrator,
    components::form::Problem,
    domain::{
        audit::Action,
        specialism::Specialism,
        vocabulary::{Comparison, SpecialismChange, is_same},
    },
    forms::{
        Typed,
        vocabulary::{self as forms, TAKEN},
    },
    text::vocabulary as words,
};

use super::{VocabularyError, VocabularyService};
use crate::service::entry::stamp;

impl VocabularyService {
    /// Changes a specialism (`slug`), or adds one.
    ///
    /// # Errors
    /// [`VocabularyError::Problems`], [`VocabularyError::Changed`].
    pub async fn save_specialism(
        &self,
        administrator: &CountyAdministrator,
        slug: Option<&str>,
        typed: &Typed,
    ) -> Result<(), VocabularyError> {
        let _turn = self.turn.lock().await;
        let mut tx = self.store.begin().await?;
        let (vocabulary, taxonomy) = self.locked(&mut tx, administrator).await?;
        let before =
            slug.map(|slug| taxonomy.find_specialism(slug).ok_or(VocabularyError::Gone)).transpose()?;
        let wanted = forms::read_specialism(typed, before, &taxonomy).map_err(VocabularyError::Problems)?;
        if before == Some(&wanted) {
            return Ok(());
        }
        if let Some(before) = before
            && stamp(&forms::write_specialism(before)) != typed.get("stand")
        {
            return Err(VocabularyError::Changed(words::specialism(before)));
        }
        let configured = self.portal.configured().find_specialism(&wanted.slug);
        match SpecialismChange::between(configured, &wanted) {
            Some(change) => tx.save_specialism_change(&change, self.clock.now().instant).await?,
            None if vocabulary.find_specialism(&wanted.slug).is_some() => {
                tx.delete_specialism_change(&wanted.slug).await?;
            }
            None => return Ok(()),
        }
        let was = before.map_or_else(|| "neu".to_owned(), words::specialism);
        let about = (wanted.slug.clone(), was, words::specialism(&wanted));
        self.commit(tx, administrator, Action::SpecialismChanged, about).await
    }

    /// A specialism is as it was configured again.
    ///
    /// # Errors
    /// [`VocabularyError::Gone`] for one of the county's own: it can be hidden.
    pub async fn reset_specialism(
        &self,
        administrator: &CountyAdministrator,
        slug: &str,
        seen: &str,
    ) -> Result<(), VocabularyError> {
        let _turn = self.turn.lock().await;
        let mut tx = self.store.begin().await?;
        let (vocabulary, taxonomy) = self.locked(&mut tx, administrator).await?;
        let before = taxonomy.find_specialism(slug).ok_or(VocabularyError::Gone)?;
        let configured = self.portal.configured().find_specialism(slug).ok_or(VocabularyError::Gone)?;
        if vocabulary.find_specialism(slug).is_none() {
            return Ok(());
        }
        if stamp(&forms::write_specialism(before)) != seen {
            return Err(VocabularyError::Changed(words::specialism(before)));
        }
        // Another one may have got the name meanwhile.
        if taxonomy.specialisms().iter().any(|own| own.slug != slug && is_same(&own.name, &configured.name)) {
            return Err(VocabularyError::Problems(vec![Problem::new("name", TAKEN)]));
        }
        tx.delete_specialism_change(slug).await?;
        let about = (slug.to_owned(), words::specialism(before), words::specialism(configured));
        self.commit(tx, administrator, Action::SpecialismChanged, about).await
    }

    /// What the names would find with the change. Nothing is saved.
    ///
    /// # Errors
    /// [`VocabularyError::Problems`]
    pub async fn preview_specialism(
        &self,
        _: &CountyAdministrator,
        slug: Option<&str>,
        typed: &Typed,
    ) -> Result<Vec<Comparison>, VocabularyError> {
        let vocabulary = self.store.list_vocabulary().await?;
        let mut taxonomy = self.portal.taxonomy_with(&vocabulary);
        let before = slug.map(|slug| taxonomy.find_specialism(slug).cloned().ok_or(VocabularyError::Gone));
        let before = before.transpose()?;
        let wanted =
            forms::read_specialism(typed, before.as_ref(), &taxonomy).map_err(VocabularyError::Problems)?;
        let mut names = vec![wanted.name.clone()];
        names.extend(before.as_ref().map(|before| before.name.clone()).filter(|name| *name != wanted.name));
        let hidden = before.as_ref().is_some_and(|before| before.hidden);
        taxonomy.set_specialism(Specialism { hidden, ..wanted });
        self.compare(names, taxonomy, vocabulary).await
    }
}
