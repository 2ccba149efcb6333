//! The one screen on which somebody says what is free: for an organization by account or link, and for the county on
//! the phone. Plain forms; a script only saves the way to the server for − and +.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::head;
use crate::{
    backend::{Desk, FacilityView},
    components::form::{self, Problem},
    domain::{capacity::NotFreeLine, ids::OfferId, offer::Offer, portal::Portal},
    forms::{Typed, capacity as forms},
    shell::{Head, Site, document},
    text::{capacity as words, counts, trust},
};

mod all;
mod controls;
mod links;
mod offer;
mod validity;
mod visit;

pub use links::{CardPage, LinksPage, card, links};
pub use validity::ValidityForm;
pub use visit::{WornLink, reported, worn_link};

/// Up to so many offers, each has its form on the page. Of more, only one that somebody has asked for.
const MOST_FORMS: usize = 12;

/// What the screen shows.
#[derive(Clone, Debug)]
pub struct ReportPage {
    pub title: String,
    pub lead: String,
    /// The way back, in words and as an address.
    pub back: Option<(String, String)>,
    /// The path of the screen: its forms are sent there.
    pub path: String,
    /// Who said it, for the county: a name and a value that every form carries.
    pub way: Option<(&'static str, &'static str)>,
    /// The other ways of knowing, in words and as addresses, the chosen one without.
    pub ways: Vec<(&'static str, Option<String>)>,
    /// What else somebody may look at, in words and as addresses.
    pub also: Vec<(String, String)>,
    /// Lights that people doubt.
    pub doubted: Vec<NotFreeLine>,
    /// Names of colleagues are for those who have signed in.
    pub names_people: bool,
    pub desk: Desk,
    /// The offer whose form is open.
    pub chosen: Option<OfferId>,
    pub returned: Option<Returned>,
    /// What went wrong without being anybody's field.
    pub trouble: Option<&'static str>,
    pub done: Option<Done>,
    /// How long reports hold, where somebody may say so.
    pub validity: Option<ValidityForm>,
}

/// A form that comes back.
#[derive(Clone, Debug)]
pub struct Returned {
    pub offer: OfferId,
    pub typed: Typed,
    pub problems: Vec<Problem>,
}

/// What was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    One(OfferId),
    All,
    /// Days were changed.
    Validity,
}

/// A page of those who report.
fn page(site: &Site, title: &str, has_problems: bool, main: impl FnOnce() -> AnyView) -> String {
    let title = if has_problems { format!("Fehler: {title}") } else { title.to_owned() };
    let own = Head { noindex: true, own_search: true, script: Some("capacity.js"), ..head(&title) };
    document(site, own, main)
}

/// The screen.
pub fn report(site: &Site, shown: ReportPage) -> String {
    let portal = site.portal.clone();
    let title = shown.title.clone();
    let has_problems = shown.trouble.is_some()
        || shown.returned.as_ref().is_some_and(|own| !own.problems.is_empty())
        || shown.validity.as_ref().is_some_and(|form| !form.problems.is_empty());
    page(site, &title, has_problems, move || {
        let all = offers(&shown.desk);
        let problems = summary(&shown, &all, &portal);
        let urgent = all
            .iter()
            .filter(|one| {
                let reason = one.view.light(one.offer.id).map(|light| light.reason);
                words::urgency(one.offer, reason, shown.desk.now).is_some()
            })
            .count();
        let facilities: Vec<_> = by_facility(&all)
            .into_iter()
            .map(|own| facility(&shown, own, all.len() <= MOST_FORMS, &portal))
            .collect();
        let all_done =
            matches!(shown.done, Some(Done::All | Done::Validity)).then(|| done(words_done(&shown)));
        let validity = shown.validity.as_ref().map(|form| validity::validity(form, &all, &portal));
        view! {
            <div class="wrap narrow account report">
                {shown.back.clone().map(|(text, to)| super::editing::back(text, to))}
                <h1>{shown.title.clone()}</h1>
                <p class="lead">{shown.lead.clone()}</p>
                // Whoever phones needs the number first.
                {shown.validity.is_some().then(|| also(shown.also.clone()))}
                {ways(&shown)}
                {all_done}
                {shown
                    .trouble
                    .map(|text| {
                        view! {
                            <div class="form__summary" role="alert">
                                <p>{text}</p>
                            </div>
                        }
                    })}
                {problems}
                {all.is_empty().then(|| view! { <p>"Hier gibt es zurzeit nichts zu melden: Keine öffentliche Einrichtung hat ein Angebot mit Ampel. Angebote trägt die Redaktion Ihrer Einrichtung ein."</p> })}
                {doubted(&shown.doubted)}
                {(urgent > 0).then(|| view! { <p class="report__urgent">{urgent_text(urgent)}</p> })}
                {all::confirm_all(&shown, &all, &portal)}
                {facilities}
                {validity}
                {shown.validity.is_none().then(|| also(shown.also.clone()))}
            </div>
        }
        .into_any()
    })
}

