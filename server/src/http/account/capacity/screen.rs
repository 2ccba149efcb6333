//! The one screen, whoever stands before it: it is shown, and what comes back from it is reported.

use app::{
    backend::{Desk, access::CapacityReporter},
    domain::{capacity::Statement, ids::OfferId, offer::Offer},
    forms::{Typed, capacity as forms},
    pages::capacity::{self as pages, Done, ReportPage, Returned, ValidityForm, WornLink},
    routes as addresses,
    shell::Site,
};
use axum::{extract::RawQuery, http::StatusCode, response::Response};

use super::wrong;
use crate::{
    http::account::{AccountState, Pairs, go, private, trust::not_there},
    service::capacity::{CapacityError, News, Said, Seen},
};

const NO_CHOICE: &str = "Bitte wählen Sie, was Sie melden möchten. Es ist nichts gemeldet.";
const NO_OFFER: &str = "Dieses Angebot gibt es hier nicht, oder es hat keine Ampel. Es ist nichts gemeldet.";
const CHANGED: &str = "Jemand anderes hat inzwischen gemeldet. Unten steht, was jetzt gilt; von Ihnen ist noch nichts gemeldet. Bitte sehen Sie hin und melden Sie noch einmal, wenn es anders ist.";
const NOT_THE_SAME: &str = "Eine frühere Meldung lässt sich nicht mehr bestätigen, zum Beispiel weil ein angekündigter Tag gekommen ist. Es ist nichts gemeldet. Bitte melden Sie das Angebot neu.";

/// What differs between those who report.
#[derive(Clone, Debug, Default)]
pub(in crate::http::account) struct Frame {
    pub title: String,
    pub lead: String,
    pub back: Option<(String, String)>,
    pub path: String,
    pub way: Option<(&'static str, &'static str)>,
    pub ways: Vec<(&'static str, Option<String>)>,
    pub also: Vec<(String, String)>,
    pub names_people: bool,
    pub validity: Option<ValidityForm>,
    /// Thanks are a page of their own.
    pub is_visit: bool,
}

/// Somebody who reports, and the page that asks for it.
pub(in crate::http::account) struct Screen {
    pub reporter: CapacityReporter,
    pub frame: Frame,
    pub site: Site,
}

/// What the page shows beside the desk.
#[derive(Default)]
pub(in crate::http::account) struct Shown {
    pub chosen: Option<OfferId>,
    pub returned: Option<Returned>,
    pub trouble: Option<&'static str>,
    pub done: Option<Done>,
}

impl Shown {
    fn trouble(text: &'static str) -> Self {
        Self { trouble: Some(text), ..Self::default() }
    }
}

impl Screen {
    /// The screen, as its address wants it.
    pub async fn show(self, state: &AccountState, query: &RawQuery) -> Response {
        let query = query.0.as_deref().unwrap_or_default();
        let named = addresses::value_of(query, "angebot").parse().ok().map(OfferId);
        let done = match addresses::value_of(query, "getan").as_str() {
            "gemeldet" => Some(named.map_or(Done::All, Done::One)),
            "gueltigkeit" => Some(Done::Validity),
            _ => None,
        };
        if self.frame.is_visit
            && let Some(done) = done
        {
            let desk = match state.capacity.desk(&self.reporter).await {
                Ok(desk) => desk,
                Err(error) => return wrong(state, &error),
            };
            // Thanks for what is nobody's here would be a lie.
            if named.is_none_or(|offer| find(&desk, offer).is_some()) {
                return private(StatusCode::OK, pages::reported(&self.site, &desk, done, self.frame.path));
            }
        }
        let chosen = named.filter(|_| done.is_none());
        self.page(state, StatusCode::OK, Shown { chosen, done, ..Shown::default() }).await
    }

    /// The page over what is known now.
    pub async fn page(self, state: &AccountState, status: StatusCode, shown: Shown) -> Response {
        let desk = match state.capacity.desk(&self.reporter).await {
            Ok(desk) => desk,
            Err(error) => return wrong(state, &error),
        };
        let doubted = match state.trust.list_doubts(&self.reporter).await {
            Ok(doubted) => doubted,
            Err(error) => return not_there(state, &error),
        };
        let Frame { title, lead, back, path, way, ways, also, names_people, validity, .. } = self.frame;
        let Shown { chosen, returned, trouble, done } = shown;
        let page = ReportPage {
            title,
            lead,
            back,
            path,
            way,
            ways,
            also,
            doubted,
            names_people,
            desk,
            chosen,
            returned,
            trouble,
            done,
            validity,
        };
        private(status, pages::report(&self.site, page))
    }

    /// What came back from one of its forms.
    pub async fn send(self, state: &AccountState, form: Pairs) -> Response {
        let typed = forms::plain(Typed(form.0));
        let offer = typed.get("angebot").parse().ok().map(OfferId);
        match (typed.get("was"), offer) {
            ("alle", _) => self.confirm_all(state, &typed).await,
            ("gleich", Some(offer)) => self.confirm(state, offer, &typed).await,
            ("melden", Some(offer)) => self.say(state, offer, typed).await,
            (step @ ("mehr" | "weniger"), Some(offer)) => {
                let typed = forms::step(typed.clone(), step == "mehr");
                let returned = Some(Returned { offer, typed, problems: Vec::new() });
                self.page(state, StatusCode::OK, Shown { returned, ..Shown::default() }).await
            }
            ("gleich" | "melden" | "mehr" | "weniger", None) => {
                self.page(state, StatusCode::NOT_FOUND, Shown::trouble(NO_OFFER)).await
            }
            _ => self.page(state, StatusCode::UNPROCESSABLE_ENTITY, Shown::trouble(NO_CHOICE)).await,
        }
    }

