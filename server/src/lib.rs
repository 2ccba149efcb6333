//! The program behind the pages: store, index, import, HTTP and commands.
//!
//! Walls: `store` names sqlx and nothing else does; `index` names tantivy and nothing else does;
//! `http` names axum and nothing else does (`config` and `startup` borrow its addresses and its
//! listener); `store` and `index` never import each other. Only `service` and `jobs` commit. See
//! ARCHITECTURE.md.

pub mod cli;
pub mod clock;
pub mod config;
pub mod example;
pub mod http;
pub mod import;
pub mod index;
pub mod jobs;
pub mod mail;
pub mod metrics;
pub mod picture;
pub mod service;
pub mod startup;
pub mod store;
pub mod telemetry;
