//! `/redaktion/{organization}/schnittstelle`: how programs report what is free, and tables of the same.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{back, page};
use crate::{
    components::{
        fields::{Fields, Line},
        form::{self, Problem},
    },
    domain::{
        api_token::{ApiToken, TokenState},
        ids::{FacilityId, OfferId, Slug},
        now::Now,
    },
    forms::Typed,
    routes,
    shell::Site,
    text::dates,
};

/// Where programs and tables of an organization are seen to.
#[derive(Clone, Debug)]
pub struct InterfacePage {
    pub organization: Slug,
    pub name: String,
    /// For whoever leads the team.
    pub accesses: Option<Accesses>,
    /// An offer for the example.
    pub example: Option<OfferId>,
    pub typed: Typed,
    pub problems: Vec<Problem>,
    pub done: Option<&'static str>,
    pub now: Now,
}

/// What whoever leads the team sees of accesses.
#[derive(Clone, Debug)]
pub struct Accesses {
    pub tokens: Vec<ApiToken>,
    /// Facilities that an access may be for.
    pub facilities: Vec<(FacilityId, String)>,
}

/// Tables, programs, and their accesses.
pub fn interface(site: &Site, shown: InterfacePage) -> String {
    let base_url = site.portal.base_url.clone();
    page(site, "Tabellen und Programme", !shown.problems.is_empty(), move || {
        let InterfacePage { organization, name, accesses, example, typed, problems, done, now } = shown;
        let fields = Fields { typed: &typed, problems: &problems };
        let accesses = accesses.map(|all| self::accesses(fields, all, &organization, now));
        view! {
            <div class="wrap narrow account">
                {back("Zu Ihren Einrichtungen".to_owned(), routes::EDITING.to_owned())}
                <h1>{format!("Tabellen und Programme: {name}")}</h1>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {form::summary(&problems)}
                <p class="lead">
                    "Ihre Software kann freie Plätze selbst melden: mit einer Tabelle, die Sie hier hochladen, oder von selbst, mit einem eigenen Zugang."
                </p>
                {table(fields, &organization)}
                {programs(&base_url, example)}
                {accesses}
            </div>
        }
        .into_any()
    })
}

fn table(fields: Fields<'_>, organization: &Slug) -> AnyView {
    let hint = "Als CSV, höchstens 1.000 Zeilen. Aus Excel: „Speichern unter“, dann „CSV UTF-8“.";
    view! {
        <section aria-labelledby="tabelle">
            <h2 id="tabelle">"Tabelle hochladen"</h2>
            <p>
                "Jede Zeile ist ein Angebot. Nehmen Sie die "
                <a href=routes::interface_step(organization, "vorlage.csv") download>"Vorlage mit Ihren Angeboten"</a>
                ", oder geben Sie den Spalten Ihrer Software dieselben Namen. Lassen Sie Zellen leer, zu denen Sie nichts sagen. Leere Zeilen melden nichts. Zuerst sehen Sie, was gemeldet würde."
            </p>
            <form class="form" method="post" action=routes::capacity_table(organization) enctype="multipart/form-data">
                {fields.file("datei", "Tabelle", Some(hint), ".csv,text/csv")}
                {form::submit("Prüfen, ohne zu melden")}
            </form>
        </section>
    }
    .into_any()
}

fn programs(base_url: &str, example: Option<OfferId>) -> AnyView {
    let offer = example.map_or_else(|| "ANGEBOT-ID".to_owned(), |id| id.to_string());
    let address = routes::API_OFFER_CAPACITY.replace("{id}", &offer);
    let call = format!(
        "curl -X PUT {base_url}{address} \\\n  -H 'Authorization: Bearer kl_…' \\\n  -H 'Content-Type: application/json' \\\n  -d '{{\"free_now\": 2}}'"
    );
    view! {
        <section aria-labelledby="programme">
            <h2 id="programme">"Programme"</h2>
            <p>
                "Für die Menschen, die Ihre Software betreuen: So meldet ein Programm zwei freie Plätze. Die "
                <a href=routes::API_DESCRIPTION>"Beschreibung der Schnittstelle (OpenAPI)"</a>
                " nennt alles andere, auch viele Angebote in einem Aufruf."
            </p>
            <pre class="account__call" tabindex="0" role="region" aria-label="Beispiel für einen Aufruf">
                <code>{call}</code>
            </pre>
        </section>
    }
    .into_any()
}

