//! `/kreis`: the queue, and what the county decides.

use app::{
    backend::access::CountyStaff,
    components::form::Problem,
    domain::{
        audit::Action,
        draft::Entry,
        ids::{FacilityId, Slug},
    },
    forms::Typed,
    pages::county::{self as pages, CountyPage, DecidePage},
    routes as addresses,
};
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use time::OffsetDateTime;

use super::{
    AccountState, CSV, Pairs, XLSX, download, entry::wrong, go, private, reminder::unremembered, said, seen,
    trust::not_there,
};
use crate::{
    http::error_page,
    service::{
        account::AUDIT_PAGE,
        entry::{Decision, EntryError, Queue},
    },
};

mod import;
mod notices;
mod operators;
mod reports;
mod sessions;
mod trust;
mod unreported;
mod vocabulary;
mod who;

use notices::{decide_notice, handled, show_notice};
use who::{Lead, Staff};

const DONE: [(&str, &str); 7] = [
    ("freigegeben", "Freigegeben. In wenigen Augenblicken ist es zu finden."),
    ("zurueckgegeben", "Zurückgegeben. Die Person bekommt eine E-Mail mit Ihrem Grund."),
    ("uebernommen", "Der Vorschlag ist übernommen."),
    ("abgelehnt", "Der Vorschlag ist abgelehnt. Derselbe kommt nicht wieder."),
    ("angenommen", "Erledigt. Wer eine E-Mail-Adresse genannt hat, bekommt Antwort."),
    ("erledigt", "Erledigt."),
    ("schneller", "Jemand anderes war schneller. Hier steht, was noch wartet."),
];
const NO_CHOICE: &str = "Bitte wählen Sie, was geschehen soll.";
const NOTHING_CHOSEN: &str = "Bitte wählen Sie mindestens einen Eintrag aus.";
const NO_REASON: &str = "Bitte sagen Sie, was anders werden soll.";
const CHANGED: &str = "Der Entwurf hat sich inzwischen geändert. Bitte sehen Sie ihn noch einmal an.";
const TAKEN_BACK: &str = "Die Einrichtung hat den Entwurf inzwischen zurückgeholt. Ihr Text ist nicht verschickt; er steht noch hier.";
const DECIDED: &str = "Der Entwurf ist inzwischen entschieden oder verworfen. Ihr Text ist nicht verschickt; er steht noch hier.";
const FOUR_EYES: &str = "Das haben Sie selbst geschrieben. Eine zweite Person des Landkreises gibt es frei.";
const CHANGED_MANY: &str = "Inzwischen hat sich etwas geändert, oder es fehlt eine Angabe. Es ist nichts veröffentlicht. Bitte wählen Sie noch einmal aus.";
const FOUR_EYES_MANY: &str = "Etwas davon haben Sie selbst geschrieben. Es ist nichts veröffentlicht. Eine zweite Person gibt es frei.";
const CHANGED_PROPOSAL: &str = "Der Vorschlag oder der Eintrag hat sich inzwischen geändert. Bitte sehen Sie noch einmal hin, oder lesen Sie die Datei noch einmal ein.";

pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route(addresses::COUNTY, get(home))
        .route(addresses::STALE, get(stale))
        .route(addresses::WITHOUT_OWNER, get(without_owner))
        .route(addresses::DECIDE, get(show_many).post(approve_many))
        .route(&format!("{}/{{slug}}", addresses::DECIDE), get(show_draft).post(decide))
        .route(&format!("{}/{{slug}}/vorschlag", addresses::DECIDE), get(show_proposal).post(decide_proposal))
        .merge(import::routes())
        .merge(operators::routes())
        .merge(reports::routes())
        .route(addresses::NOTICES, get(handled))
        .route(addresses::AUDIT, get(audit))
        .route(addresses::COUNTY_SESSIONS, get(sessions::show))
        .route(
            &format!("{}/{{account}}", addresses::COUNTY_SESSIONS),
            get(sessions::show_person).post(sessions::end),
        )
        .route(addresses::ALL_ENTRIES, get(all_entries))
        .route(addresses::COUNTY_CSV, get(spreadsheet))
        .route(addresses::COUNTY_XLSX, get(workbook))
        .route(&format!("{}/{{id}}", addresses::NOTICES), get(show_notice).post(decide_notice))
        .merge(unreported::routes())
        .merge(trust::routes())
        .merge(vocabulary::routes())
}

