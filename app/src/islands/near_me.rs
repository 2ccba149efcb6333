//! Results near the device, for whoever asks for them.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod locate;

/// What the button is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only a device refuses or does not know"))]
enum Near {
    /// Nobody has asked.
    Idle,
    Asking,
    /// The citizen does not want to say.
    Refused,
    /// The device does not know.
    Unknown,
}

impl Near {
    fn text(self) -> &'static str {
        match self {
            Self::Idle => "",
            Self::Asking => "Ihr Standort wird bestimmt …",
            Self::Refused => {
                "Ihr Standort ist für diese Seite nicht freigegeben. Geben Sie stattdessen einen Ort oder eine \
                 Postleitzahl ein."
            }
            Self::Unknown => {
                "Ihr Standort ließ sich nicht bestimmen. Geben Sie stattdessen einen Ort oder eine Postleitzahl ein."
            }
        }
    }
}

/// A button that asks the device where it is, only when it is pressed. The position is rounded to about
/// a hundred metres before it leaves the device, and is no part of any address. Without WebAssembly
/// there is no button.
#[island]
pub fn NearMe() -> impl IntoView {
    let state = RwSignal::new(Near::Idle);
    let is_alive = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| is_alive.set(locate::is_possible()));
    let ask = move |_| {
        #[cfg(feature = "hydrate")]
        locate::ask(state);
        #[cfg(not(feature = "hydrate"))]
        let _ = state;
    };
    view! {
        <div class="near" hidden=move || !is_alive.get()>
            <button
                type="button"
                class="near__button"
                aria-disabled=move || (state.get() == Near::Asking).then_some("true")
                on:click=ask
            >
                <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                    <path d="M12 3v3M12 18v3M3 12h3M18 12h3M12 6.500a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11M12 11a1 1 0 1 1 0 2 1 1 0 0 1 0-2" />
                </svg>
                <span>"In meiner Nähe"</span>
            </button>
            <p class="near__said" role="status">{move || state.get().text()}</p>
        </div>
    }
}
