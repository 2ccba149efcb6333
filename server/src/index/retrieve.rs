//! From concepts to offers with a score. Scores are fixed weights, not statistics: what an offer is
//! weighs more than what it is called, and that more than what is written about it.

use tantivy::{
    DocId, Score, Searcher, SegmentOrdinal, SegmentReader, Term,
    collector::{Collector, SegmentCollector},
    query::{BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption},
};

use super::{schema::Fields, snapshot::DocumentTable, understand::Concept};

/// An offer that the words found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Ordinal of the facility.
    pub facility: u32,
    /// Position of the offer in it.
    pub offer: u16,
    pub score: f32,
}

const TYPE: f32 = 100.0;
/// Each further type of a word weighs so much less, down to [`TYPE_LEAST`].
const TYPE_STEP: f32 = 4.0;
const TYPE_LEAST: f32 = 80.0;
/// A specialism that answers as well as the type.
const TYPE_ALSO: f32 = 76.0;
const TAG: f32 = 42.0;
const OPERATOR: f32 = 40.0;
const NAME: f32 = 36.0;
const NAME_PART: f32 = 26.0;
const ORGANIZATION: f32 = 22.0;
const TEXT: f32 = 18.0;
const TEXT_PART: f32 = 14.0;
const ADDRESS: f32 = 10.0;
/// A name that contains the very words of a care type comes before others of that type.
const NAMED_LIKE_TYPE: f32 = 8.0;
/// The very word somebody typed weighs more than one that says the same.
const OWN_WORD: f32 = 1.25;

/// Builds queries over an index.
pub struct Retrieval<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    pub tables: &'a [std::sync::Arc<DocumentTable>],
}

type Clause = (Occur, Box<dyn Query>);

