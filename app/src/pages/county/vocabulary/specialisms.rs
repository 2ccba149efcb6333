//! `/kreis/schwerpunkte`: what offers are specialised in.

use leptos::prelude::*;

use super::{Shown, form, leads_to, notice, only_administrators, undo};
use crate::{
    components::fields::Line,
    domain::{specialism::Specialism, vocabulary::Lists},
    pages::editing::{back, page},
    routes,
    shell::Site,
};

/// All specialisms, with what the county has changed.
pub fn specialisms(site: &Site, lists: Lists, may_change: bool, done: Option<&'static str>) -> String {
    page(site, "Schwerpunkte", false, move || {
        let rows = lists
            .current
            .specialisms()
            .iter()
            .map(|own| {
                let configured = lists.configured.find_specialism(&own.slug);
                let (state, was) = match configured {
                    None => (Some("eigener"), None),
                    Some(configured) if configured == own => (None, None),
                    Some(configured) => (Some("geändert"), Some(configured.name.clone())),
                };
                let was = was.filter(|was| *was != own.name);
                let name = own.name.clone();
                let path = routes::of_list(routes::SPECIALISMS, Some(&own.slug));
                let name =
                    if may_change { view! { <a href=path>{name}</a> }.into_any() } else { name.into_any() };
                view! {
                    <li class="account__session">
                        <div>
                            <p>{name}</p>
                            {was.map(|was| view! { <p class="account__small">{format!("Vorgabe – Name: {was}")}</p> })}
                        </div>
                        <span class="badges">
                            {state.map(|text| view! { <span class="badge badge--open">{text}</span> })}
                            {own.hidden.then(|| view! { <span class="badge">"ausgeblendet"</span> })}
                        </span>
                    </li>
                }
            })
            .collect_view();
        let add = may_change
            .then(|| leads_to(routes::of_list(routes::SPECIALISMS, None), "Schwerpunkt hinzufügen"));
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Schwerpunkte"</h1>
                <p class="lead">"Worauf Angebote besonders eingestellt sind. Sie stehen in den Filtern und in den Formularen."</p>
                {notice(done)}
                {only_administrators(may_change)}
                {add}
                <ul class="account__sessions">{rows}</ul>
            </div>
        }
        .into_any()
    })
}

/// One specialism as a form.
#[derive(Clone, Debug)]
pub struct SpecialismPage {
    /// `None`: a new one.
    pub own: Option<Specialism>,
    /// There is a configured one to go back to, and something of it was changed.
    pub can_be_reset: bool,
    pub shown: Shown,
}

/// The form of a specialism.
pub fn specialism(site: &Site, of: SpecialismPage) -> String {
    let title = of.own.as_ref().map_or("Neuer Schwerpunkt".to_owned(), |own| own.name.clone());
    page(site, &title.clone(), of.shown.has_problems(), move || {
        let slug = of.own.as_ref().map(|own| own.slug.clone());
        let path = routes::of_list(routes::SPECIALISMS, slug.as_deref());
        let reset = of.can_be_reset.then(|| {
            undo(
                path.clone(),
                of.shown.stamp.clone(),
                "zuruecksetzen",
                "Zurücksetzen",
                "Der Schwerpunkt heißt dann wieder wie vorgegeben und wird gezeigt.",
            )
        });
        let about = slug.map(|slug| {
            view! { <p class="account__small">{format!("Kürzel in Adressen und Tabellen: {slug}. Es ändert sich nie.")}</p> }
        });
        let fields = of.shown.fields();
        let hide = of.own.is_some().then(|| {
            view! {
                <p class="form__hint">
                    "Ausgeblendet steht der Schwerpunkt in keinem Filter, in keinem Formular und auf keiner Seite. Die Angebote bleiben."
                </p>
                {fields.checks("ausgeblendet", "Nicht zeigen", vec![("ja".to_owned(), "Ausblenden".to_owned())])}
            }
        });
        let fields = view! {
            {fields.line("name", "Name", Line { hint: Some("2 bis 80 Zeichen."), ..Line::default() })}
            {hide}
        };
        let form = form(path, &of.shown, fields.into_any());
        view! {
            <div class="wrap narrow account">
                {back("Zu den Schwerpunkten".to_owned(), routes::SPECIALISMS.to_owned())}
                <h1>{title}</h1>
                {about}
                {form}
                {reset}
            </div>
        }
        .into_any()
    })
}
