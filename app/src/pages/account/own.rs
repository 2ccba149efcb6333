//! `/konto`: who somebody is here, password, second factor, and where they are signed in.

use leptos::prelude::*;
use time::OffsetDateTime;

use super::page;
use crate::{
    components::form::{self, Field, Problem},
    domain::{account::Account, ids::SessionId, now::Now},
    routes,
    shell::Site,
    text::{account as words, dates},
};

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub id: SessionId,
    /// What the browser called itself.
    pub device: String,
    pub since: OffsetDateTime,
    pub seen: OffsetDateTime,
    /// The session of this very page.
    pub is_this: bool,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    pub account: Account,
    pub sessions: Vec<SessionRow>,
    pub recovery_codes: usize,
    /// Whether somebody of the county is told by mail what waits; `None`: it is none of their business.
    pub county_mail: Option<bool>,
    /// The address that was typed and cannot be used.
    pub new_email: String,
    pub problems: Vec<Problem>,
    /// What was just done.
    pub done: Option<&'static str>,
    pub now: Now,
}

/// The page of somebody's own account.
pub fn own(site: &Site, own: OwnAccount) -> String {
    let has_mail = site.portal.has_mail();
    page(site, "Mein Konto", !own.problems.is_empty(), move || {
        let OwnAccount { account, sessions, recovery_codes, county_mail, new_email, problems, done, now } =
            own;
        let county_mail = county_mail.filter(|_| has_mail).map(|wants| view! { <CountyMail wants /> });
        let (is_county, is_member) = (account.county_role.is_some(), !account.memberships.is_empty());
        let roles = words::roles(&account).into_iter().map(|role| view! { <li>{role}</li> }).collect_view();
        view! {
            <div class="wrap narrow account">
                <h1>"Mein Konto"</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {form::summary(&problems)}
                <p class="lead">{account.name.clone()} <br /> {account.email.to_string()}</p>
                <ul class="account__roles">{roles}</ul>
                {is_county.then(|| view! { <p><a href=routes::COUNTY>"Zum Bereich des Landkreises"</a></p> })}
                {is_member.then(|| view! { <p><a href=routes::EDITING>"Zu Ihren Einrichtungen"</a></p> })}
                {(is_member && has_mail)
                    .then(|| view! { <p><a href=routes::OWN_REMINDERS>"Erinnerungen an Meldungen"</a></p> })}
                <SecondFactor account=account.clone() codes=recovery_codes problems=problems.clone() />
                <ChangePassword email=account.email.to_string() problems=problems.clone() />
                {has_mail.then(|| view! { <ChangeAddress typed=new_email problems=problems.clone() /> })}
                {county_mail}
                <Sessions sessions now />
                <Remove problems />
            </div>
        }
        .into_any()
    })
}

#[component]
fn SecondFactor(account: Account, codes: usize, problems: Vec<Problem>) -> impl IntoView {
    let (has, needs) = (account.has_totp, account.needs_totp());
    let remove = (has && !needs).then(|| {
        const FIELD: &str = "passwort-zweiter-faktor";
        let password = Field::password(FIELD, "Ihr Passwort", "current-password");
        let open = problems.iter().any(|problem| problem.field == FIELD);
        view! {
            <details class="account__more" open=open>
                <summary>"Zweiten Schritt abschalten"</summary>
                <form class="form" method="post" action=routes::SECOND_FACTOR_REMOVE>
                    {password.view(&problems)}
                    {form::submit("Abschalten")}
                </form>
            </details>
        }
    });
    view! {
        <section aria-labelledby="zweiter-schritt">
            <h2 id="zweiter-schritt">"Zweiter Schritt beim Anmelden"</h2>
            <p>{words::second_factor(has, codes)}</p>
            <p>
                <a class="kern-btn kern-btn--secondary" href=routes::SECOND_FACTOR>
                    <span class="kern-label">{if has { "Neu einrichten" } else { "Einrichten" }}</span>
                </a>
            </p>
            {remove}
        </section>
    }
    .into_any()
}