/// What people say was not free after all.
fn doubted(lines: &[NotFreeLine]) -> Vec<AnyView> {
    let line = |line: &NotFreeLine| {
        let text =
            format!("{}: {}. Bitte melden Sie neu, was frei ist.", line.facility.1, trust::told(line.times));
        view! { <p class="note">{text}</p> }.into_any()
    };
    lines.iter().map(line).collect()
}

fn also(links: Vec<(String, String)>) -> Option<AnyView> {
    let rows: Vec<_> = links.into_iter().map(|(text, to)| view! { <li><a href=to>{text}</a></li> }).collect();
    (!rows.is_empty()).then(|| view! { <ul class="plain report__also">{rows}</ul> }.into_any())
}

fn urgent_text(urgent: usize) -> String {
    let verb = if urgent == 1 { "braucht" } else { "brauchen" };
    format!("{} {verb} jetzt eine Meldung.", counts::offers(urgent))
}

fn words_done(shown: &ReportPage) -> &'static str {
    if shown.done == Some(Done::Validity) {
        "Gespeichert. Die neue Dauer gilt ab der nächsten Meldung."
    } else {
        "Danke, das ist gemeldet. In wenigen Augenblicken sehen es alle."
    }
}

fn done(text: &'static str) -> AnyView {
    view! { <p class="account__notice" role="status">{text}</p> }.into_any()
}

/// An offer with where it is, as the screen orders them.
#[derive(Clone, Copy)]
pub(super) struct One<'a> {
    view: &'a FacilityView,
    offer: &'a Offer,
    /// Its place on the page: ends the names of its fields.
    number: usize,
    /// Which one it is of equal ones in its facility, and of how many.
    twin: Option<(usize, usize)>,
}

impl One<'_> {
    fn name(&self, portal: &Portal) -> String {
        let name = words::name(self.offer, &portal.taxonomy);
        match self.twin {
            Some((number, of)) => format!("{name} ({number} von {of})"),
            None => name,
        }
    }

    /// The number of the latest report, as forms carry it.
    fn seen(&self) -> String {
        let sequence = self.offer.latest_report.as_ref().map(|report| report.sequence);
        sequence.map_or_else(String::new, |sequence| sequence.to_string())
    }

    fn anchor(&self) -> String {
        anchor(self.offer.id)
    }
}

/// The part of the page that is about an offer.
pub fn anchor(offer: OfferId) -> String {
    format!("angebot-{offer}")
}

