//! `/kreis/sitzungen`: who is signed in, for those who lead the county.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use crate::{
    components::form::{self, Field, Problem},
    domain::{account::Account, now::Now},
    pages::{
        account::SessionRow,
        editing::{back, page},
    },
    routes,
    shell::Site,
    text::{account as words, dates},
};

/// Somebody, and where they are signed in.
#[derive(Clone, Debug)]
pub struct PersonSessions {
    pub account: Account,
    pub sessions: Vec<SessionRow>,
}

/// Everybody who is signed in.
pub fn sessions(site: &Site, people: Vec<PersonSessions>, done: Option<&'static str>, now: Now) -> String {
    page(site, "Wer angemeldet ist", false, move || {
        let is_empty = people.is_empty();
        let rows = people
            .into_iter()
            .map(|person| {
                let name = person.account.name.clone();
                view! {
                    <li class="account__session">
                        <div>
                            <p>
                                <a href=routes::sessions_of(person.account.id)>{name}</a>
                            </p>
                            <p class="account__small">{words::roles(&person.account).join(" · ")}</p>
                            {devices(person.sessions, now)}
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Wer angemeldet ist"</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                <p class="lead">"Wählen Sie eine Person, um sie überall abzumelden. Im Protokoll steht, wer hier nachgesehen hat."</p>
                {is_empty.then(|| view! { <p>"Zurzeit ist niemand angemeldet."</p> })}
                <ul class="account__sessions">{rows}</ul>
            </div>
        }
        .into_any()
    })
}

/// One person, to be signed out everywhere.
pub fn person_sessions(site: &Site, person: PersonSessions, problems: Vec<Problem>, now: Now) -> String {
    let title = format!("Angemeldet: {}", person.account.name);
    page(site, &title, !problems.is_empty(), move || {
        let PersonSessions { account, sessions } = person;
        let password = Field::password("passwort", "Ihr eigenes Passwort", "current-password");
        let end = (!sessions.is_empty()).then(|| {
            view! {
                <form class="form" method="post" action=routes::sessions_of(account.id)>
                    <p>"Die Person wird auf allen Geräten abgemeldet und kann sich wieder anmelden. Soll sie das nicht können, nehmen Sie ihr die Rolle."</p>
                    {password.view(&problems)}
                    {form::submit("Überall abmelden")}
                </form>
            }
        });
        view! {
            <div class="wrap narrow account">
                {back("Zurück zur Liste".to_owned(), routes::COUNTY_SESSIONS.to_owned())}
                <h1>{format!("Angemeldet: {}", account.name)}</h1>
                <p class="lead">{words::roles(&account).join(" · ")}</p>
                {form::summary(&problems)}
                {sessions.is_empty().then(|| view! { <p>"Diese Person ist zurzeit nirgends angemeldet."</p> })}
                {devices(sessions, now)}
                {end}
            </div>
        }
        .into_any()
    })
}

fn devices(sessions: Vec<SessionRow>, now: Now) -> AnyView {
    let rows = sessions
        .into_iter()
        .map(|session| {
            let seen = dates::ago(session.seen, now.berlin_date);
            let since = dates::exact(session.since);
            let this = if session.is_this { " (dieses Gerät)" } else { "" };
            let device = words::device(&session.device);
            view! { <li>{format!("{device}{this}: angemeldet seit {since}, zuletzt benutzt {seen}")}</li> }
        })
        .collect_view();
    view! { <ul class="account__small">{rows}</ul> }.into_any()
}
