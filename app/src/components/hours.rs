//! Opening hours of a week.

use leptos::prelude::*;

use crate::{
    domain::opening_hours::OpeningHours,
    text::{dates, hours},
};

/// The week as a table of days; nothing where the hours are not known.
#[component]
pub fn Hours(hours: OpeningHours) -> impl IntoView {
    let body = match &hours {
        OpeningHours::NotKnown => return None,
        OpeningHours::ByAppointment => view! { <p>"Termine nach Vereinbarung. Rufen Sie an."</p> }.into_any(),
        OpeningHours::Regular(_) => {
            let rows = (1..=7)
                .map(|day| {
                    let text = hours::day(&hours.on(day));
                    view! { <div class="facts-table__row"><dt>{dates::weekday(day)}</dt><dd>{text}</dd></div> }
                })
                .collect_view();
            view! { <dl class="facts-table">{rows}</dl> }.into_any()
        }
    };
    Some(view! {
        <section aria-labelledby="hours">
            <h2 id="hours">"Öffnungszeiten"</h2>
            {body}
        </section>
    })
}
