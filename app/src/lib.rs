//! What people see, and the rules behind it.
//!
//! The crate is compiled twice: for the server (feature `ssr`) and, as WebAssembly, for the browser
//! (feature `hydrate`), where only islands run.

pub mod domain;
pub mod routes;

#[cfg(feature = "ssr")]
pub mod backend;
