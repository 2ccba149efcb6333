//! What to try when the words as a whole find nothing: related types first, then fewer words.

use app::domain::{care_type::Taxonomy, search_results::Understood};

use super::{
    retrieve::{Candidate, Retrieval},
    select::Selection,
    snapshot::Snapshot,
    text::{stem, words},
    understand::Concept,
};

/// Brings what meets a need before everything that only has the right kind.
const NEED_FIRST: f32 = 200.0;

/// What the words found.
#[derive(Debug, Default)]
pub struct Found {
    /// The concepts that were searched for in the end.
    pub concepts: Vec<Concept>,
    pub candidates: Vec<Candidate>,
    /// Words that were left out.
    pub ignored: Vec<Understood>,
}

/// Finds offers for the concepts. Filters play no part yet, and a place only where words find nothing.
pub fn climb(snapshot: &Snapshot, concepts: Vec<Concept>, at_a_place: bool) -> tantivy::Result<Found> {
    if concepts.is_empty() {
        return Ok(Found { candidates: Selection::everything(&snapshot.facts), ..Found::default() });
    }
    let retrieval = snapshot.retrieval();
    for (at, rung) in rungs(&concepts).into_iter().enumerate() {
        let mut candidates = retrieval.find(&rung, false)?;
        if at == 0 && candidates.is_empty() {
            candidates = needs_then_types(&retrieval, &concepts)?;
        }
        if !candidates.is_empty() || !related(snapshot, &rung)?.is_empty() {
            let ignored = ignored(&concepts, &rung);
            return Ok(Found { concepts: rung, candidates, ignored });
        }
    }
    let candidates = retrieval.find(&as_words(&concepts), true)?;
    if candidates.is_empty() && at_a_place {
        // Better all there is at the place than nothing.
        let ignored = ignored(&concepts, &[]);
        return Ok(Found { candidates: Selection::everything(&snapshot.facts), ignored, ..Found::default() });
    }
    Ok(Found { concepts, candidates, ..Found::default() })
}

/// Nothing of the asked kind says that it meets the need: what does comes first, whatever its kind,
/// then everything of that kind ("Heim für Demenzkranke").
fn needs_then_types(retrieval: &Retrieval<'_>, concepts: &[Concept]) -> tantivy::Result<Vec<Candidate>> {
    let is_type = |c: &Concept| matches!(c, Concept::CareTypes { .. });
    let is_need = |c: &Concept| matches!(c, Concept::Need { .. });
    if !(concepts.iter().any(is_type) && concepts.iter().any(is_need)) {
        return Ok(Vec::new());
    }
    let without = |kind: &dyn Fn(&Concept) -> bool| concepts.iter().filter(|c| !kind(c)).cloned().collect();
    let needs: Vec<Concept> = without(&is_type);
    let types: Vec<Concept> = without(&is_need);
    let mut found = retrieval.find(&needs, false)?;
    if found.is_empty() {
        return Ok(found);
    }
    for candidate in &mut found {
        candidate.score += NEED_FIRST;
    }
    found.extend(retrieval.find(&types, false)?);
    // Facilities stay together, and an offer that is found twice counts with its better score.
    found.sort_by(|a, b| (a.facility, a.offer).cmp(&(b.facility, b.offer)).then(b.score.total_cmp(&a.score)));
    found.dedup_by_key(|candidate| (candidate.facility, candidate.offer));
    Ok(found)
}

/// Ever fewer concepts: needs go first, then free words, then both, then operators.
fn rungs(concepts: &[Concept]) -> Vec<Vec<Concept>> {
    let keep = |wanted: fn(&Concept) -> bool| concepts.iter().filter(|c| wanted(c)).cloned().collect();
    let mut rungs: Vec<Vec<Concept>> = vec![
        concepts.to_vec(),
        keep(|c| !matches!(c, Concept::Need { .. })),
        keep(|c| !matches!(c, Concept::Word { .. })),
        keep(|c| matches!(c, Concept::CareTypes { .. } | Concept::Operator { .. })),
        keep(|c| matches!(c, Concept::CareTypes { .. })),
        keep(|c| matches!(c, Concept::Need { .. })),
    ];
    rungs.retain(|rung| !rung.is_empty());
    rungs.dedup();
    rungs
}

fn ignored(all: &[Concept], kept: &[Concept]) -> Vec<Understood> {
    let still = |typed: &str| kept.iter().any(|c| c.typed() == typed);
    all.iter()
        .filter(|concept| !still(concept.typed()))
        .map(|concept| Understood::Ignored { typed: concept.typed().to_owned() })
        .collect()
}

/// Offers of types related to the asked ones, wherever they are.
pub fn related(snapshot: &Snapshot, concepts: &[Concept]) -> tantivy::Result<Vec<Candidate>> {
    let (retrieval, taxonomy) = (snapshot.retrieval(), &snapshot.taxonomy);
    let mut changed = false;
    let concepts: Vec<Concept> = concepts
        .iter()
        .cloned()
        .map(|concept| match concept {
            Concept::CareTypes { asked, typed, stems, weight, .. } => {
                let others = related_types(&asked, taxonomy);
                changed |= !others.is_empty();
                Concept::CareTypes { asked: others, also: Vec::new(), typed, stems, weight }
            }
            other => other,
        })
        .collect();
    if changed { retrieval.find(&concepts, false) } else { Ok(Vec::new()) }
}

/// Types related to some types, without these themselves.
pub fn related_types(asked: &[String], taxonomy: &Taxonomy) -> Vec<String> {
    let mut others = Vec::new();
    for slug in asked {
        for related in taxonomy.find(slug).map(|t| t.related.as_slice()).unwrap_or_default() {
            let related = related.as_str().to_owned();
            if !asked.contains(&related) && !others.contains(&related) {
                others.push(related);
            }
        }
    }
    others
}

/// The typed words as they stand, whatever they were read as.
fn as_words(concepts: &[Concept]) -> Vec<Concept> {
    let typed = concepts.iter().flat_map(|concept| words(concept.typed()));
    typed
        .map(|word| Concept::Word { stem: stem(&word.folded), parts: Vec::new(), typed: word.typed })
        .chain(concepts.iter().cloned())
        .collect()
}
