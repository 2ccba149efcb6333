//! `/redaktion/{organization}/schnittstelle`: accesses of programs, and tables of what is free.

use app::{
    backend::access::{CapacityReporter, Team, TeamLead},
    components::form::Problem,
    domain::{
        api_token::ApiToken,
        ids::{ApiTokenId, FacilityId},
        organization::Organization,
    },
    forms::Typed,
    pages::editing::{self as pages, Accesses, CapacityTablePage, InterfacePage},
    routes as addresses,
};
use axum::{
    Router,
    extract::{
        DefaultBodyLimit, FromRequestParts, Multipart, RawQuery, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::{StatusCode, request::Parts},
    response::Response,
    routing::{get, post},
};

use super::{
    AccountState, Download, Pairs, away, download, failed, go, private, said,
    session::SignedIn,
    team::{denied, organization_of, segments},
};
use crate::{
    http::{error_page, limits::is_too_long, pages::failed as page_failed},
    import::decode::{Encoding, decode},
    service::capacity::{CapacityError, TableError, TablePlan},
};

const DONE: [(&str, &str); 4] = [
    ("gemeldet", "Gemeldet. In wenigen Augenblicken steht es an Ihren Angeboten."),
    ("nichts", "Es war nichts zu melden: Alles wurde heute schon so gemeldet."),
    ("abgeschaltet", "Der Zugang ist abgeschaltet. Programme melden sich damit nicht mehr."),
    ("war-aus", "Dieser Zugang war schon abgeschaltet."),
];
const NO_NAME: &str = "Bitte geben Sie dem Zugang einen Namen, höchstens 60 Zeichen.";
const NAME_TAKEN: &str = "So heißt schon ein Zugang. Bitte wählen Sie einen anderen Namen.";
const TOO_MANY: &str = "Mehr als 20 Zugänge gehen nicht. Bitte schalten Sie erst einen ab.";
const NO_FACILITY: &str = "Bitte wählen Sie, wofür der Zugang gilt.";
const NO_FILE: &str = "Bitte wählen Sie die Tabelle aus, die Sie hochladen möchten.";
const EMPTY: &str = "Diese Datei ist leer. Bitte wählen Sie die richtige aus.";
const TOO_LARGE: &str = "Diese Datei ist zu groß, höchstens 1 MB. Bitte teilen Sie sie.";
const BROKEN: &str = "Die Datei ist nicht vollständig angekommen. Bitte senden Sie sie noch einmal.";
const TOO_OFTEN: &str = "Sie haben gerade sehr viele Tabellen geschickt. Bitte warten Sie einige Minuten.";

/// Largest table in bytes.
const TABLE_BYTES: usize = 1_000_000;

const TEMPLATE: Download = Download("text/csv; charset=utf-8", "attachment; filename=\"vorlage.csv\"");

/// Below the path of an organization.
pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route("/", get(show))
        .route("/zugang", post(add))
        .route("/abschalten", post(revoke))
        .route("/vorlage.csv", get(template))
        .route("/tabelle", post(send))
        // `http/limits.rs` says how much may come.
        .layer(DefaultBodyLimit::disable())
}

/// Somebody who reports for the organization that the path names; whoever leads its team, too.
struct Reporting {
    reporter: CapacityReporter,
    lead: Option<TeamLead>,
    organization: Organization,
    signed_in: SignedIn,
}

impl FromRequestParts<AccountState> for Reporting {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AccountState) -> Result<Self, Response> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        let slug = segments(parts, state).await.remove("organization").unwrap_or_default();
        let organization = organization_of(state, &slug).await?;
        let reporter = CapacityReporter::require(&signed_in.account, &organization);
        let reporter = reporter.map_err(|refused| denied(state, refused))?;
        let lead = TeamLead::require(&signed_in.account, Team::Organization(organization.clone())).ok();
        Ok(Self { reporter, lead, organization, signed_in })
    }
}

impl Reporting {
    fn done(&self, word: &str) -> Response {
        go(&format!("{}?getan={word}", addresses::interface(&self.organization.slug)))
    }

