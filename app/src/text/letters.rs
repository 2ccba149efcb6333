//! The letters themselves.

use super::{account::invited_to, letter::Letter};
use crate::domain::{
    invitation::InvitedTo,
    notice::{Notice, NoticeKind, NoticeState},
    portal::Portal,
};

mod alert;
mod county;
mod listing;
mod reminder;

pub use alert::{FreedOffer, SearchNews, alert_news, alerts_full, confirm_alert, end_alerts};
pub use county::county_news;
pub use listing::{News, entry_decided};
pub use reminder::{Standing, ToReport, reminder, report_link};

const NOT_YOU: &str = "Haben Sie das nicht veranlasst? Dann müssen Sie nichts tun.";

/// A link for a new password.
pub fn new_password(portal: &Portal, name: &str, link: String) -> Letter {
    Letter {
        subject: format!("Neues Passwort für {}", portal.name),
        name: Some(name.to_owned()),
        paragraphs: vec![
            "Sie möchten ein neues Passwort wählen. Der Link gilt eine Stunde und nur einmal.".to_owned(),
        ],
        action: Some(("Neues Passwort wählen", link)),
        afterwards: vec![NOT_YOU.to_owned() + " Ihr Passwort bleibt, wie es ist."],
    }
}

/// Somebody asked for a new password, and there is no account with this address.
pub fn no_account(portal: &Portal) -> Letter {
    Letter {
        subject: format!("Neues Passwort für {}", portal.name),
        name: None,
        paragraphs: vec![
            "jemand möchte mit dieser E-Mail-Adresse ein neues Passwort wählen. Es gibt damit aber kein Konto.".to_owned(),
            "Vielleicht haben Sie sich mit einer anderen Adresse angemeldet. Sonst fragen Sie bitte beim Landkreis nach einer Einladung.".to_owned(),
        ],
        action: None,
        afterwards: vec![NOT_YOU.to_owned()],
    }
}

/// The password was changed.
pub fn password_changed(portal: &Portal, name: &str) -> Letter {
    Letter {
        subject: format!("Ihr Passwort für {} ist geändert", portal.name),
        name: Some(name.to_owned()),
        paragraphs: vec!["Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.".to_owned()],
        action: None,
        afterwards: vec![format!(
            "Waren Sie das nicht? Dann wählen Sie bitte gleich ein neues Passwort ({}{}) und sagen Sie dem Landkreis Bescheid.",
            portal.base_url,
            crate::routes::FORGOTTEN
        )],
    }
}

/// A link that proves that an address is somebody's own.
pub fn confirm_address(portal: &Portal, name: &str, link: String) -> Letter {
    Letter {
        subject: format!("Ihre neue E-Mail-Adresse für {}", portal.name),
        name: Some(name.to_owned()),
        paragraphs: vec![
            "Sie möchten sich künftig mit dieser E-Mail-Adresse anmelden. Der Link gilt einen Tag."
                .to_owned(),
        ],
        action: Some(("Adresse bestätigen", link)),
        afterwards: vec![NOT_YOU.to_owned()],
    }
}

/// An address is to become somebody's that is somebody's already.
pub fn address_taken(portal: &Portal) -> Letter {
    Letter {
        subject: format!("Ihre E-Mail-Adresse und {}", portal.name),
        name: None,
        paragraphs: vec![
            "jemand möchte diese E-Mail-Adresse für ein Konto verwenden. Es gibt damit schon eines, und das bleibt, wie es ist.".to_owned(),
        ],
        action: None,
        afterwards: vec![NOT_YOU.to_owned()],
    }
}

/// To the old address: from now on another one is the account's.
pub fn address_changed(portal: &Portal, name: &str) -> Letter {
    Letter {
        subject: format!("Ihre E-Mail-Adresse für {} ist geändert", portal.name),
        name: Some(name.to_owned()),
        paragraphs: vec!["Ihr Konto hat jetzt eine andere E-Mail-Adresse. Mit dieser hier können Sie sich nicht mehr anmelden.".to_owned()],
        action: None,
        afterwards: vec!["Waren Sie das nicht? Dann sagen Sie bitte gleich dem Landkreis Bescheid.".to_owned()],
    }
}