impl Retrieval<'_> {
    /// Every offer that fits all concepts, in the order of facilities. Free words need to fit only by half.
    /// With `any` one concept is enough.
    pub fn find(&self, concepts: &[Concept], any: bool) -> tantivy::Result<Vec<Candidate>> {
        let (mut clauses, mut words): (Vec<Clause>, Vec<Clause>) = (Vec::new(), Vec::new());
        let (mut types, mut names): (Vec<Clause>, Vec<Clause>) = (Vec::new(), Vec::new());
        let must = if any { Occur::Should } else { Occur::Must };
        for concept in concepts {
            match concept {
                Concept::CareTypes { asked, also, stems, .. } => {
                    types.push((must, self.care_types(asked, also, stems)));
                    clauses.extend(stems.iter().map(|s| (Occur::Should, self.bonus(s, stems.len()))));
                }
                Concept::Need { tags, own, stems, .. } => clauses.push((must, self.need(tags, own, stems))),
                Concept::Operator { stems, .. } => clauses.push((must, self.operator(stems))),
                Concept::Word { stem, parts, .. } => {
                    words.push((Occur::Should, self.word(stem, parts)));
                    names.push((Occur::Should, self.in_names(stem)));
                }
                Concept::PlaceInName { stem, .. } => {
                    clauses.push((Occur::Should, self.place_in_name(stem)));
                }
            }
        }
        if any || words.is_empty() {
            clauses.append(&mut types);
            clauses.append(&mut words);
        } else {
            let half = words.len().div_ceil(2);
            let words: Box<dyn Query> = Box::new(BooleanQuery::with_minimum_required_clauses(words, half));
            if types.is_empty() {
                clauses.push((Occur::Must, words));
            } else {
                // Whoever types a name may mean the name of something else than the type in it.
                types.push((Occur::Must, words));
                let named: Box<dyn Query> =
                    Box::new(BooleanQuery::with_minimum_required_clauses(names, half));
                let either = vec![Box::new(BooleanQuery::new(types)) as Box<dyn Query>, named];
                clauses.push((Occur::Must, Box::new(DisjunctionMaxQuery::new(either))));
            }
        }
        let query = BooleanQuery::new(clauses);
        let mut found = self.searcher.search(&query, &Candidates { tables: self.tables })?;
        // Segments follow each other; within one, documents lie in the order they came in.
        let place = |candidate: &Candidate| (candidate.facility, candidate.offer);
        if !found.is_sorted_by_key(place) {
            found.sort_by_key(place);
        }
        Ok(found)
    }

    /// How many offers have a tag.
    fn count_tag(&self, tag: &str) -> u64 {
        self.searcher.doc_freq(&Term::from_field_text(self.fields.tag, tag)).unwrap_or(0)
    }

    /// Whether two stems stand side by side in the name of a facility or organization.
    pub fn is_pair(&self, first: &str, second: &str) -> bool {
        let pair = format!("{first}_{second}");
        self.searcher.doc_freq(&Term::from_field_text(self.fields.pair, &pair)).unwrap_or(0) > 0
    }

    /// Whether a stem occurs in names, operators or texts.
    pub fn occurs(&self, stem: &str) -> bool {
        let f = &self.fields;
        [f.name, f.organization, f.name_part, f.text, f.address]
            .iter()
            .any(|field| self.searcher.doc_freq(&Term::from_field_text(*field, stem)).unwrap_or(0) > 0)
    }

    fn care_types(&self, asked: &[String], also: &[String], stems: &[String]) -> Box<dyn Query> {
        let mut weight = TYPE;
        let mut choices: Vec<_> =
            also.iter().map(|tag| Self::term(self.fields.tag, tag, TYPE_ALSO)).collect();
        if asked.iter().all(|slug| self.count_tag(&format!("t:{slug}")) == 0) {
            // Nobody offers the type; some may still call themselves so.
            for stem in stems {
                choices.push(Self::term(self.fields.name, stem, NAME));
                choices.push(Self::term(self.fields.name_part, stem, NAME_PART));
            }
        }
        for slug in asked {
            choices.push(Self::term(self.fields.tag, &format!("t:{slug}"), weight));
            weight = (weight - TYPE_STEP).max(TYPE_LEAST);
        }
        Box::new(DisjunctionMaxQuery::new(choices))
    }

    fn bonus(&self, stem: &str, words: usize) -> Box<dyn Query> {
        // At most eight words are typed for one concept: the cast loses nothing.
        #[allow(clippy::cast_precision_loss)]
        let share = NAMED_LIKE_TYPE / words.max(1) as f32;
        Box::new(DisjunctionMaxQuery::new(vec![
            Self::term(self.fields.name, stem, share),
            Self::term(self.fields.name_part, stem, share * 0.8),
            Self::term(self.fields.text, stem, share * 0.6),
        ]))
    }

    fn place_in_name(&self, stem: &str) -> Box<dyn Query> {
        let f = &self.fields;
        Box::new(DisjunctionMaxQuery::new(vec![
            Self::term(f.name, stem, NAME),
            Self::term(f.address, stem, ORGANIZATION),
            Self::term(f.organization, stem, ADDRESS),
        ]))
    }

    fn need(&self, tags: &[String], own: &[String], stems: &[String]) -> Box<dyn Query> {
        let f = &self.fields;
        let mut choices: Vec<_> = tags.iter().map(|tag| Self::term(f.tag, tag, TAG)).collect();
        let own = own.iter().map(|stem| (stem, OWN_WORD));
        for (stem, weight) in own.chain(stems.iter().map(|stem| (stem, 1.0))) {
            choices.push(Self::term(f.name, stem, NAME * weight));
            choices.push(Self::term(f.name_part, stem, NAME_PART * weight));
            choices.push(Self::term(f.organization, stem, ORGANIZATION * weight));
            choices.push(Self::term(f.text, stem, TEXT * weight));
            choices.push(Self::term(f.text_part, stem, TEXT_PART * weight));
        }
        Box::new(DisjunctionMaxQuery::new(choices))
    }

    fn operator(&self, stems: &[String]) -> Box<dyn Query> {
        let f = &self.fields;
        let mut choices = Vec::new();
        for stem in stems {
            choices.push(Self::term(f.organization, stem, OPERATOR));
            choices.push(Self::term(f.name, stem, OPERATOR));
            choices.push(Self::term(f.name_part, stem, NAME_PART));
            choices.push(Self::term(f.text, stem, TEXT));
        }
        Box::new(DisjunctionMaxQuery::new(choices))
    }

    fn word(&self, stem: &str, parts: &[String]) -> Box<dyn Query> {
        let f = &self.fields;
        let rarity = self.rarity(stem);
        let mut choices = vec![
            Self::term(f.name, stem, NAME * rarity),
            Self::term(f.name_part, stem, NAME_PART * rarity),
            Self::term(f.organization, stem, ORGANIZATION * rarity),
            Self::term(f.text, stem, TEXT * rarity),
            Self::term(f.text_part, stem, TEXT_PART * rarity),
            Self::term(f.address, stem, ADDRESS * rarity),
        ];
        if !parts.is_empty() {
            // "Rosenhofapotheke" also finds what has all its parts in its name.
            let all = parts.iter().map(|part| {
                let choice: Box<dyn Query> = Box::new(DisjunctionMaxQuery::new(vec![
                    Self::term(f.name, part, 1.0),
                    Self::term(f.name_part, part, 1.0),
                    Self::term(f.text, part, 1.0),
                ]));
                (Occur::Must, choice)
            });
            let all: Box<dyn Query> = Box::new(BooleanQuery::new(all.collect()));
            choices.push(Box::new(ConstScoreQuery::new(all, NAME_PART * rarity * 0.8)));
        }
        Box::new(DisjunctionMaxQuery::new(choices))
    }

    fn in_names(&self, stem: &str) -> Box<dyn Query> {
        let f = &self.fields;
        let rarity = self.rarity(stem);
        Box::new(DisjunctionMaxQuery::new(vec![
            Self::term(f.name, stem, NAME * rarity),
            Self::term(f.name_part, stem, NAME_PART * rarity),
        ]))
    }

    /// 0.6 for words in every name to 1.4 for words in one.
    fn rarity(&self, stem: &str) -> f32 {
        let count = self.searcher.doc_freq(&Term::from_field_text(self.fields.name, stem)).unwrap_or(0);
        let all = self.searcher.num_docs().max(2);
        // Only the order of magnitude matters.
        #[allow(clippy::cast_precision_loss)]
        let share = ((count + 1) as f32).ln() / (all as f32).ln();
        1.4 - 0.8 * share.min(1.0)
    }

    fn term(field: Field, text: &str, weight: f32) -> Box<dyn Query> {
        let term = Term::from_field_text(field, text);
        let query = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        Box::new(BoostQuery::new(Box::new(ConstScoreQuery::new(query, 1.0)), weight))
    }
}

/// Gathers every match; facilities stay together because their documents do.
struct Candidates<'a> {
    tables: &'a [std::sync::Arc<DocumentTable>],
}

struct SegmentCandidates {
    table: std::sync::Arc<DocumentTable>,
    found: Vec<Candidate>,
}

impl Collector for Candidates<'_> {
    type Fruit = Vec<Candidate>;
    type Child = SegmentCandidates;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentCandidates> {
        let table = self.tables.get(segment as usize).cloned().unwrap_or_default();
        Ok(SegmentCandidates { table, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Candidate>>) -> tantivy::Result<Vec<Candidate>> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for SegmentCandidates {
    type Fruit = Vec<Candidate>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if let Some(&(facility, offer)) = self.table.rows.get(doc as usize) {
            self.found.push(Candidate { facility, offer, score });
        }
    }

    fn harvest(self) -> Vec<Candidate> {
        self.found
    }
}
