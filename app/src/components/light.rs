//! Die Ampel on a row: shape, text and date. Never a colour alone.

use leptos::prelude::*;
use time::{Date, OffsetDateTime};

use super::icon::Shape;
use crate::{
    domain::capacity::{Availability, Light},
    text::{dates, light},
};

/// The light of one offer, and what its report says beside it: a place for women helps no man.
#[component]
pub fn LightLine(availability: Availability, today: Date) -> impl IntoView {
    let said = light::text(&availability, today);
    let notes: Vec<_> =
        availability.notes.iter().map(|note| view! { <p class="light__note">{note.clone()}</p> }).collect();
    let date = availability.reported_at.map(|at| {
        if light::is_current(&availability) {
            view! { <span class="light__date">" · gemeldet "<Ago at today /></span> }.into_any()
        } else {
            let day = dates::date(dates::berlin(at).date(), today);
            view! {
                <span class="light__date">
                    " (zuletzt am "<time datetime=dates::machine(at)>{day}</time>")"
                </span>
            }
            .into_any()
        }
    });
    view! {
        <p class=class(availability.light)>
            <Shape light=availability.light />
            <span class="light__said">
                <strong class="light__text">{said}</strong>
                {date}
            </span>
        </p>
        {notes}
    }
    .into_any()
}

/// "vor 2 Tagen", with the exact moment in the markup and for screen readers.
#[component]
fn Ago(at: OffsetDateTime, today: Date) -> impl IntoView {
    let exact = dates::exact(at);
    view! {
        <time datetime=dates::machine(at) title=exact.clone()>
            {dates::ago(at, today)}
        </time>
        <span class="kern-sr-only">{format!(" ({exact})")}</span>
    }
}

/// The class that gives a light its colour.
pub fn class(light: Light) -> &'static str {
    match light {
        Light::Free => "light light--free",
        Light::WaitingList => "light light--waiting",
        Light::Full => "light light--full",
        Light::Unknown => "light light--unknown",
    }
}
