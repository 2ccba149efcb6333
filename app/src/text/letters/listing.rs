//! What the county decides about whole entries, told to those who run them.

use crate::{domain::portal::Portal, text::letter::Letter};

/// What the county has decided about a whole entry.
#[derive(Clone, Copy, Debug)]
pub enum News<'a> {
    Archived,
    /// Somebody asked that it is not listed.
    Declined,
    Restored,
    /// It went into this one.
    Merged(&'a str),
    /// This one went into it.
    TookIn(&'a str),
    /// Whoever reads it does not run it any more; this organization does.
    Left(&'a str),
    /// Whoever reads it runs it now, as this organization.
    Came(&'a str),
}

const ASK: &str = "Ist das nicht richtig? Dann sagen Sie bitte dem Landkreis Bescheid.";
const SAYS: &str = "Der Landkreis schreibt dazu:";

/// Tells somebody what has become of their entry, and why, as far as that was said.
pub fn entry_decided(
    portal: &Portal,
    name: &str,
    entry: &str,
    news: News<'_>,
    reason: Option<&str>,
    link: String,
) -> Letter {
    let place = &portal.name;
    let (subject, text) = match news {
        News::Archived => (
            "Nicht mehr im Verzeichnis",
            format!(
                "der Landkreis hat „{entry}“ aus {place} genommen. Alle Angaben bleiben erhalten, nur findet sie niemand mehr."
            ),
        ),
        News::Declined => (
            "Nicht mehr im Verzeichnis",
            format!(
                "„{entry}“ steht nicht mehr in {place}: Der Landkreis hat einen Antrag angenommen, die Einrichtung nicht zu listen."
            ),
        ),
        News::Restored => {
            ("Wieder im Verzeichnis", format!("der Landkreis zeigt „{entry}“ wieder in {place}."))
        }
        News::Merged(into) => (
            "Zusammengeführt",
            format!(
                "„{entry}“ stand zweimal in {place}. Der Eintrag ist jetzt in „{into}“ aufgegangen; alte Adressen führen dorthin."
            ),
        ),
        News::TookIn(other) => (
            "Zusammengeführt",
            format!(
                "„{other}“ stand doppelt in {place} und ist jetzt in „{entry}“ aufgegangen. Angebote, die dort fehlten, sind mitgekommen: Bitte sehen Sie nach, ob alles stimmt."
            ),
        ),
        News::Left(to) => (
            "Anderer Träger",
            format!(
                "im Verzeichnis führt „{entry}“ jetzt {to}. Sie können den Eintrag nicht mehr bearbeiten; ein begonnener Entwurf ist verworfen."
            ),
        ),
        News::Came(organization) => (
            "Neu bei Ihnen",
            format!(
                "im Verzeichnis führt „{entry}“ jetzt {organization}. Sie können den Eintrag bearbeiten: Bitte sehen Sie nach, ob alles stimmt."
            ),
        ),
    };
    let said = reason.into_iter().flat_map(|reason| [SAYS.to_owned(), reason.to_owned()]);
    Letter {
        subject: format!("{subject}: {entry}"),
        name: Some(name.to_owned()),
        paragraphs: std::iter::once(text).chain(said).collect(),
        action: Some(("Eintrag ansehen", link)),
        afterwards: vec![ASK.to_owned()],
    }
}
