//! `/redaktion/{organization}/meldelinks`: the links that report for an organization, and the card with a new one.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::page;
use crate::{
    components::{
        fields::{Fields, Line, inside_textarea},
        form::{self, Problem},
        qr::Qr,
    },
    domain::{ids::Slug, now::Now, organization::Organization, portal::Portal, report_link::ReportLink},
    forms::Typed,
    pages::editing::back,
    routes,
    shell::Site,
    text::dates,
};

/// What the list shows.
#[derive(Clone, Debug)]
pub struct LinksPage {
    pub organization: Organization,
    pub links: Vec<ReportLink>,
    /// Those a link can be sent to: id and name. Empty where the portal writes no mail.
    pub people: Vec<(String, String)>,
    /// What was typed for a card.
    pub typed: Typed,
    pub problems: Vec<Problem>,
    pub done: Option<&'static str>,
    pub now: Now,
}

/// All links of an organization.
pub fn links(site: &Site, shown: LinksPage) -> String {
    page(site, "Melde-Links und Karten", !shown.problems.is_empty(), move || {
        let LinksPage { organization, links, people, typed, problems, done, now } = shown;
        let slug = organization.slug.clone();
        let fields = Fields { typed: &typed, problems: &problems };
        let (on, off): (Vec<_>, Vec<_>) = links.into_iter().partition(|link| link.holds_at(now.instant));
        let (mails, cards): (Vec<_>, Vec<_>) = on.into_iter().partition(|link| link.recipient.is_some());
        let no_cards = cards.is_empty();
        let no_mails = mails.is_empty();
        let rows =
            |links: Vec<ReportLink>| -> Vec<_> { links.iter().map(|link| row(link, &slug, now)).collect() };
        let (cards, mails, off) = (rows(cards), rows(mails), rows(off));
        let hint = "Wo die Karte liegt oder wer sie hat, zum Beispiel: Büro. Der Name steht später bei jeder Meldung.";
        view! {
            <div class="wrap narrow account">
                {back("Zur Meldung".to_owned(), routes::report(&slug))}
                <h1>"Melde-Links und Karten"</h1>
                <p class="lead">
                    {format!("Wer einen solchen Link hat, meldet ohne Passwort freie Plätze für {} und kann sonst nichts.", organization.name)}
                </p>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {form::summary(&problems)}
                <section aria-labelledby="karten">
                    <h2 id="karten">"Karten"</h2>
                    <p class="account__small">"Mit QR-Code zum Ausdrucken. Sie gelten, bis Sie sie abschalten."</p>
                    {no_cards.then(|| view! { <p>"Noch gibt es keine Karte."</p> })}
                    <ul class="account__sessions">{cards}</ul>
                    <form class="form" method="post" action=routes::report_card(&slug) novalidate>
                        {fields.line("name", "Name der neuen Karte", Line { hint: Some(hint), ..Line::default() })}
                        {form::submit("Karte anlegen")}
                    </form>
                </section>
                <section aria-labelledby="mails">
                    <h2 id="mails">"Links in E-Mails"</h2>
                    <p class="account__small">"Jede Erinnerung enthält einen Link für die Person, an die sie geht. Er gilt 30 Tage. Wurde eine E-Mail weitergeleitet, schalten Sie den Link hier ab."</p>
                    {no_mails.then(|| view! { <p>"Zurzeit gilt kein Link aus einer E-Mail."</p> })}
                    <ul class="account__sessions">{mails}</ul>
                    {(!people.is_empty())
                        .then(|| {
                            view! {
                                <form class="form" method="post" action=routes::send_report_link(&slug) novalidate>
                                    {fields.select("person", "Einen Link schicken an", None, people)}
                                    {form::submit("Link schicken")}
                                </form>
                            }
                        })}
                </section>
                {(!off.is_empty())
                    .then(|| {
                        view! {
                            <section aria-labelledby="vorbei">
                                <h2 id="vorbei">"Gelten nicht mehr"</h2>
                                <ul class="account__sessions">{off}</ul>
                            </section>
                        }
                    })}
            </div>
        }
        .into_any()
    })
}

/// What a link is called: by its card, or by whom it was sent to.
fn name_of(link: &ReportLink) -> String {
    match &link.recipient {
        Some((_, name)) => format!("E-Mail an {name}"),
        None => format!("Karte „{}“", link.label),
    }
}

