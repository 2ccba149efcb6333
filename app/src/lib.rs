//! What people see, and the rules behind it.
//!
//! The crate is compiled twice: for the server (feature `ssr`) and, as WebAssembly, for the browser
//! (feature `hydrate`), where only islands run.

// A view is one nested type; its layout is computed recursively.
#![recursion_limit = "512"]

pub mod domain;
pub mod routes;

#[cfg(feature = "ssr")]
pub mod backend;

pub mod api;
pub mod islands;
pub mod text;

#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod shell;

#[cfg(all(test, feature = "ssr"))]
mod testing;

/// Starts the islands of the page. `start.js` calls it once the module is loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
