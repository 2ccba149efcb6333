//! `/kreis/protokoll`: who did what.

use leptos::prelude::*;

use crate::{
    domain::audit::AuditLine,
    pages::editing::{back, page},
    routes,
    shell::Site,
    text::{audit as words, dates},
};

/// The newest entries of the log; `more` where there are older ones.
pub fn audit(site: &Site, lines: Vec<AuditLine>, more: bool) -> String {
    page(site, "Protokoll", false, move || {
        let is_empty = lines.is_empty();
        let oldest = lines.last().map(|line| line.sequence);
        let rows = lines
            .into_iter()
            .map(|line| {
                let who = match line.actor {
                    Some(own) => {
                        own.name.unwrap_or_else(|| "eine Person, die nicht mehr dabei ist".to_owned())
                    }
                    None => "Kommandozeile".to_owned(),
                };
                let what = match line.subject {
                    Some((name, Some(slug))) => view! { <a href=routes::entry(&slug)>{name}</a> }.into_any(),
                    Some((name, None)) => name.into_any(),
                    None => match line.change {
                        Some(change) => {
                            format!("{}: {} → {}", change.about, change.before, change.after).into_any()
                        }
                        None => "–".into_any(),
                    },
                };
                view! {
                    <tr>
                        <th scope="row" data-spalte="Wann">
                            {dates::exact(line.at)}
                        </th>
                        <td data-spalte="Wer">{who}</td>
                        <td data-spalte="Was">{words::action(line.action)}</td>
                        <td data-spalte="Woran">{what}</td>
                    </tr>
                }
            })
            .collect_view();
        let older = oldest.filter(|_| more).map(|oldest| {
            view! {
                <p>
                    <a class="kern-btn kern-btn--secondary" href=format!("{}?vor={oldest}", routes::AUDIT)>
                        <span class="kern-label">"Ältere Einträge"</span>
                    </a>
                </p>
            }
        });
        view! {
            <div class="wrap account">
                {back("Zum Landkreis".to_owned(), routes::COUNTY.to_owned())}
                <h1>"Protokoll"</h1>
                <p class="lead">"Wer was getan hat. Einträge lassen sich nicht ändern; „kreislotse audit verify“ prüft das."</p>
                {if is_empty {
                    view! { <p>"Noch keine Einträge."</p> }.into_any()
                } else {
                    view! {
                        <table class="compare-table log-table">
                            <thead>
                                <tr>
                                    <th scope="col">"Wann"</th>
                                    <th scope="col">"Wer"</th>
                                    <th scope="col">"Was"</th>
                                    <th scope="col">"Woran"</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    }
                        .into_any()
                }}
                {older}
            </div>
        }
        .into_any()
    })
}
