//! `/anmelden`: address and password, then a code where there is a second factor.

use leptos::prelude::*;

use super::page;
use crate::{
    components::form::{self, Field, Problem},
    routes,
    shell::Site,
};

/// What was typed, and what is wrong with it. A password is never sent back.
#[derive(Clone, Debug, Default)]
pub struct SignInForm {
    pub email: String,
    /// Where to go afterwards: a path of the portal.
    pub next: String,
    pub problems: Vec<Problem>,
    /// Why somebody is here.
    pub notice: Option<&'static str>,
}

/// The page with address and password.
pub fn sign_in(site: &Site, form: SignInForm) -> String {
    let has_kontakt = !site.portal.legal.kontakt.trim().is_empty();
    page(site, "Anmelden", !form.problems.is_empty(), move || {
        let SignInForm { email, next, problems, notice } = form;
        let email = Field::email("email", "E-Mail-Adresse", "username", email);
        let password = Field::password("passwort", "Passwort", "current-password");
        view! {
            <div class="wrap narrow account">
                <h1>"Anmelden"</h1>
                <p class="lead">"Für Einrichtungen, Dienste und den Landkreis."</p>
                {notice.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {form::summary(&problems)}
                <form class="form" method="post" action=routes::SIGN_IN>
                    <input type="hidden" name="weiter" value=next />
                    {email.view(&problems)}
                    {password.view(&problems)}
                    {form::submit("Anmelden")}
                </form>
                <p>
                    <a href=routes::FORGOTTEN>"Passwort vergessen?"</a>
                </p>
                {has_kontakt
                    .then(|| {
                        view! {
                            <p>
                                "Sie kommen nicht hinein? "
                                <a href=routes::legal("kontakt")>"Der Landkreis hilft Ihnen."</a>
                            </p>
                        }
                    })}
                <p class="account__small">
                    "Zum Suchen brauchen Sie kein Konto. Beim Anmelden speichert Ihr Browser ein Cookie, bis Sie sich abmelden."
                </p>
            </div>
        }
        .into_any()
    })
}

/// The page that asks for a code.
pub fn code(site: &Site, problems: Vec<Problem>) -> String {
    page(site, "Code eingeben", !problems.is_empty(), move || {
        let field = Field {
            id: "code",
            label: "Code",
            kind: "text",
            hint: Some("Die sechs Ziffern aus Ihrer App, oder einer Ihrer Ersatzcodes."),
            autocomplete: "one-time-code",
            longest: 40,
            ..Field::default()
        };
        view! {
            <div class="wrap narrow account">
                <h1>"Code eingeben"</h1>
                <p class="lead">"Ihr Passwort stimmt. Es fehlt noch der zweite Schritt."</p>
                {form::summary(&problems)}
                <form class="form" method="post" action=routes::SIGN_IN_CODE>
                    {field.view(&problems)}
                    {form::submit("Weiter")}
                </form>
                <form class="form" method="post" action=routes::SIGN_OUT>
                    <button type="submit" class="kern-btn kern-btn--tertiary">
                        <span class="kern-label">"Abbrechen"</span>
                    </button>
                </form>
            </div>
        }
        .into_any()
    })
}
