//! The county's own lines of words.

use app::{
    backend::access::CountyAdministrator,
    components::form::Problem,
    domain::{
        audit::Action,
        care_type::Taxonomy,
        draft::Author,
        ids::LexiconLineId,
        vocabulary::{self, Comparison, LexiconLine, MOST_LINES, Vocabulary},
    },
    forms::{Typed, vocabulary as forms},
    text::vocabulary as in_words,
};
use uuid::Uuid;

use super::{VocabularyError, VocabularyService};
use crate::{index::lexicon::Lexicon, service::entry::stamp};

impl VocabularyService {
    /// Changes a line, or adds one.
    ///
    /// # Errors
    /// [`VocabularyError::Problems`], [`VocabularyError::Changed`].
    pub async fn save_line(
        &self,
        administrator: &CountyAdministrator,
        id: Option<LexiconLineId>,
        typed: &Typed,
    ) -> Result<(), VocabularyError> {
        let _turn = self.turn.lock().await;
        let mut tx = self.store.begin().await?;
        let (vocabulary, taxonomy) = self.locked(&mut tx, administrator).await?;
        let before = id.map(|id| vocabulary.find_line(id).ok_or(VocabularyError::Gone)).transpose()?;
        let wanted = self.read(administrator, id, typed, (&vocabulary, &taxonomy))?;
        if before.is_some_and(|own| own.words == wanted.words && own.targets == wanted.targets) {
            return Ok(());
        }
        if let Some(before) = before
            && stamp(&forms::write_line(before)) != typed.get("stand")
        {
            return Err(VocabularyError::Changed(in_words::line(before, &taxonomy)));
        }
        tx.save_line(&wanted).await?;
        let was = before.map_or_else(|| "neu".to_owned(), |own| in_words::line(own, &taxonomy));
        let about = (wanted.words.join(", "), was, in_words::line(&wanted, &taxonomy));
        self.commit(tx, administrator, Action::WordsChanged, about).await
    }

    /// Takes a line away. One that is gone already is what was wanted.
    ///
    /// # Errors
    /// [`VocabularyError::Changed`]
    pub async fn remove_line(
        &self,
        administrator: &CountyAdministrator,
        id: LexiconLineId,
        seen: &str,
    ) -> Result<(), VocabularyError> {
        let _turn = self.turn.lock().await;
        let mut tx = self.store.begin().await?;
        let (vocabulary, taxonomy) = self.locked(&mut tx, administrator).await?;
        let Some(before) = vocabulary.find_line(id) else { return Ok(()) };
        let was = in_words::line(before, &taxonomy);
        if stamp(&forms::write_line(before)) != seen {
            return Err(VocabularyError::Changed(was));
        }
        tx.delete_line(id).await?;
        let about = (before.words.join(", "), was, "entfernt".to_owned());
        self.commit(tx, administrator, Action::WordsChanged, about).await
    }

    /// What the words would find with the line. Nothing is saved.
    ///
    /// # Errors
    /// [`VocabularyError::Problems`]
    pub async fn preview_line(
        &self,
        administrator: &CountyAdministrator,
        id: Option<LexiconLineId>,
        typed: &Typed,
    ) -> Result<Vec<Comparison>, VocabularyError> {
        let mut vocabulary = self.store.list_vocabulary().await?;
        let taxonomy = self.portal.taxonomy_with(&vocabulary);
        let wanted = self.read(administrator, id, typed, (&vocabulary, &taxonomy))?;
        let words = wanted.words.clone();
        match vocabulary.lines.iter_mut().find(|own| own.id == wanted.id) {
            Some(own) => *own = wanted,
            None => vocabulary.lines.push(wanted),
        }
        self.compare(words, taxonomy, vocabulary).await
    }

    /// The line that somebody typed.
    fn read(
        &self,
        administrator: &CountyAdministrator,
        id: Option<LexiconLineId>,
        typed: &Typed,
        (vocabulary, taxonomy): (&Vocabulary, &Taxonomy),
    ) -> Result<LexiconLine, VocabularyError> {
        let (words, targets) = forms::read_line(typed, taxonomy).map_err(VocabularyError::Problems)?;
        let problem =
            |field: &'static str, text: String| VocabularyError::Problems(vec![Problem::new(field, text)]);
        if id.is_none() && vocabulary.lines.len() >= MOST_LINES {
            return Err(problem(
                "woerter",
                format!("Es gibt schon {MOST_LINES} Zeilen. Bitte entfernen Sie zuerst eine."),
            ));
        }
        // The built-in lists are read by tests: they cannot fail here.
        let lexicon = Lexicon::builtin().unwrap_or_default();
        for (field, list) in [("woerter", &words), ("gleich", &targets.same_as)] {
            if let Some(word) = list.iter().find(|word| lexicon.says_nothing(word)) {
                let text =
                    format!("„{word}“ sagt für sich allein zu wenig: Die Suche überliest es in jedem Satz.");
                return Err(problem(field, text));
            }
        }
        let others = vocabulary.lines.iter().filter(|own| Some(own.id) != id);
        let mut known = others.flat_map(|own| &own.words);
        if let Some(word) = known.find(|known| words.iter().any(|word| vocabulary::is_same(word, known))) {
            return Err(problem(
                "woerter",
                format!("„{word}“ steht schon in einer anderen Zeile. Bitte ändern Sie diese."),
            ));
        }
        Ok(LexiconLine {
            id: id.unwrap_or_else(|| LexiconLineId(Uuid::now_v7())),
            words,
            targets,
            author: Some(Author { id: administrator.account(), name: Some(administrator.name().to_owned()) }),
            changed_at: self.clock.now().instant,
        })
    }
}
