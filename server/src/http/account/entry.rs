//! `/redaktion` and the entries below it: drafts, part by part.

use std::collections::HashMap;

use app::{
    backend::{
        FacilityView,
        access::{CountyStaff, Denied, EntryEditor, OrganizationEditor},
    },
    components::form::Problem,
    domain::{
        account::OrganizationRole,
        audit::{Action, Subject},
        draft::Entry,
        ids::Slug,
    },
    forms::{Part, Typed},
    pages::editing::{self as pages, EntryPage, NewEntry},
    routes as addresses,
};
use axum::{
    Router,
    extract::{FromRequestParts, Path, RawQuery, State},
    http::{StatusCode, request::Parts},
    response::Response,
    routing::{get, post},
};

use super::{
    AccountState, CSV, Pairs, XLSX, away, download as file, failed, go, private, said, seen as noted,
    session::SignedIn,
    team::{denied, organization_of, segments},
    upload,
};
use crate::{http::pages::failed as page_failed, service::entry::EntryError};

mod part;
mod steps;

pub(super) use part::{leads_to_sign_in, upload_refused};
use part::{remove_offer, save_part, show_part};
use steps::{
    archive, change_operator, confirm, discard, merge, remove_new, restore, show_again, show_merge, submit,
    take_back,
};

/// What was done, by the word that the address of the page says it with.
const DONE: [(&str, &str); 11] = [
    ("traeger", "Der Träger ist geändert. In wenigen Augenblicken gilt es überall."),
    ("zusammengefuehrt", "Die Einträge sind zusammengeführt. Alte Adressen führen hierher."),
    ("gespeichert", "Gespeichert. Es ist ein Entwurf; öffentlich hat sich nichts geändert."),
    ("entfernt", "Das Angebot ist aus dem Entwurf entfernt."),
    ("eingereicht", "Eingereicht. Der Landkreis prüft die Angaben; Sie bekommen eine E-Mail."),
    ("zurueck", "Der Entwurf ist wieder bei Ihnen."),
    ("verworfen", "Der Entwurf ist verworfen. Öffentlich ist alles wie vorher."),
    ("geprueft", "Danke. Die Angaben gelten als heute geprüft."),
    ("wiederhergestellt", "Die frühere Fassung ist jetzt Ihr Entwurf."),
    ("veroeffentlicht", "Veröffentlicht. In wenigen Augenblicken ist die Fassung zu finden."),
    ("sichtbarkeit", "Geändert. In wenigen Augenblicken gilt es überall."),
];
const BUSY: (&str, &str) =
    ("gesperrt", "Der Entwurf liegt gerade beim Landkreis. Holen Sie ihn zurück, um ihn zu ändern.");
const EYES: (&str, &str) = ("vieraugen", "Eingereicht. Eine zweite Person des Landkreises gibt ihn frei.");
const FASTER: (&str, &str) =
    ("schneller", "Jemand anderes hat inzwischen etwas geändert. Hier steht, wie es jetzt ist.");
const HIDDEN: (&str, &str) =
    ("verborgen", "Der Eintrag steht zurzeit nicht im Verzeichnis. Bitte fragen Sie beim Landkreis nach.");
const NO_OTHER: (&str, &str) =
    ("kein-anderer", "Das ist keine Adresse eines anderen öffentlichen Eintrags. Es ist nichts geändert.");
const TOO_MANY: &str = "Es warten schon viele neue Einträge. Bitte reichen Sie erst einige davon ein.";
const NO_NAME: &str = "Bitte nennen Sie den Namen der Einrichtung, höchstens 200 Zeichen.";

/// The pages of one entry, below its own path.
pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route("/", get(show))
        .route("/vorschau", get(preview))
        .route("/ansicht", get(rendering))
        .route("/verlauf", get(history))
        .route("/verlauf/{number}", get(version).post(restore))
        .route("/einreichen", post(submit))
        .route("/zurueckziehen", post(take_back))
        .route("/verwerfen", post(discard))
        .route("/loeschen", post(remove_new))
        .route("/geprueft", post(confirm))
        .route("/archivieren", post(archive))
        .route("/traeger", post(change_operator))
        .route("/zusammenfuehren", get(show_merge).post(merge))
        .route("/wieder-zeigen", post(show_again))
        .route("/{part}", get(show_part).post(save_part))
        .route("/{part}/entfernen", post(remove_offer))
        .merge(upload::routes())
}

