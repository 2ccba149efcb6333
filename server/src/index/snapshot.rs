//! A consistent view: facts, documents and words of one moment. Readers never wait for writers.

use std::{collections::HashMap, sync::Arc};

use app::domain::{care_type::Taxonomy, ids::FacilityId};
use tantivy::{Searcher, SegmentReader, index::SegmentId};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    compound::Splitter,
    facts::Facts,
    lexicon::Lexicon,
    places::Places,
    retrieve::Retrieval,
    schema::Fields,
    suggest::SuggestTables,
    text::{fold, spans},
    typing::Vocabulary,
    understand::{Knowledge, Understanding},
};

/// Which offer a document of a segment stands for: ordinal of the facility, position of the offer.
#[derive(Debug, Default)]
pub struct DocumentTable {
    pub rows: Vec<(u32, u16)>,
}

impl DocumentTable {
    /// Reads the table from a segment's columns.
    pub fn read(segment: &SegmentReader, facts: &Facts) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let high = columns.u64("facility_high")?;
        let low = columns.u64("facility_low")?;
        let offer = columns.u64("offer")?;
        let row = |doc| {
            let id = Uuid::from_u64_pair(high.first(doc)?, low.first(doc)?);
            Some((facts.ordinal(FacilityId(id))?, u16::try_from(offer.first(doc)?).ok()?))
        };
        // Documents of deleted facilities have no ordinal; they are never collected.
        Ok(Self { rows: (0..segment.max_doc()).map(|doc| row(doc).unwrap_or((u32::MAX, 0))).collect() })
    }
}

/// Words of lists, places and records, for the correction of typing errors.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub vocabulary: Vocabulary,
    /// How a folded word is written properly.
    display: HashMap<Box<str>, Box<str>>,
}

/// Known words of the lists and places are preferred to those of names.
const LEXICON_WEIGHT: u32 = 3;
const PLACE_WEIGHT: u32 = 2;
const NAME_WEIGHT: u32 = 1;

impl Words {
    /// Collects the words of the lists and of places.
    pub fn build(lexicon: &Lexicon, places: &Places) -> Self {
        let mut built = Self::default();
        for (place, _) in places.iter() {
            built.spell(&place.label);
        }
        for (folded, typed) in lexicon.words() {
            built.add(folded, typed, LEXICON_WEIGHT);
        }
        for folded in places.words() {
            built.add(folded, folded, PLACE_WEIGHT);
        }
        built
    }

    /// Whether a name brings a word that is not known yet.
    pub fn lacks(&self, name: &str) -> bool {
        spans(name).any(|(from, to)| !self.display.contains_key(fold(&name[from..to]).as_str()))
    }

    /// Adds the words of a name, as written.
    pub fn add_name(&mut self, name: &str) {
        for (from, to) in spans(name) {
            self.add(&fold(&name[from..to]), &name[from..to], NAME_WEIGHT);
        }
    }

    fn spell(&mut self, name: &str) {
        for (from, to) in spans(name) {
            self.display.insert(fold(&name[from..to]).into(), name[from..to].into());
        }
    }

    fn add(&mut self, folded: &str, typed: &str, weight: u32) {
        let new = !self.display.contains_key(folded);
        if new {
            self.display.insert(folded.into(), typed.into());
        }
        if new || weight > NAME_WEIGHT {
            self.vocabulary.add(folded, weight);
        }
    }

    /// How a folded word is written properly, where that is known.
    pub fn display(&self, folded: &str) -> Option<String> {
        self.display.get(folded).map(|word| (**word).to_owned())
    }
}

/// Everything a search reads.
#[derive(Clone)]
pub struct Snapshot {
    pub facts: Facts,
    pub places: Arc<Places>,
    pub words: Arc<Words>,
    pub lexicon: Arc<Lexicon>,
    pub splitter: Arc<Splitter>,
    pub taxonomy: Arc<Taxonomy>,
    pub(super) suggestions: SuggestTables,
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
    /// One per segment, in the searcher's order.
    pub(super) tables: Vec<Arc<DocumentTable>>,
    pub(super) tables_by_segment: HashMap<SegmentId, Arc<DocumentTable>>,
    /// The instants at which reports expire, in order.
    pub(super) expiries: Vec<OffsetDateTime>,
    /// Grows with every change that readers can see.
    pub generation: u64,
}

impl Snapshot {
    /// The first instant after `now` at which a report expires.
    pub fn next_expiry(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let at = self.expiries.partition_point(|until| *until <= now);
        self.expiries.get(at).copied()
    }

    /// The same documents and facts under other names and words. Which types are shown stays as it is: facts and documents
    /// were made with them.
    #[must_use]
    pub fn imagined(&self, taxonomy: Taxonomy, lexicon: Lexicon) -> Self {
        let splitter = Arc::new(lexicon.splitter());
        Self { taxonomy: Arc::new(taxonomy), lexicon: Arc::new(lexicon), splitter, ..self.clone() }
    }

    /// Access to the documents.
    pub fn retrieval(&self) -> Retrieval<'_> {
        Retrieval { searcher: &self.searcher, fields: self.fields, tables: &self.tables }
    }

    /// Understands the free text of a query.
    pub fn understand(&self, text: &str, find_place: bool) -> Understanding {
        let retrieval = self.retrieval();
        let occurs = |stem: &str| retrieval.occurs(stem);
        let is_pair = |first: &str, second: &str| retrieval.is_pair(first, second);
        let display = |word: &str| self.words.display(word);
        self.knowledge(&occurs, &is_pair, &display).understand(text, find_place)
    }

    /// The place that the field "Ort oder PLZ" names.
    pub fn place_of(&self, text: &str) -> Option<super::places::Place> {
        self.knowledge(&|_| false, &|_, _| false, &|_| None).place_of(text)
    }

    fn knowledge<'a>(
        &'a self,
        occurs: &'a dyn Fn(&str) -> bool,
        is_pair: &'a dyn Fn(&str, &str) -> bool,
        display: &'a dyn Fn(&str) -> Option<String>,
    ) -> Knowledge<'a> {
        Knowledge {
            lexicon: &self.lexicon,
            splitter: &self.splitter,
            places: &self.places,
            vocabulary: &self.words.vocabulary,
            taxonomy: &self.taxonomy,
            occurs,
            is_pair,
            display,
        }
    }
}
