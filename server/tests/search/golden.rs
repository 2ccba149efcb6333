//! Questions as citizens ask them, answered by the first result.

use std::{path::PathBuf, sync::Arc};

use app::{
    backend::SearchBackend,
    domain::{care_type::Taxonomy, portal::Portal, search::SearchQuery, search_results::FacilityHit},
};
use server::{
    clock::SystemClock,
    service::{
        import::{self, ImportRequest},
        pulse::{Pulse, Readiness},
        search::SearchService,
    },
};
use time::OffsetDateTime;

use crate::{citizens, support};

type Fits<'a> = &'a dyn Fn(&FacilityHit) -> bool;

/// What is typed, and what the first result has to be.
type Question<'a> = (&'static str, Fits<'a>);

/// The first result of each question must fit.
async fn first_results(file: PathBuf, mapping: PathBuf, questions: &[Question<'_>]) {
    let county = support::sqlite_store().await;
    let folder = tempfile::tempdir().expect("a folder");
    let request = ImportRequest {
        file: &file,
        mapping: &mapping,
        dry_run: false,
        rejects: Some(&folder.path().join("rejected.csv")),
        elsewhere: None,
        taxonomy: &Taxonomy::builtin(),
        now: OffsetDateTime::UNIX_EPOCH,
    };
    import::run(&county.store, &request).await.expect("an import");
    let clock = Arc::new(SystemClock::new().expect("a clock"));
    let search = Arc::new(SearchService::new(
        county.store.clone(),
        clock,
        Arc::new(Portal::default()),
        None,
        Vec::new(),
    ));
    let following = tokio::spawn(search.clone().follow());
    while search.readiness() != Readiness::Ready {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    for (text, fits) in questions {
        let query = SearchQuery { text: (*text).to_owned(), page: 1, ..SearchQuery::default() };
        let results = search.search(&query, 10).await.expect("results");
        let first = results.hits.first();
        assert!(first.is_some_and(fits), "{text}: {:?}", first.map(|hit| (&hit.name, &hit.municipality)));
    }
    following.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_questions_of_citizens_of_the_real_county_are_answered_by_the_first_result() {
    let default = support::repository("../shared");
    let shared = std::env::var_os("KREISLOTSE_SHARED").map_or(default, PathBuf::from);
    let file = shared.join("data/lup/einrichtungen.csv");
    if !file.is_file() {
        eprintln!("skipped: the real county is not there");
        return;
    }
    let fits = citizens::QUESTIONS.map(|question| {
        let text = question.text;
        (text, move |hit: &FacilityHit| {
            let types: Vec<&str> = hit.offers.iter().map(|offer| offer.care_type.as_str()).collect();
            let places: Vec<&str> =
                [hit.municipality.as_deref(), hit.locality.as_deref()].into_iter().flatten().collect();
            question.fits(&hit.name, &types, &places)
        })
    });
    let questions: Vec<Question> = fits.iter().map(|(text, fits)| (*text, fits as Fits)).collect();
    first_results(file, support::repository("server/mappings/lup.toml"), &questions).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_of_the_same_kinds_are_answered_in_the_invented_county() {
    let questions: [Question<'_>; 9] = [
        ("Altersheim", &|hit| hit.offers.iter().any(|o| o.care_type.as_str() == "vollstationaere-pflege")),
        ("Apoteke", &|hit| hit.offers.iter().any(|o| o.care_type.as_str() == "apotheke")),
        ("Seblick", &|hit| hit.name == "Kurzzeitpflege Seeblick"),
        ("Demenz-WG", &|hit| hit.name == "Wohngemeinschaft Alte Schule"),
        ("Wachkoma", &|hit| hit.name == "Pflegeheim Birkenblick"),
        ("essen auf rädern", &|hit| hit.offers.iter().any(|o| o.care_type.as_str() == "menuedienst")),
        ("Sterbebegleitung", &|hit| hit.name.contains("ospiz")),
        ("DRK Sozialstation", &|hit| hit.name == "DRK Sozialstation Auenstadt"),
        ("kurzzeitpflegeplätze", &|hit| hit.offers.iter().any(|o| o.care_type.as_str() == "kurzzeitpflege")),
    ];
    let county = support::repository("end2end/county");
    first_results(county.join("county.csv"), county.join("county.toml"), &questions).await;
}
