use super::{PageResponse, respond};
use crate::{
    backend::{BackendError, Found},
    domain::{
        ids::Slug,
        search_results::{Change, Facets, HitKind, SearchResults, Suggestion, Understood, Widened},
    },
    routes,
    shell::AssetPaths,
    testing::{self, Fake, NOW, backend, ready},
};

const ALL: [&str; 11] = [
    "/",
    "/merkliste",
    "/suche",
    "/einrichtung/haus-am-birkensee",
    "/traeger/birkensee-pflege-ggmbh",
    "/impressum",
    "/datenschutz",
    "/barrierefreiheit",
    "/leichte-sprache",
    "/kontakt",
    "/gibt-es-nicht",
];

fn get(fake: Fake, path: &str, query: &str) -> PageResponse {
    ready(respond(&backend(fake), &AssetPaths::default(), path, query))
}

fn searched(query: &str, change: impl FnOnce(&mut SearchResults)) -> String {
    let mut results = testing::results();
    change(&mut results);
    get(Fake { results: Ok(results), ..Fake::default() }, "/suche", query).html
}

/// The part of a document that differs from page to page.
fn main_of(html: &str) -> String {
    let start = html.find("<main").expect("a main");
    let end = html.find("</main>").expect("its end");
    testing::readable(&html[start..end])
}

#[test]
fn every_page_is_one_document_with_one_heading_and_nothing_inline() {
    for path in ALL {
        let html = get(Fake::default(), path, "").html;
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"de\">"), "{path}");
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert_eq!(html.matches("<main").count(), 1, "{path}");
        let head = html.split("</head>").next().expect("a head");
        assert_eq!(head.matches("<title>").count(), 1, "{path}");
        assert!(!html.contains("<script>") && !html.contains("<style"), "{path}");
        assert!(!html.contains(" style=") && !html.contains(" onclick="), "{path}");
        assert!(!html.contains("http://") && !html.contains("//cdn"), "{path}");
    }
}

#[test]
fn the_script_of_the_islands_is_loaded_where_there_are_some_and_nowhere_else() {
    let has = |path: &str| {
        let html = get(Fake::default(), path, "").html;
        (html.contains("<script"), html.contains("<leptos-island"))
    };
    for path in ALL {
        assert_eq!(has(path).0, has(path).1, "{path}");
    }
    assert_eq!((has("/"), has("/suche")), ((true, true), (true, true)));
    assert_eq!(has("/impressum"), (false, false));
}

#[test]
fn every_page_leads_those_who_keep_entries_to_their_own() {
    for path in ALL {
        let html = get(Fake::default(), path, "").html;
        for way in ["href=\"/anmelden\"", "href=\"/mitmachen\""] {
            assert!(html.contains(way), "{path} lacks {way}");
        }
    }
}

#[test]
fn the_map_is_a_view_of_the_same_search_with_its_list() {
    let query = "q=Heim&art=kurzzeitpflege&ansicht=karte";
    let html = searched(query, |results| results.map = Some(testing::map_view()));
    let main = main_of(&html);
    assert!(main.contains("id=\"karte\"") && main.contains("id=\"liste\""));
    assert!(main.contains("Haus am Birkensee: Plätze frei"));
    assert!(main.contains("href=\"/suche?q=Heim&amp;art=kurzzeitpflege\""), "the way back to the list");
    assert!(main.contains("name=\"ansicht\" value=\"karte\""), "filters keep the view");
    let list = searched("q=Heim&art=kurzzeitpflege", |_| ());
    assert!(!list.contains("id=\"karte\""));
    assert!(list.contains("href=\"/suche?q=Heim&amp;art=kurzzeitpflege&amp;ansicht=karte\""));
}

#[test]
fn a_part_of_the_map_is_a_chip_and_stays_with_the_filters_but_not_with_other_words() {
    let html = searched("ansicht=karte&ausschnitt=11.7,53.3,11.9,53.5", |results| {
        results.map = Some(testing::map_view());
    });
    assert!(html.contains("name=\"ausschnitt\" value=\"11.7,53.3,11.9,53.5\""));
    assert!(html.contains("<span>Kartenausschnitt</span>"));
    let button = html.split("search__go").next().expect("a button").rfind("<button").expect("a button");
    assert!(html[button..].split('>').next().expect("a tag").contains("name=\"ausschnitt\""));
    assert!(html.find("type=\"hidden\" name=\"ausschnitt\"").is_some_and(|hidden| hidden < button));
}

