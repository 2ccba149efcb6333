//! The filters of the results: parts of the search form, complete without a script.

use leptos::prelude::*;
use time::Date;

use super::{
    icon::{Drawn, Icon, Shape},
    light,
    search_form::FORM,
};
use crate::{
    domain::{
        capacity::Light,
        search::{SearchQuery, Sort},
        search_results::{AskedTimes, FacetValue, Facets},
    },
    islands::FilterCount,
    text::{counts, times},
};

/// Values of a group that are shown before the rest is folded.
const SHOWN: usize = 6;

/// Kilometres to choose from.
const RADII: [u16; 6] = [5, 10, 20, 30, 50, 100];

/// All filters: one sheet on the phone, a column where there is room.
#[component]
pub fn Filters(
    query: SearchQuery,
    facets: Facets,
    /// A place is known, so distances make sense.
    has_place: bool,
    /// How many filters are set.
    set: usize,
    /// The times that are asked for.
    #[prop(optional)]
    times: AskedTimes,
) -> impl IntoView {
    let title = match set {
        0 => "Filtern und sortieren".to_owned(),
        n => format!("Filtern und sortieren ({n} gewählt)"),
    };
    view! {
        <details class="filters" id="filter">
            <summary class="filters__open">
                <Drawn icon=Icon::Filter />
                <span data-swap="filterzahl">{title}</span>
            </summary>
            <div class="filters__body">
                <h2 class="filters__title">"Filter"</h2>
                <div class="filters__groups" data-swap="filter">
                {has_place.then(|| view! { <Radius chosen=query.radius_km /> })}
                <Group legend="Angebotsart" name="art" values=facets.care_types />
                <Lights values=facets.lights reported=(query.reported_days, facets.reported) />
                <TimesAsked query=query.clone() times weekdays=facets.weekdays />
                <Switches
                    barrier_free=(query.barrier_free, facets.barrier_free)
                    open_now=(query.open_now, facets.open_now)
                />
                <Group legend="Gemeinde" name="gemeinde" values=facets.municipalities />
                <Group legend="Schwerpunkt" name="schwerpunkt" values=facets.specialisms />
                <Group legend="Sprache" name="sprache" values=facets.languages />
                <SortBy chosen=query.sort has_place />
                </div>
                <div class="filters__go">
                    <FilterCount form=FORM.to_owned() />
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// A group of check boxes, in an order that choosing does not change; a long list is folded, but for
/// what is chosen.
#[component]
fn Group(legend: &'static str, name: &'static str, values: Vec<FacetValue>) -> impl IntoView {
    // Two more are shorter than a fold.
    let shown = if values.len() > SHOWN + 2 { SHOWN } else { values.len() };
    let (all, folded): (Vec<_>, Vec<_>) =
        values.into_iter().enumerate().partition(|(at, value)| *at < shown || value.chosen);
    let [all, folded] =
        [all, folded].map(|values| values.into_iter().map(|(_, value)| value).collect::<Vec<_>>());
    let count = folded.len();
    let row = move |value: FacetValue| {
        view! { <Check name value=value.value label=value.label count=value.count chosen=value.chosen /> }
    };
    (!all.is_empty()).then(|| {
        let rest = (count > 0).then(|| {
            view! {
                <details class="fold" id=format!("{name}-mehr")>
                    <summary>{format!("{count} weitere")}</summary>
                    {folded.into_iter().map(row).collect_view()}
                </details>
            }
        });
        view! {
            <fieldset class="group">
                <legend>{legend}</legend>
                {all.into_iter().map(row).collect_view()}
                {rest}
            </fieldset>
        }
    })
}

#[component]
fn Check(
    name: &'static str,
    value: String,
    label: String,
    count: usize,
    chosen: bool,
    #[prop(optional)] light: Option<Light>,
) -> impl IntoView {
    let id = format!("{name}-{value}");
    let shape = light.map(|light| {
        view! { <span class=light::class(light)><Shape light /></span> }
    });
    view! {
        <div class="kern-form-check">
            <input
                class="kern-form-check__checkbox"
                type="checkbox"
                id=id.clone()
                name=name
                value=value
                checked=chosen
                form=FORM
            />
            <label class="kern-label" for=id>
                {shape}
                <span class="group__label">{label}</span>
                <span class="group__count">
                    {counts::number(count)} <span class="kern-sr-only">{if count == 1 { " Einrichtung" } else { " Einrichtungen" }}</span>
                </span>
            </label>
        </div>
    }
    .into_any()
}

#[component]
fn Lights(
    values: Vec<FacetValue>,
    /// The age of reports that is asked for in days, and what the filter would list.
    reported: (Option<u16>, usize),
) -> impl IntoView {
    let (days, count) = reported;
    let fresh = (days.is_some() || count > 0).then(|| {
        let value = days.unwrap_or(Facets::REPORTED_DAYS);
        let label = format!("nur {}", times::reports_within(value));
        view! { <Check name="gemeldet" value=value.to_string() label count chosen=days.is_some() /> }
    });
    (!values.is_empty() || days.is_some()).then(|| {
        let rows = values
            .into_iter()
            .map(|value| {
                let light = Light::parse(&value.value).unwrap_or(Light::Unknown);
                let label = crate::text::light::name(light).to_owned();
                view! { <Check name="ampel" value=value.value label count=value.count chosen=value.chosen light /> }
            })
            .collect_view();
        view! {
            <fieldset class="group">
                <legend>"Plätze"</legend>
                {rows}
                {fresh}
            </fieldset>
        }
    })
}

/// Days and weekdays: unfolded where they belong to what is asked for.
#[component]
fn TimesAsked(query: SearchQuery, times: AskedTimes, weekdays: Vec<FacetValue>) -> impl IntoView {
    let by_day = times.stays || query.free_from.is_some() || query.free_until.is_some();
    let is_open = by_day || times.by_weekday || !query.weekdays.is_empty();
    view! {
        <details class="fold" id="zeiten-mehr" open=is_open>
            <summary>"Zeitraum und Wochentage"</summary>
            <Days from=query.free_from until=query.free_until />
            <Group legend="Wochentag" name="wochentag" values=weekdays />
        </details>
    }
    .into_any()
}

#[component]
fn Days(from: Option<Date>, until: Option<Date>) -> impl IntoView {
    let field = |id: &'static str, label: &'static str, day: Option<Date>| {
        view! {
            <div class="group__field">
                <label class="kern-label" for=id>{label}</label>
                <input
                    class="kern-form-input__input"
                    type="date"
                    id=id
                    name=id
                    value=day.map(|day| day.to_string())
                    form=FORM
                    aria-describedby="frei-hinweis"
                />
            </div>
        }
    };
    view! {
        <fieldset class="group group--days">
            <legend>"Freier Zeitraum"</legend>
            {field("frei_ab", "erster Tag", from)}
            {field("frei_bis", "letzter Tag", until)}
            <p class="group__hint" id="frei-hinweis">
                "Gefunden wird, was für alle diese Tage gemeldet ist. Ohne letzten Tag zählt nur der erste."
            </p>
        </fieldset>
    }
}

/// The filters that are on or off: chosen, and what they would list.
#[component]
fn Switches(barrier_free: (bool, usize), open_now: (bool, usize)) -> impl IntoView {
    let shown = |(chosen, count): (bool, usize)| chosen || count > 0;
    let switch = |name: &'static str, label: &str, (chosen, count): (bool, usize)| {
        let label = label.to_owned();
        shown((chosen, count)).then(|| view! { <Check name value="1".to_owned() label count chosen /> })
    };
    (shown(barrier_free) || shown(open_now)).then(|| {
        view! {
            <fieldset class="group">
                <legend>"Zugang"</legend>
                {switch("barrierefrei", "barrierefrei", barrier_free)}
                {switch("geoeffnet", "jetzt geöffnet", open_now)}
            </fieldset>
        }
    })
}

#[component]
fn Radius(chosen: Option<u16>) -> impl IntoView {
    let mut all = RADII.to_vec();
    all.extend(chosen.filter(|km| !RADII.contains(km)));
    all.sort_unstable();
    let options = all
        .into_iter()
        .map(|km| view! { <option value=km.to_string() selected=chosen == Some(km)>{format!("{km} km")}</option> })
        .collect_view();
    view! {
        <Select id="umkreis" label="Umkreis">
            <option value="" selected=chosen.is_none()>"nur dieser Ort"</option>
            {options}
        </Select>
    }
}

#[component]
fn SortBy(chosen: Sort, has_place: bool) -> impl IntoView {
    let options = Sort::ALL
        .into_iter()
        .filter(|sort| has_place || *sort != Sort::Distance || chosen == Sort::Distance)
        .map(|sort| {
            let name = match sort {
                Sort::Relevance => "Was am besten passt",
                Sort::Distance => "Entfernung",
                Sort::Name => "Name",
                Sort::Freshness => "Neueste Meldung zuerst",
            };
            view! { <option value=sort.slug() selected=sort == chosen>{name}</option> }
        })
        .collect_view();
    view! {
        <Select id="sort" label="Sortieren nach">
            {options}
        </Select>
    }
}

#[component]
fn Select(id: &'static str, label: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="group group--select">
            <label class="kern-label" for=id>{label}</label>
            <div class="kern-form-input__select-wrapper">
                <select class="kern-form-input__select" id=id name=id form=FORM>
                    {children()}
                </select>
            </div>
        </div>
    }
}
