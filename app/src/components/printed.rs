//! What a page says on paper only.

use leptos::prelude::*;

use super::qr::Qr;
use crate::{domain::now::Now, text::dates};

/// Where the page is found, as a code and in letters, and of when it is. The island that lives in the head
/// of the page adds the day of printing.
#[component]
pub fn Printed(
    /// The whole address.
    link: String,
    now: Now,
) -> impl IntoView {
    view! {
        <aside class="printed" aria-label="Für den Ausdruck">
            <Qr text=link.clone() label="QR-Code mit der Adresse dieser Seite" />
            <div>
                <p>"Aktuelle Angaben finden Sie hier:"</p>
                <p class="printed__link">{link}</p>
                <p>{format!("Stand der Angaben: {}", dates::exact(now.instant))}</p>
                <p data-gedruckt=""></p>
            </div>
        </aside>
    }
}
