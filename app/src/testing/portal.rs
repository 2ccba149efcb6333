//! The configuration of an invented county.

use time::macros::date;

use crate::domain::{
    care_type::Taxonomy,
    holiday::{Holidays, State},
    portal::{
        AdviceCentre, Announcement, AnnouncementLink, Conciliation, Feedback, LegalPages, Portal,
        UrgentNumber,
    },
};

pub(crate) fn portal() -> Portal {
    let urgent = |name: &str, phone: &str, hint: &str| UrgentNumber {
        name: name.to_owned(),
        phone: phone.to_owned(),
        hint: Some(hint.to_owned()),
    };
    Portal {
        county: "Landkreis Seenland".to_owned(),
        name: "Kreislotse".to_owned(),
        claim: "Pflege, Gesundheit und Beratung in Ihrer Nähe finden.".to_owned(),
        base_url: "https://pflege.example".to_owned(),
        advice_centre: Some(AdviceCentre {
            name: "Der Pflegestützpunkt Seenland".to_owned(),
            phone: "03999 12 34 56".to_owned(),
        }),
        website: Some("https://seenland.example".to_owned()),
        announcements: vec![
            announcement("Bleibt", date!(2026 - 01 - 15), None),
            announcement("Kurs für Angehörige", date!(2026 - 11 - 20), Some(date!(2026 - 11 - 22))),
            announcement("Vorbei", date!(2026 - 11 - 19), Some(date!(2026 - 11 - 21))),
            announcement("Kommt erst", date!(2026 - 11 - 23), None),
        ],
        urgent: vec![
            urgent("Notruf", "112", "Bei Lebensgefahr: Feuerwehr und Rettungsdienst."),
            urgent(
                "Ärztlicher Bereitschaftsdienst",
                "116 117",
                "Wenn die Praxis zu hat und es nicht warten kann.",
            ),
            urgent("Telefonseelsorge", "0800 111 0 111", "Tag und Nacht, kostenfrei und anonym."),
        ],
        legal: LegalPages {
            impressum: "Landkreis Seenland\n\nSeestraße 1".to_owned(),
            ..LegalPages::default()
        },
        accessibility: Feedback {
            email: Some("barriere@seenland.example".to_owned()),
            phone: None,
            conciliation: Some(Conciliation {
                name: "Schlichtungsstelle des Landes".to_owned(),
                url: Some("https://schlichtung.example".to_owned()),
            }),
        },
        taxonomy: Taxonomy::builtin(),
        map: super::county_map(),
        holidays: Holidays { state: Some(State::Sachsen), also: Vec::new() },
        stale_after_days: Some(365),
        county_asks_after_days: 3,
        review_from: Some(3),
        demo: false,
        four_eyes: false,
        writes_mail: true,
    }
}

fn announcement(title: &str, date: time::Date, until: Option<time::Date>) -> Announcement {
    let link = AnnouncementLink { text: "Mehr dazu".to_owned(), url: "/kontakt".to_owned() };
    let text = "Der erste Absatz.\n\nDer zweite.".to_owned();
    Announcement { title: title.to_owned(), text, date, until, link: until.map(|_| link) }
}