/// What is not there answers as what is nobody else's business.
fn nothing(state: &AccountState) -> Response {
    error_page::NOT_FOUND.response(&state.http)
}

/// Back to the queue, which then says what was done.
fn done(word: &str) -> Response {
    go(&format!("{}?getan={word}", addresses::COUNTY))
}

async fn home(State(state): State<AccountState>, Staff(_, staff): Staff, query: RawQuery) -> Response {
    // Before it is read what waits: what comes in between is news.
    if let Err(error) = state.accounts.has_looked(&staff).await {
        // No reason to show nothing of what waits.
        tracing::warn!(error = &error as &dyn std::error::Error, "a look at the queue was not noted");
    }
    let organizations = match state.accounts.list_organizations(&staff).await {
        Ok(all) => all,
        Err(error) => return wrong(&state, EntryError::Account(error)),
    };
    let not_free = match state.trust.list_not_free(&staff).await {
        Ok(lines) => lines.len(),
        Err(error) => return not_there(&state, &error),
    };
    let Queue { waiting, drafts, proposals, notices } = match state.entries.queue(&staff).await {
        Ok(queue) => queue,
        Err(error) => return wrong(&state, error),
    };
    let unreported = match state.reminders.count_unreported(&staff).await {
        Ok(count) => count,
        Err(error) => return unremembered(&state, &error),
    };
    let shown = CountyPage {
        unreported,
        is_administrator: staff.is_administrator(),
        waiting,
        drafts,
        proposals,
        notices,
        not_free,
        organizations,
        done: said(&query, &DONE),
        now: state.http.backend.clock.now(),
    };
    private(StatusCode::OK, pages::county(&state.site(), shown))
}

async fn stale(State(state): State<AccountState>, Staff(_, staff): Staff) -> Response {
    let about = "Diese öffentlichen Einträge hat lange niemand geprüft. Fragen Sie nach, oder bestätigen Sie die Angaben selbst.";
    match state.entries.list_stale(&staff).await {
        Ok(all) => {
            let now = state.http.backend.clock.now();
            private(StatusCode::OK, pages::entries(&state.site(), "Lange nicht geprüft", about, all, now))
        }
        Err(error) => wrong(&state, error),
    }
}

async fn without_owner(State(state): State<AccountState>, Staff(_, staff): Staff) -> Response {
    let about = "Für diese öffentlichen Einträge hat noch niemand ein Konto mit der Rolle Leitung. Laden Sie jemanden ein.";
    match state.entries.list_without_owner(&staff).await {
        Ok(all) => {
            let now = state.http.backend.clock.now();
            private(StatusCode::OK, pages::entries(&state.site(), "Ohne Leitung", about, all, now))
        }
        Err(error) => wrong(&state, error),
    }
}

async fn find(state: &AccountState, slug: &str) -> Result<Entry, Response> {
    let Some(slug) = Slug::parse(slug) else { return Err(nothing(state)) };
    let found = state.entries.find(&slug).await.map_err(|error| wrong(state, error))?;
    found.ok_or_else(|| nothing(state))
}

fn draft_page(
    state: &AccountState,
    entry: Entry,
    status: StatusCode,
    typed: Typed,
    problem: Option<&'static str>,
) -> Response {
    let now = state.http.backend.clock.now();
    let problems = problem.map(|text| Problem::new("grund", text)).into_iter().collect();
    private(status, pages::decide(&state.site(), DecidePage { entry, typed, problems, now }))
}

async fn show_draft(State(state): State<AccountState>, _: Staff, Path(slug): Path<String>) -> Response {
    match find(&state, &slug).await {
        // It was decided a moment ago.
        Ok(entry) if entry.draft.is_none() => go(&addresses::entry(&entry.live.slug)),
        Ok(entry) => draft_page(&state, entry, StatusCode::OK, Typed::default(), None),
        Err(response) => response,
    }
}

