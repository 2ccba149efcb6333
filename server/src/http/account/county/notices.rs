//! What people without an account wrote, for the county.

use app::{
    backend::access::CountyStaff,
    components::form::Problem,
    domain::{ids::NoticeId, notice::NoticeKind},
    forms::Typed,
    pages::county::{self as pages, NoticePage},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{NO_CHOICE, Staff, done, nothing};
use crate::{
    http::account::{AccountState, Pairs, entry::wrong, private},
    service::{account::AccountError, entry::EntryError},
};

const NO_OPERATOR: &str =
    "Bitte wählen Sie den Träger: Wer angenommen wird, leitet alle seine Einrichtungen.";
const TOO_MANY: &str = "An diese Adresse gingen schon mehrere E-Mails. Bitte warten Sie eine Stunde.";

pub(super) async fn handled(State(state): State<AccountState>, Staff(_, staff): Staff) -> Response {
    let now = state.http.backend.clock.now();
    match state.entries.list_handled(&staff).await {
        Ok(all) => private(StatusCode::OK, pages::notices(&state.site(), all, now)),
        Err(error) => wrong(&state, error),
    }
}

async fn notice_page(
    state: &AccountState,
    staff: &CountyStaff,
    id: &str,
    status: StatusCode,
    typed: Typed,
    problems: Vec<Problem>,
) -> Response {
    let Ok(id) = id.parse() else { return nothing(state) };
    let notice = match state.entries.find_notice(staff, NoticeId(id)).await {
        Ok(Some(notice)) => notice,
        Ok(None) => return nothing(state),
        Err(error) => return wrong(state, error),
    };
    let is_claim = notice.kind == NoticeKind::Claim;
    let runs = match notice.about.as_ref().filter(|_| is_claim) {
        Some(about) => match state.entries.find(&about.slug).await {
            Ok(entry) => entry.and_then(|entry| entry.live.organization),
            Err(error) => return wrong(state, error),
        },
        None => None,
    };
    let all = match state.accounts.list_organizations(staff).await {
        Ok(all) => all,
        Err(error) => return wrong(state, EntryError::Account(error)),
    };
    let name = notice.organization_name.clone();
    let known = all.into_iter().find(|own| Some(&own.name) == name.as_ref() && own.umbrella.is_none());
    let known = known.filter(|known| runs.as_ref() != Some(known));
    let now = state.http.backend.clock.now();
    private(status, pages::notice(&state.site(), NoticePage { notice, runs, known, typed, problems, now }))
}

pub(super) async fn show_notice(
    State(state): State<AccountState>,
    Staff(_, staff): Staff,
    Path(id): Path<String>,
) -> Response {
    notice_page(&state, &staff, &id, StatusCode::OK, Typed::default(), Vec::new()).await
}

/// Whether it has to be said who runs an entry that is claimed: whoever is accepted leads all of that organization.
async fn wants_operator(state: &AccountState, staff: &CountyStaff, id: NoticeId, chosen: &str) -> bool {
    if matches!(chosen, "bleibt" | "neu") {
        return false;
    }
    let Ok(Some(notice)) = state.entries.find_notice(staff, id).await else { return false };
    let Some(about) = notice.about.filter(|_| notice.kind == NoticeKind::Claim) else { return false };
    let entry = state.entries.find(&about.slug).await;
    entry.is_ok_and(|entry| entry.is_some_and(|entry| entry.live.organization.is_some()))
}

pub(super) async fn decide_notice(
    State(state): State<AccountState>,
    Staff(signed_in, staff): Staff,
    Path(id): Path<String>,
    form: Pairs,
) -> Response {
    let Ok(notice) = id.parse().map(NoticeId) else { return nothing(&state) };
    let typed = Typed(form.0);
    let answer = typed.get("antwort");
    let (decided, word) = match typed.get("was") {
        "ablehnen" => (state.entries.refuse_notice(&staff, notice, answer).await, "erledigt"),
        "annehmen" if wants_operator(&state, &staff, notice, typed.get("traeger")).await => {
            let problems = vec![Problem::new("traeger", NO_OPERATOR)];
            let typed = typed.clone();
            return notice_page(&state, &staff, &id, StatusCode::UNPROCESSABLE_ENTITY, typed, problems).await;
        }
        "annehmen" => {
            let takes_over = typed.get("traeger") == "neu";
            let who = (&signed_in.account, &staff);
            (state.entries.accept_notice(who, notice, answer, takes_over).await, "angenommen")
        }
        _ => {
            let problems = vec![Problem::new("antwort", NO_CHOICE)];
            let typed = typed.clone();
            return notice_page(&state, &staff, &id, StatusCode::UNPROCESSABLE_ENTITY, typed, problems).await;
        }
    };
    match decided {
        Ok(()) => done(word),
        Err(EntryError::Changed) => done("schneller"),
        Err(EntryError::Account(AccountError::TooOften)) => {
            let problems = vec![Problem::new("antwort", TOO_MANY)];
            let typed = typed.clone();
            notice_page(&state, &staff, &id, StatusCode::TOO_MANY_REQUESTS, typed, problems).await
        }
        Err(error) => wrong(&state, error),
    }
}