/// Somebody who edits the entry that the path names. What is not there answers as what is nobody else's business.
pub(super) struct Editing {
    pub(super) editor: EntryEditor,
    pub(super) entry: Entry,
    signed_in: SignedIn,
}

impl FromRequestParts<AccountState> for Editing {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let slug = segments(parts, state).await.remove("slug").and_then(|slug| Slug::parse(&slug));
        let slug = slug.ok_or_else(|| denied(state, Denied::Hidden))?;
        let found = state.entries.find(&slug).await.map_err(|error| wrong(state, error))?;
        let Some(entry) = found else {
            let moved = state.entries.find_moved(&slug).await.map_err(|error| wrong(state, error))?;
            return Err(
                moved.map_or_else(|| denied(state, Denied::Hidden), |slug| go(&addresses::entry(&slug)))
            );
        };
        let editor = EntryEditor::require(&signed_in.account, &entry.live);
        let editor = editor.map_err(|refused| denied(state, refused))?;
        Ok(Self { editor, entry, signed_in })
    }
}

impl Editing {
    fn path(&self) -> String {
        addresses::entry(&self.entry.live.slug)
    }

    /// Back to the page of the entry, which then says what was done.
    fn done(&self, word: &str) -> Response {
        go(&format!("{}?getan={word}", self.path()))
    }

    /// The answer to something that was done, or could not be.
    pub(super) fn outcome(
        &self,
        state: &AccountState,
        result: Result<(), EntryError>,
        word: &str,
    ) -> Response {
        match result {
            Ok(()) => self.done(word),
            // Somebody was faster: the page says how it is now.
            Err(EntryError::Gone) => go(&self.path()),
            Err(EntryError::Changed) => self.done(FASTER.0),
            Err(EntryError::Hidden) => self.done(HIDDEN.0),
            Err(EntryError::Submitted) => self.done(BUSY.0),
            Err(error) => wrong(state, error),
        }
    }
}

/// What nobody can mend by typing something else.
pub(super) fn wrong(state: &AccountState, error: EntryError) -> Response {
    match error {
        EntryError::Store(error) if error.is_unavailable() => {
            page_failed(&state.http, app::backend::BackendError::Unavailable)
        }
        EntryError::Account(error) => away(state, &error),
        EntryError::Gone => denied(state, Denied::Hidden),
        error => failed(state, &error),
    }
}

/// `/redaktion`.
pub(super) async fn home(State(state): State<AccountState>, signed_in: SignedIn) -> Response {
    // Whoever only reports, for one organization, is there at once.
    if let [own] = signed_in.account.memberships.as_slice()
        && own.role == OrganizationRole::Capacity
        && signed_in.account.county_role.is_none()
    {
        return go(&addresses::report(&own.slug));
    }
    match state.entries.list_own(signed_in.account).await {
        Ok(organizations) => {
            let now = state.http.backend.clock.now();
            private(StatusCode::OK, pages::editing(&state.site(), organizations, now))
        }
        Err(error) => wrong(&state, error),
    }
}

/// Somebody who may add entries to the organization that the path names.
pub(super) struct Adding(OrganizationEditor);

impl FromRequestParts<AccountState> for Adding {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let slug = segments(parts, state).await.remove("organization").unwrap_or_default();
        let organization = organization_of(state, &slug).await?;
        let editor = OrganizationEditor::require(&signed_in.account, organization);
        editor.map(Self).map_err(|refused| denied(state, refused))
    }
}

/// The county takes what belongs to others: that is written down.
async fn note_table(state: &AccountState, editor: &OrganizationEditor) -> Result<(), Response> {
    if !editor.is_county() {
        return Ok(());
    }
    let subject = Some(Subject::Organization(editor.organization().id));
    noted::note(state, editor.account(), Action::TableTaken, subject).await
}

/// The entries of an organization, for those who keep them.
pub(super) async fn download(State(state): State<AccountState>, Adding(editor): Adding) -> Response {
    if let Err(response) = note_table(&state, &editor).await {
        return response;
    }
    match state.entries.own_spreadsheet(&editor).await {
        Ok(bytes) => file(bytes, CSV),
        Err(error) => wrong(&state, error),
    }
}

