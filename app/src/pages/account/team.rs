//! `/kreis/personen` and `/redaktion/{slug}/team`: who works together, and who is invited.

use leptos::prelude::*;

use super::page;
use crate::{
    components::form::{self, Choice, Field, Problem},
    domain::{
        invitation::{Invitation, TeamMember},
        now::Now,
    },
    shell::Site,
    text::{account as words, dates},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct TeamPage {
    pub title: String,
    /// The path of this page: its forms begin with it.
    pub path: String,
    pub back: (&'static str, &'static str),
    pub people: Vec<TeamMember>,
    pub invitations: Vec<Invitation>,
    /// Roles by key, with what they are and may.
    pub roles: Vec<(&'static str, &'static str)>,
    /// What was typed and could not be used.
    pub email: String,
    pub role: String,
    pub problems: Vec<Problem>,
    pub done: Option<&'static str>,
    pub has_mail: bool,
    pub now: Now,
}

/// The people of a team, and a form that invites.
pub fn team(site: &Site, team: TeamPage) -> String {
    let title = team.title.clone();
    page(site, &title, !team.problems.is_empty(), move || {
        let TeamPage {
            title,
            path,
            back,
            people,
            invitations,
            roles,
            email,
            role,
            problems,
            done,
            has_mail,
            now,
        } = team;
        let (back_text, back_to) = back;
        view! {
            <div class="wrap narrow account">
                <p>
                    <a href=back_to>{back_text}</a>
                </p>
                <h1>{title}</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {form::summary(&problems)}
                <People people path=path.clone() />
                <Invitations invitations path=path.clone() now />
                {if has_mail {
                    view! { <Invite path roles email role problems /> }.into_any()
                } else {
                    view! {
                        <p class="note">
                            "Dieses Portal verschickt keine E-Mails. Deshalb lässt sich hier niemand einladen."
                        </p>
                    }
                        .into_any()
                }}
            </div>
        }
        .into_any()
    })
}

#[component]
fn People(people: Vec<TeamMember>, path: String) -> impl IntoView {
    let is_empty = people.is_empty();
    let rows = people
        .into_iter()
        .map(|person| {
            let second = if person.has_totp { "" } else { " · ohne zweiten Schritt" };
            view! {
                <li class="account__session">
                    <div>
                        <p>{person.name.clone()}</p>
                        <p class="account__small">{format!("{} · {}{second}", person.email, words::team_role(person.role))}</p>
                    </div>
                    <a class="kern-btn kern-btn--tertiary" href=format!("{path}/{}", person.account)>
                        <span class="kern-label">"Rolle ändern"</span>
                        <span class="unseen">{format!(": {}", person.name)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="personen">
            <h2 id="personen">"Personen"</h2>
            {is_empty.then(|| view! { <p>"Hier arbeitet noch niemand mit. Laden Sie jemanden ein."</p> })}
            <ul class="account__sessions">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Invitations(invitations: Vec<Invitation>, path: String, now: Now) -> impl IntoView {
    (!invitations.is_empty()).then(|| {
        let rows = invitations
            .into_iter()
            .map(|row| {
                let until = dates::date(dates::berlin(row.expires_at).date(), now.berlin_date);
                let state = if row.expires_at > now.instant {
                    format!("gilt bis {until}")
                } else {
                    format!("abgelaufen am {until}: bitte laden Sie noch einmal ein")
                };
                view! {
                    <li class="account__session">
                        <div>
                            <p>{row.email.to_string()}</p>
                            <p class="account__small">
                                {format!("{} · von {} · {state}", words::team_role(row.to.role()), row.inviter)}
                            </p>
                        </div>
                        <form method="post" action=format!("{path}/zuruecknehmen")>
                            <input type="hidden" name="einladung" value=row.id.to_string() />
                            <button type="submit" class="kern-btn kern-btn--tertiary">
                                <span class="kern-label">"Zurücknehmen"</span>
                                <span class="unseen">{format!(": Einladung an {}", row.email)}</span>
                            </button>
                        </form>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section aria-labelledby="einladungen">
                <h2 id="einladungen">"Eingeladen"</h2>
                <ul class="account__sessions">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn Invite(
    path: String,
    roles: Vec<(&'static str, &'static str)>,
    email: String,
    role: String,
    problems: Vec<Problem>,
) -> impl IntoView {
    let email = Field::email("email", "E-Mail-Adresse", "off", email);
    let choice = Choice { id: "rolle", legend: "Was darf die Person?", options: roles, chosen: role };
    view! {
        <section aria-labelledby="einladen">
            <h2 id="einladen">"Einladen"</h2>
            <p>"Wir schicken einen Link, der zwei Wochen gilt."</p>
            <form class="form" method="post" action=path>
                {email.view(&problems)}
                {choice.view(&problems)}
                {form::submit("Einladung schicken")}
            </form>
        </section>
    }
    .into_any()
}

/// Somebody's role in a team, to be changed.
#[derive(Clone, Debug)]
pub struct RolePage {
    pub person: TeamMember,
    /// The path of the team.
    pub path: String,
    /// Roles by key, with what they are and may; the last one takes the person out of the team.
    pub roles: Vec<(&'static str, &'static str)>,
    pub chosen: String,
    pub problems: Vec<Problem>,
}

/// Changes what somebody may.
pub fn role(site: &Site, role: RolePage) -> String {
    let title = format!("Rolle von {}", role.person.name);
    page(site, &title, !role.problems.is_empty(), move || {
        let RolePage { person, path, roles, chosen, problems } = role;
        let choice = Choice { id: "rolle", legend: "Was darf die Person?", options: roles, chosen };
        let password = Field::password("passwort", "Ihr eigenes Passwort", "current-password");
        let action = format!("{path}/{}", person.account);
        view! {
            <div class="wrap narrow account">
                <p>
                    <a href=path>"Zurück zu den Personen"</a>
                </p>
                <h1>{format!("Rolle von {}", person.name)}</h1>
                <p class="lead">{format!("{} · bisher: {}", person.email, words::team_role(person.role))}</p>
                {form::summary(&problems)}
                <form class="form" method="post" action=action>
                    {choice.view(&problems)}
                    {password.view(&problems)}
                    {form::submit("Speichern")}
                </form>
            </div>
        }
        .into_any()
    })
}
