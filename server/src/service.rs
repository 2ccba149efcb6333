//! What the program does for pages and commands: implements the traits of `app::backend` over store
//! and index.
//!
//! Only here transactions are committed, and only here causes of errors are logged.

pub mod import;
pub mod places;
pub mod pulse;
