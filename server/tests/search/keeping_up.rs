//! The index is a projection: changed step by step it is the same as built anew, and an unusable one
//! is moved aside.

use std::fs;

use app::domain::{care_type::Taxonomy, facility::Visibility};
use server::index::{SearchIndex, filters::Group, lexicon::Lexicon};

use crate::{
    support::samples,
    world::{Says, ask, empty_index, fill, index_of, names, offer, town},
};

#[test]
fn an_index_changed_step_by_step_is_the_same_as_one_built_anew() {
    let place = town("Aubach", "99000001");
    let home = |name: &str| samples::plain_facility(name).in_town(&place, "99001", 50.0, 10.0);
    let (mut first, second, third) = (
        home("Haus Morgen").offering(offer("kurzzeitpflege")),
        home("Haus Mittag").offering(offer("tagespflege")),
        home("Haus Abend").offering(offer("tagespflege")),
    );
    let changing = index_of(&[first.clone(), second.clone()]);
    first.name = "Haus Nacht".to_owned();
    first.offers.push(offer("apotheke"));
    let changes = vec![(first.id, Some(first.clone())), (second.id, None), (third.id, Some(third.clone()))];
    changing.apply(changes, 2, false).expect("applied");
    let (changed, anew) = (changing.snapshot(), index_of(&[first, third]).snapshot());
    for address in ["", "q=Nacht", "q=Morgen", "q=Mittag", "q=Abend", "art=apotheke", "q=Tagespflege Aubach"]
    {
        let (a, b) = (ask(&changed, address), ask(&anew, address));
        assert_eq!(names(&changed, &a), names(&anew, &b), "{address}");
    }
    assert_eq!(names(&changed, &ask(&changed, "q=Nacht")), ["haus nacht"]);
}

#[test]
fn a_facility_that_becomes_a_draft_or_loses_its_offers_is_found_no_more() {
    let mut home = samples::plain_facility("Haus Morgen").offering(offer("tagespflege"));
    let index = index_of(std::slice::from_ref(&home));
    home.visibility = Visibility::Draft;
    index.apply(vec![(home.id, Some(home.clone()))], 2, false).expect("applied");
    assert_eq!(ask(&index.snapshot(), "").total, 0);
    home.visibility = Visibility::Public;
    index.apply(vec![(home.id, Some(home.clone()))], 3, false).expect("applied");
    assert_eq!(ask(&index.snapshot(), "q=Morgen").total, 1);
    home.offers.clear();
    index.apply(vec![(home.id, Some(home.clone()))], 4, false).expect("applied");
    assert_eq!(ask(&index.snapshot(), "q=Morgen").total, 0);
}

#[test]
fn offers_of_a_hidden_type_are_in_no_list() {
    let mut taxonomy = Taxonomy::builtin();
    let mut hidden = taxonomy.find("apotheke").expect("built in").clone();
    hidden.hidden = true;
    taxonomy.set(hidden);
    let lexicon = Lexicon::builtin().expect("the lists");
    let index = SearchIndex::open(None, taxonomy, lexicon).expect("an index").index;
    let shop = samples::plain_facility("Markt-Apotheke").offering(offer("apotheke"));
    let both =
        samples::plain_facility("Haus am Markt").offering(offer("tagespflege")).offering(offer("apotheke"));
    fill(&index, &[shop, both], 1);
    let snapshot = index.snapshot();
    let outcome = ask(&snapshot, "q=Markt");
    assert_eq!(names(&snapshot, &outcome), ["haus am markt"]);
    assert_eq!(outcome.counts.of_group(Group::CareType).len(), 1);
    assert_eq!(outcome.listed[0].offers.len(), 1);
}

