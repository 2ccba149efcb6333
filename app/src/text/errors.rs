//! What happened, what to do, whom to call.

use crate::backend::BackendError;

/// Title and explanation of a failure.
pub fn failure(error: BackendError) -> (&'static str, &'static str) {
    match error {
        BackendError::Unavailable => (
            "Gerade nicht erreichbar",
            "Unser Verzeichnis antwortet im Moment nicht. Bitte laden Sie die Seite in einer Minute neu.",
        ),
        BackendError::Indexing => (
            "Einen Moment bitte",
            "Die Suche wird gerade vorbereitet. Das dauert meist weniger als eine Minute. Bitte laden Sie die Seite dann neu.",
        ),
        BackendError::Behind => (
            "Unsere Angaben sind gerade nicht aktuell",
            "Damit Sie nichts Falsches lesen, zeigen wir sie im Moment nicht. Bitte laden Sie die Seite in einigen Minuten neu.",
        ),
        BackendError::Internal => (
            "Da ist etwas schiefgegangen",
            "Der Fehler liegt bei uns und ist notiert. Bitte versuchen Sie es noch einmal oder beginnen Sie auf der Startseite.",
        ),
    }
}
