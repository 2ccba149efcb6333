//! Somebody's session ended while they typed: what they typed is still there.

use leptos::prelude::*;

use super::page;
use crate::{components::fields::inside_textarea, forms::Typed, routes, shell::Site};

/// A page that carries what was typed until somebody has signed in again, in another window.
pub fn kept(site: &Site, path: String, typed: Typed) -> String {
    page(site, "Bitte melden Sie sich noch einmal an", true, move || {
        let hidden = typed
            .0
            .into_iter()
            .map(|(name, value)| {
                view! {
                    <textarea hidden name=name aria-hidden="true" tabindex="-1">
                        {inside_textarea(&value)}
                    </textarea>
                }
            })
            .collect_view();
        view! {
            <div class="wrap narrow account">
                <h1>"Bitte melden Sie sich noch einmal an"</h1>
                <p class="lead">"Ihre Anmeldung ist abgelaufen. Ihre Eingaben sind noch da."</p>
                <ol class="account__steps">
                    <li>
                        <a href=routes::SIGN_IN target="_blank" rel="noopener">
                            "In einem neuen Fenster anmelden"
                        </a>
                    </li>
                    <li>
                        <p>"Hierher zurückkommen und speichern:"</p>
                        <form method="post" action=path>
                            {hidden}
                            <button type="submit" class="kern-btn kern-btn--primary">
                                <span class="kern-label">"Jetzt speichern"</span>
                            </button>
                        </form>
                    </li>
                </ol>
            </div>
        }
        .into_any()
    })
}