#[test]
fn what_changes_between_documents_and_facts_is_found_as_it_is_now() {
    let index = empty_index();
    let mut home = samples::plain_facility("Haus Morgen").offering(offer("tagespflege"));
    let gone = samples::plain_facility("Haus Abend").offering(offer("tagespflege"));
    let rewrite = index.rewrite().expect("an index that is open");
    rewrite.add(vec![home.clone(), gone.clone()]).expect("written");
    rewrite.finish(1).expect("on disk");
    home.name = "Haus Mittag".to_owned();
    let new = samples::plain_facility("Haus Nacht").offering(offer("tagespflege"));
    let mut load = index.load();
    load.add(vec![home.clone(), new.clone()]);
    load.finish().expect("visible");
    let changes = vec![(home.id, Some(home)), (gone.id, None), (new.id, Some(new))];
    index.apply(changes, 2, true).expect("applied");
    let total = |words: &str| ask(&index.snapshot(), &format!("q={words}")).total;
    assert_eq!(["Mittag", "Nacht", "Morgen", "Abend"].map(total), [1, 1, 0, 0]);
    assert_eq!(ask(&index.snapshot(), "").total, 2);
}

#[test]
fn readers_keep_the_view_they_began_with() {
    let home = samples::plain_facility("Haus Morgen").offering(offer("tagespflege"));
    let index = index_of(std::slice::from_ref(&home));
    let before = index.snapshot();
    index.apply(vec![(home.id, None)], 2, false).expect("applied");
    assert_eq!(ask(&before, "q=Morgen").total, 1);
    assert_eq!(ask(&index.snapshot(), "q=Morgen").total, 0);
    assert!(index.snapshot().generation > before.generation);
}

#[test]
fn an_empty_index_answers_with_nothing() {
    let snapshot = empty_index().snapshot();
    for address in ["", "q=Apotheke", "q=Apotheke Parchim", "ort=19370", "art=hospiz&ampel=frei"] {
        assert_eq!(ask(&snapshot, address).total, 0, "{address}");
    }
}

fn open(folder: &std::path::Path) -> server::index::Opened {
    let lexicon = Lexicon::builtin().expect("the lists");
    SearchIndex::open(Some(folder), Taxonomy::builtin(), lexicon).expect("an index")
}

#[test]
fn a_usable_index_is_kept_and_a_broken_or_foreign_one_is_moved_aside() {
    let parent = tempfile::tempdir().expect("a folder");
    let folder = parent.path().join("index");
    let opened = open(&folder);
    assert_eq!((opened.up_to, opened.moved_aside), (None, None));
    let home = samples::plain_facility("Haus Morgen").offering(offer("tagespflege"));
    fill(&opened.index, &[home], 7);
    drop(opened.index);

    let opened = open(&folder);
    assert_eq!((opened.up_to, opened.moved_aside), (Some(7), None));
    drop(opened.index);

    // A damaged file.
    let damaged = fs::read_dir(&folder).expect("files").flatten().map(|f| f.path());
    let damaged =
        damaged.filter(|f| f.extension().is_some_and(|e| e == "idx" || e == "term")).collect::<Vec<_>>();
    assert!(!damaged.is_empty());
    for file in damaged {
        fs::write(file, b"no index").expect("written");
    }
    let opened = open(&folder);
    assert_eq!(opened.up_to, None);
    assert!(opened.moved_aside.is_some_and(|aside| aside.is_dir()));
    drop(opened.index);

    // Other offers are hidden: documents name offers by their position among those shown.
    let opened = open(&folder);
    fill(&opened.index, &[], 8);
    drop(opened.index);
    assert_eq!(open(&folder).up_to, Some(8));
    let mut taxonomy = Taxonomy::builtin();
    let mut hidden = taxonomy.find("tagespflege").expect("built in").clone();
    hidden.hidden = true;
    taxonomy.set(hidden);
    let opened =
        SearchIndex::open(Some(&folder), taxonomy, Lexicon::builtin().expect("the lists")).expect("opened");
    assert_eq!(opened.up_to, None);
    drop(opened.index);

    // Something that never was an index, twice.
    fs::remove_dir_all(&folder).expect("removed");
    fs::create_dir(&folder).expect("created");
    fs::write(folder.join("meta.json"), "{}").expect("written");
    let opened = open(&folder);
    assert_eq!(opened.up_to, None);
    assert!(opened.moved_aside.is_some());
}
