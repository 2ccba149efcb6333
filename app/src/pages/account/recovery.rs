//! `/passwort-vergessen`, `/passwort-neu/{link}` and `/konto/adresse/{link}`: what is proved by a mail.

use leptos::prelude::*;

use super::page;
use crate::{
    components::form::{self, Field, Problem},
    domain::account::Email,
    routes,
    shell::Site,
    text::account as words,
};

/// Asks for the address that gets a link for a new password.
pub fn forgotten(site: &Site, email: String, problems: Vec<Problem>) -> String {
    let has_mail = site.portal.has_mail();
    page(site, "Passwort vergessen", !problems.is_empty(), move || {
        let field = Field::email("email", "E-Mail-Adresse", "username", email);
        let body = if has_mail {
            view! {
                <p class="lead">"Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort wählen."</p>
                {form::summary(&problems)}
                <form class="form" method="post" action=routes::FORGOTTEN>
                    {field.view(&problems)}
                    {form::submit("Link schicken")}
                </form>
            }
            .into_any()
        } else {
            view! {
                <p class="lead">
                    "Dieses Portal verschickt keine E-Mails. Bitte wenden Sie sich an den Landkreis: Er gibt Ihnen ein neues Passwort."
                </p>
            }
            .into_any()
        };
        view! {
            <div class="wrap narrow account">
                <h1>"Passwort vergessen"</h1>
                {body}
                <p>
                    <a href=routes::SIGN_IN>"Zurück zur Anmeldung"</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// The same for every address: whether there is an account is said in the mail alone.
pub fn letter_sent(site: &Site, email: String) -> String {
    let portal = site.portal.clone();
    page(site, "E-Mail ist unterwegs", false, move || {
        view! {
            <div class="wrap narrow account">
                <h1>"Bitte sehen Sie in Ihr Postfach"</h1>
                <p class="lead">{format!("Wir haben an {email} geschrieben, wie es weitergeht.")}</p>
                <p>
                    "Der Link in der E-Mail gilt eine Stunde und nur einmal. Kommt nichts an? Sehen Sie bitte auch im Ordner für unerwünschte E-Mails nach."
                </p>
                {words::outbox_note(&portal).map(|text| view! { <p>{text} <a href=routes::OUTBOX>"Zum Postausgang"</a></p> })}
                <p>
                    <a href=routes::SIGN_IN>"Zur Anmeldung"</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// Asks for a new password. The address is there for password managers.
pub fn new_password(site: &Site, action: String, email: &Email, problems: Vec<Problem>) -> String {
    let email = email.to_string();
    page(site, "Neues Passwort", !problems.is_empty(), move || {
        let new = Field {
            hint: Some(words::PASSWORD_HINT),
            ..Field::password("neu", "Neues Passwort", "new-password")
        };
        view! {
            <div class="wrap narrow account">
                <h1>"Neues Passwort wählen"</h1>
                <p class="lead">{format!("Für Ihr Konto {email}.")}</p>
                {form::summary(&problems)}
                <form class="form" method="post" action=action>
                    <input type="text" name="email" value=email autocomplete="username" hidden />
                    {new.view(&problems)}
                    {form::submit("Passwort speichern")}
                </form>
            </div>
        }
        .into_any()
    })
}

/// Asks whether the address is to become the account's: mail scanners open links, but press no button.
pub fn confirm_address(site: &Site, action: String, email: &Email, refusal: Option<&'static str>) -> String {
    let email = email.to_string();
    page(site, "Neue E-Mail-Adresse", false, move || {
        view! {
            <div class="wrap narrow account">
                <h1>"Neue E-Mail-Adresse"</h1>
                <p class="lead">{format!("Künftig melden Sie sich mit {email} an.")}</p>
                {refusal.map(|text| view! { <p class="account__notice" role="alert">{text}</p> })}
                <form class="form" method="post" action=action>
                    {form::submit("Adresse bestätigen")}
                </form>
            </div>
        }
        .into_any()
    })
}

/// A link that is good no more, and where to get another one.
pub fn worn_link(site: &Site, again: &'static str, where_to: &'static str) -> String {
    page(site, "Link gilt nicht mehr", false, move || {
        view! {
            <div class="wrap narrow account">
                <h1>"Dieser Link gilt nicht mehr"</h1>
                <p class="lead">
                    "Jeder Link gilt nur einmal und nur kurze Zeit. Ist er vielleicht nicht vollständig im Browser angekommen?"
                </p>
                <p>
                    <a class="kern-btn kern-btn--secondary" href=where_to>
                        <span class="kern-label">{again}</span>
                    </a>
                </p>
            </div>
        }
        .into_any()
    })
}
