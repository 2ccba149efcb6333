//! `/einladung/{link}`: taking an invitation.

use leptos::prelude::*;

use super::page;
use crate::{
    components::form::{self, Field, Problem},
    domain::{account::Account, invitation::Invitation},
    shell::Site,
    text::account as words,
};

/// Asks somebody who has no account for name and password, and everybody whether they want to.
pub fn invitation(
    site: &Site,
    invitation: Invitation,
    has_account: bool,
    action: String,
    name: String,
    problems: Vec<Problem>,
) -> String {
    page(site, "Einladung", !problems.is_empty(), move || {
        let what = words::invited_to(&invitation.to);
        let fields = (!has_account).then(|| {
            let name = Field {
                id: "name",
                label: "Ihr Name",
                kind: "text",
                value: name,
                hint: Some("So sehen Sie Ihre Kolleginnen und Kollegen."),
                autocomplete: "name",
                longest: Account::MAX_NAME,
                ..Field::default()
            };
            let password = Field {
                hint: Some(words::PASSWORD_HINT),
                ..Field::password("neu", "Passwort", "new-password")
            };
            view! {
                <input type="text" name="email" value=invitation.email.to_string() autocomplete="username" hidden />
                {name.view(&problems)}
                {password.view(&problems)}
            }
        });
        let lead = if has_account {
            format!("Sie haben schon ein Konto mit {}.", invitation.email)
        } else {
            format!("Ihr Konto bekommt die E-Mail-Adresse {}.", invitation.email)
        };
        let button = if has_account { "Einladung annehmen" } else { "Konto anlegen" };
        view! {
            <div class="wrap narrow account">
                <h1>"Ihre Einladung"</h1>
                <p class="lead">{format!("{} lädt Sie ein: {what}.", invitation.inviter)}</p>
                <p>{lead}</p>
                {form::summary(&problems)}
                <form class="form" method="post" action=action>
                    {fields}
                    {form::submit(button)}
                </form>
            </div>
        }
        .into_any()
    })
}
