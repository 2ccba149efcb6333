//! `/kreis`: where the county decides.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::editing::{back, badges, page};
use crate::{
    components::{
        fields::{Fields, Line},
        form,
    },
    domain::{
        draft::{Author, Draft, Entry, EntryLine, Proposal},
        moderation::Waiting,
        notice::Notice,
        now::Now,
        organization::Organization,
    },
    forms::Typed,
    routes,
    shell::Site,
    text::{dates, editing as words},
};

mod audit;
mod decide;
mod import;
mod merge;
mod notices;
mod operators;
mod sessions;
mod trust;
mod unreported;
mod vocabulary;

pub use audit::audit;
pub use decide::{DecidePage, decide, decide_many, proposal, unsent};
pub use import::{ImportPage, PendingImportPage, import, pending_import};
pub use merge::merge;
pub use notices::{NoticePage, notice, notices};
pub use operators::{OperatorPage, OperatorsPage, operator, operators};
pub use sessions::{PersonSessions, person_sessions, sessions};
pub use trust::{not_free, trust};
pub use unreported::{PutOffPage, put_off, unreported};
pub use vocabulary::{
    CareTypePage, Shown, SpecialismPage, WordPage, WordsPage, care_type, care_types, specialism, specialisms,
    word, words,
};

/// What the start page of the county shows.
#[derive(Debug)]
pub struct CountyPage {
    pub is_administrator: bool,
    pub waiting: Waiting,
    /// Facilities that have not reported for long.
    pub unreported: usize,
    pub drafts: Vec<Entry>,
    pub proposals: Vec<(Entry, Proposal)>,
    pub notices: Vec<Notice>,
    /// Green lights of which people say that it is not so.
    pub not_free: usize,
    pub organizations: Vec<Organization>,
    pub done: Option<&'static str>,
    pub now: Now,
}

/// Five numbers, the queue, and the teams of every organization.
pub fn county(site: &Site, shown: CountyPage) -> String {
    page(site, "Landkreis", false, move || {
        let CountyPage {
            is_administrator,
            waiting,
            unreported,
            drafts,
            proposals,
            notices,
            not_free,
            organizations,
            done,
            now,
        } = shown;
        let drafts: Vec<Draft> = drafts.into_iter().filter_map(|entry| entry.draft).collect();
        let people = is_administrator.then(|| {
            view! {
                <div class="buttons">
                    <a class="kern-btn kern-btn--secondary" href=routes::COUNTY_TEAM>
                        <span class="kern-label">"Personen des Landkreises"</span>
                    </a>
                    <a class="kern-btn kern-btn--secondary" href=routes::COUNTY_SESSIONS>
                        <span class="kern-label">"Wer angemeldet ist"</span>
                    </a>
                    <a class="kern-btn kern-btn--secondary" href=routes::IMPORT>
                        <span class="kern-label">"Tabelle einlesen"</span>
                    </a>
                    <a class="kern-btn kern-btn--secondary" href=routes::TRUST>
                        <span class="kern-label">"Verlässlichkeit der Meldungen"</span>
                    </a>
                    <a class="kern-btn kern-btn--secondary" href=routes::AUDIT>
                        <span class="kern-label">"Protokoll"</span>
                    </a>
                </div>
            }
        });
        view! {
            <div class="wrap narrow account">
                <h1>"Landkreis"</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {numbers(waiting, unreported, not_free)}
                {queue(drafts, proposals, notices, now)}
                <ul class="plain">
                    <li>
                        <a href=routes::NOTICES>"Erledigte Hinweise und Anträge"</a>
                    </li>
                    <li>
                        <a href=routes::ALL_ENTRIES>"Alle Einträge, auch archivierte"</a>
                    </li>
                    <li>
                        <a href=routes::COUNTY_XLSX download>"Alle Einträge als Tabelle (Excel)"</a>
                        " · "
                        <a href=routes::COUNTY_CSV>"als CSV"</a>
                    </li>
                    <li>
                        <a href=routes::CARE_TYPES>"Angebotsarten"</a>
                    </li>
                    <li>
                        <a href=routes::SPECIALISMS>"Schwerpunkte"</a>
                    </li>
                    <li>
                        <a href=routes::WORDS>"Wörter der Suche"</a>
                    </li>
                    <li>
                        <a href=routes::OWN_ACCOUNT>"Zu Ihrem Konto"</a>
                    </li>
                </ul>
                {people}
                {teams(organizations)}
            </div>
        }
        .into_any()
    })
}

fn numbers(waiting: Waiting, unreported: usize, not_free: usize) -> AnyView {
    let number = |count: usize, one: &'static str, many: &'static str, to: &'static str| {
        let text = if count == 1 { one } else { many };
        view! {
            <li>
                <a href=to>
                    <strong>{count}</strong>
                    <span>{text}</span>
                </a>
            </li>
        }
    };
    view! {
        <ul class="numbers">
            {number(waiting.to_decide, "zu entscheiden", "zu entscheiden", "#warteschlange")}
            {number(waiting.reported, "Hinweis", "Hinweise", "#warteschlange")}
            {number(unreported, "nicht gemeldet", "nicht gemeldet", routes::UNREPORTED)}
            {number(waiting.stale, "lange nicht geprüft", "lange nicht geprüft", routes::STALE)}
            {number(not_free, "Ampel angezweifelt", "Ampeln angezweifelt", routes::NOT_FREE)}
            {number(waiting.without_owner, "ohne Leitung", "ohne Leitung", routes::WITHOUT_OWNER)}
        </ul>
    }
    .into_any()
}

