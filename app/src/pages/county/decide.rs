//! `/kreis/pruefen/{slug}`: what a draft, or an import, changes – and the decision.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::named;
use crate::{
    components::{
        fields::Fields,
        form::{self, Problem},
    },
    domain::{
        draft::{Entry, Proposal},
        facility::Visibility,
        now::Now,
    },
    forms::Typed,
    pages::editing::{back, badges, before, comparison, new_pictures, page},
    routes,
    shell::Site,
    text::{changes, dates},
};

/// A draft to decide about.
#[derive(Clone, Debug)]
pub struct DecidePage {
    pub entry: Entry,
    pub typed: Typed,
    pub problems: Vec<Problem>,
    pub now: Now,
}

/// A submitted draft beside what is live.
pub fn decide(site: &Site, shown: DecidePage) -> String {
    let portal = site.portal.clone();
    let title = format!("Prüfen: {}", shown.entry.current().name);
    page(site, &title, !shown.problems.is_empty(), move || {
        let DecidePage { entry, typed, problems, now } = shown;
        let slug = entry.live.slug.clone();
        let name = entry.current().name.clone();
        let is_new = entry.live.visibility == Visibility::Draft;
        let all = changes::changes(&entry.live, entry.current(), &portal);
        let fields = Fields { typed: &typed, problems: &problems };
        let about = entry.draft.as_ref().map(|draft| {
            let when = dates::ago(draft.submitted_at.unwrap_or(draft.changed_at), now.berlin_date);
            let kind = if is_new { "Neuer Eintrag" } else { "Änderung" };
            let note = draft.note.clone();
            let corrected = named(draft.corrected_by.as_ref());
            let corrected = (!corrected.is_empty()).then(|| format!("Berichtigt{corrected}."));
            view! {
                <p class="lead">{format!("{kind}, eingereicht {when}{}.", named(draft.author.as_ref()))}</p>
                {corrected.map(|text| view! { <p class="account__small">{text}</p> })}
                {note.map(|note| view! { <blockquote class="prose reason">{note}</blockquote> })}
            }
        });
        let revision = entry.revision();
        let waits = entry.is_submitted();
        let unsent = (!waits && !typed.get("grund").trim().is_empty()).then(|| unsent_text(fields));
        view! {
            <div class="wrap account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>{format!("Prüfen: {name}")}</h1>
                {form::summary(&problems)}
                <p>{badges(entry.live.visibility, entry.draft.as_ref().map(|draft| draft.state))}</p>
                {about}
                {comparison(all, before(&entry), "Neu")}
                {new_pictures(&entry)}
                <div class="buttons">
                    <a class="kern-btn kern-btn--secondary" href=routes::entry_step(&slug, "ansicht")>
                        <span class="kern-label">"Als fertige Seite ansehen"</span>
                    </a>
                    <a class="kern-btn kern-btn--secondary" href=routes::entry(&slug)>
                        <span class="kern-label">"Selbst berichtigen"</span>
                    </a>
                </div>
                {unsent}
                {waits
                    .then(|| {
                        view! {
                            <form class="form" method="post" action=routes::decide(&slug)>
                                <input type="hidden" name="stand" value=revision.to_string() />
                                {fields.lines("grund", "Grund oder Nachricht", Some("Bei „Zurückgeben“ nötig: Was soll anders werden?"), 3)}
                                <div class="buttons">
                                    <button type="submit" class="kern-btn kern-btn--primary" name="was" value="freigeben">
                                        <span class="kern-label">"Freigeben"</span>
                                    </button>
                                    <button type="submit" class="kern-btn kern-btn--secondary" name="was" value="zurueckgeben">
                                        <span class="kern-label">"Zurückgeben"</span>
                                    </button>
                                </div>
                            </form>
                        }
                    })}
            </div>
        }
        .into_any()
    })
}

/// The entry is not there any more: what was typed about it, and nothing else.
pub fn unsent(site: &Site, typed: Typed) -> String {
    page(site, "Nicht mehr zu entscheiden", true, move || {
        let problems = [Problem::new(
            "grund",
            "Der Entwurf ist inzwischen veröffentlicht oder gelöscht. Ihr Text ist nicht verschickt; er steht noch hier.",
        )];
        let fields = Fields { typed: &typed, problems: &problems };
        view! {
            <div class="wrap account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Nicht mehr zu entscheiden"</h1>
                {form::summary(&problems)}
                {unsent_text(fields)}
            </div>
        }
        .into_any()
    })
}