async fn decide(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    Path(slug): Path<String>,
    form: Pairs,
) -> Response {
    let typed = Typed(form.0);
    let entry = match find(&state, &slug).await {
        Ok(entry) => entry,
        Err(response) => return unsent(&state, &typed, response),
    };
    let revision = typed.get("stand").parse().unwrap_or_default();
    let decision = Decision { entry: entry.live.id, revision, reason: typed.get("grund") };
    let (decided, word) = match typed.get("was") {
        "zurueckgeben" => (state.entries.return_draft(&staff, decision).await, "zurueckgegeben"),
        "freigeben" => (state.entries.approve(&staff, decision).await.map(drop), "freigegeben"),
        _ => {
            return draft_page(
                &state,
                entry,
                StatusCode::UNPROCESSABLE_ENTITY,
                typed.clone(),
                Some(NO_CHOICE),
            );
        }
    };
    let (status, problem) = match decided {
        Ok(()) => return done(word),
        Err(EntryError::Incomplete(missing)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, missing.first().map_or(NO_REASON, |(_, text)| *text))
        }
        Err(EntryError::FourEyes) => (StatusCode::FORBIDDEN, FOUR_EYES),
        Err(EntryError::Changed) => {
            // As it is by now: it may have been taken back, or decided, while somebody was writing.
            let entry = match find(&state, &slug).await {
                Ok(entry) => entry,
                Err(response) => return unsent(&state, &typed, response),
            };
            let problem = match (&entry.draft, typed.get("grund").trim().is_empty()) {
                (None, true) => return done("schneller"),
                (None, false) => DECIDED,
                (Some(draft), false) if !draft.is_submitted() => TAKEN_BACK,
                _ => CHANGED,
            };
            return draft_page(&state, entry, StatusCode::CONFLICT, typed, Some(problem));
        }
        Err(error) => return wrong(&state, error),
    };
    draft_page(&state, entry, status, typed.clone(), Some(problem))
}

/// Nothing is there any more to decide about: what was typed comes back all the same.
fn unsent(state: &AccountState, typed: &Typed, response: Response) -> Response {
    if response.status() != StatusCode::NOT_FOUND || typed.get("grund").trim().is_empty() {
        return response;
    }
    private(StatusCode::CONFLICT, pages::unsent(&state.site(), typed.clone()))
}

async fn many_page(
    state: &AccountState,
    staff: &CountyStaff,
    status: StatusCode,
    problem: Option<&'static str>,
) -> Response {
    match state.entries.list_submitted(staff).await {
        Ok(drafts) => private(status, pages::decide_many(&state.site(), drafts, problem)),
        Err(error) => wrong(state, error),
    }
}

async fn show_many(State(state): State<AccountState>, Staff(_, staff): Staff) -> Response {
    many_page(&state, &staff, StatusCode::OK, None).await
}

async fn approve_many(State(state): State<AccountState>, Staff(_, staff): Staff, form: Pairs) -> Response {
    let typed = Typed(form.0);
    let decisions: Vec<_> = typed
        .all("eintrag")
        .filter_map(|value| {
            let (id, revision) = value.split_once('.')?;
            let (entry, revision) = (FacilityId(id.parse().ok()?), revision.parse().ok()?);
            Some(Decision { entry, revision, reason: "" })
        })
        .collect();
    if decisions.is_empty() {
        return many_page(&state, &staff, StatusCode::UNPROCESSABLE_ENTITY, Some(NOTHING_CHOSEN)).await;
    }
    match state.entries.approve_all(&staff, &decisions).await {
        Ok(()) => done("freigegeben"),
        Err(EntryError::Changed | EntryError::Gone | EntryError::Incomplete(_)) => {
            many_page(&state, &staff, StatusCode::CONFLICT, Some(CHANGED_MANY)).await
        }
        Err(EntryError::FourEyes) => {
            many_page(&state, &staff, StatusCode::FORBIDDEN, Some(FOUR_EYES_MANY)).await
        }
        Err(error) => wrong(&state, error),
    }
}