/// Somebody may work with the portal.
pub fn invitation(portal: &Portal, inviter: &str, to: &InvitedTo, link: String) -> Letter {
    Letter {
        subject: format!("Einladung zu {}", portal.name),
        name: None,
        paragraphs: vec![
            format!("{inviter} lädt Sie ein: {}.", invited_to(to)),
            format!("{} ist das Portal für Pflege, Gesundheit und Beratung: {}.", portal.name, portal.county),
        ],
        action: Some(("Einladung annehmen", link)),
        afterwards: vec![
            "Der Link gilt zwei Wochen. Kennen Sie die Person nicht? Dann müssen Sie nichts tun.".to_owned(),
        ],
    }
}

/// A draft was approved.
pub fn entry_approved(portal: &Portal, name: &str, entry: &str, link: String) -> Letter {
    Letter {
        subject: format!("Veröffentlicht: {entry}"),
        name: Some(name.to_owned()),
        paragraphs: vec![format!(
            "der Landkreis hat Ihre Angaben zu „{entry}“ geprüft. Sie stehen jetzt in {}.",
            portal.name
        )],
        action: Some(("Eintrag ansehen", link)),
        afterwards: Vec::new(),
    }
}

/// A draft was returned.
pub fn entry_returned(portal: &Portal, name: &str, entry: &str, reason: &str, link: String) -> Letter {
    Letter {
        subject: format!("Bitte noch einmal ansehen: {entry}"),
        name: Some(name.to_owned()),
        paragraphs: vec![
            format!("der Landkreis hat Ihre Angaben zu „{entry}“ geprüft und bittet um eine Änderung:"),
            reason.to_owned(),
            format!(
                "Ihr Entwurf ist noch da. Bis Sie ihn wieder einreichen, bleibt in {} alles, wie es ist.",
                portal.name
            ),
        ],
        action: Some(("Entwurf öffnen", link)),
        afterwards: Vec::new(),
    }
}

/// What became of a notice.
pub fn notice_answer(portal: &Portal, notice: &Notice, state: NoticeState, answer: Option<&str>) -> Letter {
    let about = notice
        .about
        .as_ref()
        .map_or_else(|| notice.organization_name.clone().unwrap_or_default(), |about| about.name.clone());
    let accepted = state == NoticeState::Accepted;
    let result = match (notice.kind, accepted) {
        (NoticeKind::Wrong, true) => "danke für Ihren Hinweis. Wir haben ihn geprüft.",
        (NoticeKind::Wrong, false) => "danke für Ihren Hinweis. Wir haben ihn geprüft und ändern nichts.",
        (NoticeKind::Claim | NoticeKind::Registration, true) => {
            "wir haben Ihren Antrag geprüft und angenommen. Sie bekommen eine zweite E-Mail mit einer Einladung: Damit legen Sie Ihr Konto an."
        }
        (NoticeKind::Decline, true) => "der Eintrag ist nicht mehr öffentlich und wird nicht neu angelegt.",
        (_, false) => "wir haben Ihren Antrag geprüft und können ihn so nicht annehmen.",
    };
    Letter {
        subject: format!("Ihre Nachricht an {}: {about}", portal.name),
        name: notice.name.clone(),
        paragraphs: std::iter::once(result.to_owned()).chain(answer.map(str::to_owned)).collect(),
        action: None,
        afterwards: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::portal;

    #[test]
    fn a_letter_says_the_same_as_text_and_as_html() {
        let letter = new_password(
            &portal(),
            "Petra <b>Muster</b>",
            "https://pflege.example/passwort-neu/abc".to_owned(),
        );
        insta::assert_snapshot!("letter_text", letter.text(&portal()));
        insta::assert_snapshot!("letter_html", letter.html(&portal()));
    }
}
