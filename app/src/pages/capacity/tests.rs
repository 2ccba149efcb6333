use std::collections::{HashMap, HashSet};

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::*;
use crate::{
    domain::{
        capacity::{Intake, ReportSource, Statement},
        ids::{FacilityId, ReportId},
    },
    shell::AssetPaths,
    testing::{self, NOW},
};

fn site() -> Site {
    Site { portal: testing::portal().into(), assets: AssetPaths::default(), reader: None }
}

/// Said two days before [`NOW`].
fn said(offer: &mut Offer, statement: Statement, valid_until: OffsetDateTime) {
    let source = ("Petra Muster".to_owned(), ReportSource::Phone);
    let when = (NOW.instant - Duration::days(2), valid_until);
    let mut report = statement.into_report(ReportId(Uuid::nil()), offer.id, source, when);
    report.sequence = 7;
    offer.latest_report = Some(report);
}

/// A home that is full, its short-term places that were free, three flats of which nobody has said anything, and a
/// service.
fn desk() -> Desk {
    let mut facility = testing::facility_view().facility;
    let full = Statement { free_now: Some(0), ..Statement::default() };
    said(&mut facility.offers[0], full, NOW.instant + Duration::days(5));
    let free =
        Statement { free_now: Some(2), rooms: Some("Einzelzimmer".to_owned()), ..Statement::default() };
    said(&mut facility.offers[1], free, NOW.instant - Duration::DAY);
    let mut service = testing::offer(6, "ambulanter-pflegedienst");
    let accepting = Statement { intake: Intake::Accepting, ..Statement::default() };
    said(&mut service, accepting, NOW.instant + Duration::hours(3));
    facility.offers.push(service);
    let view = FacilityView::of(facility, &testing::portal().taxonomy, NOW);
    Desk { facilities: vec![view], days: HashMap::new(), now: NOW }
}

fn shown(desk: Desk) -> ReportPage {
    ReportPage {
        title: "Freie Plätze melden".to_owned(),
        lead: "Birkensee Pflege gGmbH: Was ist heute frei?".to_owned(),
        back: None,
        path: "/redaktion/birkensee/meldung".to_owned(),
        way: None,
        ways: Vec::new(),
        also: Vec::new(),
        doubted: Vec::new(),
        names_people: true,
        desk,
        chosen: None,
        returned: None,
        trouble: None,
        done: None,
        validity: None,
    }
}

fn main_of(html: &str) -> String {
    let start = html.find("<main").expect("a main");
    let end = html.find("</main>").expect("its end");
    testing::readable(&html[start..end])
}

/// Every value of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_screen() {
    let mut facility = desk().facilities.remove(0).facility;
    facility
        .offers
        .retain(|offer| ["kurzzeitpflege", "ambulanter-pflegedienst"].contains(&offer.care_type.as_str()));
    let facilities = vec![FacilityView::of(facility, &testing::portal().taxonomy, NOW)];
    insta::assert_snapshot!(main_of(&report(&site(), shown(Desk { facilities, ..desk() }))));
}

#[test]
fn every_label_and_every_problem_leads_to_one_field() {
    let offer = desk().facilities[0].facility.offers[1].id;
    let problems = vec![Problem::new("frei", "Bitte."), Problem::new("zeit-von-1", "Bitte auch.")];
    let typed = Typed(vec![("frei".to_owned(), "viele".to_owned())]);
    let returned = Some(Returned { offer, typed, problems });
    let html = main_of(&report(&site(), ReportPage { returned, ..shown(desk()) }));
    let ids = values(&html, "id");
    let known: HashSet<_> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "an id stands twice");
    for target in values(&html, "for") {
        assert!(known.contains(target), "{target}");
    }
    let links: Vec<_> = values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')).collect();
    assert!(links.len() >= 2, "{html}");
    for target in links {
        assert!(known.contains(target), "{target}");
    }
    assert!(html.contains("value=\"viele\""), "{html}");
}

#[test]
fn what_is_over_or_was_never_said_comes_first() {
    let desk = desk();
    let order: Vec<_> = offers(&desk).iter().map(|one| one.offer.care_type.as_str().to_owned()).collect();
    assert_eq!(
        order,
        [
            "betreutes-wohnen",
            "betreutes-wohnen",
            "betreutes-wohnen",
            "kurzzeitpflege",
            "ambulanter-pflegedienst",
            "vollstationaere-pflege"
        ]
    );
}

#[test]
fn all_at_once_leaves_out_what_nobody_can_confirm_and_names_it() {
    let html = report(&site(), shown(desk()));
    assert_eq!(values(&html, "value").iter().filter(|value| value.ends_with(".7")).count(), 3);
    assert!(html.contains("3 Angebote so wie zuletzt gemeldet"), "{html}");
    assert_eq!(html.matches(": noch nie gemeldet</li>").count(), 3, "{html}");
}

#[test]
fn a_large_house_gets_a_short_page_with_the_one_form_that_was_asked_for() {
    let own = desk().facilities.remove(0);
    let facilities = (0..60).map(|at| {
        let mut view = own.clone();
        view.facility.id = FacilityId(Uuid::from_u128(1_000 + at));
        for (number, offer) in view.facility.offers.iter_mut().enumerate() {
            offer.id = OfferId(Uuid::from_u128(2_000 + at * 10 + number as u128));
        }
        FacilityView::of(view.facility, &testing::portal().taxonomy, NOW)
    });
    let large = Desk { facilities: facilities.collect(), days: HashMap::new(), now: NOW };
    let html = report(&site(), shown(large.clone()));
    assert!(!html.contains("name=\"ab-"), "no form");
    assert!(html.len() < 900_000, "{}", html.len());
    let chosen = Some(OfferId(Uuid::from_u128(2_011)));
    let html = report(&site(), ReportPage { chosen, ..shown(large) });
    assert_eq!(html.matches("name=\"ab-").count(), 1);
}

#[test]
fn a_card_holds_its_link_as_code_as_text_and_as_a_sentence() {
    let address = "https://pflege.example/m/0123".to_owned();
    let card_page = CardPage { organization: testing::organization(), label: "Büro".to_owned(), address };
    let html = main_of(&card(&site(), card_page));
    assert!(html.contains("class=\"qr\""), "{html}");
    assert_eq!(html.matches("https://pflege.example/m/0123").count(), 2, "{html}");
    insta::assert_snapshot!(html.split("<svg").next().expect("a beginning"));
}

#[test]
fn whoever_has_a_worn_link_reads_what_to_do() {
    for (why, heading) in [(WornLink::Unknown, "kennen wir nicht"), (WornLink::Over, "gilt nicht mehr")] {
        let html = worn_link(&site(), why);
        assert!(html.contains(heading) && html.contains("href=\"/anmelden\""), "{html}");
    }
}