    async fn confirm_all(self, state: &AccountState, typed: &Typed) -> Response {
        let mut news = Vec::new();
        for stand in typed.all("stand") {
            let read = stand
                .split_once('.')
                .and_then(|(offer, seen)| Some((OfferId(offer.parse().ok()?), seen.parse::<i64>().ok()?)));
            let Some((offer, seen)) = read else {
                return self.page(state, StatusCode::NOT_FOUND, Shown::trouble(NO_OFFER)).await;
            };
            news.push(News { offer, seen: Seen::Report(Some(seen)), said: Said::Same });
        }
        if news.is_empty() {
            return self.page(state, StatusCode::UNPROCESSABLE_ENTITY, Shown::trouble(NO_CHOICE)).await;
        }
        match state.capacity.report(&self.reporter, news).await {
            Ok(_) => self.thanks(None),
            Err(error) => self.refused(state, error).await,
        }
    }

    async fn confirm(self, state: &AccountState, offer: OfferId, typed: &Typed) -> Response {
        let news = vec![News { offer, seen: seen(typed), said: Said::Same }];
        match state.capacity.report(&self.reporter, news).await {
            Ok(_) => self.thanks(Some(offer)),
            Err(error) => self.refused(state, error).await,
        }
    }

    async fn say(self, state: &AccountState, id: OfferId, typed: Typed) -> Response {
        let portal = state.http.backend.portal();
        let desk = match state.capacity.desk(&self.reporter).await {
            Ok(desk) => desk,
            Err(error) => return wrong(state, &error),
        };
        let Some(offer) = find(&desk, id) else {
            return self.page(state, StatusCode::NOT_FOUND, Shown::trouble(NO_OFFER)).await;
        };
        let said = match forms::read(&typed, forms::Kind::of(offer, &portal.taxonomy)) {
            Ok(said) => said,
            Err(problems) => {
                let returned = Some(Returned { offer: id, typed, problems });
                let shown = Shown { returned, ..Shown::default() };
                return self.page(state, StatusCode::UNPROCESSABLE_ENTITY, shown).await;
            }
        };
        let statement: Statement = said.statement.clone();
        let news = vec![News { offer: id, seen: seen(&typed), said: Said::New(statement) }];
        let (status, problems, trouble) = match state.capacity.report(&self.reporter, news).await {
            Ok(_) => return self.thanks(Some(id)),
            Err(CapacityError::Faults(faults)) => {
                let faults: Vec<_> = faults.into_iter().map(|(_, fault)| fault).collect();
                (StatusCode::UNPROCESSABLE_ENTITY, said.problems(&faults), None)
            }
            // What was typed stays beside what is known now: sending it again means it.
            Err(CapacityError::Conflict(_)) => (StatusCode::CONFLICT, Vec::new(), Some(CHANGED)),
            Err(error) => return self.refused(state, error).await,
        };
        let returned = Some(Returned { offer: id, typed, problems });
        self.page(state, status, Shown { returned, trouble, ..Shown::default() }).await
    }

    /// Back to the screen, which says what was done.
    fn thanks(self, offer: Option<OfferId>) -> Response {
        let Frame { path, way, .. } = self.frame;
        let way = way.map(|(name, value)| format!("&{name}={value}")).unwrap_or_default();
        let about = offer.map(|offer| format!("&angebot={offer}")).unwrap_or_default();
        let part = offer.map(|offer| format!("#{}", pages::anchor(offer))).unwrap_or_default();
        go(&format!("{path}?getan=gemeldet{about}{way}{part}"))
    }

    /// Nothing was reported, and no field is to blame.
    async fn refused(self, state: &AccountState, error: CapacityError) -> Response {
        let (status, text) = match error {
            CapacityError::Gone(_) => (StatusCode::NOT_FOUND, NO_OFFER),
            CapacityError::Conflict(_) => (StatusCode::CONFLICT, CHANGED),
            CapacityError::Twice(_) => (StatusCode::UNPROCESSABLE_ENTITY, NO_CHOICE),
            CapacityError::Faults(_) => (StatusCode::UNPROCESSABLE_ENTITY, NOT_THE_SAME),
            CapacityError::LinkOver => {
                return private(StatusCode::GONE, pages::worn_link(&self.site, WornLink::Over));
            }
            error => return wrong(state, &error),
        };
        self.page(state, status, Shown::trouble(text)).await
    }
}

/// The number of the report that the form has shown. What is no number was shown by no form of ours.
fn seen(typed: &Typed) -> Seen {
    match typed.get("gesehen") {
        "" => Seen::Report(None),
        text => Seen::Report(Some(text.parse().unwrap_or(-1))),
    }
}

pub(in crate::http::account) fn find(desk: &Desk, id: OfferId) -> Option<&Offer> {
    desk.facilities.iter().flat_map(|view| &view.facility.offers).find(|offer| offer.id == id)
}
