//! Files that people send for an entry, and handing them out again.

use app::{
    backend::access::EntryEditor,
    components::form::Problem,
    domain::upload::{UploadFile, UploadKind},
    forms::{self, NewUpload, Part, Typed},
    routes as addresses,
};
use axum::{
    Router,
    extract::{
        DefaultBodyLimit, FromRequestParts, Multipart, OriginalUri, Path, Request, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG},
    },
    response::{IntoResponse, Response},
    routing::post,
};

use super::{
    AccountState,
    entry::{Editing, leads_to_sign_in, upload_refused, wrong},
    go,
    session::SignedIn,
};
use crate::{
    http::{error_page, limits::is_too_long, rendered::matches_etag},
    service::entry::EntryError,
    store::Upload,
};

const TOO_OFTEN: &str = "Sie haben gerade sehr viele Dateien geschickt. Bitte warten Sie einige Minuten.";

type Form = Result<Multipart, MultipartRejection>;

/// Longest text beside a file in bytes.
const WORDS: usize = 4_000;

/// Below the path of an entry.
pub(super) fn routes() -> Router<AccountState> {
    Router::new()
        .route("/bilder/neu", post(send_picture))
        .route("/unterlagen/neu", post(send_document))
        // `http/limits.rs` says how much may come.
        .layer(DefaultBodyLimit::disable())
}

async fn send_picture(
    state: State<AccountState>,
    uri: OriginalUri,
    editing: Result<Editing, Response>,
    form: Form,
) -> Response {
    // Boxed: it holds what is half read of the body.
    Box::pin(send(state.0, &uri, editing, form, Part::Pictures)).await
}

async fn send_document(
    state: State<AccountState>,
    uri: OriginalUri,
    editing: Result<Editing, Response>,
    form: Form,
) -> Response {
    Box::pin(send(state.0, &uri, editing, form, Part::Documents)).await
}

async fn send(
    state: AccountState,
    uri: &OriginalUri,
    editing: Result<Editing, Response>,
    form: Form,
    part: Part,
) -> Response {
    let editing = match editing {
        Ok(editing) => editing,
        // No page can carry a file on: they choose it again where they did.
        Err(refused) if leads_to_sign_in(&refused) => {
            let page = uri.path().trim_end_matches("/neu");
            return go(&format!("{}?weiter={page}", addresses::SIGN_IN));
        }
        Err(refused) => return refused,
    };
    let _turn = match state.entries.receive(&editing.editor).await {
        Ok(turn) => turn,
        Err(EntryError::TooOften) => {
            let typed = forms::write(part, editing.entry.current()).unwrap_or_default();
            let problems = vec![Problem::new("datei", TOO_OFTEN)];
            return upload_refused(&state, editing, part, typed, problems).await;
        }
        Err(error) => return wrong(&state, error),
    };
    let (file, words) = match read(form).await {
        Ok(sent) => sent,
        Err(error) if is_too_long(&error) => return error_page::FILE_TOO_LARGE.response(&state.http),
        Err(_) => return error_page::BAD_REQUEST.response(&state.http),
    };
    let sent = if part == Part::Pictures {
        state.entries.add_picture(&editing.editor, file, &words).await
    } else {
        state.entries.add_document(&editing.editor, file, &words).await
    };
    match sent {
        Ok(()) => go(&addresses::entry_step(&editing.entry.live.slug, &part.segment())),
        Err(EntryError::Problems(problems)) => {
            let mut typed = forms::write(part, editing.entry.current()).unwrap_or_default();
            typed.0.extend(words.0.0);
            upload_refused(&state, editing, part, typed, problems).await
        }
        Err(error) => editing.outcome(&state, Err(error), ""),
    }
}

/// The file of a form, and what else was said in it.
async fn read(form: Form) -> Result<(Vec<u8>, NewUpload), MultipartError> {
    let (mut file, mut words) = (Vec::new(), Typed::default());
    // A form of another kind has neither file nor words: the page says what is missing.
    let Ok(mut form) = form else { return Ok((file, NewUpload(words))) };
    while let Some(mut field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await? {
            if name == "datei" || bytes.len() + chunk.len() <= WORDS {
                bytes.extend_from_slice(&chunk);
            }
        }
        if name == "datei" {
            file = bytes;
        } else if ["neu-alt", "neu-titel"].contains(&name.as_str()) {
            words.0.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok((file, NewUpload(words)))
}

/// A file: for everybody where a public entry shows it, else for those who edit the entry.
pub(super) async fn show(
    State(state): State<AccountState>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let nowhere = || error_page::NOT_FOUND.response(&state.http);
    let Some((id, file)) = UploadFile::parse(&name) else { return nowhere() };
    let found = match state.entries.find_upload(id).await {
        Ok(found) => found,
        Err(error) => return wrong(&state, error),
    };
    let Some((upload, live, is_public)) = found else { return nowhere() };
    if (upload.kind == UploadKind::Document) != (file == UploadFile::Document) {
        return nowhere();
    }
    let mut parts = request.into_parts().0;
    if !is_public {
        let Ok(signed_in) = SignedIn::from_request_parts(&mut parts, &state).await else { return nowhere() };
        if EntryEditor::require(&signed_in.account, &live).is_err() {
            return nowhere();
        }
    }
    let tag = format!("\"{id}\"");
    if matches_etag(&parts.headers, &tag) {
        return with_headers(StatusCode::NOT_MODIFIED.into_response(), &tag, &upload, is_public);
    }
    match state.entries.read_upload(id, file == UploadFile::SmallPicture).await {
        Ok(Some(content)) => with_headers(content.into_response(), &tag, &upload, is_public),
        Ok(None) => nowhere(),
        Err(error) => wrong(&state, error),
    }
}

/// What is under an id never changes.
fn with_headers(mut response: Response, tag: &str, upload: &Upload, is_public: bool) -> Response {
    let (content_type, how) = match upload.kind {
        UploadKind::Picture => ("image/jpeg", "inline"),
        // A document may hold anything: it is saved, and opened by a program of the reader's own.
        UploadKind::Document => ("application/pdf", "attachment"),
    };
    let end = if upload.kind == UploadKind::Picture { "jpg" } else { "pdf" };
    let disposition = format!("{how}; filename=\"{}.{end}\"", upload.name);
    let cache = if is_public { "public, max-age=604800, immutable" } else { "private, no-store" };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    for (name, value) in [(CONTENT_DISPOSITION, disposition), (ETAG, tag.to_owned())] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}
