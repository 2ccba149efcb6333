//! `/kreis/angebotsarten`: what offers can be.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{Shown, form, leads_to, notice, only_administrators, undo};
use crate::{
    components::fields::Line,
    domain::{
        care_type::{CareGroup, CareType, LightKind, Taxonomy},
        vocabulary::Lists,
    },
    pages::editing::{back, page},
    routes,
    shell::Site,
    text::{counts, groups, vocabulary as words},
};

/// All care types in their groups, with what the county has changed.
pub fn care_types(site: &Site, lists: Lists, may_change: bool, done: Option<&'static str>) -> String {
    page(site, "Angebotsarten", false, move || {
        let sections = CareGroup::ALL.map(|group| section(&lists, group, may_change)).collect_view();
        let add =
            may_change.then(|| leads_to(routes::of_list(routes::CARE_TYPES, None), "Angebotsart hinzufügen"));
        view! {
            <div class="wrap narrow account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Angebotsarten"</h1>
                <p class="lead">"So heißen die Angebote auf der Startseite, in der Suche und in den Formularen."</p>
                {notice(done)}
                {only_administrators(may_change)}
                {add}
                {sections}
            </div>
        }
        .into_any()
    })
}

fn section(lists: &Lists, group: CareGroup, may_change: bool) -> AnyView {
    let own: Vec<&CareType> = lists.current.all().iter().filter(|own| own.group == group).collect();
    if own.is_empty() {
        return ().into_any();
    }
    let rows = own.into_iter().map(|own| row(lists, own, may_change)).collect_view();
    let id = format!("gruppe-{}", group.key());
    let heading = id.clone();
    view! {
        <section aria-labelledby=id>
            <h2 id=heading>{groups::group(group)}</h2>
            <ul class="account__sessions">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(lists: &Lists, own: &CareType, may_change: bool) -> AnyView {
    let configured = lists.configured.find(own.slug.as_str());
    let state = match configured {
        None => Some("eigene"),
        Some(configured) if configured == own => None,
        Some(_) => Some("geändert"),
    };
    let was = configured
        .filter(|configured| *configured != own)
        .map(|configured| words::care_type_change(Some(configured), own, &lists.current).0);
    let name = own.name.clone();
    let name = if may_change {
        let path = routes::of_list(routes::CARE_TYPES, Some(own.slug.as_str()));
        view! { <a href=path>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    let offers = lists.offers_of(&own.slug).map(|offers| format!("{}, ", counts::offers(offers)));
    let about = format!("{}{}", offers.unwrap_or_default(), words::light(own.light));
    view! {
        <li class="account__session">
            <div>
                <p>{name}</p>
                <p class="account__small">{about}</p>
                {was.map(|was| view! { <p class="account__small">{format!("Vorgabe – {was}")}</p> })}
            </div>
            <span class="badges">
                {state.map(|text| view! { <span class="badge badge--open">{text}</span> })}
                {own.hidden.then(|| view! { <span class="badge">"ausgeblendet"</span> })}
            </span>
        </li>
    }
    .into_any()
}

/// One care type as a form.
#[derive(Clone, Debug)]
pub struct CareTypePage {
    /// `None`: a new one.
    pub own: Option<CareType>,
    /// There is a configured one to go back to, and something of it was changed.
    pub can_be_reset: bool,
    /// How many offers of it people see; `None`: nobody knows at the moment.
    pub offers: Option<usize>,
    pub taxonomy: Taxonomy,
    pub shown: Shown,
}

/// The form of a care type.
pub fn care_type(site: &Site, of: CareTypePage) -> String {
    let title = of.own.as_ref().map_or("Neue Angebotsart".to_owned(), |own| own.name.clone());
    page(site, &title.clone(), of.shown.has_problems(), move || {
        let slug = of.own.as_ref().map(|own| own.slug.as_str().to_owned());
        let path = routes::of_list(routes::CARE_TYPES, slug.as_deref());
        let reset = of.can_be_reset.then(|| {
            undo(
                path.clone(),
                of.shown.stamp.clone(),
                "zuruecksetzen",
                "Zurücksetzen",
                "Name, Gruppe, Ampel und alles andere sind dann wieder, wie sie vorgegeben sind.",
            )
        });
        let about = slug.map(|slug| {
            view! { <p class="account__small">{format!("Kürzel in Adressen und Tabellen: {slug}. Es ändert sich nie.")}</p> }
        });
        let form = form(path, &of.shown, fields(&of));
        view! {
            <div class="wrap narrow account">
                {back("Zu den Angebotsarten".to_owned(), routes::CARE_TYPES.to_owned())}
                <h1>{title}</h1>
                {about}
                {form}
                {reset}
            </div>
        }
        .into_any()
    })
}

fn fields(of: &CareTypePage) -> AnyView {
    let fields = of.shown.fields();
    let groups = std::iter::once((String::new(), "Bitte wählen".to_owned()))
        .chain(CareGroup::ALL.map(|group| (group.key().to_owned(), groups::group(group).to_owned())))
        .collect();
    let lights = LightKind::ALL.map(|kind| (kind.key(), words::light(kind)));
    let others = of.taxonomy.all().iter();
    let others = others.filter(|other| of.own.as_ref().is_none_or(|own| own.slug != other.slug));
    let chosen = |other: &CareType| fields.typed.has("verwandt", other.slug.as_str());
    let related: Vec<_> = others
        .filter(|other| !other.hidden || chosen(other))
        .map(|other| (other.slug.to_string(), other.name.clone()))
        .collect();
    let related_open = fields.problems.iter().any(|problem| problem.field == "verwandt");
    let days = Line {
        hint: Some("So lange gilt eine Meldung. Danach zeigt die Ampel: keine aktuelle Meldung."),
        inputmode: Some("numeric"),
        short: true,
        ..Line::default()
    };
    let hide = of.own.is_some().then(|| {
        view! {
            <p class="form__hint">{words::hiding(of.offers)}</p>
            {fields.checks("ausgeblendet", "Nicht zeigen", vec![("ja".to_owned(), "Ausblenden".to_owned())])}
        }
    });
    view! {
        {fields.line("name", "Name", Line { hint: Some("2 bis 80 Zeichen."), ..Line::default() })}
        {fields.select("gruppe", "Gruppe", None, groups)}
        {fields.radios("ampel", "Ampel", &lights, "")}
        {fields.line("tage", "Gültigkeit einer Meldung in Tagen", days)}
        {fields.checks("ins-haus", "Wo?", vec![("ja".to_owned(), "Kommt zu den Menschen nach Hause".to_owned())])}
        <details class="more" open=related_open>
            <summary>"Verwandte Angebotsarten"</summary>
            <p class="form__hint">"Sie werden gezeigt, wo es dieses Angebot nicht gibt."</p>
            <div class="columns">{fields.checks("verwandt", "Verwandte Angebotsarten", related)}</div>
        </details>
        {hide}
    }
    .into_any()
}
