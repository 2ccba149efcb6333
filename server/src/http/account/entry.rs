//! `/redaktion` and the entries below it: drafts, part by part.

use app::{
    backend::{
        FacilityView,
        access::{CountyStaff, Denied, EntryEditor},
    },
    components::form::Problem,
    domain::{
        draft::{DraftState, Entry},
        facility::Visibility,
        ids::{OrganizationId, Slug},
        organization::Organization,
    },
    forms::{self, Part, Typed},
    pages::editing::{self as pages, EntryPage, NewEntry, OwnOrganization, PartPage},
    routes as addresses,
    text::changes,
};
use axum::{
    Router,
    extract::{FromRequestParts, OriginalUri, Path, RawQuery, State},
    http::{StatusCode, header::LOCATION, request::Parts},
    response::Response,
    routing::{get, post},
};

use super::{
    AccountState, Pairs, away, download as file, failed, go, private, said,
    session::SignedIn,
    team::{denied, segments},
};
use crate::{
    http::pages::failed as page_failed,
    service::entry::{Decision, EntryError, stamp},
};

/// What was done, by the word that the address of the page says it with.
const DONE: [(&str, &str); 11] = [
    ("traeger", "Der Träger ist geändert. In wenigen Augenblicken gilt es überall."),
    ("zusammengefuehrt", "Die Einträge sind zusammengeführt. Alte Adressen führen hierher."),
    ("gespeichert", "Gespeichert. Es ist ein Entwurf; öffentlich ist noch der Stand von vorher."),
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
const BUSY_NOW: &str = "Der Entwurf liegt inzwischen beim Landkreis. Ihre Eingaben stehen noch hier: Holen Sie den Entwurf in einem neuen Fenster zurück und speichern Sie dann.";
const OFFER_GONE: &str = "Dieses Angebot hat inzwischen jemand entfernt. Ihre Eingaben stehen noch hier; „Speichern“ legt es neu an.";
const NO_NAME: &str = "Bitte nennen Sie den Namen der Einrichtung, höchstens 200 Zeichen.";

/// The pages of one entry, below its own path.
pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route("/", get(show))
        .route("/vorschau", get(preview))
        .route("/ansicht", get(rendering))
        .route("/verlauf", get(history))
        .route("/verlauf/{number}", post(restore))
        .route("/einreichen", post(submit))
        .route("/zurueckziehen", post(take_back))
        .route("/verwerfen", post(discard))
        .route("/loeschen", post(remove_new))
        .route("/geprueft", post(confirm))
        .route("/archivieren", post(archive))
        .route("/traeger", post(change_operator))
        .route("/zusammenfuehren", post(merge))
        .route("/wieder-zeigen", post(show_again))
        .route("/{part}", get(show_part).post(save_part))
        .route("/{part}/entfernen", post(remove_offer))
}

/// Somebody who edits the entry that the path names. What is not there answers as what is nobody else's business.
struct Editing {
    editor: EntryEditor,
    entry: Entry,
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
    fn outcome(&self, state: &AccountState, result: Result<(), EntryError>, word: &str) -> Response {
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
    let mut organizations = Vec::new();
    for own in signed_in.account.memberships {
        match state.entries.list_entries(own.organization).await {
            Ok(entries) => organizations.push(OwnOrganization { own, entries }),
            Err(error) => return wrong(&state, error),
        }
    }
    let now = state.http.backend.clock.now();
    private(StatusCode::OK, pages::editing(&state.site(), organizations, now))
}

/// Somebody who may add entries to the organization that the path names.
pub(super) struct Adding(SignedIn, Organization);

impl FromRequestParts<AccountState> for Adding {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let slug = segments(parts, state).await.remove("organization").and_then(|slug| Slug::parse(&slug));
        let slug = slug.ok_or_else(|| denied(state, Denied::Hidden))?;
        let found = state.entries.find_organization(&slug).await.map_err(|error| wrong(state, error))?;
        let organization = found.ok_or_else(|| denied(state, Denied::Hidden))?;
        EntryEditor::of_organization(&signed_in.account, organization.id)
            .map_err(|refused| denied(state, refused))?;
        Ok(Self(signed_in, organization))
    }
}

