//! `/konto/erinnerungen` and `/erinnerungen-abbestellen/{link}`: who is reminded to report.

use leptos::prelude::*;

use super::page;
use crate::{
    components::{
        fields::{Fields, Line},
        form::{self, Problem},
    },
    domain::reminder::ReminderSettings,
    forms::Typed,
    pages::editing::back,
    routes,
    shell::Site,
};

/// What somebody wants, as typed.
#[derive(Clone, Debug, Default)]
pub struct RemindersPage {
    pub typed: Typed,
    pub problems: Vec<Problem>,
    pub done: Option<&'static str>,
}

/// Which reminders somebody wants.
pub fn reminders(site: &Site, shown: RemindersPage) -> String {
    let has_mail = site.portal.has_mail();
    page(site, "Erinnerungen", !shown.problems.is_empty(), move || {
        let RemindersPage { typed, problems, done } = shown;
        let fields = Fields { typed: &typed, problems: &problems };
        let kinds = [
            ("vor-ablauf", "Bevor eine Meldung abläuft"),
            ("abgelaufen", "Wenn eine Meldung abgelaufen ist und die Ampel grau wird"),
        ];
        let kinds = kinds.map(|(value, words)| (value.to_owned(), words.to_owned())).to_vec();
        let pause = Line {
            hint: Some("Zum Beispiel für die Betriebsferien. Leer: keine Pause."),
            kind: Some("date"),
            short: true,
            ..Line::default()
        };
        view! {
            <div class="wrap narrow account">
                {back("Zu Ihrem Konto".to_owned(), routes::OWN_ACCOUNT.to_owned())}
                <h1>"Erinnerungen"</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {form::summary(&problems)}
                <p class="lead">
                    "Wir erinnern Sie an Meldungen für Ihre Einrichtungen: höchstens eine E-Mail am Tag, nicht nachts und nicht an Sonn- und Feiertagen."
                </p>
                {(!has_mail).then(|| view! { <p class="note">"Dieses Portal verschickt zurzeit keine E-Mails."</p> })}
                <form class="form" method="post" action=routes::OWN_REMINDERS>
                    {fields.checks("arten", "Wann möchten Sie erinnert werden?", kinds)}
                    {fields.line("pause", "Pause bis einschließlich (freiwillig)", pause)}
                    {form::submit("Speichern")}
                </form>
            </div>
        }
        .into_any()
    })
}

/// Asks what is to end: mail scanners open links, but press no button.
pub fn stop_reminders(site: &Site, action: String, wants: ReminderSettings) -> String {
    page(site, "Erinnerungen abbestellen", false, move || {
        let button = |value: &'static str, text: &'static str| {
            view! {
                <button type="submit" class="kern-btn kern-btn--secondary" name="was" value=value>
                    <span class="kern-label">{text}</span>
                </button>
            }
        };
        let both = wants.before_expiry && wants.expired;
        let none = !wants.before_expiry && !wants.expired;
        view! {
            <div class="wrap narrow account">
                <h1>"Erinnerungen abbestellen"</h1>
                {if none {
                    view! {
                        <p class="lead">"Sie bekommen keine Erinnerungen an Meldungen."</p>
                    }
                        .into_any()
                } else {
                    view! {
                        <p class="lead">"Möchten Sie keine Erinnerungen an Meldungen mehr bekommen?"</p>
                        <form class="form" method="post" action=action>
                            <button type="submit" class="kern-btn kern-btn--primary" name="was" value="alle">
                                <span class="kern-label">"Alle Erinnerungen abbestellen"</span>
                            </button>
                            {both
                                .then(|| {
                                    view! {
                                        <p>"Oder nur eine Art abbestellen:"</p>
                                        <div class="buttons">
                                            {button("vor-ablauf", "Erinnerungen vor dem Ablauf abbestellen")}
                                            {button("abgelaufen", "Erinnerungen nach dem Ablauf abbestellen")}
                                        </div>
                                    }
                                })}
                        </form>
                    }
                        .into_any()
                }}
                {settings()}
            </div>
        }
        .into_any()
    })
}

/// It is done.
pub fn reminders_stopped(site: &Site, all: bool) -> String {
    page(site, "Abbestellt", false, move || {
        let text = if all {
            "Sie bekommen keine Erinnerungen an Meldungen mehr."
        } else {
            "Sie bekommen diese Erinnerungen nicht mehr, andere schon."
        };
        view! {
            <div class="wrap narrow account">
                <h1>"Abbestellt"</h1>
                <p class="lead" role="status">
                    {text}
                </p>
                {settings()}
            </div>
        }
        .into_any()
    })
}

fn settings() -> impl IntoView {
    view! {
        <p>
            "In Ihrem Konto können Sie Erinnerungen wieder einschalten oder eine Pause machen: "
            <a href=routes::OWN_REMINDERS>"Erinnerungen einstellen"</a>
        </p>
    }
}
