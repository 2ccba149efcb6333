//! Care types: renamed, hidden, added, and as they were configured again.

use app::{
    backend::access::CountyAdministrator,
    components::form::Problem,
    domain::{
        audit::Action,
        care_type::{CareType, CareTypeSlug},
        vocabulary::{CareTypeChange, Comparison, is_same},
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
    /// Changes a care type (`slug`), or adds one.
    ///
    /// # Errors
    /// [`VocabularyError::Problems`], [`VocabularyError::Changed`].
    pub async fn save_care_type(
        &self,
        administrator: &CountyAdministrator,
        slug: Option<&CareTypeSlug>,
        typed: &Typed,
    ) -> Result<(), VocabularyError> {
        let _turn = self.turn.lock().await;
        let mut tx = self.store.begin().await?;
        let (vocabulary, taxonomy) = self.locked(&mut tx, administrator).await?;
        let before =
            slug.map(|slug| taxonomy.find(slug.as_str()).ok_or(VocabularyError::Gone)).transpose()?;
        let wanted = forms::read_care_type(typed, before, &taxonomy).map_err(VocabularyError::Problems)?;
        if before == Some(&wanted) {
            return Ok(());
        }
        let changed = words::care_type_change(before, &wanted, &taxonomy);
        if let Some(before) = before
            && stamp(&forms::write_care_type(before)) != typed.get("stand")
        {
            return Err(VocabularyError::Changed(changed.0));
        }
        let configured = self.portal.configured().find(wanted.slug.as_str());
        match CareTypeChange::between(configured, &wanted) {
            Some(change) => tx.save_care_type_change(&change, self.clock.now().instant).await?,
            None if vocabulary.find_care_type(&wanted.slug).is_some() => {
                tx.delete_care_type_change(&wanted.slug).await?;
            }
            None => return Ok(()),
        }
        let about = (wanted.slug.to_string(), changed.0, changed.1);
        self.commit(tx, administrator, Action::CareTypeChanged, about).await
    }

    /// A care type is as it was configured again.
    ///
    /// # Errors
    /// [`VocabularyError::Gone`] for one of the county's own: it can be hidden.
    pub async fn reset_care_type(
        &self,
        administrator: &CountyAdministrator,
        slug: &CareTypeSlug,
        seen: &str,
    ) -> Result<(), VocabularyError> {
        let _turn = self.turn.lock().await;
        let mut tx = self.store.begin().await?;
        let (vocabulary, taxonomy) = self.locked(&mut tx, administrator).await?;
        let before = taxonomy.find(slug.as_str()).ok_or(VocabularyError::Gone)?;
        let configured = self.portal.configured().find(slug.as_str()).ok_or(VocabularyError::Gone)?;
        if vocabulary.find_care_type(slug).is_none() {
            return Ok(());
        }
        let changed = words::care_type_change(Some(before), configured, &taxonomy);
        if stamp(&forms::write_care_type(before)) != seen {
            return Err(VocabularyError::Changed(changed.0));
        }
        // Another one may have got the name meanwhile.
        if taxonomy.all().iter().any(|own| own.slug != *slug && is_same(&own.name, &configured.name)) {
            return Err(VocabularyError::Problems(vec![Problem::new("name", TAKEN)]));
        }
        tx.delete_care_type_change(slug).await?;
        let about = (slug.to_string(), changed.0, changed.1);
        self.commit(tx, administrator, Action::CareTypeChanged, about).await
    }

    /// What the names would find with the change. Nothing is saved.
    ///
    /// # Errors
    /// [`VocabularyError::Problems`]
    pub async fn preview_care_type(
        &self,
        _: &CountyAdministrator,
        slug: Option<&CareTypeSlug>,
        typed: &Typed,
    ) -> Result<Vec<Comparison>, VocabularyError> {
        let vocabulary = self.store.list_vocabulary().await?;
        let mut taxonomy = self.portal.taxonomy_with(&vocabulary);
        let before = slug.map(|slug| taxonomy.find(slug.as_str()).cloned().ok_or(VocabularyError::Gone));
        let before = before.transpose()?;
        let wanted =
            forms::read_care_type(typed, before.as_ref(), &taxonomy).map_err(VocabularyError::Problems)?;
        let mut names = vec![wanted.name.clone()];
        names.extend(before.as_ref().map(|before| before.name.clone()).filter(|name| *name != wanted.name));
        // Facts and documents know who is shown; the page says in a sentence what hiding does.
        let hidden = before.as_ref().is_some_and(|before| before.hidden);
        taxonomy.set(CareType { hidden, ..wanted });
        self.compare(names, taxonomy, vocabulary).await
    }
}
