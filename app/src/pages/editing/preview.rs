//! What a draft changes, field beside field.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{back, page};
use crate::{
    components::pictures::PictureView,
    domain::{draft::Entry, facility::Visibility},
    routes,
    shell::Site,
    text::changes::{self, Change},
};

/// Fields as they are and as they would be.
pub fn comparison(all: Vec<Change>, before: &'static str, after: &'static str) -> AnyView {
    if all.is_empty() {
        return view! { <p>"Es ist nichts anders."</p> }.into_any();
    }
    let said = |text: String| {
        if text.is_empty() {
            view! { <span class="compare__nothing">"nichts angegeben"</span> }.into_any()
        } else {
            view! { <span class="prose">{text}</span> }.into_any()
        }
    };
    let rows = all
        .into_iter()
        .map(|change| {
            let class = (!change.is_none()).then_some("compare__new");
            view! {
                <tr>
                    <th scope="row">{change.label}</th>
                    <td data-spalte=before>{said(change.before)}</td>
                    <td data-spalte=after class=class>
                        {said(change.after)}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="compare-table">
            <thead>
                <tr>
                    <th scope="col">"Angabe"</th>
                    <th scope="col">{before}</th>
                    <th scope="col">{after}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// What stands beside a draft.
pub fn before(entry: &Entry) -> &'static str {
    if entry.live.visibility == Visibility::Public {
        "Jetzt öffentlich"
    } else {
        "Bisher, nicht öffentlich"
    }
}

/// Pictures of a draft that are not public yet: whoever approves them has seen them.
pub fn new_pictures(entry: &Entry) -> Option<AnyView> {
    let known = |id| entry.live.pictures.iter().any(|own| own.id == id);
    let new: Vec<_> = entry.current().pictures.iter().filter(|own| !known(own.id)).cloned().collect();
    let rows = new.into_iter().map(|picture| {
        let words = format!("Beschreibung: „{}“", picture.alt);
        view! {
            <li>
                <PictureView picture />
                <p>{words}</p>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="neue-bilder">
                <h2 id="neue-bilder">"Neue Bilder"</h2>
                <ul class="pictures">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// What a draft changes of its entry.
pub fn preview(site: &Site, entry: &Entry) -> String {
    let portal = site.portal.clone();
    let entry = entry.clone();
    let title = format!("Vergleich: {}", entry.current().name);
    page(site, &title, false, move || {
        let all = changes::changes(&entry.live, entry.current(), &portal);
        let slug = &entry.live.slug;
        view! {
            <div class="wrap account">
                {back(format!("Zurück zu {}", entry.current().name), routes::entry(slug))}
                <h1>{format!("Vergleich: {}", entry.current().name)}</h1>
                <p>
                    <a class="kern-btn kern-btn--secondary" href=routes::entry_step(slug, "ansicht")>
                        <span class="kern-label">"Als fertige Seite ansehen"</span>
                    </a>
                </p>
                {comparison(all, before(&entry), "Im Entwurf")}
                {new_pictures(&entry)}
            </div>
        }
        .into_any()
    })
}