    async fn page(
        &self,
        state: &AccountState,
        status: StatusCode,
        typed: Typed,
        problems: Vec<Problem>,
        done: Option<&'static str>,
    ) -> Response {
        let desk = match state.capacity.desk(&self.reporter).await {
            Ok(desk) => desk,
            Err(error) => return wrong(state, &error),
        };
        let accesses = match &self.lead {
            None => None,
            Some(lead) => match state.capacity.list_tokens(lead).await {
                Ok(tokens) => {
                    let all = desk.facilities.iter().map(|view| &view.facility);
                    let facilities = all.map(|own| (own.id, own.name.clone())).collect();
                    Some(Accesses { tokens, facilities })
                }
                Err(error) => return wrong(state, &error),
            },
        };
        let offers = desk.facilities.iter().flat_map(|view| &view.facility.offers);
        let shown = InterfacePage {
            organization: self.organization.slug.clone(),
            name: self.organization.name.clone(),
            accesses,
            example: offers.map(|offer| offer.id).next(),
            typed,
            problems,
            done,
            now: desk.now,
        };
        private(status, pages::interface(&state.site(), shown))
    }

    async fn refused(&self, state: &AccountState, typed: Typed, problem: Problem) -> Response {
        self.page(state, StatusCode::UNPROCESSABLE_ENTITY, typed, vec![problem], None).await
    }
}

/// What nobody can mend by typing something else.
fn wrong(state: &AccountState, error: &CapacityError) -> Response {
    match error {
        CapacityError::Store(error) if error.is_unavailable() => {
            page_failed(&state.http, app::backend::BackendError::Unavailable)
        }
        CapacityError::Account(error) => away(state, error),
        error => failed(state, error),
    }
}

async fn show(State(state): State<AccountState>, own: Reporting, query: RawQuery) -> Response {
    own.page(&state, StatusCode::OK, Typed::default(), Vec::new(), said(&query, &DONE)).await
}

async fn add(State(state): State<AccountState>, own: Reporting, form: Pairs) -> Response {
    let Some(lead) = &own.lead else { return denied(&state, app::backend::access::Denied::Role) };
    let name = app::domain::value::one_line(form.get("name"));
    let chosen = form.get("einrichtung");
    let typed = Typed(vec![
        ("name".to_owned(), name.chars().take(ApiToken::LONGEST_NAME + 1).collect()),
        ("einrichtung".to_owned(), chosen.chars().take(40).collect()),
    ]);
    let length = name.chars().count();
    if length == 0 || length > ApiToken::LONGEST_NAME || name.chars().any(char::is_control) {
        return own.refused(&state, typed, Problem::new("name", NO_NAME)).await;
    }
    let facility = match chosen {
        "" => None,
        id => match id.parse() {
            Ok(id) => Some(FacilityId(id)),
            Err(_) => return own.refused(&state, typed, Problem::new("einrichtung", NO_FACILITY)).await,
        },
    };
    match state.capacity.add_token(lead, &own.organization, name.clone(), facility).await {
        // Shown once, so it is no page that one could come back to.
        Ok((_, secret)) => private(
            StatusCode::OK,
            pages::new_access(&state.site(), &own.organization.slug, &name, &secret.text()),
        ),
        Err(CapacityError::NameTaken) => own.refused(&state, typed, Problem::new("name", NAME_TAKEN)).await,
        Err(CapacityError::TooManyTokens) => own.refused(&state, typed, Problem::new("name", TOO_MANY)).await,
        Err(CapacityError::NoFacility) => {
            own.refused(&state, typed, Problem::new("einrichtung", NO_FACILITY)).await
        }
        Err(error) => wrong(&state, &error),
    }
}

async fn revoke(State(state): State<AccountState>, own: Reporting, form: Pairs) -> Response {
    let Some(lead) = &own.lead else { return denied(&state, app::backend::access::Denied::Role) };
    let Ok(id) = form.get("zugang").parse() else { return own.done("war-aus") };
    match state.capacity.revoke_token(lead, ApiTokenId(id)).await {
        Ok(was_on) => own.done(if was_on { "abgeschaltet" } else { "war-aus" }),
        Err(error) => wrong(&state, &error),
    }
}

