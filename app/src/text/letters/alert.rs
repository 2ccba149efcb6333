//! What citizens are told who wished for it.

use time::OffsetDateTime;

use crate::{
    domain::{alert::Alert, portal::Portal},
    text::{counts, dates, letter::Letter},
};

/// An offer that is free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreedOffer {
    pub facility: String,
    pub offer: String,
    /// "2 Plätze frei".
    pub light: String,
    /// "gemeldet vor 3 Minuten, um 12:03 Uhr, von der Einrichtung".
    pub reported: String,
    pub phone: Option<String>,
    /// Its page, without the portal's own address.
    pub path: String,
}

/// What has become free for a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchNews {
    /// The search, in words.
    pub words: String,
    /// The whole address of what is free.
    pub link: String,
    pub ends_at: OffsetDateTime,
    pub offers: Vec<FreedOffer>,
}

const NOT_YOU: &str = "Haben Sie das nicht veranlasst? Dann müssen Sie nichts tun: Ihre Adresse löschen wir nach zwei Tagen von selbst.";

/// Asks whoever has the mailbox whether the alert is theirs.
pub fn confirm_alert(portal: &Portal, search: &str, link: String) -> Letter {
    let days = Alert::DAYS;
    Letter {
        subject: format!("Bitte bestätigen: Benachrichtigung von {}", portal.name),
        name: None,
        paragraphs: vec![
            format!("Sie möchten eine E-Mail bekommen, sobald etwas frei wird: {search}."),
            format!(
                "Bitte bestätigen Sie das. Der Link gilt zwei Tage. Danach schreiben wir Ihnen {days} Tage lang, sobald etwas frei wird."
            ),
        ],
        action: Some(("Benachrichtigung bestätigen", link)),
        afterwards: vec![NOT_YOU.to_owned()],
    }
}

/// The address has as many alerts as it may have.
pub fn alerts_full(portal: &Portal, search: &str, link: String) -> Letter {
    let most = Alert::MOST;
    Letter {
        subject: format!("Benachrichtigungen von {}: schon {most}", portal.name),
        name: None,
        paragraphs: vec![
            format!("Sie möchten eine E-Mail bekommen, sobald etwas frei wird: {search}."),
            format!(
                "Für diese Adresse gibt es schon {most} Benachrichtigungen, mehr sind nicht möglich. Die neue haben wir deshalb nicht angelegt. Bitte beenden Sie zuerst die alten."
            ),
        ],
        action: Some(("Benachrichtigungen ansehen", link)),
        afterwards: vec!["Haben Sie das nicht veranlasst? Dann müssen Sie nichts tun.".to_owned()],
    }
}

/// A link that ends all alerts of the address.
pub fn end_alerts(portal: &Portal, link: String) -> Letter {
    Letter {
        subject: format!("Benachrichtigungen von {} beenden", portal.name),
        name: None,
        paragraphs: vec!["Hier sehen Sie alle Benachrichtigungen für diese Adresse und können sie beenden. Damit löschen wir auch Ihre Adresse.".to_owned()],
        action: Some(("Benachrichtigungen beenden", link)),
        afterwards: vec![
            "Haben Sie das nicht veranlasst? Dann müssen Sie nichts tun: Es bleibt alles, wie es ist.".to_owned(),
        ],
    }
}

/// What has become free; `link` ends the alerts that tell it.
pub fn alert_news(portal: &Portal, searches: &[SearchNews], link: String) -> Letter {
    let offers: Vec<&FreedOffer> = searches.iter().flat_map(|search| &search.offers).collect();
    let subject = match offers.as_slice() {
        [one] => format!("Frei: {}, {}", one.offer, one.facility),
        more => format!("{} frei gemeldet", counts::offers(more.len())),
    };
    let mut paragraphs = Vec::new();
    for (number, search) in searches.iter().enumerate() {
        // The first one follows the greeting.
        let begin = if number == 0 { "für" } else { "Für" };
        paragraphs.push(format!("{begin} Ihre Suche „{}“ ist etwas frei:", search.words));
        paragraphs.extend(search.offers.iter().map(|offer| line(offer, portal)));
    }
    paragraphs.push("Freie Plätze sind schnell vergeben. Rufen Sie am besten gleich an.".to_owned());
    let mut afterwards: Vec<String> = searches
        .iter()
        .skip(1)
        .map(|search| format!("Alles, was für „{}“ frei ist:\n{}", search.words, search.link))
        .collect();
    afterwards.extend(searches.iter().map(|search| {
        let day = dates::full_date(dates::berlin(search.ends_at).date());
        format!("Die Benachrichtigung zu „{}“ endet von selbst am {day}.", search.words)
    }));
    afterwards.push("Mit Ihrer letzten Benachrichtigung löschen wir auch Ihre Adresse.".to_owned());
    afterwards.push(format!("Nicht mehr benachrichtigen:\n{link}"));
    let action = searches.first().map(|search| ("Alles ansehen, was frei ist", search.link.clone()));
    Letter { subject, name: None, paragraphs, action, afterwards }
}

fn line(offer: &FreedOffer, portal: &Portal) -> String {
    let FreedOffer { facility, offer, light, reported, phone, path } = offer;
    let phone = phone.as_ref().map(|phone| format!(" Telefon {phone}.")).unwrap_or_default();
    format!("{facility} ({offer}): {light}, {reported}.{phone}\n{}{path}", portal.base_url)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::testing::portal;

    #[test]
    fn the_mail_says_what_is_free_whom_to_call_and_how_to_end_it() {
        let offer = FreedOffer {
            facility: "Haus Aue".to_owned(),
            offer: "Kurzzeitpflege".to_owned(),
            light: "2 Plätze frei".to_owned(),
            reported: "gemeldet vor 3 Minuten, um 12:03 Uhr, von der Einrichtung".to_owned(),
            phone: Some("03871 2000".to_owned()),
            path: "/einrichtung/haus-aue".to_owned(),
        };
        let search = SearchNews {
            words: "Kurzzeitpflege in Parchim".to_owned(),
            link: "https://pflege.example/suche?q=x".to_owned(),
            ends_at: datetime!(2026-09-29 10:00 UTC),
            offers: vec![offer],
        };
        let link = "https://pflege.example/benachrichtigen/abc".to_owned();
        let letter = alert_news(&portal(), &[search], link);
        insta::assert_snapshot!("alert_news", format!("{}\n\n{}", letter.subject, letter.text(&portal())));
    }
}
