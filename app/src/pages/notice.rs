//! Forms for people without an account: something is wrong, it is ours, we do not want to be listed, we are new.

use leptos::prelude::*;

use super::head;
use crate::{
    components::{
        fields::{Fields, Line},
        form::{self, Problem},
    },
    domain::{ids::Slug, notice::NoticeKind},
    forms::Typed,
    routes,
    shell::{Head, Site, document},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct NoticeForm {
    pub kind: NoticeKind,
    /// The entry by address and name; `None` for a registration.
    pub about: Option<(Slug, String)>,
    pub typed: Typed,
    pub problems: Vec<Problem>,
    /// It was sent.
    pub done: bool,
}

/// Title, what happens next, and what the text field asks for.
fn words(kind: NoticeKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        NoticeKind::Wrong => (
            "Fehler melden",
            "Stimmt eine Angabe nicht? Schreiben Sie uns kurz. Der Landkreis prüft das und berichtigt den Eintrag.",
            "Was stimmt nicht?",
        ),
        NoticeKind::Claim => (
            "Diese Einrichtung gehört zu uns",
            "Der Landkreis prüft Ihren Antrag. Danach bekommen Sie eine Einladung und pflegen den Eintrag selbst.",
            "Woran können wir sehen, dass Sie für die Einrichtung sprechen?",
        ),
        NoticeKind::Decline => (
            "Wir möchten nicht gelistet werden",
            "Der Landkreis prüft, ob Sie für die Einrichtung sprechen. Danach verschwindet der Eintrag und wird nicht wieder angelegt.",
            "In welcher Funktion schreiben Sie uns?",
        ),
        NoticeKind::Registration => (
            "Neu im Verzeichnis",
            "Sie bieten Pflege, Gesundheit oder Beratung an und stehen noch nicht hier? Der Landkreis prüft Ihren Antrag. Danach bekommen Sie eine Einladung und tragen Ihre Einrichtung selbst ein.",
            "Was bieten Sie an, und woran können wir sehen, dass Sie dafür sprechen?",
        ),
    }
}

/// The form, or thanks.
pub fn notice(site: &Site, shown: NoticeForm) -> String {
    let NoticeForm { kind, about, typed, problems, done } = shown;
    let (title, lead, question) = words(kind);
    let name = about.as_ref().map(|(_, name)| name.clone());
    let full = name.as_ref().map_or_else(|| title.to_owned(), |name| format!("{title}: {name}"));
    let page_title = if problems.is_empty() { full } else { format!("Fehler: {full}") };
    let has_mail = site.portal.has_mail();
    document(site, Head { noindex: true, ..head(&page_title) }, move || {
        let fields = Fields { typed: &typed, problems: &problems };
        let back = about.as_ref().map(|(slug, name)| {
            view! {
                <p class="back">
                    <a href=routes::facility(slug)>{format!("Zurück zu {name}")}</a>
                </p>
            }
        });
        if done {
            return view! {
                <div class="wrap narrow account">
                    <h1>"Danke, das ist angekommen"</h1>
                    <p class="lead">"Der Landkreis sieht es sich an. Wenn Sie eine E-Mail-Adresse genannt haben, bekommen Sie Antwort."</p>
                    {back}
                    <p>
                        <a href=routes::START>"Zur Startseite"</a>
                    </p>
                </div>
            }
            .into_any();
        }
        let path = match &about {
            Some((slug, _)) => routes::write_notice(slug, kind),
            None => routes::REGISTRATION.to_owned(),
        };
        let wanted = kind.needs_sender();
        let mail = if wanted { "Ihre E-Mail-Adresse" } else { "Ihre E-Mail-Adresse (freiwillig)" };
        let mail_hint = (!wanted && has_mail).then_some("Nur, wenn Sie eine Antwort möchten.");
        let person = if wanted { "Ihr Name" } else { "Ihr Name (freiwillig)" };
        let organization = kind.names_organization().then(|| {
            fields.line(
                "traeger",
                "Name Ihres Trägers",
                Line { autocomplete: Some("organization"), ..Line::default() },
            )
        });
        view! {
            <div class="wrap narrow account">
                {back}
                <h1>{title}</h1>
                {name.map(|name| view! { <p class="lead">{name}</p> })}
                <p>{lead}</p>
                {form::summary(&problems)}
                <form class="form" method="post" action=path novalidate>
                    {organization}
                    {fields.lines("text", question, Some("Bitte keine Angaben zu Krankheiten oder anderen Menschen."), 5)}
                    {fields.line("name", person, Line { autocomplete: Some("name"), ..Line::default() })}
                    {fields
                        .line(
                            "email",
                            mail,
                            Line { kind: Some("email"), autocomplete: Some("email"), hint: mail_hint, ..Line::default() },
                        )}
                    {form::submit("Absenden")}
                </form>
                <p class="account__small">
                    "Was Sie schreiben, sieht nur der Landkreis. "
                    <a href=routes::legal("datenschutz")>"Datenschutz"</a>
                </p>
            </div>
        }
        .into_any()
    })
}
