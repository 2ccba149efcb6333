//! Opening hours of a week, and of the holidays in it.

use leptos::prelude::*;
use time::Date;

use crate::{
    domain::{
        holiday::Holiday,
        now::Now,
        opening_hours::{OpenSpan, OpeningHours},
    },
    text::{dates, hours},
};

/// The week as a table of days; nothing where the hours are not known.
#[component]
pub fn Hours(
    hours: OpeningHours,
    now: Now,
    /// The holidays of the week that begins today.
    holidays: Vec<(Date, Holiday)>,
) -> impl IntoView {
    let body = match &hours {
        OpeningHours::NotKnown => return None,
        OpeningHours::ByAppointment => view! { <p>"Termine nach Vereinbarung. Rufen Sie an."</p> }.into_any(),
        OpeningHours::Regular(_) => view! { <Week hours now holidays /> }.into_any(),
    };
    Some(view! {
        <section aria-labelledby="hours">
            <h2 id="hours">"Öffnungszeiten"</h2>
            {body}
        </section>
    })
}

/// Every weekday; a holiday is said where the eye looks for its day.
#[component]
fn Week(hours: OpeningHours, now: Now, holidays: Vec<(Date, Holiday)>) -> impl IntoView {
    let today = now.berlin_date;
    let says_holidays = hours.says_holidays();
    let guessed = !says_holidays && !holidays.is_empty();
    let row = |day: u8| {
        let exception = holidays
            .iter()
            .find(|(date, _)| date.weekday().number_from_monday() == day)
            .map(|on| view! { <span class="hours__holiday">{hours::holiday(&hours, *on, today)}</span> });
        let is_today = today.weekday().number_from_monday() == day;
        view! {
            <div class="facts-table__row" class:hours__today=is_today>
                <dt>{dates::weekday(day)} {is_today.then_some(" (heute)")}</dt>
                <dd>{hours::day(&hours.on(day))} {exception}</dd>
            </div>
        }
    };
    let rows = (1..=7).map(row).collect_view();
    let of_holidays = says_holidays.then(|| {
        let text = hours::day(&hours.on(OpenSpan::HOLIDAY));
        view! { <div class="facts-table__row"><dt>"Feiertage"</dt><dd>{text}</dd></div> }
    });
    view! {
        <dl class="facts-table">{rows} {of_holidays}</dl>
        {guessed
            .then(|| {
                view! {
                    <p class="hours__guess">
                        "Für Feiertage ist nichts angegeben. Wir nehmen die Zeiten vom Sonntag an; fragen Sie im Zweifel nach."
                    </p>
                }
            })}
    }
}