#[test]
fn an_old_slug_redirects_for_good() {
    let new = Slug::from_name("Neues Haus");
    let fake = Fake { facility: Found::Moved(new.clone()), ..Fake::default() };
    let response = get(fake, "/einrichtung/altes-haus", "");
    assert_eq!((response.status, response.location), (301, Some(routes::facility(&new))));
}

#[test]
fn a_slash_at_the_end_is_taken_away_but_never_leads_to_another_host() {
    let response = get(Fake::default(), "/suche/", "q=Heim");
    assert_eq!((response.status, response.location.as_deref()), (301, Some("/suche?q=Heim")));
    assert_eq!(get(Fake::default(), "//example.org/", "").status, 404);
}

#[test]
fn what_is_not_there_is_404_and_what_fails_is_5xx() {
    let nowhere = || Fake { facility: Found::Nowhere, ..Fake::default() };
    assert_eq!(get(nowhere(), "/einrichtung/weg", "").status, 404);
    assert_eq!(get(nowhere(), "/einrichtung/<script>", "").status, 404);
    assert_eq!(get(nowhere(), "/einrichtung", "").status, 404);
    for (error, status) in [
        (BackendError::Unavailable, 503),
        (BackendError::Indexing, 503),
        (BackendError::Behind, 503),
        (BackendError::Internal, 500),
    ] {
        let response = get(Fake { results: Err(error), ..Fake::default() }, "/suche", "");
        assert_eq!((response.status, response.keep_until), (status, None));
        insta::assert_snapshot!(format!("error_{status}_{error:?}"), main_of(&response.html));
    }
    insta::assert_snapshot!("not_found", main_of(&get(nowhere(), "/nichts", "").html));
}

#[test]
fn what_people_type_is_never_markup() {
    let html = searched("q=%3Cscript%3Ealert(1)%3C/script%3E&ort=%22%3E%3Cimg%20src=x%3E", |results| {
        results.facets.care_types.clear();
        results.understood = vec![Understood::Ignored { typed: "<script>alert(1)</script>".to_owned() }];
    });
    assert!(!html.contains("<script>") && !html.contains("<img"));
    assert!(html.contains("&lt;script&gt;alert(1)"));
}

#[test]
fn a_web_address_that_is_none_is_not_a_link() {
    let html = get(Fake::default(), "/einrichtung/haus-am-birkensee", "").html;
    assert!(!html.contains("href=\"javascript:"));
}

#[test]
fn results_with_filters_are_not_for_search_engines() {
    assert!(!get(Fake::default(), "/suche", "q=Heim").html.contains("noindex"));
    assert!(get(Fake::default(), "/suche", "q=Heim&art=kurzzeitpflege").html.contains("noindex"));
}

#[test]
fn a_page_is_kept_until_the_first_light_on_it_expires() {
    let response = get(Fake::default(), "/suche", "");
    let expires = testing::hit().offers[0].availability.as_ref().expect("a light").valid_until;
    let midnight = NOW.instant + time::Duration::minutes(510);
    assert_eq!(response.keep_until, expires.map(|at| at.min(midnight)));
    assert_eq!(get(Fake::default(), "/", "").keep_until, Some(midnight));
}

#[test]
fn a_widened_search_says_what_is_listed_instead() {
    let html = searched("art=kurzzeitpflege&ort=Dabern", |results| {
        results.place = Some(testing::place("Dabern"));
        results.widened = Some(Widened::RelatedThenNearest);
        results.hits = [HitKind::Related, HitKind::Nearest]
            .map(|kind| crate::domain::search_results::FacilityHit { kind, ..testing::hit() })
            .to_vec();
    });
    for said in [
        "Keine Einrichtung mit Kurzzeitpflege in Dabern",
        "In Dabern gibt es das nicht. Verwandte Angebote dort und die nächsten:",
        "Verwandte Angebote in Dabern",
        "In der Nähe von Dabern",
    ] {
        assert!(html.contains(said), "{said}");
    }
}