/// All that waits, the oldest of each kind first.
fn queue(drafts: Vec<Draft>, proposals: Vec<(Entry, Proposal)>, notices: Vec<Notice>, now: Now) -> AnyView {
    let is_empty = drafts.is_empty() && proposals.is_empty() && notices.is_empty();
    let many = drafts.len() > 1;
    let line = |name: String, link: String, kind: &'static str, about: String| {
        view! {
            <li class="account__session">
                <div>
                    <p>
                        <a href=link>{name}</a>
                    </p>
                    <p class="account__small">{about}</p>
                </div>
                <span class="badge badge--open">{kind}</span>
            </li>
        }
    };
    let drafts: Vec<_> = drafts
        .into_iter()
        .map(|draft| {
            let by = named(draft.author.as_ref());
            let when = dates::ago(draft.submitted_at.unwrap_or(draft.changed_at), now.berlin_date);
            let kind = words::waiting_entry(draft.facility.visibility);
            line(
                draft.facility.name,
                routes::decide(&draft.facility.slug),
                kind,
                format!("eingereicht {when}{by}"),
            )
        })
        .collect();
    let proposals: Vec<_> = proposals
        .into_iter()
        .map(|(entry, proposal)| {
            let when = dates::ago(proposal.proposed_at, now.berlin_date);
            let about = format!("„{}“, {when}", proposal.source);
            line(entry.live.name, routes::proposal(&entry.live.slug), "Vorschlag aus Import", about)
        })
        .collect();
    let notices: Vec<_> = notices
        .into_iter()
        .map(|notice| {
            let when = dates::ago(notice.created_at, now.berlin_date);
            let name = notice.about.as_ref().map(|about| about.name.clone());
            let name = name.or(notice.organization_name.clone()).unwrap_or_default();
            line(
                name,
                routes::notice(notice.id),
                words::notice_kind(notice.kind),
                format!("geschrieben {when}"),
            )
        })
        .collect();
    view! {
        <section id="warteschlange" aria-labelledby="zu-entscheiden">
            <h2 id="zu-entscheiden">"Zu entscheiden"</h2>
            {is_empty.then(|| view! { <p>"Es wartet nichts. Neue Einträge, Änderungen und Hinweise erscheinen hier."</p> })}
            <ul class="account__sessions">{drafts} {proposals} {notices}</ul>
            {many
                .then(|| {
                    view! {
                        <a class="kern-btn kern-btn--secondary" href=routes::DECIDE>
                            <span class="kern-label">"Mehrere Änderungen auf einmal freigeben"</span>
                        </a>
                    }
                })}
        </section>
    }
    .into_any()
}

/// " von Petra Muster".
fn named(author: Option<&Author>) -> String {
    author.and_then(|own| own.name.as_ref()).map(|name| format!(" von {name}")).unwrap_or_default()
}

fn teams(organizations: Vec<Organization>) -> AnyView {
    let is_empty = organizations.is_empty();
    let rows = organizations
        .into_iter()
        .map(|organization| {
            let umbrella = organization.umbrella.map(|umbrella| format!(" ({umbrella})")).unwrap_or_default();
            view! {
                <li class="account__session">
                    <p>
                        <a href=routes::operator(&organization.slug)>{organization.name.clone()}</a>
                        {umbrella}
                    </p>
                    <p>
                        <a href=routes::new_entry(&organization.slug)>
                            "Einrichtung hinzufügen" <span class="unseen">{format!(": {}", organization.name)}</span>
                        </a>
                        " · "
                        <a href=routes::team(&organization.slug)>
                            "Personen" <span class="unseen">{format!(": {}", organization.name)}</span>
                        </a>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="traeger">
            <h2 id="traeger">"Träger"</h2>
            {is_empty.then(|| view! { <p>"Es ist noch kein Träger im Verzeichnis."</p> })}
            <ul class="account__sessions">{rows}</ul>
            <a class="kern-btn kern-btn--secondary" href=routes::OPERATORS>
                <span class="kern-label">"Träger anlegen und ändern"</span>
            </a>
        </section>
    }
    .into_any()
}

/// Entries of one kind: long not looked at, or without somebody who leads.
pub fn entries(
    site: &Site,
    title: &'static str,
    about: &'static str,
    entries: Vec<EntryLine>,
    now: Now,
) -> String {
    page(site, title, false, move || {
        let is_empty = entries.is_empty();
        let rows = entries
            .into_iter()
            .map(|entry| {
                let checked = dates::ago(entry.checked_at, now.berlin_date);
                let draft = entry.draft.map(words::draft_state);
                view! {
                    <li class="account__session">
                        <div>
                            <p>
                                <a href=routes::entry(&entry.slug)>{entry.name}</a>
                            </p>
                            <p class="account__small">{format!("Stand: {checked}")}</p>
                        </div>
                        {draft.map(|text| view! { <span class="badge badge--open">{text}</span> })}
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>{title}</h1>
                <p class="lead">{about}</p>
                {is_empty.then(|| view! { <p>"Zurzeit keine."</p> })}
                <ul class="account__sessions">{rows}</ul>
            </div>
        }
        .into_any()
    })
}

/// Entries by a part of their name, hidden ones and drafts with them.
pub fn all_entries(site: &Site, letters: String, entries: Vec<EntryLine>) -> String {
    page(site, "Alle Einträge", false, move || {
        let is_empty = entries.is_empty();
        let typed = Typed(vec![("q".to_owned(), letters)]);
        let fields = Fields { typed: &typed, problems: &[] };
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
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Alle Einträge"</h1>
                <form class="form" method="get" action=routes::ALL_ENTRIES>
                    {fields.line("q", "Teil des Namens", Line::default())}
                    {form::submit("Suchen")}
                </form>
                {is_empty.then(|| view! { <p>"Kein Eintrag heißt so."</p> })}
                <ul class="account__sessions">{rows}</ul>
            </div>
        }
        .into_any()
    })
}
