//! Everything at once: what can be confirmed, and what has to be said anew.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::{One, ReportPage, carried, words};
use crate::{
    domain::{capacity::Statement, portal::Portal},
    text::counts,
};

/// Most offers that are confirmed at once: a form has an end.
const MOST_AT_ONCE: usize = 1_000;
/// Most offers that are named because they cannot be confirmed.
const MOST_NAMED: usize = 20;

/// The button that confirms everything that can be confirmed, and what cannot.
pub(super) fn confirm_all(shown: &ReportPage, all: &[One<'_>], portal: &Portal) -> Option<AnyView> {
    let now = shown.desk.now;
    let today = now.berlin_date;
    let mut same = Vec::new();
    let mut anew = Vec::new();
    for one in all {
        match Statement::unchanged(one.offer, &portal.taxonomy, now) {
            Ok(_) => same.push(one),
            Err(why) => anew.push((one, why)),
        }
    }
    if all.len() < 2 || same.is_empty() {
        return None;
    }
    same.truncate(MOST_AT_ONCE);
    let what = format!("{} so wie zuletzt gemeldet", counts::offers(same.len()));
    let seen: Vec<_> = same
        .iter()
        .map(|one| view! { <input type="hidden" name="stand" value=format!("{}.{}", one.offer.id, one.seen()) /> })
        .collect();
    let more = anew.len().saturating_sub(MOST_NAMED);
    let named: Vec<_> = anew
        .iter()
        .take(MOST_NAMED)
        .map(|(one, why)| {
            let about = format!("{}, {}", one.name(portal), one.view.facility.name);
            view! {
                <li>
                    <a href=format!("#{}", one.anchor())>{about}</a>
                    {format!(": {}", words::not_again(*why, today))}
                </li>
            }
        })
        .collect();
    let left = (!named.is_empty()).then(|| {
        view! {
            <p>"Nicht dabei, bitte einzeln melden:"</p>
            <ul class="report__left">
                {named} {(more > 0).then(|| view! { <li>{format!("und {more} weitere")}</li> })}
            </ul>
        }
    });
    Some(
        view! {
            <section class="report__all" aria-labelledby="alle">
                <h2 id="alle" class="unseen">
                    "Alles auf einmal"
                </h2>
                <form method="post" action=shown.path.clone()>
                    <input type="hidden" name="was" value="alle" />
                    {carried(shown)}
                    {seen}
                    <button type="submit" class="kern-btn kern-btn--primary report__big">
                        <span class="kern-label">"Alles unverändert bestätigen"</span>
                    </button>
                    <p class="account__small">{what}</p>
                </form>
                {left}
            </section>
        }
        .into_any(),
    )
}
