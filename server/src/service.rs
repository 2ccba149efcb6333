//! What the program does for pages and commands. Only here transactions are committed.

pub mod import;
pub mod places;
