//! Moving the map without leaving the page.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod gesture;
#[cfg(feature = "hydrate")]
mod motion;

/// Lets the map be dragged, pinched, and moved with keys. Its links and what comes of all that are the
/// business of [`super::LiveResults`].
#[island]
pub fn MapMotion() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    motion::start();
}
