//! `/konto/zweiter-schritt`: an authenticator app is set up, then the recovery codes are shown once.

use leptos::prelude::*;

use super::page;
use crate::{
    components::{
        form::{self, Field, Problem},
        qr::Qr,
    },
    routes,
    shell::Site,
};

/// What an app has to know.
#[derive(Clone, Debug, Default)]
pub struct SetupForm {
    /// base32
    pub secret: String,
    /// `otpauth://…`
    pub url: String,
    /// The county's rules ask for it before anything else.
    pub is_required: bool,
    pub problems: Vec<Problem>,
}

/// The page that sets an app up.
pub fn set_up(site: &Site, form: SetupForm) -> String {
    page(site, "Zweiten Schritt einrichten", !form.problems.is_empty(), move || {
        let SetupForm { secret, url, is_required, problems } = form;
        let code = Field {
            id: "code",
            label: "Code aus der App",
            kind: "text",
            hint: Some("Sechs Ziffern. Alle 30 Sekunden erscheint ein neuer."),
            autocomplete: "one-time-code",
            inputmode: Some("numeric"),
            longest: 10,
            ..Field::default()
        };
        let password = Field::password("passwort", "Ihr Passwort", "current-password");
        let shown = secret.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned());
        let shown = shown.collect::<Vec<_>>().join(" ");
        let why = if is_required {
            "Mit Ihrem Konto sehen Sie Angaben anderer. Darum gehört zu ihm ein zweiter Schritt beim Anmelden: ein Code aus einer App auf Ihrem Telefon."
        } else {
            "Beim Anmelden geben Sie künftig auch einen Code aus einer App auf Ihrem Telefon ein. So reicht ein gestohlenes Passwort niemandem."
        };
        view! {
            <div class="wrap narrow account">
                <h1>"Zweiten Schritt einrichten"</h1>
                <p class="lead">{why}</p>
                {form::summary(&problems)}
                <ol class="account__steps">
                    <li>
                        <p>
                            "Öffnen Sie eine Authenticator-App, etwa FreeOTP oder Aegis. Falls Sie keine haben, installieren Sie eine."
                        </p>
                    </li>
                    <li>
                        <p>"Scannen Sie mit der App dieses Bild, oder tippen Sie den Schlüssel ab."</p>
                        <Qr text=url label="Bild für die App: Es enthält den Schlüssel, der darunter steht." />
                        <p>
                            "Schlüssel: " <code class="account__secret">{shown}</code>
                        </p>
                    </li>
                    <li>
                        <form class="form" method="post" action=routes::SECOND_FACTOR>
                            {code.view(&problems)}
                            {password.view(&problems)}
                            {form::submit("Einrichten")}
                        </form>
                    </li>
                </ol>
            </div>
        }
        .into_any()
    })
}

/// The page that shows the recovery codes, once.
pub fn recovery_codes(site: &Site, codes: Vec<String>) -> String {
    page(site, "Ersatzcodes", false, move || {
        let rows = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
        view! {
            <div class="wrap narrow account">
                <h1>"Ihre Ersatzcodes"</h1>
                <p class="lead">
                    "Der zweite Schritt ist eingerichtet. Bewahren Sie diese Codes auf, zum Beispiel ausgedruckt: Jeder gilt einmal, wenn Sie Ihr Telefon nicht haben. Sie werden nur jetzt gezeigt."
                </p>
                <ol class="account__codes">{rows}</ol>
                <p>
                    <a class="kern-btn kern-btn--primary" href=routes::OWN_ACCOUNT>
                        <span class="kern-label">"Ich habe sie aufbewahrt"</span>
                    </a>
                </p>
            </div>
        }
        .into_any()
    })
}
