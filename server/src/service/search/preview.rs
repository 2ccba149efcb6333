//! What words find now, and what they would find if the county called things otherwise.

use std::{collections::HashSet, sync::Arc};

use app::{
    backend::BackendError,
    domain::{
        care_type::Taxonomy,
        ids::FacilityId,
        now::Now,
        search::SearchQuery,
        vocabulary::{Comparison, Findings, LexiconLine, Reading},
    },
    text,
};

use super::{SearchService, internal};
use crate::{
    index::{IndexError, engine::Prepared, lexicon::Lexicon, snapshot::Snapshot, understand::Concept},
    service::store_error,
};

/// What a word finds, still without names.
struct Found {
    total: usize,
    first: Vec<FacilityId>,
}

impl SearchService {
    /// What some words find, and what they would find with other names and lines.
    pub async fn compare(
        &self,
        words: Vec<String>,
        taxonomy: Taxonomy,
        lines: Vec<LexiconLine>,
    ) -> Result<Vec<Comparison>, BackendError> {
        let (snapshot, now) = (self.snapshot()?, self.clock.now());
        let asked = words.clone();
        let found = self
            .workers
            .run(move || {
                let lexicon = Lexicon::of_county(&taxonomy, &lines).map_err(|error| internal(&error))?;
                let imagined = snapshot.imagined(taxonomy, lexicon);
                let both = |word: &String| Ok((find(&snapshot, word, now)?, find(&imagined, word, now)?));
                asked
                    .iter()
                    .map(both)
                    .collect::<Result<Vec<_>, IndexError>>()
                    .map_err(|error| internal(&error))
            })
            .await
            .map_err(|error| internal(&error))??;
        let mut rows = Vec::with_capacity(words.len());
        for (word, (now, then)) in words.into_iter().zip(found) {
            rows.push(Comparison { word, now: self.named(now).await?, then: self.named(then).await? });
        }
        Ok(rows)
    }

    /// What the search understands under a word, and what it finds.
    pub async fn read_word(&self, word: &str) -> Result<Reading, BackendError> {
        let (snapshot, now) = (self.snapshot()?, self.clock.now());
        let asked = word.to_owned();
        let read = move || Ok::<_, IndexError>((meanings(&snapshot, &asked), find(&snapshot, &asked, now)?));
        let (means, found) = self
            .workers
            .run(read)
            .await
            .map_err(|error| internal(&error))?
            .map_err(|error| internal(&error))?;
        Ok(Reading { word: word.to_owned(), means, found: self.named(found).await? })
    }

    async fn named(&self, found: Found) -> Result<Findings, BackendError> {
        let names =
            self.store.list_facility_names(&found.first).await.map_err(|error| store_error(&error))?;
        let name = |id: &FacilityId| names.get(id).map(|(_, name)| name.clone());
        Ok(Findings { total: found.total, first: found.first.iter().filter_map(name).collect() })
    }
}

fn find(snapshot: &Snapshot, word: &str, now: Now) -> Result<Found, IndexError> {
    let query = SearchQuery { text: word.to_owned(), page: 1, ..SearchQuery::default() };
    let outcome = Prepared::new(snapshot, &query, now)?.answer(&query, Findings::NAMED);
    let first = outcome.listed.iter().map(|listed| listed.facility).collect();
    Ok(Found { total: outcome.total, first })
}

/// What a word is known as: names of care types and specialisms, and what else there is.
fn meanings(snapshot: &Arc<Snapshot>, word: &str) -> Vec<String> {
    let taxonomy = &snapshot.taxonomy;
    let tag = |tag: &String| match tag.split_once(':') {
        Some(("s", slug)) => taxonomy.specialism_name(slug).to_owned(),
        Some(("l", code)) => format!("spricht {}", text::features::language(code)),
        _ => "barrierefrei".to_owned(),
    };
    let mut found = Vec::new();
    let understood = snapshot.understand(word, true);
    found.extend(understood.place.map(|place| format!("Ort: {}", place.place.label)));
    if understood.text_without_open.is_some() {
        found.push("jetzt geöffnet".to_owned());
    }
    for concept in &understood.concepts {
        match concept {
            Concept::CareTypes { asked, also, .. } => {
                found.extend(
                    asked.iter().map(|slug| taxonomy.find(slug).map_or(slug, |own| &own.name).clone()),
                );
                found.extend(also.iter().map(tag));
            }
            Concept::Need { tags, typed, .. } if tags.is_empty() => {
                found.push(format!("in Namen und Texten: {typed} und was dasselbe sagt"));
            }
            Concept::Need { tags, .. } => found.extend(tags.iter().map(tag)),
            Concept::Operator { typed, .. } => found.push(format!("Träger: {typed}")),
            Concept::Word { .. } | Concept::PlaceInName { .. } => {}
        }
    }
    let mut seen = HashSet::new();
    found.retain(|meaning| seen.insert(meaning.clone()));
    found
}
