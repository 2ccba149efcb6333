//! Pages of a list as real links.

use leptos::prelude::*;

use crate::{domain::search::SearchQuery, routes};

/// Links to the neighbouring pages, the first and the last.
#[component]
pub fn Pagination(query: SearchQuery, page: u32, pages: u32) -> impl IntoView {
    let link = move |to: u32| {
        let mut query = query.clone();
        query.page = to;
        routes::search(&query)
    };
    (pages > 1).then(|| {
        let numbers = shown(page, pages)
            .into_iter()
            .map(|step| match step {
                None => view! { <li class="pages__gap" aria-hidden="true">"…"</li> }.into_any(),
                Some(n) if n == page => {
                    view! { <li><span class="pages__at" aria-current="page">{n}</span></li> }.into_any()
                }
                Some(n) => {
                    view! { <li><a href=link(n) aria-label=format!("Seite {n}")>{n}</a></li> }.into_any()
                }
            })
            .collect_view();
        let back =
            (page > 1).then(|| view! { <a class="pages__step" rel="prev" href=link(page - 1)>"Zurück"</a> });
        let next = (page < pages)
            .then(|| view! { <a class="pages__step" rel="next" href=link(page + 1)>"Weiter"</a> });
        view! {
            <nav class="pages" aria-label="Seiten der Ergebnisse">
                {back}
                <ol>{numbers}</ol>
                {next}
            </nav>
        }
    })
}

/// First, last and the neighbours; `None` is a gap.
fn shown(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut steps = Vec::new();
    for n in 1..=pages {
        if n == 1 || n == pages || n.abs_diff(page) <= 1 {
            steps.push(Some(n));
        } else if steps.last() != Some(&None) {
            steps.push(None);
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn gaps_stand_for_what_is_left_out() {
        assert_eq!(shown(1, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(shown(5, 9), [Some(1), None, Some(4), Some(5), Some(6), None, Some(9)]);
    }
}
