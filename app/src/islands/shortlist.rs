//! The short list in the browser: keeps it, counts it, and follows other windows. The server never
//! hears of it but for the ids in the address of a list somebody opens.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod keeper;
#[cfg(feature = "hydrate")]
mod list;
#[cfg(feature = "hydrate")]
mod storage;

/// Makes every "Merken" of the page a button, the link to the list a counter, and the page of the list
/// the reader's own. What it says goes to screen readers.
#[island]
pub fn ShortlistKeeper() -> impl IntoView {
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    keeper::start(said);
    view! {
        <span class="kern-sr-only" role="status">
            {said}
        </span>
    }
}

/// A note on a facility, kept in this browser only. Without WebAssembly there is none.
#[island]
pub fn ShortlistNote(
    /// The short id of the facility.
    id: String,
    name: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let failed = RwSignal::new(false);
    let field = format!("notiz-{id}");
    #[cfg(feature = "hydrate")]
    {
        let id = id.clone();
        Effect::new(move |_| {
            text.set(storage::note(&id));
            ready.set(true);
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = ready;
    let write = move |typed: String| {
        #[cfg(feature = "hydrate")]
        failed.set(!storage::set_note(&id, &typed));
        text.set(typed);
    };
    view! {
        <div class="noted" hidden=move || !ready.get()>
            <label class="kern-sr-only" for=field.clone()>
                {format!("Ihre Notiz zu {name}")}
            </label>
            <textarea
                id=field
                class="kern-form-input__input noted__field"
                rows="3"
                maxlength="1000"
                prop:value=move || text.get()
                on:input=move |event| write(event_target_value(&event))
            ></textarea>
            <p class="noted__printed" class:noted__printed--written=move || !text.get().is_empty()>{move || text.get()}</p>
            <p class="noted__failed" role="status">
                {move || {
                    failed.get().then_some("Ihr Browser speichert diese Notiz nicht. Drucken Sie die Liste, bevor Sie die Seite verlassen.")
                }}
            </p>
        </div>
    }
}