/// What was written for nothing, and may be wanted elsewhere.
fn unsent_text(fields: Fields<'_>) -> AnyView {
    fields.lines("grund", "Ihr Text", Some("Nicht verschickt. Sie können ihn kopieren."), 3)
}

/// Many drafts with what each changes, to be approved at once.
pub fn decide_many(site: &Site, entries: Vec<Entry>, problem: Option<&'static str>) -> String {
    let portal = site.portal.clone();
    page(site, "Mehrere freigeben", problem.is_some(), move || {
        let is_empty = entries.is_empty();
        let rows = entries
            .into_iter()
            .filter_map(|entry| {
                let draft = entry.draft.as_ref()?;
                let id = format!("e-{}", entry.live.id);
                let target = id.clone();
                let value = format!("{}.{}", entry.live.id, draft.revision);
                let all = changes::changes(&entry.live, entry.current(), &portal);
                let count = all.len();
                let name = entry.current().name.clone();
                Some(view! {
                    <li class="many__entry">
                        <label class="choice" for=target>
                            <input id=id type="checkbox" name="eintrag" value=value />
                            <span>{format!("{name}{}", named(draft.author.as_ref()))}</span>
                        </label>
                        <details class="more">
                            <summary>
                                {format!("{count} {}", if count == 1 { "Änderung" } else { "Änderungen" })}
                                <span class="unseen">{format!(": {name}")}</span>
                            </summary>
                            {comparison(all, before(&entry), "Neu")}
                            {new_pictures(&entry)}
                        </details>
                    </li>
                })
            })
            .collect_view();
        view! {
            <div class="wrap account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Mehrere freigeben"</h1>
                <p class="lead">"Klappen Sie auf, was sich ändert, und wählen Sie aus. Alles Gewählte wird zusammen veröffentlicht – oder, wenn sich inzwischen etwas geändert hat, nichts."</p>
                {problem
                    .map(|text| {
                        view! {
                            <div class="form__summary" role="alert" tabindex="-1">
                                <p>{text}</p>
                            </div>
                        }
                    })}
                {if is_empty {
                    view! { <p>"Es wartet kein Entwurf."</p> }.into_any()
                } else {
                    view! {
                        <form method="post" action=routes::DECIDE>
                            <ul class="plain many">{rows}</ul>
                            {form::submit("Ausgewählte freigeben")}
                        </form>
                    }
                        .into_any()
                }}
            </div>
        }
        .into_any()
    })
}

/// What an import proposes for an entry that people keep themselves.
pub fn proposal(site: &Site, entry: &Entry, proposal: &Proposal, problem: Option<&'static str>) -> String {
    let portal = site.portal.clone();
    let (entry, proposal) = (entry.clone(), proposal.clone());
    let title = format!("Vorschlag: {}", entry.live.name);
    page(site, &title, problem.is_some(), move || {
        let all = changes::changes(&entry.live, &proposal.facility, &portal);
        let path = routes::proposal(&entry.live.slug);
        let stamp = proposal.proposed_at.unix_timestamp_nanos().to_string();
        view! {
            <div class="wrap account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>{format!("Vorschlag: {}", entry.live.name)}</h1>
                <p class="lead">
                    {format!("Der Import „{}“ sagt anderes. Der Eintrag wird von Hand gepflegt, deshalb entscheiden Sie.", proposal.source)}
                </p>
                {problem
                    .map(|text| {
                        view! {
                            <div class="form__summary" role="alert" tabindex="-1">
                                <p>{text}</p>
                            </div>
                        }
                    })}
                {comparison(all, "Jetzt öffentlich", "Im Import")}
                <form class="form" method="post" action=path>
                    <input type="hidden" name="stand" value=stamp />
                    <div class="buttons">
                        <button type="submit" class="kern-btn kern-btn--primary" name="was" value="uebernehmen">
                            <span class="kern-label">"Übernehmen"</span>
                        </button>
                        <button type="submit" class="kern-btn kern-btn--secondary" name="was" value="ablehnen">
                            <span class="kern-label">"Nicht übernehmen"</span>
                        </button>
                    </div>
                </form>
            </div>
        }
        .into_any()
    })
}
