//! The search index: German analysis, lexicon, places, tantivy and the facts in memory.
//!
//! The database is the truth; everything here is a projection of it that can be thrown away at any
//! time. No other room names tantivy.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use app::domain::{care_type::Taxonomy, facility::Facility, ids::FacilityId};
use arc_swap::ArcSwap;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Term, indexer::UserOperation};

pub mod compound;
pub mod counts;
pub mod engine;
pub mod facts;
pub mod filters;
pub mod ladder;
pub mod lexicon;
pub mod matching;
pub mod order;
pub mod places;
pub mod retrieve;
pub mod schema;
pub mod select;
pub mod snapshot;
pub mod state;
pub mod suggest;
pub mod text;
pub mod typing;
pub mod understand;

use compound::Splitter;
use facts::Facts;
use lexicon::Lexicon;
use places::{OutsidePlace, Places};
use schema::Fields;
use snapshot::{DocumentTable, Snapshot, Words};
use state::State;
use suggest::SuggestTables;

/// Memory for documents that are not written yet, in bytes.
const WRITER_MEMORY: usize = 40_000_000;

/// Counts views in the whole process: pages remembered from an index that was given up never fit
/// one of its successor.
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// Why the index cannot do what it should.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    #[error("search index: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
    #[error("directory of the search index: {0}")]
    Directory(#[from] std::io::Error),
    #[error("the search index was closed")]
    Closed,
}

/// The index with its current view.
pub struct SearchIndex {
    fields: Fields,
    /// `None` once the index was closed.
    writer: Mutex<Option<IndexWriter>>,
    reader: IndexReader,
    outside: Mutex<Arc<Vec<OutsidePlace>>>,
    current: ArcSwap<Snapshot>,
    fingerprint: String,
}

/// What was found where the index should be.
#[derive(Debug)]
pub struct Opened {
    pub index: SearchIndex,
    /// Sequence of the last change it contains; `None`: it is empty and has to be built.
    pub up_to: Option<i64>,
    /// Where an index was moved that could not be used.
    pub moved_aside: Option<PathBuf>,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// Opens the index in a directory, or in memory. What is missing, corrupt or of an older schema
    /// is moved aside, and an empty index takes its place.
    pub fn open(
        directory: Option<&Path>,
        taxonomy: Taxonomy,
        lexicon: Lexicon,
    ) -> Result<Opened, IndexError> {
        let (schema, fields) = schema::build();
        let lexicon = lexicon.with_names_of(&taxonomy);
        let splitter = lexicon.splitter();
        let fingerprint = state::fingerprint(&splitter, &taxonomy);
        let (index, up_to, moved_aside) = state::open_or_create(directory, &schema, &fingerprint)?;
        let writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let snapshot = Snapshot {
            facts: Facts::default(),
            places: Arc::default(),
            words: Arc::default(),
            suggestions: SuggestTables::new(&taxonomy, &lexicon),
            lexicon: Arc::new(lexicon),
            splitter: Arc::new(splitter),
            taxonomy: Arc::new(taxonomy),
            searcher: IndexReader::searcher(&reader),
            fields,
            tables: Vec::new(),
            tables_by_segment: HashMap::new(),
            expiries: Vec::new(),
            generation: 0,
        };
        let index = Self {
            fields,
            writer: Mutex::new(Some(writer)),
            reader,
            outside: Mutex::default(),
            current: ArcSwap::from_pointee(snapshot),
            fingerprint,
        };
        Ok(Opened { index, up_to, moved_aside })
    }

    /// The view readers work with; it never changes under them.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Gives up writing, so that another index can take over the directory. Readers keep their view.
    pub fn close(&self) {
        lock(&self.writer).take();
    }

