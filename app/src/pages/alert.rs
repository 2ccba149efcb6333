//! `/benachrichtigen`: a wish to be told, without an account and without a cookie. Plain forms.

use leptos::{prelude::*, tachys::view::any_view::AnyView};
use time::OffsetDateTime;

use super::head;
use crate::{
    components::{
        fields::{Fields, Line},
        form::{self, Problem},
    },
    domain::{alert::Alert, search::SearchQuery},
    forms::Typed,
    routes,
    shell::{Head, Site, document},
    text::{account::outbox_note, alert as words, dates, letters::FreedOffer, summary},
};

/// The name of a field that nobody sees and only programs fill in.
pub const TRAP: &str = "homepage";

/// What the form shows.
#[derive(Clone, Debug)]
pub struct AlertForm {
    /// What is watched.
    pub query: SearchQuery,
    /// The same in words.
    pub words: String,
    /// A place of it that nobody knows, in a sentence.
    pub unknown_place: Option<String>,
    /// The search was for certain days, which are not looked at.
    pub leaves_days_out: bool,
    pub typed: Typed,
    pub problems: Vec<Problem>,
}

/// An alert behind a link.
#[derive(Clone, Debug)]
pub struct AlertRow {
    pub words: String,
    /// When it ends; `None`: it waits to be confirmed.
    pub ends_at: Option<OffsetDateTime>,
    /// Some of what is free already.
    pub free: Vec<FreedOffer>,
    /// How many more there are.
    pub more: usize,
    /// The results with what is free alone.
    pub results: String,
}

fn page(site: &Site, title: &str, main: impl FnOnce() -> AnyView) -> String {
    document(site, Head { noindex: true, ..head(title) }, main)
}

fn privacy() -> AnyView {
    view! {
        <p class="account__small">
            <a href=routes::legal("datenschutz")>"Datenschutz"</a>
        </p>
    }
    .into_any()
}

/// Asks for the address.
pub fn alert(site: &Site, shown: AlertForm) -> String {
    let AlertForm { query, words, unknown_place, leaves_days_out, typed, problems } = shown;
    let title = "Benachrichtigen, wenn etwas frei wird";
    let page_title = if problems.is_empty() { title.to_owned() } else { format!("Fehler: {title}") };
    let unknown: Vec<String> = query.unknown.iter().map(summary::unknown).chain(unknown_place).collect();
    page(site, &page_title, move || {
        let back = view! {
            <p class="back">
                <a href=routes::search(&query)>"Zurück zu den Ergebnissen"</a>
            </p>
        };
        if !unknown.is_empty() {
            let notes = unknown.into_iter().map(|text| view! { <p class="note">{text}</p> }).collect_view();
            return view! {
                <div class="wrap narrow account">
                    {back}
                    <h1>{title}</h1>
                    {notes}
                    <p>"Wir wüssten nicht, wovon wir Ihnen schreiben sollen. Bitte ändern Sie zuerst Ihre Suche."</p>
                </div>
            }
            .into_any();
        }
        let fields = Fields { typed: &typed, problems: &problems };
        let (days, most) = (Alert::DAYS, Alert::MOST);
        let kept = format!(
            "Wir speichern Ihre E-Mail-Adresse und diese Suche, sonst nichts: {days} Tage lang oder bis Sie die Benachrichtigung beenden. Dann löschen wir beides."
        );
        let how = format!(
            "In jeder E-Mail ist ein Link, mit dem Sie sie sofort beenden. Für eine Adresse sind {most} Benachrichtigungen möglich."
        );
        view! {
            <div class="wrap narrow account">
                {back}
                <h1>{title}</h1>
                <p class="lead">{words}</p>
                {leaves_days_out
                    .then(|| {
                        view! {
                            <p class="note">
                                "Wir schreiben, sobald überhaupt etwas frei ist. Ob es zu Ihren Tagen passt, erfahren Sie am Telefon."
                            </p>
                        }
                    })}
                <p>
                    "Sobald dazu ein freier Platz gemeldet wird, schreiben wir Ihnen. Zuerst bekommen Sie eine E-Mail mit einem Link, um das zu bestätigen."
                </p>
                {form::summary(&problems)}
                <form class="form" method="post" action=routes::ALERTS novalidate>
                    <input type="hidden" name="suche" value=routes::query_string(&query) />
                    {fields
                        .line(
                            "email",
                            "Ihre E-Mail-Adresse",
                            Line { kind: Some("email"), autocomplete: Some("email"), ..Line::default() },
                        )}
                    <div hidden>
                        <label for=TRAP>"Bitte leer lassen"</label>
                        <input id=TRAP name=TRAP type="text" tabindex="-1" autocomplete="off" />
                    </div>
                    <p>{kept}</p>
                    <p>{how}</p>
                    {form::submit("Link zum Bestätigen schicken")}
                </form>
                <p>
                    <a href=routes::ALERTS_END>"Benachrichtigungen beenden"</a>
                </p>
                {privacy()}
            </div>
        }
        .into_any()
    })
}

