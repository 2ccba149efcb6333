//! The results page without new pages: filters take effect at once, links of the results are followed
//! in place.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub(super) mod live;

/// With WebAssembly whatever changes the search fetches the page of the new address and puts its parts
/// in the place of the old ones; what came of it is said to screen readers. Without, forms and links
/// lead to the same addresses.
#[island]
pub fn LiveResults(
    /// The `id` of the search form, to which the filters belong.
    form: String,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    live::start(form, said);
    #[cfg(not(feature = "hydrate"))]
    let _ = form;
    view! { <p class="kern-sr-only" role="status">{said}</p> }
}
