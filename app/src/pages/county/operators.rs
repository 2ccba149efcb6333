//! `/kreis/traeger`: the organizations of the directory, as the county keeps them.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use crate::{
    components::{
        fields::{Fields, Line},
        form::{self, Problem},
    },
    domain::{
        account::OrganizationRole,
        draft::EntryLine,
        invitation::{TeamMember, TeamRole},
        moderation::Operator,
        organization::Organization,
    },
    forms::Typed,
    pages::editing::{back, badges, comparison, page},
    routes,
    shell::Site,
    text::changes::Change,
};

/// All organizations, and a form for another one.
#[derive(Clone, Debug)]
pub struct OperatorsPage {
    pub operators: Vec<Operator>,
    pub typed: Typed,
    pub problems: Vec<Problem>,
}

/// Every organization with how much it runs and who works for it.
pub fn operators(site: &Site, shown: OperatorsPage) -> String {
    page(site, "Träger", !shown.problems.is_empty(), move || {
        let OperatorsPage { operators, typed, problems } = shown;
        let fields = Fields { typed: &typed, problems: &problems };
        let is_empty = operators.is_empty();
        let is_open = !problems.is_empty();
        let rows = operators
            .into_iter()
            .map(|operator| {
                let Operator { organization, entries, people } = operator;
                let umbrella =
                    organization.umbrella.map(|umbrella| format!("{umbrella} · ")).unwrap_or_default();
                let entries = counted(entries, "Eintrag", "Einträge");
                let people = counted(people, "Person", "Personen");
                view! {
                    <li class="account__session">
                        <div>
                            <p>
                                <a href=routes::operator(&organization.slug)>{organization.name}</a>
                            </p>
                            <p class="account__small">{format!("{umbrella}{entries} · {people}")}</p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Träger"</h1>
                {form::summary(&problems)}
                <details class="more" open=is_open>
                    <summary>"Träger anlegen"</summary>
                    <form class="form" method="post" action=routes::OPERATORS novalidate>
                        {inside(fields)}
                        {form::submit("Anlegen")}
                    </form>
                </details>
                {is_empty.then(|| view! { <p>"Es ist noch kein Träger im Verzeichnis."</p> })}
                <ul class="account__sessions">{rows}</ul>
            </div>
        }
        .into_any()
    })
}

fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn inside(fields: Fields<'_>) -> AnyView {
    let line = |kind| Line { kind: Some(kind), ..Line::default() };
    let umbrella =
        Line { hint: Some("Zum Beispiel Diakonie. Leer, wenn es keinen gibt."), ..Line::default() };
    let web = Line { inputmode: Some("url"), ..Line::default() };
    view! {
        {fields.line("name", "Name", Line::default())}
        {fields.line("dachverband", "Dachverband", umbrella)}
        {fields.line("telefon", "Telefon", line("tel"))}
        {fields.line("email", "E-Mail", line("email"))}
        {fields.line("website", "Website", web)}
    }
    .into_any()
}

/// One organization.
#[derive(Clone, Debug)]
pub struct OperatorPage {
    pub organization: Organization,
    pub entries: Vec<EntryLine>,
    pub people: Vec<TeamMember>,
    pub typed: Typed,
    /// What the form showed first: whoever sends it back has seen this.
    pub stamp: String,
    pub problems: Vec<Problem>,
    /// Somebody else has saved meanwhile: that beside what was typed here.
    pub conflict: Option<Vec<Change>>,
    pub done: Option<&'static str>,
}

/// A form for an organization, who leads it, and what it runs.
pub fn operator(site: &Site, shown: OperatorPage) -> String {
    let title = format!("Träger: {}", shown.organization.name);
    page(site, &title, !shown.problems.is_empty() || shown.conflict.is_some(), move || {
        let OperatorPage { organization, entries, people, typed, stamp, problems, conflict, done } = shown;
        let fields = Fields { typed: &typed, problems: &problems };
        let path = routes::operator(&organization.slug);
        let has_conflict = conflict.is_some();
        let conflict = conflict.map(|all| {
            view! {
                <div class="form__summary" role="alert" aria-labelledby="fehler" tabindex="-1">
                    <h2 id="fehler">"Jemand anderes hat inzwischen gespeichert"</h2>
                    <p>"Es ist nichts verloren. Vergleichen Sie beide Fassungen und entscheiden Sie:"</p>
                    {comparison(all, "Inzwischen gespeichert", "Ihre Fassung")}
                    <p>
                        "Unten steht Ihre Fassung; „Meine Fassung speichern“ ersetzt die andere. Oder "
                        <a href=path.clone()>"die andere Fassung behalten"</a> "."
                    </p>
                </div>
            }
        });
        view! {
            <div class="wrap narrow account">
                {back("Zu allen Trägern".to_owned(), routes::OPERATORS.to_owned())}
                <h1>{organization.name.clone()}</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {form::summary(&problems)}
                {conflict}
                <p class="lead">"Was Sie hier ändern, ist sofort öffentlich. Ändert sich der Name, ändert sich die Adresse der Seite; die alte führt dorthin."</p>
                <form class="form" method="post" action=path novalidate>
                    <input type="hidden" name="stand" value=stamp />
                    {inside(fields)}
                    {form::submit(if has_conflict { "Meine Fassung speichern" } else { "Speichern" })}
                </form>
                {leading(&organization, people)}
                {running(&organization, entries)}
            </div>
        }
        .into_any()
    })
}

fn leading(organization: &Organization, people: Vec<TeamMember>) -> AnyView {
    let leads: Vec<_> = people
        .into_iter()
        .filter(|person| person.role == TeamRole::Organization(OrganizationRole::Owner))
        .map(|person| view! { <li>{format!("{}, {}", person.name, person.email)}</li> })
        .collect();
    let team = routes::team(&organization.slug);
    let (nobody, text) = if leads.is_empty() {
        (
            Some(view! { <p>"Für diesen Träger hat noch niemand ein Konto mit der Rolle Leitung."</p> }),
            "Erste Person einladen",
        )
    } else {
        (None, "Alle Personen")
    };
    view! {
        <section aria-labelledby="leitung">
            <h2 id="leitung">"Leitung"</h2>
            {nobody}
            <ul>{leads}</ul>
            <a class="kern-btn kern-btn--secondary" href=team>
                <span class="kern-label">{text}</span>
            </a>
        </section>
    }
    .into_any()
}

fn running(organization: &Organization, entries: Vec<EntryLine>) -> AnyView {
    let is_empty = entries.is_empty();
    let is_public =
        entries.iter().any(|entry| entry.visibility == crate::domain::facility::Visibility::Public);
    let public = is_public.then(|| {
        view! {
            <li>
                <a href=routes::organization(&organization.slug)>"Öffentliche Seite ansehen"</a>
            </li>
        }
    });
    let rows = entries
        .into_iter()
        .map(|entry| {
            view! {
                <li class="account__session">
                    <p>
                        <a href=routes::entry(&entry.slug)>{entry.name}</a>
                    </p>
                    {badges(entry.visibility, entry.draft)}
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="eintraege">
            <h2 id="eintraege">"Einträge"</h2>
            {is_empty.then(|| view! { <p>"Noch keine."</p> })}
            <ul class="account__sessions">{rows}</ul>
            <ul class="plain">
                <li>
                    <a href=routes::new_entry(&organization.slug)>"Einrichtung hinzufügen"</a>
                </li>
                <li>
                    <a href=routes::report_history(&organization.slug)>"Verlauf der Meldungen"</a>
                </li>
                {public}
            </ul>
        </section>
    }
    .into_any()
}
