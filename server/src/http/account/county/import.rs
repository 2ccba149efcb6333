//! `/kreis/import`: a table is tried, looked at, and taken over or not.

use app::{
    backend::access::CountyAdministrator,
    components::form::Problem,
    domain::{ids::ImportId, import::PendingImport},
    forms::Typed,
    pages::county::{self as pages, ImportPage, PendingImportPage},
    routes as addresses,
};
use axum::{
    Router,
    extract::{
        DefaultBodyLimit, Multipart, Path, RawQuery, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::Response,
    routing::get,
};

use super::{Lead, nothing};
use crate::{
    http::{
        account::{AccountState, Pairs, REJECTS, download, entry::wrong, go, private, said},
        error_page,
        limits::is_too_long,
    },
    service::entry::imports::{Decided, FILE_BYTES, ImportRefusal, MAPPING_BYTES, MAPPINGS, SentFile, stamp},
};

const DONE: [(&str, &str); 3] = [
    ("uebernommen", "Eingelesen. In wenigen Augenblicken ist es zu finden."),
    ("verworfen", "Verworfen. Es ist nichts geschrieben."),
    (
        "weg",
        "Diese Tabelle wartet nicht mehr: Sie ist schon übernommen oder verworfen, liegt länger als 24 Stunden zurück oder gehört jemand anderem. Unten steht, was zuletzt eingelesen wurde.",
    ),
];
const NO_FILE: &str = "Bitte wählen Sie die Tabelle aus, die Sie einlesen möchten.";
const EMPTY: &str = "Diese Datei ist leer. Bitte wählen Sie die richtige aus.";
const TOO_LARGE: &str = "Diese Datei ist zu groß, höchstens 8 MB. Bitte teilen Sie sie.";
const NO_MAPPING: &str = "Bitte wählen Sie eine Zuordnung.";
const NO_OWN_MAPPING: &str = "Bitte wählen Sie die Datei mit Ihrer Zuordnung aus.";
const LARGE_MAPPING: &str = "Das ist keine Zuordnung: Die Datei ist zu groß.";
const BROKEN: &str = "Die Datei ist nicht vollständig angekommen. Bitte senden Sie sie noch einmal.";
const BUSY: &str = "Gerade wird eine andere Tabelle eingelesen. Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.";
const REFUSED: &str =
    "Die Datenbank hat diese Tabelle abgewiesen. Es ist nichts geschrieben. Bitte fragen Sie Ihre IT.";
const DIFFERS: &str = "Im Verzeichnis hat sich inzwischen etwas geändert. Es ist nichts geschrieben. Bitte sehen Sie sich an, was die Tabelle jetzt ändern würde.";
const NO_CHOICE: &str = "Bitte wählen Sie, was mit der Tabelle geschehen soll.";

/// What stands in the field for a mapping of one's own.
const OWN: &str = "eigene";

pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route(addresses::IMPORT, get(show).post(send))
        .route(&format!("{}/{{id}}", addresses::IMPORT), get(look).post(decide))
        .route(&format!("{}/{{id}}/abgelehnt.csv", addresses::IMPORT), get(rejects))
        // `http/limits.rs` says how much may come.
        .layer(DefaultBodyLimit::disable())
}

/// What was sent.
#[derive(Default)]
struct Sent {
    table: SentFile,
    /// What was chosen in the field.
    chosen: String,
    mapping: SentFile,
}

impl Sent {
    async fn read(mut form: Multipart) -> Result<Self, MultipartError> {
        let mut sent = Self::default();
        while let Some(field) = form.next_field().await? {
            let which = field.name().unwrap_or_default().to_owned();
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await?.to_vec();
            match &*which {
                "datei" => sent.table = SentFile { name, bytes },
                "zuordnung-datei" => sent.mapping = SentFile { name, bytes },
                "zuordnung" => sent.chosen = String::from_utf8_lossy(&bytes).chars().take(40).collect(),
                _ => {}
            }
        }
        Ok(sent)
    }

    /// Table and mapping.
    fn files(self) -> Result<(SentFile, SentFile), Problem> {
        let Self { table, chosen, mapping } = self;
        if table.bytes.is_empty() {
            return Err(Problem::new("datei", if table.name.is_empty() { NO_FILE } else { EMPTY }));
        }
        if table.bytes.len() > FILE_BYTES {
            return Err(Problem::new("datei", TOO_LARGE));
        }
        if chosen != OWN {
            let known = MAPPINGS.into_iter().find(|(key, _, _)| *key == chosen);
            let (key, _, content) = known.ok_or_else(|| Problem::new("zuordnung", NO_MAPPING))?;
            let (name, bytes) = (format!("{key}.toml"), content.as_bytes().to_vec());
            return Ok((table, SentFile { name, bytes }));
        }
        match mapping.bytes.len() {
            0 => Err(Problem::new("zuordnung-datei", NO_OWN_MAPPING)),
            bytes if bytes > MAPPING_BYTES => Err(Problem::new("zuordnung-datei", LARGE_MAPPING)),
            _ => Ok((table, mapping)),
        }
    }
}

async fn page(
    state: &AccountState,
    who: &CountyAdministrator,
    status: StatusCode,
    chosen: String,
    problems: Vec<Problem>,
    done: Option<&'static str>,
) -> Response {
    let past = match state.entries.list_imports(who).await {
        Ok(past) => past,
        Err(refusal) => return refused(state, refusal),
    };
    let mappings = MAPPINGS.map(|(key, about, _)| (key, about)).to_vec();
    let typed = Typed(vec![("zuordnung".to_owned(), chosen)]);
    private(status, pages::import(&state.site(), ImportPage { mappings, typed, problems, past, done }))
}

