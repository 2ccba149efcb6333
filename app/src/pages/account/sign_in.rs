//! `/anmelden`: address and password, then a code where there is a second factor.

use leptos::prelude::*;

use super::page;
use crate::{
    components::form::{self, Field, Problem},
    domain::demo_people::{DemoRole, PASSWORD, PEOPLE},
    routes,
    shell::Site,
    text::account as words,
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
    let demo = site.portal.demo.then(|| view! { <DemoPeople /> }.into_any());
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
                {demo}
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

/// Who may try an example portal, and as whom.
#[component]
fn DemoPeople() -> impl IntoView {
    let rows = PEOPLE
        .into_iter()
        .map(|person| {
            let role = match person.role {
                DemoRole::County(role) => words::county_role(role).to_owned(),
                DemoRole::Organization(role) => format!("Einrichtung: {}", words::organization_role(role)),
            };
            view! { <li><code>{person.email}</code> <br /> {role}</li> }
        })
        .collect_view();
    view! {
        <section class="account__notice" aria-labelledby="beispiel">
            <h2 id="beispiel">"Zum Ausprobieren"</h2>
            <p>"Dieses Portal ist ein Beispiel. Das Passwort aller dieser Konten ist " <code>{PASSWORD}</code> "."</p>
            <ul class="account__demo">{rows}</ul>
        </section>
    }
    .into_any()
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