fn row(link: &ReportLink, slug: &Slug, now: Now) -> AnyView {
    let today = now.berlin_date;
    let day = |at| dates::date(dates::berlin(at).date(), today);
    let holds = link.holds_at(now.instant);
    let used = link
        .used_at
        .map_or("noch nie benutzt".to_owned(), |at| format!("zuletzt benutzt {}", dates::ago(at, today)));
    let end = match (link.revoked_at, link.expires_at) {
        (Some(at), _) => format!("abgeschaltet am {}", day(at)),
        (None, Some(at)) if holds => format!("gilt bis {}", day(at)),
        (None, Some(at)) => format!("abgelaufen am {}", day(at)),
        (None, None) => "gilt, bis Sie sie abschalten".to_owned(),
    };
    let name = name_of(link);
    let about = name.clone();
    let id = link.id.to_string();
    let action = routes::revoke_report_link(slug);
    let switch = holds.then(move || {
        view! {
            <details class="danger">
                <summary>"Abschalten"<span class="unseen">{format!(": {about}")}</span></summary>
                <p>"Danach meldet niemand mehr mit diesem Link. Das lässt sich nicht rückgängig machen; einen neuen gibt es jederzeit."</p>
                <form method="post" action=action>
                    <input type="hidden" name="link" value=id />
                    <button type="submit" class="kern-btn kern-btn--secondary">
                        <span class="kern-label">"Ja, abschalten"</span>
                        <span class="unseen">{format!(": {about}")}</span>
                    </button>
                </form>
            </details>
        }
    });
    view! {
        <li class="account__session">
            <div>
                <p>{name}</p>
                <p class="account__small">{format!("angelegt am {} · {used} · {end}", day(link.created_at))}</p>
            </div>
            {switch}
        </li>
    }
    .into_any()
}

/// A card that was just made.
#[derive(Clone, Debug)]
pub struct CardPage {
    pub organization: Organization,
    pub label: String,
    /// The whole address, with its secret.
    pub address: String,
}

/// The card, to print. What it holds is shown this once.
pub fn card(site: &Site, shown: CardPage) -> String {
    let portal = site.portal.clone();
    page(site, "Meldekarte", false, move || {
        let CardPage { organization, label, address } = shown;
        let short = format!("Freie Plätze melden für {}: {address}", organization.name);
        view! {
            <div class="wrap narrow account">
                {back("Zu den Melde-Links".to_owned(), routes::report_links(&organization.slug))}
                <h1>"Ihre Meldekarte"</h1>
                <p class="lead report-card__hint">
                    "Drucken Sie die Karte jetzt aus. Zur Sicherheit zeigen wir den Link nur dieses eine Mal. Eine neue Karte können Sie jederzeit anlegen."
                </p>
                {paper(&organization, label, address, &portal)}
                <section class="report-card__short" aria-labelledby="kurztext">
                    <h2 id="kurztext">"Kurztext"</h2>
                    <p id="kurztext-hinweis">"Zum Kopieren in eine SMS oder Nachricht. Schicken Sie ihn nur an Menschen, die für Sie melden."</p>
                    <label class="kern-sr-only" for="kurztext-feld">
                        "Kurztext mit Link"
                    </label>
                    <textarea id="kurztext-feld" class="kern-form-input__input" rows="4" readonly aria-describedby="kurztext-hinweis">
                        {inside_textarea(&short)}
                    </textarea>
                </section>
            </div>
        }
        .into_any()
    })
}

/// What is printed.
fn paper(organization: &Organization, label: String, address: String, portal: &Portal) -> AnyView {
    let call = portal
        .advice_centre
        .as_ref()
        .map_or_else(|| portal.county.clone(), |centre| format!("{}, {}", centre.name, centre.phone));
    view! {
        <section class="report-card" aria-labelledby="karte">
            <h2 id="karte">"Freie Plätze melden"</h2>
            <p>{organization.name.clone()} " · " {label}</p>
            <Qr text=address.clone() label="QR-Code mit dem Link zur Meldung" />
            <ol class="report-card__steps">
                <li>"Code mit der Kamera des Telefons öffnen."</li>
                <li>"„Unverändert bestätigen“ antippen oder neue Zahlen eingeben."</li>
                <li>"Fertig. Kein Passwort."</li>
            </ol>
            <p class="report-card__address">{address}</p>
            <p>{format!("Fragen: {call}. Karte verloren? Die Leitung Ihrer Einrichtung schaltet sie ab.")}</p>
        </section>
    }
    .into_any()
}