#[test]
fn no_result_is_never_an_empty_page() {
    let html = searched("q=Zauberschule&ampel=frei", |results| {
        results.total = 0;
        results.hits.clear();
        results.facets = Facets::default();
        results.suggestion = Some(Suggestion {
            text: "Ohne den Filter „Plätze frei“: 4 Einrichtungen".to_owned(),
            query: routes::parse_search("q=Zauberschule"),
            change: Change::DropFilter,
        });
    });
    for said in ["Keine Einrichtung zu „Zauberschule“", "/suche?q=Zauberschule\"", "tel:03999123456"] {
        assert!(html.contains(said), "{said}");
    }
}

#[test]
fn a_page_behind_the_last_leads_to_the_first() {
    let html = searched("q=Heim&seite=99", |results| results.hits.clear());
    assert!(html.contains("href=\"/suche?q=Heim\">Zur ersten Seite"));
    assert!(!html.contains("seite=98"));
}

#[test]
fn a_facility_says_everything_that_is_known() {
    let response = get(Fake::default(), "/einrichtung/haus-am-birkensee", "");
    insta::assert_snapshot!("facility", main_of(&response.html));
    // It opens and closes today, so the page says something else then.
    assert_eq!(response.keep_until, Some(NOW.instant + time::Duration::minutes(90)));
}

#[test]
fn the_start_page_leads_everywhere() {
    insta::assert_snapshot!("start", main_of(&get(Fake::default(), "/", "").html));
}

#[test]
fn a_legal_page_without_words_says_so() {
    let html = get(Fake::default(), "/datenschutz", "").html;
    assert!(html.contains("Landkreis Seenland hat diesen Text noch nicht geschrieben."));
    assert!(get(Fake::default(), "/impressum", "").html.contains("Seestraße 1"));
}

fn short(number: u128) -> String {
    crate::domain::shortlist::short(crate::domain::ids::FacilityId(uuid::Uuid::from_u128(number)))
}

#[test]
fn a_short_list_shows_facilities_side_by_side_with_links_that_change_it() {
    let (one, two) = (short(1), short(2));
    let html = get(Fake::default(), "/merkliste", &format!("ids={one}.{two}")).html;
    insta::assert_snapshot!("shortlist", main_of(&html));
    for link in [
        format!("/merkliste?ids={two}&amp;weg={one}.0"),
        format!("/merkliste?ids={two}.{one}#e-{one}"),
        format!("/suche?ids={one}.{two}"),
        format!("value=\"https://pflege.example/merkliste?ids={one}.{two}\""),
    ] {
        assert!(html.contains(&link), "{link}");
    }
    assert!(html.contains("content=\"noindex\""));
}

#[test]
fn what_is_missing_on_a_short_list_is_said_and_what_was_taken_off_comes_back_where_it_stood() {
    let (one, two, gone) = (short(1), short(2), short(77));
    let html = get(Fake::default(), "/merkliste", &format!("ids={one}.{gone}.x.x&weg={two}.0")).html;
    for said in ["2 Angaben im Link", "Eine Einrichtung dieser Liste gibt es", "ist von der Liste genommen"] {
        assert!(html.contains(said), "{said}");
    }
    assert!(html.contains(&format!("/merkliste?ids={two}.{one}\"")), "put back at its place");
    let empty = get(Fake::default(), "/merkliste", &format!("weg={one}.0")).html;
    assert!(empty.contains("Auf Ihrer Liste steht noch nichts.") && empty.contains("Rückgängig machen"));
}

#[test]
fn a_search_carries_the_short_list_of_readers_without_scripts_along() {
    let one = short(1);
    let html = get(Fake::default(), "/suche", &format!("q=Pflege&ids={one}")).html;
    let both = format!("/merkliste?ids={one}.{}", short(0));
    for part in [
        both.as_str(),
        &format!("name=\"ids\" value=\"{one}\""),
        &format!("/einrichtung/haus-am-birkensee?ids={one}"),
        "content=\"noindex\"",
        "<link rel=\"canonical\" href=\"https://pflege.example/suche?q=Pflege\"",
        " mit 1 Einrichtung",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let without = get(Fake::default(), "/suche", "q=Pflege").html;
    assert!(!without.contains("name=\"ids\""));
}