/// The same for every address.
pub fn alert_sent(site: &Site) -> String {
    let portal = site.portal.clone();
    page(site, "E-Mail ist unterwegs", move || {
        view! {
            <div class="wrap narrow account">
                <h1>"Bitte sehen Sie in Ihr Postfach"</h1>
                <p class="lead">"Wir haben Ihnen geschrieben, wie es weitergeht."</p>
                <p>
                    "Kommt in einer Viertelstunde nichts an? Sehen Sie bitte auch im Ordner für unerwünschte E-Mails nach. An eine Adresse schreiben wir nur wenige Male hintereinander."
                </p>
                {outbox_note(&portal).map(|text| view! { <p>{text} " " <a href=routes::OUTBOX>"Zum Postausgang"</a></p> })}
                <p>
                    <a href=routes::START>"Zur Startseite"</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// Asks for the address whose alerts are to end.
pub fn end_alerts(site: &Site, typed: Typed, problems: Vec<Problem>) -> String {
    let title = "Benachrichtigungen beenden";
    let page_title = if problems.is_empty() { title.to_owned() } else { format!("Fehler: {title}") };
    page(site, &page_title, move || {
        let fields = Fields { typed: &typed, problems: &problems };
        view! {
            <div class="wrap narrow account">
                <h1>{title}</h1>
                <p class="lead">
                    "Am schnellsten geht es mit dem Link in einer unserer E-Mails. Haben Sie keine mehr? Dann schicken wir Ihnen einen neuen Link."
                </p>
                {form::summary(&problems)}
                <form class="form" method="post" action=routes::ALERTS_END novalidate>
                    {fields
                        .line(
                            "email",
                            "Ihre E-Mail-Adresse",
                            Line { kind: Some("email"), autocomplete: Some("email"), ..Line::default() },
                        )}
                    {form::submit("Link schicken")}
                </form>
                {privacy()}
            </div>
        }
        .into_any()
    })
}

/// What a link is for: alerts to confirm, to see and to end. To open it changes nothing.
pub fn alert_link(site: &Site, action: String, rows: Vec<AlertRow>, problem: Option<String>) -> String {
    let waits = rows.iter().any(|row| row.ends_at.is_none());
    let title = if waits { "Benachrichtigung bestätigen" } else { "Ihre Benachrichtigungen" };
    page(site, title, move || {
        let lead = if waits {
            "Drücken Sie auf „Bestätigen“. Vorher schreiben wir Ihnen nicht."
        } else {
            "Wir schreiben Ihnen, sobald etwas frei gemeldet wird."
        };
        let is_one = rows.len() == 1;
        let list = rows.into_iter().map(one).collect_view();
        let confirm = waits.then(|| {
            view! {
                <form class="form" method="post" action=action.clone()>
                    <input type="hidden" name="was" value="bestaetigen" />
                    {form::submit("Bestätigen")}
                </form>
            }
        });
        let end = if is_one { "Diese Benachrichtigung beenden" } else { "Diese Benachrichtigungen beenden" };
        let ends = [("beenden", end), ("alle", "Alle Benachrichtigungen für meine Adresse beenden")]
            .into_iter()
            .map(|(what, text)| {
                view! {
                    <form class="form" method="post" action=action.clone()>
                        <input type="hidden" name="was" value=what />
                        <button type="submit" class="kern-btn kern-btn--secondary">
                            <span class="kern-label">{text}</span>
                        </button>
                    </form>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                <h1>{title}</h1>
                {problem.map(|text| view! { <p class="account__notice" role="alert">{text}</p> })}
                <p class="lead">{lead}</p>
                {list}
                {confirm}
                <h2>"Beenden"</h2>
                <p>"Wenn Sie eine Benachrichtigung beenden, löschen wir die Suche. Mit der letzten löschen wir auch Ihre Adresse."</p>
                {ends}
                {privacy()}
            </div>
        }
        .into_any()
    })
}

fn one(row: AlertRow) -> AnyView {
    let ends = row.ends_at.map(|ends| {
        let day = dates::full_date(dates::berlin(ends).date());
        view! { <p>{format!("Endet von selbst am {day}.")}</p> }
    });
    let is_free = !row.free.is_empty();
    let free = row
        .free
        .into_iter()
        .map(|offer| {
            let said = format!(" ({}): {}, {}", offer.offer, offer.light, offer.reported);
            view! { <li><a href=offer.path>{offer.facility}</a> {said}</li> }
        })
        .collect_view();
    let more = (row.more > 0).then(|| view! { <p><a href=row.results>{words::more(row.more)}</a></p> });
    view! {
        <section>
            <h2>{row.words}</h2>
            {ends}
            {is_free
                .then(|| {
                    view! {
                        <p>"Jetzt schon frei:"</p>
                        <ul>{free}</ul>
                        {more}
                    }
                })}
        </section>
    }
    .into_any()
}

/// It is over and deleted.
pub fn alerts_ended(site: &Site) -> String {
    plain(
        site,
        "Beendet",
        "Die Benachrichtigung ist beendet",
        "Wir schreiben Ihnen nicht mehr. Was wir dafür gespeichert hatten, ist gelöscht.",
    )
}

/// A link that is good no more.
pub fn worn_alert_link(site: &Site) -> String {
    plain(
        site,
        "Link gilt nicht mehr",
        "Dieser Link gilt nicht mehr",
        "Die Benachrichtigung ist beendet oder wurde nicht rechtzeitig bestätigt. Dann ist nichts mehr gespeichert. Ist der Link vielleicht nicht vollständig im Browser angekommen?",
    )
}

fn plain(site: &Site, title: &str, heading: &'static str, text: &'static str) -> String {
    page(site, title, move || {
        view! {
            <div class="wrap narrow account">
                <h1>{heading}</h1>
                <p class="lead">{text}</p>
                <p>
                    <a class="kern-btn kern-btn--secondary" href=routes::SEARCH>
                        <span class="kern-label">"Zur Suche"</span>
                    </a>
                </p>
            </div>
        }
        .into_any()
    })
}
