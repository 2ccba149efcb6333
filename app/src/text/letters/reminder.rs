//! Asks somebody to report again.

use time::{Date, OffsetDateTime};

use crate::{
    domain::portal::Portal,
    text::{dates, letter::Letter},
};

/// How an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its report ends then.
    Ends(OffsetDateTime),
    /// Its report has ended then.
    Ended(OffsetDateTime),
    /// There never was a report.
    Never,
}

/// The offers of one organization that want a report.
#[derive(Clone, Debug)]
pub struct ToReport {
    pub organization: String,
    /// The whole address that reports for it.
    pub link: String,
    /// Facility, offer, and how it stands.
    pub offers: Vec<(String, String, Standing)>,
}

/// Most offers of an organization that are named.
const NAMED: usize = 30;

fn line((facility, offer, standing): &(String, String, Standing), today: Date) -> String {
    let day = |instant: OffsetDateTime| dates::weekday_and_date(dates::berlin(instant).date(), today);
    let standing = match standing {
        Standing::Ends(at) => {
            let there = dates::berlin(*at);
            let minute = u16::from(there.hour()) * 60 + u16::from(there.minute());
            format!("die Meldung gilt noch bis {}, {} Uhr", day(*at), dates::clock(minute))
        }
        Standing::Ended(at) => format!("keine aktuelle Meldung seit {}", day(*at)),
        Standing::Never => "noch nie gemeldet".to_owned(),
    };
    format!("– {facility}, {offer}: {standing}")
}

/// One letter for everything that somebody may report. `stop` is the whole address that ends these letters, `settings`
/// that of the page where they are chosen.
pub fn reminder(
    portal: &Portal,
    name: &str,
    all: Vec<ToReport>,
    (stop, settings): (&str, &str),
    today: Date,
) -> Letter {
    let count: usize = all.iter().map(|own| own.offers.len()).sum();
    let first = all.first().and_then(|own| own.offers.first());
    let subject = match (count, first) {
        (1, Some((facility, ..))) => format!("Bitte melden: {facility}"),
        _ => format!("Bitte melden: {count} Angebote"),
    };
    let mut paragraphs = vec![format!(
        "bitte melden Sie, was bei Ihnen frei ist. Es dauert einen Augenblick, auch wenn sich nichts geändert hat. Ohne aktuelle Meldung steht die Ampel bei {} auf Grau.",
        portal.name
    )];
    let (mut all, mut action) = (all, None);
    // One link is a button; several stand below their organizations.
    let alone = all.len() == 1;
    for own in &mut all {
        let mut lines: Vec<String> = own.offers.iter().take(NAMED).map(|offer| line(offer, today)).collect();
        let more = own.offers.len().saturating_sub(NAMED);
        match more {
            0 => {}
            1 => lines.push("– und ein weiteres Angebot".to_owned()),
            more => lines.push(format!("– und {more} weitere Angebote")),
        }
        if !alone {
            lines.insert(0, format!("{}:", own.organization));
        }
        paragraphs.push(lines.join("\n"));
        let link = std::mem::take(&mut own.link);
        if alone {
            action = Some(("Jetzt melden", link));
        } else {
            paragraphs.push(link);
        }
    }
    let personal = if alone { "Der Link ist" } else { "Die Links sind" };
    Letter {
        subject,
        name: Some(name.to_owned()),
        paragraphs,
        action,
        afterwards: vec![
            format!(
                "{personal} für Sie persönlich und 30 Tage gültig. Damit lässt sich nur melden, was frei ist."
            ),
            format!("Keine Erinnerungen mehr:\n{stop}"),
            format!("Eine Pause machen oder einzelne Erinnerungen abwählen:\n{settings}"),
        ],
    }
}

/// A link that somebody asked for: not because a report ends.
pub fn report_link(name: &str, organization: &str, link: String) -> Letter {
    Letter {
        subject: format!("Ihr Melde-Link: {organization}"),
        name: Some(name.to_owned()),
        paragraphs: vec![format!(
            "mit diesem Link melden Sie ohne Passwort, was bei {organization} frei ist. Am besten speichern Sie ihn auf Ihrem Telefon."
        )],
        action: Some(("Jetzt melden", link)),
        afterwards: vec![
            "Der Link ist für Sie persönlich und 30 Tage gültig. Damit lässt sich nur melden, was frei ist."
                .to_owned(),
        ],
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::testing::portal;

    fn to_report(organization: &str, count: usize) -> ToReport {
        let standings = [
            Standing::Ends(datetime!(2026-07-08 10:00 UTC)),
            Standing::Ended(datetime!(2026-06-30 10:00 UTC)),
            Standing::Never,
        ];
        let offer = |at: usize| ("Haus Aue".to_owned(), "Tagespflege".to_owned(), standings[at % 3]);
        let link = "https://pflege.example/m/geheim".to_owned();
        ToReport { organization: organization.to_owned(), link, offers: (0..count).map(offer).collect() }
    }

    fn letter(all: Vec<ToReport>) -> Letter {
        let stop = "https://pflege.example/erinnerungen-abbestellen/geheim";
        let settings = "https://pflege.example/konto/erinnerungen";
        reminder(&portal(), "Petra Muster", all, (stop, settings), date!(2026 - 07 - 07))
    }

    #[test]
    fn a_reminder_says_of_each_offer_how_it_stands_and_how_it_ends() {
        let text = letter(vec![to_report("Diakonie Aue", 3)]).text(&portal());
        insta::assert_snapshot!("reminder_text", text);
    }

    #[test]
    fn each_organization_has_a_link_of_its_own() {
        let letter = letter(vec![to_report("Diakonie Aue", 1), to_report("DRK Berg", 31)]);
        assert_eq!((letter.subject.as_str(), &letter.action), ("Bitte melden: 32 Angebote", &None));
        assert!(letter.paragraphs[1].starts_with("Diakonie Aue:\n– Haus Aue"), "{letter:?}");
        assert!(letter.paragraphs[3].ends_with("– und ein weiteres Angebot"), "{letter:?}");
        let html = letter.html(&portal());
        let link = r#"href="https://pflege.example/m/geheim""#;
        assert_eq!(html.matches(link).count(), 2, "{html}");
        assert_eq!(html.matches("<a ").count(), 4, "{html}");
        assert!(html.contains("Diakonie Aue:<br>– Haus Aue, Tagespflege: die Meldung"), "{html}");
    }
}
