//! What became of "War doch nicht frei?".

use leptos::prelude::*;

use super::head;
use crate::{
    components::advice::AdviceBox,
    domain::{capacity::NotFreeRefusal, ids::Slug},
    routes,
    shell::{Head, Site, document},
};

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFreeAnswer {
    /// It counts.
    Told,
    /// The same network has said the same today.
    Already,
    Refused(NotFreeRefusal),
    TooOften,
    /// The form did not say of what.
    Unreadable,
}

impl NotFreeAnswer {
    /// Heading, and what is to be known.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Told => (
                "Danke für Ihren Hinweis",
                "Die Einrichtung und der Landkreis sehen sie. Der Landkreis fragt nach. Wir speichern nur, dass es gemeldet wurde, nicht von wem.",
            ),
            Self::Already => (
                "Das wurde heute schon gemeldet",
                "Von Ihrem Anschluss kam diese Meldung heute bereits. Sie zählt einmal am Tag. Einrichtung und Landkreis sehen sie.",
            ),
            Self::Refused(NotFreeRefusal::Gone) => (
                "Dieses Angebot gibt es nicht mehr",
                "Es ist nichts gemeldet. Die Seite der Einrichtung zeigt, was es jetzt gibt.",
            ),
            Self::Refused(NotFreeRefusal::Outdated) => (
                "Die Einrichtung hat inzwischen neu gemeldet",
                "Ihre Meldung galt einer älteren Angabe. Es ist nichts gemeldet. Bitte sehen Sie auf der Seite der Einrichtung nach, was jetzt gilt.",
            ),
            Self::Refused(NotFreeRefusal::NotGreen) => (
                "Hier ist zurzeit nichts als frei gemeldet",
                "Die Ampel ist nicht mehr grün. Es ist nichts gemeldet.",
            ),
            Self::TooOften => (
                "Das waren heute viele Meldungen",
                "Von Ihrem Anschluss kamen heute schon viele Meldungen. Diese zählt nicht mehr. Bitte rufen Sie uns an.",
            ),
            Self::Unreadable => (
                "Das konnten wir nicht lesen",
                "Es ist nichts gemeldet. Bitte laden Sie die Seite der Einrichtung neu und versuchen Sie es noch einmal.",
            ),
        }
    }
}

/// What happens now, and whom to call.
pub fn not_free(site: &Site, slug: &Slug, name: String, answer: NotFreeAnswer) -> String {
    let (title, text) = answer.words();
    let centre = site.portal.advice_centre.clone();
    let is_told = matches!(answer, NotFreeAnswer::Told | NotFreeAnswer::Already);
    let review = (is_told && site.portal.review_from.is_some()).then(|| {
        view! {
            <p>"Melden mehrere Menschen dasselbe, steht neben der Ampel „wird geprüft“, bis die Einrichtung neu meldet."</p>
        }
    });
    let back = routes::facility(slug);
    document(site, Head { noindex: true, ..head(title) }, move || {
        view! {
            <div class="wrap narrow account">
                <h1>{title}</h1>
                <p class="lead">{text}</p>
                {review}
                <AdviceBox centre />
                <p>
                    <a href=back>{format!("Zurück zu {name}")}</a>
                </p>
                <p>
                    <a href=routes::SEARCH>"Andere freie Plätze suchen"</a>
                </p>
            </div>
        }
        .into_any()
    })
}