async fn show_proposal(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    Path(slug): Path<String>,
) -> Response {
    proposal_page(&state, &staff, &slug, StatusCode::OK, None).await
}

async fn proposal_page(
    state: &AccountState,
    staff: &CountyStaff,
    slug: &str,
    status: StatusCode,
    problem: Option<&'static str>,
) -> Response {
    let Some(slug) = Slug::parse(slug) else { return nothing(state) };
    match state.entries.find_open_proposal(staff, &slug).await {
        Ok(Some((entry, proposal))) => {
            private(status, pages::proposal(&state.site(), &entry, &proposal, problem))
        }
        Ok(None) => done("schneller"),
        Err(error) => wrong(state, error),
    }
}

async fn decide_proposal(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    Path(slug): Path<String>,
    form: Pairs,
) -> Response {
    let entry = match find(&state, &slug).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let seen = form
        .get("stand")
        .parse()
        .ok()
        .and_then(|nanos| OffsetDateTime::from_unix_timestamp_nanos(nanos).ok());
    let seen = seen.unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (decided, word) = match form.get("was") {
        "ablehnen" => (state.entries.dismiss_proposal(&staff, entry.live.id, seen).await, "abgelehnt"),
        "uebernehmen" => (state.entries.accept_proposal(&staff, entry.live.id, seen).await, "uebernommen"),
        _ => {
            return proposal_page(&state, &staff, &slug, StatusCode::UNPROCESSABLE_ENTITY, Some(NO_CHOICE))
                .await;
        }
    };
    match decided {
        Ok(()) => done(word),
        Err(EntryError::Incomplete(missing)) => {
            let text = missing.first().map_or(NO_CHOICE, |(_, text)| *text);
            proposal_page(&state, &staff, &slug, StatusCode::UNPROCESSABLE_ENTITY, Some(text)).await
        }
        Err(EntryError::Changed) => {
            proposal_page(&state, &staff, &slug, StatusCode::CONFLICT, Some(CHANGED_PROPOSAL)).await
        }
        Err(error) => wrong(&state, error),
    }
}

/// Entries by a part of their name.
async fn all_entries(State(state): State<AccountState>, Staff(_, staff): Staff, query: RawQuery) -> Response {
    let letters = addresses::parse_search(query.0.as_deref().unwrap_or_default()).text;
    match state.entries.find_entries(&staff, &letters).await {
        Ok(all) => private(StatusCode::OK, pages::all_entries(&state.site(), letters, all)),
        Err(error) => wrong(&state, error),
    }
}

/// All entries.
async fn spreadsheet(State(state): State<AccountState>, Staff(_, staff): Staff) -> Response {
    if let Err(response) = seen::note(&state, staff.account(), Action::TableTaken, None).await {
        return response;
    }
    match state.entries.spreadsheet(&staff).await {
        Ok(bytes) => download(bytes, CSV),
        Err(error) => wrong(&state, error),
    }
}

/// The same as a workbook.
async fn workbook(State(state): State<AccountState>, Staff(_, staff): Staff) -> Response {
    if let Err(response) = seen::note(&state, staff.account(), Action::TableTaken, None).await {
        return response;
    }
    match state.entries.workbook(&staff).await {
        Ok(bytes) => download(bytes, XLSX),
        Err(error) => wrong(&state, error),
    }
}

/// The log, for those who lead the county's team.
async fn audit(State(state): State<AccountState>, Lead(_, lead): Lead, query: RawQuery) -> Response {
    if let Err(response) = seen::note(&state, lead.account(), Action::LogSeen, None).await {
        return response;
    }
    let before = query.0.as_deref().and_then(|query| query.strip_prefix("vor=")?.parse().ok());
    match state.accounts.list_audit(&lead, before.unwrap_or(i64::MAX)).await {
        Ok(lines) => {
            let more = i64::try_from(lines.len()).is_ok_and(|count| count == AUDIT_PAGE);
            private(StatusCode::OK, pages::audit(&state.site(), lines, more))
        }
        Err(error) => wrong(&state, EntryError::Account(error)),
    }
}
