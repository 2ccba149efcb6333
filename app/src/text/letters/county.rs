//! What the county's own people are told.

use crate::{domain::portal::Portal, routes, text::letter::Letter};

/// Something waits for the county; `news` says what.
pub fn county_news(portal: &Portal, name: &str, news: &str) -> Letter {
    let base = &portal.base_url;
    Letter {
        subject: format!("Neu zu entscheiden in {}", portal.name),
        name: Some(name.to_owned()),
        paragraphs: vec![
            format!("im Bereich des Landkreises wartet etwas auf eine Entscheidung: {news}."),
            "Vielleicht ist es inzwischen mehr. Bis Sie nachgesehen haben, schreiben wir höchstens alle vier Stunden."
                .to_owned(),
        ],
        action: Some(("Nachsehen, was wartet", format!("{base}{}", routes::COUNTY))),
        afterwards: vec![format!(
            "Diese E-Mails können Sie in Ihrem Konto abschalten: {base}{}",
            routes::OWN_ACCOUNT
        )],
    }
}
