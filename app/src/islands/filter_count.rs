//! The button of the filters, which says how many results they bring.

use leptos::prelude::*;

use crate::text::counts;

/// Submits the form it belongs to. With WebAssembly its label follows the filters ("12 Einrichtungen
/// anzeigen"); without, it says what it does and does the same.
#[island]
pub fn FilterCount(
    /// The `id` of the form.
    form: String,
) -> impl IntoView {
    let count = RwSignal::new(None::<usize>);
    let button = NodeRef::<leptos::html::Button>::new();
    #[cfg(feature = "hydrate")]
    follow(button, count);
    let label = move || count.get().map_or_else(|| "Ergebnisse anzeigen".to_owned(), counts::show_facilities);
    view! {
        <button type="submit" form=form class="kern-btn kern-btn--primary kern-btn--block" node_ref=button>
            <span class="kern-label">{label}</span>
        </button>
    }
}

/// Counts again whenever a field of the form changes. The results of a filter are fetched at once
/// (`LiveResults`) and bring their number along; only for other words it has to be asked for.
#[cfg(feature = "hydrate")]
fn follow(button: NodeRef<leptos::html::Button>, count: RwSignal<Option<usize>>) {
    // Answers may come back in another order than they were asked.
    let latest = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let Some(form) = button.get().and_then(|button| button.form()) else { return };
        listen("swapped", move |_| count.set(shown()));
        let source = form.clone();
        // Fields belong to the form by their `form` attribute, so their events do not pass through it.
        listen("change", move |event| {
            latest.update_value(|n| *n += 1);
            if is_of_filters(event) {
                return;
            }
            let Some(query) = query_of(&source) else { return };
            let asked = latest.get_value();
            leptos::task::spawn_local(async move {
                let answer = crate::api::search::count_facilities(query).await.ok();
                if latest.get_value() == asked {
                    count.set(answer);
                }
            });
        });
    });
}

/// Listens on the page, as long as it lives.
#[cfg(feature = "hydrate")]
fn listen(name: &str, act: impl Fn(&web_sys::Event) + 'static) {
    use wasm_bindgen::{JsCast, prelude::Closure};

    let acting = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| act(&event));
    if document().add_event_listener_with_callback(name, acting.as_ref().unchecked_ref()).is_ok() {
        acting.forget();
    }
}

/// Whether something happened to a filter.
#[cfg(feature = "hydrate")]
pub(super) fn is_of_filters(event: &web_sys::Event) -> bool {
    use wasm_bindgen::JsCast;

    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest("#filter").is_ok_and(|filters| filters.is_some()))
}

/// How many results the page shows.
#[cfg(feature = "hydrate")]
fn shown() -> Option<usize> {
    let head = document().query_selector("[data-total]").ok()??;
    head.get_attribute("data-total")?.parse().ok()
}

/// The fields of a form as a query string, as the browser would send them.
#[cfg(feature = "hydrate")]
fn query_of(form: &web_sys::HtmlFormElement) -> Option<String> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    let pairs = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(pairs.to_string().into())
}
