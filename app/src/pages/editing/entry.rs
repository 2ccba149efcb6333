//! `/redaktion/eintraege/{slug}`: an entry as a list of tasks, and what is done with its draft.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{action, back, badges, page};
use crate::{
    components::{
        fields::{Fields, Line},
        form,
    },
    domain::{
        draft::{Draft, DraftState, Entry},
        facility::{Facility, Visibility},
        now::Now,
        offer::Source,
        organization::Organization,
        portal::Portal,
    },
    forms::{Part, Typed},
    routes,
    shell::Site,
    text::{dates, editing as words},
};

/// What the page of an entry shows.
#[derive(Clone, Debug)]
pub struct EntryPage {
    pub entry: Entry,
    /// Somebody of the county looks at it.
    pub is_county: bool,
    /// Who may run it, for the county.
    pub organizations: Vec<Organization>,
    pub done: Option<&'static str>,
    /// What stands in the way of submitting it, where that was tried.
    pub obstacles: Vec<(Part, &'static str)>,
    /// The note that was typed then.
    pub note: String,
    pub now: Now,
}

/// An entry, as those see it who edit it.
pub fn entry(site: &Site, shown: EntryPage) -> String {
    let portal = site.portal.clone();
    let title = shown.entry.current().name.clone();
    page(site, &title, !shown.obstacles.is_empty(), move || {
        let EntryPage { entry, is_county, organizations, done, obstacles, note, now } = shown;
        let is_new = entry.live.visibility == Visibility::Draft;
        // What was just done says the same, but for a reason.
        let says_more =
            done.is_none() || entry.draft.as_ref().is_some_and(|draft| draft.state == DraftState::Returned);
        let state = entry.draft.as_ref().map(|draft| draft.state);
        let is_locked = entry.is_submitted() && !is_county;
        let facility = entry.current().clone();
        let (way, to) = if is_county {
            ("Zum Landkreis", routes::COUNTY)
        } else {
            ("Zu Ihren Einrichtungen", routes::EDITING)
        };
        view! {
            <div class="wrap narrow account">
                {back(way.to_owned(), to.to_owned())}
                <h1>{facility.name.clone()}</h1>
                <p>{badges(entry.live.visibility, state)}</p>
                {done.map(|text| view! { <p class="account__notice" role="status">{text}</p> })}
                {blocked(&entry, &obstacles)}
                {entry.draft.as_ref().filter(|_| says_more).map(|draft| standing(draft, is_new, now))}
                <Tasks facility=facility.clone() is_locked portal=(*portal).clone() />
                <Hints facility slug=entry.live.slug.clone() is_locked />
                <Steps entry=entry.clone() is_county note now />
                {is_county.then(|| super::county_reports(&entry.live))}
                {is_county.then(|| listing(&entry, organizations))}
            </div>
        }
        .into_any()
    })
}

/// What has to be mended before it can be submitted.
fn blocked(entry: &Entry, obstacles: &[(Part, &'static str)]) -> Option<AnyView> {
    let slug = &entry.live.slug;
    let rows: Vec<_> = obstacles
        .iter()
        .map(|(part, text)| {
            view! {
                <li>
                    <a href=routes::entry_step(slug, &part.segment())>{*text}</a>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <div class="form__summary" role="alert" aria-labelledby="fehler" tabindex="-1">
                <h2 id="fehler">"Das fehlt noch"</h2>
                <ul>{rows}</ul>
            </div>
        }
        .into_any()
    })
}

/// What is going on with the draft, and what comes next.
fn standing(draft: &Draft, is_new: bool, now: Now) -> AnyView {
    let by = draft.author.as_ref().and_then(|author| author.name.clone());
    let by = by.map(|name| format!(" von {name}")).unwrap_or_default();
    let changed = dates::ago(draft.changed_at, now.berlin_date);
    let text = match draft.state {
        DraftState::Editing if is_new => {
            format!(
                "Entwurf, zuletzt geändert {changed}{by}. Noch ist nichts öffentlich. Reichen Sie ihn ein, wenn er fertig ist."
            )
        }
        DraftState::Editing => format!(
            "Entwurf, zuletzt geändert {changed}{by}. Öffentlich ist noch der Stand von vorher. Reichen Sie ihn ein, wenn er fertig ist."
        ),
        DraftState::Submitted => format!(
            "Eingereicht{by}, {}. Der Landkreis prüft die Angaben. Sie bekommen eine E-Mail.",
            dates::ago(draft.submitted_at.unwrap_or(draft.changed_at), now.berlin_date)
        ),
        DraftState::Returned => "Der Landkreis hat den Entwurf zurückgegeben:".to_owned(),
    };
    let reason = draft.reason.clone().filter(|_| draft.state != DraftState::Submitted);
    view! {
        <div class="account__notice">
            <p>{text}</p>
            {reason.map(|reason| view! { <blockquote class="prose reason">{reason}</blockquote> })}
        </div>
    }
    .into_any()
}

/// Every part with what it holds.
#[component]
fn Tasks(
    facility: Facility,
    /// The county has it: nothing can be changed.
    is_locked: bool,
    portal: Portal,
) -> impl IntoView {
    let slug = facility.slug.clone();
    let row = |part: Part, title: String, about: String| {
        let title = if is_locked {
            title.into_any()
        } else {
            view! { <a href=routes::entry_step(&slug, &part.segment())>{title}</a> }.into_any()
        };
        view! {
            <li class="account__session">
                <div>
                    <p>{title}</p>
                    <p class="account__small">{about}</p>
                </div>
            </li>
        }
    };
    let fixed = Part::FIXED.map(|part| {
        let (title, about) = words::part(part);
        row(part, title.to_owned(), about.to_owned())
    });
    let offers: Vec<_> = facility
        .offers
        .iter()
        .map(|offer| {
            let name = portal.taxonomy.name_of(&offer.care_type).to_owned();
            let label = offer.label.clone().unwrap_or_default();
            let places = offer
                .places_total
                .map(|places| if places == 1 { "1 Platz".to_owned() } else { format!("{places} Plätze") })
                .unwrap_or_default();
            let about: Vec<_> = [label, places].into_iter().filter(|text| !text.is_empty()).collect();
            row(Part::Offer(offer.id), name, about.join(" · "))
        })
        .collect();
    let add = (!is_locked).then(|| {
        view! {
            <a class="kern-btn kern-btn--secondary" href=routes::entry_step(&facility.slug, &Part::NewOffer.segment())>
                <span class="kern-label">"Angebot hinzufügen"</span>
            </a>
        }
    });
    let no_offers = offers.is_empty();
    view! {
        <section aria-labelledby="angaben">
            <h2 id="angaben">"Angaben"</h2>
            <ul class="account__sessions">{fixed.into_iter().collect_view()}</ul>
        </section>
        <section aria-labelledby="angebote">
            <h2 id="angebote">"Angebote"</h2>
            {no_offers.then(|| view! { <p>"Noch kein Angebot. Sagen Sie, was die Einrichtung anbietet."</p> })}
            <ul class="account__sessions">{offers}</ul>
            {add}
        </section>
    }
    .into_any()
}

/// What would help people.
#[component]
fn Hints(facility: Facility, slug: crate::domain::ids::Slug, is_locked: bool) -> impl IntoView {
    let rows: Vec<_> = words::hints(&facility)
        .into_iter()
        .map(|(part, text)| {
            view! {
                <li>
                    <a href=routes::entry_step(&slug, &part.segment())>{text}</a>
                </li>
            }
        })
        .collect();
    (!rows.is_empty() && !is_locked).then(|| {
        view! {
            <section aria-labelledby="tipps">
                <h2 id="tipps">"Das hilft Menschen, die suchen"</h2>
                <ul>{rows}</ul>
            </section>
        }
    })
}

/// What can be done with the entry as a whole.
#[component]
fn Steps(
    entry: Entry,
    is_county: bool,
    /// What was typed for the county.
    note: String,
    now: Now,
) -> impl IntoView {
    let slug = entry.live.slug.clone();
    let name = entry.current().name.clone();
    let path = |step: &str| routes::entry_step(&slug, step);
    let state = entry.draft.as_ref().map(|draft| draft.state);
    let seen = entry.revision();
    let compare = entry.draft.is_some().then(|| {
        view! {
            <a class="kern-btn kern-btn--secondary" href=path("vorschau")>
                <span class="kern-label">"Vorschau und Vergleich"</span>
            </a>
        }
    });
    let submit = matches!(state, Some(DraftState::Editing | DraftState::Returned)).then(|| {
        let typed = Typed(vec![("notiz".to_owned(), note.clone())]);
        let fields = Fields { typed: &typed, problems: &[] };
        let label = if is_county { "Freigeben und veröffentlichen" } else { "Beim Landkreis einreichen" };
        view! {
            <form class="form" method="post" action=path("einreichen")>
                <input type="hidden" name="stand" value=seen.to_string() />
                {fields.lines("notiz", "Nachricht an den Landkreis (freiwillig)", None, 2)}
                {form::submit(label)}
            </form>
        }
    });
    let take_back = (state == Some(DraftState::Submitted))
        .then(|| action(path("zurueckziehen"), "Zurückholen und weiter bearbeiten", name.clone(), seen));
    let decide = (is_county && state == Some(DraftState::Submitted)).then(|| {
        view! {
            <a class="kern-btn kern-btn--primary" href=routes::decide(&slug)>
                <span class="kern-label">"Prüfen und entscheiden"</span>
            </a>
        }
    });
    let discard = matches!(state, Some(DraftState::Editing | DraftState::Returned)).then(|| {
        view! {
            <details class="danger">
                <summary>"Entwurf verwerfen"</summary>
                <p>"Alle Änderungen des Entwurfs gehen verloren. Was öffentlich ist, bleibt."</p>
                {action(path("verwerfen"), "Ja, Entwurf verwerfen", name.clone(), seen)}
            </details>
        }
    });
    let is_new =
        entry.live.visibility == Visibility::Draft && !matches!(entry.live.source, Source::Import(_));
    let remove = (is_new && state != Some(DraftState::Submitted)).then(|| {
        view! {
            <details class="danger">
                <summary>"Eintrag löschen"</summary>
                <p>"Der Eintrag war noch nie öffentlich. Alles, was Sie eingegeben haben, geht verloren."</p>
                {action(path("loeschen"), "Ja, Eintrag löschen", name.clone(), seen)}
            </details>
        }
    });
    let discard = discard.filter(|_| !is_new);
    let is_public = entry.live.visibility == Visibility::Public;
    let checked = dates::berlin(entry.live.checked_at()).date();
    let checked = (now.berlin_date - checked).whole_days() > 0;
    let confirm = (is_public && state.is_none()).then(|| {
        let when = dates::ago(entry.live.checked_at(), now.berlin_date);
        view! {
            <section aria-labelledby="geprueft">
                <h2 id="geprueft">"Stimmt noch alles?"</h2>
                <p>{format!("Angaben geprüft {when}. Bitte bestätigen Sie einmal im Jahr.")}</p>
                {checked.then(|| action(path("geprueft"), "Ja, alle Angaben stimmen", name.clone(), seen))}
            </section>
        }
    });
    let live = is_public.then(|| {
        view! {
            <li>
                <a href=routes::facility(&slug)>"Öffentliche Seite ansehen"</a>
            </li>
        }
    });
    view! {
        {(entry.draft.is_some())
            .then(|| {
                view! {
                    <section aria-labelledby="weiter">
                        <h2 id="weiter">"Wie es weitergeht"</h2>
                        <div class="buttons">{decide} {compare} {take_back}</div>
                        {submit}
                        {discard}
                    </section>
                }
            })}
        {confirm}
        {remove}
        <ul class="plain">
            {live}
            <li>
                <a href=path("verlauf")>"Frühere Fassungen"</a>
            </li>
        </ul>
    }
    .into_any()
}

/// What only the county does: who runs the entry, whether it is one with another, whether it is listed.
fn listing(entry: &Entry, organizations: Vec<Organization>) -> AnyView {
    let slug = &entry.live.slug;
    let is_public = entry.live.visibility == Visibility::Public;
    let own = entry.live.organization.as_ref().map_or_else(String::new, |own| own.id.to_string());
    let typed = Typed(vec![("traeger".to_owned(), own)]);
    let fields = Fields { typed: &typed, problems: &[] };
    let nobody = entry.live.organization.is_none().then(|| (String::new(), "Kein Träger".to_owned()));
    let mut options: Vec<_> = nobody.into_iter().collect();
    options.extend(organizations.into_iter().map(|own| (own.id.to_string(), own.name)));
    let reason = |step: &str| {
        let hint = "Steht in der E-Mail an die Personen des Trägers.";
        fields.lines(&format!("grund-{step}"), "Grund (freiwillig)", Some(hint), 2)
    };
    let archive = match entry.live.visibility {
        Visibility::Public => view! {
            <details class="danger">
                <summary>"Aus dem Verzeichnis nehmen"</summary>
                <p>"Niemand findet den Eintrag mehr. Alle Angaben bleiben erhalten, und Sie können ihn zurückholen."</p>
                <form class="form" method="post" action=routes::entry_step(slug, "archivieren")>
                    {reason("archivieren")}
                    {form::submit("Ja, archivieren")}
                </form>
            </details>
        }
        .into_any(),
        Visibility::Archived | Visibility::Declined if entry.live.offers.is_empty() => view! {
            <p>"Der Eintrag hat kein Angebot mehr. Vielleicht ist er in einem anderen aufgegangen: Das steht im Protokoll."</p>
        }
        .into_any(),
        Visibility::Archived | Visibility::Declined => view! {
            <form class="form" method="post" action=routes::entry_step(slug, "wieder-zeigen")>
                {reason("wieder-zeigen")}
                {form::submit("Wieder öffentlich zeigen")}
            </form>
        }
        .into_any(),
        Visibility::Draft => ().into_any(),
    };
    let merge = is_public.then(|| {
        let link = Line {
            hint: Some("Zum Beispiel /einrichtung/haus-aue. Angebote, die dort fehlen, wandern mit. Alte Adressen führen dann dorthin."),
            ..Line::default()
        };
        view! {
            <details class="danger">
                <summary>"Mit einem anderen Eintrag zusammenführen"</summary>
                <form class="form" method="get" action=routes::entry_step(slug, "zusammenfuehren")>
                    {fields.line("ziel", "Adresse des Eintrags, der bleibt", link)}
                    {form::submit("Vergleichen")}
                </form>
            </details>
        }
    });
    view! {
        <section aria-labelledby="landkreis">
            <h2 id="landkreis">"Nur für den Landkreis"</h2>
            <details class="danger">
                <summary>"Träger wechseln"</summary>
                <p>"Ein Entwurf des bisherigen Trägers geht dabei verloren."</p>
                <form class="form" method="post" action=routes::entry_step(slug, "traeger")>
                    {fields.select("traeger", "Träger", None, options)}
                    {reason("traeger")}
                    {form::submit("Träger ändern")}
                </form>
            </details>
            {merge}
            {archive}
        </section>
    }
    .into_any()
}