fn accesses(fields: Fields<'_>, all: Accesses, organization: &Slug, now: Now) -> AnyView {
    let Accesses { tokens, facilities } = all;
    let is_empty = tokens.is_empty();
    let rows = tokens.into_iter().map(|token| row(token, organization, now)).collect_view();
    let mut scopes = vec![(String::new(), "alle Einrichtungen".to_owned())];
    scopes.extend(facilities.into_iter().map(|(id, name)| (id.to_string(), name)));
    let name_hint = Line {
        hint: Some("Zum Beispiel: Heimsoftware. Der Name steht an jeder Meldung."),
        ..Line::default()
    };
    view! {
        <section aria-labelledby="zugaenge">
            <h2 id="zugaenge">"Zugänge für Programme"</h2>
            <p>
                "Mit einem Zugang kann ein Programm freie Plätze melden, sonst nichts. Er gilt, bis Sie ihn abschalten, und nur solange die Person, die ihn angelegt hat, bei Ihnen zur Leitung oder Redaktion gehört."
            </p>
            {is_empty.then(|| view! { <p>"Noch gibt es keinen Zugang. Unten legen Sie einen an."</p> })}
            <ul class="account__sessions">{rows}</ul>
            <h3>"Zugang anlegen"</h3>
            <form class="form" method="post" action=routes::interface_step(organization, "zugang")>
                {fields.line("name", "Name des Programms", name_hint)}
                {fields.select("einrichtung", "Gilt für", None, scopes)}
                {form::submit("Zugang anlegen")}
            </form>
        </section>
    }
    .into_any()
}

fn row(token: ApiToken, organization: &Slug, now: Now) -> AnyView {
    let state = token.state();
    let scope = token.facility.as_ref().map_or("alle Einrichtungen", |(_, name)| name).to_owned();
    let maker = token.maker.as_ref().map_or("einer Person, die nicht mehr dabei ist", |maker| &maker.name);
    let made = format!("{scope} · angelegt {} von {maker}", dates::ago(token.created_at, now.berlin_date));
    let used = match token.used_at {
        Some(at) => format!("zuletzt benutzt: {}", dates::exact(at)),
        None => "noch nie benutzt".to_owned(),
    };
    let (badge, words) = match state {
        TokenState::Good => ("badge badge--good", "gilt"),
        TokenState::Revoked => ("badge", "abgeschaltet"),
        TokenState::MakerLeft => ("badge badge--urgent", "gilt nicht mehr"),
    };
    let why = (state == TokenState::MakerLeft).then(|| {
        view! {
            <p class="account__small">
                "Wer den Zugang angelegt hat, gehört nicht mehr zur Leitung oder Redaktion. Legen Sie einen neuen an."
            </p>
        }
    });
    let off = (state != TokenState::Revoked).then(|| {
        view! {
            <details class="danger">
                <summary>"Abschalten"<span class="unseen">{format!(": {}", token.name)}</span></summary>
                <p>"Danach kann das Programm nichts mehr melden. Das lässt sich nicht rückgängig machen; einen neuen Zugang gibt es jederzeit."</p>
                <form method="post" action=routes::interface_step(organization, "abschalten")>
                    <input type="hidden" name="zugang" value=token.id.to_string() />
                    <button type="submit" class="kern-btn kern-btn--secondary">
                        <span class="kern-label">"Ja, abschalten"</span>
                        <span class="unseen">{format!(": {}", token.name)}</span>
                    </button>
                </form>
            </details>
        }
    });
    view! {
        <li class="account__session">
            <div>
                <p>
                    {token.name.clone()}
                    " "
                    <span class=badge>{words}</span>
                </p>
                <p class="account__small">{made}</p>
                <p class="account__small">{used}</p>
                {why}
            </div>
            {off}
        </li>
    }
    .into_any()
}

/// A new access, with its secret, which nobody sees again.
pub fn new_access(site: &Site, organization: &Slug, name: &str, secret: &str) -> String {
    let (organization, name, secret) = (organization.clone(), name.to_owned(), secret.to_owned());
    page(site, "Der Zugang ist angelegt", false, move || {
        view! {
            <div class="wrap narrow account">
                <h1>"Der Zugang ist angelegt"</h1>
                <p class="lead">
                    {format!("Übernehmen Sie den Zugang „{name}“ jetzt in Ihr Programm. Er wird nur dieses eine Mal gezeigt.")}
                </p>
                <p class="account__secret">{secret}</p>
                <p>"Behandeln Sie ihn wie ein Passwort: nicht in E-Mails, nicht in Quelltexten."</p>
                <p>
                    <a href=routes::interface(&organization)>"Zurück zu Tabellen und Programmen"</a>
                </p>
            </div>
        }
        .into_any()
    })
}