/// What the page cannot say beside a field.
fn refused(state: &AccountState, refusal: ImportRefusal) -> Response {
    match refusal {
        ImportRefusal::Entry(error) => wrong(state, error),
        _ => go(&format!("{}?getan=weg", addresses::IMPORT)),
    }
}

async fn show(State(state): State<AccountState>, Lead(_, who): Lead, query: RawQuery) -> Response {
    page(&state, &who, StatusCode::OK, String::new(), Vec::new(), said(&query, &DONE)).await
}

async fn send(
    State(state): State<AccountState>,
    Lead(_, who): Lead,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    // A form without any file is answered with what is missing.
    let sent = match form {
        Ok(form) => Sent::read(form).await,
        Err(_) => Ok(Sent::default()),
    };
    let (chosen, files) = match sent {
        Ok(sent) => (sent.chosen.clone(), sent.files()),
        Err(error) if is_too_long(&error) => {
            return error_page::FILE_TOO_LARGE.response(&state.http);
        }
        Err(_) => (String::new(), Err(Problem::new("datei", BROKEN))),
    };
    let (table, mapping) = match files {
        Ok(files) => files,
        Err(problem) => {
            return page(&state, &who, StatusCode::UNPROCESSABLE_ENTITY, chosen, vec![problem], None).await;
        }
    };
    let refusal = match state.entries.try_import(&who, table, mapping).await {
        Ok(id) => return go(&addresses::pending_import(id)),
        Err(refusal @ (ImportRefusal::Entry(_) | ImportRefusal::Gone)) => return refused(&state, refusal),
        Err(refusal) => refusal,
    };
    let (status, text) = said_of(&refusal);
    let field = match (&refusal, &*chosen) {
        (refusal, OWN) if refusal.is_of_mapping() => "zuordnung-datei",
        (refusal, _) if refusal.is_of_mapping() => "zuordnung",
        _ => "datei",
    };
    page(&state, &who, status, chosen, vec![Problem::new(field, text)], None).await
}

/// Why a table was not tried or taken over, for whoever sent it.
fn said_of(refusal: &ImportRefusal) -> (StatusCode, String) {
    match refusal {
        ImportRefusal::File(error) if error.is_of_file() => {
            (StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
        }
        ImportRefusal::File(error) => {
            tracing::error!(error = error as &dyn std::error::Error, "a table could not be imported");
            (StatusCode::UNPROCESSABLE_ENTITY, REFUSED.to_owned())
        }
        _ => (StatusCode::CONFLICT, BUSY.to_owned()),
    }
}

async fn find(state: &AccountState, who: &CountyAdministrator, id: &str) -> Result<PendingImport, Response> {
    let Ok(id) = id.parse() else { return Err(nothing(state)) };
    match state.entries.find_import(who, ImportId(id)).await {
        Ok(Some(pending)) => Ok(pending),
        Ok(None) => Err(refused(state, ImportRefusal::Gone)),
        Err(refusal) => Err(refused(state, refusal)),
    }
}

fn pending_page(
    state: &AccountState,
    pending: PendingImport,
    status: StatusCode,
    problem: Option<String>,
) -> Response {
    let stamp = stamp(&pending.preview);
    private(status, pages::pending_import(&state.site(), PendingImportPage { pending, stamp, problem }))
}

async fn look(State(state): State<AccountState>, Lead(_, who): Lead, Path(id): Path<String>) -> Response {
    match find(&state, &who, &id).await {
        Ok(pending) => pending_page(&state, pending, StatusCode::OK, None),
        Err(response) => response,
    }
}

async fn decide(
    State(state): State<AccountState>,
    Lead(_, who): Lead,
    Path(id): Path<String>,
    form: Pairs,
) -> Response {
    let pending = match find(&state, &who, &id).await {
        Ok(pending) => pending,
        Err(response) => return response,
    };
    let decided = match form.get("was") {
        "uebernehmen" => state.entries.take_over_import(&who, pending.id, form.get("stand")).await.map(Some),
        "verwerfen" => state.entries.discard_import(&who, pending.id).await.map(|()| None),
        _ => {
            let (status, text) = (StatusCode::UNPROCESSABLE_ENTITY, Some(NO_CHOICE.to_owned()));
            return pending_page(&state, pending, status, text);
        }
    };
    match decided {
        Ok(Some(Decided::TakenOver)) => go(&format!("{}?getan=uebernommen", addresses::IMPORT)),
        Ok(None) => go(&format!("{}?getan=verworfen", addresses::IMPORT)),
        Ok(Some(Decided::Differs)) => match find(&state, &who, &id).await {
            Ok(pending) => pending_page(&state, pending, StatusCode::CONFLICT, Some(DIFFERS.to_owned())),
            Err(response) => response,
        },
        Err(refusal @ (ImportRefusal::Gone | ImportRefusal::Entry(_))) => refused(&state, refusal),
        Err(refusal) => {
            let (status, text) = said_of(&refusal);
            pending_page(&state, pending, status, Some(text))
        }
    }
}

/// The rows that would be rejected, in the encoding of the table they come from.
async fn rejects(State(state): State<AccountState>, Lead(_, who): Lead, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return nothing(&state) };
    match state.entries.find_rejects(&who, ImportId(id)).await {
        Ok(Some(bytes)) => download(bytes, REJECTS),
        Ok(None) => refused(&state, ImportRefusal::Gone),
        Err(refusal) => refused(&state, refusal),
    }
}
