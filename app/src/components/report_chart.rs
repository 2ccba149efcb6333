//! Ninety days of one offer as a picture: which light it showed when, and how many places were free. Colour, pattern
//! and shape say the same; the table below says it in words.

use std::fmt::Write;

use leptos::{prelude::*, tachys::view::any_view::AnyView};
use time::{Date, Duration, OffsetDateTime};

use super::icon::shape_path;
use crate::{
    backend::OfferHistory,
    domain::capacity::{
        Light,
        history::{Span, Window},
    },
    text::{dates, trust},
};

/// Units of the drawing: ten for each day.
const WIDTH: f64 = 900.0;
const STRIP: f64 = 28.0;
/// Height of the line of free places, and where it begins.
const STEPS: f64 = 60.0;
const TOP: f64 = 14.0;
/// A shape is drawn where there is room for it.
const SHAPE: f64 = 16.0;
/// Days between two dates of the axis.
const AXIS: usize = 15;

/// The picture. `today` is the date in Berlin.
pub fn report_chart(history: &OfferHistory, window: Window, today: Date) -> AnyView {
    let id = format!("verlauf-{}", history.id);
    let (title, desc) = (format!("{id}-titel"), format!("{id}-text"));
    let labelled = format!("{title} {desc}");
    let highest =
        history.spans.iter().filter_map(|span| span.availability.free_now).max().unwrap_or_default();
    let steps = (history.counts_places && highest > 0).then(|| steps(&history.spans, window, highest));
    let strip_at = if steps.is_some() { TOP + STEPS + 10.0 } else { TOP };
    let height = strip_at + STRIP + 26.0;
    let strips: Vec<AnyView> =
        history.spans.iter().map(|span| strip(span, window, strip_at, (&id, today))).collect();
    let told = format!(
        "{}. {}.",
        trust::share(history.share),
        Light::ALL
            .into_iter()
            .map(|light| {
                let shown = history.spans.iter().filter(|span| span.availability.light == light);
                let time: Duration = shown.map(|span| span.until - span.from).sum();
                format!("{}: {} Tage", crate::text::light::name(light), time.whole_days())
            })
            .collect::<Vec<_>>()
            .join(", ")
    );
    let name = history.name.clone();
    let region = format!("Bild: {name}");
    view! {
        <div class="report-chart" tabindex="0" role="region" aria-label=region>
            <svg
                viewBox=format!("0 0 {WIDTH} {height}")
                role="img"
                aria-labelledby=labelled
                focusable="false"
            >
                <title id=title>{format!("{name}: die letzten {} Tage", Window::DAYS)}</title>
                <desc id=desc>{told}</desc>
                {patterns(&id)}
                {steps}
                {strips}
                {axis(window, strip_at + STRIP, today)}
            </svg>
        </div>
    }
    .into_any()
}

/// Where an instant is, from left to right.
#[expect(clippy::cast_precision_loss, reason = "seconds of a quarter of a year are exact")]
fn x(instant: OffsetDateTime, window: Window) -> f64 {
    let whole = (window.until - window.from).whole_seconds().max(1) as f64;
    let at = (instant - window.from).whole_seconds() as f64 / whole * WIDTH;
    (at * 10.0).round() / 10.0
}

/// What a light looks like besides its colour: whole, stripes, a grid, or empty.
fn patterns(id: &str) -> AnyView {
    let pattern = |light: Light, lines: &'static str| {
        view! {
            <pattern
                id=format!("{id}-{}", light.slug())
                width="8"
                height="8"
                patternUnits="userSpaceOnUse"
            >
                <path class="report-chart__pattern" d=lines />
            </pattern>
        }
    };
    view! {
        <defs>
            {pattern(Light::WaitingList, "M-2 2 2 -2M0 8 8 0M6 10 10 6")}
            {pattern(Light::Full, "M0 0 8 8M0 8 8 0")}
        </defs>
    }
    .into_any()
}

fn class(light: Light) -> &'static str {
    match light {
        Light::Free => "report-chart__span report-chart__span--free",
        Light::WaitingList => "report-chart__span report-chart__span--waiting",
        Light::Full => "report-chart__span report-chart__span--full",
        Light::Unknown => "report-chart__span report-chart__span--unknown",
    }
}

fn strip(span: &Span, window: Window, top: f64, (id, today): (&str, Date)) -> AnyView {
    let light = span.availability.light;
    let (from, until) = (x(span.from, window), x(span.until, window));
    // However short it was, it was there.
    let width = (until - from).max(1.0);
    let over = matches!(light, Light::WaitingList | Light::Full).then(|| {
        let fill = format!("url(#{id}-{})", light.slug());
        view! { <rect x=from.to_string() y=top.to_string() width=width.to_string() height=STRIP.to_string() fill=fill /> }
    });
    let shape = (width >= SHAPE + 4.0).then(|| {
        let place = format!(
            "translate({:.1} {:.1}) scale({})",
            from + (width - SHAPE) / 2.0,
            top + (STRIP - SHAPE) / 2.0,
            SHAPE / 20.0
        );
        view! { <path class="report-chart__shape" fill-rule="evenodd" d=shape_path(light) transform=place /> }
    });
    let said = format!("{}: {}", when(span, today), trust::said(span, today));
    view! {
        <g class=class(light)>
            <title>{said}</title>
            <rect
                class="report-chart__strip"
                x=from.to_string()
                y=top.to_string()
                width=width.to_string()
                height=STRIP.to_string()
            />
            {over}
            {shape}
        </g>
    }
    .into_any()
}

