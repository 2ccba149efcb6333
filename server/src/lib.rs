//! The program behind the pages: store, index, import, HTTP and commands.
//!
//! Walls: `store` names sqlx and nothing else does; `index` names tantivy and nothing else does;
//! the two never import each other. Only `service` commits. See ARCHITECTURE.md.

pub mod clock;
pub mod config;
pub mod import;
pub mod index;
pub mod service;
pub mod store;
