//! Handing results over: the link, and paper.

use leptos::prelude::*;

/// Buttons that copy the address and print. Without WebAssembly there are none: the browser can do both.
#[island]
pub fn ShareTools() -> impl IntoView {
    let is_alive = RwSignal::new(false);
    let said = RwSignal::new("");
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| is_alive.set(true));
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        copy_address(said);
    };
    let print = move |_| {
        #[cfg(feature = "hydrate")]
        if let Some(window) = web_sys::window() {
            let _ = window.print();
        }
    };
    view! {
        <div class="pass-on__tools" hidden=move || !is_alive.get()>
            <button type="button" class="act" on:click=copy>
                "Link kopieren"
            </button>
            <button type="button" class="act" on:click=print>
                "Drucken"
            </button>
            <p class="pass-on__said" role="status">{said}</p>
        </div>
    }
}

/// Puts the address of the page where the device keeps what is copied.
#[cfg(feature = "hydrate")]
fn copy_address(said: RwSignal<&'static str>) {
    let Some(window) = web_sys::window() else { return };
    leptos::task::spawn_local(async move {
        let address = window.location().href().unwrap_or_default();
        let clipboard = window.navigator().clipboard();
        // On unsafe connections there is none.
        let copied = window.is_secure_context()
            && wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&address)).await.is_ok();
        said.set(if copied {
            "Der Link ist kopiert."
        } else {
            "Der Link ließ sich nicht kopieren. Er steht oben in der Adresszeile Ihres Browsers."
        });
    });
}