/// The entries of an organization, for those who keep them.
pub(super) async fn download(State(state): State<AccountState>, Adding(_, organization): Adding) -> Response {
    match state.entries.spreadsheet(Some(organization.id)).await {
        Ok(bytes) => file(bytes),
        Err(error) => wrong(&state, error),
    }
}

pub(super) async fn show_new(State(state): State<AccountState>, Adding(_, organization): Adding) -> Response {
    let new = NewEntry { organization, typed: Typed::default(), problems: Vec::new() };
    private(StatusCode::OK, pages::new_entry(&state.site(), new))
}

pub(super) async fn add(
    State(state): State<AccountState>,
    Adding(signed_in, organization): Adding,
    form: Pairs,
) -> Response {
    match state.entries.add(&signed_in.account, &organization, form.get("name")).await {
        Ok(slug) => go(&addresses::entry(&slug)),
        Err(error @ (EntryError::Gone | EntryError::TooOften)) => {
            let text = if matches!(error, EntryError::Gone) { NO_NAME } else { TOO_MANY };
            let problems = vec![Problem::new("name", text)];
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

/// The part that the path names, where the entry has it.
fn part_of(entry: &Entry, segment: Option<String>) -> Option<(Part, Typed)> {
    let part = Part::parse(&segment?)?;
    Some((part, forms::write(part, entry.current())?))
}

/// A part of the entry, as a segment of the path.
struct Segment(Option<String>);

impl FromRequestParts<AccountState> for Segment {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        Ok(Self(segments(parts, state).await.remove("part")))
    }
}

async fn show_part(
    State(state): State<AccountState>,
    editing: Editing,
    Segment(segment): Segment,
) -> Response {
    let Some((part, typed)) = part_of(&editing.entry, segment) else { return denied(&state, Denied::Hidden) };
    if is_locked(&editing) {
        return editing.done(BUSY.0);
    }
    let stamp = stamp(&typed);
    part_page(
        &state,
        editing,
        StatusCode::OK,
        Shown { part, typed, stamp, problems: Vec::new(), conflict: None },
    )
    .await
}

/// Whether the county has the draft.
fn is_locked(editing: &Editing) -> bool {
    let submitted = editing.entry.draft.as_ref().is_some_and(|draft| draft.state == DraftState::Submitted);
    submitted && !editing.editor.is_county()
}

struct Shown {
    part: Part,
    typed: Typed,
    stamp: String,
    problems: Vec<Problem>,
    conflict: Option<Vec<changes::Change>>,
}

async fn part_page(state: &AccountState, editing: Editing, status: StatusCode, shown: Shown) -> Response {
    let municipalities = match state.entries.list_municipalities().await {
        Ok(all) => all,
        Err(error) => return wrong(state, error),
    };
    let Shown { part, typed, stamp, problems, conflict } = shown;
    let page = PartPage { entry: editing.entry, part, typed, stamp, problems, conflict, municipalities };
    private(status, pages::part(&state.site(), page))
}

/// Saves a part. Where the session has ended meanwhile, what was typed is carried on.
async fn save_part(
    State(state): State<AccountState>,
    OriginalUri(uri): OriginalUri,
    editing: Result<Editing, Response>,
    Segment(segment): Segment,
    form: Pairs,
) -> Response {
    let typed = Typed(form.0);
    let editing = match editing {
        Ok(editing) => editing,
        Err(refused) if leads_to_sign_in(&refused) => {
            return private(StatusCode::OK, pages::kept(&state.site(), uri.path().to_owned(), typed));
        }
        Err(refused) => return refused,
    };
    let seen = typed.get("stand").to_owned();
    let part = match (part_of(&editing.entry, segment.clone()), segment.as_deref().and_then(Part::parse)) {
        (Some((part, _)), _) => part,
        (None, Some(Part::Offer(_))) if !typed.get("art").is_empty() => {
            let problems = vec![Problem::new("art", OFFER_GONE)];
            let stamp = stamp(&Typed::default());
            let shown = Shown { part: Part::NewOffer, typed, stamp, problems, conflict: None };
            return part_page(&state, editing, StatusCode::CONFLICT, shown).await;
        }
        _ => return denied(&state, Denied::Hidden),
    };
    match state.entries.save_part(&editing.editor, part, &typed, &seen).await {
        Ok(_) => editing.done("gespeichert"),
        Err(EntryError::Problems(problems)) => {
            let shown = Shown { part, typed, stamp: seen, problems, conflict: None };
            part_page(&state, editing, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        Err(EntryError::Conflict(theirs)) => {
            let conflict = beside(&state, &editing.entry, part, &typed).await;
            let shown =
                Shown { part, typed, stamp: stamp(&theirs), problems: Vec::new(), conflict: Some(conflict) };
            part_page(&state, editing, StatusCode::CONFLICT, shown).await
        }
        Err(EntryError::Submitted) => {
            let problems = vec![Problem::new("inhalt", BUSY_NOW)];
            let shown = Shown { part, typed, stamp: seen, problems, conflict: None };
            part_page(&state, editing, StatusCode::CONFLICT, shown).await
        }
        Err(EntryError::Gone) => go(&editing.path()),
        Err(error) => wrong(&state, error),
    }
}

/// What somebody else saved beside what was typed here, in words.
async fn beside(state: &AccountState, entry: &Entry, part: Part, typed: &Typed) -> Vec<changes::Change> {
    let municipalities = state.entries.list_municipalities().await.unwrap_or_default();
    let portal = &state.http.backend.portal;
    let mut mine = entry.current().clone();
    let known = forms::Known { taxonomy: &portal.taxonomy, municipalities: &municipalities };
    // It was read without a problem a moment ago.
    let _ = forms::read(part, typed, &mut mine, known);
    changes::changes(entry.current(), &mine, portal)
}

fn leads_to_sign_in(response: &Response) -> bool {
    let target = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    target.is_some_and(|target| target.starts_with(addresses::SIGN_IN))
}

async fn remove_offer(
    State(state): State<AccountState>,
    editing: Editing,
    Segment(segment): Segment,
    form: Pairs,
) -> Response {
    let Some((Part::Offer(id), _)) = part_of(&editing.entry, segment) else { return go(&editing.path()) };
    let removed = state.entries.remove_offer(&editing.editor, seen(&form), id).await;
    editing.outcome(&state, removed, "entfernt")
}

async fn preview(State(state): State<AccountState>, editing: Editing) -> Response {
    private(StatusCode::OK, pages::preview(&state.site(), &editing.entry))
}

async fn rendering(State(state): State<AccountState>, editing: Editing) -> Response {
    let portal = &state.http.backend.portal;
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

async fn restore(
    State(state): State<AccountState>,
    editing: Editing,
    path: Path<std::collections::HashMap<String, String>>,
) -> Response {
    let number = path.0.get("number").and_then(|number| number.parse().ok()).unwrap_or_default();
    let restored = state.entries.restore(&editing.editor, number).await;
    editing.outcome(&state, restored, "wiederhergestellt")
}

/// Submits the draft. What the county itself wrote is approved at once, unless two people have to look at it.
async fn submit(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    match state.entries.submit(&editing.editor, seen(&form), form.get("notiz")).await {
        Ok(()) if editing.editor.is_county() => publish(&state, &editing, &form).await,
        Err(EntryError::Incomplete(obstacles)) => {
            let note = form.get("notiz").to_owned();
            page(&state, editing, StatusCode::UNPROCESSABLE_ENTITY, None, (obstacles, note)).await
        }
        result => editing.outcome(&state, result, "eingereicht"),
    }
}

/// What was submitted a moment ago is approved, if nobody has changed it in between.
async fn publish(state: &AccountState, editing: &Editing, form: &Pairs) -> Response {
    let Ok(staff) = CountyStaff::require(&editing.signed_in.account) else {
        return editing.done("eingereicht");
    };
    let (entry, revision) = (editing.entry.live.id, seen(form) + 1);
    match state.entries.approve(&staff, Decision { entry, revision, reason: form.get("notiz") }).await {
        Ok(slug) => go(&format!("{}?getan=veroeffentlicht", addresses::entry(&slug))),
        Err(EntryError::FourEyes) => editing.done(EYES.0),
        Err(error) => editing.outcome(state, Err(error), ""),
    }
}

/// The revision of the draft that a page has shown.
fn seen(form: &Pairs) -> i64 {
    form.get("stand").parse().unwrap_or_default()
}

async fn remove_new(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    match state.entries.remove_new(&editing.editor, seen(&form)).await {
        Ok(()) => go(addresses::EDITING),
        result => editing.outcome(&state, result, ""),
    }
}

async fn take_back(State(state): State<AccountState>, editing: Editing) -> Response {
    let result = state.entries.take_back(&editing.editor).await;
    editing.outcome(&state, result, "zurueck")
}

async fn discard(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    let result = state.entries.discard(&editing.editor, seen(&form)).await;
    editing.outcome(&state, result, "verworfen")
}

async fn confirm(State(state): State<AccountState>, editing: Editing) -> Response {
    let result = state.entries.confirm(&editing.editor).await;
    editing.outcome(&state, result, "geprueft")
}

async fn archive(State(state): State<AccountState>, editing: Editing) -> Response {
    set_visibility(&state, &editing, Visibility::Archived).await
}

async fn show_again(State(state): State<AccountState>, editing: Editing) -> Response {
    set_visibility(&state, &editing, Visibility::Public).await
}

/// Only the county takes entries out of the directory.
async fn set_visibility(state: &AccountState, editing: &Editing, visibility: Visibility) -> Response {
    match CountyStaff::require(&editing.signed_in.account) {
        Ok(staff) => {
            let result = state.entries.set_visibility(&staff, editing.entry.live.id, visibility).await;
            editing.outcome(state, result, "sichtbarkeit")
        }
        // They see the entry, and this is not theirs to decide.
        Err(_) => denied(state, Denied::Role),
    }
}

async fn change_operator(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    let Ok(staff) = CountyStaff::require(&editing.signed_in.account) else {
        return denied(&state, Denied::Role);
    };
    let Ok(organization) = form.get("traeger").parse() else { return go(&editing.path()) };
    let id = editing.entry.live.id;
    let changed = state.entries.change_operator(&staff, id, OrganizationId(organization)).await;
    editing.outcome(&state, changed, "traeger")
}

/// The other entry is named by its address, or by the end of it.
async fn merge(State(state): State<AccountState>, editing: Editing, form: Pairs) -> Response {
    let Ok(staff) = CountyStaff::require(&editing.signed_in.account) else {
        return denied(&state, Denied::Role);
    };
    let typed = form.get("ziel").trim().trim_end_matches('/');
    let typed = typed.split(['?', '#']).next().unwrap_or_default();
    let Some(into) = Slug::parse(typed.rsplit('/').next().unwrap_or_default()) else {
        return editing.done(NO_OTHER.0);
    };
    match state.entries.merge(&staff, editing.entry.live.id, &into).await {
        Ok(slug) => go(&format!("{}?getan=zusammengefuehrt", addresses::entry(&slug))),
        Err(EntryError::Gone) => editing.done(NO_OTHER.0),
        Err(error) => wrong(&state, error),
    }
}