#[component]
fn Remove(problems: Vec<Problem>) -> impl IntoView {
    const FIELD: &str = "passwort-loeschen";
    let password = Field::password(FIELD, "Ihr Passwort", "current-password");
    let open = problems.iter().any(|problem| problem.field == FIELD);
    view! {
        <section aria-labelledby="konto-loeschen">
            <h2 id="konto-loeschen">"Konto löschen"</h2>
            <details class="danger" open=open>
                <summary>"Wenn Sie nicht mehr dabei sind"</summary>
                <p>"Ihr Name und Ihre E-Mail-Adresse werden gelöscht. Einträge, die Sie bearbeitet haben, bleiben. Das lässt sich nicht zurücknehmen."</p>
                <form class="form" method="post" action=routes::OWN_REMOVE>
                    {password.view(&problems)}
                    {form::submit("Konto endgültig löschen")}
                </form>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn ChangePassword(email: String, problems: Vec<Problem>) -> impl IntoView {
    let current = Field::password("passwort", "Bisheriges Passwort", "current-password");
    let new = Field {
        hint: Some(words::PASSWORD_HINT),
        ..Field::password("neu", "Neues Passwort", "new-password")
    };
    view! {
        <section aria-labelledby="passwort-aendern">
            <h2 id="passwort-aendern">"Passwort ändern"</h2>
            <form class="form" method="post" action=routes::OWN_PASSWORD>
                // Password managers keep a password under the name beside it.
                <input type="text" name="email" value=email autocomplete="username" hidden />
                {current.view(&problems)}
                {new.view(&problems)}
                {form::submit("Passwort ändern")}
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn ChangeAddress(typed: String, problems: Vec<Problem>) -> impl IntoView {
    let email = Field::email("neue-adresse", "Neue E-Mail-Adresse", "email", typed);
    let password = Field::password("passwort-adresse", "Ihr Passwort", "current-password");
    view! {
        <section aria-labelledby="adresse-aendern">
            <h2 id="adresse-aendern">"E-Mail-Adresse ändern"</h2>
            <p>"Wir schreiben an die neue Adresse. Sie gilt, sobald Sie den Link darin bestätigen."</p>
            <form class="form" method="post" action=routes::OWN_EMAIL>
                {email.view(&problems)}
                {password.view(&problems)}
                {form::submit("Link schicken")}
            </form>
        </section>
    }
    .into_any()
}

/// Whether the portal writes when something waits for the county.
#[component]
fn CountyMail(wants: bool) -> impl IntoView {
    let (now, label, to) = if wants {
        (
            "Wir schreiben Ihnen, wenn etwas auf den Landkreis wartet: eine E-Mail für alles, bis Sie nachgesehen haben.",
            "Keine E-Mails mehr",
            "aus",
        )
    } else {
        ("Sie bekommen keine E-Mails, wenn etwas auf den Landkreis wartet.", "E-Mails bekommen", "an")
    };
    view! {
        <section aria-labelledby="nachrichten">
            <h2 id="nachrichten">"E-Mails über Neues"</h2>
            <p>{now}</p>
            <form method="post" action=routes::OWN_COUNTY_MAIL>
                <button type="submit" class="kern-btn kern-btn--secondary" name="neues" value=to>
                    <span class="kern-label">{label}</span>
                </button>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn Sessions(sessions: Vec<SessionRow>, now: Now) -> impl IntoView {
    let others = sessions.iter().any(|session| !session.is_this);
    let rows = sessions
        .into_iter()
        .map(|session| {
            let what = words::device(&session.device);
            let seen = dates::ago(session.seen, now.berlin_date);
            let end = if session.is_this {
                view! { <p class="account__small">"Dieses Gerät"</p> }.into_any()
            } else {
                view! {
                    <form method="post" action=routes::OWN_SESSIONS>
                        <input type="hidden" name="sitzung" value=session.id.to_string() />
                        <button type="submit" class="kern-btn kern-btn--tertiary">
                            <span class="kern-label">"Abmelden"</span>
                            <span class="unseen">{format!(": {what}")}</span>
                        </button>
                    </form>
                }
                .into_any()
            };
            view! {
                <li class="account__session">
                    <div>
                        <p>{what}</p>
                        <p class="account__small">
                            {format!("angemeldet seit {}, zuletzt benutzt {seen}", dates::exact(session.since))}
                        </p>
                    </div>
                    {end}
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="sitzungen">
            <h2 id="sitzungen">"Wo Sie angemeldet sind"</h2>
            <ul class="account__sessions">{rows}</ul>
            {others
                .then(|| {
                    view! {
                        <form method="post" action=routes::OWN_SESSIONS>
                            <button type="submit" class="kern-btn kern-btn--secondary" name="sitzung" value="andere">
                                <span class="kern-label">"Überall sonst abmelden"</span>
                            </button>
                        </form>
                    }
                })}
        </section>
    }
    .into_any()
}