    /// Starts to write the documents of all facilities anew. Readers see nothing of it.
    pub fn rewrite(&self) -> Result<Rewrite<'_>, IndexError> {
        lock(&self.writer).as_mut().ok_or(IndexError::Closed)?.delete_all_documents()?;
        Ok(Rewrite { index: self })
    }

    /// Starts to take in what is known of all facilities; their documents are written already.
    pub fn load(&self) -> Load<'_> {
        Load { index: self, facts: Facts::default() }
    }

    /// Takes in facilities in their newest state (`None`: gone), and makes them visible. With `force`
    /// documents are written even where the facts say that no word changed.
    pub fn apply(
        &self,
        changes: Vec<(FacilityId, Option<Facility>)>,
        up_to: i64,
        force: bool,
    ) -> Result<(), IndexError> {
        let before = self.snapshot();
        let mut facts = before.facts.clone();
        let (mut words, mut places) = (false, false);
        let mut names = Vec::new();
        let mut renamed = HashSet::new();
        let mut locked = lock(&self.writer);
        let writer = locked.as_mut().ok_or(IndexError::Closed)?;
        for (id, facility) in changes {
            let facility = facility.and_then(|facility| facility.shown(&before.taxonomy));
            let touched = match &facility {
                Some(facility) => facts.put(facility, &before.taxonomy),
                None => facts.remove(id),
            };
            places |= touched.place;
            if touched.words || force {
                words = true;
                renamed.extend(facts.ordinal(id));
                self.write(writer, id, facility.as_ref(), (&before.splitter, &before.taxonomy))?;
                names.extend(facts.find(id).map(|f| f.names().to_owned()));
            }
        }
        if words {
            self.commit(writer, up_to)?;
        }
        drop(locked);
        let mut suggestions = before.suggestions.with_changes(&renamed, &facts);
        let places = if places {
            let places = self.places(&facts);
            suggestions = suggestions.with_places(&places);
            Arc::new(places)
        } else {
            before.places.clone()
        };
        let mut known = before.words.clone();
        for name in names.iter().filter(|name| before.words.lacks(name)) {
            Arc::make_mut(&mut known).add_name(name);
        }
        self.publish(&before, facts, places, known, suggestions)
    }

    /// Takes the places of configuration and gazetteer, in the order of their rank.
    pub fn set_outside_places(&self, outside: Vec<OutsidePlace>) -> Result<(), IndexError> {
        *lock(&self.outside) = Arc::new(outside);
        let before = self.snapshot();
        let places = Arc::new(self.places(&before.facts));
        let words = Arc::new(words_of(&before.lexicon, &places, &before.facts));
        let suggestions = before.suggestions.with_places(&places);
        self.publish(&before, before.facts.clone(), places, words, suggestions)
    }

    /// Makes the same known as a new view: pages that were kept of the one before are shown no more.
    pub fn renew(&self) -> Result<(), IndexError> {
        let before = self.snapshot();
        let (places, words) = (before.places.clone(), before.words.clone());
        self.publish(&before, before.facts.clone(), places, words, before.suggestions.clone())
    }

    fn places(&self, facts: &Facts) -> Places {
        let outside = lock(&self.outside).clone();
        Places::build(facts, &outside)
    }

    /// Puts the documents of a facility in the place of those it had.
    fn write(
        &self,
        writer: &mut IndexWriter,
        id: FacilityId,
        facility: Option<&Facility>,
        (splitter, taxonomy): (&Splitter, &Taxonomy),
    ) -> Result<(), IndexError> {
        let key = Term::from_field_text(self.fields.facility, &schema::facility_key(id));
        let documents =
            facility.map(|facility| schema::documents(facility, &self.fields, splitter, taxonomy));
        let mut operations = vec![UserOperation::Delete(key)];
        operations.extend(documents.unwrap_or_default().into_iter().map(UserOperation::Add));
        // One batch: the documents of a facility end up in one segment, one after the other.
        writer.run(operations)?;
        Ok(())
    }

    fn commit(&self, writer: &mut IndexWriter, up_to: i64) -> Result<(), IndexError> {
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&State { fingerprint: self.fingerprint.clone(), up_to }.to_text());
        prepared.commit()?;
        Ok(())
    }

    fn publish(
        &self,
        before: &Snapshot,
        facts: Facts,
        places: Arc<Places>,
        words: Arc<Words>,
        suggestions: SuggestTables,
    ) -> Result<(), IndexError> {
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        let mut tables = Vec::new();
        let mut tables_by_segment = HashMap::new();
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            let table = match before.tables_by_segment.get(&id) {
                Some(table) => table.clone(),
                None => Arc::new(DocumentTable::read(segment, &facts)?),
            };
            tables.push(table.clone());
            tables_by_segment.insert(id, table);
        }
        self.current.store(Arc::new(Snapshot {
            expiries: facts.expiries(),
            facts,
            places,
            words,
            suggestions,
            lexicon: before.lexicon.clone(),
            splitter: before.splitter.clone(),
            taxonomy: before.taxonomy.clone(),
            searcher,
            fields: self.fields,
            tables,
            tables_by_segment,
            generation: GENERATION.fetch_add(1, Ordering::Relaxed) + 1,
        }));
        Ok(())
    }
}