async fn template(State(state): State<AccountState>, own: Reporting) -> Response {
    match state.capacity.table_template(&own.reporter).await {
        Ok(bytes) => download(bytes, TEMPLATE),
        Err(error) => wrong(&state, &error),
    }
}

/// What was sent: a file to be tried, or a table that was looked at.
#[derive(Default)]
struct Sent {
    name: String,
    file: Vec<u8>,
    text: Vec<u8>,
    stamp: Vec<u8>,
}

impl Sent {
    async fn read(form: Result<Multipart, MultipartRejection>) -> Result<Self, MultipartError> {
        let mut sent = Self::default();
        // A form of another kind has no file: the page says what is missing.
        let Ok(mut form) = form else { return Ok(sent) };
        while let Some(field) = form.next_field().await? {
            let which = field.name().unwrap_or_default().to_owned();
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await?.to_vec();
            match &*which {
                "datei" => (sent.name, sent.file) = (name, bytes),
                "text" => sent.text = bytes,
                "stand" => sent.stamp = bytes,
                _ => {}
            }
        }
        Ok(sent)
    }
}

async fn send(
    State(state): State<AccountState>,
    own: Reporting,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let problem = |text: &str| Problem::new("datei", text);
    if state.accounts.count_upload(own.signed_in.account.id).is_none() {
        let (status, problems) = (StatusCode::TOO_MANY_REQUESTS, vec![problem(TOO_OFTEN)]);
        return own.page(&state, status, Typed::default(), problems, None).await;
    }
    let sent = match Sent::read(form).await {
        Ok(sent) => sent,
        Err(error) if is_too_long(&error) => return error_page::FILE_TOO_LARGE.response(&state.http),
        Err(_) => return own.refused(&state, Typed::default(), problem(BROKEN)).await,
    };
    let decided = !sent.stamp.is_empty();
    let bytes = if decided { sent.text } else { sent.file };
    if bytes.is_empty() || bytes.len() > 2 * TABLE_BYTES || !decided && bytes.len() > TABLE_BYTES {
        let text = match bytes.len() {
            0 if sent.name.is_empty() => NO_FILE,
            0 => EMPTY,
            _ => TOO_LARGE,
        };
        return own.refused(&state, Typed::default(), problem(text)).await;
    }
    let planned = if decided {
        let stamp = String::from_utf8_lossy(&sent.stamp).into_owned();
        match state.capacity.take_table(&own.reporter, &bytes, &stamp).await {
            Ok(Ok(0)) => return own.done("nichts"),
            Ok(Ok(_)) => return own.done("gemeldet"),
            Ok(Err(plan)) => Ok(plan),
            Err(error) => Err(error),
        }
    } else {
        state.capacity.plan_table(&own.reporter, &bytes).await
    };
    match planned {
        Ok(plan) => plan_page(&state, &own, plan, &bytes, decided),
        Err(TableError::File(error)) => {
            let text = format!("{}{error}", place(&error));
            own.refused(&state, Typed::default(), problem(&text)).await
        }
        Err(TableError::Capacity(error)) => wrong(&state, &error),
    }
}

fn place(error: &crate::import::error::FileError) -> String {
    let place = error.place().to_string();
    let place = place.trim_start_matches(", ");
    if place.is_empty() { String::new() } else { format!("{place}: ") }
}

fn plan_page(
    state: &AccountState,
    own: &Reporting,
    plan: TablePlan,
    bytes: &[u8],
    decided: bool,
) -> Response {
    let status = match (decided, plan.faults.is_empty()) {
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
    };
    // It was read a moment ago.
    let text = decode(bytes, Encoding::Auto).map(|(text, _)| text).unwrap_or_default();
    let shown = CapacityTablePage {
        organization: own.organization.slug.clone(),
        rows: plan.rows,
        faults: plan.faults,
        unknown: plan.unknown,
        silent: plan.silent,
        text,
        stamp: plan.stamp,
        differs: decided,
    };
    private(status, pages::capacity_table(&state.site(), shown))
}
