//! Search quality over questions with known answers: nDCG@10 over facilities, success at the first
//! result, share without any result; per class.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
};

use app::{
    backend::SearchBackend,
    domain::{search::SearchQuery, search_results::FacilityHit},
};
use serde::Deserialize;
use server::store::Store;

use crate::{county, report::Row};

#[derive(Deserialize)]
struct Question {
    q: String,
    class: String,
    relevant_external_ids: Vec<String>,
}

#[derive(Default)]
struct Score {
    questions: f64,
    gain: f64,
    first: f64,
    none: f64,
}

impl Score {
    fn line(&self, class: &str) -> String {
        let share = |sum: f64| sum / self.questions;
        format!(
            "| {class} | {} | {:.3} | {:.3} | {:.3} |",
            self.questions,
            share(self.gain),
            share(self.first),
            share(self.none)
        )
    }
}

/// Prints the table; questions that are not answered perfectly follow.
pub async fn run(questions: Option<&Path>) -> Vec<Row> {
    let Some(shared) = county::shared() else { return Vec::new() };
    let questions = std::fs::read_to_string(questions.unwrap_or(&shared.join("data/lup/questions.jsonl")))
        .expect("questions");
    let folder = tempfile::tempdir().expect("a folder");
    let store = county::store_in(folder.path()).await;
    county::import_county(&store, &shared).await;
    let (service, _) = county::search(&store, None).await;
    let facility_of = facilities(&store).await;
    let mut classes: BTreeMap<String, Score> = BTreeMap::new();
    let mut misses = Vec::new();
    for line in questions.lines().filter(|line| !line.trim().is_empty()) {
        let question: Question = serde_json::from_str(line).expect("a question");
        let query = SearchQuery { text: question.q.clone(), page: 1, ..SearchQuery::default() };
        let results = service.search(&query, 20).await.expect("results");
        let relevant: HashSet<&String> = question.relevant_external_ids.iter().collect();
        let good = |hit: &FacilityHit| {
            hit.offers.iter().any(|o| o.external_id.as_ref().is_some_and(|id| relevant.contains(id)))
        };
        let ideal = relevant.iter().filter_map(|id| facility_of.get(*id)).collect::<HashSet<_>>().len();
        let discount = |at: usize| 1.0 / f64::from(u32::try_from(at).unwrap_or(u32::MAX) + 2).log2();
        let gained: f64 = results
            .hits
            .iter()
            .take(10)
            .enumerate()
            .filter(|(_, hit)| good(hit))
            .map(|(at, _)| discount(at))
            .sum();
        let best: f64 = (0..ideal.clamp(1, 10)).map(discount).sum();
        for class in [question.class.as_str(), "all"] {
            let score = classes.entry(class.to_owned()).or_default();
            score.questions += 1.0;
            score.gain += gained / best;
            score.first += f64::from(u8::from(results.hits.first().is_some_and(&good)));
            score.none += f64::from(u8::from(results.hits.is_empty()));
        }
        if gained / best < 0.999 {
            misses.push(format!(
                "{:.2} [{}] {} -> {} ({:?}) {:?}; {} relevant",
                gained / best,
                question.class,
                question.q,
                results.total,
                results.place.as_ref().map(|p| &p.label),
                results.hits.iter().take(4).map(|h| (&h.name, good(h))).collect::<Vec<_>>(),
                ideal,
            ));
        }
    }
    println!("| class | questions | nDCG@10 | success@1 | without result |\n|---|---|---|---|---|");
    for (class, score) in classes.iter().filter(|(class, _)| *class != "all") {
        println!("{}", score.line(class));
    }
    println!("{}", classes["all"].line("**all**"));
    for miss in misses {
        println!("{miss}");
    }
    let all = &classes["all"];
    vec![
        Row::at_least("search quality: nDCG@10", all.gain / all.questions, 0.95, ""),
        Row::at_least("search quality: success at 1", all.first / all.questions, 0.95, ""),
        Row::at_most("search quality: without result", all.none / all.questions, 0.0, ""),
    ]
}

async fn facilities(store: &Store) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut after = None;
    loop {
        let page = store.list_public_facilities(after, 500).await.expect("facilities");
        let Some(last) = page.last() else { return found };
        after = Some(last.id);
        for facility in &page {
            let ids = facility.offers.iter().filter_map(|offer| offer.external_id.clone());
            found.extend(ids.map(|id| (id, facility.slug.to_string())));
        }
    }
}
