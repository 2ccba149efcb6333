//! `/redaktion/eintraege/{slug}/verlauf`: what was live before.

use leptos::prelude::*;

use super::{action, back, before, comparison, page};
use crate::{
    domain::{
        draft::{Author, Entry, EntryVersion},
        now::Now,
    },
    routes,
    shell::Site,
    text::{changes, dates},
};

/// All versions of an entry, each with what it changed. Whoever `names` sees who wrote what, and why: an entry may have
/// been another organization's.
pub fn history(site: &Site, entry: &Entry, versions: Vec<EntryVersion>, (names, now): (bool, Now)) -> String {
    let portal = site.portal.clone();
    let seen = 0;
    let has_draft = entry.draft.is_some();
    let (slug, name) = (entry.live.slug.clone(), entry.live.name.clone());
    page(site, "Frühere Fassungen", false, move || {
        let is_empty = versions.is_empty();
        let newest = versions.first().map(|version| version.number);
        let rows = versions
            .iter()
            .enumerate()
            .map(|(at, version)| {
                let changed: Vec<_> = versions.get(at + 1).map_or_else(Vec::new, |before| {
                    changes::changes(&before.facility, &version.facility, &portal)
                });
                let labels: Vec<_> = changed.iter().map(|change| change.label.as_str()).collect();
                let labels = if labels.is_empty() { String::new() } else { format!("Geändert: {}", labels.join(", ")) };
                let day = dates::date(dates::berlin(version.recorded_at).date(), now.berlin_date);
                let step = format!("verlauf/{}", version.number);
                let restore = (Some(version.number) != newest && !has_draft).then(|| {
                    let about = format!("Fassung {}", version.number);
                    action(routes::entry_step(&slug, &step), "Als Entwurf wiederherstellen", about, seen)
                });
                view! {
                    <li class="account__session">
                        <div>
                            <p>
                                <a href=routes::entry_step(&slug, &step)>{format!("Fassung {}, {day}", version.number)}</a>
                            </p>
                            <p class="account__small">{names.then(|| credit(version))}</p>
                            {version.reason.clone().filter(|_| names).map(|reason| view! { <p class="account__small prose">{reason}</p> })}
                            <p class="account__small">{labels}</p>
                        </div>
                        {restore}
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                {back(format!("Zurück zu {name}"), routes::entry(&slug))}
                <h1>"Frühere Fassungen"</h1>
                {is_empty
                    .then(|| {
                        view! { <p>"Der Eintrag wurde hier noch nicht bearbeitet. Ab der ersten Freigabe bleibt jede Fassung erhalten."</p> }
                    })}
                {has_draft
                    .then(|| {
                        view! { <p>"Es gibt gerade einen Entwurf. Eine frühere Fassung lässt sich wiederherstellen, wenn er veröffentlicht oder verworfen ist."</p> }
                    })}
                <ul class="account__sessions">{rows}</ul>
            </div>
        }
        .into_any()
    })
}

/// One version beside what is live now, field by field. It can be made a draft where there is none.
pub fn version(site: &Site, entry: &Entry, version: &EntryVersion, (names, now): (bool, Now)) -> String {
    let portal = site.portal.clone();
    let (entry, version) = (entry.clone(), version.clone());
    let title = format!("Fassung {}", version.number);
    page(site, &title, false, move || {
        let slug = entry.live.slug.clone();
        let all = changes::beside(&entry.live, &version.facility, &portal);
        let is_live = all.iter().all(changes::Change::is_none);
        let day = dates::date(dates::berlin(version.recorded_at).date(), now.berlin_date);
        let restore = match (is_live, entry.draft.is_some()) {
            (true, _) => view! { <p>"Der Eintrag sagt jetzt dasselbe wie diese Fassung."</p> }.into_any(),
            (false, true) => view! {
                <p>"Es gibt gerade einen Entwurf. Diese Fassung lässt sich wiederherstellen, wenn er veröffentlicht oder verworfen ist."</p>
            }
            .into_any(),
            (false, false) => {
                let about = format!("Fassung {}", version.number);
                let step = format!("verlauf/{}", version.number);
                view! {
                    <p>"Sie wird zum Entwurf. Öffentlich ändert sich erst etwas, wenn er freigegeben ist."</p>
                    {action(routes::entry_step(&slug, &step), "Diese Fassung wiederherstellen", about, 0)}
                }
                .into_any()
            }
        };
        view! {
            <div class="wrap account">
                {back("Zurück zu den früheren Fassungen".to_owned(), routes::entry_step(&slug, "verlauf"))}
                <h1>{format!("{}: Fassung {}", entry.live.name, version.number)}</h1>
                <p class="lead">{day}</p>
                {names.then(|| view! { <p class="account__small">{credit(&version)}</p> })}
                {version.reason.clone().filter(|_| names).map(|reason| view! { <blockquote class="prose reason">{reason}</blockquote> })}
                {comparison(all, before(&entry), "In dieser Fassung")}
                {restore}
            </div>
        }
        .into_any()
    })
}

fn credit(version: &EntryVersion) -> String {
    let name = |who: &Option<Author>| {
        who.as_ref().map(|own| {
            own.name.clone().unwrap_or_else(|| "einer Person, die nicht mehr dabei ist".to_owned())
        })
    };
    let parts = [
        name(&version.author).map(|name| format!("von {name}")),
        name(&version.approved_by).map(|name| format!("freigegeben von {name}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