/// "1. Juli bis 8. Juli".
fn when(span: &Span, today: Date) -> String {
    let day = |instant| dates::date(dates::berlin(instant).date(), today);
    format!("{} bis {}", day(span.from), day(span.until))
}

/// How many places were free: a line with steps, and gaps where nobody knew.
fn steps(spans: &[Span], window: Window, highest: u32) -> AnyView {
    let y = |free: u32| {
        let part = f64::from(free) / f64::from(highest.max(1));
        ((TOP + STEPS * (1.0 - part)) * 10.0).round() / 10.0
    };
    let mut path = String::new();
    let mut before: Option<OffsetDateTime> = None;
    for span in spans {
        let Some(free) = span.availability.free_now else {
            before = None;
            continue;
        };
        let (from, until, level) = (x(span.from, window), x(span.until, window), y(free));
        let step = if before == Some(span.from) { format!("V{level}") } else { format!("M{from} {level}") };
        let _ = write!(path, "{step}H{until}");
        before = Some(span.until);
    }
    view! {
        <g class="report-chart__steps">
            <path class="report-chart__base" d=format!("M0 {}H{WIDTH}", TOP + STEPS) />
            <path class="report-chart__line" d=path />
            <text x="2" y=(TOP - 3.0).to_string()>{format!("{highest} frei")}</text>
        </g>
    }
    .into_any()
}

fn axis(window: Window, top: f64, today: Date) -> AnyView {
    let days = usize::try_from(Window::DAYS).unwrap_or_default();
    let marks: Vec<_> = (0..=days)
        .step_by(AXIS)
        .map(|day| {
            let instant = window.from + Duration::days(i64::try_from(day).unwrap_or_default());
            let at = x(instant, window);
            let anchor = match day {
                0 => "start",
                day if day == days => "end",
                _ => "middle",
            };
            let text = if day == days {
                "heute".to_owned()
            } else {
                dates::date(dates::berlin(instant).date(), today)
            };
            view! {
                <path d=format!("M{at} {top}v5") />
                <text x=at.to_string() y=(top + 20.0).to_string() text-anchor=anchor>{text}</text>
            }
        })
        .collect();
    view! { <g class="report-chart__axis" aria-hidden="true">{marks}</g> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            capacity::{Intake, Statement, history},
            care_type::LightKind,
            ids::{OfferId, ReportId},
        },
        testing::{NOW, html},
    };
    use uuid::Uuid;

    /// Three free places, nothing known, a waiting list, full.
    fn four_lights() -> (OfferHistory, Window) {
        let window = Window::before(NOW.instant);
        let free = Statement { free_now: Some(3), ..Statement::default() };
        let fewer = Statement { free_now: Some(1), ..Statement::default() };
        let waiting = Statement { intake: Intake::Waiting, ..Statement::default() };
        let full = Statement { free_now: Some(0), ..Statement::default() };
        let reports: Vec<_> = [(80, free), (75, fewer), (40, waiting), (8, full)]
            .into_iter()
            .zip(1..)
            .map(|((ago, statement), sequence)| {
                let at = NOW.instant - Duration::days(ago);
                let by = ("Büro".to_owned(), crate::domain::capacity::ReportSource::Provider);
                let (id, offer) = (ReportId(Uuid::nil()), OfferId(Uuid::nil()));
                let report = statement.into_report(id, offer, by, (at, at + Duration::days(14)));
                crate::domain::capacity::CapacityReport { sequence, ..report }
            })
            .collect();
        let history = OfferHistory {
            id: OfferId(Uuid::nil()),
            name: "Kurzzeitpflege".to_owned(),
            counts_places: true,
            share: history::Share::of(&reports, window),
            spans: history::spans(LightKind::Places, &reports, window, |at| dates::berlin(at).date()),
            told: vec![0; reports.len()],
            reports,
        };
        (history, window)
    }

    #[test]
    fn the_picture_says_each_light_by_colour_pattern_shape_and_words() {
        let (history, window) = four_lights();
        insta::assert_snapshot!(html(|| report_chart(&history, window, NOW.berlin_date)));
    }

    #[test]
    fn an_offer_without_a_report_has_a_picture_too() {
        let (mut history, window) = four_lights();
        history.reports.clear();
        history.spans = history::spans(LightKind::Places, &[], window, |at| dates::berlin(at).date());
        history.share = history::Share::of(&[], window);
        let drawn = html(|| report_chart(&history, window, NOW.berlin_date));
        assert!(
            drawn.contains("keine aktuelle Meldung: 90 Tage") && !drawn.contains("report-chart__line"),
            "{drawn}"
        );
    }
}