/// The same as a workbook.
pub(super) async fn download_workbook(State(state): State<AccountState>, Adding(editor): Adding) -> Response {
    if let Err(response) = note_table(&state, &editor).await {
        return response;
    }
    match state.entries.own_workbook(&editor).await {
        Ok(bytes) => file(bytes, XLSX),
        Err(error) => wrong(&state, error),
    }
}

pub(super) async fn show_new(State(state): State<AccountState>, Adding(editor): Adding) -> Response {
    let organization = editor.organization().clone();
    let new = NewEntry { organization, typed: Typed::default(), problems: Vec::new() };
    private(StatusCode::OK, pages::new_entry(&state.site(), new))
}

pub(super) async fn add(State(state): State<AccountState>, Adding(editor): Adding, form: Pairs) -> Response {
    match state.entries.add(&editor, form.get("name")).await {
        Ok(slug) => go(&addresses::entry(&slug)),
        Err(error @ (EntryError::Gone | EntryError::TooOften)) => {
            let text = if matches!(error, EntryError::Gone) { NO_NAME } else { TOO_MANY };
            let problems = vec![Problem::new("name", text)];
            let organization = editor.organization().clone();
            let new = NewEntry { organization, typed: Typed(form.0), problems };
            private(StatusCode::UNPROCESSABLE_ENTITY, pages::new_entry(&state.site(), new))
        }
        Err(error) => wrong(&state, error),
    }
}

async fn page(
    state: &AccountState,
    editing: Editing,
    status: StatusCode,
    done: Option<&'static str>,
    (obstacles, note): (Vec<(Part, &'static str)>, String),
) -> Response {
    let now = state.http.backend.clock.now();
    let organizations = match CountyStaff::require(&editing.signed_in.account) {
        Ok(staff) => state.accounts.list_organizations(&staff).await,
        Err(_) => Ok(Vec::new()),
    };
    let organizations = match organizations {
        Ok(all) => all,
        Err(error) => return away(state, &error),
    };
    let is_county = editing.editor.is_county();
    let shown = EntryPage { organizations, entry: editing.entry, is_county, done, obstacles, note, now };
    private(status, pages::entry(&state.site(), shown))
}

async fn show(State(state): State<AccountState>, editing: Editing, query: RawQuery) -> Response {
    let done = said(&query, &DONE).or(said(&query, &[BUSY, EYES, FASTER, HIDDEN, NO_OTHER]));
    page(&state, editing, StatusCode::OK, done, (Vec::new(), String::new())).await
}

async fn preview(State(state): State<AccountState>, editing: Editing) -> Response {
    private(StatusCode::OK, pages::preview(&state.site(), &editing.entry))
}

async fn rendering(State(state): State<AccountState>, editing: Editing) -> Response {
    let portal = &state.http.backend.portal();
    let now = state.http.backend.clock.now();
    let view = FacilityView::of(editing.entry.current().clone(), &portal.taxonomy, now);
    private(StatusCode::OK, pages::rendering(&state.site(), &editing.entry, view))
}

async fn history(State(state): State<AccountState>, editing: Editing) -> Response {
    let now = state.http.backend.clock.now();
    match state.entries.list_versions(&editing.editor).await {
        Ok(versions) => private(
            StatusCode::OK,
            pages::history(&state.site(), &editing.entry, versions, (editing.editor.is_county(), now)),
        ),
        Err(error) => wrong(&state, error),
    }
}

/// One version beside what is live now.
async fn version(
    State(state): State<AccountState>,
    editing: Editing,
    path: Path<HashMap<String, String>>,
) -> Response {
    let number: Option<i64> = path.0.get("number").and_then(|number| number.parse().ok());
    let versions = match state.entries.list_versions(&editing.editor).await {
        Ok(versions) => versions,
        Err(error) => return wrong(&state, error),
    };
    let Some(version) = versions.into_iter().find(|own| Some(own.number) == number) else {
        return denied(&state, Denied::Hidden);
    };
    let shown = (editing.editor.is_county(), state.http.backend.clock.now());
    private(StatusCode::OK, pages::version(&state.site(), &editing.entry, &version, shown))
}

/// The revision of the draft that a page has shown.
fn seen(form: &Pairs) -> i64 {
    form.get("stand").parse().unwrap_or_default()
}
