//! One offer on the screen: what is known, the button that says "unverändert", and the form.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{
    Done, One, ReportPage, carried, controls, done, form_address, forms, numbered, words, words_done,
};
use crate::{
    components::{fields::Fields, light::LightLine},
    domain::{
        capacity::{CapacityReport, NotAgain, Statement},
        portal::Portal,
    },
    forms::Typed,
    text::light,
};

/// The block of an offer. `own` are all of its facility.
pub(super) fn offer(
    shown: &ReportPage,
    one: One<'_>,
    own: &[One<'_>],
    all_forms: bool,
    portal: &Portal,
) -> AnyView {
    let (now, id) = (shown.desk.now, one.offer.id);
    let today = now.berlin_date;
    let report = one.offer.latest_report.as_ref();
    let light = one.view.light(id).cloned();
    let badge = words::urgency(one.offer, light.as_ref().map(|light| light.reason), now)
        .map(|text| view! { <p class="badges"><span class="badge badge--urgent">{text}</span></p> });
    let holds = report
        .filter(|report| report.is_valid_at(now.instant))
        .map(|report| view! { <p class="report__until">{words::until(report.valid_until, today)}</p> });
    let same = Statement::unchanged(one.offer, &portal.taxonomy, now);
    let last = report.map(|report| last_said(shown, report, same.as_ref().ok().map(|(_, light)| light), one));
    let shared = shared_with(one, own, portal).map(|name| {
        view! { <p class="account__small">{format!("Teilt sich die Plätze mit „{name}“: Ein Platz, der dort vergeben wird, ist auch hier weg.")}</p> }
    });
    let name = one.name(portal);
    let confirm = same.as_ref().ok().map(|_| confirm(shown, one, &name));
    let anew = same.as_ref().err().filter(|why| **why != NotAgain::NeverReported).map(|why| {
        let text = words::not_again(*why, today);
        view! { <p>{format!("Bitte neu melden: {text}")}</p> }
    });
    let is_returned = shown.returned.as_ref().is_some_and(|own| own.offer == id);
    let wanted = is_returned || shown.chosen == Some(id);
    let form = if all_forms || wanted {
        let is_open = wanted || all_forms && same.is_err();
        let inside = edit(shown, one, portal, &name);
        view! {
            <details class="report__more" open=is_open>
                <summary>{if report.is_some() { "Ändern" } else { "Melden" }}<span class="unseen">{format!(": {name}")}</span></summary>
                {inside}
            </details>
        }
        .into_any()
    } else {
        view! {
            <p>
                <a class="kern-btn kern-btn--secondary" href=form_address(shown, id)>
                    <span class="kern-label">{if report.is_some() { "Ändern" } else { "Melden" }}</span>
                    <span class="unseen">{format!(": {name}")}</span>
                </a>
            </p>
        }
        .into_any()
    };
    let is_done = shown.done == Some(Done::One(id));
    let heading = format!("{}-name", one.anchor());
    view! {
        <div class="report__offer" role="group" id=one.anchor() aria-labelledby=heading.clone()>
            <h3 id=heading.clone()>{name}</h3>
            {is_done.then(|| done(words_done(shown)))}
            {badge}
            {light.map(|availability| view! { <LightLine availability today /> })}
            {holds}
            {last}
            {shared}
            {anew}
            {confirm}
            {form}
        </div>
    }
    .into_any()
}

/// What is confirmed beside what the light says: numbers of a report that is over, times, and who said it.
fn last_said(
    shown: &ReportPage,
    report: &CapacityReport,
    again: Option<&crate::domain::capacity::Availability>,
    one: One<'_>,
) -> AnyView {
    let today = shown.desk.now.berlin_date;
    let is_over = !report.is_valid_at(shown.desk.now.instant);
    let numbers = again.filter(|_| is_over).map(|again| {
        let said = std::iter::once(light::text(again, today)).chain(again.notes.clone());
        let said = said.collect::<Vec<_>>().join(" · ");
        view! { <p>{format!("Letzte Meldung: {said}")}</p> }
    });
    let times: Vec<_> = words::times(&Statement::again(report, today).times, today)
        .into_iter()
        .map(|line| view! { <p class="report__times">{line}</p> })
        .collect();
    let who = shown.names_people.then(|| {
        let report = one.offer.latest_report.as_ref().map(|report| words::last_said(report, today));
        view! { <p class="account__small">{report}</p> }
    });
    view! {
        {numbers}
        {times}
        {who}
    }
    .into_any()
}

/// The offer whose places these are, or that has these places, by name.
fn shared_with(one: One<'_>, own: &[One<'_>], portal: &Portal) -> Option<String> {
    let shares = |other: &&One<'_>| {
        one.offer.shares_places_with == Some(other.offer.id)
            || other.offer.shares_places_with == Some(one.offer.id)
    };
    own.iter().find(shares).map(|other| other.name(portal))
}

fn confirm(shown: &ReportPage, one: One<'_>, name: &str) -> AnyView {
    view! {
        <form method="post" action=shown.path.clone()>
            <input type="hidden" name="was" value="gleich" />
            {carried(shown)}
            {which(one)}
            <button type="submit" class="kern-btn kern-btn--primary report__big">
                <span class="kern-label">"Unverändert bestätigen"</span>
                <span class="unseen">{format!(": {name}")}</span>
            </button>
        </form>
    }
    .into_any()
}

/// Which offer a form is about, and what whoever sends it has seen of it.
fn which(one: One<'_>) -> AnyView {
    view! {
        <input type="hidden" name="angebot" value=one.offer.id.to_string() />
        <input type="hidden" name="gesehen" value=one.seen() />
    }
    .into_any()
}

fn edit(shown: &ReportPage, one: One<'_>, portal: &Portal, name: &str) -> AnyView {
    let kind = forms::Kind::of(one.offer, &portal.taxonomy);
    let returned = shown.returned.as_ref().filter(|own| own.offer == one.offer.id);
    let typed: Typed = if let Some(own) = returned {
        own.typed.clone()
    } else {
        let today = shown.desk.now.berlin_date;
        let report = one.offer.latest_report.as_ref();
        let statement = report.map(|report| Statement::to_mend(report, today)).unwrap_or_default();
        forms::write(&statement, kind)
    };
    let problems = returned.map(|own| numbered(&own.problems, one.number)).unwrap_or_default();
    let rows = forms::rows(&typed);
    let typed = forms::numbered(&typed, one.number);
    let controls = controls::Controls {
        fields: Fields { typed: &typed, problems: &problems },
        number: one.number,
        kind,
        rows,
        places_total: one.offer.places_total,
        here: format!("{}#{}", shown.path, one.anchor()),
    };
    let inside = controls.view();
    view! {
        <form class="form form--wide" method="post" action=shown.path.clone() novalidate>
            // The button that the enter key presses.
            <button type="submit" class="unseen" name="was" value="melden" tabindex="-1" aria-hidden="true">
                "Melden"
            </button>
            {carried(shown)}
            {which(one)}
            <input type="hidden" name="feld" value=one.number.to_string() />
            {inside}
            <button type="submit" class="kern-btn kern-btn--primary report__big" name="was" value="melden">
                <span class="kern-label">"Melden"</span>
                <span class="unseen">{format!(": {name}")}</span>
            </button>
        </form>
    }
    .into_any()
}
