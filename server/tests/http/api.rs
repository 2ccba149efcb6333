//! The JSON of a search, as PRODUCT promises it.

use app::domain::{
    capacity::{Availability, FreePeriod, FreeTimes, Light, LightReason},
    care_type::CareTypeSlug,
    ids::{FacilityId, OfferId, Slug},
    place::Position,
    search::SearchQuery,
    search_results::{
        Change, FacetValue, Facets, FacilityHit, FoundPlace, HitKind, OfferHit, SearchResults, Suggestion,
    },
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use time::macros::{date, datetime};
use uuid::Uuid;

use crate::support::{Portal, no_results};

fn facet(value: &str, label: &str, count: usize) -> FacetValue {
    FacetValue { value: value.to_owned(), label: label.to_owned(), count, chosen: false }
}

fn offer(number: u128, availability: Option<Availability>, total: Option<u32>) -> OfferHit {
    OfferHit {
        id: OfferId(Uuid::from_u128(number)),
        external_id: (number == 1).then(|| "A-1".to_owned()),
        care_type: CareTypeSlug::parse("kurzzeitpflege").expect("a slug"),
        label: "Kurzzeitpflege".to_owned(),
        form: None,
        availability,
        total,
        shares_places: false,
        count: 1,
    }
}

fn light(light: Light, reason: LightReason, free_now: Option<u32>) -> Availability {
    Availability {
        light,
        reason,
        free_now,
        total: None,
        notes: Vec::new(),
        times: FreeTimes::default(),
        only_after_assessment: false,
        under_review: false,
        reported_at: Some(datetime!(2026-06-30 08:00 UTC)),
        valid_until: Some(datetime!(2026-07-03 08:00 UTC)),
    }
}

fn facility(number: u128, offers: Vec<OfferHit>) -> FacilityHit {
    let full = number == 1;
    let text = |text: &str| full.then(|| text.to_owned());
    FacilityHit {
        id: FacilityId(Uuid::from_u128(number)),
        slug: Slug::parse("haus-am-see").expect("a slug"),
        name: "Haus am See".to_owned(),
        organization: text("Seewerk gGmbH"),
        street: text("Seestraße 1"),
        postal_code: text("19991"),
        municipality: text("Auenstadt"),
        locality: text("Seeheim"),
        position: full.then(|| Position::new(53.4, 11.8).expect("a position")),
        phone: text("09990 1"),
        kind: HitKind::Match,
        distance_km: full.then_some(3.249),
        offers,
        other_offers: Vec::new(),
        facts: Vec::new(),
    }
}

fn two_facilities() -> SearchResults {
    let mut free = light(Light::Free, LightReason::FreePlaces(2), Some(2));
    free.times.periods =
        vec![FreePeriod { from: date!(2026 - 08 - 03), until: date!(2026 - 08 - 16), places: 2 }];
    free.times.weekdays[2] = Some(1);
    free.times.weekdays[4] = Some(0);
    let expired = light(Light::Unknown, LightReason::Expired, None);
    SearchResults {
        total: 2,
        total_free: 1,
        place: Some(FoundPlace {
            label: "Auenstadt".to_owned(),
            position: Position::new(53.4, 11.8),
            without: SearchQuery::default(),
            unknown: false,
            is_device: false,
        }),
        facets: Facets {
            care_types: vec![facet("kurzzeitpflege", "Kurzzeitpflege", 2)],
            municipalities: vec![facet("13999001", "Auenstadt", 1)],
            lights: vec![facet("frei", "frei", 1), facet("unbekannt", "keine aktuelle Meldung", 1)],
            ..Facets::default()
        },
        hits: vec![
            facility(1, vec![offer(1, Some(free), Some(12))]),
            facility(2, vec![offer(2, Some(expired), None), offer(3, None, None)]),
        ],
        ..no_results()
    }
}

#[tokio::test]
async fn the_answer_has_the_promised_shape() {
    let portal = Portal::ready();
    portal.finds(two_facilities());
    let answer = portal.get("/api/v1/search?q=kurzzeitpflege").await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let id = |number| Uuid::from_u128(number).to_string();
    let instants = ("2026-06-30T08:00:00Z", "2026-07-03T08:00:00Z");
    let expected = json!({
        "total": 2,
        "page": 1,
        "place": {"label": "Auenstadt", "lat": 53.4, "lon": 11.8},
        "facets": {
            "art": [{"value": "kurzzeitpflege", "label": "Kurzzeitpflege", "count": 2}],
            "gemeinde": [{"value": "13999001", "label": "Auenstadt", "count": 1}],
            "ampel": [
                {"value": "frei", "label": "frei", "count": 1},
                {"value": "unbekannt", "label": "keine aktuelle Meldung", "count": 1},
            ],
        },
        "results": [
            {
                "facility": {
                    "id": id(1), "slug": "haus-am-see", "name": "Haus am See", "organization": "Seewerk gGmbH",
                    "street": "Seestraße 1", "postal_code": "19991", "municipality": "Auenstadt",
                    "locality": "Seeheim", "lat": 53.4, "lon": 11.8, "phone": "09990 1",
                    "url": "/einrichtung/haus-am-see",
                },
                "distance_km": 3.2,
                "offers": [{
                    "id": id(1), "external_id": "A-1", "care_type": "kurzzeitpflege", "label": "Kurzzeitpflege",
                    "availability": "free", "free_now": 2, "total": 12,
                    "reported_at": instants.0, "valid_until": instants.1,
                    "free_periods": [{"from": "2026-08-03", "until": "2026-08-16", "places": 2}],
                    "free_weekdays": {"mittwoch": 1, "freitag": 0},
                }],
            },
            {
                "facility": {
                    "id": id(2), "slug": "haus-am-see", "name": "Haus am See", "organization": null,
                    "street": null, "postal_code": null, "municipality": null, "locality": null,
                    "lat": null, "lon": null, "phone": null, "url": "/einrichtung/haus-am-see",
                },
                "distance_km": null,
                "offers": [
                    {
                        "id": id(2), "external_id": null, "care_type": "kurzzeitpflege",
                        "label": "Kurzzeitpflege", "availability": "unknown", "free_now": null, "total": null,
                        "reported_at": instants.0, "valid_until": instants.1,
                        "free_periods": [], "free_weekdays": null,
                    },
                    {
                        "id": id(3), "external_id": null, "care_type": "kurzzeitpflege",
                        "label": "Kurzzeitpflege", "availability": "none", "free_now": null, "total": null,
                        "reported_at": null, "valid_until": null,
                        "free_periods": [], "free_weekdays": null,
                    },
                ],
            },
        ],
        "suggestion": null,
    });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn nothing_found_comes_with_a_suggestion_and_an_unknown_place_is_none() {
    let portal = Portal::ready();
    let wider =
        SearchQuery { text: "Hospiz".to_owned(), radius_km: Some(50), page: 1, ..SearchQuery::default() };
    portal.finds(SearchResults {
        place: Some(FoundPlace {
            label: "Nirgendwo".to_owned(),
            position: None,
            without: SearchQuery::default(),
            unknown: true,
            is_device: false,
        }),
        suggestion: Some(Suggestion {
            text: "Im Umkreis von 50 km gibt es 1 Einrichtung.".to_owned(),
            query: wider,
            change: Change::DropFilter,
        }),
        ..no_results()
    });
    let answer = portal.get("/api/v1/search?q=Hospiz&ort=Nirgendwo").await.json();
    assert_eq!(answer["place"], Value::Null);
    assert_eq!(answer["results"], json!([]));
    assert_eq!(answer["suggestion"]["url"], "/suche?q=Hospiz&umkreis=50");
    assert_eq!(answer["suggestion"]["change"], "drop_filter");
    assert!(answer["suggestion"]["text"].is_string());
}

#[tokio::test]
async fn the_limit_stays_within_its_bounds() {
    let portal = Portal::ready();
    for (limit, expected) in [
        ("", 20),
        ("&limit=7", 7),
        ("&limit=100", 100),
        ("&limit=101", 100),
        ("&limit=0", 1),
        ("&limit=-3", 20),
        ("&limit=x", 20),
    ] {
        portal.get(&format!("/api/v1/search?q=a{limit}")).await;
        assert_eq!(portal.last_page_size(), expected, "{limit}");
        portal.changes(no_results());
    }
}

#[tokio::test]
async fn a_head_request_has_the_headers_of_the_answer() {
    let portal = Portal::ready();
    let answer = portal.send(axum::http::Method::HEAD, "/api/v1/search", &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert!(answer.header("etag").is_some() && answer.body.is_empty());
}
