//! JSON for other programs. Its structs are its own, so that the domain can change without breaking it.

pub mod capacity;
pub mod description;
pub mod search;
pub mod suggest;