/// Writing of all documents, page by page. It keeps nothing, so that the memory it took is free again
/// before [`Load`] begins to keep something between its pieces.
pub struct Rewrite<'a> {
    index: &'a SearchIndex,
}

impl Rewrite<'_> {
    /// Writes the documents of some facilities.
    pub fn add(&self, facilities: Vec<Facility>) -> Result<(), IndexError> {
        let snapshot = self.index.snapshot();
        let mut locked = lock(&self.index.writer);
        let writer = locked.as_mut().ok_or(IndexError::Closed)?;
        for facility in facilities.into_iter().filter_map(|facility| facility.shown(&snapshot.taxonomy)) {
            // No document has to make room. Until the next commit but one tantivy keeps a kilobyte for each
            // deletion.
            let documents =
                schema::documents(&facility, &self.index.fields, &snapshot.splitter, &snapshot.taxonomy);
            writer.run(documents.into_iter().map(UserOperation::Add).collect::<Vec<_>>())?;
        }
        Ok(())
    }

    /// Puts the documents on disk; they then contain all changes up to this sequence.
    pub fn finish(self, up_to: i64) -> Result<(), IndexError> {
        self.index.commit(lock(&self.index.writer).as_mut().ok_or(IndexError::Closed)?, up_to)
    }
}

/// Taking in of all facilities, page by page. Readers see nothing of it until it is finished.
pub struct Load<'a> {
    index: &'a SearchIndex,
    facts: Facts,
}

impl Load<'_> {
    /// Takes in some facilities.
    pub fn add(&mut self, facilities: Vec<Facility>) {
        let taxonomy = &self.index.snapshot().taxonomy;
        for facility in facilities.into_iter().filter_map(|facility| facility.shown(taxonomy)) {
            self.facts.put(&facility, taxonomy);
        }
    }

    /// Makes everything visible.
    pub fn finish(self) -> Result<(), IndexError> {
        let before = self.index.snapshot();
        let places = Arc::new(self.index.places(&self.facts));
        let words = Arc::new(words_of(&before.lexicon, &places, &self.facts));
        // Ordinals are new, so no table of before is of use.
        let before = Snapshot { tables_by_segment: HashMap::new(), ..Snapshot::clone(&before) };
        let suggestions = before.suggestions.with_all(&self.facts).with_places(&places);
        self.index.publish(&before, self.facts, places, words, suggestions)
    }
}

fn words_of(lexicon: &Lexicon, places: &Places, facts: &Facts) -> Words {
    let mut words = Words::build(lexicon, places);
    facts.iter().for_each(|(_, facility)| words.add_name(facility.names()));
    words
}

/// A panic while writing leaves nothing half-done that the next commit would not mend.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