/// All offers; what is over, or ends soonest, comes first, and offers of a facility stay together.
fn offers(desk: &Desk) -> Vec<One<'_>> {
    let end = |offer: &Offer| offer.latest_report.as_ref().map(|report| report.valid_until);
    let mut views: Vec<_> = desk.facilities.iter().collect();
    views.sort_by_key(|view| view.facility.offers.iter().map(end).min());
    let mut all = Vec::new();
    for view in views {
        let mut own: Vec<_> = view.facility.offers.iter().collect();
        own.sort_by_key(|offer| end(offer));
        let looks = |offer: &Offer| {
            (offer.care_type.clone(), offer.label.clone(), offer.form, offer.specialty.clone())
        };
        for offer in &own {
            // Numbers follow the entry, whatever the order of the day.
            let twins: Vec<_> = view
                .facility
                .offers
                .iter()
                .filter(|other| looks(other) == looks(offer))
                .map(|other| other.id)
                .collect();
            let at = twins.iter().position(|id| *id == offer.id).map_or(1, |at| at + 1);
            let twin = (twins.len() > 1).then_some((at, twins.len()));
            all.push(One { view, offer, number: all.len(), twin });
        }
    }
    all
}

fn by_facility<'a, 'b>(all: &'b [One<'a>]) -> Vec<&'b [One<'a>]> {
    all.chunk_by(|one, other| one.view.facility.id == other.view.facility.id).collect()
}

/// What is wrong, leading to the fields of the form that came back.
fn summary(shown: &ReportPage, all: &[One<'_>], portal: &Portal) -> Option<AnyView> {
    if let Some(validity) = shown.validity.as_ref().filter(|form| !form.problems.is_empty()) {
        let at = all.iter().find(|one| Some(one.offer.id) == validity.offer)?;
        return Some(form::summary(&numbered(&validity.problems, at.number)).into_any());
    }
    let returned = shown.returned.as_ref().filter(|own| !own.problems.is_empty())?;
    let one = all.iter().find(|one| one.offer.id == returned.offer)?;
    let about = format!("{}, {}", one.name(portal), one.view.facility.name);
    Some(
        view! {
            {form::summary(&numbered(&returned.problems, one.number))}
            <p class="account__small">{format!("Es geht um: {about}. Es ist nichts gemeldet; was Sie eingegeben haben, steht noch da.")}</p>
        }
        .into_any(),
    )
}

/// Problems at the fields of one form among many.
fn numbered(problems: &[Problem], number: usize) -> Vec<Problem> {
    problems.iter().map(|own| Problem::new(format!("{}-{number}", own.field), own.text.clone())).collect()
}

/// How somebody of the county knows it.
fn ways(shown: &ReportPage) -> Option<AnyView> {
    let rows: Vec<_> = shown
        .ways
        .iter()
        .map(|(text, to)| match to {
            Some(to) => view! { <li><a href=to.clone()>{*text}</a></li> }.into_any(),
            None => view! { <li><strong aria-current="true">{*text}</strong></li> }.into_any(),
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <nav class="report__ways" aria-label="Woher Sie es wissen">
                <ul>{rows}</ul>
            </nav>
        }
        .into_any()
    })
}

/// What every form of the page carries.
fn carried(shown: &ReportPage) -> Option<AnyView> {
    shown.way.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any())
}

fn facility(shown: &ReportPage, own: &[One<'_>], all_forms: bool, portal: &Portal) -> Option<AnyView> {
    let first = own.first()?;
    let heading = format!("einrichtung-{}", first.view.facility.id);
    let rows: Vec<_> = own.iter().map(|one| offer::offer(shown, *one, own, all_forms, portal)).collect();
    let place = first.view.facility.address.municipality.as_ref().map(|own| own.name.clone());
    Some(
        view! {
            <section class="report__facility" aria-labelledby=heading.clone()>
                <h2 id=heading.clone()>{first.view.facility.name.clone()}</h2>
                {place.map(|name| view! { <p class="account__small">{name}</p> })}
                {rows}
            </section>
        }
        .into_any(),
    )
}

/// The address at which the form of an offer is open.
fn form_address(shown: &ReportPage, offer: OfferId) -> String {
    let way = shown.way.map(|(name, value)| format!("&{name}={value}")).unwrap_or_default();
    format!("{}?angebot={offer}{way}#{}", shown.path, anchor(offer))
}

#[cfg(test)]
mod tests;
