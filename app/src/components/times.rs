//! When places are free: a calendar of the next weeks, and the same in words.

use leptos::{prelude::*, tachys::view::any_view::AnyView};
use time::{Date, Duration, Weekday};

use crate::{
    domain::capacity::{FreePeriod, FreeTimes, Stretch, WEEK},
    text::{dates, times},
};

/// Weeks that the calendar shows.
const WEEKS: i64 = 13;
/// Side of a day in the drawing.
const DAY: i64 = 20;
/// Room for the names of the weekdays, and of the months.
const LEFT: i64 = 26;
const TOP: i64 = 18;

/// The times of an offer, as its valid report says; nothing where it says none.
#[component]
pub fn Times(times: FreeTimes, today: Date) -> impl IntoView {
    let stays = (!times.periods.is_empty()).then(|| stays(&times, today));
    let week = times.weekdays.iter().any(Option::is_some).then(|| week(&times));
    view! { {stays} {week} }
}

/// Calendar and list.
fn stays(times: &FreeTimes, today: Date) -> AnyView {
    let last = first_day(today) + Duration::days(7 * WEEKS - 1);
    let label = format!(
        "Kalender bis {}: Tage mit freien Plätzen tragen deren Zahl. Die Liste sagt dasselbe.",
        dates::date(last, today)
    );
    let rows = times
        .periods
        .iter()
        .map(|period| view! { <li>{times::period_in_full(period, today)}</li> })
        .collect_view();
    view! {
        <div class="times">
            <p class="times__title">"Freie Zeiträume"</p>
            <svg
                class="calendar"
                viewBox=format!("0 0 {} {}", LEFT + WEEKS * DAY, TOP + 7 * DAY)
                role="img"
                aria-label=label
            >
                {months(today)}
                {weekday_names()}
                {days(&times.periods, today)}
            </svg>
            <ul class="times__list">{rows}</ul>
        </div>
    }
    .into_any()
}

/// Monday of this week.
fn first_day(today: Date) -> Date {
    today - Duration::days(i64::from(today.weekday().number_days_from_monday()))
}

/// The name of each month above the week in which it begins; that of this month if there is room for it.
fn months(today: Date) -> AnyView {
    let begins = |week: i64| {
        let monday = first_day(today) + Duration::days(7 * week);
        (0..7).map(|day| monday + Duration::days(day)).find(|day| day.day() == 1)
    };
    let has_room = begins(1).is_none() && begins(2).is_none();
    (0..WEEKS)
        .filter_map(|week| {
            let day = begins(week).or((week == 0 && has_room).then_some(today))?;
            let name = dates::month(day.month()).chars().take(3).collect::<String>();
            Some(view! { <text class="calendar__name" x=LEFT + week * DAY y=12>{name}</text> })
        })
        .collect_view()
        .into_any()
}

fn weekday_names() -> AnyView {
    WEEK.into_iter()
        .zip(0..)
        .map(|(weekday, row): (Weekday, i64)| {
            let name = dates::weekday(weekday.number_from_monday()).chars().take(2).collect::<String>();
            view! { <text class="calendar__name" x=0 y=TOP + row * DAY + 14>{name}</text> }
        })
        .collect_view()
        .into_any()
}

/// Every day from today: a square with the number of places, or a dot.
fn days(periods: &[FreePeriod], today: Date) -> AnyView {
    let monday = first_day(today);
    let mut free = Vec::new();
    // One stroke without length for each dot.
    let mut dots = Vec::new();
    for number in 0..7 * WEEKS {
        let date = monday + Duration::days(number);
        let (x, y) = (LEFT + number / 7 * DAY, TOP + number % 7 * DAY);
        match free_on(periods, date) {
            _ if date < today => {}
            0 => dots.push(format!("M{} {}h0", x + DAY / 2, y + DAY / 2)),
            places => free.push(square(x, y, places)),
        }
    }
    let row = i64::from(today.weekday().number_days_from_monday());
    let (x, y) = (LEFT + 1, TOP + row * DAY + 1);
    view! {
        <path class="calendar__day" d=dots.concat() />
        {free}
        <rect class="calendar__today" x=x y=y width=DAY - 2 height=DAY - 2 rx=4 />
    }
    .into_any()
}

fn square(x: i64, y: i64, places: u32) -> AnyView {
    let number = if places > 9 { "9+".to_owned() } else { places.to_string() };
    view! {
        <rect class="calendar__free" x=x + 2 y=y + 2 width=DAY - 4 height=DAY - 4 rx=3 />
        <text class="calendar__places" x=x + DAY / 2 y=y + 14 text-anchor="middle">
            {number}
        </text>
    }
    .into_any()
}

/// Most places of the periods that hold a day: periods that overlap may be about the same bed.
fn free_on(periods: &[FreePeriod], day: Date) -> u32 {
    let stretch = Stretch { from: day, until: day };
    let holding = periods.iter().filter(|p| p.from <= stretch.from && stretch.until <= p.until);
    holding.map(|period| u32::from(period.places)).max().unwrap_or(0)
}

/// A table of the week, and the same as a sentence.
fn week(times: &FreeTimes) -> AnyView {
    let heads = WEEK
        .into_iter()
        .map(|weekday| {
            let name = dates::weekday(weekday.number_from_monday());
            let short = name.chars().take(2).collect::<String>();
            view! { <th scope="col"><abbr title=name>{short}</abbr></th> }
        })
        .collect_view();
    let cells = WEEK
        .into_iter()
        .map(|weekday| match times.on(weekday) {
            Some(0) => view! { <td class="week__full">"voll"</td> }.into_any(),
            Some(places) => view! { <td class="week__free">{places}</td> }.into_any(),
            None => view! { <td><span aria-hidden="true">"–"</span><span class="kern-sr-only">"nicht gemeldet"</span></td> }
                .into_any(),
        })
        .collect_view();
    let days: Vec<Weekday> = times.free_weekdays().collect();
    let said = if days.is_empty() {
        "An keinem gemeldeten Wochentag ist etwas frei.".to_owned()
    } else {
        let said = times::weekdays(&days);
        let rest = said.get(1..).unwrap_or_default();
        format!(
            "{}{rest} ist etwas frei.",
            said.chars().take(1).flat_map(char::to_uppercase).collect::<String>()
        )
    };
    view! {
        <div class="times">
            <table class="week">
                <caption>"Freie Plätze je Wochentag"</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>
                    <tr>{cells}</tr>
                </tbody>
            </table>
            <p class="times__said">{said}</p>
        </div>
    }
    .into_any()
}
