//! Moving the map without leaving the page.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod gesture;
#[cfg(feature = "hydrate")]
mod motion;

/// Lets the map be dragged, pinched, and moved with keys. With WebAssembly the links of the map are
/// followed without a new page; without, they lead there. It says what came of it to screen readers.
#[island]
pub fn MapMotion() -> impl IntoView {
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    motion::start(said);
    view! { <p class="kern-sr-only" role="status">{said}</p> }
}
