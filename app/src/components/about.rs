//! The end of the start page: who may be listed here, and who answers for it.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    frame::legal_title,
    icon::{Drawn, Icon},
};
use crate::{domain::portal::Portal, routes};

/// The entry for providers, and the county.
#[component]
pub fn About(portal: Arc<Portal>) -> impl IntoView {
    let website = portal.website.clone().map(|address| {
        view! {
            <li>
                <a class="about__link" href=address rel="external">
                    "Internetseite des Landkreises"
                    <Drawn icon=Icon::Arrow />
                </a>
            </li>
        }
    });
    view! {
        <div class="wrap band about">
            <section aria-labelledby="providers">
                <h2 id="providers">"Für Einrichtungen und Dienste"</h2>
                <p>
                    "Sie pflegen, beraten oder behandeln Menschen im Landkreis? Ihr Angebot gehört in dieses Verzeichnis."
                </p>
                <ul>
                    <li>
                        <a class="about__link" href=routes::REGISTRATION>
                            "Angebot eintragen"
                            <Drawn icon=Icon::Arrow />
                        </a>
                    </li>
                    <li>
                        <a class="about__link" href=routes::SIGN_IN>
                            "Anmelden"
                            <Drawn icon=Icon::Arrow />
                        </a>
                    </li>
                </ul>
            </section>
            <section aria-labelledby="county">
                <h2 id="county">"Wer dahintersteht"</h2>
                <p>{format!("{} ist ein Angebot für alle Menschen im Kreis. Herausgeber: {}.", portal.name, portal.county)}</p>
                <ul>
                    {website}
                    <li>
                        <a class="about__link" href=routes::legal("impressum")>
                            {legal_title("impressum")}
                            <Drawn icon=Icon::Arrow />
                        </a>
                    </li>
                </ul>
            </section>
        </div>
    }
    .into_any()
}
